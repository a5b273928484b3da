"""A table to read and choose from: whole rows, one Tab in and out, Enter opens.

A row is chosen by a person. Where the rows are shown anew it stays chosen, or none is (`stand_near`): no other row takes
its place, so that no key acts upon what nobody chose.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

_ROW_HEIGHT = 34
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Table(QTableView):
    """`widths` in pixels at 100 % text; the `stretched` column takes what is left, at least its own width."""

    def __init__(self, model: QAbstractItemModel, widths: Sequence[int], stretched: int, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        scale = self.fontMetrics().height() / 17
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * max(1.0, scale)))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, round(width * max(1.0, scale)))
        self._stretched, self._least = stretched, self.columnWidth(stretched)

    @property
    def chosen_row(self) -> int:
        """Its number; -1 while none is chosen."""
        chosen = self.selectionModel().selectedRows()
        return chosen[0].row() if chosen else -1

    def stand_near(self, row: int) -> None:
        """No row is chosen; the arrows go on from this place, or the nearest that can be chosen."""
        places = [self.model().index(number, 0) for number in range(self.model().rowCount())]
        open_to = [one for one in places if one.flags() & Qt.ItemFlag.ItemIsSelectable]
        if open_to:
            place = min(open_to, key=lambda one: abs(one.row() - max(row, 0)))
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.Clear)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The row one stands on without having chosen it is the first that an arrow chooses."""
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and here.isValid() and self.chosen_row < 0:
            self.selectRow(here.row())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row one comes to by Tab is chosen, and seen to be."""
        super().focusInEvent(event)
        here = self.currentIndex()
        if here.isValid() and event.reason() in _BY_TAB:
            self.selectRow(here.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def _stretch(self) -> None:
        others = sum(self.columnWidth(c) for c in range(self.model().columnCount()) if c != self._stretched)
        self.setColumnWidth(self._stretched, max(self._least, self.viewport().width() - others))
