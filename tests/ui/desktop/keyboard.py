"""A person without a mouse: every key goes where the focus is, and the focus is never lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QThreadPool, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMessageBox, QRadioButton, QWidget

from main import MainApplication, first_run, workbench
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.wrapping import LIGHT
from ui.desktop.app import Startup
from ui.desktop.dialogs import WindowDialogs
from ui.desktop.main_window import MainWindow

Key = Qt.Key
CTRL, SHIFT, ALT, PLAIN = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
_FAR = 80  # Tabs that lead round every screen


class StillProgram(MainApplication):
    """The product with cheap passwords, on a day of the fourth quarter."""

    def clock(self) -> datetime:
        return datetime(2025, 12, 30, 9, 5, tzinfo=UTC)

    @cached_property
    def house(self) -> SqlLedgerStore:
        return SqlLedgerStore(self.clock, bring_up_to_date, LIGHT)


class FolderAsk(WindowDialogs):
    """The window's own questions; only the system's file dialogs are answered without being shown."""

    def __init__(self, place: Path) -> None:
        super().__init__(None)
        self.place, self.files, self.dialogs = place, list[Path](), 0
        self.opened: list[Path] = []

    def stand_over(self, window: QWidget) -> None:
        self._parent = window

    def folder(self, title: str, start: Path | None = None) -> Path:
        self.dialogs += 1
        return self.place

    def open_files(self, title: str, pattern: str, start: Path | None = None) -> list[Path]:
        self.dialogs += 1
        return self.files

    def save_file(self, title: str, name: str, pattern: str, start: Path | None = None) -> Path:
        self.dialogs += 1
        return self.place / name

    def open_folder(self, folder: Path) -> None:
        self.opened.append(folder)


@dataclass
class Hands:
    """What the two hands do on the keyboard; `keys` counts the presses, `boxes` the questions that were answered."""

    window: QWidget
    keys: int = 0
    boxes: int = 0
    seen: list[str] = field(default_factory=list)

    @property
    def focus(self) -> QWidget:
        """Where the next key goes: visible, enabled, in the window that is active."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None, f"the focus is nowhere, after {self.seen[-5:]}"
        assert found.isVisible(), f"the focus is hidden, after {self.seen[-5:]}"
        assert found.isEnabled(), f"the focus is on what takes no key, after {self.seen[-5:]}"
        return found

    @property
    def here(self) -> str:
        return called(self.focus)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.focus, key, held)
            self._count(key.name)

    def visit(self, page: str) -> None:
        """The screen of that id, by Ctrl and its number on the rail."""
        number = self.window.workbench.pages.index(page) + 1
        self.press(Key(Key.Key_0 + number), CTRL)
        assert self.window.workbench.here == page

    def type(self, text: str) -> None:
        """Letter by letter, marks and all, as an input method hands them over."""
        for letter in text:
            self._strike(letter)
            self._count(letter)

    def at_one_go(self, text: str) -> None:
        """Letter by letter too, and so quickly that the window shows itself only when all is typed."""
        for letter in text:
            self._strike(letter)
        self.keys += len(text) - 1
        self._count(text)

    def telex(self, *strokes: str) -> None:
        """As UniKey types: what the strokes gave so far is taken back, then given anew ("d", "đ")."""
        before = ""
        for stroke in strokes:
            self.press(Key.Key_Backspace, times=len(before))
            self.type(stroke)
            before = stroke

    def go_to(self, name: str, key: Qt.Key = Key.Key_Tab) -> None:
        """By Tab, or Shift+Tab, to the thing of that name."""
        met = []
        while self.here != name:
            met.append(self.here)
            assert len(met) < _FAR, f"Tab never comes to {name!r}: {list(dict.fromkeys(met))}"
            self.press(key, SHIFT if key is Key.Key_Backtab else PLAIN)

    def push(self, name: str, key: Qt.Key = Key.Key_Tab) -> None:
        """To the button of that name, and press it."""
        self.go_to(name, key)
        self.press(Key.Key_Space)

    def answer(self, act: Callable[[], object], *keys: Qt.Key) -> None:
        """Do what makes the window ask, and press these keys on the question."""
        told = []

        def reply() -> None:
            box = QApplication.activeModalWidget()
            if not isinstance(box, QMessageBox) or not box.isActiveWindow():
                QTimer.singleShot(5, reply)
                return
            told.append(box.text())
            for key in keys:
                self.press(key)

        QTimer.singleShot(0, reply)
        act()
        self.boxes += 1
        assert told, "nothing was asked"

    def settle(self) -> None:
        """Until the work under way is done and shown."""
        for _ in range(3):
            QThreadPool.globalInstance().waitForDone()
            QApplication.processEvents()
        if QApplication.activeWindow() is None:  # here no window manager gives the focus back when a box is closed
            (QApplication.activeModalWidget() or self.window).activateWindow()
            QApplication.processEvents()

    def _strike(self, letter: str) -> None:
        if letter.isascii():
            QTest.keyClick(self.focus, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus, QKeyEvent(kind, 0, PLAIN, letter))

    def _count(self, what: str) -> None:
        self.keys += 1
        self.seen.append(what)
        self.settle()
        assert self.focus


