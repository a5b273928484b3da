"""What is looked at when a ledger is opened: enough each time, everything after a crash, a restore or a week. An older file or page
put in from a copy is noticed."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from datetime import timedelta
from random import Random

import pytest

from forms.errors import StorageError
from forms.model.news_item import Evidence
from storage import slot_file, soundness
from storage.engine import open_file
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.wrapping import LIGHT
from tests import inside
from tests.storage.conftest import LAN, NOW


@pytest.fixture
def key(folder) -> bytes:
    return slot_file.read(folder / slot_file.NAME).unlock(LAN.password, LAN.name).database_key


def code_of(action) -> str:
    with pytest.raises(StorageError) as caught:
        action()
    return caught.value.code


def outcome(action) -> object:
    """What it gives, or the code it is refused with."""
    try:
        return action()
    except StorageError as error:
        return error.code


def write(house, folder, lines: int = 1) -> None:
    ledger = house.open(folder, LAN.password)
    for number in range(lines):
        with ledger.begin() as work:
            work.office.set("greeting", f"Bình Đẳng {number}")
            work.journal.append("setting", {"name": "greeting"})
    ledger.close()


def behind_our_back(folder, key, *statements: str) -> None:
    with closing(open_file(folder / "ledger.db", key)) as connection:
        for statement in statements:
            connection.execute(statement)


def notices(house, folder) -> tuple[str, ...]:
    ledger = house.open(folder, LAN.password)
    ledger.close()
    return ledger.notices


def test_an_older_file_put_back_is_told_once_and_goes_on_as_another_instance(house, folder):
    """OneDrive, or a hand: ledger.db of yesterday over that of today. It may be all that is left, so it is not refused."""
    older = (folder / "ledger.db").read_bytes()
    write(house, folder, 3)
    (folder / "ledger.db").write_bytes(older)
    ledger = house.open(folder, LAN.password)
    (notice,) = ledger.notices
    assert "nhật ký khi đó có 4 dòng, tệp này có 1 dòng" in notice
    assert NOW.strftime("%d/%m/%Y") in notice
    with ledger.begin() as work:
        assert work.journal.head()[1] == 2  # the finding has its line
    with inside.connection(ledger) as connection:
        (event,) = connection.execute("SELECT event FROM journal WHERE number = 2").fetchone()
    assert json.loads(event)["kind"] == "older_file"
    ledger.close()
    assert notices(house, folder) == ()


def test_an_older_file_is_told_after_a_crash_too(house, folder):
    older = (folder / "ledger.db").read_bytes()
    write(house, folder)
    house.open(folder, LAN.password)._database.close()  # and the process is gone
    (folder / "ledger.db").write_bytes(older)
    shutil.copytree(folder, folder.parent / "copy")  # the lock's text is there, nobody holds it
    assert "KHÔNG PHẢI" in notices(house, folder.parent / "copy")[0]


def test_another_branch_of_the_same_length_is_told(house, folder, tmp_path):
    """A copy in which somebody else went on working comes back."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    write(house, copy, 2)
    write(SqlLedgerStore(lambda: NOW + timedelta(minutes=5), bring_up_to_date, LIGHT), folder, 2)
    shutil.copy(copy / "ledger.db", folder / "ledger.db")
    assert "nhật ký khi đó có 3 dòng, tệp này có 3 dòng" in notices(house, folder)[0]


def test_the_note_of_how_it_was_closed_cannot_be_written_without_the_key(house, folder):
    """A forged note is no note: everything is checked, and nobody is told of an older file that is none."""
    note = json.loads((folder / "lock").read_bytes())
    note["note"]["count"] = 99
    (folder / "lock").write_text(json.dumps(note))
    assert notices(house, folder) == ()


def test_a_line_cut_off_the_journal_with_the_key_in_hand_is_noticed(house, folder, key):
    write(house, folder, 3)
    behind_our_back(folder, key, "DELETE FROM journal WHERE number = 4")
    assert "nhật ký khi đó có 4 dòng, tệp này có 3 dòng" in notices(house, folder)[0]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE journal SET event = json_set(event, '$.kind', 'nothing') WHERE number = 2", "JOURNAL_BROKEN"),
        ("DROP TABLE sent_key", "LEDGER_DAMAGED"),
        ("DROP INDEX news_by_date", "LEDGER_DAMAGED"),
        ("ALTER TABLE news DROP COLUMN minutes", "LEDGER_DAMAGED"),
        ("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM news; END", "LEDGER_DAMAGED"),
        ("CREATE VIEW v AS SELECT * FROM news", "LEDGER_DAMAGED"),
    ],
)
@pytest.mark.parametrize("lines", [3, 400], ids=["small", "large"])
def test_schema_and_journal_are_looked_at_each_time(house, folder, key, statement, code, lines, monkeypatch):
    """Also of a file that is too large to be read whole: the line is in the sample, being near the end or drawn."""
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 1000 if lines == 3 else 0)
    write(house, folder, 3)
    behind_our_back(folder, key, statement)
    assert code_of(lambda: house.open(folder, LAN.password)) == code


