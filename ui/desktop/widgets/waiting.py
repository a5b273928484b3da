"""What stands over the window while long work runs: what it is, how far, how long still, and a way out."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.text import HeadingLabel, MutedLabel

_PATIENCE_MS = 400  # shorter work shows nothing
_WORTH_SAYING = 2.0  # seconds of work before a time left is guessed


class Waiting(QDialog):
    """Not closed by Esc: that asks the work to stop, and the work's end closes it."""

    def __init__(self, title: str, cancel: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(420)
        self._cancel, self._began = cancel, monotonic()
        self._is_covered = False
        self._bar, self._words = QProgressBar(), MutedLabel("Đang chuẩn bị…")
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._stop = Button("Dừng", self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        for widget in (HeadingLabel(title), self._bar, self._words):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._stop)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show_if_seen)

    @property
    def told(self) -> str:
        """What is done and how far it is, in one line."""
        return f"{self.windowTitle()}: {self._words.text()}"

    def begin(self) -> None:
        self._timer.start(_PATIENCE_MS)

    def cover(self) -> None:
        """Out of sight; the work goes on."""
        self._is_covered = True
        self.hide()

    def uncover(self) -> None:
        self._is_covered = False
        if not self._timer.isActive():
            self.show()

    def end(self) -> None:
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def _show_if_seen(self) -> None:
        if not self._is_covered:
            self.show()

    def show_progress(self, done: int, total: int) -> None:
        """Of work that cannot tell how far it is `total` is 0."""
        if not total:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(f"{done} trên {total}{_left(monotonic() - self._began, done, total)}")

    def reject(self) -> None:
        self._stop.setEnabled(False)
        self._words.setText("Đang dừng…")
        self._cancel()

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            super().keyPressEvent(event)


def _left(passed: float, done: int, total: int) -> str:
    if passed < _WORTH_SAYING or not done:
        return ""
    seconds = round(passed / done * (total - done))
    return f", còn khoảng {seconds} giây" if seconds < 100 else f", còn khoảng {round(seconds / 60)} phút"
