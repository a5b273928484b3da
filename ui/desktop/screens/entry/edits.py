"""An act of somebody at the grid, so that it can be taken back whole and done again, also from another report."""

from __future__ import annotations

from dataclasses import dataclass

from forms.cell import Cell
from ui.desktop.place import Place

Cells = tuple[tuple[str, Cell], ...]
Reasons = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What stood before an act, or after it."""

    cells: Cells = ()
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """`where` is the report it was done in."""

    words: str
    where: Place
    old: Side
    new: Side
