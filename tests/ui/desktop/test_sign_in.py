"""Who is let in: by password, with a pause after wrong ones; who was there last is proposed."""

from __future__ import annotations

import pytest

from forms.errors import StorageError
from forms.model.office import Office, PersonRole
from forms.model.org_unit import UnitKey
from tests.fakes import SINCE, FakeLedger, person
from ui.desktop.sign_in.presenter import PAUSES, CoverPresenter, Patience, SignInPresenter

RIGHT = "đúng mật khẩu"
LAN, HUNG = person("Lan", PersonRole.PREPARER), person("Hùng", PersonRole.HEAD)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


class Face:
    people, chosen, problem, paused, opened, uncovered = (), "", "", 0, None, None

    def show_people(self, people, chosen):
        self.people, self.chosen = people, chosen

    def show_problem(self, text):
        self.problem = text

    def pause(self, seconds):
        self.paused = seconds

    def let_in(self, ledger):
        self.opened = ledger

    def uncover(self, *, same_person):
        self.uncovered = same_person


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
def face():
    return Face()


@pytest.fixture
def door(face, clock, tmp_path):
    door = SignInPresenter(face, House(), tmp_path, clock)
    door.start(HUNG.keyid)
    return door


def test_everybody_is_listed_and_who_was_there_last_is_proposed(door, face):
    assert [words for _, words in face.people] == ["Người Lan – Người lập biểu", "Người Hùng – Thủ trưởng đơn vị"]
    assert face.chosen == HUNG.keyid


def test_one_slip_costs_nothing(door, face):
    door.sign_in(LAN.keyid, "sai")
    assert (face.problem, face.paused) == ("Mật khẩu không đúng.", 0)
    door.sign_in(LAN.keyid, RIGHT)
    assert face.opened == LAN.keyid


def test_the_pause_grows_and_ends_and_nobody_is_locked_out(door, face, clock):
    waits = []
    for _ in range(9):
        door.sign_in(LAN.keyid, "sai")
        waits.append(face.paused)
        clock.seconds += face.paused
    assert waits == [*PAUSES, PAUSES[-1], PAUSES[-1], PAUSES[-1]]
    door.sign_in(LAN.keyid, RIGHT)
    assert face.opened == LAN.keyid


def test_during_the_pause_not_even_the_right_password_is_looked_at(door, face, clock):
    for _ in range(2):
        door.sign_in(LAN.keyid, "sai")
    clock.seconds += 1.5
    door.sign_in(LAN.keyid, RIGHT)
    assert (face.opened, face.problem) == (None, "Vừa gõ sai mật khẩu. Đợi 1 giây rồi thử lại.")
    assert door._house.asked == 2
    clock.seconds += 0.5
    door.sign_in(LAN.keyid, RIGHT)
    assert face.opened


def test_nothing_typed_is_no_wrong_password(door, face):
    for _ in range(4):
        door.sign_in(LAN.keyid, "")
    assert (face.problem, face.paused, door._house.asked) == ("Chưa nhập mật khẩu.", 0, 0)


def test_a_refusal_that_is_no_wrong_password_costs_no_pause(face, clock, tmp_path):
    class Busy(House):
        def open(self, folder, password, keyid):
            raise StorageError("LEDGER_BUSY", "Sổ đang mở ở nơi khác.")

    door = SignInPresenter(face, Busy(), tmp_path, clock)
    for _ in range(3):
        door.sign_in(LAN.keyid, RIGHT)
    assert (face.problem, face.paused) == ("Sổ đang mở ở nơi khác.", 0)


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
    def __init__(self, face, clock):
        self.under_way = ""
        self.ledger = FakeLedger(Office(UnitKey("19804", SINCE), "Phường Hương An"), (LAN, HUNG))
        self.presenter = CoverPresenter(face, self.ledger, lambda: self.under_way, clock)

    def start(self, *, for_another=False):
        self.presenter.start(lambda: House().people(None), for_another=for_another)


@pytest.fixture
def cover(face, clock):
    return Cover(face, clock)


def test_left_alone_it_waits_for_who_was_there_and_left_to_another_for_the_next(cover, face):
    cover.start()
    assert face.chosen == LAN.keyid
    cover.start(for_another=True)
    assert face.chosen == HUNG.keyid


def test_the_same_person_goes_on_without_a_word_to_the_ledger(cover, face):
    before = cover.ledger.state.journal[:]
    cover.presenter.open(LAN.keyid, RIGHT)
    assert face.uncovered is True
    assert cover.ledger.state.journal == before


def test_another_person_signs_in_over_the_open_ledger(cover, face):
    cover.presenter.open(HUNG.keyid, RIGHT)
    assert (face.uncovered, cover.ledger.person) == (False, HUNG)


def test_a_wrong_password_uncovers_nothing_and_changes_nobody(cover, face):
    for keyid in (LAN.keyid, HUNG.keyid):
        cover.presenter.open(keyid, "sai")
    assert (face.uncovered, cover.ledger.person) == (None, LAN)
    assert face.paused == 2


def test_while_long_work_goes_on_only_who_began_it_comes_in(cover, face):
    cover.under_way = "Đang nhận vào sổ: 3 trên 40"
    cover.presenter.open(HUNG.keyid, RIGHT)
    assert face.uncovered is None
    assert "Đang nhận vào sổ: 3 trên 40" in face.problem
    assert LAN.name in face.problem
    cover.presenter.open(LAN.keyid, RIGHT)
    assert face.uncovered is True


def test_a_list_that_cannot_be_read_is_explained(cover, face):
    def broken():
        raise StorageError("SLOTS_DAMAGED", "Tệp slots.json bị hỏng.")

    cover.presenter.start(broken, for_another=False)
    assert (face.people, face.problem) == ((), "Tệp slots.json bị hỏng.")
