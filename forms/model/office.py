"""Who keeps this ledger: the org unit, its persons, and what the office does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.model.org_unit import Kind, UnitKey


class PersonRole(StrEnum):
    """What a person does with a report: prepares it, approves it, or both."""

    PREPARER = "preparer"  # người lập biểu
    HEAD = "head_of_unit"  # thủ trưởng đơn vị
    SOLE = "sole_officer"  # one person is both; shown as "một người lập và duyệt"


PERSON_ROLE_TITLES = {
    PersonRole.PREPARER: "Người lập biểu",
    PersonRole.HEAD: "Thủ trưởng đơn vị",
    PersonRole.SOLE: "Một người lập và duyệt",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who seals with a key of their own on this device. `keyid` is 32 hex digits, `public_key` 32 bytes."""

    keyid: str
    public_key: bytes
    name: str
    title: str
    role: PersonRole


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to be given a password and a key."""

    name: str
    title: str
    role: PersonRole
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Office:
    """The org unit that owns the ledger. `name` and `kind` as in the catalogue ("Xã Bình Điền", commune); `practice`
    marks BẢN THỬ."""

    unit: UnitKey
    name: str
    collates: bool = False
    parent: str | None = None
    programme: str = "nq28_hue"
    practice: bool = False
    kind: Kind = "commune"

    @property
    def territory(self) -> str:
        """The code of the unit whose units it compiles: its own; a sở or a Ban compiles the unit that it stands under."""
        return self.parent if self.kind == "agency" and self.collates and self.parent else self.unit.code


@dataclass(frozen=True, slots=True)
class EnrolledKey:
    """A key that this office trusts, as its register holds it. Role and unit come from here, never from a package."""

    keyid: str
    public_key: bytes
    unit: UnitKey
    unit_name: str
    person: str
    title: str
    role: PersonRole
    enrolled_at: datetime
    revoked_at: datetime | None = None

    @property
    def revoked(self) -> bool:
        return self.revoked_at is not None
