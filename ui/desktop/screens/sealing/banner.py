"""One line above the grid about the whole report, with what can be done about it. Hidden while there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Pill, Wrapped


class Banner(QFrame):
    """`words` of a `tone` under a short `name`; the button, where there is one, does `act`."""

    def __init__(self, name: str, tone: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._words = Wrapped()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(Pill(name, tone), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        if act is not None:
            row.addWidget(Button(button, act), 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))
