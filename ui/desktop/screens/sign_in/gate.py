"""What the sign-in and the covered window share: who, the password, and the pause after wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import DoorCard
from ui.desktop.widgets.fields import Password, labelled
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Problem

_KEYID = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 5


class Gate(DoorCard):
    """`enter` is the button that opens; what it does is the presenter's matter. ↑ and ↓ in the password choose who."""

    def __init__(self, title: str, hint: str, verb: str, opened: Callable[[], object]) -> None:
        super().__init__(title, hint)
        self._verb, self._opened, self._pause = verb, opened, 0
        self._people, self._password, self._problem = _People(), _Password(), Problem()
        self._who = labelled("&Người dùng", self._people)
        self._alone = Label()
        self._alone.setProperty("tone", "label")
        self._enter = Button(verb, self._open, "primary")
        self._password.returnPressed.connect(self._open)
        self._password.turned.connect(self._people.turn)
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(lambda: self.pause(self._pause - 1))

    def show_people(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        self._people.show_people(people, chosen)
        self._alone.setText(people[0][1] if len(people) == 1 else "")
        self._alone.setVisible(len(people) == 1)
        self._who.setVisible(len(people) > 1)

    def show_problem(self, text: str) -> None:
        self._problem.say(text)

    def pause(self, seconds: int) -> None:
        """The button counts down; what is typed meanwhile stays."""
        self._pause = max(0, seconds)
        self._enter.setText(f"{self._verb} (đợi {self._pause} giây)" if self._pause else self._verb)
        if not self._pause:
            self._ticking.stop()
        elif not self._ticking.isActive():
            self._ticking.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._password.setFocus()  # not sooner: the window it is put into would forget it

    @property
    def _keyid(self) -> str:
        return self._people.chosen

    def _open(self) -> None:
        self._problem.say("")
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._opened()
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _ask_again(self) -> None:
        self._password.selectAll()
        self._password.setFocus()

    def _add_who(self) -> None:
        self.column.addWidget(self._who)
        self.column.addWidget(self._alone)

    def _password_field(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(labelled("&Mật khẩu", self._password))
        return box


class _People(QListWidget):
    """The persons of the ledger, one line each."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Người dùng")
        self.setTabKeyNavigation(False)

    @property
    def chosen(self) -> str:
        """The keyid; empty while nobody is listed."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_KEYID))

    def show_people(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        self.clear()
        for number, (keyid, words) in enumerate(people):
            item = QListWidgetItem(words)
            item.setData(_KEYID, keyid)
            self.addItem(item)
            if keyid == chosen or number == 0:
                self.setCurrentItem(item)
        line = self.sizeHintForRow(0) if people else 0
        self.setFixedHeight(line * min(len(people), _MOST_SHOWN) + 2 * self.frameWidth() + 2)

    def turn(self, by: int) -> None:
        self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))


class _Password(Password):
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__("Mật khẩu")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.turned.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
