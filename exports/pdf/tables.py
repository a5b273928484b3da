"""Ruled tables on PDF pages: plain strings broken by true widths, so that no text of a person is ever read as markup.

A table is cut by heights that are known before anything is drawn, so a thousand rows cost a thousand times one. Texts are
drawn first, then every stroke once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest
from typing import Any

from reportlab.platypus import Flowable

from exports.columns import PADDING, TALLEST, SetTable, bold, title_column
from exports.document import Row, Table, lines_of, placed, shown
from exports.fonts import broken, drawable, font_of, text_width
from exports.nd30 import STYLES, Style

LEADING = 1.2
STROKE = 0.5
TAGGED_CELLS = 2000  # a longer table has a mark for each row, not for each cell: the file would double
_SHARE = {"LEFT": 0.0, "CENTER": 0.5, "RIGHT": 1.0}
Span = tuple[int, int, int]  # column, columns, rows


@dataclass(frozen=True, slots=True)
class RuledRow:
    """One drawn row: its cells already broken into lines, and what is special about it."""

    cells: list[list[str]]
    height: float
    style: Style
    spans: tuple[Span, ...] = ()
    ruled: bool = True
    keeps_next: bool = False
    above: float | None = None  # room over the words of a piece of a tall row; in a whole row they stand in the middle
    goes_on: bool = False  # with the row above: no rule between them


@dataclass(frozen=True)
class RuledGrid:
    """Rows under one another, from (0, height) down. The first `head` rows are titles."""

    lines: Sequence[RuledRow]
    head: int
    widths: Sequence[float]
    aligns: Sequence[str]

    def draw(self, canvas: Any, height: float, *, each_cell: bool) -> None:
        """Texts and strokes; `each_cell` gives every cell a mark of its own."""
        tops = [height - below for below in accumulate((line.height for line in self.lines), initial=0.0)]
        lefts = list(accumulate(self.widths, initial=0.0))
        for y, line in enumerate(self.lines):
            kind = "TH" if y < self.head else "TD"
            canvas.setFont(font_of(line.style), line.style.size)
            spans = {x: (columns, rows) for x, columns, rows in line.spans}
            cells = [(x, text) for x, text in enumerate(line.cells) if text != [""]]
            with canvas.group("TR"):
                if each_cell:
                    for x, text in cells:
                        with canvas.tagged(kind):
                            self._draw_cell(canvas, y, x, text, spans.get(x, (1, 1)), tops, lefts)
                elif cells:
                    with canvas.tagged(kind):
                        for x, text in cells:
                            self._draw_cell(canvas, y, x, text, spans.get(x, (1, 1)), tops, lefts)
        with canvas.aside():
            canvas.setLineWidth(STROKE)
            canvas.lines([*self._level(tops, lefts), *self._upright(tops, lefts)])

    def _draw_cell(
        self, canvas: Any, y: int, x: int, text: list[str], span: tuple[int, int], tops: list[float], lefts: list[float]
    ) -> None:
        style, (columns, rows) = self.lines[y].style, span
        left, right = lefts[x] + PADDING, lefts[x + columns] - PADDING
        step = style.size * LEADING
        share = 0.5 if y < self.head else _SHARE[self.aligns[x]] if self.lines[y].ruled else 0.0
        above = self.lines[y].above
        top = tops[y] - above if above is not None else (tops[y] + tops[y + rows] + len(text) * step) / 2
        base = top - style.size
        font = font_of(style)
        for part in text:
            free = right - left - (text_width(part, font, style.size) if share else 0.0)
            canvas.drawString(left + share * free, base, part)
            base -= step

    def _owners(self) -> list[list[tuple[int, int]]]:
        """Which cell, by row and column of its beginning, each place belongs to."""
        owners = [[(y, x) for x in range(len(self.widths))] for y in range(len(self.lines))]
        for y, line in enumerate(self.lines):
            for x, columns, rows in line.spans:
                for down in range(y, min(y + rows, len(self.lines))):
                    owners[down][x : x + columns] = [(y, x)] * columns
            if line.goes_on and y > self.head:
                owners[y] = owners[y - 1]
        return owners[: sum(line.ruled for line in self.lines)]

    def _level(self, tops: list[float], lefts: list[float]) -> Iterator[tuple[float, ...]]:
        owners = self._owners()
        none: list[Any] = [None] * len(self.widths)
        for y, (above, below) in enumerate(zip([none, *owners], [*owners, none], strict=True)):
            for first, last in _stretches(a != b for a, b in zip(above, below, strict=True)):
                yield lefts[first], tops[y], lefts[last], tops[y]

    def _upright(self, tops: list[float], lefts: list[float]) -> Iterator[tuple[float, ...]]:
        owners = self._owners()
        for x in range(len(self.widths) + 1):
            parted = (x in (0, len(row)) or row[x - 1] != row[x] for row in owners)
            for first, last in _stretches(parted):
                yield lefts[x], tops[first], lefts[x], tops[last]


def _stretches(holds: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """Where something holds without a gap: first place and the one after the last."""
    first = None
    at = 0
    for at, true in enumerate([*holds, False]):
        if true and first is None:
            first = at
        elif not true and first is not None:
            yield first, at
            first = None


ROW_ROOM = 5.0
GAP_ABOVE, GAP_BELOW = 4, 6
KEPT_ROWS = 2  # of a form, that go with those who sign it
PIECE = 4  # lines of a higher row that stay together: it fills the page that it begins on
EXACT = 1e-6  # points: sums of heights are not exact
MANY = 20  # rows that want to stay together
HIGHEST_HEAD = 200.0  # points; a higher head is printed once, as a page must have room for rows
_ALIGN = {"text": "LEFT", "centre": "CENTER", "number": "RIGHT"}


class RuledTable(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A table over the full width: its head on every page, its note and its groups never alone on one. What a page leaves is
    the same rows from another one on: nothing is copied or added up again for each page."""

    def __init__(
        self, head: list[RuledRow], rows: _Rows, widths: list[float], aligns: list[str], *, each_cell: bool
    ) -> None:
        super().__init__()
        self.head, self.rows, self.widths, self.aligns, self.each_cell = head, rows, widths, aligns, each_cell
        self.head_height = sum(line.height for line in head)
        self.spaceBefore, self.spaceAfter = GAP_ABOVE, GAP_BELOW
        self.tail: Flowable | None = None  # what must not stand alone below it: those who sign a form

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room that the whole table takes."""
        tail = self.tail.wrap(width, height)[1] if self.tail else 0.0
        self.width, self.height = sum(self.widths), self.head_height + self.rows.height + tail
        return self.width, self.height

    @property
    def least(self) -> float:
        """The head and the first rows that must stand together."""
        together = next((at for at in range(self.rows.count) if not self.rows.line(at).keeps_next), self.rows.count - 1)
        return self.head_height + self.rows.high(together + 1)

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits this page, and the rest; nothing where not even one row fits below the head."""
        fits = room = self.rows.fitting(height - self.head_height)
        while fits and self.rows.line(fits - 1).keeps_next:
            fits -= 1
        # Rows that want to stay together but are more than a page's: they are parted all the same.
        fits = fits or (room if room and (self.rows.high(MANY) > height > 2 * HIGHEST_HEAD) else 0)
        if self.tail and fits == self.rows.count:
            fits -= KEPT_ROWS
        if fits <= 0 or fits == self.rows.count:
            return []
        rest = self._of(self.rows.part(fits, self.rows.count))
        rest.tail = self.tail
        return [self._of(self.rows.part(0, fits)), rest]

    def draw(self) -> None:
        """Draws head and rows."""
        with self.canv.group("Table"):
            grid = RuledGrid([*self.head, *self.rows.lines], len(self.head), self.widths, self.aligns)
            grid.draw(self.canv, self.height, each_cell=self.each_cell)
        if self.tail:
            self.tail.drawOn(self.canv, 0, 0)

    def _of(self, rows: _Rows) -> RuledTable:
        return RuledTable(self.head, rows, self.widths, self.aligns, each_cell=self.each_cell)


