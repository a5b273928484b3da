"""The sign-in page and the cover of a locked ledger.

What the sign-in and the covered window share: who, the password, and the pause after wrong ones.

Sign-in: choose who, type the password. A ledger that is busy, damaged or newer is explained in place.

What covers the window while nobody is there, or while one person leaves the place to another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.desktop.sign_in.presenter import CoverPresenter, SignInPresenter
from ui.desktop.widgets.cards import Button, DoorCard
from ui.desktop.widgets.fields import LineField, PasswordField, labelled
from ui.desktop.widgets.plain_text import Label
from ui.desktop.widgets.text import MutedLabel, ProblemLabel

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerStore


_KEYID = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 5


class Gate(DoorCard):
    """`enter` is the button that opens; what it does is the presenter's matter. ↑ and ↓ in the password choose who."""

    def __init__(self, title: str, hint: str, verb: str, opened: Callable[[], object]) -> None:
        super().__init__(title, hint)
        self._verb, self._opened, self._pause = verb, opened, 0
        self._people, self._password, self._problem = _People(), _Password(), ProblemLabel()
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


class _Password(PasswordField):
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__("Mật khẩu")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.turned.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class LastTime:
    """Who was there last, by keyid, and whose ledger it was, with its province; empty where it was never open here."""

    person: str = ""
    office: str = ""


class SignInView(Gate):
    """With the password, or when it is forgotten with the printed recovery code."""

    def __init__(
        self, house: LedgerStore, folder: Path, done: Callable[[Ledger], object], last: LastTime = LastTime()
    ) -> None:
        super().__init__("Mở sổ", last.office, "Mở sổ", self._try)
        self._done = done
        self._code = LineField("Mã khôi phục", "bảy nhóm bốn ký tự trên giấy đã in")
        self._new, self._again = PasswordField("Mật khẩu mới"), PasswordField("Gõ lại mật khẩu mới")
        self._forgotten = Button("Quên mật khẩu?", self._switch, "quiet")
        self._usual, self._recovery = self._password_field(), QWidget()
        self._lay_out(folder)
        self._again.returnPressed.connect(self._open)
        self._presenter = SignInPresenter(self, house, folder, monotonic)
        self._presenter.start(last.person)

    def show_problem(self, text: str) -> None:
        super().show_problem(text)
        if text and not self._recovers:
            self._ask_again()

    def let_in(self, ledger: Ledger) -> None:
        self._done(ledger)

    @property
    def _recovers(self) -> bool:
        return not self._recovery.isHidden()

    def _try(self) -> None:
        if self._recovers:
            self._presenter.recover(self._keyid, self._code.text(), self._new.text(), self._again.text())
        else:
            self._presenter.sign_in(self._keyid, self._password.text())

    def _switch(self) -> None:
        recovers = not self._recovers
        self._problem.say("")
        self._usual.setVisible(not recovers)
        self._recovery.setVisible(recovers)
        self._forgotten.setText("Dùng mật khẩu" if recovers else "Quên mật khẩu?")
        (self._code if recovers else self._password).setFocus()

    def _lay_out(self, folder: Path) -> None:
        recovery, buttons = QVBoxLayout(self._recovery), QHBoxLayout()
        recovery.setContentsMargins(0, 0, 0, 0)
        recovery.setSpacing(10)
        recovery.addWidget(labelled("Mã &khôi phục", self._code))
        recovery.addWidget(labelled("Mật khẩu mớ&i", self._new))
        recovery.addWidget(labelled("&Gõ lại mật khẩu mới", self._again))
        recovery.addWidget(
            MutedLabel("Mật khẩu mới đi kèm khóa niêm phong mới: phải gửi lại tệp đăng ký khóa cho nơi nhận.")
        )
        self._add_who()
        self._recovery.setVisible(False)
        for part in (self._usual, self._recovery, self._problem):
            self.column.addWidget(part)
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.addWidget(self._forgotten)
        buttons.addStretch(1)
        buttons.addWidget(self._enter)
        self.column.addLayout(buttons)
        self.column.addWidget(MutedLabel(f"Sổ ở: {folder}"))


_LOOK_MS = 1000


@dataclass(frozen=True)
class Ways:
    """Where one can go from here. `uncovered` is told whether it is who was there before."""

    uncovered: Callable[[bool], object]
    leave: Callable[[], object]


class CoverView(Gate):
    """Shows the name of the office and nothing of its figures; below, what still goes on behind it."""

    def __init__(
        self, house: LedgerStore, ledger: Ledger, office: str, under_way: Callable[[], str], ways: Ways
    ) -> None:
        super().__init__("Sổ đang khóa", office, "Mở khóa", self._try)
        self._under_way, self._ways = under_way, ways
        self._going_on = MutedLabel()
        self._lay_out()
        self._presenter = CoverPresenter(self, ledger, under_way, monotonic)
        self._people_of = lambda: house.people(ledger.folder)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK_MS)
        self._look()

    def start(self, *, for_another: bool) -> None:
        self._presenter.start(self._people_of, for_another=for_another)

    def show_problem(self, text: str) -> None:
        super().show_problem(text)
        if text:
            self._ask_again()

    def uncover(self, *, same_person: bool) -> None:
        self._ways.uncovered(same_person)

    def _try(self) -> None:
        self._presenter.open(self._keyid, self._password.text())

    def _look(self) -> None:
        told = self._under_way()
        self._going_on.setText(told)
        self._going_on.setVisible(bool(told))

    def _lay_out(self) -> None:
        self._add_who()
        for part in (self._password_field(), self._problem):
            self.column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.addWidget(Button("Đóng phần mềm", self._ways.leave, "quiet"))
        buttons.addStretch(1)
        buttons.addWidget(self._enter)
        self.column.addLayout(buttons)
        self.column.addWidget(self._going_on)
        self.column.addWidget(
            MutedLabel("Việc đang làm đã cất. Quên mật khẩu: đóng phần mềm, mở lại rồi dùng mã khôi phục.")
        )
