"""Ruled tables: plain strings broken by true widths, so that no text of a person is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import Table as Grid

from exports.document import Row, Table, placed, shown
from exports.escape import plain
from exports.nd30 import STYLES, Style
from exports.pdf.fonts import broken, font_of

PADDING = 3.0
LEADING = 1.2
TALLEST = 20  # lines in one drawn row; a longer text goes on in the next, so that every row fits a page
_ALIGN = {"text": "LEFT", "centre": "CENTER", "number": "RIGHT"}
Drawn = list[list[str]]


def grid(table: Table, width: float) -> Grid:
    """The table over the full width, its head repeated on every page."""
    shares = sum(column.width for column in table.columns)
    widths = [width * column.width / shares for column in table.columns]
    head, spans, heights = _head(table, widths)
    commands = [*_frame(table, len(head)), *spans]
    if table.letters:
        head.append(list(table.letters))
        heights.append(_height(1, STYLES["note"]))
    rows: Drawn = list(head)
    for row in table.rows:
        style = STYLES["table" if row.kind == "row" else "table_head"]
        reach = _reach(row)
        for drawn, tall in _drawn(row, widths, reach, style):
            if row.kind != "row":
                commands.append(("FONTNAME", (0, len(rows)), (-1, len(rows)), font_of(style)))
            if reach:
                commands.append(("SPAN", (reach, len(rows)), (-1, len(rows))))
            rows.append(drawn)
            heights.append(_height(tall, style))
    made = Grid(rows, colWidths=widths, rowHeights=heights, repeatRows=len(head), spaceBefore=4, spaceAfter=6)
    made.setStyle(commands)
    return made


def _reach(row: Row) -> int:
    """The column from which a group's title takes the rest of the row; 0 where nothing does."""
    last = max((x for x, cell in enumerate(row.cells) if cell != ""), default=0)
    return last if row.kind == "group" and last < len(row.cells) - 1 else 0


def _drawn(row: Row, widths: list[float], reach: int, style: Style) -> Iterator[tuple[list[str], int]]:
    """The row in pieces of at most TALLEST lines, each with its height in lines."""
    rooms = [sum(widths[x:]) if reach and x == reach else width for x, width in enumerate(widths)]
    cells = [broken(plain(shown(cell)), style, room - 2 * PADDING)
             for cell, room in zip(row.cells, rooms, strict=True)]
    tallest = max(len(lines) for lines in cells)
    for start in range(0, tallest, TALLEST):
        pieces = [lines[start:start + TALLEST] for lines in cells]
        yield ["\n".join(piece) for piece in pieces], max(len(piece) for piece in pieces)


def _head(table: Table, widths: list[float]) -> tuple[Drawn, list[Any], list[float]]:
    """The head's texts, its spans, and the height of each of its rows."""
    style, depth = STYLES["table_head"], len(table.head)
    texts = [[""] * len(widths) for _ in table.head]
    lines = [1] * depth
    spans: list[Any] = []
    for y, x, cell in placed(table.head, len(widths)):
        wrapped = broken(plain(cell.text), style, sum(widths[x:x + cell.columns]) - 2 * PADDING)
        texts[y][x] = "\n".join(wrapped)
        if cell.columns > 1 or cell.rows > 1:
            spans.append(("SPAN", (x, y), (x + cell.columns - 1, y + cell.rows - 1)))
        missing = len(wrapped) - sum(lines[y:y + cell.rows])
        lines[y + cell.rows - 1] += max(0, missing)
    return texts, spans, [_height(count, style) for count in lines]


def _frame(table: Table, head: int) -> list[Any]:
    """Rules, letters and alignment that hold for the whole table."""
    body, titles, letters = STYLES["table"], STYLES["table_head"], STYLES["note"]
    first = head + bool(table.letters)
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("FONT", (0, 0), (-1, -1), font_of(body), body.size, body.size * LEADING),
        ("FONT", (0, 0), (-1, head - 1), font_of(titles), titles.size, titles.size * LEADING),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (0, 0), (-1, first - 1), "CENTER"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING), ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
    if table.letters:
        row = (0, head), (-1, head)
        commands.append(("FONT", *row, font_of(letters), letters.size, letters.size * LEADING))
    columns = enumerate(table.columns)
    return commands + [("ALIGN", (x, first), (x, -1), _ALIGN[column.kind]) for x, column in columns]


def _height(lines: int, style: Style) -> float:
    return lines * style.size * LEADING + 5.0
