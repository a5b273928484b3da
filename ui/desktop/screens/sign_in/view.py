"""Sign-in: choose who, type the password. A ledger that is busy, damaged or newer is explained in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.sign_in.gate import Gate
from ui.desktop.screens.sign_in.presenter import SignInPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Line, Password, labelled
from ui.desktop.widgets.text import Muted

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerHouse


@dataclass(frozen=True, slots=True)
class LastTime:
    """Who was there last, by keyid, and whose ledger it was, with its province; empty where it was never open here."""

    person: str = ""
    office: str = ""


class SignInView(Gate):
    """With the password, or when it is forgotten with the printed recovery code."""

    def __init__(
        self, house: LedgerHouse, folder: Path, done: Callable[[Ledger], object], last: LastTime = LastTime()
    ) -> None:
        super().__init__("Mở sổ", last.office, "Mở sổ", self._try)
        self._done = done
        self._code = Line("Mã khôi phục", "bảy nhóm bốn ký tự trên giấy đã in")
        self._new, self._again = Password("Mật khẩu mới"), Password("Gõ lại mật khẩu mới")
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
            Muted("Mật khẩu mới đi kèm khóa niêm phong mới: phải gửi lại tệp đăng ký khóa cho nơi nhận.")
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
        self.column.addWidget(Muted(f"Sổ ở: {folder}"))
