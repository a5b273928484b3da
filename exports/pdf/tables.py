"""Ruled tables: plain strings broken by true widths, so that no text of a person is ever read as markup.

The table is cut by heights that are known before anything is drawn, so a thousand rows cost a thousand times one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from reportlab.platypus import Flowable

from exports.blocks import Row, Table, placed, shown
from exports.escape import lines_of
from exports.fonts import broken, drawable
from exports.nd30 import STYLES, Style
from exports.pdf.grid import LEADING, PADDING, TAGGED_CELLS, Grid, Line, Span

ROW_ROOM = 5.0
GAP_ABOVE, GAP_BELOW = 4, 6
KEPT_ROWS = 2  # of a form, that go with those who sign it
TALLEST = 20  # lines in one drawn row; a longer text goes on in the next, so that every row fits a page
HIGHEST_HEAD = 200.0  # points; a higher head is printed once, as a page must have room for rows
_ALIGN = {"text": "LEFT", "centre": "CENTER", "number": "RIGHT"}


class RuledTable(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A table over the full width: its head on every page, its note and its groups never alone on one."""

    def __init__(
        self, head: list[Line], body: list[Line], widths: list[float], aligns: list[str], *, each_cell: bool
    ) -> None:
        super().__init__()
        self.head, self.body, self.widths, self.aligns, self.each_cell = head, body, widths, aligns, each_cell
        self.spaceBefore, self.spaceAfter = GAP_ABOVE, GAP_BELOW
        self.tail: Flowable | None = None  # what must not stand alone below it: those who sign a form

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room that the whole table takes."""
        self.rows_height = sum(line.height for line in (*self.head, *self.body))
        tail = self.tail.wrap(width, height)[1] if self.tail else 0.0
        self.width, self.height = sum(self.widths), self.rows_height + tail
        return self.width, self.height

    @property
    def least(self) -> float:
        """The head and the first rows that must stand together."""
        rows = next((at for at, line in enumerate(self.body, start=1) if not line.keeps_next), len(self.body))
        return sum(line.height for line in (*self.head, *self.body[:rows]))

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits this page, and the rest; nothing where not even one row fits below the head."""
        left = height - sum(line.height for line in self.head)
        fits = 0
        for line in self.body:
            left -= line.height
            if left < 0:
                break
            fits += 1
        room = fits
        while fits and self.body[fits - 1].keeps_next:
            fits -= 1
        fits = fits or (room if room and self._fills_a_page(height) else 0)
        if self.tail and fits == len(self.body):
            fits -= KEPT_ROWS
        if fits <= 0 or fits == len(self.body):
            return []
        rest = self._of(self.body[fits:])
        rest.tail = self.tail
        return [self._of(self.body[:fits]), rest]

    def _fills_a_page(self, height: float) -> bool:
        """Rows that want to stay together but are more than a page's: they are parted all the same."""
        return sum(line.height for line in self.body[: TALLEST + 1]) > height > 2 * HIGHEST_HEAD

    def draw(self) -> None:
        """Draws head and rows."""
        with self.canv.group("Table"):
            grid = Grid([*self.head, *self.body], len(self.head), self.widths, self.aligns)
            grid.draw(self.canv, self.height, each_cell=self.each_cell)
        if self.tail:
            self.tail.drawOn(self.canv, 0, 0)

    def _of(self, body: list[Line]) -> RuledTable:
        return RuledTable(self.head, body, self.widths, self.aligns, each_cell=self.each_cell)


def ruled_table(table: Table, width: float) -> RuledTable:
    """The table ready to be laid out over so many points."""
    shares = sum(column.width for column in table.columns)
    widths = [width * column.width / shares for column in table.columns]
    head, body = _head(table, widths), list(_body(table, widths))
    if sum(line.height for line in head) > HIGHEST_HEAD:
        head, body = [], [*_long_head(table, widths), *body]
    if table.note:
        if body:
            body[-1] = replace(body[-1], keeps_next=True)
        body += _note(table.note, widths)
    aligns = [_ALIGN[column.kind] for column in table.columns]
    each_cell = len(table.rows) * len(widths) <= TAGGED_CELLS
    return RuledTable(head, body, widths, aligns, each_cell=each_cell)


