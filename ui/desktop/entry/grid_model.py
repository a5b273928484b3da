"""The one table model of every form: a Layout with what stands in it. Tells what changed, decides nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from ui.desktop.entry.grid_layout import (
    NOTHING,
    GridLayout,
    GridPlace,
    GridRow,
    ReportFigures,
    ShownCell,
    Stands,
    Where,
)
from ui.desktop.widgets.plain_text import plain

_Role = Qt.ItemDataRole
_TOP = QModelIndex()
STEPS = (Stands.CELL, Stands.SUM, Stands.VALUE)  # what one may stand on
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class EntryModel(QAbstractTableModel):
    """`put(cell, text)` answers whether the text was taken. `relaid(row)`: its words grew or shrank."""

    relaid = Signal(int)

    def __init__(self, put: Callable[[str, str], bool], parent=None) -> None:
        super().__init__(parent)
        self._layout, self._lines = GridLayout((), ()), list[tuple[ShownCell, ...]]()
        self._put, self._closed = put, False

    @property
    def layout(self) -> GridLayout:
        return self._layout

    def show_layout(self, layout: GridLayout) -> None:
        if layout is not self._layout:
            self.beginResetModel()
            self._layout = layout
            self._lines = [(NOTHING,) * len(layout.columns) for _ in layout.rows]
            self.endResetModel()

    def show_figures(self, figures: ReportFigures) -> None:
        """The same table with other figures only tells what changed."""
        for number, (row, old) in enumerate(zip(self._layout.rows, self._lines, strict=True)):
            new = figures.line(row, self._layout)
            if new != old:
                self._lines[number] = new
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(new) - 1))
                if _height_words(new) != _height_words(old):
                    self.relaid.emit(number)

    def close(self, closed: bool) -> None:
        """Nothing can be typed: the report is sealed, or waits for the head."""
        self._closed = closed

    @property
    def is_closed(self) -> bool:
        return self._closed

    def shown(self, row: int, column: int) -> ShownCell:
        return self._lines[row][column]

    def spot_at(self, index: QModelIndex) -> GridPlace | None:
        return self._layout.spot(index.row(), index.column()) if index.isValid() else None

    def row_at(self, row: int) -> GridRow:
        return self._layout.rows[row]

    def open_places(self) -> list[Where]:
        """Where one types, in the order of reading; of a closed report, where one could."""
        return [where for where in self._layout.places.values() if self.shown(*where).is_open]

    def rowCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(self._layout.rows)

    def columnCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(self._layout.columns)

    def headerData(self, section, orientation, role=_Role.DisplayRole):
        """None for a section that is no more: while the table is laid out anew, one heading still asks for its old ones,
        and an exception here ends the program."""
        across = orientation is Qt.Orientation.Horizontal
        if section >= (self.columnCount() if across else self.rowCount()):
            return None
        if not across:
            row = self._layout.rows[section]
            return f"{row.number} {row.title}".strip() if role == _Role.DisplayRole else None
        column = self._layout.columns[section]
        if role == _Role.DisplayRole:
            return column.title
        if role == _Role.TextAlignmentRole:
            return (_LEFT if column.stands is Stands.JUDGED else _RIGHT) | int(Qt.TextFlag.TextWordWrap)
        return None

    def flags(self, index):
        spot = self.spot_at(index)
        if spot is None or spot.stands not in STEPS:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        open_here = spot.stands is Stands.CELL and self.shown(index.row(), index.column()).is_open
        return flags | Qt.ItemFlag.ItemIsEditable if open_here and not self._closed else flags

    def data(self, index, role=_Role.DisplayRole):
        if not index.isValid():
            return None
        shown = self.shown(index.row(), index.column())
        if role == _Role.DisplayRole:
            return shown.text
        if role == _Role.EditRole:
            return shown.typed
        if role == _Role.ToolTipRole:
            return plain(" · ".join(filter(None, (shown.text, shown.small)))) if self._is_wordy(index) else None
        if role == _Role.AccessibleTextRole:
            return self._spoken(index, shown)
        return None

    def setData(self, index, value, role=_Role.EditRole) -> bool:
        spot = self.spot_at(index)
        if spot is None or spot.stands is not Stands.CELL or role != _Role.EditRole:
            return False
        return self._put(spot.name, str(value))

    def _is_wordy(self, index: QModelIndex) -> bool:
        return self._layout.columns[index.column()].stands is Stands.JUDGED

    def _spoken(self, index: QModelIndex, shown: ShownCell) -> str:
        row, column = self._layout.rows[index.row()], self._layout.columns[index.column()]
        heading = " ".join(filter(None, (row.number, row.title, column.title)))
        return f"{heading}: {shown.text or 'trống'}"


def _height_words(line: tuple[ShownCell, ...]) -> tuple[str, ...]:
    """The words that make a row taller: those at its end, and every second line."""
    return (line[-1].text, *(shown.small for shown in line))
