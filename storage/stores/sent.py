"""The packages this office sealed, with their exact bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from forms.exchange import Known, ReportKey, Sealed
from forms.periods import Basis
from storage.encoding import moment
from storage.tables import sent, sent_key


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