@dataclass(frozen=True)
class _Rows:
    """Rows from `first` up to `last` of a table; `tops` says how far down each of the table's rows begins."""

    all: list[RuledRow]
    tops: list[float]
    first: int
    last: int

    @classmethod
    def of(cls, lines: list[RuledRow]) -> _Rows:
        return cls(lines, list(accumulate((line.height for line in lines), initial=0.0)), 0, len(lines))

    @property
    def count(self) -> int:
        return self.last - self.first

    @property
    def height(self) -> float:
        return self.tops[self.last] - self.tops[self.first]

    @property
    def lines(self) -> list[RuledRow]:
        return self.all[self.first : self.last]

    def line(self, at: int) -> RuledRow:
        return self.all[self.first + at]

    def high(self, many: int) -> float:
        """The height of the first so many, or of all."""
        return self.tops[min(self.first + many, self.last)] - self.tops[self.first]

    def fitting(self, height: float) -> int:
        """How many of them that height takes."""
        last = bisect_right(self.tops, self.tops[self.first] + height + EXACT, self.first, self.last + 1) - 1
        return max(0, last - self.first)

    def part(self, start: int, end: int) -> _Rows:
        return _Rows(self.all, self.tops, self.first + start, self.first + end)


def ruled_table(table: SetTable) -> RuledTable:
    """The table ready to be laid out."""
    widths, look = list(table.set.widths), _Look.of(table.set.size)
    head, body = _head(table, widths, look), list(_body(table, widths, look))
    if sum(line.height for line in head) > HIGHEST_HEAD:
        head, body = [], [*_long_head(table, widths, look), *body]
    if table.note:
        if body:
            body[-1] = replace(body[-1], keeps_next=True)
        body += _note(table.note, widths)
    aligns = [_ALIGN[column.kind] for column in table.columns]
    each_cell = len(table.rows) * len(widths) <= TAGGED_CELLS
    return RuledTable(head, _Rows.of(body), widths, aligns, each_cell=each_cell)