def test_a_stretch_from_anywhere_is_walked_in_a_long_journal(house, folder, key, monkeypatch):
    """Line 100 of 600: found at the latest when its stretch is drawn, and by the weekly check whatever is drawn."""
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    ledger = house.open(folder, LAN.password)
    with ledger.begin() as work:
        for _ in range(600):
            work.journal.append("setting", {"name": "greeting"})
    ledger.close()
    behind_our_back(folder, key, "UPDATE journal SET event = json_set(event, '$.kind', 'nothing') WHERE number = 100")
    found = 0
    with closing(open_file(folder / "ledger.db", key)) as connection:
        for seed in range(40):
            found += outcome(lambda seed=seed: soundness.glance(connection, folder, Random(seed))) == "JOURNAL_BROKEN"
    assert 1 <= found < 20


@pytest.mark.parametrize(("days", "checked"), [(0, False), (6, False), (7, True), (400, True), (-1, True)])
def test_everything_is_checked_once_a_week_and_when_the_clock_was_set_back(folder, key, monkeypatch, days, checked):
    """A wrong line in the middle of a long file, which no sample sees here, stands for all that only the whole check finds."""
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    monkeypatch.setattr("storage.soundness._LINES", 2)
    house = SqlLedgerStore(lambda: NOW, bring_up_to_date, LIGHT)
    write(house, folder, 30)
    behind_our_back(folder, key, "UPDATE journal SET event = json_set(event, '$.kind', 'nothing') WHERE number = 10")
    later = SqlLedgerStore(lambda: NOW + timedelta(days=days), bring_up_to_date, LIGHT)
    later._dice = Random(2)  # draws another stretch
    if checked:
        assert code_of(lambda: later.open(folder, LAN.password)) == "JOURNAL_BROKEN"
    else:
        later.open(folder, LAN.password).close()


def test_the_week_begins_with_the_check_not_with_each_closing(folder, key, monkeypatch):
    """Opened every day for a fortnight: the whole check ran twice more."""
    runs = []
    everything = soundness.everything
    monkeypatch.setattr("storage.soundness.everything", lambda *of: (runs.append(1), everything(*of))[1])
    for day in range(15):
        house = SqlLedgerStore(lambda day=day: NOW + timedelta(days=day), bring_up_to_date, LIGHT)
        house.open(folder, LAN.password).close()
    assert len(runs) == 2


