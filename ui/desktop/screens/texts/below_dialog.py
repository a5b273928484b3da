"""The paragraphs of the units below, to be taken into the section one writes: one of them, or all with their sources."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.compiling import Compiled
from forms.prose import parse
from forms.services.gathering import Gathered
from ui.desktop.screens.texts.below import COLUMNS, advice, counted, ordered, rows
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted, Pill

_WIDTH, _HEIGHT = 1000, 600


class BelowDialog(QDialog):
    """Enter takes the chosen paragraph and leaves the dialog open; Esc leaves."""

    taken = Signal(object)  # the Prose

    def __init__(self, title: str, made: Compiled, gathered: Gathered, parent: QWidget) -> None:
        super().__init__(parent)
        self._made, self._ordered = made, ordered(made)
        self._list = Listing("Các đoạn lời văn của cấp dưới", wraps=True)
        self._counts, self._why = Pill(), Muted(advice(made, gathered))
        self._one = Button("Chép đoạn này (Enter)", self._take_one, "primary")
        self._all = Button("Chép &tất cả, ghi nguồn", self._take_all)
        self.setWindowTitle("Lời văn của cấp dưới")
        self.resize(_WIDTH, _HEIGHT)
        self._lay_out(title)
        self._counts.say(counted(made), "accent")
        self._list.show_rows(COLUMNS, rows(made), "0")
        for button in (self._one, self._all):
            button.setEnabled(bool(self._ordered))
            button.setAutoDefault(False)
        self._list.opened.connect(self._take)
        self._list.setFocus()

    def _take_one(self) -> None:
        self._take(self._list.chosen_id)

    def _take(self, id: str) -> None:
        if id:
            self.taken.emit(parse(self._ordered[int(id)].cited))

    def _take_all(self) -> None:
        self.taken.emit(parse(self._made.draft))
        self.accept()

    def _lay_out(self, title: str) -> None:
        column, head, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        head.addWidget(Heading(title), 1)
        head.addWidget(self._counts)
        foot.addWidget(self._all)
        foot.addStretch(1)
        foot.addWidget(Button("Đóng (Esc)", self.reject))
        foot.addWidget(self._one)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self._list, 1)
        column.addLayout(foot)
