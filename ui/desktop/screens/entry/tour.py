"""Where F7 and F8 lead: through what is wrong, and through what is blank. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from ui.desktop.screens.entry.opened import Opened


def faults(opened: Opened) -> list[str]:
    """The filled cells of which something keeps the report from being sealed, in printed order."""
    marked = {cell for one in opened.found if one.blocks for cell in one.cells} | set(opened.refused)
    blank = set(opened.blank)
    return [name for name in opened.report.expected_cells if name in marked and name not in blank]


def blanks(opened: Opened, required: bool = False) -> list[str]:
    """The cells in which nothing stands, those that need no answer too unless only the required are wanted."""
    asked = opened.report.required_cells
    return [name for name in opened.blank if name in asked or not required]


def next_of(wanted: Sequence[str], opened: Opened, after: str, by: int) -> str:
    """The first of the wanted after this cell, or with `by` -1 before it; from the end on to the beginning."""
    order = {name: number for number, name in enumerate(opened.report.expected_cells)}
    here = order.get(after, -1)
    if by > 0:
        return next((name for name in wanted if order[name] > here), wanted[0])
    return next((name for name in reversed(wanted) if order[name] < here), wanted[-1])