def _body(table: Table, widths: list[float]) -> Iterator[Line]:
    for row, after in zip_longest(table.rows, table.rows[1:]):
        style = STYLES["table_head" if row.kind in ("group", "total") else "table"]
        first, rooms = _rooms(row, widths)
        spans = ((first, len(widths) - first, 1),) if first < len(widths) - 1 else ()
        keeps = after is not None and (row.kind == "group" or after.kind in ("part", "total"))
        for cells in _pieces(row, rooms, style):
            yield Line(cells, _height(cells, style), style, spans, keeps_next=keeps)


def _rooms(row: Row, widths: list[float]) -> tuple[int, list[float]]:
    """A group's title takes the rest of its row: the column from which, and the width of every cell."""
    if row.kind != "group":
        return len(widths) - 1, widths
    last = max((x for x, cell in enumerate(row.cells) if cell != ""), default=0)
    return last, [*widths[:last], sum(widths[last:]), *widths[last + 1 :]]


def _pieces(row: Row, rooms: list[float], style: Style) -> Iterator[list[list[str]]]:
    """The row in pieces of at most TALLEST lines."""
    cells = [_broken(shown(cell), style, room) for cell, room in zip(row.cells, rooms, strict=True)]
    for start in range(0, max(len(lines) for lines in cells), TALLEST):
        yield [lines[start : start + TALLEST] or [""] for lines in cells]


def _broken(text: str, style: Style, room: float) -> list[str]:
    """The lines of a cell: broken where the text asks and where it must."""
    parts = lines_of(text)
    return [line for part in parts for line in broken(drawable(part), style, room - 2 * PADDING)]


def _note(note: str, widths: list[float]) -> Iterator[Line]:
    style, empty = STYLES["note"], [[""] for _ in widths[1:]]
    lines = _broken(note, style, sum(widths))
    for start in range(0, len(lines), TALLEST):
        cells = [lines[start : start + TALLEST], *empty]
        yield Line(cells, _height(cells, style), style, ((0, len(widths), 1),), ruled=False)


def _head(table: Table, widths: list[float]) -> list[Line]:
    """The titles of the columns with their spans, and the row of letters."""
    style, letters = STYLES["table_head"], STYLES["note"]
    texts = [[[""] for _ in widths] for _ in table.head]
    tall, spans = [1] * len(table.head), [list[Span]() for _ in table.head]
    for y, x, cell in placed(table.head, len(widths)):
        lines = _broken(cell.text, style, sum(widths[x : x + cell.columns]))
        texts[y][x] = lines
        if cell.columns > 1 or cell.rows > 1:
            spans[y].append((x, cell.columns, cell.rows))
        tall[y + cell.rows - 1] += max(0, len(lines) - sum(tall[y : y + cell.rows]))
    head = [
        Line(cells, _lines_high(lines, style), style, tuple(over))
        for cells, lines, over in zip(texts, tall, spans, strict=True)
    ]
    row = [[letter] for letter in table.letters]
    return head + ([Line(row, _lines_high(1, letters), letters)] if table.letters else [])


def _long_head(table: Table, widths: list[float]) -> Iterator[Line]:
    """Titles too long to be repeated: once, as rows without spans."""
    style = STYLES["table_head"]
    for wanted in range(len(table.head)):
        cells = [""] * len(widths)
        for y, x, cell in placed(table.head, len(widths)):
            cells[x] = cell.text if y == wanted else cells[x]
        for pieces in _pieces(Row(tuple(cells)), widths, style):
            yield Line(pieces, _height(pieces, style), style)


def _height(cells: list[list[str]], style: Style) -> float:
    return _lines_high(max(len(lines) for lines in cells), style)


def _lines_high(lines: int, style: Style) -> float:
    return lines * style.size * LEADING + ROW_ROOM
