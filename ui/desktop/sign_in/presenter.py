"""Who is let in: at the sign-in, and at the cover over an open ledger. Wrong passwords cost time; nobody is ever locked out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forms.errors import AppError, InputRefused
from forms.model.office import PERSON_ROLE_TITLES, PersonRole
from forms.services.founding import check_password

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerStore

    People = Callable[[], Sequence[tuple[str, str, PersonRole]]]  # (keyid, name, role) of each


PAUSES = (0, 2, 4, 8, 15, 30)  # seconds after the first, the second … wrong password
NOTHING_TYPED = "Chưa nhập mật khẩu."


@dataclass(frozen=True, slots=True)
class WhoMayEnter:
    """(keyid, how the person is called) in the order of the ledger, and whom to propose; or why that cannot be read."""

    people: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NotLetIn:
    """Why, and for how many seconds no password is looked at."""

    problem: str
    pause: int


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

    def before(self, password: str) -> NotLetIn | None:
        """Why the password is not even looked at."""
        if left := self.left:
            return NotLetIn(f"Vừa gõ sai mật khẩu. Đợi {left} giây rồi thử lại.", left)
        return None if password else NotLetIn(NOTHING_TYPED, 0)

    def after(self, error: AppError) -> NotLetIn:
        """What the refusal costs: only a wrong password does."""
        if error.code == "PASSWORD_WRONG":
            self.wrong()
        return NotLetIn(error.message, self.left)


class SignInPresenter:
    """`now`: seconds of a clock that nobody sets."""

    def __init__(self, house: LedgerStore, folder: Path, now: Callable[[], float]) -> None:
        self._house, self._folder, self._patience = house, folder, Patience(now)

    def people(self, last: str = "") -> WhoMayEnter:
        """`last`: the keyid of who was there last."""
        return _who(lambda: self._house.people(self._folder), lambda _keyids: last)

    def sign_in(self, keyid: str, password: str) -> Ledger | NotLetIn:
        if refused := self._patience.before(password):
            return refused
        try:
            return self._house.open(self._folder, password, keyid)
        except AppError as error:
            return self._patience.after(error)

    def recover(self, keyid: str, code: str, password: str, again: str) -> Ledger | NotLetIn:
        """Open with the printed code; the person gets a new password, and with it a new sealing key."""
        try:
            if password != again:
                raise InputRefused("PASSWORD_DIFFERS", "Hai lần gõ mật khẩu mới không giống nhau. Gõ lại.")
            check_password(password)
            return self._house.recover(self._folder, code, keyid, password)
        except AppError as error:
            return NotLetIn(error.message, self._patience.left)


class CoverPresenter:
    """`under_way` tells of long work that goes on behind; somebody else can only come in when it is done."""

    def __init__(self, ledger: Ledger, under_way: Callable[[], str], now: Callable[[], float]) -> None:
        self._ledger, self._under_way, self._patience = ledger, under_way, Patience(now)

    def people(self, people: People, *, for_another: bool) -> WhoMayEnter:
        """`for_another`: somebody left the place to the next person of the list."""
        own = self._ledger.person.keyid

        def proposed(keyids: list[str]) -> str:
            if for_another and own in keyids:
                return keyids[(keyids.index(own) + 1) % len(keyids)]
            return own

        return _who(people, proposed)

    def open(self, keyid: str, password: str) -> bool | NotLetIn:
        """Whether it is the same person who was there before."""
        if refused := self._patience.before(password):
            return refused
        own = self._ledger.person
        is_same = keyid == own.keyid
        busy = self._under_way()
        if busy and not is_same:
            why = f"Việc đang làm chưa xong ({busy}). Đợi xong rồi mở; {own.name} thì vào được ngay."
            return NotLetIn(why, self._patience.left)
        try:
            if is_same:
                self._ledger.signer(keyid, password)  # asks the database nothing: it may be busy for a while
            else:
                self._ledger.switch(keyid, password)
        except AppError as error:
            return self._patience.after(error)
        return is_same


def _who(people: People, proposed: Callable[[list[str]], str]) -> WhoMayEnter:
    try:
        listed = people()
    except AppError as error:
        return WhoMayEnter(problem=error.message)
    called = tuple((keyid, f"{name} – {PERSON_ROLE_TITLES[role]}") for keyid, name, role in listed)
    return WhoMayEnter(called, proposed([keyid for keyid, _, _ in listed]))
