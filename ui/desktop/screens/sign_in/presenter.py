"""Decides what the sign-in page shows: who keeps this ledger, and why it cannot be opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from forms.errors import AppError, InputRefused
from forms.office import PERSON_ROLE_TITLES, PersonRole
from forms.services.founding import check_password

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerHouse


class SignInFace(Protocol):
    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """(keyid, how the person is called), in the order of the ledger."""

    def show_problem(self, text: str) -> None: ...
    def let_in(self, ledger: Ledger) -> None: ...


class SignInPresenter:
    def __init__(self, face: SignInFace, house: LedgerHouse, folder: Path) -> None:
        self._face, self._house, self._folder = face, house, folder

    def start(self) -> None:
        try:
            people = self._house.people(self._folder)
        except AppError as error:
            self._face.show_problem(error.message)
        else:
            self._face.show_people([(keyid, called(name, role)) for keyid, name, role in people])

    def sign_in(self, keyid: str, password: str) -> None:
        if not password:
            self._face.show_problem("Chưa nhập mật khẩu.")
            return
        try:
            ledger = self._house.open(self._folder, password, keyid)
        except AppError as error:
            self._face.show_problem(error.message)
        else:
            self._face.let_in(ledger)

    def recover(self, keyid: str, code: str, password: str, again: str) -> None:
        """Open with the printed code; the person gets a new password, and with it a new sealing key."""
        try:
            if password != again:
                raise InputRefused("PASSWORD_DIFFERS", "Hai lần gõ mật khẩu mới không giống nhau. Gõ lại.")
            check_password(password)
            ledger = self._house.recover(self._folder, code, keyid, password)
        except AppError as error:
            self._face.show_problem(error.message)
        else:
            self._face.let_in(ledger)


def called(name: str, role: PersonRole) -> str:
    return f"{name} – {PERSON_ROLE_TITLES[role]}"
