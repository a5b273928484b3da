"""The list of news items as Qt's table asks for it. Shows; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QIcon

from ui.desktop.screens.news.presenter import Row

HEADS = ("Ngày", "Tin, bài", "Loại", "Kênh", "Lượt", "Được tính")
WIDTHS = (104, 200, 104, 80, 56, 84)
_Role = Qt.ItemDataRole
_TOP = QModelIndex()


class NewsModel(QAbstractTableModel):
    def __init__(self, twin: QIcon, parent=None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._twin = twin

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_at(self, index: QModelIndex) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section, orientation, role=_Role.DisplayRole):
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index, role=_Role.DisplayRole):
        row = self.row_at(index)
        if row is None:
            return None
        texts = (row.date, row.title, row.kind, row.channels, row.airings, row.counted)
        if role == _Role.DisplayRole:
            return texts[index.column()]
        if role == _Role.ToolTipRole:
            return {1: row.title, 3: row.channel_titles, 5: row.item.reason}.get(index.column())
        if role == _Role.DecorationRole and index.column() == 1 and row.twin:
            return self._twin
        if role == _Role.AccessibleTextRole and row.twin:
            return f"{texts[index.column()]}, có thể trùng"
        if role == _Role.TextAlignmentRole and index.column() == 4:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
