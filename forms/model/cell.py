"""What stands in one typed place. A cell is never just a number.

`given` holds an amount (0 is given); `blank` is not yet typed; `none` is "không phát sinh"; `not_applicable` "không áp
dụng"; `not_collected` "không thu thập". They stay apart in checks, package, sum and print.

A cell is named `people_reached.female`; in a form of several years `people_reached.female@2015`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from forms.model.expression import Lack, Quantity, weakest

MAX_NOTE = 1000


class CellState(StrEnum):
    """What stands in a typed place; only `given` has an amount."""

    GIVEN = "given"
    BLANK = "blank"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"


STATE_TITLES = {
    CellState.GIVEN: "có số liệu",
    CellState.BLANK: "chưa nhập",
    CellState.NONE: "không phát sinh",
    CellState.NOT_APPLICABLE: "không áp dụng",
    CellState.NOT_COLLECTED: "không thu thập",
}
STATE_SIGNS = {CellState.BLANK: "", CellState.NONE: "-", CellState.NOT_APPLICABLE: "x", CellState.NOT_COLLECTED: "…"}
_LACKS = {
    CellState.BLANK: Lack.BLANK,
    CellState.NONE: Lack.NOT_ARISEN,
    CellState.NOT_APPLICABLE: Lack.NOT_APPLICABLE,
    CellState.NOT_COLLECTED: Lack.NOT_COLLECTED,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one typed place. `amount` is there exactly when the state is `given`.

    `flagged` (to be looked at again) and `carried` (copied from an earlier period, not yet confirmed) are marks of the
    office's own work: they never leave the ledger.
    """

    state: CellState = CellState.BLANK
    amount: Decimal | None = None
    note: str = ""
    flagged: bool = False
    carried: bool = False

    def __post_init__(self) -> None:
        if (self.state is CellState.GIVEN) != (self.amount is not None):
            raise ValueError(f"a {self.state} cell with amount {self.amount}")

    @property
    def quantity(self) -> Quantity:
        return self.amount if self.amount is not None else _LACKS[self.state]

    @property
    def is_blank(self) -> bool:
        return self.state is CellState.BLANK

    @property
    def unmarked(self) -> Cell:
        """As it is sealed and sent."""
        return Cell(self.state, self.amount, self.note) if self.flagged or self.carried else self


BLANK = Cell()


def given(amount: Decimal | int) -> Cell:
    """A cell with that figure and no note."""
    return Cell(CellState.GIVEN, Decimal(amount))


def at(name: str, year: int | None) -> str:
    """The name of a count or cell in one year of a span; the name itself where the form has no years."""
    return f"{name}@{year}" if year else name


def place(name: str) -> tuple[str, int | None]:
    """The name without its year, and the year."""
    bare, _, year = name.partition("@")
    return bare, int(year) if year else None


def total(parts: Iterable[Quantity]) -> Quantity:
    """The sum of a count's parts: a blank part makes it blank; parts that do not apply or did not arise add nothing."""
    quantities = list(parts)
    amounts = [q for q in quantities if isinstance(q, Decimal)]
    lacks = [q for q in quantities if isinstance(q, Lack)]
    open_lacks: list[Lack] = [q for q in lacks if q in (Lack.TWO_SOURCES, Lack.BLANK, Lack.NOT_COLLECTED)]
    if open_lacks:
        return weakest(open_lacks)
    return sum(amounts, Decimal(0)) if amounts else weakest(lacks)
