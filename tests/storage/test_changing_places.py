"""One person leaves the place to another while the ledger stays open."""

from __future__ import annotations

import json

import pytest

from forms.errors import StorageError
from forms.model.office import PersonRole
from storage import ledger as ledger_module
from tests import inside
from tests.storage.conftest import HUNG, LAN


def keyid_of(house, folder, name: str) -> str:
    return next(keyid for keyid, called, _ in house.people(folder) if called == name)


@pytest.fixture
def hung(house, folder):
    return keyid_of(house, folder, HUNG.name)


def lines(ledger) -> list[tuple[str, str]]:
    """(what happened, by whose key) of every line of the journal."""
    with inside.connection(ledger) as connection:
        rows = connection.execute("SELECT event FROM journal ORDER BY number").fetchall()
    events = [json.loads(event) for (event,) in rows]
    return [(event["kind"], event["person"]) for event in events]


def note(ledger) -> None:
    with ledger.begin() as work:
        work.journal.append("setting", {"name": "test"})


def test_what_is_written_from_then_on_is_by_the_other_person(ledger, hung):
    lan = ledger.person.keyid
    note(ledger)
    ledger.switch(hung, HUNG.password)
    note(ledger)
    assert (ledger.person.name, ledger.person.role) == (HUNG.name, PersonRole.HEAD)
    assert lines(ledger)[1:] == [("setting", lan), ("signed_in", hung), ("setting", hung)]
    assert ledger.verify()[1] == 4


def test_the_key_of_who_left_is_not_at_hand_any_more(ledger, hung):
    lan = ledger.person.keyid
    ledger.switch(hung, HUNG.password)
    assert ledger.own_signer().person.keyid == hung
    with pytest.raises(StorageError, match="Mật khẩu không đúng"):
        ledger.signer(lan, HUNG.password)


@pytest.mark.parametrize(
    ("who", "password", "code"),
    [
        ("hung", LAN.password, "PASSWORD_WRONG"),
        ("hung", "", "PASSWORD_UNFIT"),
        ("nobody", HUNG.password, "PERSON_UNKNOWN"),
    ],
)
def test_a_refusal_leaves_who_was_there(ledger, hung, who, password, code):
    lan = ledger.person.keyid
    with pytest.raises(StorageError) as refused:
        ledger.switch(hung if who == "hung" else "ab" * 16, password)
    assert refused.value.code == code
    note(ledger)
    assert ledger.person.keyid == lan
    assert lines(ledger)[1:] == [("setting", lan)]


def test_a_disk_that_fails_at_that_moment_leaves_who_was_there(ledger, hung, monkeypatch):
    lan = ledger.person.keyid

    def full():
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    with monkeypatch.context() as patch:
        patch.setattr(ledger._database, "begin", full)
        with pytest.raises(StorageError, match="Ổ đĩa đầy"):
            ledger.switch(hung, HUNG.password)
    note(ledger)
    assert ledger.person.keyid == lan
    assert lines(ledger)[1:] == [("setting", lan)]


def test_the_same_person_may_come_again(ledger):
    lan = ledger.person.keyid
    ledger.switch(lan, LAN.password)
    assert lines(ledger)[1:] == [("signed_in", lan)]


def test_a_new_password_counts_from_the_next_time_on(ledger, hung):
    lan = ledger.person.keyid
    ledger.change_password("mật khẩu mới của Lan")
    ledger.switch(hung, HUNG.password)
    with pytest.raises(StorageError):
        ledger.switch(lan, LAN.password)
    ledger.switch(lan, "mật khẩu mới của Lan")
    assert ledger.person.name == LAN.name


def test_the_other_persons_own_password_is_changed_and_nobody_elses(ledger, house, folder, hung):
    ledger.switch(hung, HUNG.password)
    ledger.change_password("mật khẩu mới của Hùng")
    ledger.close()
    for password, name in ((LAN.password, LAN.name), ("mật khẩu mới của Hùng", HUNG.name)):
        opened = house.open(folder, password, name)
        assert opened.person.name == name
        opened.close()


def test_the_folder_stays_locked_to_other_programs(ledger, house, folder, hung):
    ledger.switch(hung, HUNG.password)
    with pytest.raises(StorageError) as refused:
        house.open(folder, LAN.password)
    assert refused.value.code == "LEDGER_BUSY"
    assert ledger_module.BACKUPS in {entry.name for entry in folder.iterdir()}
