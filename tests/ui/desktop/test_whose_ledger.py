"""Whose ledger it becomes is said by a person, and by nothing else; and every page says whose it is, with its province.

[ phu loc xa      ]            two communes are called so
Xã Phú Lộc – Thành phố Huế
Xã Phú Lộc – Thành phố Cần Thơ
"""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.desktop.keyboard import CTRL, SHIFT, FolderAsk, Hands, Key, at_the_keyboard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
WHOLE = "Xã Phú Lộc, Thành phố Huế"
PASSWORD = "bon tu de nho"


@pytest.fixture
def hands(qtbot, tmp_path):
    made = at_the_keyboard(qtbot, tmp_path / "so", FolderAsk(tmp_path))
    yield made
    made.window.close()


def words(around: QWidget) -> str:
    """All that the labels of a page say."""
    return "\n".join(label.text() for label in around.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def searching(hands) -> Hands:
    """The search of the first step."""
    hands.press(Key.Key_Return)
    assert hands.here == "Tìm đơn vị"
    return hands


def chosen(hands: Hands) -> str:
    """The code of the unit whose ledger would be made."""
    unit = hands.window.centralWidget().currentWidget()._presenter._unit
    return unit.code if unit else ""


def test_a_changed_search_takes_the_choice_back_and_says_so(searching):
    searching.type("phu loc")
    searching.press(Key.Key_Return)
    assert chosen(searching) == "20107"
    searching.go_to("Tìm đơn vị", Key.Key_Backtab)
    searching.press(Key.Key_End)
    searching.type(" xa")
    assert chosen(searching) == ""
    assert f"bỏ chọn {WHOLE}" in words(searching.window)


def test_one_does_not_go_on_with_a_choice_that_was_taken_back(searching):
    searching.type("phu loc")
    searching.press(Key.Key_Return)
    searching.go_to("Tìm đơn vị", Key.Key_Backtab)
    searching.press(Key.Key_End)
    searching.type(" xa")
    searching.push("Tiếp")
    assert "Chưa chọn đơn vị" in words(searching.window)
    assert "Bước 1/3" in words(searching.window)


@pytest.mark.parametrize("query", ["20107", "phu loc"], ids=["one is found", "two are found"])
def test_what_is_found_is_not_chosen_until_somebody_does(searching, query):
    searching.type(query)
    assert chosen(searching) == ""
    searching.go_to("Tiếp")
    assert chosen(searching) == "", "Tab leads past the list and chooses nothing"
    searching.press(Key.Key_Space)
    assert "Chưa chọn đơn vị" in words(searching.window)


@pytest.mark.parametrize(("key", "code"), [(Key.Key_Return, "20107"), (Key.Key_Space, "20107")])
def test_a_line_one_came_to_by_tab_is_chosen_by_a_key(searching, key, code):
    searching.type("phu loc")
    searching.go_to("Các đơn vị tìm được")
    searching.press(key)
    assert chosen(searching) == code


def test_the_arrows_choose_and_the_words_name_the_province(searching):
    searching.type("phu loc")
    searching.press(Key.Key_Return)
    searching.press(Key.Key_Down)
    assert chosen(searching) == "31756"
    assert "Xã Phú Lộc, Thành phố Cần Thơ (mã 31756)" in words(searching.window)


def test_an_agency_is_let_go_with_its_province(searching):
    searching.type("46")
    searching.press(Key.Key_Return)
    searching.press(Key.Key_Return)
    assert searching.here == "Cơ quan"
    searching.press(Key.Key_Down)
    presenter = searching.window.centralWidget().currentWidget()._presenter
    assert presenter._agency
    searching.go_to("Tìm đơn vị", Key.Key_Backtab)
    searching.type("x")
    assert (chosen(searching), presenter._agency) == ("", "")


def test_another_agency_must_be_named_before_one_goes_on(searching):
    """Else the ledger of the province itself would be made."""
    searching.type("46")
    searching.press(Key.Key_Return)
    searching.press(Key.Key_Return)
    searching.press(Key.Key_End)
    assert searching.here == "Tên cơ quan"
    searching.push("Tiếp")
    assert "Gõ tên cơ quan" in words(searching.window)
    assert "Bước 1/3" in words(searching.window)


def test_back_at_the_province_its_own_name_is_told(searching):
    searching.type("46")
    searching.press(Key.Key_Return)
    searching.press(Key.Key_Return)
    searching.press(Key.Key_Down)
    assert ", Thành phố Huế" in words(searching.window)
    searching.press(Key.Key_Up)
    assert "Thành phố Huế (mã 46)" in words(searching.window)


def test_every_page_from_there_on_names_the_province(searching, tmp_path):
    hands = searching
    hands.type("phu loc")
    hands.press(Key.Key_Return, times=2)
    assert "Bước 2/3" in words(hands.window)
    assert WHOLE in words(hands.window)
    for name in ("Lan", "Hùng"):
        for text in (name, "", PASSWORD, PASSWORD):
            hands.type(text)
            hands.press(Key.Key_Return)
    assert "Bước 3/3" in words(hands.window)
    assert WHOLE in words(hands.window)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return)
    assert WHOLE in words(hands.window.workbench._rail)
    assert WHOLE in hands.window.windowTitle()
    hands.visit("packages")
    hands.push("Tạo tệp đăng ký khóa…")
    hands.push("Chép nội dung phiếu")
    assert f"{WHOLE} (mã 20107)" in QGuiApplication.clipboard().text()
    hands.press(Key.Key_K, CTRL | SHIFT)
    assert WHOLE in words(hands.window)


def test_the_sign_in_names_the_unit_and_its_province(qtbot, searching, tmp_path):
    test_every_page_from_there_on_names_the_province(searching, tmp_path)
    searching.window.close()
    again = at_the_keyboard(qtbot, tmp_path / "so", FolderAsk(tmp_path))
    assert WHOLE in words(again.window)
    again.window.close()
