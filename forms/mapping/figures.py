"""The figures of a foreign workbook: where they stand, proposed by titles; and what stands there."""

from __future__ import annotations

from collections.abc import Mapping

from forms.answers import Answer, cell_answer
from forms.cell import BLANK, Cell, place
from forms.count import Count
from forms.errors import InputRefused
from forms.mapping.labels import Titled, label, sheet_named
from forms.mapping.sheet_map import CellPlace, Line
from forms.reading import Remarks
from forms.report import Report
from forms.sheets import PlainKind, Sheets

LEAST = 0.6  # of two titles' words that must be shared for one to be proposed for the other
_NEAR = 6  # rows below a title in which its parts are looked for
_FIGURE_TITLES = ("tong so", "so lieu", "ket qua", "thuc hien", "ket qua thuc hien", "so luong", "cong", "tong cong")


def propose(report: Report, sheets: Sheets) -> dict[str, CellPlace]:
    """The cells whose place follows from the workbook's own titles; the others have to be said by a person."""
    seen = [Titled(sheet) for sheet in sheets.sheets if not sheet.hidden and sheet.cells]
    found: dict[str, CellPlace] = {}
    for count in report.form.counts.values():
        if report.role in count.filled_by:
            found |= next((placed for titled in seen if (placed := _in_sheet(count, titled))), {})
    return found


class Figures:
    """Takes mapped cells out of one workbook."""

    def __init__(self, sheets: Sheets, report: Report, remarks: Remarks) -> None:
        self._sheets, self._report, self._remarks = sheets, report, remarks
        self._titled: dict[str, Titled] = {}
        self.places: dict[str, str] = {}

    def take(self, mapped: Mapping[str, CellPlace]) -> dict[str, Cell]:
        """What stands in the mapped places; blank ones say nothing."""
        allowed = set(self._report.expected_cells)
        for name in mapped.keys() - allowed:
            problem = f"Biểu {self._report.form.number} không có ô này cho đơn vị. Sửa bảng đối chiếu."
            self._remarks.wrong("MAPPING_CELL", name[:60], problem)
        found = {name: self._cell(name, mapped[name]) for name in self._report.expected_cells if name in mapped}
        return {name: cell for name, cell in found.items() if cell != BLANK}

    def _cell(self, name: str, place: CellPlace) -> Cell:
        count = self._report.form.count_of_cell[name]
        try:
            titled = self._sheet(place.sheet)
            row = titled.row_of(place.row, self._report.period.year)
            column = titled.column_of(place.column, self._report.period.year, row)
        except InputRefused as error:
            self._remarks.wrong(error.code, f"{place.sheet or '?'}!{count.label(name)}", error.message)
            return BLANK
        where = self.places[name] = titled.sheet.where(row, column)
        plain = self._remarks.plain(titled.sheet, row, column)
        answer = self._remarks.tried(where, Answer(BLANK), cell_answer, plain, count.decimals)
        if answer.echo:
            self._remarks.tell("NUMBER_ECHO", where, answer.echo)
        return answer.cell

    def _sheet(self, name: str) -> Titled:
        if name not in self._titled:
            self._titled[name] = Titled(sheet_named(self._sheets, name))
        return self._titled[name]


def _in_sheet(count: Count, titled: Titled) -> dict[str, CellPlace]:
    """Every cell of the count in this sheet, or nothing."""
    at = titled.closest(label(count.title), LEAST)
    places = {name: _place(count, name, titled, *at) for name in count.cells} if at else {}
    found = {name: spot for name, spot in places.items() if spot}
    return found if len(found) == len(count.cells) else {}


def _place(count: Count, name: str, titled: Titled, row: int, column: int) -> CellPlace | None:
    """Parts stand in columns headed by their titles, or in rows of their own below; years in columns."""
    bare, year = place(name)
    title, part = titled.sheet.text(row, column), count.by.parts[bare.partition(".")[2]] if count.by else ""
    if part and not year and (across := titled.headed(label(part), row, column)) is not None:
        return _named(titled, (row, (title,)), (across, (part,)))
    down = titled.below(label(part), row, _NEAR) if part else row
    if down is None:
        return None
    words = (title, part) if part else (title,)
    if year:
        across = titled.headed(str(year), row, column)
        return None if across is None else _named(titled, (down, words), (across, (str(year),)))
    across = _figure(titled, down, row, column)
    return None if across is None else _named(titled, (down, words), (across, ()))


def _named(titled: Titled, row: tuple[int, tuple[str, ...]], column: tuple[int, tuple[str, ...]]) -> CellPlace:
    """By words where they lead to that very row and column, so that an added line does no harm; else by numbers."""
    down, across = Line(words=row[1]), Line(words=column[1])
    try:
        by_row = titled.row_of(down, 0) == row[0]
    except InputRefused:
        by_row = False
    try:
        by_column = bool(column[1]) and titled.column_of(across, 0, row[0]) == column[0]
    except InputRefused:
        by_column = False
    return CellPlace(titled.sheet.name, down if by_row else Line(row[0]), across if by_column else Line(column[0]))


def _figure(titled: Titled, down: int, row: int, column: int) -> int | None:
    """The column of the one figure of a row: under a title that says so, else the first number to the right."""
    for wanted in _FIGURE_TITLES:
        if (across := titled.headed(wanted, row, column)) is not None:
            return across
    numbers = (c for (r, c), cell in titled.sheet.cells.items() if r == down and cell.kind is PlainKind.NUMBER)
    return min((c for c in numbers if c > column), default=None)
