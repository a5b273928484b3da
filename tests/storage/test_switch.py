"""Somebody else signs in without closing: the journal is theirs from then on, or nothing has changed."""

from __future__ import annotations

import pytest

from tests import inside
from tests.storage.conftest import HUNG, LAN


@pytest.fixture
def hung(house, folder):
    return next(keyid for keyid, name, _ in house.people(folder) if name == HUNG.name)


def lines(ledger) -> list[tuple[str, str]]:
    """(kind, who) of the journal, from the second line on."""
    with inside.connection(ledger) as connection:
        rows = connection.execute("SELECT event ->> 'kind', event ->> 'person' FROM journal WHERE number > 1")
        return [tuple(row) for row in rows]


def write(ledger) -> None:
    with ledger.begin() as work:
        work.journal.append("cell", {})


def test_who_switches_writes_the_journal_from_then_on(ledger, hung):
    lan = ledger.person.keyid
    write(ledger)
    ledger.switch(hung, HUNG.password)
    write(ledger)
    assert (ledger.person.name, ledger.own_signer().person.keyid) == (HUNG.name, hung)
    ledger.switch(lan, LAN.password)
    write(ledger)
    assert lines(ledger) == [("cell", lan), ("signed_in", hung), ("cell", hung), ("signed_in", lan), ("cell", lan)]
    assert ledger.verify()[1] == 6


@pytest.mark.parametrize(
    ("who", "password", "code"), [("hung", LAN.password, "PASSWORD_WRONG"), ("ff" * 16, "x", "PERSON_UNKNOWN")]
)
def test_a_wrong_password_leaves_who_was_there(ledger, hung, who, password, code):
    with pytest.raises(Exception) as refused:
        ledger.switch(hung if who == "hung" else who, password)
    assert refused.value.code == code
    write(ledger)
    assert ledger.person.name == LAN.name
    assert lines(ledger) == [("cell", ledger.person.keyid)]


@pytest.mark.parametrize("failure", [OSError("đĩa"), KeyboardInterrupt()])
def test_a_switch_that_cannot_be_written_down_is_none(ledger, hung, monkeypatch, failure):
    """Else the next lines would be signed with the key of somebody who never came in."""

    def gone(_self, _kind, _detail):
        raise failure

    with monkeypatch.context() as failing:
        failing.setattr("storage.stores.journal.SqlJournal.append", gone)
        with pytest.raises(BaseException):  # noqa: B017 - storage says it in its own words
            ledger.switch(hung, HUNG.password)
    write(ledger)
    assert (ledger.person.name, lines(ledger)) == (LAN.name, [("cell", ledger.person.keyid)])


def test_after_a_switch_and_a_restart_both_passwords_still_open(ledger, hung, folder, house):
    ledger.switch(hung, HUNG.password)
    ledger.change_password("mật khẩu mới của Hùng")
    ledger.close()
    for password, name in (("mật khẩu mới của Hùng", HUNG.name), (LAN.password, LAN.name)):
        again = house.open(folder, password)
        assert again.person.name == name
        again.close()


def test_a_head_that_signed_in_by_switching_seals_with_the_key_of_the_slot(ledger, hung):
    ledger.switch(hung, HUNG.password)
    assert ledger.own_signer().sign(b"x") == ledger.signer(hung, HUNG.password).sign(b"x")
