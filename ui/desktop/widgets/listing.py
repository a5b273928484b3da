"""Lists of rows in columns (ui/desktop/rows.py) to read and choose from: whole rows, one Tab in and out, Enter opens.

A row is chosen by a person. Where the rows are shown anew it stays chosen, or none is (`stand_near`): no other row takes
its place, so that no key acts upon what nobody chose.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from ui.desktop import theme
from ui.desktop.rows import ListColumnHead, ListItem, ListRow
from ui.desktop.widgets.cards import icon
from ui.desktop.widgets.text import plain

_ROW_HEIGHT = 34
_NORMAL_LINE = 17  # pixels of a line at 100 % text
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class PlainTable(QTableView):
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
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * self._scale))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, round(width * self._scale))
        self._stretched: int | None = stretched
        self._least = self.columnWidth(stretched)

    @property
    def _scale(self) -> float:
        """How much larger than normal the text is."""
        return max(1.0, self.fontMetrics().height() / _NORMAL_LINE)

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
        """One column takes what is left, as long as that is enough to read it."""
        if self._stretched is not None:
            others = sum(self.columnWidth(c) for c in range(self.model().columnCount()) if c != self._stretched)
            self.setColumnWidth(self._stretched, max(self._least, self.viewport().width() - others))


_Role = Qt.ItemDataRole
ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "centre": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
_INKS = {"plain": "ink", "accent": "accent_ink"}  # the other tones are called as their colours
_NO_ITEM = ListItem("")
_PADDING = 12  # above and below wrapped words
_HEAD_PADDING = 18
_SIGN_WIDTH, _TALLEST = 26, 2000
_LEAST = 180  # pixels of the column that takes what is left


class RowsModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # one from the start: Qt crashes when a column that is not there is told to stretch
        self.columns: tuple[ListColumnHead, ...] = (ListColumnHead(""),)
        self.rows: tuple[ListRow, ...] = ()
        self._signs: dict[tuple[str, str], QIcon] = {}

    def show_all(self, columns: Sequence[ListColumnHead], rows: Sequence[ListRow]) -> None:
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        items = self.rows[index.row()].items
        row, item = self.rows[index.row()], items[index.column()] if index.column() < len(items) else _NO_ITEM
        match role:
            case _Role.DisplayRole | _Role.AccessibleTextRole:
                return item.text
            case _Role.ToolTipRole:
                return plain(row.note or item.text)
            case _Role.DecorationRole:
                sign = item.icon, ink(item)
                if item.icon and sign not in self._signs:  # drawn once, not at every painting of every row
                    self._signs[sign] = icon(*sign)
                return self._signs.get(sign)
            case _Role.ForegroundRole:
                return QColor(ink(item))
            case _Role.TextAlignmentRole:
                return ALIGN[self.columns[index.column()].align]
            case _Role.FontRole if row.is_heading:
                font = QApplication.font()
                font.setWeight(QFont.Weight.DemiBold)
                return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        match role:
            case _Role.DisplayRole:
                return self.columns[section].title
            case _Role.ToolTipRole:
                return plain(self.columns[section].title)
            case _Role.TextAlignmentRole:
                return ALIGN[self.columns[section].align] | Qt.TextFlag.TextWordWrap
        return None


class Listing(PlainTable):
    """`chosen` says the id under the cursor; `opened` is Enter or a double click. `wraps` lets long words take lines."""

    chosen = Signal(str)
    opened = Signal(str)

    _columns: tuple[ListColumnHead, ...] = ()  # Qt tells of font changes before __init__ is through

    def __init__(self, name: str, *, wraps: bool = False) -> None:
        self._rows = RowsModel()
        super().__init__(self._rows, (), 0, name)
        self._rows.setParent(self)
        self.setWordWrap(wraps)
        self._wraps, self._stretched = wraps, None
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.chosen_id))
        self.horizontalHeader().sectionResized.connect(lambda *_: self._fit())
        self.activated.connect(lambda _: self.opened.emit(self.chosen_id))

    @property
    def chosen_id(self) -> str:
        """Empty while none is chosen."""
        return self._rows.rows[self.chosen_row].id if self.chosen_row >= 0 else ""

    def show_rows(
        self, columns: Sequence[ListColumnHead], rows: Sequence[ListRow], chosen: str = "", *, quiet: bool = False
    ) -> None:
        """In place of what was there. The same id stays chosen, or the one that is told; where it is gone, none is. `quiet`: no
        `chosen` is told of, since whoever shows the rows knows it."""
        was_blocked = self.blockSignals(quiet or self.signalsBlocked())
        before, near = self.chosen_id, self.currentIndex().row()
        wanted = chosen or before
        self._rows.show_all(columns, rows)
        self.clearSpans()
        self._dress(tuple(columns))
        for number, row in enumerate(rows):
            if (rest := len(columns) - len(row.items)) > 0:
                self.setSpan(number, len(row.items) - 1, 1, rest + 1)
            if wanted and row.id == wanted and not row.is_heading:
                self.selectRow(number)
        if wanted and self.chosen_row < 0:
            self.stand_near(near)
            if before:
                self.chosen.emit("")
        self._fit()
        self.blockSignals(was_blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._columns:
            columns, self._columns = self._columns, ()
            self._dress(columns)
            self._fit()

    def _dress(self, columns: tuple[ListColumnHead, ...]) -> None:
        """The column without a width takes what is left; the head has two lines where a title is longer than its column."""
        if columns == self._columns:
            return
        self._columns, self._least = columns, round(_LEAST * self._scale)
        self._stretched = next((number for number, column in enumerate(columns) if not column.width), None)
        head = self.horizontalHeader()
        measured, lines = head.fontMetrics(), 1
        for number, column in enumerate(columns):
            width = round((column.width or _LEAST) * self._scale)
            head.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(number, width)
            if column.width and measured.horizontalAdvance(column.title) > column.width * self._scale - _PADDING:
                lines = 2
        self._stretch()
        head.setFixedHeight(lines * measured.lineSpacing() + _HEAD_PADDING)

    def _fit(self) -> None:
        if not self._wraps:
            return
        least = self.verticalHeader().defaultSectionSize()
        widths = [self.columnWidth(number) for number in range(len(self._rows.columns))]
        for number, row in enumerate(self._rows.rows):
            last = len(row.items) - 1
            rooms = [*widths[:last], sum(widths[last:])]
            tallest = max(self._height(item, room) for item, room in zip(row.items, rooms, strict=True))
            self.setRowHeight(number, max(least, tallest + _PADDING))

    def _height(self, item: ListItem, width: int) -> int:
        """Of the words in lines; measured here because the style sheet's padding narrows the line afterwards."""
        room = QRect(0, 0, max(1, width - 2 * _PADDING - (_SIGN_WIDTH if item.icon else 0)), _TALLEST)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text).height()


def ink(item: ListItem) -> str:
    """The colour of its tone now."""
    return str(getattr(theme.current(), _INKS.get(item.tone, item.tone)))
