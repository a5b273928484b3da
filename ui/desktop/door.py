"""What stands before an open ledger: the sign-in, or the first run when there is no ledger yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from forms.errors import AppError
from ui.desktop.kept import last_office, last_person
from ui.desktop.screens.sign_in.view import LastTime, SignInView

if TYPE_CHECKING:
    from forms.ports import Ledger
    from forms.program import Program
    from ui.desktop.frame import Ask

    # (program, window, what then) -> the pages of the first run. Loaded by main.py when there is no ledger yet.
    FirstRun = Callable[[Program, "House", Callable[[], None]], QWidget]


class House(Protocol):
    """The window, as far as the door knows it."""

    @property
    def ask(self) -> Ask: ...
    def show_door(self, door: QWidget) -> None: ...
    def open_ledger(self, ledger: Ledger) -> None: ...


class Door:
    def __init__(self, program: Program, window: House, first_run: FirstRun) -> None:
        self._program, self._window, self._first_run = program, window, first_run

    def open(self) -> None:
        try:
            self._program.house.people(self._program.home)
        except AppError as error:
            if error.code == "LEDGER_MISSING":
                self._window.show_door(self._first_run(self._program, self._window, self._sign_in))
                return
        self._sign_in()

    def _sign_in(self) -> None:
        folder = self._program.home
        last = LastTime(last_person(folder), last_office(folder))
        self._window.show_door(SignInView(self._program.house, folder, self._window.open_ledger, last))
