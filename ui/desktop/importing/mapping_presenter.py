"""Decides how somebody's own workbook is read: which cell of ours stands where in it, or which column of a list of news items
holds what and what its words mean. What was decided is kept under a name, for the next time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from forms.all_services import Services
from forms.errors import AppError, InputRefused
from forms.model.news_item import CHANNEL_TITLES, KIND_TITLES, NewsKind
from forms.model.report import Report
from forms.model.text import quoted
from forms.services.workbooks import MAX_NAME
from forms.workbooks import foreign_workbook, legacy_text, news_list
from forms.workbooks.candidates import Question
from forms.workbooks.cell_parsing import DayOrder
from forms.workbooks.sheet_map import CellPlace, NewsColumns, NewsField, SheetMap
from forms.workbooks.sheets import Sheet, letters
from forms.workbooks.title_labels import head_of, title_of
from forms.workbooks.titled_tables import CellCandidate
from ui.desktop.importing.presenter import ImportPresenter, SourceFile, short
from ui.desktop.number_wording import counted
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.shell import Shell

NEW = ""  # no saved way: proposed anew from the workbook's own titles
COLUMNS = (
    ListColumnHead("Ô của biểu"),
    ListColumnHead("Chỗ trong bảng tính", 190),
    ListColumnHead("Đang ghi ở đó", 130, "right"),
)
_TIMES = "Bảng tính ghi số theo nghìn, triệu…: chọn nhân ra hay giữ nguyên."
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
_NO_LIST = NewsColumns("", {})
MOST_WORDS = 8  # that are asked about; the preview tells of the others


@dataclass(frozen=True)
class SavedWays:
    """The saved ways that suit the form, which is chosen, and the `name` this one will be kept as; `news`: where a list of
    items was found beside the figures, empty where not."""

    names: tuple[str, ...] = ()
    chosen: str = NEW
    name: str = ""
    news: str = ""


@dataclass(frozen=True)
class PointedPlace:
    """What is pointed at for one cell: numbers from 0; row and column None while nothing is. `head` is the row of the
    columns' titles."""

    sheet: str
    head: int
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Pointing:
    """What one may point at: (words, number) of the sheets, rows and columns; and where one points now."""

    sheets: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int], ...]
    columns: tuple[tuple[str, int], ...]
    at: PointedPlace
    why: str = ""  # the cell is asked about
    offers: tuple[tuple[str, int], ...] = ()  # and what may be chosen: (words, number)
    picked: int | None = None  # what was chosen of it


@dataclass(frozen=True)
class CellsShown:
    """The page of cells. What did not change since it was shown last is the same object."""

    saved: SavedWays = SavedWays()
    rows: tuple[ListRow, ...] = ()
    words: str = ""
    cell: str = ""
    pointing: Pointing | None = None
    problem: str = ""


@dataclass(frozen=True)
class ColumnOptions:
    """What one may choose from: (words, value) of sheets, of rows that may hold the titles, and those titles."""

    sheets: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int], ...]
    titles: tuple[str, ...]
    head: int


@dataclass(frozen=True)
class ColumnsShown:
    """The page of columns. `kinds`, `channels`: words of the list of which nobody knows yet what they mean; `told` says so."""

    saved: SavedWays = SavedWays()
    options: ColumnOptions | None = None
    columns: NewsColumns = _NO_LIST
    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    told: str = ""
    problem: str = ""


