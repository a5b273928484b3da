"""Making a ledger (who we are, who prepares, who approves), and adding units that the catalogue lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forms.errors import InputRefused
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.org_unit import OrgUnit
from forms.model.text import clean
from forms.org_units.catalogue import OrgUnits, UnknownUnit
from forms.ports import BeginWork

if TYPE_CHECKING:
    from forms.model.org_unit import OrgUnit
    from forms.org_units.catalogue import OrgUnits
    from forms.ports import Ledger, LedgerStore
    from forms.programmes.catalogue import Catalogue


MIN_PASSWORD, MAX_NAME = 8, 100


@dataclass(frozen=True, slots=True)
class FoundingPlan:
    """What the first-run wizard or `init` asks for. `parent` None means: as the catalogue says."""

    code: str
    founders: tuple[NewPerson, ...]
    collates: bool = False
    parent: str | None = None
    programme: str = "nq28_hue"
    practice: bool = False
    made: OrgUnit | None = None  # our unit itself, when the catalogue lacks it


def found(house: LedgerStore, units: OrgUnits, folder: Path, plan: FoundingPlan, today: date) -> tuple[Ledger, str]:
    """The new ledger, signed in as the first founder, and the recovery code. Raises InputRefused, StorageError."""
    if plan.made:
        units = units.with_units([plan.made])
    unit = units.get(plan.code, today)
    parent = units.get(plan.parent, today).code if plan.parent else unit.parent
    office = Office(unit.key, unit.full_name, plan.collates, parent, plan.programme, plan.practice, unit.kind)
    ledger, recovery_code = house.create(folder, office, _checked(plan.founders))
    if plan.made:
        with ledger.begin() as work:
            work.units.put(plan.made)
    return ledger, recovery_code


def usual_programme(catalogue: Catalogue, units: OrgUnits, code: str | None, on: date) -> str:
    """The plan that asks for news, issued nearest above a unit, which still runs in that year (Huế had one of its own
    until 2025), else the national one. Raises UnknownUnit."""
    everyday = [p for p in catalogue.programmes if p.news]
    running = {p.issuing_unit: p.id for p in everyday if p.issuing_unit and on.year <= p.last_year}
    at = units.get(code, on) if code else None
    while at is not None and at.code not in running:
        at = units.parent(at, on)
    national = max((p for p in everyday if not p.issuing_unit), key=lambda p: p.last_year)
    return running[at.code] if at else national.id


def _checked(founders: Sequence[NewPerson]) -> tuple[NewPerson, ...]:
    roles = {founder.role for founder in founders}
    if roles not in ({PersonRole.SOLE}, {PersonRole.PREPARER, PersonRole.HEAD}):
        raise InputRefused(
            "PERSONS_INCOMPLETE", "Cần một người lập biểu và một thủ trưởng, hoặc một người kiêm cả hai."
        )
    return tuple(checked_founder(founder) for founder in founders)


def checked_founder(founder: NewPerson) -> NewPerson:
    """The person as they may be kept. Raises InputRefused NAME_MISSING, PASSWORD_SHORT and those of text.clean."""
    name = clean(founder.name, limit=MAX_NAME, where="họ và tên")
    title = clean(founder.title, limit=MAX_NAME, where="chức vụ")
    if not name:
        raise InputRefused("NAME_MISSING", "Chưa nhập họ và tên. Nhập tên người lập và thủ trưởng.")
    check_password(founder.password)
    return NewPerson(name, title, founder.role, founder.password)


def check_password(password: str) -> None:
    """Length only: no composition rules. Raises InputRefused PASSWORD_SHORT."""
    if len(password) < MIN_PASSWORD:
        raise InputRefused("PASSWORD_SHORT", f"Mật khẩu cần ít nhất {MIN_PASSWORD} ký tự. Có thể dùng bốn từ dễ nhớ.")


class HandUnits:
    """The units added by hand in this ledger; they stand beside the catalogue's and never replace one."""

    def __init__(self, begin: BeginWork, catalogue: OrgUnits) -> None:
        self._begin, self._catalogue = begin, catalogue

    def all(self) -> OrgUnits:
        """The catalogue together with the units added by hand."""
        with self._begin() as work:
            return self._catalogue.with_units(work.units.all())

    def whole_name(self, office: Office) -> str:
        """The office's unit with all above it, because names come again: "Xã Phú Lộc, Thành phố Huế". A unit that no
        catalogue knows keeps its bare name."""
        units = self.all()
        try:
            unit = units.by_key(office.unit)
            return ", ".join(units.path(unit, unit.valid_from))
        except UnknownUnit:
            return office.name

    def add(self, unit: OrgUnit) -> OrgUnit:
        """Raises InputRefused UNIT_OVERLAP, UNIT_PARENT, UNIT_UNKNOWN and the others of OrgUnits.with_units."""
        with self._begin() as work:
            self._catalogue.with_units((*work.units.all(), unit))
            work.units.put(unit)
            work.journal.append("unit_add", {"code": unit.code, "name": unit.full_name, "parent": unit.parent})
        return unit
