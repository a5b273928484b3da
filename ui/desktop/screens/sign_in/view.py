"""Sign-in: choose who, type the password. A ledger that is busy, damaged or newer is explained in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.ports import Ledger, LedgerHouse
from ui.desktop.screens.sign_in.presenter import SignInPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import DoorCard
from ui.desktop.widgets.fields import Choice, Password, labelled
from ui.desktop.widgets.text import Muted, Problem


class SignInView(DoorCard):
    """`other` are further ways to go on from here: (words, what happens)."""

    def __init__(self, house: LedgerHouse, folder: Path, done: Callable[[Ledger], object],
                 other: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        super().__init__("Mở sổ")
        self._done = done
        self._person = Choice("Người dùng")
        self._password = Password("Mật khẩu")
        self._problem = Problem()
        self._enter = Button("Mở sổ", self._sign_in, "primary")
        self._password.returnPressed.connect(self._sign_in)
        self._lay_out(folder, other)
        self._presenter = SignInPresenter(self, house, folder)
        self._presenter.start()

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        for keyid, words in people:
            self._person.addItem(words, keyid)
        self._password.setFocus()

    def show_problem(self, text: str) -> None:
        self._problem.say(text)
        self._password.selectAll()
        self._password.setFocus()

    def let_in(self, ledger: Ledger) -> None:
        self._done(ledger)

    def _sign_in(self) -> None:
        self._problem.say("")
        self._presenter.sign_in(str(self._person.currentData() or ""), self._password.text())

    def _lay_out(self, folder: Path, other: Sequence[tuple[str, Callable[[], object]]]) -> None:
        self.column.addWidget(labelled("&Người dùng", self._person))
        self.column.addWidget(labelled("&Mật khẩu", self._password))
        self.column.addWidget(self._problem)
        row, buttons = QWidget(), QHBoxLayout()
        row.setLayout(buttons)
        buttons.setContentsMargins(0, 4, 0, 0)
        for words, pressed in other:
            buttons.addWidget(Button(words, pressed, "quiet"))
        buttons.addStretch(1)
        buttons.addWidget(self._enter)
        self.column.addWidget(row)
        self.column.addWidget(Muted(f"Sổ ở: {folder}"))