class _MapPresenter:
    """What both have: the workbook, the saved ways that suit it, and keeping this one."""

    most_rows: ClassVar[int]  # of a sheet, that can be pointed at

    def __init__(self, desk: Services, frame: Shell, importing: ImportPresenter) -> None:
        self._mappings, self._frame, self._importing = desk.mappings, frame, importing
        self._report: Report
        self._source: SourceFile
        self._sheets: dict[str, Sheet] = {}
        self._chosen = NEW

    def begin(self, report: Report, source: SourceFile, mapping: str) -> None:
        """A workbook of which it has to be said how it is read; to begin with by `mapping`, else by a saved way that fits."""
        self._report = report
        plain = legacy_text.taken(source.sheets, legacy_text.proposed(source.sheets))  # only for its titles
        self._source = replace(source, sheets=plain)
        self._sheets = {sheet.name: sheet for sheet in plain.sheets if not sheet.hidden and sheet.cells}
        self._opened()
        self.choose(mapping or self._one_that_fits())

    def choose(self, name: str) -> None:
        """A saved way, or what the workbook's own titles propose."""
        raise NotImplementedError

    def drop(self) -> None:
        """The chosen way, once confirmed."""
        if self._chosen and self._frame.ask.confirm(
            f"Bỏ bảng đối chiếu {quoted(self._chosen)}?",
            "Số liệu đã nhập bằng bảng này vẫn còn trong sổ.",
            "Bỏ bảng này",
        ):
            self._mappings.drop(self._chosen)
            self.choose(self._one_that_fits())

    def _opened(self) -> None:
        """Another workbook."""

    def _suits(self, mapped: SheetMap) -> bool:
        raise NotImplementedError

    def _one_that_fits(self) -> str:
        raise NotImplementedError

    def _problem(self, words: str) -> None:
        raise NotImplementedError

    def _names(self) -> tuple[str, ...]:
        """Of this form's saved ways those that are of use here; one that this program cannot read stays, for the program
        that wrote it."""

        def fits(name: str) -> bool:
            try:
                mapped = self._mappings.get(name)
            except AppError:
                return False
            form = self._report.form
            return (mapped.programme, mapped.form) == (form.programme, form.id) and self._suits(mapped)

        return tuple(filter(fits, self._mappings.names()))

    def _saved_ways(self, chosen: str, news: str = "") -> SavedWays:
        """A new one is called as the file until somebody says better."""
        name = chosen or " ".join(self._source.path.stem.split())[:MAX_NAME]
        return SavedWays(self._names(), chosen, name, news)

    def _keep(self, name: str, mapped: SheetMap) -> None:
        """Under this name, and on to what it would bring; not over another one that somebody would rather keep."""
        wanted = name.strip()
        try:
            if not (wanted and wanted == self._chosen and self._mappings.get(wanted) == mapped):
                is_other = wanted != self._chosen and wanted in self._mappings.names()
                if is_other and not self._frame.ask.confirm(
                    f"Thay bảng đối chiếu {quoted(wanted)}?",
                    "Sổ đã có một bảng mang tên này; bảng cũ sẽ mất.",
                    "Thay bảng cũ",
                ):
                    return
                wanted = self._mappings.save(wanted, mapped)
        except AppError as error:
            self._problem(error.message)
        else:
            self._importing.read_as(wanted)

    def _row_choices(self, sheet: Sheet) -> tuple[tuple[str, int], ...]:
        numbers = [number for number, _ in sheet.rows()][: self.most_rows]
        return tuple((_titled(str(number + 1), title_of(sheet, number), 60), number) for number in numbers)


def _titled(sign: str, title: str, most: int) -> str:
    return f"{sign} · {short(title, most)}" if title else sign


