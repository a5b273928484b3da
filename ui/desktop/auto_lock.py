"""Locks the ledger after a while without a key or a click, and puts away what was open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget

from ui.desktop.jobs import Waiting

_SIGNS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)
_LOOK_MS = 2000


class IdleTimer(QObject):
    """`left_alone` once nothing came for the minutes that were asked for: no key, mouse, wheel or touch in any window of ours.

    Looks at the windows, not at every event of every widget: input comes there first, and little else does.
    """

    left_alone = Signal()

    def __init__(self, now: Callable[[], float], parent: QObject) -> None:
        """`now`: seconds of a clock that nobody sets."""
        super().__init__(parent)
        self._now, self._last = now, now()
        self._seconds: float | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._listen)

    def begin(self, minutes: int | None) -> None:
        """From now on; None: nobody is waited for."""
        self._seconds = None if minutes is None else minutes * 60.0
        self._last = self._now()
        self._listen(QGuiApplication.focusWindow())
        if minutes is None:
            self._timer.stop()
        else:
            self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        self._seconds = None

    def look(self) -> None:
        """Every two seconds: has it been long enough?"""
        if self._seconds is not None and self._now() - self._last >= self._seconds:
            self.end()
            self.left_alone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._last = self._now()
        return False

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time changes nothing


def put_away_what_is_open(window: QWidget) -> None:
    """Menus go, dialogs are answered with no: what they asked stays undone, and passwords typed into them are gone."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None and popup.isVisible():
        popup.close()
    for one in QApplication.topLevelWidgets():
        if one is window or isinstance(one, Waiting | QMainWindow) or not one.isVisible():
            continue
        if isinstance(one, QDialog):
            one.reject()
        else:
            one.close()


def forget_the_small_picture(window: QWidget) -> None:
    """A window that is put away shows its last look beside the task bar; shown anew it has none."""
    if window.isMinimized():
        window.hide()
        window.showMinimized()
