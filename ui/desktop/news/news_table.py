"""The table of news items.

The list of news items as Qt's table asks for it. Shows; decides nothing.

The table of items: the words share what the numbers leave.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QIcon, QResizeEvent

from ui.desktop.news.presenter import NewsRow
from ui.desktop.widgets.listing import PlainTable
from ui.desktop.widgets.plain_text import plain

HEADS = ("Ngày", "Tin, bài", "Loại", "Kênh", "Lượt", "Tính", "Tệp")
WIDTHS = (114, 160, 178, 200, 60, 78, 54)  # the title takes what is left
TITLE, KIND, CHANNELS, AIRINGS, COUNTED, FILES = range(1, 7)
_Role = Qt.ItemDataRole
_TOP = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class NewsModel(QAbstractTableModel):
    def __init__(self, twin: QIcon, clip: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[NewsRow] = []
        self._places: dict[str, int] = {}
        self._signs = {TITLE: twin, FILES: clip}

    def show_rows(self, rows: Sequence[NewsRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.id: number for number, row in enumerate(rows)}
        self.endResetModel()

    def row_at(self, index: QModelIndex) -> NewsRow | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, id: str) -> int:
        """The number of the row; -1 where it is not shown."""
        return self._places.get(id, -1)

    def next_twin(self, after: int) -> int:
        """The next row that looks like another, from the end on to the beginning; -1 where there is none."""
        marked = [number for number, row in enumerate(self._rows) if row.twin]
        return next((number for number in marked if number > after), marked[0] if marked else -1)

    def rowCount(self, parent: QModelIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole and section == AIRINGS:
            return _RIGHT
        return HEADS[section] if role == _Role.DisplayRole else None

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        row, column = self.row_at(index), index.column()
        if row is None:
            return None
        texts = (row.date, row.title, row.kind, row.channels, row.airings, row.counted, row.files)
        match role:
            case _Role.DisplayRole:
                return texts[column]
            case _Role.ToolTipRole:
                tips = {
                    TITLE: row.twin or row.title,
                    CHANNELS: row.channel_titles,
                    COUNTED: row.reason,
                    FILES: row.file_names,
                }
                return plain(tips.get(column, ""))
            case _Role.DecorationRole:
                marked = row.twin if column == TITLE else row.files if column == FILES else ""
                return self._signs[column] if marked else None
            case _Role.AccessibleTextRole:
                return f"{texts[column]}, có thể trùng" if row.twin and column == TITLE else texts[column]
            case _Role.TextAlignmentRole if column == AIRINGS:
                return _RIGHT
        return None


_SHARES = {KIND: 0.22, CHANNELS: 0.28}  # at most, where the text is large or the window small


class NewsTable(PlainTable):
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
