"""One program at a time per ledger folder.

The lock is the operating system's, on an open file: it ends with the process, so a lock left behind by a crash
stops nobody. The text in the file only tells *who* holds it, whether the last session ended cleanly, and what it left to
say. It is on the disk before anything else is written, so that a power cut is never taken for a clean end.
SQLite's own exclusive lock is the second guard, against programs that do not ask here.

How the last session left the ledger: the journal's head and length then, and when everything was last checked.

Kept in the ledger's `lock` file and sealed by a key that grows from the database key, so that nobody without the ledger's
key can write another. With it an older file that was put in the place of the ledger is noticed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from forms.errors import StorageError
from storage.encoding import to_json
from storage.failures import must_be_plain, translated
from storage.files import sync_folder
from storage.wrapping import key_for

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes against reading too; a byte far behind the text leaves the text readable.
_LOCKED_BYTE = 1 << 30
_TEXT_LIMIT = 1 << 14


class LedgerLock:
    """Holds a ledger folder for this process until `release`. Raises LEDGER_BUSY with who holds it, DISK_FULL,
    FOLDER_READONLY, FILE_NOT_PLAIN.

    `was_left_open`: the last session did not end cleanly. `note`: what it left when it last did; kept through a crash.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        must_be_plain(self._path)
        is_new = not self._path.exists()
        with translated(self._path, writing=True):
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            seize(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise _busy(self._path) from error
        try:
            with translated(self._path, writing=True):
                self.was_left_open, self.note = _left(os.read(self._descriptor, _TEXT_LIMIT))
                self._write(_who() | {"last": self.note})
                if is_new:
                    sync_folder(folder)
        except BaseException:  # a full disk: nobody may be left waiting for a lock that nobody uses
            self.release(clean=False)
            raise

    def release(self, note: Mapping[str, Any] | None = None, *, clean: bool = True) -> None:
        """Give the folder free. A clean end leaves the note; otherwise the next opening checks the ledger, and so it
        does where the disk does not take the note any more: that is no reason to refuse what has been done."""
        if self._descriptor < 0:
            return
        try:
            if clean:
                self._write({"note": note} if note else {})
        except OSError:
            logging.getLogger(__name__).debug("the lock's note was not written", exc_info=True)
        finally:
            descriptor, self._descriptor = self._descriptor, -1
            with suppress(OSError):
                os.close(descriptor)

    def _write(self, content: Mapping[str, Any]) -> None:
        """Over what stood there, then cut, then down to the disk: a write that fails or is lost leaves the note of a
        crash, and never the word that all was well."""
        text = json.dumps(content).encode() if content else b""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text)
        os.ftruncate(self._descriptor, len(text))
        os.fsync(self._descriptor)


def _left(text: bytes) -> tuple[bool, Mapping[str, Any] | None]:
    """(whether the last session broke off, the note of the last one that did not)."""
    if not text:
        return False, None
    try:
        content = json.loads(text)
        is_open = "note" not in content
        note = content["last"] if is_open else content["note"]
        return is_open, note if isinstance(note, dict) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return True, None


if sys.platform == "win32":

    def seize(descriptor: int) -> None:
        """Hold this open file against every other process, or raise OSError at once."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def give_free(descriptor: int) -> None:
        """Hold it no longer."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def seize(descriptor: int) -> None:
        """Hold this open file against every other process, or raise OSError at once."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def give_free(descriptor: int) -> None:
        """Hold it no longer."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _who() -> dict[str, Any]:
    since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": since}


def _busy(path: Path) -> StorageError:
    try:
        holder = json.loads(path.read_bytes()[:_TEXT_LIMIT])
        since = datetime.fromisoformat(holder["since"]).strftime("%H:%M ngày %d/%m/%Y")
        who = f"tiến trình {int(holder['pid'])} trên máy {holder['host']} mở từ {since}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "một phần mềm khác đang mở"
    message = f"Sổ tại {path.parent} đang bận: {who}. Hãy đóng cửa sổ hoặc lệnh đó rồi mở lại."
    return StorageError("LEDGER_BUSY", message, str(path.parent))


_CHECK_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class LastEnd:
    """`ended` and `checked` are moments as the clock then said."""

    head: str
    count: int
    ended: str
    checked: str

    def needs_check(self, now: datetime) -> bool:
        """Whether everything is to be checked again: a week has gone by, or the clock was set back."""
        return not timedelta(0) <= now - datetime.fromisoformat(self.checked) < _CHECK_AFTER

    def sealed(self, database_key: bytes, ledger: str) -> dict[str, Any]:
        """As it is kept."""
        told = asdict(self)
        return told | {"seal": _seal(told, database_key, ledger)}


def unsealed(note: Mapping[str, Any] | None, database_key: bytes, ledger: str) -> LastEnd | None:
    """None where there is no note, or one that this ledger's key did not seal."""
    if note is None:
        return None
    try:
        end = LastEnd(str(note["head"]), int(note["count"]), str(note["ended"]), str(note["checked"]))
        datetime.fromisoformat(end.ended), datetime.fromisoformat(end.checked)
        is_ours = hmac.compare_digest(str(note["seal"]).encode(), end.sealed(database_key, ledger)["seal"].encode())
    except (KeyError, ValueError, TypeError):
        return None
    return end if is_ours else None


def _seal(told: Mapping[str, Any], database_key: bytes, ledger: str) -> str:
    return hmac.new(key_for("last-end", database_key, ledger), to_json(told).encode(), hashlib.sha256).hexdigest()
