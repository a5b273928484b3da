"""Who is let in: by password, with a pause after wrong ones; who was there last is proposed."""

from __future__ import annotations

import pytest

from forms.errors import StorageError
from forms.model.office import Office, PersonRole
from forms.model.org_unit import UnitKey
from tests.fakes import SINCE, FakeLedger, person
from ui.desktop.sign_in.presenter import PAUSES, CoverPresenter, NotLetIn, Patience, SignInPresenter

RIGHT = "đúng mật khẩu"
LAN, HUNG = person("Lan", PersonRole.PREPARER), person("Hùng", PersonRole.HEAD)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


class House:
    """Opens with the right password, and counts how often it is asked."""

    asked = 0

    def people(self, folder):
        return tuple((one.keyid, one.name, one.role) for one in (LAN, HUNG))

    def open(self, folder, password, keyid):
        self.asked += 1
        if password != RIGHT:
            raise StorageError("PASSWORD_WRONG", "Mật khẩu không đúng.")
        return keyid


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def door(clock, tmp_path):
    return SignInPresenter(House(), tmp_path, clock)


def test_everybody_is_listed_and_who_was_there_last_is_proposed(door):
    who = door.people(HUNG.keyid)
    assert [words for _, words in who.people] == ["Người Lan – Người lập biểu", "Người Hùng – Thủ trưởng đơn vị"]
    assert who.chosen == HUNG.keyid


def test_one_slip_costs_nothing(door):
    assert door.sign_in(LAN.keyid, "sai") == NotLetIn("Mật khẩu không đúng.", 0)
    assert door.sign_in(LAN.keyid, RIGHT) == LAN.keyid


def test_the_pause_grows_and_ends_and_nobody_is_locked_out(door, clock):
    waits = []
    for _ in range(9):
        waits.append(door.sign_in(LAN.keyid, "sai").pause)
        clock.seconds += waits[-1]
    assert waits == [*PAUSES, PAUSES[-1], PAUSES[-1], PAUSES[-1]]
    assert door.sign_in(LAN.keyid, RIGHT) == LAN.keyid


def test_during_the_pause_not_even_the_right_password_is_looked_at(door, clock):
    for _ in range(2):
        door.sign_in(LAN.keyid, "sai")
    clock.seconds += 1.5
    assert door.sign_in(LAN.keyid, RIGHT) == NotLetIn("Vừa gõ sai mật khẩu. Đợi 1 giây rồi thử lại.", 1)
    assert door._house.asked == 2
    clock.seconds += 0.5
    assert door.sign_in(LAN.keyid, RIGHT) == LAN.keyid


def test_nothing_typed_is_no_wrong_password(door):
    assert {door.sign_in(LAN.keyid, "") for _ in range(4)} == {NotLetIn("Chưa nhập mật khẩu.", 0)}
    assert door._house.asked == 0


def test_a_refusal_that_is_no_wrong_password_costs_no_pause(clock, tmp_path):
    class Busy(House):
        def open(self, folder, password, keyid):
            raise StorageError("LEDGER_BUSY", "Sổ đang mở ở nơi khác.")

    door = SignInPresenter(Busy(), tmp_path, clock)
    assert {door.sign_in(LAN.keyid, RIGHT) for _ in range(3)} == {NotLetIn("Sổ đang mở ở nơi khác.", 0)}


def test_patience_counts_down_in_whole_seconds(clock):
    patience = Patience(clock)
    patience.wrong()
    patience.wrong()
    assert patience.left == 2
    clock.seconds += 0.2
    assert patience.left == 2
    clock.seconds += 2
    assert patience.left == 0


class Cover:
    def __init__(self, clock):
        self.under_way = ""
        self.ledger = FakeLedger(Office(UnitKey("19804", SINCE), "Phường Hương An"), (LAN, HUNG))
        self.presenter = CoverPresenter(self.ledger, lambda: self.under_way, clock)

    def who(self, *, for_another=False):
        return self.presenter.people(lambda: House().people(None), for_another=for_another)


@pytest.fixture
def cover(clock):
    return Cover(clock)


def test_left_alone_it_waits_for_who_was_there_and_left_to_another_for_the_next(cover):
    assert cover.who().chosen == LAN.keyid
    assert cover.who(for_another=True).chosen == HUNG.keyid


def test_the_same_person_goes_on_without_a_word_to_the_ledger(cover):
    before = cover.ledger.state.journal[:]
    assert cover.presenter.open(LAN.keyid, RIGHT) is True
    assert cover.ledger.state.journal == before


def test_another_person_signs_in_over_the_open_ledger(cover):
    assert cover.presenter.open(HUNG.keyid, RIGHT) is False
    assert cover.ledger.person == HUNG


def test_a_wrong_password_uncovers_nothing_and_changes_nobody(cover):
    pauses = [cover.presenter.open(keyid, "sai").pause for keyid in (LAN.keyid, HUNG.keyid)]
    assert (pauses, cover.ledger.person) == ([0, 2], LAN)


def test_while_long_work_goes_on_only_who_began_it_comes_in(cover):
    cover.under_way = "Đang nhận vào sổ: 3 trên 40"
    refused = cover.presenter.open(HUNG.keyid, RIGHT)
    assert "Đang nhận vào sổ: 3 trên 40" in refused.problem
    assert LAN.name in refused.problem
    assert cover.presenter.open(LAN.keyid, RIGHT) is True


def test_a_list_that_cannot_be_read_is_explained(cover):
    def broken():
        raise StorageError("SLOTS_DAMAGED", "Tệp slots.json bị hỏng.")

    who = cover.presenter.people(broken, for_another=False)
    assert (who.people, who.problem) == ((), "Tệp slots.json bị hỏng.")
