"""An act that was killed leaves a rest; the next of its kind sweeps it, and is never refused because of it. What others still work
in, and what is not ours, stays."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path
from random import Random

import pytest

from benchmarks.power_cut import Disk, content_of, put
from benchmarks.syscalls import Made, Removed, Renamed, can_watch, watched
from forms.errors import StorageError
from storage.files import write_file, write_whole
from storage.folders import finished, working_folder
from tests.storage.conftest import LAN, OFFICE

watching = pytest.mark.skipif(bool(can_watch()), reason=can_watch())


def killed_anywhere(work, root: Path, to: Path):
    """`root` as it stands when `work` is killed, after each call that makes, renames or removes something."""
    start = content_of(root)
    recorded = watched(lambda _say: work() and 0, root)
    assert recorded.status == 0
    disk, number = Disk(start, strict=True), count()
    for event in recorded.events:
        disk.see(event)
        if isinstance(event, Made | Renamed | Removed):
            place = to / str(next(number))
            put(disk.whole(), place)
            yield place


def outcome(act) -> str:
    """The code of the refusal; empty where it is done. What was whole when it was killed is there already."""
    try:
        act()
    except StorageError as error:
        return error.code
    return ""


def hidden(root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in root.rglob(".*")]


@watching
@pytest.mark.parametrize("place", ["trống", "mới"])
def test_an_init_that_was_killed_is_simply_done_again(house, tmp_path, place):
    """Into a folder that is there and empty, and into a new one."""
    root = tmp_path / "disk"
    (root / "trống").mkdir(parents=True)
    outcomes = set()
    for left in killed_anywhere(lambda: house.create(root / place, OFFICE, [LAN]), root, tmp_path / "killed"):
        outcomes.add(outcome(lambda left=left: house.create(left / place, OFFICE, [LAN])[0].close()))
        house.open(left / place, LAN.password).close()
        assert hidden(left) == []
    assert outcomes == {"", "LEDGER_EXISTS"}


@watching
@pytest.mark.parametrize("place", ["trống", "mới"])
def test_a_restore_that_was_killed_is_simply_done_again(house, folder, tmp_path, place):
    root = tmp_path / "disk"
    (root / "trống").mkdir(parents=True)
    ledger = house.open(folder, LAN.password)
    ledger.backup(root / "b.sbdbackup")
    ledger.close()
    outcomes = set()
    for left in killed_anywhere(lambda: house.restore(root / "b.sbdbackup", root / place), root, tmp_path / "killed"):
        outcomes.add(outcome(lambda left=left: house.restore(left / "b.sbdbackup", left / place)))
        with house.open(left / place, LAN.password).begin() as work:
            assert work.journal.head()[1] == 2  # also the line about the restoring
        assert hidden(left) == []
    assert outcomes == {"", "LEDGER_EXISTS"}


@watching
def test_a_restore_whose_power_was_cut_is_simply_done_again(house, folder, tmp_path):
    """Names may have reached the disk in any order: what was moved up already is known for a rest by the slots still below."""
    root = tmp_path / "disk"
    (root / "trống").mkdir(parents=True)
    ledger = house.open(folder, LAN.password)
    ledger.backup(root / "b.sbdbackup")
    ledger.close()
    disk, dice = Disk(content_of(root), strict=True), Random(1)
    recorded = watched(lambda _say: house.restore(root / "b.sbdbackup", root / "trống") and 0, root)
    outcomes, seen = set(), set()
    for event in recorded.events:
        disk.see(event)
        for _ in range(20):
            content = disk.after_cut(dice)
            names = frozenset(content)
            if isinstance(event, Made | Renamed | Removed) and names not in seen:
                seen.add(names)
                left = tmp_path / "cut" / str(len(seen))
                put(content, left)
                outcomes.add(outcome(lambda left=left: house.restore(left / "b.sbdbackup", left / "trống")))
                assert hidden(left) == []
                assert (left / "trống" / "slots.json").exists()
    assert outcomes == {"", "LEDGER_EXISTS"}


@watching
def test_a_backup_that_was_killed_leaves_nothing_beside_the_next(house, folder, tmp_path):
    """The next has another name, as the dated ones have."""
    root = tmp_path / "usb"
    root.mkdir()
    ledger = house.open(folder, LAN.password)
    for left in killed_anywhere(lambda: ledger.backup(root / "b.sbdbackup"), root, tmp_path / "killed"):
        ledger.backup(left / "c.sbdbackup")
        assert hidden(left) == []
        assert {file.name for file in left.iterdir()} <= {"b.sbdbackup", "c.sbdbackup"}
    ledger.close()


@pytest.mark.parametrize(
    "rest",
    [
        ".so.0123456789ab.tmp/ledger.db",
        ".so.0123456789ab.tmp/slots.json",
        ".xa.0123456789ab.tmp/ledger.db-journal",
        ".b.sbdbackup.0123456789ab.tmp",
        ".b.sbdbackup.0123456789ab.tmp-journal",
    ],
)
def test_what_an_earlier_program_left_is_swept_too(house, folder, tmp_path, rest):
    ledger = house.open(folder, LAN.password)
    root = tmp_path / "disk"
    (root / rest).parent.mkdir(parents=True)
    (root / rest).write_bytes(b"half")
    os.utime(root / rest.split("/")[0], (1, 1))
    made = ledger.backup(root / "c.sbdbackup")
    ledger.close()
    assert list(root.iterdir()) == [made]


@pytest.mark.parametrize(
    "kept",
    [
        ".so.0123456789ab.tmp/letter.docx",
        ".git/config",
        ".so.0123456789ab.tmp.bak",
        "so.0123456789ab.tmp/ledger.db",
        ".so.tmp/ledger.db",
        ".c.docx.0123456789ab.tmp",
    ],
)
def test_what_is_not_ours_stays(house, folder, tmp_path, kept):
    ledger = house.open(folder, LAN.password)
    root = tmp_path / "disk"
    (root / kept).parent.mkdir(parents=True)
    (root / kept).write_bytes(b"mine")
    os.utime(root / kept.split("/")[0], (1, 1))
    ledger.backup(root / "c.sbdbackup")
    ledger.close()
    assert (root / kept).read_bytes() == b"mine"


def test_what_another_process_works_in_stays(house, folder, tmp_path):
    """Two offices save onto the same network folder."""
    ledger = house.open(folder, LAN.password)
    hold = (
        "import sys, pathlib; from storage.folders import working_folder\n"
        "with working_folder(pathlib.Path(sys.argv[1])) as room: (room / 'ledger.db').touch(); print(flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path / "d.sbdbackup")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    other.stdout.readline()
    ledger.backup(tmp_path / "c.sbdbackup")
    assert len(hidden(tmp_path)) == 1
    other.communicate(b"\n")
    assert hidden(tmp_path) == []
    ledger.close()


def test_a_folder_that_another_process_fills_is_not_free(house, tmp_path):
    with working_folder(tmp_path / "so") as room:
        (room / "slots.json").write_bytes(b"half")
        with pytest.raises(StorageError) as caught:
            house.create(tmp_path, OFFICE, [LAN])
        assert caught.value.code == "LEDGER_EXISTS"
        assert (room / "slots.json").exists()


def test_a_ledger_without_its_slots_is_nobodys_rest(house, folder):
    """The key file was lost; the backups still have it. Nothing may be built over the database."""
    (folder / "slots.json").unlink()
    before = (folder / "ledger.db").read_bytes()
    with pytest.raises(StorageError) as caught:
        house.create(folder, OFFICE, [LAN])
    assert caught.value.code == "LEDGER_EXISTS"
    assert (folder / "ledger.db").read_bytes() == before


def test_a_ledger_beside_a_rest_is_not_taken_for_one(house, folder):
    """Somebody put a working ledger where an earlier act had been killed."""
    (folder / ".so.0123456789ab.tmp").mkdir()
    (folder / ".so.0123456789ab.tmp" / "slots.json").write_bytes(b"half")
    before = (folder / "ledger.db").read_bytes()
    with pytest.raises(StorageError) as caught:
        house.create(folder, OFFICE, [LAN])
    assert caught.value.code == "LEDGER_EXISTS"
    assert (folder / "ledger.db").read_bytes() == before


def test_an_unfinished_slots_file_is_swept_when_the_ledger_is_opened(house, folder):
    (folder / ".slots.json.0123456789ab.tmp").write_bytes(b"half")
    house.open(folder, LAN.password).close()
    assert hidden(folder) == []


def test_an_unfinished_package_on_the_stick_is_swept_once_it_is_old(tmp_path):
    """A fresh one may be somebody's who is writing at this moment."""
    old, fresh = tmp_path / ".goi.bdg.0123456789ab.tmp", tmp_path / ".goi.bdg.ba9876543210.tmp"
    for rest in (old, fresh):
        rest.write_bytes(b"half")
    os.utime(old, (1, 1))
    write_file(tmp_path / "goi.bdg", b"whole")
    assert sorted(file.name for file in tmp_path.iterdir()) == [fresh.name, "goi.bdg"]


@pytest.mark.parametrize("letter", ["ế", "a", "😀"])
def test_a_name_as_long_as_the_disk_takes_can_be_written(tmp_path, letter):
    name = letter * (250 // len(letter.encode())) + ".bdg"
    write_whole(tmp_path / name, b"x")
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_foundings_beside_each_other_take_nothing_from_one_another(house, tmp_path, monkeypatch):
    """The demo founds forty ledgers in one folder, two at a time: one was swept away between its end and its new name."""

    def done_while_another_begins(folder: Path) -> None:
        finished(folder)
        with working_folder(tmp_path / "khác"):
            pass

    monkeypatch.setattr("storage.folders.finished", done_while_another_begins)
    ledger, _ = house.create(tmp_path / "sổ", OFFICE, [LAN])
    ledger.close()
    house.open(tmp_path / "sổ", LAN.password).close()
