"""The keys this office trusts (sổ khóa)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from forms.model.office import EnrolledKey, PersonRole
from forms.model.org_unit import UnitKey
from storage import encoding
from storage.tables import enrolled_key

_NAMES = ("keyid", "public_key", "unit_code", "unit_from", "unit_name", "person", "title", "role", "enrolled_at")
_ALL = select(*(enrolled_key.c[name] for name in (*_NAMES, "revoked_at"))).order_by(
    enrolled_key.c.enrolled_at, enrolled_key.c.keyid
)
_ROLES = {role.value: role for role in PersonRole}


class SqlRegister:
    """Implements forms.ports.RegisterStore. Reads the register once per transaction: a batch asks thousands of times."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, EnrolledKey] | None = None

    def find(self, keyid: str) -> EnrolledKey | None:
        return self._keys().get(keyid)

    def all(self) -> tuple[EnrolledKey, ...]:
        """In order of enrolment."""
        return tuple(self._keys().values())

    def add(self, key: EnrolledKey) -> None:
        """A key is enrolled once, for one unit: the table takes it no second time."""
        row = {
            "keyid": key.keyid,
            "public_key": key.public_key,
            "unit_code": key.unit.code,
            "unit_from": key.unit.valid_from.isoformat(),
            "unit_name": key.unit_name,
            "person": key.person,
            "title": key.title,
            "role": key.role.value,
            "enrolled_at": key.enrolled_at.isoformat(),
            "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
        }
        self._connection.execute(insert(enrolled_key).values(row))
        self._known = None

    def revoke(self, keyid: str, at: datetime) -> None:
        """A key revoked before keeps its first moment."""
        mine = (enrolled_key.c.keyid == keyid) & enrolled_key.c.revoked_at.is_(None)
        self._connection.execute(update(enrolled_key).where(mine).values(revoked_at=at.isoformat()))
        self._known = None

    def _keys(self) -> dict[str, EnrolledKey]:
        if self._known is None:
            self._known = {key.keyid: key for key in map(_key_of, self._connection.execute(_ALL))}
        return self._known


def _key_of(row: Sequence[Any]) -> EnrolledKey:
    """By place, not by name: every batch reads thousands of keys."""
    keyid, public_key, code, since, unit_name, person, title, role, enrolled_at, revoked_at = row
    return EnrolledKey(
        keyid,
        public_key,
        UnitKey(code, date.fromisoformat(since)),
        unit_name,
        person,
        title,
        _ROLES[role],
        encoding.moment(enrolled_at),
        encoding.moment(revoked_at) if revoked_at else None,
    )
