"""F1: what an indicator means, its formula, its figures over the periods; refused text that waits at a cell.

The sheet of a row (F1): what it means, where it comes from, what it was. Stays beside the work; Esc closes it.

A label of plain words that takes no more lines than it may; what does not fit is in its tooltip.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.desktop.entry.grid_delegate import wrapped
from ui.desktop.entry.indicator_help_words import HelpChapter, HelpTable
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.plain_text import Label, set_tip
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, WrappedLabel, set_tone

_WIDTH, _HEIGHT = 620, 600
_SCROLLS = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 400, Qt.Key.Key_PageUp: -400}


class IndicatorHelp(QDialog):
    """The arrows scroll it."""

    def __init__(self, chapters: Sequence[HelpChapter], parent: QWidget) -> None:
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


def _chapter(chapter: HelpChapter) -> Card:
    card = Card()
    heading = HeadingLabel(chapter.title)
    heading.setWordWrap(True)
    card.column.addWidget(heading)
    for head, text in chapter.parts:
        card.column.addWidget(_part(head, text))
    if chapter.history:
        card.column.addWidget(MutedLabel("Qua các kỳ"))
        card.column.addWidget(_history(chapter.history))
    return card


def _part(head: str, text: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    words = WrappedLabel(text)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(MutedLabel(head))
    column.addWidget(words)
    return box


def _history(table: HelpTable) -> QFrame:
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


class Cut(Label):
    """Hidden while it is empty."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._words = most, ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        """All of them."""
        return self._words

    def say(self, words: str, most: int | None = None) -> None:
        self._words, self._most = words, most or self._most
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = "\n".join(wrapped(" ".join(self._words.split()), self.font(), max(60, self.width()), self._most))
        if shown != self.text():
            self.setText(shown)
            set_tip(self, self._words if "…" in shown else "")
