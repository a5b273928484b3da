"""Buttons by weight: one primary on a screen, the rest plain, a quiet one that looks like a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


class Button(QPushButton):
    """`weight`: primary, plain, quiet, danger. Enter never presses it by accident: only Space, or Enter on the focus."""

    def __init__(
        self, text: str, pressed: Callable[[], object], weight: str = "plain", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("weight", weight)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._press)
        self._pressed = pressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()  # Qt leaves Enter to the default button of a dialog; here there is none
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        self._pressed()
