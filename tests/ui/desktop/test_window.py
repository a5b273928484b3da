"""The window as a whole: every screen opens, every input has a name, no words are cut, the wheel changes nothing."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontInfo, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from forms.errors import Cancelled, InputRefused
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.services import todo
from main import workbench
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from ui.desktop import theme
from ui.desktop.crash import CrashBox, details, write_report
from ui.desktop.jobs import BackgroundTask
from ui.desktop.ledger_view import pages_for
from ui.desktop.main_window import MainWindow, dress
from ui.desktop.widgets.fields import ChoiceField

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
INPUTS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QProgressBar)
OFFICES = (False, True)  # only reports; sums up
VISITS = [(collates, page.id) for collates in OFFICES for page in pages_for(collates)]


@pytest.fixture
def opened(qtbot, tmp_path, monkeypatch):
    """A window over a commune's or a summing office's ledger, as large as the smallest screen."""

    bugs = []
    monkeypatch.setattr(CrashBox, "_tell", lambda _box, error: bugs.append(error))

    def make(*, collates: bool = False) -> MainWindow:
        program = FakeProgram(home=tmp_path / "so")
        desk = desk_of(program, "46" if collates else "19804", collates=collates)
        desk.ledger.folder = tmp_path
        for day in (3, 9):
            desk.news.save(NewsItem("", date(2025, 10, day), f"Tin ngày {day}", NewsKind.BRIEF, ("website",)))
        window = MainWindow(program, workbench, FakeAsk())
        qtbot.addWidget(window)
        window.open_ledger(desk.ledger)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    assert bugs == []
    dress(Path("/nowhere"))


def test_what_the_ledger_found_and_mended_is_told_once(opened):
    """When it was opened, and later after a backup or a changed password."""
    window = opened()
    told = lambda: [title for title in window.ask.asked if "kiểm tra" in title]  # noqa: E731
    assert told() == []
    window.workbench.desk.ledger.notices = ("Tệp sổ có 3 trang trống bị rách.",)
    window.toast("Đã sao lưu")
    window.toast("Đã lưu")
    assert len(told()) == 1


@pytest.mark.parametrize(("collates", "page"), VISITS, ids=str)
def test_every_input_tells_a_reader_its_name(opened, collates, page):
    window = opened(collates=collates)
    window.go(page)
    screen = window.workbench.screen_shown
    nameless = [
        f"{type(w).__name__} {w.objectName()}"
        for kind in INPUTS
        for w in screen.findChildren(kind)
        if not w.accessibleName()
        and not isinstance(w.parent(), QComboBox)
        and w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not w.window().objectName().startswith("qt_")
        and w.parent() is not None
        and not _inside_combo(w)
    ]
    unlabelled = [
        b
        for b in screen.findChildren(QAbstractButton)
        if b.isVisibleTo(screen) and not (b.text() or b.accessibleName()) and b.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert (nameless, unlabelled) == ([], [])


def _inside_combo(widget) -> bool:
    while widget is not None:
        if isinstance(widget, QComboBox):
            return True
        widget = widget.parent()
    return False


@pytest.mark.parametrize(("collates", "page"), VISITS, ids=str)
def test_no_words_are_cut_on_the_smallest_screen(opened, collates, page):
    window = opened(collates=collates)
    window.go(page)
    for _ in range(3):
        QApplication.processEvents()
    screen = window.workbench.screen_shown
    short = [
        b.text()
        for b in screen.findChildren(QAbstractButton)
        if b.isVisible() and b.width() < b.minimumSizeHint().width()
    ]
    for label in screen.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.pixmap():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            narrow = not label.wordWrap() and label.width() < label.sizeHint().width()
            if label.height() < needed - 2 or narrow:  # a font leaves that much air
                short.append(label.text())
    assert short == []


@pytest.mark.parametrize("collates", OFFICES, ids=["reports", "sums"])
def test_ctrl_and_a_number_open_every_screen_of_the_rail(opened, qtbot, collates):
    window = opened(collates=collates)
    pages = list(enumerate(pages_for(collates), 1))
    for number, page in pages[1:] + pages[:1]:
        keys = Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(QApplication.focusWidget() or window, *keys)
        qtbot.waitUntil(lambda page=page: window.workbench.here == page.id)


@pytest.mark.parametrize(("collates", "page"), [(False, "news"), (False, "entry"), (True, "settings")], ids=str)
def test_the_wheel_changes_no_choice(opened, collates, page):
    window = opened(collates=collates)
    window.go(page)
    for choice in window.workbench.screen_shown.findChildren(QComboBox):
        before = choice.currentIndex()
        centre = QPointF(choice.rect().center())
        wheel = QWheelEvent(
            centre,
            QPointF(choice.mapToGlobal(centre.toPoint())),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(choice, wheel)
        assert choice.currentIndex() == before


def test_an_item_is_kept_by_keyboard_alone_and_the_counter_moves(opened):
    window = opened()
    window.go("news", "2025-Q4")
    screen = window.workbench.screen_shown
    counted, line = screen.boards, screen.dock.line
    assert counted.shown[0].big == "2/4 tin, bài"
    QTest.keyClicks(line._date, "20/10/25")
    QTest.keyClick(line._date, Qt.Key.Key_Return)
    assert line._title.hasFocus()
    QTest.keyClicks(line._title, "Gap mat 20/10")
    assert counted.shown[0].big == "3/4 tin, bài"
    QTest.keyClick(line._title, Qt.Key.Key_Return)
    QTest.keyClicks(line._kinds, "B")
    QTest.keyClick(line._kinds, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    kept = window.workbench.desk.news.list(Period("2025-Q4"))[-1]
    assert (kept.title, kept.kind, kept.date) == ("Gap mat 20/10", NewsKind.FEATURE, date(2025, 10, 20))
    QTest.keyClick(line._date, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counted.shown[0].big == "2/4 tin, bài"


def test_the_window_speaks_vietnamese_and_wears_its_own_font(opened):
    window = opened()
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, window)
    assert box.buttons()[0].text() not in ("Cancel", "&Cancel")
    assert QFontInfo(window.font()).family() == "Be Vietnam Pro"


def test_a_theme_and_a_text_size_are_kept_beside_the_ledger(opened, tmp_path):
    window = opened()
    window.go("entry")
    window.look("dark", 130)
    assert window.workbench.here == "entry"
    theme.apply(QApplication.instance(), theme.LIGHT)
    dress(tmp_path)
    assert (theme.current().id, theme.current_percent()) == ("dark", 130)


def test_closing_backs_up_and_closes_the_ledger(opened, monkeypatch):
    window = opened()
    done = []
    monkeypatch.setattr(window.workbench.desk.ledger, "automatic_backup", lambda: done.append("backup"))
    monkeypatch.setattr(window.workbench.desk.ledger, "close", lambda: done.append("close"))
    window.close()
    assert done == ["backup", "close"]


def test_long_work_runs_elsewhere_and_ends_here(opened, qtbot):
    window = opened()
    ended = []
    window.work("Đang thử", lambda _: threading.get_ident(), lambda found: ended.append((found, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(ended))
    assert ended[0][0] != ended[0][1] == threading.main_thread().ident


def test_a_refusal_of_long_work_is_a_sentence_and_a_stop_is_none(opened, qtbot):
    window = opened()

    def refuse(_progress):
        raise InputRefused("PERIOD_UNKNOWN", "Không hiểu kỳ.")

    window.work("Đang thử", refuse, lambda _: None)
    qtbot.waitUntil(lambda: window.ask.asked == ["PERIOD_UNKNOWN"])

    def stop(_progress):
        raise Cancelled

    window.work("Đang thử", stop, lambda _: None)
    qtbot.waitUntil(lambda: "Đã dừng" in window.statusBar().currentMessage())
    assert window.ask.asked == ["PERIOD_UNKNOWN"]


def test_work_that_is_stopped_ends_at_its_next_step(qtbot):
    def work(progress):
        for step in range(1_000_000):
            progress(step, 1_000_000)

    task = BackgroundTask(work)
    with qtbot.waitSignal(task.refused) as refused:
        task.start()
        task.job.cancel()
    assert isinstance(refused.args[0], Cancelled)


@pytest.mark.parametrize(("work", "ending"), [(lambda _: 1, "done"), (lambda _: 1 / 0, "failed")])
def test_a_result_and_a_bug_are_told_apart(qtbot, work, ending):
    task = BackgroundTask(work)
    with qtbot.waitSignal(getattr(task, ending)):
        task.start()


def test_the_crash_report_names_lines_of_the_program_and_no_value(tmp_path):
    try:
        int("mật khẩu của tôi")
    except ValueError as error:
        told, file = details(error, "0.1.0"), write_report(error, tmp_path / "loi", "0.1.0")
    assert "test_window.py" in told
    assert "mật khẩu" not in told
    assert file.read_text("utf-8") == told


def test_the_crash_box_offers_the_details_and_goes_on(qtbot, tmp_path):
    box = CrashBox("0.1.0", lambda: tmp_path, lambda: None)._box(ValueError("bí mật"), tmp_path / "loi.txt")
    qtbot.addWidget(box)
    assert {button.text() for button in box.buttons()} == {"Chép chi tiết", "Làm tiếp"}
    assert "bí mật" not in box.text() + box.informativeText()


def test_a_list_filled_while_it_has_the_focus_is_as_wide_as_any_other(opened, qtbot):
    """The look of the focus must not take room from the words: “Quý IV năm 202” was shown so."""
    opened()
    page = QWidget()
    row = QHBoxLayout(page)
    focused, other = ChoiceField("Kỳ báo cáo"), ChoiceField("Quý")
    row.addWidget(focused)
    row.addWidget(other)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    focused.setFocus()
    qtbot.waitUntil(focused.hasFocus)
    for choice in (focused, other):
        choice.addItem("Quý IV năm 2025")
    assert focused.sizeHint() == other.sizeHint()


def test_the_rails_signs_are_found_once_and_off_the_windows_thread(qtbot, opened, monkeypatch):
    """In the window's thread they took 178 ms of a key, 1.3 seconds with 3 321 units; and home and rail found them each."""
    found, here = [], threading.get_ident()
    original = todo.own_in

    def watched(*asked):
        found.append(threading.get_ident())
        return original(*asked)

    monkeypatch.setattr(todo, "own_in", watched)
    window = opened()
    assert found == [here], "the home page shows what is to be done, so it waits for it"
    window.workbench.desk.news.save(NewsItem("", date(2025, 10, 12), "Tin mới", NewsKind.BRIEF, ("website",)))
    window.go("settings")
    shown = []
    monkeypatch.setattr(window.workbench._rail, "show_signs", shown.append)
    qtbot.waitUntil(lambda: bool(shown), timeout=5000)
    assert len(found) == 2
    assert found[1] != here
    window.workbench.signs()
    assert len(found) == 2


def test_signs_of_an_office_above_read_no_figures(monkeypatch):
    """A roll call of names: what thousands of units sent is not read while somebody types."""
    program = FakeProgram()
    desk = desk_of(program, "46", collates=True)
    monkeypatch.setattr(type(desk.summaries), "status", lambda *_: pytest.fail("the figures were read"))
    assert any(not item.is_own for item in desk.todo.now().items)
