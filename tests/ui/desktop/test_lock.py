"""The window left alone: figures out of sight, nothing lost, long work goes on, a password opens it again."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from forms.errors import InputRefused
from forms.model.period import Period
from main import workbench
from tests.ui.desktop.keyboard import CTRL, SHIFT, Hands, Key, in_front_of
from tests.ui.desktop.parts import PASSWORD, FakeAsk, FakeProgram, desk_of
from ui.desktop.jobs import Waiting
from ui.desktop.main_window import MainWindow
from ui.desktop.shell import Location
from ui.desktop.sign_in.view import CoverView
from ui.desktop.widgets.screen import Screen

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
MINUTE = 60.0


@dataclass
class Room:
    """A commune's window, its clock, and the hands on it."""

    window: MainWindow
    hands: Hands
    seconds: list[float] = field(default_factory=lambda: [0.0])

    def pass_by(self, minutes: float) -> None:
        """Time goes by, and the window looks whether somebody is there."""
        self.seconds[0] += minutes * MINUTE
        self.window._watch.look()

    @property
    def is_covered(self) -> bool:
        return isinstance(self.window._stage.currentWidget(), CoverView)

    @property
    def cover(self) -> CoverView:
        assert self.window._cover
        return self.window._cover

    def open(self, *before: Qt.Key) -> None:
        """Keys that choose who, then the password."""
        for key in before:
            self.hands.press(key)
        self.hands.type(PASSWORD)
        self.hands.press(Key.Key_Return)


@pytest.fixture
def room(qtbot, tmp_path):
    program = FakeProgram(home=tmp_path / "so")
    desk = desk_of(program)
    desk.ledger.folder = tmp_path
    program.house.ledgers[tmp_path] = desk.ledger
    seconds = [0.0]
    window = MainWindow(program, workbench, FakeAsk(), lambda: seconds[0])
    window.open_ledger(desk.ledger)
    made = Room(window, in_front_of(qtbot, window), seconds)
    yield made
    window.close()


def key_on(window) -> None:
    QApplication.sendEvent(
        window.windowHandle(), QKeyEvent(QEvent.Type.KeyPress, Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    )


def mouse_over(window) -> None:
    place, none = QPointF(300, 300), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.windowHandle(), event)


def test_after_ten_minutes_without_a_sign_it_is_covered(room):
    room.pass_by(9.9)
    assert not room.is_covered
    room.pass_by(0.1)
    assert room.is_covered


@pytest.mark.parametrize("sign", [key_on, mouse_over])
def test_a_key_or_the_mouse_begins_the_minutes_anew(room, sign):
    room.pass_by(9)
    sign(room.window)
    room.pass_by(9)
    assert not room.is_covered
    room.pass_by(1)
    assert room.is_covered


