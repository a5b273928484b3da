"""Packages of our own with their exact bytes: those between their two seals, waiting for the head, and those that were sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select

from forms.exchange.statements import Known, Pending, Prepared, ReportKey, Sealed
from forms.model.period import Basis
from storage import encoding
from storage.encoding import moment
from storage.tables import pending, pending_member, sent, sent_key


class SqlSent:
    """Implements forms.ports.SentStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, key: ReportKey, revision: int, seq: int, keyids: Sequence[str], sealed: Sealed, at: datetime) -> None:
        row = key._asdict() | {
            "basis": key.basis.value,
            "digest": sealed.digest,
            "digits": sealed.digits,
            "revision": revision,
            "seq": seq,
            "at": at.isoformat(),
            "raw": sealed.raw,
        }
        self._connection.execute(insert(sent).values(row))
        used = [{"keyid": keyid, "seq": seq, "digest": sealed.digest} for keyid in keyids]
        self._connection.execute(insert(sent_key), used)

    def last(self, key: ReportKey) -> Sealed | None:
        """The newest revision of this report."""
        same = [sent.c[name] == str(value) for name, value in key._asdict().items()]
        query = select(sent).where(*same).order_by(sent.c.revision.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return Sealed(row.digest, row.digits, row.raw) if row else None

    def raw(self, digest: str) -> bytes | None:
        return self._connection.execute(select(sent.c.raw).where(sent.c.digest == digest)).scalar_one_or_none()

    def known(self) -> tuple[Known, ...]:
        """Every package, the oldest first."""
        rows = self._connection.execute(select(*(c for c in sent.c if c.name != "raw")).order_by(sent.c.at, sent.c.seq))
        return tuple(
            Known(
                row.digest,
                None,
                "",
                ReportKey(row.programme, row.form, row.period, Basis(row.basis)),
                row.revision,
                moment(row.at),
            )
            for row in rows
        )

    def last_seq(self, keyid: str) -> int:
        """How many packages this key has sealed; 0 for none."""
        query = select(func.max(sent_key.c.seq)).where(sent_key.c.keyid == keyid)
        return self._connection.execute(query).scalar_one() or 0


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

    def hands(self) -> Mapping[ReportKey, tuple[datetime, str, str]]:
        """Of every report that waits: since when, and the keys of who has sealed it and of who is to."""
        rows = self._connection.execute(select(*(c for c in pending.c if c.name not in ("to_sign", "mark"))))
        return {
            ReportKey(row.programme, row.form, row.period, Basis(row.basis)): (moment(row.at), row.preparer, row.head)
            for row in rows
        }

    def last_seq(self, keyid: str) -> int:
        query = select(func.max(pending.c.seq)).where(or_(pending.c.preparer == keyid, pending.c.head == keyid))
        return self._connection.execute(query).scalar_one() or 0


def _of(key: ReportKey) -> tuple[ColumnElement[Any], ...]:
    return tuple(pending.c[name] == str(value) for name, value in key._asdict().items())
