"""When what is being typed is to be kept: after a short pause, and at the latest some seconds after the first key."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS, LATEST_MS = 1200, 8000


class Pause(QObject):
    """Tell it of every change with `begin`, and with `end` that all is kept."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.short, self.latest = QTimer(self), QTimer(self)
        for timer, after in ((self.short, PAUSE_MS), (self.latest, LATEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(self.over)

    def begin(self) -> None:
        self.short.start()
        if not self.latest.isActive():
            self.latest.start()

    def end(self) -> None:
        self.short.stop()
        self.latest.stop()
