"""White cards on the grey ground, and the card that stands alone at the door."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Muted


class Card(QFrame):
    """A framed group; add to `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(10)


class Divider(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("divider")


class Scrolling(QScrollArea):
    """Content taller than the window; add to `column`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(14)
        self.setWidget(inside)


class DoorCard(QWidget):
    """A page before the ledger is open: the product's name and one card in the middle of the window, which scrolls
    where the window is too low for it."""

    def __init__(self, title: str, hint: str = "", width: int = 560) -> None:
        super().__init__()
        self.setObjectName("screen")
        name = Label("Sổ Bình Đẳng")
        name.setProperty("tone", "big")
        card = Card()
        card.setFixedWidth(width)
        card.column.setContentsMargins(28, 22, 28, 22)
        card.column.setSpacing(12)
        self.title, self.hint = Label(title), Muted(hint, card)
        self.title.setObjectName("screenTitle")
        self.hint.setVisible(bool(hint))
        card.column.addWidget(self.title)
        card.column.addWidget(self.hint)
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        card.column.addLayout(self.column)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addStretch(1)
        middle.addWidget(name)
        middle.addWidget(Muted("Sổ và báo cáo bình đẳng giới, chạy không cần mạng"))
        middle.addSpacing(14)
        middle.addWidget(card)
        middle.addStretch(2)
        inside = Scrolling()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(middle)
        across.addStretch(1)
        inside.column.setContentsMargins(0, 0, 0, 0)
        inside.column.addLayout(across, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(inside)
