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

from benchmarks.syscalls import Failure, Made, Said, can_watch, watched
from forms.errors import StorageError
from forms.model.news_item import Evidence
from storage.failures import code_of, refusal, translated
from storage.files import write_file, write_whole
from storage.lock import LedgerLock
from tests import inside
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


def refused(action) -> StorageError:
    with pytest.raises(StorageError) as caught:
        action()
    return caught.value


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc")
@pytest.mark.parametrize("place", ["/proc/bao-cao.pdf", "/proc/quy-4/bao-cao.pdf"])
def test_a_place_where_nothing_can_be_made_is_no_missing_ledger(place):
    error = refused(lambda: write_file(Path(place), b"x"))
    assert (error.code, "Không có quyền ghi" in error.message) == ("FOLDER_READONLY", True)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc")
def test_a_backup_to_such_a_place_neither(ledger):
    assert refused(lambda: ledger.backup(Path("/proc/b.sbdbackup"))).code == "FOLDER_READONLY"


def test_a_stick_that_was_pulled_out_is_a_missing_folder(tmp_path):
    """Between the making of the folder and the writing into it."""
    error = refused(lambda: write_whole(tmp_path / "usb" / "goi.bdg", b"x"))
    assert (error.code, "sổ" in error.message) == ("FOLDER_MISSING", False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize(
    "make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("nowhere")], ids=["pipe", "folder", "link"]
)
@pytest.mark.parametrize("name", ["lock", "slots.json", "ledger.db", "ledger.db-journal"])
def test_what_is_no_plain_file_where_one_should_stand_is_named(house, folder, name, make):
    if name == "ledger.db-journal" and make is not os.mkfifo and make is not os.mkdir:
        pytest.skip("SQLite follows it and makes the file")
    (folder / name).unlink()
    make(folder / name)
    error = refused(lambda: house.open(folder, LAN.password))
    assert (error.code, name in error.message) == ("FILE_NOT_PLAIN", True)
    (folder / name).rmdir() if (folder / name).is_dir() else (folder / name).unlink()


def test_a_file_in_the_place_of_the_backups_is_named(ledger, folder):
    (folder / "backups").rmdir()
    (folder / "backups").write_bytes(b"")
    error = refused(ledger.automatic_backup)
    assert (error.code, "backups" in error.message) == ("FOLDER_MISSING", True)


@pytest.mark.skipif(bool(can_watch()), reason=can_watch())
@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "DISK_FULL"), (errno.EDQUOT, "DISK_FULL"), (errno.EROFS, "FOLDER_READONLY")]
)
def test_where_the_journal_cannot_be_made_the_reason_is_told(house, folder, number, code):
    """No room for one more name, no quota left: SQLite says “unable to open database file” to all of them."""
    (folder / "ledger.db-journal").unlink(missing_ok=True)
    copy = shutil.copytree(folder, folder.parent / "copy")

    def write(into: Path, say) -> None:
        try:
            with house.open(into, LAN.password).begin() as work:
                work.office.set("greeting", "x")
        except StorageError as error:
            say(f"{error.code} {error.message}".encode())

    clean = watched(lambda say: write(copy, say), copy)
    (made,) = (n for n, event in zip(clean.numbers, clean.events, strict=True) if event == Made("ledger.db-journal"))
    failed = watched(lambda say: write(folder, say), folder, Failure(made, for_ever=True, number=number))
    (said,) = [event for event in failed.events if isinstance(event, Said)]
    assert said.text.decode().startswith(code)


def greet(ledger, *, reads: bool) -> None:
    with ledger.begin() as work:
        if reads:
            work.news.file("ab" * 32)
        work.office.set("greeting", "x")


def test_a_page_that_cannot_be_unsealed_is_no_lack_of_rights(house, folder):
    """SQLCipher refuses every later write of that connection, as if the file were read-only."""
    ledger = house.open(folder, LAN.password)
    with ledger.begin() as work:
        work.news.put_file(Evidence("ab" * 32, "quét.pdf", 80_000), bytes(80_000))
    ledger.close()
    content = (folder / "ledger.db").read_bytes()
    ledger = house.open(folder, LAN.password)
    (folder / "ledger.db").write_bytes(content[:-4096] + bytes(4096))
    with inside.connection(ledger) as connection:
        connection.execute("PRAGMA shrink_memory")
    codes = [refused(lambda reads=reads: greet(ledger, reads=reads)).code for reads in (True, False)]
    ledger.close()
    assert codes == ["LEDGER_DAMAGED", "LEDGER_DAMAGED"]
    lock = LedgerLock(folder)
    assert lock.was_left_open  # everything is to be checked at the next opening
    lock.release()