def test_a_key_in_a_dialog_is_a_sign_too(room, qtbot):
    dialog = QDialog(room.window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    room.pass_by(9)
    key_on(dialog)
    room.pass_by(9)
    assert not room.is_covered


def test_the_minutes_are_those_of_the_ledger(room):
    room.window.workbench.desk.locking.set_minutes(2)
    room.window.reopen()
    room.pass_by(2)
    assert room.is_covered


def test_no_figure_is_seen_while_it_is_covered(room):
    room.hands.visit("entry")
    bench = room.window.workbench
    room.window.lock()
    room.hands.settle()
    assert not bench.isVisible()
    assert not any(one.isVisible() for one in bench.findChildren(QWidget))
    assert room.window.workbench is None
    assert "Phường" not in room.window.windowTitle()
    assert room.window.statusBar().isHidden()


def test_keys_and_dropped_files_reach_no_screen_behind_the_cover(room):
    room.window.lock()
    room.hands.press(Key.Key_3, CTRL)
    room.window.go("entry")
    assert room.is_covered
    assert room.window._bench.here == "home"


def test_what_was_being_typed_is_kept_before_it_is_covered(room):
    room.hands.visit("entry")
    room.hands.go_to("Biểu", Key.Key_Backtab)
    room.hands.type("02")
    room.hands.press(Key.Key_Return)
    room.hands.type("7")  # the editor of the cell is still open
    room.pass_by(10)
    assert room.is_covered
    report = room.window._bench.desk.entry.open("nq28_hue", Period("2025"))
    assert report.cell("women_led_agencies.council").amount == 7


def test_the_same_person_finds_everything_as_it_was(room):
    room.hands.visit("news")
    room.hands.go_to("Tên tin, bài")
    room.hands.type("Hop")
    screen = room.window.workbench.screen_shown
    room.pass_by(10)
    room.open()
    assert room.window.workbench.screen_shown is screen
    assert screen.dock.line.typed().title == "Hop"
    assert room.hands.here == "Tên tin, bài"
    assert "Phường Hương An" in room.window.windowTitle()
    assert room.window.statusBar().isVisible()


def test_the_pages_of_the_printed_report_are_still_there(room):
    covered, left = [], []

    class Pages(Screen):
        def covered(self):
            covered.append(1)

        def left(self):
            left.append(1)

    bench = room.window.workbench
    bench._screens["home"] = Pages("Trang")
    bench._stack.addWidget(bench._screens["home"])
    bench._stack.setCurrentWidget(bench._screens["home"])
    room.window.lock()
    assert (covered, left) == ([1], [])


def test_another_person_finds_another_name_and_their_own_duties(room):
    bench = room.window.workbench
    room.hands.press(Key.Key_K, CTRL | SHIFT)
    assert room.is_covered
    room.open()
    assert room.window.workbench is not bench
    assert room.window.workbench.desk.ledger.person.name == "Người H19804"
    assert room.window.workbench.here == "home"


def test_up_and_down_in_the_password_choose_who(room):
    room.hands.press(Key.Key_K, CTRL | SHIFT)
    assert room.hands.here == "Mật khẩu"
    room.open(Key.Key_Up)
    assert room.window.workbench.desk.ledger.person.name == "Người P19804"


def test_a_wrong_password_opens_nothing_and_the_button_counts_down(room):
    room.window.lock()
    for _ in range(2):
        room.hands.type("sai")
        room.hands.press(Key.Key_Return)
    assert room.is_covered
    assert room.cover._problem.text()
    assert room.cover._enter.text() == "Mở khóa (đợi 2 giây)"
    room.cover.pause(1)
    room.cover.pause(0)
    assert room.cover._enter.text() == "Mở khóa"


def test_a_dialog_is_answered_with_no_and_its_password_is_gone(room):
    answers = []
    dialog = QDialog(room.window)
    dialog.finished.connect(answers.append)
    dialog.open()
    room.window.lock()
    assert answers == [QDialog.DialogCode.Rejected]


def begin_work(room, result=1):
    """Long work that ends when it is told to."""
    go_on, ended = threading.Event(), []

    def work(step):
        step(3, 40)
        go_on.wait(5)
        if isinstance(result, Exception):
            raise result
        return result

    room.window.work("Đang nhận vào sổ", work, ended.append)
    return go_on, ended


def test_long_work_goes_on_behind_the_cover_and_its_end_waits_for_somebody(room, qtbot):
    go_on, ended = begin_work(room)
    waiting = room.window.findChild(Waiting)
    qtbot.waitUntil(waiting.isVisible)
    room.window.lock()
    assert not waiting.isVisible()
    qtbot.waitUntil(lambda: "Đang nhận vào sổ: 3 trên 40" in (room.cover._look() or room.cover._going_on.text()))
    go_on.set()
    room.hands.settle()
    assert (ended, room.window._jobs.under_way) == ([], "")
    room.open()
    assert ended == [1]


def test_work_that_still_runs_is_seen_again(room, qtbot):
    go_on, ended = begin_work(room)
    waiting = room.window.findChild(Waiting)
    room.window.lock()
    qtbot.wait(450)  # longer than the patience after which it would have come up
    assert not waiting.isVisible()
    room.cover._password.setText(PASSWORD)
    room.cover._enter.click()
    assert waiting.isVisible()
    go_on.set()
    room.hands.settle()
    assert ended == [1]


@pytest.mark.parametrize("result", [1, InputRefused("PERIOD_UNKNOWN", "Không hiểu kỳ.")])
def test_to_another_person_the_end_is_told_and_no_old_screen_is_touched(room, result):
    go_on, ended = begin_work(room, result)
    room.window.lock(for_another=True)
    go_on.set()
    room.hands.settle()
    room.open()
    assert ended == []
    refused = isinstance(result, Exception)
    assert room.window.ask.asked == (["PERIOD_UNKNOWN"] if refused else [])
    assert ("Đã xong: Đang nhận vào sổ." in room.window.statusBar().currentMessage()) is not refused


def test_closing_while_it_is_covered_backs_up_and_closes(room, monkeypatch):
    done = []
    ledger = room.window.workbench.desk.ledger
    monkeypatch.setattr(ledger, "automatic_backup", lambda: done.append("backup"))
    monkeypatch.setattr(ledger, "close", lambda: done.append("close"))
    room.window.lock()
    room.window.close()
    assert done == ["backup", "close"]


def test_a_window_put_away_shows_no_old_picture(room):
    room.window.showMinimized()
    hidden = []
    room.window.hide, hide = lambda: hidden.append(1) or hide(), room.window.hide
    room.window.lock()
    assert hidden == [1]
    assert room.window.isMinimized()


def test_who_was_there_last_is_remembered_beside_the_ledger(room, tmp_path):
    room.hands.press(Key.Key_K, CTRL | SHIFT)
    room.open()
    keyid = room.window.workbench.desk.ledger.person.keyid
    assert keyid in (tmp_path / "window.ini").read_text("utf-8")


def test_a_sign_on_the_rail_moves_nothing(room, qtbot):
    rail = room.window.workbench._rail
    entry = rail._buttons["entry"]
    before = [(one.geometry(), one.text()) for one in rail._buttons.values()]
    rail.show_signs({"entry": 12})
    assert entry._sign.text() == "12"
    assert entry.accessibleName() == "Nhập số liệu, 12 việc đang chờ"
    assert [(one.geometry(), one.text()) for one in rail._buttons.values()] == before
    rail.show_signs({})
    assert entry._sign.isHidden()
    assert entry.accessibleName() == "Nhập số liệu"


def test_the_rail_tells_what_presses_soon_after_the_screen_is_shown(room, qtbot):
    qtbot.waitUntil(lambda: room.window.workbench._rail._buttons["entry"]._sign.text() == "1", timeout=3000)


def test_a_place_in_a_page_that_the_office_lacks_is_sought_on_its_form(room):
    room.window.go("receiving", str(Location("nq28_hue", Period("2025-Q4"))))
    assert room.window.workbench.here == "entry"