class CellsPresenter(_MapPresenter):
    most_rows = 3000

    def __init__(
        self, show: Callable[[CellsShown], object], desk: Services, frame: Shell, importing: ImportPresenter
    ) -> None:
        super().__init__(desk, frame, importing)
        self._show, self._shown = show, CellsShown()
        self._cells: dict[str, CellPlace] = {}
        self._questions: dict[str, Question] = {}
        self._news: NewsColumns | None = None
        self._heads: dict[str, int] = {}
        self._with_news = True
        self._cell = ""
        self._last = ""  # the sheet pointed at last
        self._column: int | None = None  # and the column in it

    @property
    def knows_any(self) -> bool:
        """The place of at least one cell is known."""
        return bool(self._cells)

    def choose(self, name: str) -> None:
        mapped = self._mappings.get(name) if name else self._found.mapped
        self._chosen, self._cells, self._news = name, dict(mapped.cells), mapped.news
        self._with_news = mapped.news is not None
        saved = self._saved_ways(name, f"sheet “{mapped.news.sheet}”" if mapped.news else "")
        self._shown = replace(self._shown, saved=saved, problem="")
        self._show_cells()

    def stand(self, cell: str) -> None:
        """Another cell of the form."""
        self._cell = cell
        self._show_pointing()

    def turn(self, sheet: str) -> None:
        """Another sheet, where nothing is pointed at yet."""
        self._last, self._column = sheet, None
        self._cells.pop(self._cell, None)
        self._show_cells()

    def head(self, row: int) -> None:
        """The titles of the columns stand in this row."""
        self._heads[self._last] = row
        self._show_pointing()

    def point(self, row: int, column: int) -> None:
        """The chosen cell stands there. What is counted in thousands there has two readings, which are asked."""
        self._column, problem = column, ""
        try:
            self._cells[self._cell] = self._proposing.chosen(self._last, row, column, None)
        except InputRefused as error:
            found, problem = self._proposing.at(self._last, row, column), error.message
            if error.code == "MAPPING_SCALE":
                problem = _TIMES
                if found:
                    label = self._report.form.count_of_cell[self._cell].label(self._cell)
                    self._questions[self._cell] = Question(self._cell, label, _TIMES, (found,))
                    self._cells.pop(self._cell, None)
        self._shown = replace(self._shown, problem=problem)
        self._show_cells()

    def pick(self, number: int) -> None:
        """One of the candidates of the chosen cell."""
        candidate, scale = self._offers()[number]
        self._cells[self._cell] = self._proposing.place(candidate, scale)
        self._last, self._column = candidate.sheet, candidate.column
        self._shown = replace(self._shown, problem="")
        self._show_cells()

    def clear(self) -> None:
        """The workbook does not have the chosen cell."""
        self._cells.pop(self._cell, None)
        self._show_cells()

    def with_news(self, wanted: bool) -> None:
        self._with_news = wanted

    def go(self, name: str) -> None:
        """Keep it, and look at what it would bring."""
        news = self._news if self._with_news else None
        if not self._cells and news is None:
            self._problem("Chưa chỉ ô nào. Chọn một ô của biểu, rồi chọn dòng và cột của nó trong bảng tính.")
            return
        form = self._report.form
        self._keep(name, SheetMap(form.programme, form.id, self._cells, news))

    def _opened(self) -> None:
        self._proposing = foreign_workbook.Proposing(self._report, self._source.sheets)
        self._found = self._proposing.proposal()
        self._questions = {one.cell: one for one in self._found.questions}
        self._heads = {}
        self._last, self._column = next(iter(self._sheets), ""), None
        self._cell = next(iter(self._report.expected_cells), "")

    def _suits(self, mapped: SheetMap) -> bool:
        return bool(mapped.cells)

    def _one_that_fits(self) -> str:
        """The saved way that finds the most of its cells in this workbook."""

        def found_by(name: str) -> int:
            return sum(self._spot(place) is not None for place in self._mappings.get(name).cells.values())

        best = max(self._names(), key=found_by, default=NEW)
        return best if best and found_by(best) else NEW

    def _problem(self, words: str) -> None:
        self._shown = replace(self._shown, problem=words)
        self._show(self._shown)

    def _show_cells(self) -> None:
        names = self._report.expected_cells
        there = sum(name in self._cells for name in names)
        asked = sum(name not in self._cells for name in self._questions)
        open_ = f" {counted(asked)} ô có nhiều cách đọc, chờ chọn." if asked else ""
        words = f"Đã rõ {counted(there)}/{counted(len(names))} ô.{open_} Ô chưa rõ: số trong sổ giữ nguyên."
        self._shown = replace(self._shown, rows=tuple(map(self._row, names)), words=words)
        self._show_pointing()

    def _show_pointing(self) -> None:
        self._shown = replace(self._shown, cell=self._cell, pointing=self._pointing())
        self._show(self._shown)

    def _row(self, name: str) -> ListRow:
        label = self._report.form.count_of_cell[name].label(name)
        place, question = self._cells.get(name), self._questions.get(name)
        if place is None and question:
            shown = ListItem(f"chờ chọn ({counted(len(question.candidates))} chỗ)", "warning", "warning")
            values = ", ".join(dict.fromkeys(one.value for one in question.candidates))
            return row(
                name, label, shown, ListItem(short(f"{values}?", 20), "warning"), note=f"{label}\n{question.why}"
            )
        if place is None:
            return row(name, label, ListItem("chưa rõ", "muted"), "", note=label)
        try:
            sheet, (at, column) = self._proposing.spot(place)
        except InputRefused as error:
            return row(name, label, ListItem("không thấy", "error", "error"), "", note=f"{label}\n{error.message}")
        found = sheet.text(at, column)
        shown = ListItem(short(found, 20)) if found else ListItem("trống", "muted")
        return row(name, label, sheet.where(at, column), shown, note=f"{label}\n{sheet.where(at, column)}: {found}")

    def _pointing(self) -> Pointing:
        place, offers = self._cells.get(self._cell), self._offers()
        spot = self._spot(place) if place else None
        if spot:
            self._last = spot[0].name
        sheet = self._sheets.get(self._last)
        if self._last not in self._heads:
            self._heads[self._last] = head_of(sheet) if sheet else 0
        at = PointedPlace(self._last, self._heads[self._last], None, None if place else self._column)
        if spot:
            at = replace(at, row=spot[1][0], column=spot[1][1])
        question = self._questions.get(self._cell)
        places = [self._proposing.place(*offer) for offer in offers] if place else []
        asked = (
            question.why if question else "",
            tuple((_offer_words(*offer), number) for number, offer in enumerate(offers)),
            places.index(place) if place in places else None,
        )
        if sheet is None:
            return Pointing((), (), (), at, *asked)
        columns = sorted({column for _, column in sheet.cells})
        titles = tuple((_titled(letters(one), sheet.text(at.head, one), 40), one) for one in columns)
        sheets = tuple((name, name) for name in self._sheets)
        return Pointing(sheets, self._row_choices(sheet), titles, at, *asked)

    def _offers(self) -> tuple[tuple[CellCandidate, int], ...]:
        """The candidates of the chosen cell, each with what it is multiplied by; one in thousands is there twice: multiplied,
        and as it stands."""
        question = self._questions.get(self._cell)
        candidates = question.candidates if question else ()
        return tuple((one, scale) for one in candidates for scale in dict.fromkeys((one.scale, 1)))

    def _spot(self, place: CellPlace) -> tuple[Sheet, tuple[int, int]] | None:
        """None where this workbook has no such place."""
        try:
            return self._proposing.spot(place)
        except InputRefused:
            return None


