"""The notice that something went well. Goes away by itself; never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from ui.desktop.widgets.plain import Label

SHOWN_MS = 4000
_EDGE = 24


class Toast(Label):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.setWordWrap(False)
        self.adjustSize()
        room = self.parentWidget().width() - 2 * _EDGE
        if self.width() > room:
            self.setWordWrap(True)
            self.setFixedWidth(room)
            self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)

    def place(self) -> None:
        around = self.parentWidget().rect()
        self.move(around.right() - self.width() - _EDGE, around.bottom() - self.height() - _EDGE)
