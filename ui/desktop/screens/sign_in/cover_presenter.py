"""Decides who may uncover the window over an open ledger: who was there by a password again, or somebody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from forms.errors import AppError
from ui.desktop.screens.sign_in.patience import Patience
from ui.desktop.screens.sign_in.presenter import GateFace, called, may_try, tell_wrong

if TYPE_CHECKING:
    from forms.office import PersonRole
    from forms.ports import Ledger

    People = Callable[[], Sequence[tuple[str, str, PersonRole]]]  # (keyid, name, role) of each


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
