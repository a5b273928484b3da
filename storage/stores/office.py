"""The office that owns the ledger: its persons and settings, the units it added, the programme packs it has (exactly as they are
hashed), and the keys it trusts (sổ khóa).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from forms.errors import StorageError
from forms.model.office import EnrolledKey, Office, Person, PersonRole
from forms.model.org_unit import OrgUnit, UnitKey
from forms.programmes.pack import Pack, PackState
from storage import encoding, tables
from storage.tables import enrolled_key, group_member, org_unit, pack, pack_file


class SqlOffice:
    """Implements forms.ports.OfficeStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._office: Office | None = None
        self._reads_ahead = False
        self._settings: dict[str, str] | None = None

    def read_ahead(self) -> None:
        """From now on all settings are read at once, until one is written."""
        self._reads_ahead = True

    def get(self) -> Office:
        """Read once in a transaction. Raises StorageError LEDGER_DAMAGED where nothing says whose ledger this is."""
        if self._office is not None:
            return self._office
        row = self._connection.execute(select(tables.office)).one_or_none()
        if row is None:
            message = "Sổ chưa ghi đơn vị nào đang dùng sổ. Hãy phục hồi từ bản sao lưu hoặc lập sổ mới."
            raise StorageError("LEDGER_DAMAGED", message, "office")
        self._office = Office(
            unit=UnitKey(row.unit_code, date.fromisoformat(row.unit_from)),
            name=row.name,
            collates=bool(row.collates),
            parent=row.parent,
            programme=row.programme,
            practice=bool(row.practice),
            kind=row.kind,
        )
        return self._office

    def put(self, office: Office) -> None:
        """Write down whose ledger this is. Used by storage only, when it is made."""
        self._office = None
        row = {
            "unit_code": office.unit.code,
            "unit_from": office.unit.valid_from.isoformat(),
            "name": office.name,
            "collates": int(office.collates),
            "parent": office.parent,
            "programme": office.programme,
            "practice": int(office.practice),
            "kind": office.kind,
        }
        statement = insert(tables.office).values(id=1, **row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))

    def persons(self) -> tuple[Person, ...]:
        rows = self._connection.execute(select(tables.person).order_by(tables.person.c.name))
        return tuple(Person(row.keyid, row.public_key, row.name, row.title, PersonRole(row.role)) for row in rows)

    def put_person(self, person: Person) -> None:
        """Write down somebody who has a slot now, in place of one of the same name. Used by storage only."""
        row = {
            "keyid": person.keyid,
            "public_key": person.public_key,
            "name": person.name,
            "title": person.title,
            "role": person.role.value,
        }
        self._connection.execute(delete(tables.person).where(tables.person.c.name == person.name))
        self._connection.execute(insert(tables.person).values(row))

    def drop_person(self, keyid: str) -> None:
        """Forget somebody whose slot is gone. Used by storage only."""
        self._connection.execute(delete(tables.person).where(tables.person.c.keyid == keyid))

    def setting(self, name: str) -> str | None:
        if self._reads_ahead:
            return self._all_settings().get(name)
        query = select(tables.setting.c.value).where(tables.setting.c.name == name)
        return self._connection.execute(query).scalar_one_or_none()

    def settings(self, prefix: str) -> dict[str, str]:
        """Those whose name begins so, by the rest of the name, in its order."""
        found = self._all_settings()
        return {name.removeprefix(prefix): value for name, value in found.items() if name.startswith(prefix)}

    def _all_settings(self) -> dict[str, str]:
        if self._reads_ahead and self._settings is not None:
            return self._settings
        rows = self._connection.execute(select(tables.setting).order_by(tables.setting.c.name))
        found = {row.name: row.value for row in rows}
        self._settings = found if self._reads_ahead else None
        return found

    def set(self, name: str, value: str | None) -> None:
        self._reads_ahead, self._settings = False, None
        if value is None:
            self._connection.execute(delete(tables.setting).where(tables.setting.c.name == name))
            return
        statement = insert(tables.setting).values(name=name, value=value)
        changed = statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        self._connection.execute(changed)


class SqlUnits:
    """Implements forms.ports.UnitStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: tuple[OrgUnit, ...] | None = None  # asked for by many in one transaction

    def all(self) -> tuple[OrgUnit, ...]:
        if self._read is None:
            self._read = self._all()
        return self._read

    def _all(self) -> tuple[OrgUnit, ...]:
        rows = self._connection.execute(select(org_unit).order_by(org_unit.c.code, org_unit.c.valid_from)).all()
        members = self._members() if any(row.kind == "group" for row in rows) else {}
        return tuple(
            OrgUnit(
                code=row.code,
                name=row.name,
                full_name=row.full_name,
                kind=row.kind,
                parent=row.parent,
                valid_from=date.fromisoformat(row.valid_from),
                valid_to=encoding.day(row.valid_to),
                members=tuple(members.get((row.code, row.valid_from), ())),
            )
            for row in rows
        )

    def _members(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for row in self._connection.execute(select(group_member).order_by(group_member.c.member)):
            found.setdefault((row.group_code, row.group_from), []).append(row.member)
        return found

    def put(self, unit: OrgUnit) -> None:
        """Insert, or replace the unit of the same code and first day."""
        self._read = None
        row = {
            "code": unit.code,
            "valid_from": unit.valid_from.isoformat(),
            "name": unit.name,
            "full_name": unit.full_name,
            "kind": unit.kind,
            "parent": unit.parent,
            "valid_to": encoding.iso(unit.valid_to),
        }
        statement = insert(org_unit).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["code", "valid_from"], set_=row))
        group = {"group_code": unit.code, "group_from": unit.valid_from.isoformat()}
        of_group = (group_member.c[name] == value for name, value in group.items())
        self._connection.execute(delete(group_member).where(*of_group))
        if unit.members:
            self._connection.execute(insert(group_member), [group | {"member": one} for one in unit.members])


class SqlPacks:
    """Implements forms.ports.PackStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Pack, ...]:
        """By id, then version."""
        files: dict[tuple[str, int], dict[str, bytes]] = {}
        for row in self._connection.execute(select(pack_file).order_by(pack_file.c.name)):
            files.setdefault((row.id, row.version), {})[row.name] = row.content
        rows = self._connection.execute(select(pack).order_by(pack.c.id, pack.c.version))
        return tuple(Pack(r.id, r.version, files.get((r.id, r.version), {}), PackState(r.state)) for r in rows)

    def put(self, made: Pack) -> None:
        """Insert, or replace the version whole."""
        self.drop(made.id, made.version)
        key = {"id": made.id, "version": made.version}
        self._connection.execute(insert(pack).values(key | {"state": made.state.value}))
        rows = [key | {"name": name, "content": data} for name, data in made.files.items()]
        self._connection.execute(insert(pack_file), rows)

    def drop(self, id: str, version: int) -> None:
        self._connection.execute(delete(pack).where(pack.c.id == id, pack.c.version == version))


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
