"""Signing in, also after the ledger was locked; wrong passwords cost time.

Decides what the sign-in page shows: who keeps this ledger, and why it cannot be opened.

Decides who may uncover the window over an open ledger: who was there by a password again, or somebody else.

After wrong passwords one waits longer and longer; nobody is ever locked out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from forms.errors import AppError, InputRefused
from forms.model.office import PERSON_ROLE_TITLES, PersonRole
from forms.services.founding import check_password

if TYPE_CHECKING:
    from forms.model.office import PersonRole
    from forms.ports import Ledger, LedgerStore

    People = Callable[[], Sequence[tuple[str, str, PersonRole]]]  # (keyid, name, role) of each


PAUSES = (0, 2, 4, 8, 15, 30)  # seconds after the first, the second … wrong password


class Patience:
    """`now`: seconds of a clock that nobody sets."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._wrong, self._until = now, 0, 0.0

    @property
    def left(self) -> int:
        """Whole seconds until the next password is looked at."""
        return max(0, math.ceil(self._until - self._now()))

    def wrong(self) -> None:
        self._until = self._now() + PAUSES[min(self._wrong, len(PAUSES) - 1)]
        self._wrong += 1


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

    def __init__(self, face: SignInFace, house: LedgerStore, folder: Path, now: Callable[[], float]) -> None:
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


class CoverFace(GateFace, Protocol):
    def uncover(self, *, same_person: bool) -> None: ...


class CoverPresenter:
    """`under_way` tells of long work that goes on behind; somebody else can only come in when it is done."""

    def __init__(self, face: CoverFace, ledger: Ledger, under_way: Callable[[], str], now: Callable[[], float]) -> None:
        self._face, self._ledger, self._under_way = face, ledger, under_way
        self._patience = Patience(now)

    def start(self, people: People, *, for_another: bool) -> None:
        """`for_another`: somebody left the place to the next person of the list."""
        try:
            listed = people()
        except AppError as error:
            self._face.show_people((), "")
            self._face.show_problem(error.message)
            return
        keyids, own = [keyid for keyid, _, _ in listed], self._ledger.person.keyid
        after = keyids[(keyids.index(own) + 1) % len(keyids)] if own in keyids else own
        self._face.show_people(
            [(keyid, called(name, role)) for keyid, name, role in listed], after if for_another else own
        )

    def open(self, keyid: str, password: str) -> None:
        if not may_try(self._face, self._patience, password):
            return
        own = self._ledger.person
        is_same = keyid == own.keyid
        busy = self._under_way()
        if busy and not is_same:
            self._face.show_problem(f"Việc đang làm chưa xong ({busy}). Đợi xong rồi mở; {own.name} thì vào được ngay.")
            return
        try:
            if is_same:
                self._ledger.signer(keyid, password)  # asks the database nothing: it may be busy for a while
            else:
                self._ledger.switch(keyid, password)
        except AppError as error:
            tell_wrong(self._face, self._patience, error)
        else:
            self._face.uncover(same_person=is_same)
