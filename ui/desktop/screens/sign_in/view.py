"""Sign-in: choose who, type the password. A ledger that is busy, damaged or newer is explained in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.sign_in.presenter import SignInPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import DoorCard
from ui.desktop.widgets.fields import Choice, Line, Password, labelled
from ui.desktop.widgets.text import Muted, Problem

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerHouse


class SignInView(DoorCard):
    """With the password, or when it is forgotten with the printed recovery code."""

    def __init__(self, house: LedgerHouse, folder: Path, done: Callable[[Ledger], object]) -> None:
        super().__init__("Mở sổ")
        self._done = done
        self._person, self._password = Choice("Người dùng"), Password("Mật khẩu")
        self._code, self._problem = Line("Mã khôi phục", "bảy nhóm bốn ký tự trên giấy đã in"), Problem()
        self._new, self._again = Password("Mật khẩu mới"), Password("Gõ lại mật khẩu mới")
        self._enter = Button("Mở sổ", self._open, "primary")
        self._forgotten = Button("Quên mật khẩu?", self._switch, "quiet")
        self._usual, self._recovery = QWidget(), QWidget()
        self._lay_out(folder)
        for field in (self._password, self._again):
            field.returnPressed.connect(self._open)
        self._presenter = SignInPresenter(self, house, folder)
        self._presenter.start()

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        for keyid, words in people:
            self._person.addItem(words, keyid)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._password.setFocus()  # not sooner: the window it is put into would forget it

    def show_problem(self, text: str) -> None:
        self._problem.say(text)
        if not self._recovers:
            self._password.selectAll()
            self._password.setFocus()

    def let_in(self, ledger: Ledger) -> None:
        self._done(ledger)

    @property
    def _recovers(self) -> bool:
        return not self._recovery.isHidden()

    def _open(self) -> None:
        self._problem.say("")
        keyid = str(self._person.currentData() or "")
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            if self._recovers:
                self._presenter.recover(keyid, self._code.text(), self._new.text(), self._again.text())
            else:
                self._presenter.sign_in(keyid, self._password.text())
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _switch(self) -> None:
        recovers = not self._recovers
        self._problem.say("")
        self._usual.setVisible(not recovers)
        self._recovery.setVisible(recovers)
        self._forgotten.setText("Dùng mật khẩu" if recovers else "Quên mật khẩu?")
        (self._code if recovers else self._password).setFocus()

    def _lay_out(self, folder: Path) -> None:
        usual, recovery, buttons = QVBoxLayout(self._usual), QVBoxLayout(self._recovery), QHBoxLayout()
        for column in (usual, recovery):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
        usual.addWidget(labelled("&Mật khẩu", self._password))
        recovery.addWidget(labelled("Mã &khôi phục", self._code))
        recovery.addWidget(labelled("Mật khẩu mớ&i", self._new))
        recovery.addWidget(labelled("&Gõ lại mật khẩu mới", self._again))
        recovery.addWidget(
            Muted("Mật khẩu mới đi kèm khóa niêm phong mới: phải gửi lại tệp đăng ký khóa cho nơi nhận.")
        )
        self.column.addWidget(labelled("&Người dùng", self._person))
        self._recovery.setVisible(False)
        for part in (self._usual, self._recovery, self._problem):
            self.column.addWidget(part)
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.addWidget(self._forgotten)
        buttons.addStretch(1)
        buttons.addWidget(self._enter)
        self.column.addLayout(buttons)
        self.column.addWidget(Muted(f"Sổ ở: {folder}"))
