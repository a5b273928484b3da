"""Letters to those whose report has not come: without a window, then by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import StorageError
from main import workbench
from tests.ui.desktop.keyboard import Hands, Key, in_front_of
from tests.ui.desktop.parts import FakeFrame, desk_of
from tests.ui.desktop.sticks import HUE, Q4, ChoosingAsk, StickProgram, bring
from tests.ui.desktop.test_printing_keys import dialog, said
from ui.desktop.main_window import MainWindow
from ui.desktop.receiving.presenter import Reminding
from ui.desktop.shell import Location

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


class Face:
    words = ""

    def show_written(self, words) -> None:
        self.words = words


class Screen:
    """Huế, to which all but one of forty have still to send."""

    def __init__(self) -> None:
        self.program, self.face, self.ask = StickProgram(), Face(), ChoosingAsk()
        self.frame = FakeFrame(self.ask)
        desk = desk_of(self.program, HUE, collates=True)
        paths = bring(self.program, desk, c19804=4)
        desk.receiving.receive(self.program.find_packages(paths).files, "Người nhận")
        self.reminding = Reminding(self.face.show_written, desk, self.program, self.frame, Location("nq28_hue", Q4))


@pytest.fixture
def hue() -> Screen:
    return Screen()


def test_it_is_said_who_is_reminded_of_what(hue):
    assert hue.reminding.title == "Đôn đốc 39 xã, phường chưa gửi"
    assert hue.reminding.words.startswith("Báo cáo quý IV năm 2025, chưa đặt hạn gửi: ")
    assert hue.reminding.words.endswith(" và 33 xã, phường khác.")


def test_each_has_a_letter_of_its_own(hue, tmp_path):
    hue.ask.place = tmp_path
    hue.reminding.write("docx", merged=False)
    assert len(hue.program.written) == 39
    assert hue.program.written[tmp_path / "don-doc_2025-Q4_nq28_hue_19753.docx"] == b"docx"
    assert tmp_path / "don-doc_2025-Q4_nq28_hue_19804.docx" not in hue.program.written
    assert hue.face.words == f"Đã ghi 39 công văn vào {tmp_path}."
    hue.reminding.open_folder()
    assert hue.ask.opened == [tmp_path]


def test_one_letter_goes_to_all(hue, tmp_path):
    hue.ask.place = tmp_path
    hue.reminding.write("pdf", merged=True)
    assert list(hue.program.written) == [tmp_path / "don-doc_2025-Q4_nq28_hue_tat_ca.pdf"]


def test_a_letter_that_somebody_worked_on_is_replaced_only_when_told_so(hue, tmp_path):
    hue.ask.place, hue.ask.yes = tmp_path, False
    (tmp_path / "don-doc_2025-Q4_nq28_hue_tat_ca.docx").write_bytes(b"da sua")
    hue.reminding.write("docx", merged=True)
    assert (hue.ask.asked, hue.program.written) == (["Thay 1 công văn đã có trong thư mục?"], {})
    hue.reminding.write("pdf", merged=True)
    assert len(hue.program.written) == 1, "the other kind replaces nothing"
    hue.ask.yes = True
    hue.reminding.write("docx", merged=True)
    assert len(hue.program.written) == 2


def test_without_a_folder_nothing_is_written_and_a_full_disk_is_told(hue, tmp_path):
    hue.ask.place = None
    hue.reminding.write("docx", merged=True)
    assert hue.program.written == {}

    def full(_path: Path, _data: bytes) -> Path:
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    hue.ask.place, hue.program.write_file = tmp_path, full
    hue.reminding.write("docx", merged=True)
    assert (hue.ask.asked, hue.face.words) == (["DISK_FULL"], "")


@pytest.fixture
def hands(qtbot, tmp_path) -> Hands:
    program, ask = StickProgram(home=tmp_path / "so"), ChoosingAsk()
    ask.place = tmp_path
    desk = desk_of(program, HUE, collates=True)
    desk.ledger.folder = tmp_path
    window = MainWindow(program, workbench, ask)
    window.open_ledger(desk.ledger)
    made = in_front_of(qtbot, window)
    made.visit("receiving")
    return made


def test_the_letters_are_written_by_keys(hands, tmp_path):
    hands.push("Công văn đôn đốc…")
    assert (hands.here, "Đôn đốc 40 xã, phường chưa gửi" in said(dialog())) == ("Cách gửi", True)
    hands.press(Key.Key_Down)
    hands.go_to("Dạng tệp")
    hands.press(Key.Key_Down)
    hands.push("Ghi vào thư mục…")
    assert [path.name for path in hands.window.program.written] == ["don-doc_2025-Q4_nq28_hue_tat_ca.pdf"]
    assert hands.here == "Mở thư mục"
    hands.press(Key.Key_Space)
    assert hands.window.ask.opened == [tmp_path]
    hands.press(Key.Key_Escape)
    assert hands.here == "Công văn đôn đốc…"
