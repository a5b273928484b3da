"""The disk that forgets, and the rig over it: what is synced stands, what is not may be lost, torn or reordered; and a program that
reports too early, or does not sync, is caught."""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random

import pytest

from benchmarks.power_cut import Disk, content_of
from benchmarks.rig_power import Rig, without_syncs
from benchmarks.syscalls import (
    Failure,
    Made,
    Removed,
    Renamed,
    Resized,
    Said,
    Synced,
    Written,
    can_watch,
    watched,
)

watching = pytest.mark.skipif(bool(can_watch()), reason=can_watch())
START = {"so": None, "so/ledger.db": b"A" * 1024}


def after(*events, strict: bool = True, start=START) -> Disk:
    disk = Disk(start, strict=strict)
    for event in events:
        disk.see(event)
    return disk


def cuts(disk: Disk, number: int = 300) -> list[dict]:
    dice = Random(1)
    return [disk.after_cut(dice) for _ in range(number)]


def test_what_was_not_synced_may_be_kept_lost_or_torn_by_the_disks_own_pieces():
    """Two pages of 512 over a file of 1 024: old and new pieces beside each other, never within one."""
    disk = after(Written("so/ledger.db", 0, b"B" * 1024))
    found = {content["so/ledger.db"] for content in cuts(disk)}
    assert found == {b"A" * 1024, b"B" * 1024, b"A" * 512 + b"B" * 512, b"B" * 512 + b"A" * 512}
    assert disk.at_worst()["so/ledger.db"] == b"A" * 1024


def test_what_was_synced_stands_whatever_happens():
    disk = after(Written("so/ledger.db", 0, b"B" * 1024), Synced("so/ledger.db"), Resized("so/ledger.db", 10))
    assert {len(content["so/ledger.db"]) for content in cuts(disk)} == {10, 1024}
    assert {content["so/ledger.db"][:10] for content in cuts(disk)} == {b"B" * 10}


def test_a_piece_that_was_lost_where_the_file_grew_reads_as_zeros():
    disk = after(Written("so/ledger.db", 1024, b"B" * 1024))
    assert b"A" * 1024 + bytes(512) + b"B" * 512 in {content["so/ledger.db"] for content in cuts(disk)}


@pytest.mark.parametrize("strict", [True, False])
def test_a_name_stands_once_its_folder_was_synced(strict):
    """write_whole: temporary file, sync, rename, sync of the folder."""
    steps = (Made("so/t"), Written("so/t", 0, b"new"), Synced("so/t"), Renamed("so/t", "so/slots.json"))
    assert {"so/slots.json" in content for content in cuts(after(*steps, strict=strict))} == {True, False}
    whole = cuts(after(*steps, Synced("so"), strict=strict))
    assert {content.get("so/slots.json") for content in whole} == {b"new"}


def test_a_name_without_the_bytes_behind_it():
    """Renamed before it was synced: the fault that `fsync` is there against."""
    disk = after(Made("so/t"), Written("so/t", 0, b"new"), Renamed("so/t", "so/slots.json"), Synced("so"))
    assert {content["so/slots.json"] for content in cuts(disk)} == {b"new", b""}


def test_a_removed_file_may_come_back():
    disk = after(Removed("so/ledger.db"))
    assert {"so/ledger.db" in content for content in cuts(disk)} == {True, False}
    assert disk.whole() == {"so": None}


@watching
def test_every_way_of_writing_is_recorded_as_it_was_done(tmp_path):
    """Whatever Python or a library uses: the record leads to exactly what stands on the disk."""
    root = tmp_path / "disk"
    root.mkdir()
    (root / "old").write_bytes(b"x" * 5000)
    start = content_of(root)

    def work(say) -> None:
        (root / "a" / "b").mkdir(parents=True)
        with (root / "a" / "f").open("wb") as file:
            file.write(b"1234567890")
            file.seek(4)
            file.write(b"xx")
            file.flush()
            os.truncate(file.fileno(), 8)
            os.pwrite(file.fileno(), b"end", 20)
            os.fsync(file.fileno())
        say(b"half")
        with (root / "old").open("ab") as file:
            file.write(b"more")
        (root / "old").write_bytes(b"new")
        os.link(root / "old", root / "second")
        (root / "a").rename(root / "c")
        (root / "c" / "b").rmdir()
        (root / "second").replace(root / "c" / "f")
        (tmp_path / "elsewhere").write_bytes(b"not ours")

    recorded = watched(work, root)
    assert recorded.status == 0
    assert after(*recorded.events, start=start).whole() == content_of(root)
    assert Said(b"half") in recorded.events
    assert not any("elsewhere" in getattr(event, "path", "") for event in recorded.events)


@watching
def test_a_disk_fails_from_the_call_that_is_named(tmp_path):
    def work(say) -> None:
        for name in "abc":
            try:
                (tmp_path / name).write_bytes(b"x")
            except OSError as error:
                say(f"{name} {error.errno}".encode())

    said = [
        event.text
        for event in watched(work, tmp_path, Failure(2, for_ever=True, number=28)).events
        if isinstance(event, Said)
    ]
    assert said == [b"b 28", b"c 28"]
    once = [
        event.text for event in watched(work, tmp_path, Failure(0, for_ever=False)).events if isinstance(event, Said)
    ]
    assert len(once) == 1


@watching
@pytest.mark.slow
def test_the_rig_finds_nothing_here_and_everything_where_nothing_is_synced(tmp_path):
    rig = Rig(tmp_path, seed=7)
    plays = {play.name: play for play in rig.stage.plays()}
    sealing = rig.record(plays["niêm phong, đính chính"])
    assert rig.run(sealing, 40) == ""
    assert rig.run(replace(sealing, events=without_syncs(sealing.events, lambda _: True)), 100) != ""
    assert rig.run(rig.record(plays["niêm phong, đính chính"], early=True), 100) != ""