def _offer_words(one: CellCandidate, scale: int) -> str:
    """“H7 · 4100 · Năm 2025 › Nữ · Tổng dân số · ghi năm 2025”: what somebody chooses by."""
    value = f"{one.value} × {counted(scale)}" if scale != 1 else one.value
    heads = " › ".join(one.heads) or "không có tiêu đề cột"
    said = [f"{one.sheet}!{one.place}", value, short(heads, 60), short(" › ".join(one.rows), 90), one.why]
    return " · ".join(text for text in said if text)


class ColumnsPresenter(_MapPresenter):
    most_rows = 200  # among which the titles of the columns are

    def __init__(
        self, show: Callable[[ColumnsShown], object], desk: Services, frame: Shell, importing: ImportPresenter
    ) -> None:
        super().__init__(desk, frame, importing)
        self._show, self._shown = show, ColumnsShown()
        self._columns = self._shown.columns
        self._head = 0

    @property
    def knows_enough(self) -> bool:
        """The list could be read as it is understood now."""
        return not self._lacking()

    def choose(self, name: str) -> None:
        found = self._mappings.get(name).news if name else news_list.propose(self._source.sheets)
        self._chosen = name
        self._columns = found or NewsColumns(next(iter(self._sheets), ""), {})
        head = news_list.title_row(self._columns, self._source.sheets) if found else None
        self._head = self._guessed_head() if head is None else head
        self._shown = replace(self._shown, saved=self._saved_ways(name), problem="")
        self._show_columns()

    def turn(self, sheet: str) -> None:
        """The list stands in another sheet."""
        self._columns = replace(self._columns, sheet=sheet, columns={})
        self._head = self._guessed_head()
        self._show_columns()

    def head(self, row: int) -> None:
        """The titles of the columns stand in this row."""
        self._head = row
        titles = self._titles()
        kept = {field: title for field, title in self._columns.columns.items() if title in titles}
        self._columns = replace(self._columns, columns=kept)
        self._show_columns()

    def put(self, field: NewsField, title: str) -> None:
        """This column holds that; an empty title: none does."""
        others = {key: old for key, old in self._columns.columns.items() if key is not field and old != title}
        self._columns = replace(self._columns, columns=others | {field: title} if title else others)
        self._show_columns()

    def days(self, order: DayOrder) -> None:
        self._columns = replace(self._columns, days=order)

    def every(self, kind: NewsKind | None, channel: str) -> None:
        """What an item is where its line does not say it."""
        self._columns = replace(self._columns, kind=kind, channel=channel)

    def mean_kind(self, word: str, kind: NewsKind) -> None:
        """What a word of the list means, from now on."""
        self._columns = replace(self._columns, kinds={**self._columns.kinds, word: kind})
        self._show_columns()

    def mean_channel(self, word: str, channel: str) -> None:
        self._columns = replace(self._columns, channels={**self._columns.channels, word: channel})
        self._show_columns()

    def go(self, name: str) -> None:
        """Keep it, beside the figures that the same saved way may know, and look at what it would bring."""
        if problem := self._lacking():
            self._problem(problem)
            return
        form = self._report.form
        cells = self._mappings.get(self._chosen).cells if self._chosen else {}
        self._keep(name, SheetMap(form.programme, form.id, cells, self._columns))

    def _suits(self, mapped: SheetMap) -> bool:
        return mapped.news is not None

    def _one_that_fits(self) -> str:
        """The first saved way whose columns this list has."""
        for name in self._names():
            news = self._mappings.get(name).news
            if news and news_list.title_row(news, self._source.sheets) is not None:
                return name
        return NEW

    def _problem(self, words: str) -> None:
        self._shown = replace(self._shown, problem=words, columns=self._columns)
        self._show(self._shown)

    def _lacking(self) -> str:
        has = self._columns.columns
        if not {NewsField.DATE, NewsField.TITLE} <= has.keys():
            return "Chọn cột ngày đăng và cột tên tin, bài."
        if NewsField.KIND not in has and self._columns.kind is None:
            return f"Chọn cột loại, hoặc loại chung cho mọi tin: {', '.join(KIND_TITLES.values())}."
        if NewsField.CHANNELS not in has and not self._columns.channel:
            return f"Chọn cột kênh, hoặc kênh chung cho mọi tin, ví dụ {next(iter(CHANNEL_TITLES.values()))}."
        return ""

    def _show_columns(self) -> None:
        sheet = self._sheets.get(self._columns.sheet)
        sheets = tuple((name, name) for name in self._sheets)
        kinds, channels = news_list.unknown_words(self._columns, self._source.sheets)
        unclear = len(kinds) + len(channels)
        more = f" Hỏi {MOST_WORDS} chữ trước." if unclear > MOST_WORDS else ""
        told = f"{counted(unclear)} chữ trong danh sách chưa rõ nghĩa; nói một lần, lần sau phần mềm nhớ.{more}"
        asked = tuple(kinds[:MOST_WORDS])
        self._shown = replace(
            self._shown,
            options=ColumnOptions(sheets, self._row_choices(sheet) if sheet else (), self._titles(), self._head),
            columns=self._columns,
            kinds=asked,
            channels=tuple(channels[: MOST_WORDS - len(asked)]),
            told=told if unclear else "",
        )
        self._show(self._shown)

    def _titles(self) -> tuple[str, ...]:
        """Of the columns, in their order; one that stands twice is told once."""
        sheet = self._sheets.get(self._columns.sheet)
        line = sorted(column for at, column in sheet.cells if at == self._head) if sheet else ()
        return tuple(dict.fromkeys(sheet.text(self._head, column) for column in line)) if sheet else ()

    def _guessed_head(self) -> int:
        sheet = self._sheets.get(self._columns.sheet)
        return head_of(sheet) if sheet else 0
