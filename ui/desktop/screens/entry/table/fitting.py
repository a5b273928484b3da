"""Keeps the grid's columns and rows as large as their words, whenever the window or the figures change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTableView

from ui.desktop.screens.entry.table.delegate import Places
from ui.desktop.screens.entry.table.layout import Column, Stands
from ui.desktop.screens.entry.table.model import EntryModel
from ui.desktop.screens.entry.table.row_heads import RowHeads
from ui.desktop.screens.entry.table.shown import Shown
from ui.desktop.screens.entry.table.widths import fitted
from ui.desktop.screens.entry.table.wrapping import wrapped

_PADDING, _HEAD_PADDING, _MOST_LINES = 16, 16, 3


class Fitting:
    """Of one table."""

    def __init__(self, table: QTableView, model: EntryModel, heads: RowHeads, places: Places) -> None:
        self._table, self._model, self._heads, self._places = table, model, heads, places
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(head.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        self._room = 0
        model.modelReset.connect(self._anew)
        model.relaid.connect(self._fit_row)

    def fit(self) -> None:
        """Share out the room, when there is more or less of it than before."""
        columns, table = self._model.layout.columns, self._table
        room = table.width() - 2 * table.frameWidth() - table.verticalScrollBar().sizeHint().width()
        if not columns or room == self._room:
            return
        self._room = room
        heads, widths = fitted(columns, room, self._heads.measure(), self._heads.scale)
        self._heads.setFixedWidth(heads)
        for number, width in enumerate(widths):
            table.setColumnHidden(number, not width)
            table.setColumnWidth(number, width)
        self._fit_heading(columns, widths)
        for row in range(self._model.rowCount()):
            self._fit_row(row)
        table.updateGeometries()

    def _anew(self) -> None:
        self._room = 0
        self.fit()

    def _fit_heading(self, columns: tuple[Column, ...], widths: tuple[int, ...]) -> None:
        head = self._table.horizontalHeader()
        font = QFont(head.font())
        pairs = zip(columns, widths, strict=True)
        lines = max(len(wrapped(column.title, font, width - _PADDING, _MOST_LINES)) for column, width in pairs if width)
        head.setFixedHeight(max(1, lines) * head.fontMetrics().lineSpacing() + _HEAD_PADDING)

    def _fit_row(self, number: int) -> None:
        """As tall as its title, its measure, and what is said of it at its end; a band as its names."""
        row, tallest = self._model.row_at(number), self._heads.height_of(number)
        for column, spot in enumerate(row.spots):
            if spot is not None and spot.stands in (Stands.JUDGED, Stands.NAME):
                shown = Shown(spot.name) if row.is_band else self._model.shown(number, column)
                width = self._table.columnWidth(column)
                tallest = max(tallest, self._places.height_of(shown, width, self._table.font()))
            elif spot is not None and self._model.shown(number, column).small:
                tallest = max(tallest, 2 * self._table.fontMetrics().lineSpacing() + 12)
        self._heads.resizeSection(number, tallest)
