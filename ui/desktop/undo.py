"""What was done on a screen, taken back by Ctrl+Z and done again by Ctrl+Y."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QLineEdit


class UndoStack(QUndoStack):
    def act(self, words: str, do: Callable[[], bool], undo: Callable[[], bool]) -> bool:
        """Do it now, and have it on the stack. False where it was refused; then it is not there, nor is what cannot be taken back."""
        command = _Act(words, do, undo)
        self.push(command)
        return command.was_done


class _Act(QUndoCommand):
    def __init__(self, words: str, do: Callable[[], bool], undo: Callable[[], bool]) -> None:
        super().__init__(words)
        self._do, self._undo, self.was_done = do, undo, False

    def redo(self) -> None:
        self.was_done = self._do()
        self.setObsolete(not self.was_done)

    def undo(self) -> None:
        self.setObsolete(not self._undo())


def left_to_stack(watched: QObject, event: QEvent) -> bool:
    """Ctrl+Z or Ctrl+Y in a field that has nothing of its own to take back: it is then the screen's."""
    if not isinstance(watched, QLineEdit) or not isinstance(event, QKeyEvent):
        return False
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
    if (undo and not watched.isUndoAvailable()) or (redo and not watched.isRedoAvailable()):
        event.ignore()
        return True
    return False
