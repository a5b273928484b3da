"""A whole foreign workbook: a way to read it is proposed, and one that was agreed to is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forms.cell import BLANK
from forms.day_column import RealDays
from forms.errors import InputRefused
from forms.mapping import figures, news_list
from forms.mapping.sheet_map import SheetMap
from forms.news import NewsItem, identified
from forms.reading import OLD_EXCEL, Reading, Remarks, as_filled
from forms.report import Report, news_cells
from forms.sheets import Sheets


def propose(report: Report, sheets: Sheets) -> tuple[SheetMap, tuple[str, ...]]:
    """What the workbook's own titles tell, and the cells of the form of which they tell nothing."""
    cells = figures.propose(report, sheets)
    news = news_list.propose(sheets) if report.form.has_news else None
    missing = tuple(name for name in report.expected_cells if name not in cells)
    return SheetMap(report.form.programme, report.form.id, cells, news), missing


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
    taken = figures.Figures(sheets, report, remarks)
    cells = dict(draft.cells)
    for name, cell in taken.take({} if only_news else mapped.cells).items():
        cells[name] = replace(cells.get(name, BLANK), state=cell.state, amount=cell.amount, carried=False)
    news, places = report.news, dict[str, str]()
    if mapped.news:
        news, places = _joined(report, news_list.take(mapped.news, sheets, report, remarks, real_days), remarks)
    for name, counted in news_cells(report.form, report.period, news).items() if report.form.has_news else ():
        cells[name] = replace(counted, note=cells.get(name, BLANK).note)
    filled = replace(draft, cells=cells, news=news)
    where = {**taken.places, **places}
    return Reading(filled, tuple(remarks.problems), tuple(remarks.notes), where, remarks.asks_days)


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
    counted = (replace(item, counted=rule.counts(item)) if rule else item for item in incoming.values())
    items = identified(counted)
    known = {item.id: item for item in report.news}
    fresh = {item.id: item for item in items if item.id not in known}
    there = len(incoming) - len(fresh)
    if there:
        remarks.tell("NEWS_THERE", "", f"{there} tin, bài trong tệp đã có trong sổ, giữ như trong sổ.")
    return (*report.news, *fresh.values()), {item.id: where for where, item in zip(incoming, items, strict=True)}
