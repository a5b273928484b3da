"""Excel without a mouse: the form goes out, is filled, comes back, is looked at and taken; real files, a real process apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from forms.office import Office, PersonRole
from forms.periods import Period
from storage.ledger import Newcomer
from tests.ui.desktop.keyboard import CTRL, FolderAsk, Hands, Key, StillProgram, at_the_keyboard, loop, reachable
from tests.ui.desktop.workbooks import filled

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")
PASSWORD = "bon tu de nho"
FORM = "19753_2025-Q4_nq28_hue_phieu.xlsx"
TOTALS = {"news_counted": 6, "news_brief": 6, "news_feature": 0, "news_own": 6, "news_relayed": 0, "news_airings": 6}
NAMED = {f"so.{name}": amount for name, amount in TOTALS.items()}


@pytest.fixture
def ask(tmp_path):
    stick = tmp_path / "usb"
    stick.mkdir()
    return FolderAsk(stick)


@pytest.fixture
def hands(qtbot, tmp_path, ask):
    """A ledger of Phú Xuân, signed in."""
    program = StillProgram(tmp_path / "so")
    unit = program.units.get("19753", program.clock().date())
    people = [Newcomer("Nguyễn Thị Lan", "Công chức", PersonRole.SOLE, PASSWORD)]
    made, _ = program.house.create(tmp_path / "so", Office(unit.key, unit.full_name, parent=unit.parent), people)
    made.close()
    hands = at_the_keyboard(qtbot, tmp_path / "so", ask)
    hands.type(PASSWORD)
    hands.press(Key.Key_Return)
    yield hands
    hands.window.close()


def desk(hands: Hands):
    return hands.window.workbench.desk


def figures(hands: Hands) -> dict[str, int]:
    report = desk(hands).entry.open("nq28_hue", Q4)
    return {name: int(cell.amount) for name, cell in report.cells.items()}


def dialog() -> QDialog | None:
    found = QApplication.activeModalWidget()
    return found if isinstance(found, QDialog) else None


def excel(hands: Hands) -> None:
    """The dialog over the screen of packages."""
    hands.press(Key.Key_4, CTRL)
    hands.push("Dùng Excel…")
    assert hands.here == "Nhập từ Excel…"


def test_the_form_goes_out_comes_back_and_is_taken_by_enter(hands, ask):
    hands.press(Key.Key_4, CTRL)
    hands.push("Dùng Excel…")
    hands.push("Xuất mẫu Excel…", Key.Key_Backtab)
    form = ask.place / FORM
    form.write_bytes(filled(form.read_bytes(), NAMED))
    ask.files = [form]
    hands.push("Nhập từ Excel…")
    assert hands.here == "Nhập vào báo cáo"
    assert figures(hands) == {}
    hands.press(Key.Key_Return)
    assert figures(hands) == TOTALS
    assert dialog() is None
    assert hands.window.workbench.here == "entry"


def test_esc_leaves_and_nothing_was_written(hands, ask):
    excel(hands)
    hands.push("Xuất mẫu Excel…", Key.Key_Backtab)
    form = ask.place / FORM
    form.write_bytes(filled(form.read_bytes(), NAMED))
    ask.files = [form]
    hands.push("Nhập từ Excel…")
    hands.press(Key.Key_Escape)
    assert (dialog(), figures(hands)) == (None, {})
    assert hands.here == "Dùng Excel…"


def test_a_file_that_is_refused_says_why_and_one_is_where_one_was(hands, ask):
    bad = ask.place / "la.xlsx"
    bad.write_bytes(b"<html></html>")
    ask.files = [bad]
    excel(hands)
    hands.answer(lambda: hands.press(Key.Key_Space), Key.Key_Return)
    assert hands.here == "Nhập từ Excel…"


def test_tab_goes_round_the_page_that_shows_what_would_change(hands, ask):
    excel(hands)
    hands.push("Xuất mẫu Excel…", Key.Key_Backtab)
    form = ask.place / FORM
    form.write_bytes(filled(form.read_bytes(), {"so.news_counted": "nhiều", "so.news_own": 3}))
    ask.files = [form]
    hands.push("Nhập từ Excel…")
    assert hands.here == "Những chỗ trong bảng tính"
    assert set(loop(hands)) == reachable(dialog())
    form.write_bytes(filled(form.read_bytes(), NAMED))
    hands.press(Key.Key_F5)
    assert hands.here == "Nhập vào báo cáo"
    assert Path(form).exists()
