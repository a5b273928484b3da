"""What the disk refuses is said in words, with what to do; what was saved before stays."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from forms.errors import StorageError
from storage.failures import code_of, refusal, translated
from storage.files import write_whole
from tests.storage.conftest import LAN, OFFICE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and rights are set the POSIX way")


@contextmanager
def as_nobody():
    """Without root's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def readonly():
    """A folder that can be read and not written, outside pytest's own private folders."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def names(folder) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


def in_a_child(work, limit: int) -> str:
    """The code that `work` is refused with when no file may grow beyond `limit` bytes."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_limited, args=(work, limit, theirs))
    child.start()
    theirs.close()
    child.join(20)
    return ours.recv() if ours.poll() else f"ended with {child.exitcode}"


def _limited(work, limit, pipe):
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        work()
    except StorageError as error:
        pipe.send(error.code)
    else:
        pipe.send("done")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "DISK_FULL"),
        (errno.EDQUOT, "DISK_FULL"),
        (errno.EFBIG, "DISK_FULL"),
        (errno.EROFS, "FOLDER_READONLY"),
        (errno.EACCES, "FOLDER_READONLY"),
        (errno.ENOENT, "LEDGER_MISSING"),
        (errno.EIO, "DISK_FAILED"),
    ],
)
def test_each_error_of_the_system_has_its_code_and_sentence(number, code):
    with pytest.raises(StorageError) as caught, translated(Path("/somewhere")):
        raise OSError(number, "as the system says it")
    assert caught.value.code == code
    assert "/somewhere" in caught.value.message


def test_a_bug_is_not_translated():
    with pytest.raises(dbapi2.IntegrityError), translated(Path("/somewhere")):
        raise dbapi2.IntegrityError("NOT NULL constraint failed")
    assert code_of(dbapi2.IntegrityError("x"), Path("/somewhere")) is None


@pytest.mark.parametrize("code", ["DISK_FULL", "FOLDER_READONLY", "LEDGER_MISSING", "LEDGER_DAMAGED", "DISK_FAILED"])
def test_every_sentence_says_where_and_what_to_do(code):
    assert "/nhà" in refusal(code, Path("/nhà")).message
    assert "ãy " in refusal(code, Path("/nhà")).message


def test_a_file_that_does_not_fit_leaves_the_old_one(tmp_path):
    file = tmp_path / "slots.json"
    write_whole(file, b"old")
    assert in_a_child(lambda: write_whole(file, b"x" * 100_000), 50_000) == "DISK_FULL"
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["slots.json"]


def test_a_ledger_that_does_not_fit_is_not_made(house, tmp_path):
    def make():
        house.create(tmp_path / "new", OFFICE, [LAN])

    assert in_a_child(make, 40_000) in {"DISK_FULL", "DISK_FAILED"}
    assert names(tmp_path) == []


def test_a_backup_that_does_not_fit_leaves_no_half(house, folder, tmp_path):
    def save():
        house.open(folder, LAN.password).backup(tmp_path / "b.sbdbackup")

    size = (folder / "ledger.db").stat().st_size
    assert in_a_child(save, size - 4096) in {"DISK_FULL", "DISK_FAILED"}
    assert names(tmp_path) == ["ledger"]
    house.open(folder, LAN.password).close()


def test_a_folder_without_the_right_to_write_is_refused(house, readonly):
    with as_nobody(), pytest.raises(StorageError) as caught:
        house.create(readonly / "new", OFFICE, [LAN])
    assert caught.value.code == "FOLDER_READONLY"
    assert list(readonly.iterdir()) == []


def test_a_ledger_on_a_readonly_stick_is_refused(house, folder, readonly):
    readonly.chmod(0o755)
    stick = shutil.copytree(folder, readonly / "ledger")
    for entry in [*stick.iterdir(), stick]:
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    with as_nobody(), pytest.raises(StorageError) as caught:
        house.open(stick, LAN.password)
    assert caught.value.code == "FOLDER_READONLY"
    stick.chmod(0o755)
