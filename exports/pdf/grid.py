"""The drawing of ruled rows: texts first, then every stroke once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from exports.columns import PADDING
from exports.fonts import font_of, text_width
from exports.nd30 import Style

LEADING = 1.2
STROKE = 0.5
TAGGED_CELLS = 2000  # a longer table has a mark for each row, not for each cell: the file would double
_SHARE = {"LEFT": 0.0, "CENTER": 0.5, "RIGHT": 1.0}
Span = tuple[int, int, int]  # column, columns, rows


@dataclass(frozen=True, slots=True)
class Line:
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
class Grid:
    """Rows under one another, from (0, height) down. The first `head` rows are titles."""

    lines: Sequence[Line]
    head: int
    widths: Sequence[float]
    aligns: Sequence[str]

    def draw(self, canvas: Any, height: float, *, each_cell: bool) -> None:
        """Texts and strokes; `each_cell` gives every cell a mark of its own."""
        tops = [height - below for below in accumulate((line.height for line in self.lines), initial=0.0)]
        lefts = list(accumulate(self.widths, initial=0.0))
        for y, line in enumerate(self.lines):
            self._draw_row(canvas, y, line, tops, lefts, each_cell=each_cell)
        with canvas.aside():
            canvas.setLineWidth(STROKE)
            canvas.lines([*self._level(tops, lefts), *self._upright(tops, lefts)])

    def _draw_row(
        self, canvas: Any, y: int, line: Line, tops: list[float], lefts: list[float], *, each_cell: bool
    ) -> None:
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

    def _draw_cell(
        self,
        canvas: Any,
        y: int,
        x: int,
        text: list[str],
        span: tuple[int, int],
        tops: list[float],
        lefts: list[float],
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
