"""The news screen under ten fingers: every key is a key event where the focus is, in the product's own window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from forms.exchange.brought_files import Incoming
from forms.model.cell import CellState
from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.period import Period
from main import workbench
from tests.ui.desktop.keyboard import CTRL, SHIFT, Hands, Key, in_front_of, loop, reachable, roll_over
from tests.ui.desktop.news_faces import KEPT
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from ui.desktop.main_window import MainWindow
from ui.desktop.news.view import NewsView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")
DATE, LIST = "Ngày đăng, phát đầu", "Danh mục tin, bài"


@pytest.fixture
def opened(qtbot, tmp_path):
    """The hands on the news screen of a commune whose ledger holds these items."""

    def open_screen(*items: NewsItem, place: str = "2025-Q4") -> Hands:
        program = FakeProgram(home=tmp_path / "so")
        desk = desk_of(program)
        desk.ledger.folder = tmp_path
        for item in items:
            desk.news.save(item)
        window = MainWindow(program, workbench, FakeAsk())
        window.open_ledger(desk.ledger)
        hands = in_front_of(qtbot, window)
        window.go("news", place)
        hands.settle()
        return hands

    return open_screen


@pytest.fixture
def hands(opened):
    return opened()


def screen(hands: Hands) -> NewsView:
    shown = hands.window.workbench.screen_shown
    assert isinstance(shown, NewsView)
    return shown


def kept(hands: Hands, period: Period = Q4) -> tuple[NewsItem, ...]:
    return hands.window.workbench.desk.news.list(period)


def titles(hands: Hands) -> list[str]:
    return [item.title for item in kept(hands)]


def counter(hands: Hands) -> str:
    return screen(hands).boards.shown[0].big


def enter(hands: Hands, times: int = 1) -> None:
    hands.press(Key.Key_Return, times=times)


def item(day: int, title: str, **more) -> NewsItem:
    return replace(KEPT, date=date(2025, 10, day), title=title, **more)


def test_an_item_is_one_line_and_the_next_one_is_its_title_and_five_enters(hands):
    assert hands.here == DATE
    hands.type("5/10")
    enter(hands)
    hands.type("Hop to dan pho")
    enter(hands)
    hands.type("b")
    enter(hands)
    hands.type("17")
    enter(hands)
    hands.type("3")
    enter(hands)
    (first,) = kept(hands)
    assert (first.date, first.kind, first.channels, first.airings) == (
        date(2025, 10, 5),
        NewsKind.FEATURE,
        ("loudspeaker", "social_network"),
        3,
    )
    assert hands.here == DATE
    before = hands.keys
    enter(hands)
    hands.type("Gap mat")
    enter(hands, times=4)
    assert hands.keys - before == len("Gap mat") + 5
    (second,) = (one for one in kept(hands) if one.title == "Gap mat")
    assert (second.date, second.kind, second.channels, second.airings) == (first.date, first.kind, first.channels, 1)


def test_shift_enter_goes_back_a_field(hands):
    enter(hands, times=2)
    assert hands.here == "Loại"
    hands.press(Key.Key_Return, SHIFT)
    assert hands.here == "Tên tin, bài"


def test_a_key_in_the_field_of_kinds_is_a_choice_and_in_the_title_a_letter(hands):
    enter(hands)
    hands.type("tbckp")
    enter(hands)
    typed = screen(hands).dock.line.typed
    assert (typed().title, typed().kind) == ("tbckp", NewsKind.BRIEF)
    for key, kind in (("c", NewsKind.SLOT), ("K", NewsKind.OTHER), ("z", NewsKind.OTHER), ("t", NewsKind.BRIEF)):
        hands.type(key)
        assert typed().kind is kind
    hands.type("p")
    assert typed().origin is Origin.RELAYED
    assert not typed().counted, "relayed items do not count for this programme"
    hands.type("p")
    assert (typed().origin, typed().counted) == (Origin.OWN, True)


def test_a_channel_is_chosen_and_left_by_its_number_and_nothing_is_typed_into_its_field(hands):
    enter(hands, times=3)
    assert hands.here == "Kênh"
    hands.type("1891")
    assert screen(hands).dock.line.typed().channels == ("text_message",)
    assert hands.focus.text() == "Tin nhắn"
    hands.press(Key.Key_Backspace)
    assert screen(hands).dock.line.typed().channels == ("text_message",)


def test_unikey_takes_back_and_types_anew_in_the_title_and_nothing_is_rewritten(hands):
    """Telex of “Đường phố”, letter by letter, as UniKey replays it; the counter follows all the while."""
    enter(hands)
    hands.telex("D", "Đ", "Đu", "Đư", "Đươ", "Đươn", "Đường")
    hands.type(" ")
    field = hands.focus
    assert isinstance(field, QLineEdit)
    for strokes, left in (("pho", "Đường pho"), ("phô", "Đường phô"), ("phố", "Đường phố")):
        hands.press(Key.Key_Backspace, times=len(field.text()) - len("Đường "))
        hands.type(strokes)
        assert field.text() == left
        assert field.cursorPosition() == len(left)
    assert counter(hands) == "1/4 tin, bài"
    enter(hands, times=2)
    hands.type("1")
    hands.press(Key.Key_S, CTRL)
    assert titles(hands) == ["Đường phố"]


def test_unikey_backspaces_where_no_text_is_typed_change_nothing(hands):
    enter(hands, times=2)
    for _ in range(2):
        hands.press(Key.Key_Backspace)
        hands.type("đ")
    assert screen(hands).dock.line.typed().kind is NewsKind.BRIEF


def test_the_day_is_written_out_only_when_its_field_is_left(hands):
    hands.type("5")
    field = hands.focus
    assert field.text() == "5"
    enter(hands)
    assert field.text() == "05/12/2025"


@pytest.mark.parametrize(
    ("typed", "day"), [("hn", "31/12/2025"), ("hq", "30/12/2025"), ("+1", "01/01/2026"), ("7/10", "07/10/2025")]
)
def test_days_typed_in_a_hurry(hands, typed, day):
    hands.type(typed)
    enter(hands)
    assert screen(hands).dock.line.typed().date == day


def test_what_is_lacking_is_said_and_stood_on(hands):
    enter(hands)
    hands.type("Hop")
    hands.press(Key.Key_S, CTRL)
    assert hands.here == "Kênh"
    assert "Chưa chọn kênh" in screen(hands).dock.line._problem.text()
    hands.type("6")
    assert screen(hands).dock.line._problem.text() == ""
    hands.press(Key.Key_S, CTRL)
    assert titles(hands) == ["Hop"]


def test_down_goes_to_the_list_and_a_row_is_changed_on_the_same_line(opened):
    hands = opened(item(5, "Mot"), item(9, "Hai"))
    hands.press(Key.Key_Down)
    assert hands.here == LIST
    hands.press(Key.Key_Down)
    for key in (Key.Key_F2, Key.Key_Return):
        hands.press(key)
        assert hands.here == DATE
        assert screen(hands).dock.line.typed().title == "Mot"
        hands.press(Key.Key_Escape)
        assert (hands.here, screen(hands).dock.line.typed().id) == (LIST, "")
    hands.press(Key.Key_F2)
    enter(hands)
    hands.type(" nua")
    enter(hands, times=4)
    assert titles(hands) == ["Mot nua", "Hai"]
    assert hands.here == LIST


def test_a_row_is_deleted_at_once_and_is_back_at_once(opened):
    hands = opened(item(5, "Mot"), item(9, "Hai"))
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Delete)
    assert (titles(hands), hands.here) == (["Mot"], LIST)
    hands.press(Key.Key_Z, CTRL)
    assert titles(hands) == ["Mot", "Hai"]
    hands.press(Key.Key_Y, CTRL)
    hands.press(Key.Key_Delete)
    assert titles(hands) == ["Mot"], "nobody chose the one that came in its place"
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Delete)
    assert titles(hands) == []
    assert hands.here == DATE, "an empty list takes no keys"
    hands.press(Key.Key_Z, CTRL)
    hands.press(Key.Key_Z, CTRL)
    assert titles(hands) == ["Mot", "Hai"]


def test_ctrl_z_in_a_field_takes_back_what_was_typed_there_first(opened):
    hands = opened(item(5, "Mot"))
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Delete)
    enter(hands)
    hands.type("abc")
    hands.press(Key.Key_Z, CTRL)
    assert (hands.focus.text(), titles(hands)) == ("", [])
    hands.press(Key.Key_Z, CTRL)
    assert titles(hands) == ["Mot"]


def test_ctrl_d_repeats_the_item_before(hands):
    hands.type("5/10")
    enter(hands)
    hands.type("Hop")
    enter(hands, times=2)
    hands.type("12")
    enter(hands, times=2)
    hands.press(Key.Key_D, CTRL)
    assert screen(hands).dock.line.typed().title == "Hop"
    hands.type("6/10")
    hands.press(Key.Key_S, CTRL)
    assert [(one.title, one.date.day, one.channels) for one in kept(hands)] == [
        ("Hop", 5, ("loudspeaker", "public_board")),
        ("Hop", 6, ("loudspeaker", "public_board")),
    ]


def test_an_item_is_published_again_by_one_key_channels_and_enter(opened):
    hands = opened(item(5, "Mot", airings=2))
    hands.press(Key.Key_Down)
    hands.press(Key.Key_F5)
    assert hands.here == "Thêm kênh"
    hands.type("167")
    assert hands.focus.text() == "Trang tin, Mạng xã hội", "the channel it had stays"
    enter(hands)
    assert hands.here == "Thêm số lượt"
    hands.type("3")
    enter(hands)
    (one,) = kept(hands)
    assert (one.channels, one.airings) == (("loudspeaker", "social_network", "website"), 5)
    assert (hands.here, counter(hands)) == (LIST, "1/4 tin, bài")
    hands.press(Key.Key_Z, CTRL)
    assert kept(hands)[0].airings == 2


def test_airings_that_are_no_number_are_refused_there(opened):
    hands = opened(item(5, "Mot"))
    hands.press(Key.Key_F5)
    enter(hands)
    hands.type("hai")
    enter(hands)
    assert hands.here == "Thêm số lượt"
    assert kept(hands)[0].airings == 1
    hands.press(Key.Key_Escape)
    assert hands.here == LIST


def test_a_double_is_pointed_out_while_it_is_typed_and_one_key_makes_it_an_airing(opened):
    hands = opened(item(5, "Hội thi nấu ăn"))
    hands.type("9/10")
    enter(hands)
    hands.type("HOI THI NAU AN")
    line = screen(hands).dock.line
    assert line.has_twin
    assert "05/10/2025" in line._echo.text()
    hands.press(Key.Key_F6)
    (one,) = kept(hands)
    assert (one.airings, hands.here, line.typed().title) == (2, DATE, "")


def test_doubles_in_the_list_are_gone_to_and_merged_in_one_step(opened):
    hands = opened(
        item(5, "Hội thi nấu ăn", airings=2), item(9, "Hoi thi nau an", channels=("website",)), item(12, "Khác")
    )
    hands.press(Key.Key_F7)
    assert screen(hands).table.currentIndex().row() == 1
    hands.press(Key.Key_F6)
    assert hands.here == "Gộp thành lượt phát"
    enter(hands)
    assert [(one.title, one.airings, one.channels) for one in kept(hands)] == [
        ("Hội thi nấu ăn", 3, ("loudspeaker", "website")),
        ("Khác", 1, ("loudspeaker",)),
    ]
    assert hands.here == LIST
    hands.press(Key.Key_Z, CTRL)
    assert len(kept(hands)) == 3


def test_the_list_is_searched_as_one_types_and_left_for_its_rows(opened):
    hands = opened(item(5, "Phụ nữ khởi nghiệp"), item(9, "Gia đình hạnh phúc"))
    hands.press(Key.Key_F, CTRL)
    hands.type("khoi nghiep")
    assert screen(hands).filters._found.text() == "1 trên 2 mục"
    enter(hands)
    assert hands.here == LIST
    hands.press(Key.Key_F, CTRL)
    hands.press(Key.Key_Escape)
    assert screen(hands).filters._found.text() == "2 mục"


def test_the_filters_are_one_key_away_and_narrow_nothing_when_put_away(opened):
    hands = opened(item(5, "Mot"), item(9, "Hai", kind=NewsKind.FEATURE), item(9, "Ba", evidence="tr. 5"))
    found = screen(hands).filters._found
    hands.press(Key.Key_L, CTRL)
    assert hands.here == "Lọc loại"
    hands.type("B")
    assert found.text() == "1 trên 3 mục"
    hands.go_to("Lọc minh chứng")
    hands.press(Key.Key_Down)
    assert found.text() == "0 trên 3 mục"
    hands.press(Key.Key_L, CTRL)
    assert (found.text(), hands.here) == ("3 mục", "Tìm tin, bài")


def test_tab_visits_everything_also_with_filters_and_details_open(opened):
    hands = opened(item(5, "Mot"), item(6, "Mot"))
    hands.press(Key.Key_L, CTRL)
    hands.press(Key.Key_F3)
    assert hands.here == "Minh chứng"
    assert set(loop(hands)) == reachable(hands.window)


def test_details_lie_on_the_way_of_enter_once_they_are_open(hands):
    hands.press(Key.Key_F3)
    hands.type("tr. 5")
    hands.press(Key.Key_Return, SHIFT)
    assert hands.here == "Số lượt"
    hands.press(Key.Key_Return, SHIFT)
    hands.type("1")
    hands.go_to("Tên tin, bài", Key.Key_Backtab)
    hands.type("Hop")
    met = []
    while hands.here != DATE:
        enter(hands)
        met.append(hands.here)
    assert "Minh chứng" in met
    assert "Tính vào số tin, bài" in met
    assert [(one.title, one.evidence) for one in kept(hands)] == [("Hop", "tr. 5")]


def test_counting_otherwise_than_the_rule_asks_for_a_reason_and_opens_its_field(hands):
    enter(hands)
    hands.type("Hop")
    enter(hands, times=2)
    hands.type("1")
    hands.press(Key.Key_F3)
    hands.go_to("Tính vào số tin, bài")
    hands.press(Key.Key_Space)
    assert counter(hands) == "0/4 tin, bài"
    hands.press(Key.Key_S, CTRL)
    assert hands.here == "Lý do tính khác quy tắc"
    hands.type("Tin cu")
    hands.press(Key.Key_S, CTRL)
    assert [(one.counted, one.reason) for one in kept(hands)] == [(False, "Tin cu")]


def test_the_period_before_and_after_are_one_key_away(opened):
    hands = opened(item(5, "Mot"))
    hands.press(Key.Key_PageUp, CTRL)
    assert screen(hands)._presenter.period.label == "2025-Q3"
    hands.press(Key.Key_PageDown, CTRL)
    assert screen(hands)._presenter.period.label == "2025-Q4"


def test_months_quarters_and_years_of_both_bases_are_chosen(opened):
    hands = opened(item(20, "Mot"))
    hands.go_to("Tháng, quý", Key.Key_Backtab)
    hands.press(Key.Key_Down, times=10)
    assert screen(hands)._presenter.period.label == "2025-10"
    assert screen(hands).filters._found.text() == "1 mục"
    hands.go_to("Cách tính kỳ")
    hands.press(Key.Key_Down)
    assert screen(hands).filters._found.text() == "0 mục", "15/9 – 14/10"


def test_the_wheel_changes_nothing(opened):
    hands = opened(item(5, "Mot"))
    hands.press(Key.Key_L, CTRL)
    hands.press(Key.Key_F3)
    before, period = screen(hands).dock.line.typed(), screen(hands)._presenter.period
    for one in [*screen(hands).findChildren(QComboBox), *screen(hands).findChildren(QLineEdit)]:
        roll_over(one)
    assert (screen(hands).dock.line.typed(), screen(hands)._presenter.period) == (before, period)
    assert screen(hands).filters._found.text() == "1 mục"


def test_totals_are_typed_without_a_mouse_and_kept_in_the_report(opened):
    hands = opened(place="2025-Q1")
    hands.push("Chỉ ghi số tổng", Key.Key_Backtab)
    assert hands.here.startswith("1. Số tin, bài")
    for figure in ("5", "3", "1", "1", "1", "2", "", "", "", "4", "1", "9"):
        hands.type(figure)
        enter(hands)
    assert hands.here == "Kiểm tra và gửi báo cáo…", "the months of a count may be left out"
    report = hands.window.workbench.desk.entry.open("nq28_hue", Period("2025-Q1"))
    assert [int(report.cell(name).amount or 0) for name in report.expected_cells] == [
        5,
        3,
        1,
        1,
        1,
        2,
        0,
        0,
        0,
        4,
        1,
        9,
    ]
    seen = [
        one.text() for one in screen(hands).findChildren(QLabel) if one.isVisible() and one.property("tone") == "big"
    ]
    assert seen == ["5/4 tin, bài"]
    hands.press(Key.Key_Z, CTRL)
    assert (
        hands.window.workbench.desk.entry.open("nq28_hue", Period("2025-Q1")).cell("news_airings").state
        is CellState.BLANK
    )


def test_a_total_is_taken_back_from_the_next_place(opened):
    hands = opened(place="2025-Q1")
    hands.push("Chỉ ghi số tổng", Key.Key_Backtab)
    hands.type("5")
    enter(hands)
    hands.press(Key.Key_Z, CTRL)
    report = hands.window.workbench.desk.entry.open("nq28_hue", Period("2025-Q1"))
    assert report.cell("news_counted").state is CellState.BLANK


def test_a_total_still_being_typed_is_kept_when_the_screen_is_left(opened):
    hands = opened(place="2025-Q1")
    hands.push("Chỉ ghi số tổng", Key.Key_Backtab)
    hands.type("5")
    hands.window.go("home")
    report = hands.window.workbench.desk.entry.open("nq28_hue", Period("2025-Q1"))
    assert report.cell("news_counted").amount == 5


def test_back_to_the_list_is_asked_only_where_totals_would_go(opened):
    hands = opened(place="2025-Q1")
    ask = hands.window.ask
    hands.push("Chỉ ghi số tổng", Key.Key_Backtab)
    hands.push("Ghi từng tin, bài", Key.Key_Backtab)
    assert (ask.asked, hands.here) == ([], DATE)
    hands.push("Chỉ ghi số tổng", Key.Key_Backtab)
    hands.type("5")
    enter(hands)
    hands.push("Ghi từng tin, bài", Key.Key_Backtab)
    assert (ask.asked, hands.here) == (["Ghi từng tin, bài?"], DATE)


def test_a_sealed_quarter_can_be_looked_at_and_searched_but_not_changed(opened):
    hands = opened(*(item(day, f"Tin {day}") for day in (1, 2, 3, 4)))
    desk = hands.window.workbench.desk
    desk.sealing.seal("nq28_hue", Q4, desk.ledger.signers())
    hands.window.go("home")
    hands.window.go("news")
    hands.settle()
    assert hands.here == LIST
    for key in (Key.Key_Delete, Key.Key_F2, Key.Key_F5, Key.Key_F3):
        hands.press(key)
        assert (hands.here, len(kept(hands))) == (LIST, 4)
    hands.press(Key.Key_F4)
    assert screen(hands).dock.evidence.isVisible()
    assert not screen(hands).dock.evidence._add.isEnabled()
    hands.press(Key.Key_Escape)
    hands.push("Mở bản thay thế", Key.Key_Backtab)
    assert hands.here == DATE


def picture() -> QImage:
    made = QImage(3, 2, QImage.Format.Format_RGB32)
    made.fill(QColor("teal"))
    return made


def test_a_picture_of_the_screen_is_pasted_as_evidence_and_taken_away(opened):
    hands = opened(item(5, "Mot"))
    hands.press(Key.Key_Down)
    QGuiApplication.clipboard().setImage(picture())
    hands.press(Key.Key_V, CTRL)
    (file,) = kept(hands)[0].files
    assert file.name == "anh-chup-man-hinh.png"
    assert hands.window.workbench.desk.news.file(file.digest).startswith(b"\x89PNG")
    hands.go_to("Tệp minh chứng", Key.Key_Backtab)
    hands.press(Key.Key_Delete)
    assert kept(hands)[0].files == ()
    hands.press(Key.Key_Z, CTRL)
    assert kept(hands)[0].files == (file,)
    hands.press(Key.Key_Escape)
    assert hands.here == LIST


def test_what_is_no_file_and_no_picture_is_not_pasted(opened):
    hands = opened(item(5, "Mot"))
    QGuiApplication.clipboard().setText("chữ")
    hands.press(Key.Key_F4)
    hands.press(Key.Key_V, CTRL)
    assert "Không có tệp hay ảnh nào" in screen(hands).dock.evidence.problem.text()


@pytest.fixture
def scan(tmp_path, monkeypatch) -> Path:
    """A scanned page on the disk, which the program of the tests can read."""
    monkeypatch.setattr(FakeProgram, "read_files", lambda _, paths: [Incoming(str(p), p.read_bytes()) for p in paths])
    path = tmp_path / "trang 5.pdf"
    path.write_bytes(b"%PDF-1.7 trang 5")
    return path


def test_files_are_chosen_opened_and_told_in_the_list(opened, scan, monkeypatch):
    hands = opened(item(5, "Mot"))
    monkeypatch.setattr(hands.window.ask, "open_files", lambda title, pattern, start=None: [scan])
    shown = []
    monkeypatch.setattr(screen(hands).dock.evidence, "_opened", shown.append)
    hands.press(Key.Key_F4)
    assert hands.here == "Đính kèm tệp…"
    enter(hands)
    assert hands.here == "Tệp minh chứng"
    enter(hands)
    assert [path.name.partition("-")[2] for path in shown] == ["trang 5.pdf"]
    hands.press(Key.Key_Escape)
    assert screen(hands)._model.row_at(screen(hands).table.currentIndex()).files == "1"


def test_a_file_dropped_anywhere_on_the_screen_shows_the_row_one_stands_on(opened, scan):
    hands = opened(item(5, "Mot"), item(9, "Hai"))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(scan))])
    how = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(screen(hands), QDragEnterEvent(QPoint(50, 400), *how))
    QApplication.sendEvent(screen(hands), QDropEvent(QPointF(50, 400), *how))
    assert [(one.title, len(one.files)) for one in kept(hands)] == [("Mot", 0), ("Hai", 1)]
    assert screen(hands).dock.evidence.isVisible()
