"""What was reported done stands after a power cut that loses everything that was not synced, and a disk that fails for good is
told in the words of what failed. The real system calls are recorded (benchmarks/syscalls.py), none is replaced by a fake."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from random import Random

import pytest

from benchmarks.power_cut import Disk, content_of, put
from benchmarks.syscalls import Failure, Removed, Renamed, Resized, Said, Synced, can_watch, watched
from forms.errors import AppError
from storage import files
from storage.files import write_whole
from storage.folders import new_folder
from storage.lock import LedgerLock
from tests.storage.conftest import LAN, OFFICE

pytestmark = pytest.mark.skipif(bool(can_watch()), reason=can_watch())


def at_worst(events, start, root: Path, to: Path) -> Path:
    """What is left in `root` after the last thing that was said, with all that was not synced gone, in a folder of its own."""
    last = max(number for number, event in enumerate(events) if isinstance(event, Said))
    disk = Disk(start, strict=True)
    for event in events[:last]:
        disk.see(event)
    put(disk.at_worst(), to)
    return to


def after_the_cut(work, root: Path, to: Path, *, syncs: bool = True) -> Path:
    """Do `work` in a child, which then says so; the power goes at that moment. `syncs` False: the control, a child whose
    own syncs do nothing."""

    def done(say) -> None:
        if not syncs:
            os.fsync = lambda _: None
        work()
        say(b"done")

    start = content_of(root)
    recorded = watched(done, root)
    assert recorded.status == 0
    return at_worst(recorded.events, start, root, to)


CONTROL = pytest.mark.parametrize("syncs", [True, False], ids=["as-it-is", "without-syncs"])


@CONTROL
def test_a_file_that_was_written_whole_stands(tmp_path, syncs):
    root = tmp_path / "disk"
    root.mkdir()
    (root / "slots.json").write_bytes(b"old")
    left = after_the_cut(lambda: write_whole(root / "slots.json", b"new" * 1000), root, tmp_path / "left", syncs=syncs)
    assert ((left / "slots.json").read_bytes() == b"new" * 1000) is syncs


@CONTROL
def test_a_package_written_into_new_folders_stands_with_them(tmp_path, syncs):
    """USB stick: `--out E:\\2025\\quy-4`, neither of which was there."""
    root = tmp_path / "disk"
    root.mkdir()
    file = "2025/quy-4/goi.bdg"
    left = after_the_cut(lambda: files.write_file(root / file, b"x" * 999), root, tmp_path / "left", syncs=syncs)
    assert (left / file).exists() is syncs
    assert not syncs or (left / file).read_bytes() == b"x" * 999


@CONTROL
def test_a_new_ledger_in_new_folders_stands(house, tmp_path, syncs):
    root = tmp_path / "disk"
    root.mkdir()

    def make() -> None:
        house.create(root / "cơ quan" / "sổ", OFFICE, [LAN])

    left = after_the_cut(make, root, tmp_path / "left", syncs=syncs)
    assert (left / "cơ quan" / "sổ" / "slots.json").exists() is syncs
    if syncs:
        house.open(left / "cơ quan" / "sổ", LAN.password).close()


@CONTROL
def test_a_new_ledger_in_an_empty_folder_stands(house, tmp_path, syncs):
    root = tmp_path / "disk"
    (root / "sổ").mkdir(parents=True)
    left = after_the_cut(lambda: house.create(root / "sổ", OFFICE, [LAN]), root, tmp_path / "left", syncs=syncs)
    assert (left / "sổ" / "slots.json").exists() is syncs
    if syncs:
        house.open(left / "sổ", LAN.password).close()


@CONTROL
def test_a_backup_that_was_reported_can_be_restored(house, folder, tmp_path, syncs):
    root = tmp_path / "disk"
    root.mkdir()
    shutil.move(folder, root / "ledger")
    left = after_the_cut(
        lambda: house.open(root / "ledger", LAN.password).backup(root / "usb" / "b.sbdbackup"),
        root, tmp_path / "left", syncs=syncs,
    )  # fmt: skip
    if syncs:
        house.restore(left / "usb" / "b.sbdbackup", tmp_path / "again")
        house.open(tmp_path / "again", LAN.password).close()
    else:
        assert not (left / "usb" / "b.sbdbackup").exists()


@CONTROL
@pytest.mark.parametrize("place", ["lại/sổ", "trống"])
def test_a_ledger_that_was_restored_stands(house, backed_up, tmp_path, syncs, place):
    """Into new folders, and into one that is there and empty."""
    root, file = backed_up
    left = after_the_cut(lambda: house.restore(file, root / place), root, tmp_path / "left", syncs=syncs)
    if syncs:
        house.open(left / place, LAN.password).close()
    else:
        assert not (left / place / "ledger.db").exists()


@pytest.fixture
def backed_up(house, folder, tmp_path) -> tuple[Path, Path]:
    """A disk with an empty folder and a backup on it."""
    root = tmp_path / "disk"
    (root / "trống").mkdir(parents=True)
    ledger = house.open(folder, LAN.password)
    file = ledger.backup(root / "b.sbdbackup")
    ledger.close()
    return root, file


def test_whenever_the_slots_are_there_all_of_the_ledger_is(house, backed_up):
    """Names may reach the disk in any order: the slots make it a ledger, so nothing may come after them."""
    root, file = backed_up
    start, dice, seen = content_of(root), Random(5), set()
    recorded = watched(lambda _say: house.restore(file, root / "trống") and 0, root)
    disk = Disk(start, strict=True)
    for event in recorded.events:
        disk.see(event)
        for _ in range(20):
            left = {path for path in disk.after_cut(dice) if path.startswith("trống/") and path.count("/") == 1}
            if "trống/slots.json" in left:
                seen.add(frozenset(path.rpartition("/")[2] for path in left if not path.startswith("trống/.")))
    assert seen == {frozenset({"slots.json", "ledger.db", "restored.json"})}


def test_what_is_put_into_a_new_folder_has_its_name_there(tmp_path):
    """Also where who fills it syncs the bytes and leaves the names to us."""
    root = tmp_path / "disk"
    root.mkdir()

    def fill() -> None:
        with new_folder(root / "sổ") as room:
            (room / "slots.json").write_bytes(b"x")

    left = after_the_cut(fill, root, tmp_path / "left")
    assert (left / "sổ" / "slots.json").exists()


def test_the_first_opening_after_a_restore_may_be_cut_off_anywhere(house, backed_up, tmp_path):
    """Killed, or without power, after any call: it opens, and the restoring is written down once."""
    root, file = backed_up
    house.restore(file, root / "sổ")
    start = content_of(root)
    recorded = watched(lambda _say: house.open(root / "sổ", LAN.password) and 0, root)
    assert recorded.status == 0
    disk, counts = Disk(start, strict=True), set()
    for event in recorded.events:
        disk.see(event)
        if isinstance(event, Removed | Resized | Synced):
            for number, content in enumerate((disk.whole(), disk.at_worst())):
                left = tmp_path / f"left-{number}"
                shutil.rmtree(left, ignore_errors=True)
                put(content, left)
                ledger = house.open(left / "sổ", LAN.password)
                with ledger.begin() as work:
                    counts.add(work.journal.head()[1])
                ledger.close()
                assert not (left / "sổ" / "restored.json").exists()
    assert counts == {2}


@CONTROL
def test_the_lock_tells_of_the_cut(house, folder, tmp_path, syncs):
    """Else the check after a crash is left out where it is needed."""
    left = after_the_cut(lambda: house.open(folder, LAN.password), folder, tmp_path / "left", syncs=syncs)
    lock = LedgerLock(left)
    assert lock.was_left_open is syncs
    lock.release()


def test_a_lock_that_was_not_there_tells_of_the_cut_too(house, folder, tmp_path):
    (folder / "lock").unlink()
    left = after_the_cut(lambda: house.open(folder, LAN.password), folder, tmp_path / "left")
    assert (left / "lock").exists()


def test_a_cell_that_was_stored_is_there(house, folder, tmp_path):
    """`synchronous` and the journal's folder: SQLite's own calls."""

    def type_one() -> None:
        with house.open(folder, LAN.password).begin() as work:
            work.office.set("greeting", "Bình Đẳng")
            work.journal.append("setting", {"name": "greeting"})

    left = after_the_cut(type_one, folder, tmp_path / "left")
    ledger = house.open(left, LAN.password)
    with ledger.begin() as work:
        assert work.office.setting("greeting") == "Bình Đẳng"
    ledger.close()


def test_nothing_is_renamed_before_its_bytes_are_down(house, folder, tmp_path):
    """The order within one act: else a cut leaves a new name on old or no bytes."""
    recorded = watched(lambda _say: house.open(folder, LAN.password).new_recovery_code() and 0, folder)
    renamed = [number for number, event in enumerate(recorded.events) if isinstance(event, Renamed)]
    assert renamed
    for number in renamed:
        old = recorded.events[number].old
        assert Synced(old) in recorded.events[:number]
        assert Synced("") in recorded.events[number:]


def a_day(house, root: Path, say) -> None:
    """Open, write, back up to a stick, close; each told, and what it is refused with."""
    try:
        ledger = house.open(root / "ledger", LAN.password)
        try:
            with ledger.begin() as work:
                work.office.set("greeting", "Bình Đẳng")
                work.journal.append("setting", {"name": "greeting"})
            say(b"stored")
            ledger.backup(root.parent / "usb" / "b.sbdbackup")
            say(b"backed up")
        finally:
            ledger.close()
    except AppError as error:
        say(error.code.encode())
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        say(f"UNEXPECTED {error!r}".encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "gone", "codes"),
    [
        (errno.EIO, False, {"DISK_FAILED", "COMMIT_UNKNOWN", "FOLDER_READONLY"}),
        (errno.EIO, True, {"DISK_FAILED", "COMMIT_UNKNOWN", "FOLDER_READONLY"}),
        (errno.ENOSPC, False, {"DISK_FULL", "COMMIT_UNKNOWN"}),
        (errno.EROFS, False, {"FOLDER_READONLY", "COMMIT_UNKNOWN"}),
    ],
    ids=["write-errors", "gone", "full", "readonly"],
)
def test_a_disk_that_fails_for_good_is_told_as_what_it_is(house, folder, tmp_path, number, gone, codes):
    """At every call in turn. The ledger's disk fails, the stick does not: a backup that is finished is never called failed."""
    root = tmp_path / "disk"
    told: dict[str, list[int]] = {}
    (tmp_path / "usb").mkdir()
    calls = watched_day(house, folder, root, None).calls
    assert calls > 20
    for first in range(0, calls, 2):
        recorded = watched_day(house, folder, root, Failure(first, for_ever=True, number=number, gone=gone))
        said = [event.text.decode() for event in recorded.events if isinstance(event, Said)]
        told.setdefault(said[-1], []).append(first)
        assert said[-1] in {*codes, "backed up"}, (first, said)
        assert ("backed up" in said) is (tmp_path / "usb" / "b.sbdbackup").exists()
        ledger = house.open(root / "ledger", LAN.password)  # the disk is mended
        with ledger.begin() as work:
            stands = work.office.setting("greeting") == "Bình Đẳng"
        ledger.close()
        assert stands or "stored" not in said
    assert len(told) >= 2


