"""Org units (đơn vị) as dated values. A code is not a name for ever: codes are given again to other units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from forms.errors import InputRefused
from forms.model.text import clean, quoted

Kind = Literal["province", "city", "district", "commune", "ward", "township", "special_zone", "agency", "group"]
KINDS: frozenset[str] = frozenset(get_args(Kind))
COMMUNE_KINDS: frozenset[str] = frozenset({"commune", "ward", "township", "special_zone"})
LONGEST_NAME = 160
# The shipped catalogue says how things stood then, not since when: a unit of that day may be much older.
KNOWN_FROM = date(2025, 1, 1)
TWO_TIERS = date(2025, 7, 1)  # the first day of today's provinces and communes
_CODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,18}[0-9A-Za-z])?")


class UnitKey(NamedTuple):
    """What identifies an org unit: codes are given again, so a code alone names nothing."""

    code: str
    valid_from: date


class NamedUnit(NamedTuple):
    """A unit, as the office that tells of it calls it."""

    unit: UnitKey
    name: str


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A reporting or summing office (đơn vị) with its place in the tree and its dates.

    `kind` "city" is a city directly under the state; every unit of the former district tier is "district",
    whatever its title. `valid_to` is the last day, None while the unit exists. `members` are the codes of the units that a
    group (cụm) gathers: they stay under their own parent.
    """

    code: str
    name: str
    full_name: str
    kind: Kind
    parent: str | None
    valid_from: date
    valid_to: date | None = None
    members: tuple[str, ...] = ()

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


def refuse_malformed(unit: OrgUnit) -> None:
    """InputRefused if a unit made by hand has a code, name, kind or dates that no unit may have.

    Codes: UNIT_CODE, UNIT_NAME, UNIT_KIND, UNIT_DATES, and those of forms.model.text.clean.
    """
    if not _CODE.fullmatch(unit.code):
        # the code becomes part of file names, so nothing but plain letters, digits, dot and hyphen
        raise InputRefused(
            "UNIT_CODE",
            f"Mã đơn vị {quoted(unit.code)} không hợp lệ: chỉ gồm 1 đến 20 chữ cái không dấu, chữ số, "
            "dấu chấm, gạch nối. Hãy đặt mã khác.",
            quoted(unit.code),
        )
    for name in (unit.name, unit.full_name):
        if not name or clean(name, limit=LONGEST_NAME, where=unit.code) != name:
            problem = "để trống, thừa dấu cách hoặc chưa ở dạng Unicode dựng sẵn. Hãy gõ lại tên."
            raise InputRefused("UNIT_NAME", f"Tên đơn vị {quoted(name)} (mã {unit.code}) {problem}", unit.code)
    if unit.kind not in KINDS:
        problem = f"Đơn vị mã {unit.code}: không có loại {quoted(unit.kind)}. Hãy chọn loại khác."
        raise InputRefused("UNIT_KIND", problem, unit.code)
    if unit.members and unit.kind != "group":
        problem = f"Đơn vị mã {unit.code} không phải là cụm nên không có đơn vị thành viên. Hãy chọn loại group."
        raise InputRefused("UNIT_KIND", problem, unit.code)
    if unit.valid_to is not None and unit.valid_to < unit.valid_from:
        problem = f"Đơn vị mã {unit.code} có ngày cuối đứng trước ngày đầu. Hãy sửa lại ngày."
        raise InputRefused("UNIT_DATES", problem, unit.code)
