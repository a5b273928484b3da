"""The table of items: the words share what the numbers leave."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from ui.desktop.screens.news.model import CHANNELS, HEADS, KIND, TITLE, WIDTHS, NewsModel
from ui.desktop.widgets.table import Table

_SHARES = {KIND: 0.22, CHANNELS: 0.28}  # at most, where the text is large or the window small


class NewsTable(Table):
    def __init__(self, model: NewsModel) -> None:
        super().__init__(model, WIDTHS, stretched=TITLE, name="Danh mục tin, bài")
        self._wished = {column: self.columnWidth(column) for column in _SHARES}

    @property
    def widths(self) -> list[int]:
        return [self.columnWidth(column) for column in range(len(HEADS))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        numbers = sum(width for column, width in enumerate(self.widths) if column != TITLE and column not in _SHARES)
        for column, share in _SHARES.items():
            room = round((self.viewport().width() - numbers) * share)
            self.setColumnWidth(column, min(self._wished[column], room))
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # what is being changed stays in sight