def watched_day(house, folder: Path, root: Path, failure: Failure | None):
    shutil.rmtree(root, ignore_errors=True)
    shutil.rmtree(root.parent / "usb")
    shutil.copytree(folder, root / "ledger")
    (root.parent / "usb").mkdir()
    return watched(lambda say: a_day(house, root, say), root, failure)


def test_after_a_disk_that_failed_once_the_next_opening_checks(house, folder):
    """A sync of the ledger fails in the middle of a commit; the session goes on and ends as if all were well."""

    def day(say) -> None:
        ledger = house.open(folder, LAN.password)
        try:
            with ledger.begin() as work:
                work.office.set("greeting", "x")
                work.journal.append("setting", {})
        except AppError as error:
            say(error.code.encode())
        ledger.close()

    start = shutil.copytree(folder, folder.parent / "start")
    clean = watched(day, folder)
    (number,) = (n for n, e in zip(clean.numbers, clean.events, strict=True) if e == Synced("ledger.db"))
    shutil.rmtree(folder)
    shutil.copytree(start, folder)
    failed = watched(day, folder, Failure(number, for_ever=False))
    assert [event.text for event in failed.events if isinstance(event, Said)] == [b"COMMIT_UNKNOWN"]
    lock = LedgerLock(folder)
    assert lock.was_left_open
    lock.release()
