"""Ruled tables: plain strings broken by true widths, so that no text of a person is ever read as markup.

ReportLab cuts a long table by copying all that is left at every page, which takes a time that grows with the
square of its length. Here the table is cut first, by the heights that are known, and only a page's rows are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from exports.document import Row, Table, placed, shown
from exports.escape import plain
from exports.nd30 import STYLES, Style
from exports.pdf.fonts import broken, font_of

PADDING = 3.0
LEADING = 1.2
ROW_ROOM = 5.0
GAP_ABOVE, GAP_BELOW = 4, 6
TALLEST = 20  # lines in one drawn row; a longer text goes on in the next, so that every row fits a page
_ALIGN = {"text": "LEFT", "centre": "CENTER", "number": "RIGHT"}
Span = tuple[int, int, int]  # column, columns, rows


@dataclass(frozen=True, slots=True)
class _Line:
    """One drawn row: its cells already broken into lines, and what is special about it."""

    cells: list[str]
    height: float
    style: Style
    spans: tuple[Span, ...] = ()
    ruled: bool = True
    keeps_next: bool = False


class RuledTable(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A table over the full width: its head on every page, its note and its groups never alone on one."""

    def __init__(self, head: list[_Line], body: list[_Line], widths: list[float], aligns: list[str]) -> None:
        super().__init__()
        self.head, self.body, self.widths, self.aligns = head, body, widths, aligns
        self.spaceBefore, self.spaceAfter = GAP_ABOVE, GAP_BELOW

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room that the whole table takes."""
        self.width, self.height = sum(self.widths), sum(line.height for line in (*self.head, *self.body))
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits this page, and the rest; nothing where not even one row fits below the head."""
        left = height - sum(line.height for line in self.head)
        fits = 0
        for line in self.body:
            left -= line.height
            if left < 0:
                break
            fits += 1
        while fits and self.body[fits - 1].keeps_next:
            fits -= 1
        if not fits or fits == len(self.body):
            return []
        return [self._of(self.body[:fits]), self._of(self.body[fits:])]

    def draw(self) -> None:
        """Draws through a ReportLab table of just these rows."""
        grid = self._grid()
        grid.wrapOn(self.canv, self.width, self.height)
        grid.drawOn(self.canv, 0, 0)

    def _of(self, body: list[_Line]) -> RuledTable:
        return RuledTable(self.head, body, self.widths, self.aligns)

    def _grid(self) -> Grid:
        lines = [*self.head, *self.body]
        head, whole, ruled = len(self.head), ((0, 0), (-1, -1)), sum(line.ruled for line in lines)
        commands: list[Any] = [
            ("GRID", (0, 0), (-1, ruled - 1), 0.5, "black"),
            ("VALIGN", *whole, "MIDDLE"),
            ("LEFTPADDING", *whole, PADDING),
            ("RIGHTPADDING", *whole, PADDING),
            ("TOPPADDING", *whole, 1.5),
            ("BOTTOMPADDING", *whole, 3.5),
            ("ALIGN", (0, 0), (-1, head - 1), "CENTER"),
        ]
        commands += [("ALIGN", (x, head), (x, ruled - 1), align) for x, align in enumerate(self.aligns)]
        for y, line in enumerate(lines):
            commands.append(("FONT", (0, y), (-1, y), font_of(line.style), line.style.size, line.style.size * LEADING))
            commands += [("SPAN", (x, y), (x + over - 1, y + down - 1)) for x, over, down in line.spans]
        return Grid([line.cells for line in lines], self.widths, [line.height for line in lines], style=commands)


def ruled_table(table: Table, width: float) -> RuledTable:
    """The table ready to be laid out over so many points."""
    shares = sum(column.width for column in table.columns)
    widths = [width * column.width / shares for column in table.columns]
    body = list(_body(table, widths))
    if table.note and body:
        body[-1] = replace(body[-1], keeps_next=True)
        body.append(_note(table.note, widths))
    return RuledTable(_head(table, widths), body, widths, [_ALIGN[column.kind] for column in table.columns])


def _body(table: Table, widths: list[float]) -> Iterator[_Line]:
    for row, after in zip_longest(table.rows, table.rows[1:]):
        style = STYLES["table_head" if row.kind in ("group", "total") else "table"]
        first, rooms = _rooms(row, widths)
        spans = ((first, len(widths) - first, 1),) if first < len(widths) - 1 else ()
        keeps = after is not None and (row.kind == "group" or after.kind == "part")
        for cells, lines in _pieces(row, rooms, style):
            yield _Line(cells, _height(lines, style), style, spans, keeps_next=keeps)


def _rooms(row: Row, widths: list[float]) -> tuple[int, list[float]]:
    """A group's title takes the rest of its row: the column from which, and the width of every cell."""
    if row.kind != "group":
        return len(widths) - 1, widths
    last = max((x for x, cell in enumerate(row.cells) if cell != ""), default=0)
    return last, [*widths[:last], sum(widths[last:]), *widths[last + 1 :]]


def _pieces(row: Row, rooms: list[float], style: Style) -> Iterator[tuple[list[str], int]]:
    """The row in pieces of at most TALLEST lines, each with its height in lines."""
    cells = [broken(plain(shown(cell)), style, room - 2 * PADDING) for cell, room in zip(row.cells, rooms, strict=True)]
    tallest = max(len(lines) for lines in cells)
    for start in range(0, tallest, TALLEST):
        pieces = [lines[start : start + TALLEST] for lines in cells]
        yield ["\n".join(piece) for piece in pieces], max(len(piece) for piece in pieces)


def _note(note: str, widths: list[float]) -> _Line:
    style = STYLES["note"]
    lines = broken(plain(note), style, sum(widths) - 2 * PADDING)
    cells = ["\n".join(lines), *[""] * (len(widths) - 1)]
    return _Line(cells, _height(len(lines), style), style, ((0, len(widths), 1),), ruled=False)


def _head(table: Table, widths: list[float]) -> list[_Line]:
    """The titles of the columns with their spans, and the row of letters."""
    style, letters = STYLES["table_head"], STYLES["note"]
    texts = [[""] * len(widths) for _ in table.head]
    tall, spans = [1] * len(table.head), [list[Span]() for _ in table.head]
    for y, x, cell in placed(table.head, len(widths)):
        lines = broken(plain(cell.text), style, sum(widths[x : x + cell.columns]) - 2 * PADDING)
        texts[y][x] = "\n".join(lines)
        if cell.columns > 1 or cell.rows > 1:
            spans[y].append((x, cell.columns, cell.rows))
        tall[y + cell.rows - 1] += max(0, len(lines) - sum(tall[y : y + cell.rows]))
    head = [
        _Line(cells, _height(lines, style), style, tuple(over))
        for cells, lines, over in zip(texts, tall, spans, strict=True)
    ]
    return head + ([_Line(list(table.letters), _height(1, letters), letters)] if table.letters else [])


def _height(lines: int, style: Style) -> float:
    return lines * style.size * LEADING + ROW_ROOM
