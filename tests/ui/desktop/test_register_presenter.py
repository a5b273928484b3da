"""The register of keys without a window: digits come from paper, revocation is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from forms.model.org_unit import UnitKey
from tests.ui.desktop.parts import UNITS, FakeFrame, Shown, desk_of
from tests.ui.desktop.sticks import DIGITS, HUE, ChoosingAsk, KeyCodec, StickProgram
from ui.desktop.receiving.register_presenter import Applicant, RegisterPresenter

KEY, NOT_A_KEY = Path("/stick/khoa.bdg"), Path("/stick/khac.bdg")


class Desk:
    def __init__(self, codec: KeyCodec | None = None) -> None:
        self.program = StickProgram(stick={KEY: b"key", NOT_A_KEY: b"?"}, codec=codec or KeyCodec())
        self.face, self.ask = Shown(), ChoosingAsk(files=[KEY])
        self.frame = FakeFrame(self.ask)
        self.office = desk_of(self.program, HUE, collates=True)
        self.screen = RegisterPresenter(self.face, self.office, self.program, self.frame)

    @property
    def states(self) -> list[str]:
        return [row.items[4].text for row in self.face.keys]


@pytest.fixture
def hue() -> Desk:
    desk = Desk()
    desk.screen.refresh()
    return desk


def test_a_key_file_says_who_it_claims_to_belong_to(hue):
    """The file calls 19804 “Xã Bình Điền”; the catalogue knows better."""
    hue.screen.choose_file()
    assert hue.face.applicant == Applicant("Phường Hương An (mã 19804)", "Lê Thị Mới, Chủ tịch", "Thủ trưởng đơn vị")
    assert (hue.face.counted, hue.face.complete) == ("0 trong 30 chữ số", False)


def test_the_digits_of_the_file_are_never_shown(hue):
    hue.screen.choose_file()
    assert DIGITS not in repr(hue.face)


def test_typed_digits_are_counted_however_they_are_grouped(hue):
    hue.screen.typed("11111-22222 333")
    assert (hue.face.counted, hue.face.complete) == ("13 trong 30 chữ số", False)
    hue.screen.typed(DIGITS)
    assert (hue.face.counted, hue.face.complete) == ("30 trong 30 chữ số", True)
    hue.screen.typed(DIGITS + "7")
    assert (hue.face.counted, hue.face.complete) == ("Thừa 1 chữ số", False)


def test_the_right_digits_let_the_key_in(hue):
    hue.screen.choose_file()
    hue.screen.enrol(DIGITS.replace(" ", ""))
    assert hue.face.applicant is None
    assert hue.states == ["Đang dùng"]
    assert hue.frame.said == ["Đã đăng ký khóa của Lê Thị Mới, Phường Hương An."]


def test_wrong_digits_keep_the_key_out_and_say_why(hue):
    hue.screen.choose_file()
    hue.screen.enrol(DIGITS.replace("1", "2"))
    assert "không khớp" in hue.face.problem
    assert hue.face.applicant
    assert hue.face.keys == ()


def test_a_file_that_is_no_key_file_is_refused(hue):
    hue.ask.files = [NOT_A_KEY]
    hue.screen.choose_file()
    assert (hue.ask.asked, hue.face.applicant) == (["CONTAINER"], None)


def test_giving_up_shows_the_list_again(hue):
    hue.screen.choose_file()
    hue.screen.give_up()
    assert hue.face.applicant is None
    hue.ask.files = []
    hue.screen.choose_file()
    assert hue.face.applicant is None


def test_a_key_is_revoked_only_after_a_yes(hue):
    hue.screen.choose_file()
    hue.screen.enrol(DIGITS)
    keyid = hue.face.keys[0].id
    hue.ask.yes = False
    hue.screen.revoke(keyid)
    assert hue.states == ["Đang dùng"]
    hue.ask.yes = True
    hue.screen.revoke(keyid)
    assert hue.states == ["Thu hồi 31/12/2025"]


def test_an_unknown_key_is_not_asked_about(hue):
    hue.screen.revoke("0" * 32)
    assert hue.ask.asked == []


class AgencyCodec(KeyCodec):
    """The key file is of an agency that the catalogue lacks."""

    def read_enrolment(self, data):
        health = UnitKey("46-SYT", UNITS.get(HUE, date(2025, 12, 31)).valid_from)
        return replace(super().read_enrolment(data), unit=health, unit_name="Sở Y tế")


@pytest.fixture
def health() -> Desk:
    desk = Desk(AgencyCodec())
    desk.screen.choose_file()
    return desk


def test_an_agency_is_made_a_unit_below_us_once_confirmed_and_let_in(health):
    health.screen.enrol(DIGITS)
    assert health.ask.asked == ["Thêm Sở Y tế vào danh sách đơn vị?"]
    assert health.frame.said == ["Đã đăng ký khóa của Lê Thị Mới, Sở Y tế."]
    unit = health.office.units.all().get("46-SYT", date(2025, 12, 31))
    assert (unit.full_name, unit.kind, unit.parent) == ("Sở Y tế", "agency", HUE)


def test_without_a_yes_no_unit_is_made(health):
    health.ask.yes = False
    health.screen.enrol(DIGITS)
    assert "46-SYT" in health.face.problem
    assert health.states == []


def test_wrong_digits_ask_for_no_unit(health):
    health.screen.enrol(DIGITS.replace("1", "2"))
    assert health.ask.asked == []
    assert "không khớp" in health.face.problem
