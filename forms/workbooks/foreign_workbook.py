"""A whole foreign workbook: a way to read it is proposed, and one that was agreed to is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from forms.errors import InputRefused
from forms.model.cell import BLANK
from forms.model.news_counting import counts, news_cells
from forms.model.news_item import NewsItem, identified
from forms.model.report import Report
from forms.workbooks import news_list, remembered_titles
from forms.workbooks.candidates import Finder, Question
from forms.workbooks.cell_parsing import RealDays
from forms.workbooks.import_result import OLD_EXCEL, Reading, Remarks, as_filled
from forms.workbooks.remembered_titles import recall, remember
from forms.workbooks.sheet_map import CellPlace, RowOrColumn, SheetMap
from forms.workbooks.sheets import Sheet, Sheets, Spot
from forms.workbooks.title_labels import sheet_named
from forms.workbooks.titled_tables import Book, CellCandidate


class MapProposal(NamedTuple):
    """What a workbook's own titles tell. `mapped` has the certain cells alone, `missing` are all others, and of some of
    these there is a question."""

    mapped: SheetMap
    missing: tuple[str, ...]
    questions: tuple[Question, ...]


class Proposing:
    """One workbook for one report."""

    def __init__(self, report: Report, sheets: Sheets) -> None:
        self._report, self._sheets, self._book = report, sheets, Book(sheets)

    def proposal(self) -> MapProposal:
        """What is certain, and what is asked."""
        report = self._report
        found = Finder(report, self._book).find()
        cells = {name: self.place(one) for name, one in found.certain.items()}
        news = news_list.propose(self._sheets) if report.form.has_news else None
        missing = tuple(name for name in report.expected_cells if name not in cells)
        return MapProposal(SheetMap(report.form.programme, report.form.id, cells, news), missing, found.questions)

    def place(self, found: CellCandidate, scale: int = 1) -> CellPlace:
        return remember(found, self._book, self._sheets, self._report.period, scale)

    def at(self, sheet: str, row: int, column: int) -> CellCandidate | None:
        """What somebody points at; None where no table has it."""
        return self._book.at(sheet, row, column)

    def spot(self, place: CellPlace) -> tuple[Sheet, Spot]:
        """Where a remembered place is in this workbook. Raises InputRefused MAPPING_SHEET, MAPPING_LABEL, MAPPING_MOVED."""
        return recall(place, self._book, self._sheets, self._report.period)

    def chosen(self, sheet: str, row: int, column: int, scale: int | None) -> CellPlace:
        """A place that a person chose. Raises InputRefused MAPPING_SHEET, MAPPING_PLACE, MAPPING_SCALE."""
        at = sheet_named(self._sheets, sheet)
        found = self.at(at.name, row, column)
        if at.at(row, column) is None and found is None:
            raise InputRefused(
                "MAPPING_PLACE", f"Ô {at.where(row, column)} trống và không thuộc bảng nào. Chọn ô có số liệu."
            )
        if found is None:
            return CellPlace(at.name, RowOrColumn(row), RowOrColumn(column), scale=scale or 1)
        if found.scale != 1 and scale is None:
            raise InputRefused(
                "MAPPING_SCALE",
                f"Ở {at.where(row, column)} bảng tính ghi số theo đơn vị có hệ số {found.scale}. Ghi rõ cách lấy: thêm "
                f"*{found.scale} để nhân, hoặc *1 để giữ nguyên số trong ô.",
            )
        return self.place(found, scale or 1)


def propose(report: Report, sheets: Sheets) -> MapProposal:
    """What the workbook's own titles tell, what they leave open, and the cells of the form of which they tell nothing."""
    return Proposing(report, sheets).proposal()


def apply(
    mapped: SheetMap,
    sheets: Sheets,
    report: Report,
    *,
    only_news: bool = False,
    real_days: RealDays = RealDays.ASK,
) -> Reading:
    """The draft with what the workbook says laid over it: what is blank there, or not mapped, stays. Raises InputRefused
    MAPPING_FORM, MAPPING_NEWS."""
    _must_fit(mapped, report, only_news)
    remarks = Remarks()
    if sheets.kind == "xls":
        remarks.tell("WORKBOOK_OLD", "", OLD_EXCEL)
    draft = as_filled(report)
    taken, where = remembered_titles.take({} if only_news else mapped.cells, sheets, report, remarks)
    cells = dict(draft.cells)
    for name, cell in taken.items():
        cells[name] = replace(cells.get(name, BLANK), state=cell.state, amount=cell.amount, carried=False)
    news, places = report.news, dict[str, str]()
    if mapped.news:
        news, places = _joined(report, news_list.take(mapped.news, sheets, report, remarks, real_days), remarks)
    for name, counted in news_cells(report.form, report.period, news).items() if report.form.has_news else ():
        cells[name] = replace(counted, note=cells.get(name, BLANK).note)
    filled = replace(draft, cells=cells, news=news)
    return Reading(filled, tuple(remarks.problems), tuple(remarks.notes), where | places, remarks.asks_days)


def _must_fit(mapped: SheetMap, report: Report, only_news: bool) -> None:
    if (mapped.programme, mapped.form) != (report.form.programme, report.form.id):
        raise InputRefused(
            "MAPPING_FORM",
            f"Bảng đối chiếu này cho biểu {mapped.form} của {mapped.programme}, không cho biểu {report.form.id} của "
            f"{report.form.programme}. Chọn bảng khác, hoặc sửa chương trình và kỳ.",
        )
    if (only_news and mapped.news is None) or (mapped.news and not report.form.has_news):
        raise InputRefused(
            "MAPPING_NEWS",
            "Bảng đối chiếu này không có phần tin, bài, hoặc biểu của kỳ này không kèm danh mục tin, bài. Chọn bảng hoặc kỳ khác.",
        )


def _joined(
    report: Report, incoming: Mapping[str, NewsItem], remarks: Remarks
) -> tuple[tuple[NewsItem, ...], dict[str, str]]:
    """The items of the ledger and the new ones: an item that is there already stays as it is. And where each stands."""
    rule = report.form.news_rule
    counted = (replace(item, counted=counts(rule, item)) if rule else item for item in incoming.values())
    items = identified(counted)
    known = {item.id: item for item in report.news}
    fresh = {item.id: item for item in items if item.id not in known}
    there = len(incoming) - len(fresh)
    if there:
        remarks.tell("NEWS_THERE", "", f"{there} tin, bài trong tệp đã có trong sổ, giữ như trong sổ.")
    return (*report.news, *fresh.values()), {item.id: where for where, item in zip(incoming, items, strict=True)}
