"""The clerk's work by keys only: see, issue, number, hold against today, save, print."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from main import workbench
from tests.ui.desktop.keyboard import ALT, CTRL, Hands, Key, in_front_of
from tests.ui.desktop.parts import desk_of
from tests.ui.desktop.sticks import HUE, ChoosingAsk, StickProgram, bring, commune, seal
from tests.ui.desktop.test_receiving_views import SHEET
from ui.desktop.main_window import MainWindow
from ui.desktop.packages.view import sheet_pdf
from ui.desktop.printing.view import PrintingView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
TABS = "Các thẻ của Báo cáo in"


@pytest.fixture
def sit_down(qtbot, tmp_path):
    """In front of the printing page: of a commune whose quarter is sealed, or of Huế with one package."""

    def made(code: str = "19804") -> Hands:
        program = StickProgram(home=tmp_path / "so", paper=sheet_pdf(SHEET))
        if code == HUE:
            desk = desk_of(program, HUE, collates=True)
            receive(program, desk, c19804=4)
        else:
            desk = commune(program, code, 1, 2, 3, 4)
            seal(desk)
        desk.ledger.folder = tmp_path
        window = MainWindow(program, workbench, ChoosingAsk())
        window.open_ledger(desk.ledger)
        hands = in_front_of(qtbot, window)
        hands.visit("printing")
        hands.settle()
        return hands

    return made


def receive(program: StickProgram, desk, **communes: int) -> None:
    desk.receiving.receive(program.find_packages(bring(program, desk, **communes)).files, "Người nhận")


def page(hands: Hands) -> PrintingView:
    return hands.window.workbench.screen_shown


def written(hands: Hands) -> list[str]:
    return [path.name for path in hands.window.program.written]


def dialog() -> QDialog:
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, QDialog)
    return shown


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_word_is_saved_and_its_folder_opened(sit_down):
    hands = sit_down()
    hands.go_to("Nội dung in")
    hands.press(Key.Key_Down)
    hands.push("Lưu Word…", Key.Key_Backtab)
    assert written(hands) == ["19804_2025-Q4_nq28_hue_bieu.docx"]
    hands.push("Mở thư mục")
    assert hands.window.ask.opened == [Path("/tmp")]


def test_a_report_is_issued_numbered_looked_at_and_saved(sit_down):
    hands = sit_down()
    hands.push("Phát hành…")
    assert hands.here == "Bản đã phát hành", "the list, at what was just issued"
    hands.push("Ghi số, ngày, người ký…", Key.Key_Backtab)
    assert (dialog().windowTitle(), hands.here) == ("Số, ngày, người ký", "Số, ký hiệu")
    hands.type("12")
    hands.press(Key.Key_Return)
    hands.type("5/1/26")
    hands.press(Key.Key_Return)
    hands.type("Tran Van Hung")
    hands.press(Key.Key_Return)
    (issue,) = hands.window.workbench.desk.publishing.every()
    assert (issue.filled.number, f"{issue.filled.issued:%d/%m/%Y}", issue.filled.signer) == (
        "12",
        "05/01/2026",
        "Tran Van Hung",
    )
    hands.go_to("Bản đã phát hành")
    hands.press(Key.Key_Return)
    assert hands.here == "Bản xem trước của báo cáo"
    assert "Quý IV năm 2025, bản nội bộ, số 12" in said(page(hands))
    hands.push("Lưu PDF…", Key.Key_Backtab)
    assert written(hands) == ["19804_2025-Q4_nq28_hue_phat-hanh_20251231_so-12.pdf"]
    hands.go_to("Bản xem trước của báo cáo")
    hands.press(Key.Key_Escape)
    assert hands.here == "Bản đã phát hành"


def test_another_number_is_refused_in_place_until_there_is_a_reason(sit_down):
    hands = sit_down()
    hands.push("Phát hành…")
    for number, more in (("12", ""), ("15", "Cap nham so")):
        hands.push("Ghi số, ngày, người ký…", Key.Key_Backtab)
        hands.press(Key.Key_A, CTRL)
        hands.type(number)
        hands.press(Key.Key_Return, times=3)
        if more:
            assert hands.here == "Lý do ghi lại"
            hands.press(Key.Key_Return)
            assert "phải nêu lý do" in said(dialog())
            assert hands.here == "Lý do ghi lại"
            hands.type(more)
            hands.press(Key.Key_Return)
        hands.go_to("Bản đã phát hành")
    (issue,) = hands.window.workbench.desk.publishing.every()
    assert issue.filled.number == "15"


def test_what_changed_since_is_a_list_one_leaves_with_escape(sit_down):
    hands = sit_down(HUE)
    hands.push("Phát hành…")
    receive(hands.window.program, hands.window.workbench.desk, c19753=4)
    hands.push("Từ khi phát hành", Key.Key_Backtab)
    assert hands.here == "Từ khi phát hành"
    assert hands.focus.model().rowCount() > 5
    hands.press(Key.Key_Escape)
    assert hands.here == "Bản đã phát hành"


def test_the_tabs_are_walked_with_the_arrows(sit_down):
    hands = sit_down()
    hands.go_to(TABS)
    hands.press(Key.Key_Right)
    assert "Chưa phát hành bản nào." in said(page(hands))
    assert not page(hands)._buttons[0].isEnabled()
    hands.press(Key.Key_Left)
    assert page(hands)._buttons[0].isEnabled()


def test_fields_of_the_dialog_have_letters(sit_down):
    hands = sit_down()
    hands.push("Phát hành…")
    hands.push("Ghi số, ngày, người ký…", Key.Key_Backtab)
    for letter, name in ((Key.Key_N, "Ngày ban hành"), (Key.Key_G, "Người ký"), (Key.Key_S, "Số, ký hiệu")):
        hands.press(letter, ALT)
        assert hands.here == name
    hands.press(Key.Key_Escape)
    assert hands.focus.window() is hands.window
