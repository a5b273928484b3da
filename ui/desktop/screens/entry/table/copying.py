"""What Ctrl+C takes out of the grid: a block of figures, or the whole section with its headings. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ui.desktop.screens.entry.table.clipboard import Block
from ui.desktop.screens.entry.table.layout import Layout
from ui.desktop.screens.entry.table.moves import Where
from ui.desktop.screens.entry.table.paste import ROW_HEADS
from ui.desktop.screens.entry.table.shown import Shown

Look = Callable[[int, int], Shown]


def block_of(chosen: Iterable[Where], shown: Look) -> Block:
    """The smallest block that holds these places; what was not chosen is empty in it."""
    marked = set(chosen)
    if not marked:
        return ()
    rows, columns = sorted({row for row, _ in marked}), [column for _, column in marked]
    across = range(min(columns), max(columns) + 1)
    return tuple(
        tuple(shown(row, column).typed if (row, column) in marked else "" for column in across) for row in rows
    )


def whole_block(layout: Layout, shown: Look) -> Block:
    """Every row with its number, title and measure, under the headings; put back, each row finds its place by these."""
    heading = (*ROW_HEADS, *(column.title for column in layout.columns))
    body = [
        (row.number, row.title, row.measure, *(_text(shown(number, column)) for column in range(len(layout.columns))))
        for number, row in enumerate(layout.rows)
    ]
    return (heading, *body)


def _text(shown: Shown) -> str:
    return shown.typed or " · ".join(filter(None, (shown.text, shown.small)))