@dataclass(frozen=True)
class _Look:
    """The letters of a table: of its head and sums, of its rows, of the row of letters."""

    head: Style
    row: Style
    letters: Style

    @classmethod
    def of(cls, size: float) -> _Look:
        return cls(*(replace(STYLES[name], size=size) for name in ("table_head", "table", "note")))


def _body(table: Table, widths: list[float], look: _Look) -> Iterator[RuledRow]:
    for row, after in zip_longest(table.rows, table.rows[1:]):
        style = look.head if bold(row.kind) else look.row
        # A group's title takes the rest of its row: the column from which, and the width of every cell.
        last = title_column(row)
        first, rooms = (last, [*widths[:last], sum(widths[last:]), *widths[last + 1 :]])
        spans = ((first, len(widths) - first, 1),) if first < len(widths) - 1 else ()
        keeps = after is not None and (row.kind == "group" or after.kind in ("part", "total"))
        yield from _pieces(row, rooms, style, spans, keeps=keeps)


def _pieces(
    row: Row, rooms: list[float], style: Style, spans: tuple[Span, ...] = (), *, keeps: bool
) -> Iterator[RuledRow]:
    """The row as one line, or a tall one in pieces that look like one row."""
    cells = [_broken(shown(cell), style, room) for cell, room in zip(row.cells, rooms, strict=True)]
    lines = max(len(texts) for texts in cells)
    if lines <= TALLEST:
        yield RuledRow(cells, _lines_high(lines, style), style, spans, keeps_next=keeps)
        return
    for start in range(0, lines, PIECE):
        ends = start + PIECE >= lines
        above, room = (0.0 if start else ROW_ROOM / 2), (ROW_ROOM / 2 if ends or not start else 0.0)
        piece = [texts[start : start + PIECE] or [""] for texts in cells]
        high = max(len(texts) for texts in piece) * style.size * LEADING + room
        yield RuledRow(piece, high, style, spans, keeps_next=keeps and ends, above=above, goes_on=start > 0)


def _broken(text: str, style: Style, room: float) -> list[str]:
    """The lines of a cell: broken where the text asks and where it must."""
    parts = lines_of(text)
    return [line for part in parts for line in broken(drawable(part), style, room - 2 * PADDING)]


def _note(note: str, widths: list[float]) -> Iterator[RuledRow]:
    style, empty = STYLES["note"], [[""] for _ in widths[1:]]
    lines = _broken(note, style, sum(widths))
    for start in range(0, len(lines), TALLEST):
        cells = [lines[start : start + TALLEST], *empty]
        yield RuledRow(cells, _lines_high(len(cells[0]), style), style, ((0, len(widths), 1),), ruled=False)


def _head(table: Table, widths: list[float], look: _Look) -> list[RuledRow]:
    """The titles of the columns with their spans, and the row of letters."""
    texts = [[[""] for _ in widths] for _ in table.head]
    tall, spans = [1] * len(table.head), [list[Span]() for _ in table.head]
    for y, x, cell in placed(table.head, len(widths)):
        lines = _broken(cell.text, look.head, sum(widths[x : x + cell.columns]))
        texts[y][x] = lines
        if cell.columns > 1 or cell.rows > 1:
            spans[y].append((x, cell.columns, cell.rows))
        tall[y + cell.rows - 1] += max(0, len(lines) - sum(tall[y : y + cell.rows]))
    head = [
        RuledRow(cells, _lines_high(lines, look.head), look.head, tuple(over))
        for cells, lines, over in zip(texts, tall, spans, strict=True)
    ]
    row = [[letter] for letter in table.letters]
    return head + ([RuledRow(row, _lines_high(1, look.letters), look.letters)] if table.letters else [])


def _long_head(table: Table, widths: list[float], look: _Look) -> Iterator[RuledRow]:
    """Titles too long to be repeated: once, as rows without spans."""
    for wanted in range(len(table.head)):
        cells = [""] * len(widths)
        for y, x, cell in placed(table.head, len(widths)):
            cells[x] = cell.text if y == wanted else cells[x]
        yield from _pieces(Row(tuple(cells)), widths, look.head, keeps=False)


def _lines_high(lines: int, style: Style) -> float:
    return lines * style.size * LEADING + ROW_ROOM
