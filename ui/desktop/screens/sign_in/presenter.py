"""Decides what the sign-in page shows: who keeps this ledger, and why it cannot be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from forms.errors import AppError, InputRefused
from forms.office import PERSON_ROLE_TITLES, PersonRole
from forms.services.founding import check_password
from ui.desktop.screens.sign_in.patience import Patience

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerHouse

NOTHING_TYPED = "Chưa nhập mật khẩu."


class GateFace(Protocol):
    """What stands before figures: the sign-in, and the cover over an open ledger."""

    def show_people(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        """(keyid, how the person is called), in the order of the ledger; and whom to propose."""

    def show_problem(self, text: str) -> None: ...
    def pause(self, seconds: int) -> None:
        """So long no password is looked at."""


class SignInFace(GateFace, Protocol):
    def let_in(self, ledger: Ledger) -> None: ...


class SignInPresenter:
    """`now`: seconds of a clock that nobody sets."""

    def __init__(self, face: SignInFace, house: LedgerHouse, folder: Path, now: Callable[[], float]) -> None:
        self._face, self._house, self._folder = face, house, folder
        self._patience = Patience(now)

    def start(self, last: str = "") -> None:
        try:
            people = self._house.people(self._folder)
        except AppError as error:
            self._face.show_people((), "")
            self._face.show_problem(error.message)
        else:
            self._face.show_people([(keyid, called(name, role)) for keyid, name, role in people], last)

    def sign_in(self, keyid: str, password: str) -> None:
        if not may_try(self._face, self._patience, password):
            return
        try:
            ledger = self._house.open(self._folder, password, keyid)
        except AppError as error:
            tell_wrong(self._face, self._patience, error)
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


def may_try(face: GateFace, patience: Patience, password: str) -> bool:
    """Whether the password is looked at now; if not, the face has said why."""
    if left := patience.left:
        face.show_problem(f"Vừa gõ sai mật khẩu. Đợi {left} giây rồi thử lại.")
        face.pause(left)
    elif not password:
        face.show_problem(NOTHING_TYPED)
    return not left and bool(password)


def tell_wrong(face: GateFace, patience: Patience, error: AppError) -> None:
    if error.code == "PASSWORD_WRONG":
        patience.wrong()
    face.show_problem(error.message)
    face.pause(patience.left)


def called(name: str, role: PersonRole) -> str:
    return f"{name} – {PERSON_ROLE_TITLES[role]}"
