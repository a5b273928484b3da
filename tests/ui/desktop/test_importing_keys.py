"""Excel without a mouse: the form goes out, is filled, comes back, is looked at and taken; real files, a real process apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog

from forms.model.office import NewPerson, Office, PersonRole
from forms.model.period import Period
from tests.ui.desktop.keyboard import (
    ALT,
    CTRL,
    FolderAsk,
    Hands,
    Key,
    StillProgram,
    at_the_keyboard,
    loop,
    mnemonics,
    reachable,
    roll_over,
)
from tests.ui.desktop.workbooks import filled, table

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
    people = [NewPerson("Nguyễn Thị Lan", "Công chức", PersonRole.SOLE, PASSWORD)]
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


def visit(hands: Hands, page: str) -> None:
    """By Ctrl and the number of its entry in the rail."""
    hands.press(Key(Key.Key_1 + hands.window.workbench.pages.index(page)), CTRL)


def excel(hands: Hands) -> None:
    """The dialog over the screen of packages."""
    visit(hands, "packages")
    hands.push("Dùng Excel…")
    assert hands.here == "Nhập từ Excel…"


def test_the_form_goes_out_comes_back_and_is_taken_by_enter(hands, ask):
    visit(hands, "packages")
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


def test_from_the_grid_the_shown_report_is_filled_and_older_typing_stays_below(hands, ask, qtbot):
    """Alt+E over the grid, which has the keys again then; Ctrl+Z does not put the old figure over the one that was brought."""
    hands.window.go("entry", "2025-Q4#news_counted")
    hands.type("9")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_E, ALT)
    qtbot.waitUntil(lambda: dialog() is not None)
    hands.push("Xuất mẫu Excel…", Key.Key_Backtab)
    form = ask.place / FORM
    form.write_bytes(filled(form.read_bytes(), NAMED))
    ask.files = [form]
    hands.push("Nhập từ Excel…")
    hands.press(Key.Key_Return)
    assert (dialog(), hands.window.workbench.here) == (None, "entry")
    assert (figures(hands), hands.here) == (TOTALS, "Bảng nhập số liệu")
    hands.press(Key.Key_Z, CTRL)
    assert figures(hands) == TOTALS


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


OWN = (
    ("STT", "Nội dung", "Quý trước", "Số liệu"),
    (1, "Số tin, bài được tính trong quý", 3, 5),
    (2, "Tin ngắn các loại", 2, 4),
)
LIST = (
    ("STT", "Ngày đăng", "Tên tin, bài", "Thể loại", "Kênh"),
    (1, date(2025, 10, 3), "Phát động", "Tin", "Loa; Facebook"),
    (2, date(2025, 10, 10), "Gương điển hình", "Bài", "Tổ dân phố"),
)


def own_table(hands: Hands, ask: FolderAsk) -> None:
    """A workbook of the office's own is chosen; what its titles tell is proposed."""
    file = ask.place / "Sở.xlsx"
    file.write_bytes(table(*OWN))
    ask.files = [file]
    excel(hands)
    hands.press(Key.Key_Space)
    assert hands.here == "Cất và xem trước"


def test_a_number_is_pointed_at_by_keys_and_the_whole_is_taken(hands, ask):
    """↓ to the cell, Enter, ↓ to its row; the column likewise; then on."""
    own_table(hands, ask)
    hands.go_to("Các ô của biểu")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.here == "Dòng"
    hands.press(Key.Key_Down, times=3)
    hands.press(Key.Key_Tab)
    hands.press(Key.Key_Down, times=4)
    hands.push("Cất và xem trước")
    assert hands.here == "Nhập vào báo cáo"
    hands.press(Key.Key_Return)
    assert figures(hands) == {"news_counted": 5, "news_brief": 4}
    assert desk(hands).mappings.names() == ("Sở",)


def test_the_wheel_points_at_nothing_else(hands, ask):
    own_table(hands, ask)
    chosen = [(one.accessibleName(), one.currentText()) for one in dialog().findChildren(QComboBox)]
    for one in dialog().findChildren(QComboBox):
        if one.isVisible():
            roll_over(one)
    assert [(one.accessibleName(), one.currentText()) for one in dialog().findChildren(QComboBox)] == chosen


@pytest.mark.parametrize("only_news", [False, True], ids=["cells", "columns"])
def test_tab_goes_round_the_page_that_says_how_a_workbook_is_read(hands, ask, only_news):
    file = ask.place / "Tin.xlsx"
    file.write_bytes(table(*(LIST if only_news else OWN)))
    ask.files = [file]
    visit(hands, "news" if only_news else "packages")
    hands.push("Nhập danh sách từ Excel…" if only_news else "Dùng Excel…", Key.Key_Backtab)
    hands.press(Key.Key_Space)
    assert set(loop(hands)) == reachable(dialog())
    letters = mnemonics(dialog())
    assert len(letters) == len(set(letters))


def test_a_list_of_items_comes_into_the_ledger_by_keys(hands, ask):
    """One word is unclear: it is told once, and remembered."""
    file = ask.place / "Tin.xlsx"
    file.write_bytes(table(*LIST))
    ask.files = [file]
    visit(hands, "news")
    hands.push("Nhập danh sách từ Excel…", Key.Key_Backtab)
    hands.push("Chọn danh sách tin, bài…")
    assert hands.here == "“Tổ dân phố” là kênh"
    hands.type("Tuy")
    hands.push("Cất và xem trước")
    assert hands.here == "Nhập vào sổ"
    hands.press(Key.Key_Return)
    assert [item.title for item in desk(hands).news.list(Q4)] == ["Phát động", "Gương điển hình"]
    assert hands.window.workbench.here == "news"


def test_a_column_of_days_with_two_readings_is_answered_by_keys(hands, ask):
    """
    10/01/2025 (a real date)   1 October, typed into an Excel with US settings
    13/10/2025 (text)
    """
    file = ask.place / "Tin.xlsx"
    rows = ((1, date(2025, 1, 10), "Phát động", "Tin", "Loa"), (2, "13/10/2025", "Hội thi", "Tin", "Loa"))
    file.write_bytes(table(LIST[0], *rows))
    ask.files = [file]
    visit(hands, "news")
    hands.push("Nhập danh sách từ Excel…", Key.Key_Backtab)
    hands.push("Chọn danh sách tin, bài…")
    hands.push("Cất và xem trước")
    assert hands.here == "Ngày thật của bảng tính"
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down)
    assert hands.focus.currentText() == "đổi ngày với tháng"
    hands.push("Nhập vào sổ")
    assert [item.date for item in desk(hands).news.list(Q4)] == [date(2025, 10, 1), date(2025, 10, 13)]


def test_a_question_is_answered_by_keys(hands, ask):
    """Two sources of one figure: Enter on the cell, ↓ to the one that is meant."""
    file = ask.place / "Sở.xlsx"
    file.write_bytes(
        table(("STT", "Nội dung", "Số của đài", "Số của phòng"), (1, "Số tin, bài được tính trong quý", 5, 6))
    )
    ask.files = [file]
    excel(hands)
    hands.press(Key.Key_Space)
    assert hands.here == "Các ô của biểu"
    hands.press(Key.Key_Return)
    assert hands.here == "Chỗ có thể là"
    hands.press(Key.Key_Down, times=2)
    hands.push("Cất và xem trước")
    hands.press(Key.Key_Return)
    assert figures(hands) == {"news_counted": 6}
