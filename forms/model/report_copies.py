"""Whether one report repeats another: another unit's of the same period, or the unit's own of the period before.

That is told, never decided. Small figures may well be the same by chance – many communes have 8 items, 5 of them tin –, so
reports without enough large ones are one only when their items, tasks and texts are the same as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from forms.model.cell import Cell, CellState
from forms.model.report import Report

LEAST = 3  # figures above nought; fewer are the same in any two years
TELLING = 10  # digits of the different amounts of ten and more together: equal figures are then no chance
_LARGE = 10


class Total(NamedTuple):
    """Of figures, quickly made: equal figures have equal ones."""

    amounts: int
    sum: Decimal


def total_of(amounts: Iterable[Decimal]) -> Total | None:
    """None where there is too little to compare."""
    above = [amount for amount in amounts if amount]
    return Total(len(above), sum(above, Decimal(0))) if len(above) >= LEAST else None


def amounts_of(cells: Mapping[str, Cell]) -> Iterator[Decimal]:
    return (cell.amount for cell in cells.values() if cell.amount is not None)


def figures_of(cells: Mapping[str, Cell]) -> tuple[tuple[str, Cell], ...]:
    """The figures as a value that is equal exactly when they are; notes and blanks do not matter."""
    stated = sorted(name for name, cell in cells.items() if cell.state is not CellState.BLANK)
    bare = ((name, cells[name].unmarked) for name in stated)
    return tuple((name, replace(cell, note="") if cell.note else cell) for name, cell in bare)


def is_telling(cells: Mapping[str, Cell]) -> bool:
    """Another report with the same figures has them from this one."""
    large = {amount for amount in amounts_of(cells) if amount >= _LARGE}
    return sum(amount.adjusted() + 1 for amount in large) >= TELLING


def is_much(cells: Mapping[str, Cell], beside: object) -> bool:
    """Of figures that are not telling: whether together with what stands beside them they are more than one amount again
    and again."""
    return bool(beside) or len({amount for amount in amounts_of(cells) if amount}) > 1


def is_copy(report: Report, other: Report) -> bool:
    mine, theirs = report.cells, other.cells
    if total_of(amounts_of(mine)) is None or figures_of(mine) != figures_of(theirs):
        return False
    beside = _beside(report)
    return is_telling(mine) or (beside == _beside(other) and is_much(mine, any(beside)))


def _beside(report: Report) -> tuple[object, ...]:
    """What stands beside the figures."""
    news = [(item.date, item.title, item.kind, item.channels) for item in report.news]
    return news, dict(report.narratives), report.tasks, report.nominations
