"""The hash-chained audit trail (nhật ký), written in the same transaction as the change it tells of.

h(i) = SHA-256("audit1" ‖ h(i-1) ‖ i as 8 bytes, big-endian ‖ the event's canonical JSON); h(0) is 32 zero bytes.
The chain alone proves nothing against who holds the file: its head travels in every package and on every print.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from forms.errors import StorageError
from forms.ports import Clock
from storage.encoding import to_json
from storage.tables import journal

START = "00" * 32
_LAST = select(journal.c.hash, journal.c.number).order_by(journal.c.number.desc()).limit(1)
_ADD = insert(journal)


class SqlJournal:
    """Implements forms.ports.JournalStore for the person who is signed in."""

    def __init__(self, connection: Connection, clock: Clock, keyid: str) -> None:
        self._connection, self._clock, self._keyid = connection, clock, keyid
        self._head: tuple[str, int] | None = None
        self.has_grown = False

    def append(self, kind: str, detail: Mapping[str, str | int | None]) -> None:
        """One event: who, when (informative), what."""
        previous, count = self.head()
        entry = {"at": self._clock().isoformat(), "person": self._keyid, "kind": kind, "detail": dict(detail)}
        event = to_json(entry).encode("utf-8", "replace").decode()  # the name of a file need not be text
        number = count + 1
        self._head = (link(previous, number, event), number)
        self._connection.execute(_ADD, {"number": number, "event": event, "hash": self._head[0]})
        self.has_grown = True

    def head(self) -> tuple[str, int]:
        """(hex head, number of entries)."""
        if self._head is None:
            row = self._connection.execute(_LAST).one_or_none()
            self._head = (row.hash, row.number) if row else (START, 0)
        return self._head


def link(previous: str, number: int, event: str) -> str:
    """The hash of entry `number`, which follows the entry with hash `previous`."""
    chained = b"audit1" + bytes.fromhex(previous) + number.to_bytes(8, "big") + event.encode()
    return hashlib.sha256(chained).hexdigest()


def verify(connection: Connection) -> tuple[str, int]:
    """Walk the whole chain; its head and length. Raises StorageError JOURNAL_BROKEN at the first wrong entry."""
    return walk(connection.execute(select(journal).order_by(journal.c.number)))


def walk(rows: Iterable[Sequence[Any]], head: str = START, count: int = 0) -> tuple[str, int]:
    """Walk entries (number, event, hash) that follow entry `count` with hash `head`; the last one's hash and number.

    Raises StorageError JOURNAL_BROKEN at the first wrong entry.
    """
    for number, event, found in rows:
        head, count = link(head, count + 1, event), count + 1
        if number != count or found != head:
            message = (
                f"Nhật ký của sổ không liền mạch ở dòng {count}: sổ đã bị sửa ngoài phần mềm. "
                "Hãy phục hồi từ bản sao lưu và báo người phụ trách."
            )
            raise StorageError("JOURNAL_BROKEN", message, str(count))
    return head, count
