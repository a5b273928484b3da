"""A table to read and choose from: whole rows, one Tab in and out, Enter opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

_ROW_HEIGHT = 34


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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row one comes to by Tab is seen to be the one."""
        super().focusInEvent(event)
        here = self.currentIndex()
        if here.isValid() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectRow(here.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def _stretch(self) -> None:
        others = sum(self.columnWidth(c) for c in range(self.model().columnCount()) if c != self._stretched)
        self.setColumnWidth(self._stretched, max(self._least, self.viewport().width() - others))
