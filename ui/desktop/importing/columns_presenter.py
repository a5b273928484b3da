"""Decides how a list of news items in somebody's own workbook is read: which column holds what, what its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forms.all_services import Services
from forms.errors import AppError
from forms.model.news_item import CHANNEL_TITLES, KIND_TITLES, NewsKind
from forms.model.report import Report
from forms.workbooks import legacy_text, news_list
from forms.workbooks.cell_parsing import DayOrder
from forms.workbooks.sheet_map import NewsColumns, NewsField, SheetMap
from forms.workbooks.sheets import Sheet
from forms.workbooks.title_labels import head_of, title_of
from ui.desktop.importing.presenter import NEW, ImportPresenter, Keeping, SourceFile, proposed_name, short
from ui.desktop.number_wording import counted
from ui.desktop.shell import Shell

FIELD_TITLES = {
    NewsField.DATE: "Ngày đăng, phát",
    NewsField.TITLE: "Tên tin, bài",
    NewsField.KIND: "Loại (tin, bài…)",
    NewsField.CHANNELS: "Kênh",
    NewsField.ORIGIN: "Nguồn (tự viết, tiếp phát)",
    NewsField.AIRINGS: "Số lượt phát",
    NewsField.MINUTES: "Thời lượng, phút",
    NewsField.TOPIC: "Mục tiêu, chủ đề",
    NewsField.AUTHOR: "Người viết",
    NewsField.EVIDENCE: "Minh chứng",
}
DAY_TITLES = {
    DayOrder.DAY_FIRST: "ngày/tháng/năm",
    DayOrder.MONTH_FIRST: "tháng/ngày/năm",
    DayOrder.YEAR_FIRST: "năm-tháng-ngày",
}
MOST_WORDS = 8  # that are asked about; the preview tells of the others
_MOST_ROWS = 200  # among which the titles of the columns are


@dataclass(frozen=True)
class ColumnOptions:
    """What one may choose from: (words, value) of sheets, of rows that may hold the titles, and those titles."""

    sheets: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int], ...]
    titles: tuple[str, ...]
    head: int


class ColumnsFace(Protocol):
    def show_saved(self, names: Sequence[str], chosen: str, name: str) -> None: ...
    def show_columns(self, options: ColumnOptions, columns: NewsColumns) -> None: ...
    def show_words(self, kinds: Sequence[str], channels: Sequence[str], told: str) -> None:
        """Words of the list of which nobody knows yet what kind or channel they mean."""

    def show_problem(self, text: str) -> None: ...


class ColumnsPresenter:
    def __init__(self, face: ColumnsFace, desk: Services, frame: Shell, importing: ImportPresenter) -> None:
        self._face, self._desk, self._frame, self._importing = face, desk, frame, importing
        self._report: Report
        self._source: SourceFile
        self._sheets: dict[str, Sheet] = {}
        self._columns = NewsColumns("", {})
        self._head, self._chosen = 0, NEW

    @property
    def knows_enough(self) -> bool:
        """The list could be read as it is understood now."""
        return not self._lacking()

    def begin(self, report: Report, source: SourceFile, mapping: str) -> None:
        """A list of which it has to be said what its columns hold; to begin with by `mapping`, else by a saved way."""
        self._report = report
        self._keeping = Keeping(self._desk, self._frame, report, lambda mapped: mapped.news is not None)
        plain = legacy_text.taken(source.sheets, legacy_text.proposed(source.sheets))  # only for its titles
        self._source = replace(source, sheets=plain)
        self._sheets = {sheet.name: sheet for sheet in plain.sheets if not sheet.hidden and sheet.cells}
        self.choose(mapping or self._one_that_fits())

    def choose(self, name: str) -> None:
        """A saved way, or what the list's own titles propose."""
        mapped = self._keeping.get(name) if name else None
        found = mapped.news if mapped else news_list.propose(self._source.sheets)
        self._chosen = name
        self._columns = found or NewsColumns(next(iter(self._sheets), ""), {})
        head = news_list.title_row(self._columns, self._source.sheets) if found else None
        self._head = self._guessed_head() if head is None else head
        self._face.show_saved(self._keeping.names(), name, name or proposed_name(self._source.path.stem))
        self._face.show_problem("")
        self._show()

    def drop(self) -> None:
        if self._chosen and self._keeping.drop(self._chosen):
            self.choose(self._one_that_fits())

    def turn(self, sheet: str) -> None:
        """The list stands in another sheet."""
        self._columns = replace(self._columns, sheet=sheet, columns={})
        self._head = self._guessed_head()
        self._show()

    def head(self, row: int) -> None:
        """The titles of the columns stand in this row."""
        self._head = row
        titles = self._titles()
        kept = {field: title for field, title in self._columns.columns.items() if title in titles}
        self._columns = replace(self._columns, columns=kept)
        self._show()

    def put(self, field: NewsField, title: str) -> None:
        """This column holds that; an empty title: none does."""
        others = {key: old for key, old in self._columns.columns.items() if key is not field and old != title}
        self._columns = replace(self._columns, columns=others | {field: title} if title else others)
        self._show()

    def days(self, order: DayOrder) -> None:
        self._columns = replace(self._columns, days=order)

    def every(self, kind: NewsKind | None, channel: str) -> None:
        """What an item is where its line does not say it."""
        self._columns = replace(self._columns, kind=kind, channel=channel)

    def mean_kind(self, word: str, kind: NewsKind) -> None:
        """What a word of the list means, from now on."""
        self._columns = replace(self._columns, kinds={**self._columns.kinds, word: kind})
        self._show()

    def mean_channel(self, word: str, channel: str) -> None:
        self._columns = replace(self._columns, channels={**self._columns.channels, word: channel})
        self._show()

    def go(self, name: str) -> None:
        """Keep it, and look at what it would bring."""
        if problem := self._lacking():
            self._face.show_problem(problem)
            return
        try:
            kept = self._keeping.keep(name, self._mapped(), self._chosen)
        except AppError as error:
            self._face.show_problem(error.message)
            return
        if kept:
            self._importing.read_as(kept)

    def _mapped(self) -> SheetMap:
        """The list beside the figures that the same saved way may know."""
        form = self._report.form
        cells = self._keeping.get(self._chosen).cells if self._chosen else {}
        return SheetMap(form.programme, form.id, cells, self._columns)

    def _lacking(self) -> str:
        has = self._columns.columns
        if not {NewsField.DATE, NewsField.TITLE} <= has.keys():
            return "Chọn cột ngày đăng và cột tên tin, bài."
        if NewsField.KIND not in has and self._columns.kind is None:
            return f"Chọn cột loại, hoặc loại chung cho mọi tin: {', '.join(KIND_TITLES.values())}."
        if NewsField.CHANNELS not in has and not self._columns.channel:
            return f"Chọn cột kênh, hoặc kênh chung cho mọi tin, ví dụ {next(iter(CHANNEL_TITLES.values()))}."
        return ""

    def _show(self) -> None:
        sheet = self._sheets.get(self._columns.sheet)
        rows = tuple((_row_words(sheet, number), number) for number, _ in sheet.rows())[:_MOST_ROWS] if sheet else ()
        sheets = tuple((name, name) for name in self._sheets)
        self._face.show_columns(ColumnOptions(sheets, rows, self._titles(), self._head), self._columns)
        kinds, channels = news_list.unknown_words(self._columns, self._source.sheets)
        unclear = len(kinds) + len(channels)
        more = f" Hỏi {MOST_WORDS} chữ trước." if unclear > MOST_WORDS else ""
        told = f"{counted(unclear)} chữ trong danh sách chưa rõ nghĩa; nói một lần, lần sau phần mềm nhớ.{more}"
        shown = kinds[:MOST_WORDS]
        self._face.show_words(shown, channels[: MOST_WORDS - len(shown)], told if unclear else "")

    def _titles(self) -> tuple[str, ...]:
        """Of the columns, in their order; one that stands twice is told once."""
        sheet = self._sheets.get(self._columns.sheet)
        line = sorted(c for r, c in sheet.cells if r == self._head) if sheet else ()
        return tuple(dict.fromkeys(sheet.text(self._head, column) for column in line)) if sheet else ()

    def _guessed_head(self) -> int:
        sheet = self._sheets.get(self._columns.sheet)
        return head_of(sheet) if sheet else 0

    def _one_that_fits(self) -> str:
        """The first saved way whose columns this list has."""
        for name in self._keeping.names():
            news = self._keeping.get(name).news
            if news and news_list.title_row(news, self._source.sheets) is not None:
                return name
        return NEW


def _row_words(sheet: Sheet, number: int) -> str:
    return f"{number + 1} · {short(title_of(sheet, number), 60)}"
