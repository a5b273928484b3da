"""Totals as formulas: which cells above a total add up to it, exactly. A total that none explains stays a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from exports.blocks import Figure, Row

LONGEST = 8000  # letters; Excel takes 8192


def formula(rows: Sequence[Row], at: int, x: int, letter: str, first: int) -> str | None:
    """The formula of the total in row `at`, column `x`; `letter` and `first` are the column and the row of rows[0].

    A total may add its rows since the total before it, those rows without their parts, all rows, or the totals above.
    """
    cell = rows[at].cells[x]
    assert isinstance(cell, Figure)
    for wanted in _choices(rows, at, x):
        if wanted and sum((_amount(rows[line], x) for line in wanted), Decimal(0)) == cell.amount:
            made = f"=SUM({','.join(_ranges(wanted, letter, first))})"
            if len(made) <= LONGEST:
                return made
    return None


def _choices(rows: Sequence[Row], at: int, x: int) -> Iterator[list[int]]:
    since = max((line for line in range(at) if _is_total(rows[line], x)), default=-1) + 1
    near = list(range(since, at))
    yield near
    yield [line for line in near if rows[line].kind == "row"]
    yield [line for line in range(at) if rows[line].kind == "row" and not _is_total(rows[line], x)]
    yield [line for line in range(at) if _is_total(rows[line], x)]


def _is_total(row: Row, x: int) -> bool:
    cell = row.cells[x]
    return isinstance(cell, Figure) and cell.is_sum


def _amount(row: Row, x: int) -> Decimal:
    cell = row.cells[x]
    return cell.amount if isinstance(cell, Figure) else Decimal(0)


def _ranges(lines: Sequence[int], letter: str, first: int) -> Iterator[str]:
    """Neighbours as one range."""
    for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0]):
        numbers = [first + line for _, line in run]
        yield f"{letter}{numbers[0]}:{letter}{numbers[-1]}"
