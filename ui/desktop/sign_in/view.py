"""The sign-in page and the cover over an open ledger: who, the password, and the pause after wrong ones.

A ledger that is busy, damaged or newer is explained in place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.desktop.sign_in.presenter import CoverPresenter, NotLetIn, SignInPresenter, WhoMayEnter
from ui.desktop.widgets.cards import Button, DoorCard
from ui.desktop.widgets.fields import LineField, PasswordField, labelled
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.text import Label, MutedLabel, ProblemLabel

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerStore


_KEYID = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 5
_LOOK_MS = 1000


class Gate(DoorCard):
    """`verb` is on the button that opens; `opened` tries what was typed. ↑ and ↓ in the password choose who."""

    def __init__(self, title: str, hint: str, verb: str, opened: Callable[[], object]) -> None:
        super().__init__(title, hint)
        self._verb, self._opened, self._pause = verb, opened, 0
        self._people, self._password, self._problem = _People(), _Password(), ProblemLabel()
        self._usual, self._alone = labelled("&Mật khẩu", self._password), Label(tone="label")
        self._who = labelled("&Người dùng", self._people)
        self._enter = Button(verb, self._open, "primary")
        self._password.returnPressed.connect(self._open)
        self._password.turned.connect(self._people.turn)
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(lambda: self.pause(self._pause - 1))

    def show_people(self, who: WhoMayEnter) -> None:
        self._people.show_people(who)
        self._alone.setText(who.people[0][1] if len(who.people) == 1 else "")
        self._alone.setVisible(len(who.people) == 1)
        self._who.setVisible(len(who.people) > 1)
        self._say(who.problem)

    def refuse(self, refused: NotLetIn) -> None:
        self._say(refused.problem)
        self.pause(refused.pause)

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

    def _say(self, problem: str) -> None:
        self._problem.say(problem)
        if problem:
            self._password.selectAll()
            self._password.setFocus()

    def _open(self) -> None:
        self._problem.say("")
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._opened()
        finally:
            QGuiApplication.restoreOverrideCursor()


class _People(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Người dùng")
        self.setTabKeyNavigation(False)

    @property
    def chosen(self) -> str:
        """The keyid; empty while nobody is listed."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_KEYID))

    def show_people(self, who: WhoMayEnter) -> None:
        self.clear()
        for number, (keyid, words) in enumerate(who.people):
            item = QListWidgetItem(words)
            item.setData(_KEYID, keyid)
            self.addItem(item)
            if keyid == who.chosen or number == 0:
                self.setCurrentItem(item)
        line = self.sizeHintForRow(0) if who.people else 0
        self.setFixedHeight(line * min(len(who.people), _MOST_SHOWN) + 2 * self.frameWidth() + 2)

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


class SignInView(Gate):
    """With the password, or when it is forgotten with the printed recovery code. `person` is the keyid of who was there last,
    `office` whose ledger it was; both are empty where it was never open here."""

    def __init__(
        self,
        house: LedgerStore,
        folder: Path,
        done: Callable[[Ledger], object],
        person: str = "",
        office: str = "",
    ) -> None:
        super().__init__("Mở sổ", office, "Mở sổ", self._try)
        self._done, self._presenter = done, SignInPresenter(house, folder, monotonic)
        self._code = LineField("Mã khôi phục", "bảy nhóm bốn ký tự trên giấy đã in")
        self._new, self._again = PasswordField("Mật khẩu mới"), PasswordField("Gõ lại mật khẩu mới")
        self._again.returnPressed.connect(self._open)
        self._forgotten = Button("Quên mật khẩu?", self._switch, "quiet")
        self._recovery = QWidget()
        vbox(
            labelled("Mã &khôi phục", self._code),
            labelled("Mật khẩu mớ&i", self._new),
            labelled("&Gõ lại mật khẩu mới", self._again),
            MutedLabel("Mật khẩu mới đi kèm khóa niêm phong mới: phải gửi lại tệp đăng ký khóa cho nơi nhận."),
            spacing=10,
            on=self._recovery,
        )
        self._recovery.setVisible(False)
        foot = hbox(self._forgotten, None, self._enter, margins=(0, 4, 0, 0))
        where = MutedLabel(f"Sổ ở: {folder}")
        add_to(self.column, self._who, self._alone, self._usual, self._recovery, self._problem, foot, where)
        self.show_people(self._presenter.people(person))

    def _try(self) -> None:
        keyid = self._people.chosen
        if self._recovery.isHidden():
            got = self._presenter.sign_in(keyid, self._password.text())
        else:
            got = self._presenter.recover(keyid, self._code.text(), self._new.text(), self._again.text())
        if isinstance(got, NotLetIn):
            self.refuse(got)
        else:
            self._done(got)

    def _say(self, problem: str) -> None:
        if self._recovery.isHidden():
            super()._say(problem)
        else:
            self._problem.say(problem)

    def _switch(self) -> None:
        recovers = self._recovery.isHidden()
        self._problem.say("")
        self._usual.setVisible(not recovers)
        self._recovery.setVisible(recovers)
        self._forgotten.setText("Dùng mật khẩu" if recovers else "Quên mật khẩu?")
        (self._code if recovers else self._password).setFocus()


class CoverView(Gate):
    """Shows the name of the office and nothing of its figures; below, what still goes on behind it. `uncovered` is told
    whether it is who was there before."""

    def __init__(
        self,
        house: LedgerStore,
        ledger: Ledger,
        office: str,
        under_way: Callable[[], str],
        uncovered: Callable[[bool], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__("Sổ đang khóa", office, "Mở khóa", self._try)
        self._under_way, self._uncovered, self._going_on = under_way, uncovered, MutedLabel()
        self._presenter = CoverPresenter(ledger, under_way, monotonic)
        self._people_of = lambda: house.people(ledger.folder)
        foot = hbox(Button("Đóng phần mềm", leave, "quiet"), None, self._enter, margins=(0, 4, 0, 0))
        help = MutedLabel("Việc đang làm đã cất. Quên mật khẩu: đóng phần mềm, mở lại rồi dùng mã khôi phục.")
        parts = (self._who, self._alone, self._usual, self._problem, foot, self._going_on, help)
        add_to(self.column, *parts)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK_MS)
        self._look()

    def start(self, *, for_another: bool) -> None:
        self.show_people(self._presenter.people(self._people_of, for_another=for_another))

    def _try(self) -> None:
        got = self._presenter.open(self._people.chosen, self._password.text())
        if isinstance(got, NotLetIn):
            self.refuse(got)
        else:
            self._uncovered(got)

    def _look(self) -> None:
        told = self._under_way()
        self._going_on.setText(told)
        self._going_on.setVisible(bool(told))
