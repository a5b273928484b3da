"""An open ledger on the screen: the rail at the left, one screen at a time beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop import theme
from ui.desktop.frame import Frame
from ui.desktop.pages import Page, pages_for
from ui.desktop.widgets.drop import FileDrop
from ui.desktop.widgets.rail import Rail
from ui.desktop.widgets.screen import Screen

_TAKES_FILES = "receiving"  # packages are dropped anywhere on the window


class Workbench(QWidget):
    """Screens are made when they are first visited."""

    moved = Signal(str)  # the title of the screen now shown

    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__()
        self.desk, self._program, self._frame = desk, program, frame
        self._pages = {page.id: page for page in pages_for(desk.office.collates)}
        self._screens: dict[str, Screen] = {}
        self._stack = QStackedWidget()
        self._stack.setObjectName("stage")
        entries = [(page.id, page.title, page.icon) for page in self._pages.values()]
        self._rail = Rail(
            desk.office.name, desk.ledger.person.name, desk.office.practice, entries, theme.current().rail_ink
        )
        self._rail.chosen.connect(self.go)
        if _TAKES_FILES in self._pages:
            self._drop = FileDrop(self, self._brought)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, 1)

    @property
    def here(self) -> str:
        """The id of the screen now shown."""
        return next((id for id, screen in self._screens.items() if screen is self.screen_shown), "home")

    @property
    def screen_shown(self) -> Screen | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def go(self, id: str, place: str = "") -> None:
        page = self._pages[id]
        if before := self.screen_shown:
            before.left()
        focused = QApplication.focusWidget()
        rail_led = focused is not None and self._rail.isAncestorOf(focused)
        screen = self._screens.get(id) or self._made(page)
        self._stack.setCurrentWidget(screen)
        self._rail.show_here(id, focused=rail_led)
        screen.entered(place)
        self.moved.emit(page.title)

    def close_screens(self) -> None:
        if shown := self.screen_shown:
            shown.left()

    def _brought(self, paths: Sequence[Path]) -> None:
        self.go(_TAKES_FILES)
        if self.screen_shown:
            self.screen_shown.brought(paths)

    def _made(self, page: Page) -> Screen:
        screen = page.make(self.desk, self._program, self._frame)
        self._screens[page.id] = screen
        self._stack.addWidget(screen)
        return screen
