"""The base of every screen: a head with title and actions, a body below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.shell import Location
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
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        page = QVBoxLayout(self)
        page.setContentsMargins(28, 20, 28, 16)
        page.setSpacing(14)
        page.addLayout(self._head())
        page.addLayout(self.body, 1)

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

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.hint)
        names.addStretch(1)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addLayout(self.tools)
        head.setAlignment(self.tools, Qt.AlignmentFlag.AlignTop)
        return head
