"""A backup counts only after it was opened; a restore makes a new folder or nothing."""

from __future__ import annotations

import json
import warnings
import zipfile
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import StorageError
from forms.model.news_item import Evidence
from storage import backup
from storage.engine import SCHEMA_VERSION
from storage.failures import refusal
from tests import inside
from tests.storage.conftest import HUNG, LAN, NOW, OFFICE


def code_of(action) -> str:
    with pytest.raises(StorageError) as caught:
        action()
    return caught.value.code


@pytest.fixture
def saved(ledger, tmp_path):
    """A backup made after one more entry than the ledger began with."""
    with ledger.begin() as work:
        work.office.set("greeting", "Bình Đẳng")
        work.journal.append("setting", {"name": "greeting"})
    return ledger.backup(tmp_path / "safe.sbdbackup")


def test_a_backup_says_what_it_holds(saved, ledger):
    about = backup.read(saved)
    assert (about.schema, about.count) == (SCHEMA_VERSION, 2)
    with ledger.begin() as work:
        assert work.journal.head()[1] == 3  # the backup itself is journalled after


def test_only_the_finished_file_is_left(saved):
    assert [entry.name for entry in saved.parent.iterdir() if entry.is_file()] == ["safe.sbdbackup"]


def test_nothing_in_it_is_readable(saved):
    assert "Bình Đẳng".encode() not in saved.read_bytes()


def test_a_restored_ledger_opens_with_the_passwords_of_that_day(saved, house, tmp_path):
    house.restore(saved, tmp_path / "restored")
    for newcomer in (LAN, HUNG):
        ledger = house.open(tmp_path / "restored", newcomer.password)
        with ledger.begin() as work:
            assert work.office.get() == OFFICE
            assert work.office.setting("greeting") == "Bình Đẳng"
        ledger.close()


def test_a_restore_is_journalled_once_and_makes_another_instance(saved, ledger, house, tmp_path):
    house.restore(saved, tmp_path / "restored")
    counts = []
    for _ in range(2):
        restored = house.open(tmp_path / "restored", LAN.password)
        with restored.begin() as work:
            counts.append(work.journal.head()[1])
            instance = work.office.setting("instance")
        restored.close()
    with ledger.begin() as work:
        assert work.office.setting("instance") != instance
    assert counts == [3, 3]


def test_a_restore_never_writes_over_anything(saved, house, folder):
    before = (folder / "ledger.db").read_bytes()
    assert code_of(lambda: house.restore(saved, folder)) == "LEDGER_EXISTS"
    assert (folder / "ledger.db").read_bytes() == before


def test_a_backup_never_writes_over_anything(saved, ledger):
    before = saved.read_bytes()
    assert code_of(lambda: ledger.backup(saved)) == "FILE_EXISTS"
    assert saved.read_bytes() == before


def test_a_backup_of_a_newer_program_is_refused(saved, house, tmp_path, monkeypatch):
    monkeypatch.setattr("storage.backup.SCHEMA_VERSION", 0)
    assert code_of(lambda: house.restore(saved, tmp_path / "restored")) == "LEDGER_NEWER"
    assert not (tmp_path / "restored").exists()


def test_a_missing_backup_is_said_so(house, tmp_path):
    assert code_of(lambda: house.restore(tmp_path / "none", tmp_path / "restored")) == "FILE_MISSING"


def test_a_damaged_byte_is_found_before_anything_is_unpacked(saved, house, tmp_path):
    """The digests cover all three members; only ZIP's own dates and flags may change unnoticed, and harm nothing."""
    content = saved.read_bytes()
    unnoticed = 0
    for place in range(0, len(content), len(content) // 60):
        saved.write_bytes(content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :])
        folder = tmp_path / f"restored-{place}"
        with suppress(StorageError):
            house.restore(saved, folder)
        if folder.exists():
            house.open(folder, LAN.password).close()
            unnoticed += 1
    assert unnoticed <= 1


@pytest.mark.parametrize("cut", [0, 1, 30, 5000, -1, -30])
def test_a_cut_backup_is_refused(saved, house, tmp_path, cut):
    saved.write_bytes(saved.read_bytes()[:cut])
    assert code_of(lambda: house.restore(saved, tmp_path / "restored")) == "BACKUP_DAMAGED"


