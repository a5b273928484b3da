"""The base of every screen: a head with title and actions, a body below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.desktop.shell import Location
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.text import Label, MutedLabel


class Screen(QWidget):
    """A page of the stack. The window calls `entered` at every visit and `left` before another screen shows. `report` is the
    one that it has open, on a page that shows reports."""

    report: Location | None = None

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName("screen")
        self.title = Label(title)
        self.title.setObjectName("screenTitle")
        self.hint = MutedLabel(hint, self)  # a child from the start: shown alone it would be a window of its own
        self.hint.setVisible(bool(hint))
        self.tools, self.body = hbox(spacing=8), vbox(spacing=14)
        head = hbox((vbox(self.title, self.hint, None, spacing=2), 1), self.tools)
        head.setAlignment(self.tools, Qt.AlignmentFlag.AlignTop)
        vbox(head, (self.body, 1), spacing=14, margins=(28, 20, 28, 16), on=self)

    def entered(self, place: str) -> None:
        """Shown again; `place` says what to show, empty keeps what was there."""

    def left(self) -> None:
        """About to be hidden, or the window closes: what was typed must be kept now."""

    def take_keys(self) -> None:
        """Just entered, and not by the rail: the keys go where the next thing is done, if the screen knows that."""

    def covered(self) -> None:
        """The window is about to be covered, and stays as it is behind: what was typed must be kept now."""
        self.left()

    def brought(self, paths: Sequence[Path]) -> None:
        """Files and folders were dropped on the window, and this is the screen that takes them."""

    def say_hint(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
