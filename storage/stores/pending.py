"""Packages between their two seals: prepared and sealed by the preparer, waiting for the head."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select

from forms.exchange import Pending, Prepared, ReportKey
from forms.periods import Basis
from storage import encoding
from storage.tables import pending, pending_member

_KEY = ReportKey._fields


class SqlPending:
    """Implements forms.ports.PendingStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, key: ReportKey, waiting: Pending) -> None:
        """In place of one that waited before."""
        self.drop(key)
        prepared = waiting.prepared
        row = key._asdict() | {
            "basis": key.basis.value,
            "digest": prepared.digest,
            "digits": prepared.digits,
            "to_sign": prepared.to_sign,
            "seq": waiting.seq,
            "preparer": waiting.preparer,
            "head": waiting.head,
            "mark": waiting.mark,
            "at": waiting.at.isoformat(),
        }
        number = self._connection.execute(insert(pending).values(row).returning(pending.c.number)).scalar_one()
        members = enumerate(prepared.members.items())
        rows = [{"pending": number, "place": at, "name": name, "content": data} for at, (name, data) in members]
        self._connection.execute(insert(pending_member), rows)

    def get(self, key: ReportKey) -> Pending | None:
        row = self._connection.execute(select(pending).where(*_of(key))).one_or_none()
        if row is None:
            return None
        listed = select(pending_member).where(pending_member.c.pending == row.number).order_by(pending_member.c.place)
        members = {member.name: member.content for member in self._connection.execute(listed)}
        prepared = Prepared(row.digest, row.digits, row.to_sign, members)
        return Pending(prepared, row.seq, row.preparer, row.head, row.mark, encoding.moment(row.at))

    def drop(self, key: ReportKey) -> None:
        self._connection.execute(delete(pending).where(*_of(key)))

    def keys(self) -> tuple[ReportKey, ...]:
        """The oldest first."""
        rows = self._connection.execute(select(*(pending.c[name] for name in _KEY)).order_by(pending.c.number))
        return tuple(ReportKey(row.programme, row.form, row.period, Basis(row.basis)) for row in rows)

    def last_seq(self, keyid: str) -> int:
        query = select(func.max(pending.c.seq)).where(or_(pending.c.preparer == keyid, pending.c.head == keyid))
        return self._connection.execute(query).scalar_one() or 0


def _of(key: ReportKey) -> tuple[ColumnElement[Any], ...]:
    return tuple(pending.c[name] == str(value) for name, value in key._asdict().items())
