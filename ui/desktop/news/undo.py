"""An act on the window's undo stack, and keys that mean something on a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QUndoCommand
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.desktop.news.presenter import NewsAct


class Undoable(QUndoCommand):
    """A refused act leaves the stack."""

    def __init__(self, act: NewsAct) -> None:
        super().__init__(act.words)
        self._act, self.was_done = act, False

    def redo(self) -> None:
        self.was_done = self._act.do()
        self.setObsolete(not self.was_done)

    def undo(self) -> None:
        self._act.undo()


def left_to_ledger(watched: QObject, event: QEvent) -> bool:
    """Ctrl+Z or Ctrl+Y in a field that has nothing of its own to take back: it is then the ledger's."""
    if not isinstance(watched, QLineEdit) or not isinstance(event, QKeyEvent):
        return False
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
    if (undo and not watched.isUndoAvailable()) or (redo and not watched.isRedoAvailable()):
        event.ignore()
        return True
    return False


def bind(widget: QWidget, keys: str, act: Callable[[], object], context: Qt.ShortcutContext) -> None:
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(context)
    shortcut.activated.connect(act)
