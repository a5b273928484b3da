"""The strip below the grid: everything about the place one stands on, its note, and what the keys do there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.desktop.screens.entry.about import About
from ui.desktop.screens.entry.cut import Cut
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Line
from ui.desktop.widgets.text import Pill, set_tone

_PILLS = 3


class Strip(Card):
    """`noted(cell, text)` is a note that was written; `left()` gives the keys back to the grid."""

    def __init__(self, noted: Callable[[str, str], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._noted, self._left, self._about = noted, left, About()
        self._title, self._help, self._facts, self._keys = Cut(2), Cut(1), Cut(2), Cut(2)
        self._note = Line("Ghi chú của ô", "Ghi chú cho ô này, rồi Enter")
        self._shown_note = Cut(1)
        self._marks = QWidget()
        self._pills = [Pill() for _ in range(_PILLS)]
        self._lay_out()

    def show_about(self, about: About) -> None:
        self._about = about
        self._title.say(about.title)
        self._help.say(about.help, 1 if about.pills or about.note else 2)
        self._facts.say(" · ".join(about.facts))
        self._shown_note.say(f"Ghi chú: {about.note}" if about.note else "")
        for pill, (words, tone) in zip(self._pills, (*about.pills, *(("", "plain"),) * _PILLS), strict=False):
            pill.setVisible(bool(words))
            pill.say(words, tone)
        self._marks.setVisible(bool(about.pills))
        self.say("", about.keys)

    def say(self, refused: str, keys: str = "") -> None:
        """Why something was not taken, in place of the keys; without it the keys again. The cell is named above."""
        said = refused.removeprefix(f"{self._about.label}: ")
        self._keys.say(said or keys or self._about.keys, 3 if said else 2)
        set_tone(self._keys, "tone", "problem" if refused else "small")

    def write_note(self) -> None:
        """Shift+F2: the note of the cell one stands on."""
        if self._about.cell:
            self._note.setText(self._about.note if self._about.note_refused is None else self._about.note_refused)
            self._show_field(True)
            self._note.setFocus()
            self._note.selectAll()

    def keep(self) -> None:
        """A note that is being written is kept."""
        if self._note.isVisible():
            self._end(True)

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._end(False)
            return True
        return super().eventFilter(watched, event)

    def _end(self, taken: bool) -> None:
        text, cell = self._note.text(), self._about.cell
        self._show_field(False)
        self._left()
        if taken and (text.strip() != self._about.note or self._about.note_refused is not None):
            self._noted(cell, text)

    def _show_field(self, shown: bool) -> None:
        self._note.setVisible(shown)
        for label in (self._help, self._shown_note):
            label.setVisible(not shown and bool(label.text()))

    def _lay_out(self) -> None:
        self.column.setContentsMargins(14, 9, 14, 9)
        self.column.setSpacing(3)
        set_tone(self._title, "tone", "label")
        for label in (self._help, self._facts, self._shown_note):
            set_tone(label, "tone", "muted")
        row = QHBoxLayout(self._marks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for pill in self._pills:
            pill.hide()
            row.addWidget(pill)
        row.addStretch(1)
        self._note.hide()
        self._note.returnPressed.connect(lambda: self._end(True))
        self._note.installEventFilter(self)
        for widget in (self._title, self._marks, self._help, self._shown_note, self._note, self._facts):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addWidget(self._keys)
