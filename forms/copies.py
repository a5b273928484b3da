"""Whether one report repeats another: another unit's of the same period, or the unit's own of the period before.

That is told, never decided. Few small figures may well be the same by chance, so two reports with less than a few
different amounts are one only when their items, tasks and texts are the same as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from forms.cell import Cell
from forms.report import Report

LEAST = 3  # figures above nought; fewer are the same in any two years
TELLING = 5  # different amounts above nought: equal figures are then no chance


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


def same_figures(cells: Mapping[str, Cell], others: Mapping[str, Cell]) -> bool:
    """Notes and blanks do not matter."""
    return _figures(cells) == _figures(others)


def is_telling(cells: Mapping[str, Cell]) -> bool:
    """Another report with the same figures has them from this one."""
    return len({amount for amount in amounts_of(cells) if amount}) >= TELLING


def is_copy(report: Report, other: Report) -> bool:
    if total_of(amounts_of(report.cells)) is None or not same_figures(report.cells, other.cells):
        return False
    if is_telling(report.cells):
        return True
    beside, differing = _beside(report), {amount for amount in amounts_of(report.cells) if amount}
    return beside == _beside(other) and (any(beside) or len(differing) > 1)


def _figures(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {name: replace(cell.unmarked, note="") for name, cell in cells.items() if not cell.is_blank}


def _beside(report: Report) -> tuple[object, ...]:
    """What stands beside the figures."""
    news = [(item.date, item.title, item.kind, item.channels) for item in report.news]
    return news, dict(report.narratives), report.tasks, report.nominations
