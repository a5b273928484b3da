"""Buttons by weight, cards, a place to drop files, the shipped icons, short notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

import resources
from ui.desktop.widgets.text import Label, MutedLabel


class Button(QPushButton):
    """`weight`: primary (one on a screen), plain, quiet (looks like a link), danger. Enter never presses it by accident:
    only Space, or Enter on the focus."""

    def __init__(self, text: str, pressed: Callable[[], object], weight: str = "plain") -> None:
        super().__init__(text)
        self.setProperty("weight", weight)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked: pressed())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()  # Qt leaves Enter to the default button of a dialog; here there is none
        else:
            super().keyPressEvent(event)


class Card(QFrame):
    """A framed group; add to `column`."""

    def __init__(self) -> None:
        super().__init__()
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
        card = Card()
        card.setFixedWidth(width)
        card.column.setContentsMargins(28, 22, 28, 22)
        card.column.setSpacing(12)
        self.title, self.hint = Label(title), MutedLabel(hint, card)
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
        middle.addWidget(Label("Sổ Bình Đẳng", tone="big"))
        middle.addWidget(MutedLabel("Sổ và báo cáo bình đẳng giới, chạy không cần mạng"))
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


class FileDrop(QObject):
    """Files and folders dragged onto a widget, wherever on it they are let go. Watches `over`; `dropped` gets local paths.
    Anything else that is dragged is not taken."""

    def __init__(self, over: QWidget, dropped: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(over)
        self._dropped = dropped
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            if _paths(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif event.type() is QEvent.Type.Drop and (paths := _paths(event.mimeData())):
            event.acceptProposedAction()
            self._dropped(paths)
            return True
        return super().eventFilter(watched, event)


def _paths(dragged: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]


_SIZE, _SCALE = 20, 2


def icon(name: str, colour: str) -> QIcon:
    """resources/icons/<name>.svg drawn in one colour, sharp up to twice its size."""
    drawing = resources.path(f"icons/{name}.svg").read_bytes().replace(b"currentColor", QColor(colour).name().encode())
    renderer = QSvgRenderer(QByteArray(drawing))
    picture = QPixmap(_SIZE * _SCALE, _SIZE * _SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, _SIZE * _SCALE, _SIZE * _SCALE))
    painter.end()
    picture.setDevicePixelRatio(_SCALE)
    return QIcon(picture)


SHOWN_MS = 4000
_EDGE = 24


class Toast(Label):
    """The notice that something went well. Goes away by itself; never takes the focus."""

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
