"""Org units (đơn vị) as dated values. A code is not a name for ever: codes are given again to other units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "province", "city", "district", "commune", "ward", "township", "special_zone", "agency", "group"
]
KINDS: frozenset[str] = frozenset(get_args(Kind))
COMMUNE_KINDS: frozenset[str] = frozenset({"commune", "ward", "township", "special_zone"})

class UnitKey(NamedTuple):
    """What identifies an org unit: codes are given again, so a code alone names nothing."""

    code: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A reporting or summing office (đơn vị) with its place in the tree and its dates.

    `kind` "city" is a city directly under the state; every unit of the former district tier is "district",
    whatever its title. `valid_to` is the last day, None while the unit exists.
    """

    code: str
    name: str
    full_name: str
    kind: Kind
    parent: str | None
    valid_from: date
    valid_to: date | None = None

    @property
    def key(self) -> UnitKey:
        """(code, valid_from)."""
        return UnitKey(self.code, self.valid_from)

    def holds_on(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of a unit (kế thừa): the whole of it or a part went into the new one.

    `default` marks the new unit to propose where one must be chosen for a divided unit.
    """

    old_key: UnitKey
    new_key: UnitKey
    whole: bool
    default: bool


def overlap(first: OrgUnit, second: OrgUnit) -> bool:
    """Whether two units exist on a common day."""
    start = max(first.valid_from, second.valid_from)
    return first.holds_on(start) and second.holds_on(start)
