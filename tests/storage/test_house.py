"""A ledger is made whole, opened by who may, recovered by the paper in the safe."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from forms.errors import StorageError
from forms.model.office import PersonRole
from storage.engine import SCHEMA_VERSION, open_file
from storage.ledger_store import SqlLedgerStore
from storage.wrapping import LIGHT
from tests import inside
from tests.storage.conftest import HUNG, LAN, OFFICE, clock


def code_of(action) -> str:
    with pytest.raises(StorageError) as caught:
        action()
    assert caught.value.message.endswith(".")
    return caught.value.code


def history(ledger) -> int:
    with ledger.begin() as work:
        return work.journal.head()[1]


def test_a_new_ledger_knows_its_office_and_people(ledger):
    with ledger.begin() as work:
        assert work.office.get() == OFFICE
        assert {person.name for person in work.office.persons()} == {LAN.name, HUNG.name}
        assert work.journal.head()[1] == 1


def test_the_folder_holds_what_the_design_says(ledger, folder):
    assert {entry.name for entry in folder.iterdir()} == {
        "ledger.db", "ledger.db-journal", "slots.json", "lock", "backups",
    }  # fmt: skip


def test_who_may_sign_in_is_listed_without_a_password(house, folder):
    roles = {name: role for _, name, role in house.people(folder)}
    assert roles == {LAN.name: PersonRole.PREPARER, HUNG.name: PersonRole.HEAD}


def test_everyone_signs_in_with_their_own_password(house, folder):
    for newcomer in (LAN, HUNG):
        ledger = house.open(folder, newcomer.password)
        assert (ledger.person.name, ledger.person.role) == (newcomer.name, newcomer.role)
        ledger.close()


def test_the_head_seals_in_a_ledger_the_preparer_opened(ledger, house, folder):
    keyid = next(keyid for keyid, name, _ in house.people(folder) if name == HUNG.name)
    assert ledger.signer(keyid, HUNG.password).person.name == HUNG.name
    assert code_of(lambda: ledger.signer(keyid, LAN.password)) == "PASSWORD_WRONG"


def test_a_wrong_password_leaves_the_folder_free(house, folder):
    assert code_of(lambda: house.open(folder, "sai mật khẩu")) == "PASSWORD_WRONG"
    house.open(folder, LAN.password).close()


def test_an_open_ledger_is_busy_for_everybody_else(ledger, house, folder):
    assert code_of(lambda: house.open(folder, HUNG.password)) == "LEDGER_BUSY"


def test_no_ledger_there_is_said_so_and_nothing_is_made(house, tmp_path):
    assert code_of(lambda: house.open(tmp_path / "none", LAN.password)) == "LEDGER_MISSING"
    assert code_of(lambda: house.people(tmp_path)) == "LEDGER_MISSING"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_not_built_over(house, folder, tmp_path):
    before = (folder / "ledger.db").read_bytes()
    assert code_of(lambda: house.create(folder, OFFICE, [LAN])) == "LEDGER_EXISTS"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.docx").write_text("")
    assert code_of(lambda: house.create(tmp_path / "other", OFFICE, [LAN])) == "LEDGER_EXISTS"
    assert (folder / "ledger.db").read_bytes() == before


def test_an_empty_folder_may_become_a_ledger(house, tmp_path):
    (tmp_path / "new").mkdir()
    ledger, _ = house.create(tmp_path / "new", OFFICE, [LAN])
    ledger.close()
    house.open(tmp_path / "new", LAN.password).close()


def test_a_creation_that_fails_leaves_nothing(house, tmp_path):
    unfit = replace(HUNG, password="")
    assert code_of(lambda: house.create(tmp_path / "new", OFFICE, [LAN, unfit])) == "PASSWORD_UNFIT"
    broken = replace(OFFICE, name=None)  # a bug further up: the table refuses it in mid-creation
    with pytest.raises(Exception, match="NOT NULL"):
        house.create(tmp_path / "new", broken, [LAN])
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_not_opened(house, folder):
    file = folder / "ledger.db"
    file.write_bytes(os.urandom(8192))
    assert code_of(lambda: house.open(folder, LAN.password)) == "LEDGER_DAMAGED"


def test_after_a_crash_the_file_is_checked_from_end_to_end(house, folder):
    """A flipped byte that nobody would read for months is found at the next opening."""
    file = folder / "ledger.db"
    content = bytearray(file.read_bytes())
    content[-3000] ^= 1
    file.write_bytes(content)
    (folder / "lock").write_text("left by a crash")
    assert code_of(lambda: house.open(folder, LAN.password)) == "LEDGER_DAMAGED"
    assert (folder / "lock").read_text() != ""


def test_a_forged_journal_is_found_after_a_crash(house, folder):
    ledger = house.open(folder, LAN.password)
    with inside.connection(ledger) as connection:
        connection.execute("UPDATE journal SET event = json_set(event, '$.kind', 'nothing')")
    ledger.close()
    (folder / "lock").write_text("left by a crash")
    assert code_of(lambda: house.open(folder, LAN.password)) == "JOURNAL_BROKEN"


def test_somebody_new_gets_a_key_and_a_line_in_the_journal(ledger, house, folder):
    before = history(ledger)
    person = ledger.add_person("Lê Hoà", "Văn thư", PersonRole.PREPARER, "bốn từ khác hẳn")
    assert history(ledger) == before + 1
    ledger.close()
    again = house.open(folder, "bốn từ khác hẳn", "Lê Hoà")
    assert again.person == person
    with again.begin() as work:
        assert person in work.office.persons()
    again.close()


def test_who_leaves_is_locked_out(ledger, house, folder):
    keyid = next(keyid for keyid, name, _ in house.people(folder) if name == HUNG.name)
    ledger.remove_person(keyid)
    ledger.close()
    assert code_of(lambda: house.open(folder, HUNG.password)) == "PASSWORD_WRONG"


def test_a_changed_password_is_the_one_that_opens(ledger, house, folder):
    person = ledger.person
    ledger.change_password("mật khẩu mới tinh")
    ledger.close()
    assert code_of(lambda: house.open(folder, LAN.password)) == "PASSWORD_WRONG"
    again = house.open(folder, "mật khẩu mới tinh")
    assert again.person == person
    again.close()


def test_the_printed_code_gives_a_forgetful_person_a_new_key(house, folder, recovery_code):
    ledger = house.recover(folder, recovery_code.lower(), LAN.name, "lần này thì nhớ")
    assert (ledger.person.title, ledger.person.role) == (LAN.title, LAN.role)
    with ledger.begin() as work:
        assert [p.name for p in work.office.persons()].count(LAN.name) == 1
        assert ledger.person in work.office.persons()
    ledger.close()
    assert code_of(lambda: house.open(folder, LAN.password)) == "PASSWORD_WRONG"
    house.open(folder, HUNG.password).close()


def test_a_renewed_code_makes_the_old_paper_worthless(ledger, house, folder, recovery_code):
    code = ledger.new_recovery_code()
    ledger.close()
    assert code_of(lambda: house.recover(folder, recovery_code, LAN.name, LAN.password)) == "RECOVERY_WRONG"
    house.recover(folder, code, LAN.name, LAN.password).close()


def test_the_printed_code_lets_nobody_new_in(house, folder, recovery_code):
    before = (folder / "slots.json").read_bytes()
    assert code_of(lambda: house.recover(folder, recovery_code, "Người lạ", LAN.password)) == "PERSON_UNKNOWN"
    assert (folder / "slots.json").read_bytes() == before


NEXT = SCHEMA_VERSION + 1


def test_an_older_ledger_is_copied_and_then_brought_up_to_date(folder, house, monkeypatch):
    """As the next version will do it: the schema's number is one higher than the file's."""
    key = house.open(folder, LAN.password)
    secret = key._unlocked.database_key
    key.close()
    monkeypatch.setattr("storage.engine.SCHEMA_VERSION", NEXT)
    monkeypatch.setattr("storage.ledger_store.SCHEMA_VERSION", NEXT)

    def upgrade(connection):
        connection.execute(f"PRAGMA user_version = {NEXT}")

    SqlLedgerStore(clock, upgrade, LIGHT).open(folder, LAN.password).close()
    assert [file.name[:17] for file in (folder / "backups").iterdir()] == [f"before-schema-{NEXT}-f"]
    connection = open_file(folder / "ledger.db", secret)
    assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
    connection.close()


def test_an_upgrade_that_fails_leaves_the_folder_free_and_the_file_old(folder, house, monkeypatch):
    monkeypatch.setattr("storage.engine.SCHEMA_VERSION", NEXT)
    monkeypatch.setattr("storage.ledger_store.SCHEMA_VERSION", NEXT)

    def upgrade(connection):
        raise RuntimeError("bug")

    with pytest.raises(RuntimeError):
        SqlLedgerStore(clock, upgrade, LIGHT).open(folder, LAN.password)
    monkeypatch.undo()
    house.open(folder, LAN.password).close()
