"""The sheet of a row (F1): what it means, where it comes from, what it was. Stays beside the work; Esc closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.desktop.screens.entry.sheet_words import Chapter, Table
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card, Scrolling
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Heading, Muted, Wrapped, set_tone

_WIDTH, _HEIGHT = 620, 600
_SCROLLS = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 400, Qt.Key.Key_PageUp: -400}


class Sheet(QDialog):
    """The arrows scroll it."""

    def __init__(self, chapters: Sequence[Chapter], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Giải thích chỉ tiêu, số liệu")
        self.resize(_WIDTH, _HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        self._pages = Scrolling()
        for chapter in chapters:
            self._pages.column.addWidget(_chapter(chapter))
        self._pages.column.addStretch(1)
        column.addWidget(self._pages, 1)
        close = Button("Đóng (Esc)", self.close)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SCROLLS:
            bar = self._pages.verticalScrollBar()
            bar.setValue(bar.value() + _SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _chapter(chapter: Chapter) -> Card:
    card = Card()
    heading = Heading(chapter.title)
    heading.setWordWrap(True)
    card.column.addWidget(heading)
    for head, text in chapter.parts:
        card.column.addWidget(_part(head, text))
    if chapter.history:
        card.column.addWidget(Muted("Qua các kỳ"))
        card.column.addWidget(_history(chapter.history))
    return card


def _part(head: str, text: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    words = Wrapped(text)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(Muted(head))
    column.addWidget(words)
    return box


def _history(table: Table) -> QFrame:
    box = QFrame()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    for number, row in enumerate((table.heads, *table.rows)):
        for column, text in enumerate(row):
            label = Label(text)
            is_words = column == 0 or table.heads[column] == "Mốc"
            label.setAlignment(Qt.AlignmentFlag.AlignLeft if is_words else Qt.AlignmentFlag.AlignRight)
            set_tone(label, "tone", "small" if number == 0 or column == 0 or is_words else "")
            grid.addWidget(label, number, column)
    grid.setColumnStretch(len(table.heads), 1)
    return box
