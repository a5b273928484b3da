"""Our own packages and our own key, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import StorageError
from forms.model.period import Period
from tests.ui.desktop.parts import CATALOGUE, FakeFrame, Shown
from tests.ui.desktop.sticks import DIGITS, Q4, ChoosingAsk, StickProgram, commune, news, seal
from ui.desktop.packages.presenter import KeyPresenter, PackagesPresenter
from ui.desktop.shell import Location

SHORT = CATALOGUE.programme("nq28_hue").short_title
PLACE = str(Location("nq28_hue", Q4))
FILE = Path("/tmp/19804_2025-Q4_nq28_hue_R01.bdg")


class Desk:
    def __init__(self) -> None:
        self.program, self.face, self.keys, self.ask = StickProgram(), Shown(), Shown(), ChoosingAsk()
        self.frame = FakeFrame(self.ask)
        self.office = commune(self.program, "19804", 1, 8, 15, 22)
        self.screen = PackagesPresenter(self.face, self.office, self.program, self.frame)
        self.key = KeyPresenter(self.keys, self.office, self.program, self.frame)

    def row(self) -> list[str]:
        return [item.text for item in self.face.rows[0].items]


@pytest.fixture
def xa() -> Desk:
    return Desk()


@pytest.fixture
def sealed(xa) -> Desk:
    xa.raw = seal(xa.office)
    xa.screen.start()
    return xa


def test_before_the_first_sealing_there_is_nothing_to_choose(xa):
    xa.screen.start()
    assert (xa.face.rows, xa.face.chosen) == ((), None)
    xa.screen.export()
    xa.screen.reopen()
    assert (xa.ask.asked, xa.program.written) == ([], {})


def test_a_sealed_report_is_listed_with_its_digits(sealed):
    assert sealed.row() == [
        *(
            "Quý IV năm 2025",
            f"{SHORT}\n01-Q  Biểu tin, bài về bình đẳng giới trên hệ thống thông tin cơ sở",
            "1",
            "Đã niêm phong",
        ),
    ]
    assert sealed.face.chosen.digits.split() == ["12345"] * 6
    assert sealed.face.chosen.can_reopen


def test_the_file_is_written_out_again_byte_for_byte(sealed):
    sealed.screen.export()
    assert sealed.program.written == {FILE: sealed.raw}
    assert sealed.frame.said == [f"Đã lưu {FILE.name} vào {FILE.parent}."]
    assert sealed.row()[3] == "Đã xuất gói"


def test_giving_up_the_folder_writes_nothing(sealed):
    sealed.ask.place = None
    sealed.screen.export()
    assert (sealed.program.written, sealed.row()[3]) == ({}, "Đã niêm phong")


def test_a_full_stick_is_said_and_the_report_stays_as_it_was(sealed):
    def full(_path, _data):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    sealed.program.write_file = full
    sealed.screen.export()
    assert sealed.ask.asked == ["DISK_FULL"]
    sealed.screen.start()
    assert sealed.row()[3] == "Đã niêm phong"


def test_a_correction_is_opened_after_a_yes_and_entry_is_shown(sealed):
    sealed.screen.reopen()
    assert sealed.ask.asked == ["Mở bản thay thế quý IV năm 2025?"]
    assert sealed.frame.gone == [("entry", PLACE)]
    assert sealed.office.entry.open("nq28_hue", Q4).revision == 2


def test_without_a_yes_the_report_stays_sealed(sealed):
    sealed.ask.yes = False
    sealed.screen.reopen()
    assert sealed.frame.gone == []
    assert sealed.office.entry.open("nq28_hue", Q4).revision == 1


def test_while_a_correction_is_open_the_package_that_was_sent_can_be_written_out(sealed):
    sealed.screen.reopen()
    sealed.screen.start()
    assert sealed.row()[2:] == ["1", "Đang sửa bản thay thế, lần 2"]
    assert not sealed.face.chosen.can_reopen
    sealed.screen.export()
    assert sealed.program.written == {FILE: sealed.raw}


def test_a_sealed_correction_is_the_second_sending(sealed):
    sealed.screen.reopen()
    news(sealed.office, 29)
    seal(sealed.office, "Thêm tin")
    sealed.screen.start()
    assert sealed.row()[2:] == ["2", "Đã niêm phong"]


def test_another_screen_may_ask_for_a_report(sealed):
    for asked in (PLACE, f"{PLACE}news_counted"):
        sealed.screen.start(asked)
        assert sealed.face.standing == PLACE


def test_of_a_report_without_a_package_none_is_shown_and_no_other_in_its_place(sealed):
    sealed.screen.start(str(Location("nq28_hue", Period("2020-Q1"))))
    assert (sealed.face.standing, sealed.face.chosen) == ("", None)


def test_a_package_that_was_never_written_out_is_written_for_the_first_time(sealed):
    assert sealed.face.chosen.export == "Xuất tệp…"
    sealed.screen.export()
    assert sealed.face.chosen.export == "Xuất lại tệp…"


def test_who_signed_in_stands_first_and_needs_no_password(xa):
    xa.key.start()
    assert [words for words, _ in xa.keys.people] == [
        *("Người P19804 – Người lập biểu", "Người H19804 – Thủ trưởng đơn vị"),
    ]
    assert not xa.keys.asks_password


def test_the_key_file_is_written_and_the_sheet_carries_its_digits(xa):
    xa.key.start()
    _, keyid = xa.keys.people[0]
    xa.key.make(keyid, "")
    assert xa.program.written == {Path(f"/tmp/19804_preparer_{keyid[:8]}.bdk"): b"key"}
    assert xa.keys.sheet.digits == DIGITS
    assert f"30 chữ số đối chiếu: {DIGITS}" in xa.keys.sheet.text
    assert "Đơn vị: Phường Hương An, Thành phố Huế (mã 19804)" in xa.keys.sheet.text


def test_the_head_types_a_password_for_a_key_file(xa):
    xa.key.start()
    _, head = xa.keys.people[1]
    xa.key.choose(head)
    assert xa.keys.asks_password
    xa.key.make(head, "sai")
    assert xa.keys.problem == "Mật khẩu không đúng. Gõ lại."
    xa.key.make(head, "đúng mật khẩu")
    assert (xa.keys.problem, xa.keys.sheet.person) == ("", "Người H19804")


def test_another_person_takes_the_sheet_away(xa):
    xa.key.start()
    xa.key.make(xa.keys.people[0][1], "")
    xa.key.choose(xa.keys.people[1][1])
    assert xa.keys.sheet is None


def test_the_sheet_is_saved_where_it_is_asked_to_be(xa):
    xa.key.start()
    xa.key.save_sheet(lambda sheet: b"early")
    _, keyid = xa.keys.people[0]
    xa.key.make(keyid, "")
    xa.key.save_sheet(lambda sheet: sheet.digits.encode())
    assert xa.program.written[Path(f"/tmp/19804_preparer_{keyid[:8]}_phieu.pdf")] == DIGITS.encode()
    assert b"early" not in xa.program.written.values()
