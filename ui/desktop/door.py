"""What stands before an open ledger: the sign-in, or the first run."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from forms.ports import Ledger
from forms.program import Program
from ui.desktop.screens.sign_in.view import SignInView


class House(Protocol):
    """The window, as far as the door knows it."""

    def show_door(self, door: QWidget) -> None: ...
    def open_ledger(self, ledger: Ledger) -> None: ...


class Door:
    def __init__(self, program: Program, window: House) -> None:
        self._program, self._window = program, window

    def open(self) -> None:
        self._sign_in()

    def _sign_in(self) -> None:
        self._window.show_door(SignInView(self._program.house, self._program.home, self._window.open_ledger))
