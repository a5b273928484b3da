"""An act on the window's undo stack, and keys that mean something on a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QUndoCommand
from PySide6.QtWidgets import QWidget

from ui.desktop.screens.news.book import Act


class Undoable(QUndoCommand):
    """A refused act leaves the stack."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.words)
        self._act, self.was_done = act, False

    def redo(self) -> None:
        self.was_done = self._act.do()
        self.setObsolete(not self.was_done)

    def undo(self) -> None:
        self._act.undo()


def bind(widget: QWidget, keys: str, act: Callable[[], object], context: Qt.ShortcutContext) -> None:
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(context)
    shortcut.activated.connect(act)