@pytest.mark.parametrize("name", ["../evil", "ledger.db", "extra.txt"])
def test_a_backup_with_another_member_is_refused(saved, house, tmp_path, name):
    with zipfile.ZipFile(saved, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the second "ledger.db"
        archive.writestr(name, "x")
    assert code_of(lambda: house.restore(saved, tmp_path / "restored")) == "BACKUP_DAMAGED"


def test_a_backup_whose_journal_was_exchanged_does_not_open(saved, house, tmp_path):
    """The manifest is not sealed, but what it says of the journal must fit the encrypted database."""
    with zipfile.ZipFile(saved) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["backup.json"])
    manifest["journal"]["count"] -= 1
    members["backup.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    house.restore(saved, tmp_path / "restored")
    assert code_of(lambda: house.open(tmp_path / "restored", LAN.password)) == "LEDGER_DAMAGED"


def test_a_damaged_ledger_is_not_backed_up_as_if_it_were_sound(ledger, tmp_path):
    with inside.connection(ledger) as connection:
        connection.execute("UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'x')")
    assert code_of(lambda: ledger.backup(tmp_path / "b.sbdbackup")) == "JOURNAL_BROKEN"
    assert not list(tmp_path.glob("*.sbdbackup*"))


def test_a_wrong_page_that_nobody_has_read_yet_is_no_backup(house, folder, tmp_path, monkeypatch):
    """In a file too large to be read whole at the opening, outside the sample that was drawn."""
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    monkeypatch.setattr("storage.soundness._TABLES", 0)
    ledger = house.open(folder, LAN.password)
    with ledger.begin() as work:
        work.news.put_file(Evidence("ab" * 32, "quét.pdf", 40_000), bytes(40_000))
    ledger.close()
    content = bytearray((folder / "ledger.db").read_bytes())
    content[-3000] ^= 1
    (folder / "ledger.db").write_bytes(content)
    ledger = house.open(folder, LAN.password)
    assert code_of(lambda: ledger.backup(tmp_path / "b.sbdbackup")) == "LEDGER_DAMAGED"
    ledger.close()
    assert not (tmp_path / "b.sbdbackup").exists()


def test_a_backup_is_read_back_before_it_gets_its_name(ledger, tmp_path, monkeypatch):
    """A stick that keeps other bytes than it was given."""
    write = backup.write

    def spoilt(container, *rest):
        write(container, *rest)
        content = bytearray(container.read_bytes())
        content[-5000] ^= 1
        container.write_bytes(content)

    monkeypatch.setattr(backup, "write", spoilt)
    assert code_of(lambda: ledger.backup(tmp_path / "b.sbdbackup")) == "BACKUP_DAMAGED"
    assert not (tmp_path / "b.sbdbackup").exists()


def test_a_backup_that_is_made_is_one_although_its_line_cannot_be_written(ledger, tmp_path, monkeypatch):
    """The ledger's disk is full by then: the person has the backup, and is told of the disk."""

    def full(*_):
        raise refusal("DISK_FULL", tmp_path)

    with monkeypatch.context() as failing:
        failing.setattr("storage.stores.journal.SqlJournal.append", full)
        made = ledger.backup(tmp_path / "b.sbdbackup")
    assert backup.read(made).count == 1
    assert "đã xong và đã kiểm tra" in ledger.notices[-1]


def test_automatic_backups_are_thinned_out(ledger, folder):
    for hour in range(1, 12):
        backup.automatic_name(folder / "backups", NOW - timedelta(hours=hour)).write_bytes(b"")
    made = ledger.automatic_backup()
    assert backup.read(made).count == 1
    assert len(list((folder / "backups").iterdir())) == 9  # eight hours, and the newest of the day before


def test_a_clock_set_back_costs_no_backup_and_a_power_cut_leaves_no_rest(ledger, folder):
    """Fourteen later days are there already; the battery of the clock is flat."""
    for day in range(1, 20):
        backup.automatic_name(folder / "backups", NOW + timedelta(days=day)).write_bytes(b"")
    rest = folder / "backups" / ".auto-20251230T103200.sbdbackup.0123456789ab.tmp"
    rest.write_bytes(b"half")
    assert ledger.automatic_backup().is_file()
    assert not rest.exists()


def test_an_unchanged_ledger_is_not_backed_up_again(ledger, folder):
    first = ledger.automatic_backup()
    assert ledger.automatic_backup() == first
    first.write_bytes(b"")  # a damaged one is no reason to be content
    first.rename(backup.automatic_name(first.parent, NOW - timedelta(days=1)))
    assert backup.read(ledger.automatic_backup()).count == 2
    with ledger.begin() as work:
        work.journal.append("setting", {})
    assert ledger._is_as_saved(backup.newest_automatic(folder / "backups")) is False


def test_a_second_automatic_backup_of_the_same_second_is_made(ledger, folder):
    """The window is closed right after a backup; something was typed in between. Of an hour the newest is kept."""
    first = ledger.automatic_backup()
    with ledger.begin() as work:
        work.journal.append("setting", {})
    second = ledger.automatic_backup()
    assert first != second
    assert list((folder / "backups").iterdir()) == [second]
    assert backup.read(second).count == 3


@given(st.lists(st.datetimes(datetime(2025, 1, 1), datetime(2025, 3, 1)), max_size=60))
def test_what_is_kept_is_the_newest_and_never_too_much(moments):
    names = sorted({f"auto-{moment:%Y%m%dT%H%M%S}.sbdbackup" for moment in moments}, reverse=True)
    kept = backup.surviving(names)
    assert kept[:1] == names[:1]
    assert len(kept) <= 8 + 14
    assert {name[:13] for name in kept} >= set(sorted({name[:13] for name in names}, reverse=True)[:14])