def called(widget: QWidget) -> str:
    """What a reader of the screen says of it."""
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "").strip()
    return widget.accessibleName() or type(widget).__name__


def at_the_keyboard(qtbot, folder: Path, ask: FolderAsk) -> Hands:
    """The product's window before its door, in front of somebody."""
    program = StillProgram(folder)
    window = MainWindow(program, workbench, ask)
    ask.stand_over(window)
    Startup(program, window, first_run).open()
    return in_front_of(qtbot, window)


def in_front_of(qtbot, window: QWidget) -> Hands:
    """A window shown as large as the smallest screen, with the keys."""
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Hands(window)


def roll_over(place: QWidget) -> None:
    """The mouse's wheel, one notch down in the middle of a widget."""
    centre = QPointF(place.rect().center())
    notch, none = QPoint(0, -120), Qt.MouseButton.NoButton
    at = QPointF(place.mapToGlobal(centre.toPoint()))
    QApplication.sendEvent(
        place, QWheelEvent(centre, at, notch, notch, none, PLAIN, Qt.ScrollPhase.NoScrollPhase, False)
    )
    QApplication.processEvents()


def loop(hands: Hands, key: Qt.Key = Key.Key_Tab) -> list[QWidget]:
    """What Tab visits from here until it is back here."""
    start, met = hands.focus, [hands.focus]
    while True:
        hands.press(key, SHIFT if key is Key.Key_Backtab else PLAIN)
        if hands.focus is start:
            return met
        assert hands.focus not in met, f"Tab turns in a small circle: {[called(one) for one in met]}"
        met.append(hands.focus)


def reachable(around: QWidget) -> set[QWidget]:
    """What Tab must visit: all that is seen, takes keys, and is not one of several of which the chosen one stands for all."""
    return {
        one
        for one in around.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.focusProxy()
        and not isinstance(one.parent(), QComboBox)
        and not (isinstance(one, QAbstractButton) and one.group() and not one.isChecked())
        and not (isinstance(one, QRadioButton) and not one.isChecked())
        and one.window() is around.window()
    }


def mnemonics(around: QWidget) -> list[str]:
    """The letters that Alt takes now: of field names, buttons and tabs."""
    seen = [one for one in around.findChildren(QWidget) if one.isVisible()]
    texts = [
        one.text() for one in seen if isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy())
    ]
    return [found[1].lower() for text in texts if (found := re.search("&([^&])", text.replace("&&", "")))]


def picture(widget: QWidget) -> memoryview:
    """Every pixel of the widget as it stands in its window."""
    place = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
    drawn = widget.window().grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(bytes(drawn.constBits())).cast("I")
