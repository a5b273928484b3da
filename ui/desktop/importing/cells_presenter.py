"""Decides how the figures of somebody's own workbook are read: which cell of ours stands where in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forms.all_services import Services
from forms.errors import AppError, InputRefused
from forms.model.report import Report
from forms.workbooks import foreign_workbook, legacy_text
from forms.workbooks.candidates import Question
from forms.workbooks.sheet_map import CellPlace, NewsColumns, SheetMap
from forms.workbooks.sheets import Sheet, letters
from forms.workbooks.title_labels import head_of, title_of
from forms.workbooks.titled_tables import CellCandidate
from ui.desktop.importing.presenter import NEW, ImportPresenter, Keeping, SourceFile, proposed_name, short
from ui.desktop.number_wording import counted
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.shell import Shell

COLUMNS = (
    ListColumnHead("Ô của biểu"),
    ListColumnHead("Chỗ trong bảng tính", 190),
    ListColumnHead("Đang ghi ở đó", 130, "right"),
)
_MOST_ROWS = 3000  # of a sheet, that can be pointed at
_TIMES = "Bảng tính ghi số theo nghìn, triệu…: chọn nhân ra hay giữ nguyên."


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
class Offer:
    """A candidate, read in one of the ways it can be."""

    candidate: CellCandidate
    scale: int = 1


class CellsFace(Protocol):
    def show_saved(self, names: Sequence[str], chosen: str, name: str, news: str) -> None:
        """`name` is what it will be kept as; `news`: where a list of items was found too, empty where not."""

    def show_cells(self, rows: Sequence[ListRow], words: str, chosen: str) -> None: ...
    def show_pointing(self, pointing: Pointing) -> None: ...
    def show_problem(self, text: str) -> None: ...


class CellsPresenter:
    def __init__(self, face: CellsFace, desk: Services, frame: Shell, importing: ImportPresenter) -> None:
        self._face, self._desk, self._frame, self._importing = face, desk, frame, importing
        self._report: Report
        self._source: SourceFile
        self._sheets: dict[str, Sheet] = {}
        self._cells: dict[str, CellPlace] = {}
        self._questions: dict[str, Question] = {}
        self._news: NewsColumns | None = None
        self._heads: dict[str, int] = {}
        self._with_news = True
        self._chosen = self._cell = NEW
        self._last = ""  # the sheet pointed at last
        self._column: int | None = None  # and the column in it

    @property
    def knows_any(self) -> bool:
        """The place of at least one cell is known."""
        return bool(self._cells)

    def begin(self, report: Report, source: SourceFile, mapping: str) -> None:
        """A workbook of which it has to be said what stands where; to begin with by `mapping`, else by a saved way that
        fits the form."""
        self._report = report
        self._keeping = Keeping(self._desk, self._frame, report, lambda mapped: bool(mapped.cells))
        plain = legacy_text.taken(source.sheets, legacy_text.proposed(source.sheets))  # only for its titles
        self._source = replace(source, sheets=plain)
        self._sheets = {sheet.name: sheet for sheet in plain.sheets if not sheet.hidden and sheet.cells}
        self._proposing = foreign_workbook.Proposing(report, plain)
        self._found = self._proposing.proposal()
        self._questions = {one.cell: one for one in self._found.questions}
        self._heads = {}
        self._last, self._column = next(iter(self._sheets), ""), None
        self._cell = next(iter(report.expected_cells), "")
        self.choose(mapping or self._one_that_fits())

    def choose(self, name: str) -> None:
        """A saved way, or what the workbook's own titles propose."""
        mapped = self._keeping.get(name) if name else self._found.mapped
        self._chosen, self._cells, self._news = name, dict(mapped.cells), mapped.news
        self._with_news = mapped.news is not None
        called = f"sheet “{mapped.news.sheet}”" if mapped.news else ""
        kept_as = name or proposed_name(self._source.path.stem)
        self._face.show_saved(self._keeping.names(), name, kept_as, called)
        self._face.show_problem("")
        self._show()

    def drop(self) -> None:
        if self._chosen and self._keeping.drop(self._chosen):
            self.choose(self._one_that_fits())

    def stand(self, cell: str) -> None:
        """Another cell of the form."""
        self._cell = cell
        self._face.show_pointing(self._pointing())

    def turn(self, sheet: str) -> None:
        """Another sheet, where nothing is pointed at yet."""
        self._last, self._column = sheet, None
        self._cells.pop(self._cell, None)
        self._show()

    def head(self, row: int) -> None:
        """The titles of the columns stand in this row."""
        self._heads[self._last] = row
        self._face.show_pointing(self._pointing())

    def point(self, row: int, column: int) -> None:
        """The chosen cell stands there. What is counted in thousands there has two readings, which are asked."""
        self._column = column
        try:
            self._cells[self._cell] = self._proposing.chosen(self._last, row, column, None)
            self._face.show_problem("")
        except InputRefused as error:
            found = self._proposing.at(self._last, row, column)
            if error.code == "MAPPING_SCALE" and found:
                label = self._report.form.count_of_cell[self._cell].label(self._cell)
                self._questions[self._cell] = Question(self._cell, label, _TIMES, (found,))
                self._cells.pop(self._cell, None)
            self._face.show_problem(_TIMES if error.code == "MAPPING_SCALE" else error.message)
        self._show()

    def pick(self, number: int) -> None:
        """One of the candidates of the chosen cell."""
        offer = self._offers()[number]
        self._cells[self._cell] = self._proposing.place(offer.candidate, offer.scale)
        self._last, self._column = offer.candidate.sheet, offer.candidate.column
        self._face.show_problem("")
        self._show()

    def clear(self) -> None:
        """The workbook does not have the chosen cell."""
        self._cells.pop(self._cell, None)
        self._show()

    def with_news(self, wanted: bool) -> None:
        self._with_news = wanted

    def go(self, name: str) -> None:
        """Keep it, and look at what it would bring."""
        news = self._news if self._with_news else None
        if not self._cells and news is None:
            self._face.show_problem("Chưa chỉ ô nào. Chọn một ô của biểu, rồi chọn dòng và cột của nó trong bảng tính.")
            return
        form = self._report.form
        try:
            kept = self._keeping.keep(name, SheetMap(form.programme, form.id, self._cells, news), self._chosen)
        except AppError as error:
            self._face.show_problem(error.message)
            return
        if kept:
            self._importing.read_as(kept)

    def _show(self) -> None:
        rows = [self._row(name) for name in self._report.expected_cells]
        there = sum(name in self._cells for name in self._report.expected_cells)
        asked = sum(name not in self._cells for name in self._questions)
        open_ = f" {counted(asked)} ô có nhiều cách đọc, chờ chọn." if asked else ""
        words = f"Đã rõ {counted(there)}/{counted(len(rows))} ô.{open_} Ô chưa rõ: số trong sổ giữ nguyên."
        self._face.show_cells(rows, words, self._cell)
        self._face.show_pointing(self._pointing())

    def _row(self, name: str) -> ListRow:
        label = self._report.form.count_of_cell[name].label(name)
        place = self._cells.get(name)
        if place is None and name in self._questions:
            question = self._questions[name]
            shown = ListItem(f"chờ chọn ({counted(len(question.candidates))} chỗ)", "warning", "warning")
            values = ", ".join(dict.fromkeys(one.value for one in question.candidates))
            return row(
                name, label, shown, ListItem(short(f"{values}?", 20), "warning"), note=f"{label}\n{question.why}"
            )
        if place is None:
            return row(name, label, ListItem("chưa rõ", "muted"), "", note=label)
        try:
            sheet, (at, column) = self._spot(place)
        except InputRefused as error:
            return row(name, label, ListItem("không thấy", "error", "error"), "", note=f"{label}\n{error.message}")
        found = sheet.text(at, column)
        shown = ListItem(short(found, 20)) if found else ListItem("trống", "muted")
        return row(name, label, sheet.where(at, column), shown, note=f"{label}\n{sheet.where(at, column)}: {found}")

    def _pointing(self) -> Pointing:
        at = self._pointed_at()
        question = self._questions.get(self._cell)
        why = question.why if question else ""
        offers = tuple((_offer_words(offer), number) for number, offer in enumerate(self._offers()))
        picked = self._picked()
        sheet = self._sheets.get(at.sheet)
        if sheet is None:
            return Pointing((), (), (), at, why, offers, picked)
        rows = tuple((_row_words(sheet, number), number) for number, _ in sheet.rows())[:_MOST_ROWS]
        columns = sorted({column for _, column in sheet.cells})
        titles = tuple((_column_words(sheet, at.head, column), column) for column in columns)
        return Pointing(tuple((name, name) for name in self._sheets), rows, titles, at, why, offers, picked)

    def _offers(self) -> tuple[Offer, ...]:
        """The candidates of the chosen cell; one in thousands is there twice: multiplied, and as it stands."""
        question = self._questions.get(self._cell)
        candidates = question.candidates if question else ()
        return tuple(Offer(one, scale) for one in candidates for scale in dict.fromkeys((one.scale, 1)))

    def _picked(self) -> int | None:
        place = self._cells.get(self._cell)
        spots = [self._proposing.place(offer.candidate, offer.scale) for offer in self._offers()] if place else []
        return spots.index(place) if place in spots else None

    def _pointed_at(self) -> PointedPlace:
        place = self._cells.get(self._cell)
        if place is not None:
            try:
                sheet, (at, column) = self._spot(place)
            except InputRefused:
                return PointedPlace(self._last, self._head(self._last))
            self._last = sheet.name
            return PointedPlace(sheet.name, self._head(sheet.name), at, column)
        return PointedPlace(self._last, self._head(self._last), None, self._column)

    def _one_that_fits(self) -> str:
        """The saved way that finds the most of its cells in this workbook."""
        best = max(self._keeping.names(), key=self._found_by, default=NEW)
        return best if best and self._found_by(best) else NEW

    def _found_by(self, name: str) -> int:
        return sum(self._is_there(place) for place in self._keeping.get(name).cells.values())

    def _is_there(self, place: CellPlace) -> bool:
        try:
            self._spot(place)
        except InputRefused:
            return False
        return True

    def _spot(self, place: CellPlace) -> tuple[Sheet, tuple[int, int]]:
        return self._proposing.spot(place)

    def _head(self, sheet: str) -> int:
        if sheet not in self._heads:
            self._heads[sheet] = head_of(self._sheets[sheet]) if sheet in self._sheets else 0
        return self._heads[sheet]


def _row_words(sheet: Sheet, number: int) -> str:
    title = title_of(sheet, number)
    return f"{number + 1} · {short(title, 60)}" if title else f"{number + 1}"


def _column_words(sheet: Sheet, head: int, column: int) -> str:
    title = sheet.text(head, column)
    return f"{letters(column)} · {short(title, 40)}" if title else letters(column)


def _offer_words(offer: Offer) -> str:
    """“H7 · 4100 · Năm 2025 › Nữ · Tổng dân số · ghi năm 2025”: what somebody chooses by."""
    one = offer.candidate
    value = f"{one.value} × {counted(offer.scale)}" if offer.scale != 1 else one.value
    heads = " › ".join(one.heads) or "không có tiêu đề cột"
    said = [f"{one.sheet}!{one.place}", value, short(heads, 60), short(" › ".join(one.rows), 90), one.why]
    return " · ".join(text for text in said if text)
