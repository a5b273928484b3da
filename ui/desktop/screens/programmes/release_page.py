"""What of a draft is different from the pack it was copied from: read before it is released for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.rows import Row
from ui.desktop.screens.programmes.words import CHANGE_COLUMNS
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Muted, Wrapped


class ReleasePage(QWidget):
    def __init__(self, release: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._words = Wrapped(), Muted()
        self._title.setProperty("tone", "heading")
        self._list = Listing("Những mục đã sửa", wraps=True)
        keys_inside(self, Qt.Key.Key_Escape, back)
        names, head, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._words)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in (Button("Sửa tiếp", back), Button("Phát hành", release, "primary")):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def show_changes(self, title: str, words: str, rows: Sequence[Row]) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._list.show_rows(CHANGE_COLUMNS, rows, rows[0].id if rows else "")
        self._list.setFocus()  # a Space too many must not release
