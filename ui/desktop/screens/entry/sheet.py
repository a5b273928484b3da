"""The indicator sheet (F1): definition, formula, source, owner. Stays beside the work; Esc closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Scrolling
from ui.desktop.widgets.text import Heading, Muted


class Sheet(QDialog):
    def __init__(self, title: str, parts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Giải thích chỉ tiêu, số liệu")
        self.resize(560, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        heading = Heading(title)
        heading.setWordWrap(True)
        column.addWidget(heading)
        scroll = Scrolling()
        for head, text in parts:
            scroll.column.addWidget(_part(head, text))
        scroll.column.addStretch(1)
        column.addWidget(scroll, 1)
        close = Button("Đóng (Esc)", self.close)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _part(head: str, text: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    words = QLabel(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    column.addWidget(Muted(head))
    column.addWidget(words)
    return box
