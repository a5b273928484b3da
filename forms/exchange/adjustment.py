"""An adjustment (điều chỉnh): the compiling office's figure beside the one that a unit sent, with the reason.

A layer, never an edit: the package stays as it was sealed. It holds for the figure it was made on; when the unit sends another
one the adjustment no longer applies and is asked about again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from forms.exchange.statements import Head
from forms.model.cell import BLANK, STATE_TITLES, Cell, CellState
from forms.model.form import Form
from forms.model.number import canonical, format_number, is_whole
from forms.model.org_unit import NamedUnit, UnitKey
from forms.model.period import Period

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`was`: what the unit had sent when it was made, a canonical amount or the state of the cell. `office`: whose it is, `by` its
    person."""

    unit: NamedUnit
    cell: str
    was: str
    amount: Decimal
    reason: str
    office: NamedUnit
    by: str
    at: datetime

    @property
    def place(self) -> tuple[UnitKey, str]:
        return self.unit.unit, self.cell


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What of the adjustments applies, one to a place, and what no longer does since the unit says something else now."""

    heads: Mapping[UnitKey, Head]
    standing: tuple[Adjustment, ...] = ()
    void: tuple[Adjustment, ...] = ()


def fits(form: Form, cell: str, amount: Decimal) -> bool:
    """Whether the form has such a cell and takes such a figure there."""
    count = form.count_of_cell.get(cell)
    if count is None or amount < 0 or (not count.decimals and not is_whole(amount)):
        return False
    return count.maximum is None or amount <= count.maximum


def said(cell: Cell) -> str:
    """What a unit says at a place, as `Adjustment.was` keeps it."""
    return cell.state.value if cell.amount is None else canonical(cell.amount)


def adjusted(heads: Mapping[UnitKey, Head], own: Iterable[Adjustment], told: Iterable[Adjustment]) -> Adjusted:
    """The heads with the figures of the adjustments that apply. `own` are this office's and stand before those `told` by offices
    below, of which the newest stands."""
    standing: dict[tuple[UnitKey, str], Adjustment] = {}
    void = []
    for one in (*sorted(told, key=lambda one: one.at), *own):
        head = heads.get(one.unit.unit)
        if head is not None and said(head.cells.get(one.cell, BLANK)) == one.was:
            standing[one.place] = one
        else:
            void.append(one)
    layered = dict(heads)
    for (unit, name), one in standing.items():
        cells = layered[unit].cells
        changed = replace(cells.get(name, BLANK), state=CellState.GIVEN, amount=one.amount)
        layered[unit] = replace(layered[unit], cells={**cells, name: changed})
    lost = (one for one in void if one.place not in standing)  # another stands in its place
    return Adjusted(layered, _in_order(standing.values()), _in_order(lost))


def adjusted_words(one: Adjustment, form: Form) -> str:
    """The cell, the figure sent and the one put beside it, whose and why."""
    count, decided = form.count_of_cell.get(one.cell), f"{one.office.name}, {one.by}, {one.at:%d/%m/%Y}"
    where = count.label(one.cell) if count else one.cell
    return f"{where}: {was_words(one)} → {format_number(one.amount)} ({decided}: {one.reason})"


def was_words(one: Adjustment) -> str:
    state = next((state for state in CellState if state.value == one.was), None)
    return STATE_TITLES[state] if state else format_number(Decimal(one.was))


def _in_order(found: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple(sorted(found, key=lambda one: (one.place, one.at)))


def adjustment_setting(programme: str, period: Period, unit: UnitKey | None = None, cell: str = "") -> str:
    """The name of the setting in which an office keeps its own; of all of them the beginning of their names."""
    place = f"{unit.code}|{unit.valid_from}|{cell}" if unit else ""
    return f"adjustment:{programme}|{period.label}|{period.basis}|{place}"


def read_adjustments(settings: Mapping[str, str]) -> tuple[Adjustment, ...]:
    return tuple(adjustment_of(json.loads(value)) for value in settings.values())


def adjustment_row(one: Adjustment) -> dict[str, Any]:
    """As it stands in a bundle (docs/package-format.md §12)."""
    return {
        "amount": canonical(one.amount),
        "at": one.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "by": one.by,
        "cell": one.cell,
        "office": _unit_row(one.office),
        "reason": one.reason,
        "unit": _unit_row(one.unit),
        "was": one.was,
    }


def adjustment_of(row: Mapping[str, Any]) -> Adjustment:
    return Adjustment(
        _unit(row["unit"]),
        row["cell"],
        row["was"],
        Decimal(row["amount"]),
        row["reason"],
        _unit(row["office"]),
        row["by"],
        datetime.fromisoformat(row["at"]),
    )


def _unit_row(unit: NamedUnit) -> dict[str, str]:
    return {"code": unit.unit.code, "name": unit.name, "valid_from": unit.unit.valid_from.isoformat()}


def _unit(row: Mapping[str, Any]) -> NamedUnit:
    return NamedUnit(UnitKey(row["code"], date.fromisoformat(row["valid_from"])), row["name"])
