"""A field for a few plain lines: kept when typing pauses or the field is left; hidden characters are not pasted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from forms.prose import parse
from ui.desktop.widgets.prose_paste import Pasted, seen
from ui.desktop.widgets.prose_pause import Pause


class NoteField(QPlainTextEdit):
    """`write(whose, text)` keeps a text and answers how it was stored, or None when it was refused."""

    told = Signal(str)  # what was left out of what was pasted

    def __init__(self, name: str, write: Callable[[str, str], str | None]) -> None:
        super().__init__()
        self._write, self._whose, self._handed, self._stored = write, "", "", ""
        self._refused: dict[str, str] = {}  # by whose they are: they wait to be put right
        self._pause = Pause(self)
        self._pause.over.connect(self.keep)
        self.textChanged.connect(self._pause.begin)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def forget(self) -> None:
        """Another report: what was shown is of no account any more. What was to be kept was kept before."""
        self._whose = ""
        self._refused.clear()

    def show_text(self, whose: str, stored: str, refused: str | None = None) -> None:
        """Of somebody else, or as the ledger got it meanwhile; what one is typing stays. `refused`: what was typed another
        day and not taken."""
        if whose != self._whose:
            self.keep()
        if refused is not None:
            self._refused.setdefault(whose, refused)
        if (whose, stored) != (self._whose, self._stored):
            self._whose, self._handed, self._stored = whose, stored, stored
            self.setPlainText(self._refused.get(whose, stored))
            self._pause.end()

    def keep(self) -> None:
        """Store what is not stored yet."""
        self._pause.end()
        text, whose, before = self.toPlainText(), self._whose, self._handed
        if not whose or self.isReadOnly() or text == before:
            return
        self._handed = text  # while it is being stored everything is shown anew
        self._refused.pop(whose, None)
        stored = self._write(whose, text)
        if stored is None:
            self._refused[whose] = text
        if whose == self._whose:
            self._handed, self._stored = (before, self._stored) if stored is None else (text, stored)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text, hidden = seen(source.text())
        self.textCursor().insertText(text)
        if hidden:
            self.told.emit(Pasted(parse(text), hidden).left_out)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keep()
