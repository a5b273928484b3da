"""Making a ledger: who we are, who prepares, who approves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forms.errors import InputRefused
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.text import clean

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