def test_a_page_of_an_older_copy_is_noticed(house, folder):
    """Its seal is good, but it does not fit the others. Each page in turn, from a copy made before 200 lines were written and
    a scanned page was attached; those that say the same, or that nothing uses, may stay."""
    ledger = house.open(folder, LAN.password)
    with ledger.begin() as work:
        work.news.put_file(Evidence("ab" * 32, "quét.pdf", 40_000), bytes(40_000))
    ledger.close()
    older = (folder / "ledger.db").read_bytes()
    write(house, folder, 200)
    newer, lock = (folder / "ledger.db").read_bytes(), (folder / "lock").read_bytes()
    unnoticed = []
    changed = [at for at in range(0, len(older), 4096) if older[at : at + 4096] != newer[at : at + 4096]]
    for at in changed[::3]:
        (folder / "ledger.db").write_bytes(newer[:at] + older[at : at + 4096] + newer[at + 4096 :])
        told = outcome(lambda: notices(house, folder))
        assert told in ((), "LEDGER_DAMAGED", "JOURNAL_BROKEN")
        if not told:
            unnoticed.append(at // 4096 + 1)
        (folder / "lock").write_bytes(lock)
    assert len(changed) >= 4
    assert len(unnoticed) <= 1  # the one setting's page: valid, sealed, and older


def forged(folder, key, number: int) -> None:
    behind_our_back(folder, key, f"UPDATE journal SET event = json_set(event, '$.kind', 'no') WHERE number = {number}")


def crashed(house, folder) -> None:
    """A session that ends without closing; the lock's note of the one before is kept."""
    child = os.fork()
    if child == 0:
        house.open(folder, LAN.password)
        os._exit(0)
    os.waitpid(child, 0)
    assert json.loads((folder / "lock").read_bytes())["last"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_after_a_crash_all_of_a_large_file_is_checked(folder, key, monkeypatch):
    """Line 10 of 30, which no sample sees here."""
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    monkeypatch.setattr("storage.soundness._LINES", 2)
    house = SqlLedgerStore(lambda: NOW, bring_up_to_date, LIGHT)
    house._dice = Random(2)
    write(house, folder, 30)
    forged(folder, key, 10)
    house.open(folder, LAN.password).close()
    crashed(house, folder)
    assert code_of(lambda: house.open(folder, LAN.password)) == "JOURNAL_BROKEN"


def test_all_of_an_older_file_is_checked_before_it_goes_on(folder, key, monkeypatch):
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    monkeypatch.setattr("storage.soundness._LINES", 2)
    house = SqlLedgerStore(lambda: NOW, bring_up_to_date, LIGHT)
    house._dice = Random(2)
    write(house, folder, 30)
    forged(folder, key, 10)
    older = (folder / "ledger.db").read_bytes()
    write(house, folder, 1)
    (folder / "ledger.db").write_bytes(older)
    assert code_of(lambda: house.open(folder, LAN.password)) == "JOURNAL_BROKEN"


def test_an_older_file_is_another_instance(house, folder):
    """Two copies that both go on must be told apart, as after a restore."""
    older = (folder / "ledger.db").read_bytes()
    write(house, folder)
    instances = set()
    for content in ((folder / "ledger.db").read_bytes(), older):
        (folder / "ledger.db").write_bytes(content)
        ledger = house.open(folder, LAN.password)
        with ledger.begin() as work:
            instances.add(work.office.setting("instance"))
        ledger.close()
    assert len(instances) == 2


def test_the_end_of_a_long_journal_is_walked_whatever_is_drawn(house, folder, key, monkeypatch):
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    write(house, folder, 300)
    forged(folder, key, 290)
    with closing(open_file(folder / "ledger.db", key)) as connection:
        for seed in range(20):
            assert code_of(lambda seed=seed: soundness.glance(connection, folder, Random(seed))) == "JOURNAL_BROKEN"


def test_a_wrong_byte_in_a_small_file_is_found_each_time(house, folder):
    """In a scanned page that nobody would look at for months."""
    ledger = house.open(folder, LAN.password)
    with ledger.begin() as work:
        work.news.put_file(Evidence("ab" * 32, "quét.pdf", 40_000), bytes(40_000))
    ledger.close()
    content = bytearray((folder / "ledger.db").read_bytes())
    content[-3000] ^= 1
    (folder / "ledger.db").write_bytes(content)
    assert code_of(lambda: house.open(folder, LAN.password)) == "LEDGER_DAMAGED"


def test_of_a_large_file_some_rows_are_read_each_time(house, folder, key, monkeypatch):
    """The page of the persons is wrong: found when that table is among those drawn."""
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    with closing(open_file(folder / "ledger.db", key)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'person'").fetchall()
    content = bytearray((folder / "ledger.db").read_bytes())
    content[(page - 1) * 4096 + 2000] ^= 1
    (folder / "ledger.db").write_bytes(content)
    found = 0
    for seed in range(20):
        with closing(open_file(folder / "ledger.db", key)) as connection:
            found += outcome(lambda seed=seed: soundness.glance(connection, folder, Random(seed))) == "LEDGER_DAMAGED"
    assert 1 <= found <= 12


def test_what_a_sample_found_once_is_refused_for_good(house, folder, key, monkeypatch):
    """Another sample might miss it: after a refusal everything is checked."""
    monkeypatch.setattr("storage.soundness.SMALL_PAGES", 0)
    write(house, folder, 300)
    forged(folder, key, 290)
    assert code_of(lambda: house.open(folder, LAN.password)) == "JOURNAL_BROKEN"
    monkeypatch.setattr("storage.soundness.glance", None)
    assert code_of(lambda: house.open(folder, LAN.password)) == "JOURNAL_BROKEN"


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO sent_key VALUES ('k', 1, 'no such package')", "DROP INDEX news_by_date", "DROP TABLE sent_key"],
    ids=["reference", "index", "table"],
)
def test_after_a_crash_references_and_schema_are_checked_too(house, folder, key, statement):
    behind_our_back(folder, key, "PRAGMA foreign_keys = OFF", statement)
    (folder / "lock").write_text("left by a crash")
    assert code_of(lambda: house.open(folder, LAN.password)) == "LEDGER_DAMAGED"
