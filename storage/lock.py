"""One program at a time per ledger folder.

The lock is the operating system's, on an open file: it ends with the process, so a lock left behind by a crash
stops nobody. The text in the file only tells *who* holds it, and whether the last session ended cleanly.
SQLite's own exclusive lock is the second guard, against programs that do not ask here.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

from forms.errors import StorageError
from storage.failures import translated

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes against reading too; a byte far behind the text leaves the text readable.
_LOCKED_BYTE = 1 << 30
_TEXT_LIMIT = 4096


class LedgerLock:
    """Holds a ledger folder for this process until `release`. Raises LEDGER_BUSY with who holds it, DISK_FULL,
    FOLDER_READONLY.

    `was_left_open`: the last session did not end cleanly.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        with translated(self._path):
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _seize(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise _busy(self._path) from error
        self.was_left_open = os.fstat(self._descriptor).st_size > 0
        try:
            with translated(self._path):
                self._write(_who())
        except StorageError:  # a full disk: nobody may be left waiting for a lock that nobody uses
            self.release(clean=False)
            raise

    def release(self, *, clean: bool = True) -> None:
        """Give the folder free. A clean end empties the file; otherwise the next opening checks the ledger."""
        if self._descriptor < 0:
            return
        try:
            if clean:
                self._write(b"")
        finally:
            os.close(self._descriptor)
            self._descriptor = -1

    def _write(self, text: bytes) -> None:
        """Over what stood there, then cut: a write that fails leaves the note of a crash where it was."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text)
        os.ftruncate(self._descriptor, len(text))


if sys.platform == "win32":

    def _seize(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _who() -> bytes:
    since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}).encode()


def _busy(path: Path) -> StorageError:
    try:
        holder = json.loads(path.read_bytes()[:_TEXT_LIMIT])
        since = datetime.fromisoformat(holder["since"]).strftime("%H:%M ngày %d/%m/%Y")
        who = f"tiến trình {int(holder['pid'])} trên máy {holder['host']} mở từ {since}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "một phần mềm khác đang mở"
    message = f"Sổ tại {path.parent} đang bận: {who}. Hãy đóng cửa sổ hoặc lệnh đó rồi mở lại."
    return StorageError("LEDGER_BUSY", message, str(path.parent))
