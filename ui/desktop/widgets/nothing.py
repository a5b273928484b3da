"""What a page says that has nothing of the report that is worked on, and the report that may be opened instead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desktop.place import Place
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Muted


class Nothing(QWidget):
    """`opened` is told the other report; only a person opens it."""

    def __init__(self, opened: Callable[[Place], object]) -> None:
        super().__init__()
        self._opened = opened
        self._other: Place | None = None
        self._words, self._open = Muted(), Button("", self._press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._words)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def say(self, words: str, other: Place | None = None) -> None:
        self._other = other
        self._words.setText(words)
        self._open.setText(f"Mở {other.period.words}" if other else "")
        self._open.setVisible(other is not None)
        self.show()

    def take_keys(self) -> None:
        self._open.setFocus()

    def _press(self) -> None:
        if self._other is not None:
            self._opened(self._other)
