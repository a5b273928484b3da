"""One program at a time; a crash locks nobody out."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys

import pytest

from forms.errors import StorageError
from storage.lock import LedgerLock

HOLD = "import sys, pathlib; from storage.lock import LedgerLock; lock = LedgerLock(pathlib.Path(sys.argv[1])); "


def test_the_second_is_told_who_has_it(tmp_path):
    first = LedgerLock(tmp_path)
    with pytest.raises(StorageError) as caught:
        LedgerLock(tmp_path)
    first.release()
    assert caught.value.code == "LEDGER_BUSY"
    assert str(os.getpid()) in caught.value.message


def test_another_process_is_told_too(tmp_path):
    lock = LedgerLock(tmp_path)
    other = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", HOLD, str(tmp_path)], capture_output=True, encoding="utf-8", check=False
    )
    lock.release()
    assert other.returncode == 1
    assert f"tiến trình {os.getpid()}" in other.stderr


def test_after_a_clean_end_the_folder_is_free(tmp_path):
    LedgerLock(tmp_path).release()
    again = LedgerLock(tmp_path)
    assert not again.was_left_open
    again.release()


def test_a_crash_leaves_a_note_and_no_lock(tmp_path):
    subprocess.run([sys.executable, "-c", HOLD + "import os; os._exit(1)", str(tmp_path)], check=False)
    assert json.loads((tmp_path / "lock").read_bytes())["pid"] != os.getpid()
    lock = LedgerLock(tmp_path)
    assert lock.was_left_open
    lock.release()


def test_a_failed_opening_keeps_the_note_of_the_crash(tmp_path):
    (tmp_path / "lock").write_text("left by a crash")
    LedgerLock(tmp_path).release(clean=False)
    lock = LedgerLock(tmp_path)
    assert lock.was_left_open
    lock.release()


def test_a_lock_file_full_of_nonsense_is_still_only_a_note(tmp_path):
    (tmp_path / "lock").write_bytes(b"\xff" * 10_000)
    first = LedgerLock(tmp_path)
    assert first.was_left_open
    first.release()
    first.release()  # a second release does nothing


def test_on_a_full_disk_the_lock_is_refused_and_given_back(tmp_path, monkeypatch):
    """The crash's note stays: the next opening still checks the ledger."""
    (tmp_path / "lock").write_text("left by a crash")
    with monkeypatch.context() as full:
        full.setattr("storage.lock.os.write", _no_room)
        with pytest.raises(StorageError) as caught:
            LedgerLock(tmp_path)
    assert caught.value.code == "DISK_FULL"
    lock = LedgerLock(tmp_path)
    assert lock.was_left_open
    lock.release()


def _no_room(descriptor: int, data: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")
