"""How the room of the grid is shared out: what is left is the titles'; what does not fit goes, the least wanted first."""

from __future__ import annotations

from collections.abc import Sequence

from ui.desktop.screens.entry.table.layout import Column, Stands

NUMBER, MEASURE = 50, 66  # of the headings that never scroll away, in pixels at normal text size
_TITLE, _WIDEST_TITLE = 196, 520
_CELL, _YEAR, _SUM, _ALONE, _BEFORE = 82, 72, 84, 108, 66
_JUDGED, _NARROW, _WIDEST_JUDGED = 156, 112, 300


def fitted(columns: Sequence[Column], room: int, fixed: int, scale: float) -> tuple[int, tuple[int, ...]]:
    """The width of the headings at the left, of which number and measure take `fixed`, and of each column; 0 hides one.
    Earlier periods go first, the older one before the newer; then the last column narrows; then the table scrolls."""
    least = round(_TITLE * scale)
    widths = [round(_usual(column, columns) * scale) for column in columns]
    for number, column in enumerate(columns):
        if column.stands is Stands.BEFORE and sum(widths) + fixed + least > room:
            widths[number] = 0
    if sum(widths) + fixed + least > room:
        widths[-1] = round(_NARROW * scale)
    title = max(least, room - fixed - sum(widths))
    widest = round(_WIDEST_TITLE * scale)
    if title > widest:
        widths[-1] = min(widths[-1] + title - widest, round(_WIDEST_JUDGED * scale))
        title = room - fixed - sum(widths)
    return fixed + title, tuple(widths)


def _usual(column: Column, columns: Sequence[Column]) -> int:
    if column.stands is Stands.BEFORE:
        return _BEFORE
    if column.stands is Stands.JUDGED:
        return _JUDGED
    if column.year:
        return _YEAR
    if column.stands is Stands.SUM:
        return _SUM
    return _ALONE if sum(one.stands is Stands.CELL for one in columns) == 1 else _CELL
