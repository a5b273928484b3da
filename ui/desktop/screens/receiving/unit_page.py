"""What one unit below sent: its figures as they were sealed, only to read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.receiving.unit_figures import COLUMNS, UnitFigures
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted


class UnitPage(QWidget):
    def __init__(self, back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._note = Heading(), Muted()
        self._list = Listing("Số liệu của đơn vị", wraps=True)
        keys_inside(self, Qt.Key.Key_Escape, back)
        names, head, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._note)
        head.addLayout(names, 1)
        head.addWidget(Button("Về danh sách đơn vị", back))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def show_unit(self, figures: UnitFigures) -> None:
        self._title.setText(figures.title)
        self._note.setText(figures.note)
        self._list.show_rows(COLUMNS, figures.rows)
        self._list.setFocus()
