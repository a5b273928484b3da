"""The task board as a table: Excel's keys for percent and days, one key for a state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView

from ui.desktop.screens.texts.board import (
    DUE,
    EVIDENCE,
    FIELDS,
    FINISHED,
    NUMBER,
    PERCENT,
    PRODUCT,
    RESULT,
    STARTED,
    STATE,
    STATE_KEYS,
    TITLE,
    BoardRow,
)
from ui.desktop.screens.texts.task_cells import Cells
from ui.desktop.theme import Theme
from ui.desktop.widgets.icons import icon
from ui.desktop.widgets.plain import plain

HEADS = ("Số", "Nhiệm vụ", "Trạng thái", "%", "Hạn", "Bắt đầu", "Xong", "SP", "KQ", "MC")
HEAD_NOTES = {PRODUCT: "Sản phẩm", RESULT: "Kết quả", EVIDENCE: "Minh chứng"}
_WIDTHS = {
    NUMBER: 40,
    STATE: 116,
    PERCENT: 48,
    DUE: 92,
    STARTED: 92,
    FINISHED: 92,
    PRODUCT: 36,
    RESULT: 36,
    EVIDENCE: 36,
}
_LEAST, _NORMAL_LINE, _LINES, _PADDING = 190, 17, 3, 14
_Role = Qt.ItemDataRole
_TOP = QModelIndex()
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class TaskModel(QAbstractTableModel):
    """`put(column, text)` keeps what was typed for the row that is chosen, and answers whether it was taken."""

    def __init__(self, theme: Theme, put: Callable[[int, str], bool], parent: QTableView) -> None:
        super().__init__(parent)
        self._theme, self._put = theme, put
        self._rows: list[BoardRow] = []
        self._closed = False
        self._given = icon("check", theme.good)
        self._signs = {"error": icon("error", theme.error), "warning": icon("warning", theme.warning)}

    def show_rows(self, rows: Sequence[BoardRow]) -> None:
        """The same tasks with other words only tell what changed; other tasks start anew."""
        if [row.spec.id for row in rows] != [row.spec.id for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        for number, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
            if old != new:
                self._rows[number] = new
                self.dataChanged.emit(self.index(number, 0), self.index(number, EVIDENCE))

    def close(self, closed: bool) -> None:
        self._closed = closed

    @property
    def is_closed(self) -> bool:
        return self._closed

    def row_at(self, index: QModelIndex) -> BoardRow | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def row_of(self, id: str) -> int:
        return next((number for number, row in enumerate(self._rows) if row.spec.id == id), -1)

    def rowCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section, orientation, role=_Role.DisplayRole):
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return HEADS[section]
        if role == _Role.ToolTipRole:
            return HEAD_NOTES.get(section, HEADS[section])
        if role == _Role.TextAlignmentRole:
            return _CENTRE if section >= PRODUCT else _RIGHT if section == PERCENT else None
        return None

    def flags(self, index):
        row = self.row_at(index)
        flags = super().flags(index)
        if row is None or self._closed or index.column() not in FIELDS:
            return flags
        if index.column() == DUE and row.spec.due:
            return flags  # the programme's own day
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index, role=_Role.DisplayRole):
        row, column = self.row_at(index), index.column()
        if row is None:
            return None
        match role:
            case _Role.DisplayRole:
                return "" if column >= PRODUCT else self._shown(row, column)
            case _Role.EditRole:
                return row.typed.get(FIELDS.get(column, ""), row.texts[column])
            case _Role.ToolTipRole:
                return plain(self._note(row, column))
            case _Role.DecorationRole:
                return self._sign(row, column)
            case _Role.ForegroundRole:
                return QColor(self._ink(row, column))
            case _Role.TextAlignmentRole:
                return _RIGHT if column == PERCENT else None
            case _Role.AccessibleTextRole:
                return f"{HEAD_NOTES.get(column, HEADS[column])}: {row.texts[column] or 'trống'}"
        return None

    def setData(self, index, value, role=_Role.EditRole) -> bool:
        return role == _Role.EditRole and index.column() in FIELDS and self._put(index.column(), str(value))

    def _shown(self, row: BoardRow, column: int) -> str:
        text = row.typed.get(FIELDS.get(column, ""), row.texts[column])
        return f"{text}\n{row.late_words}".strip() if column == DUE else text

    def _note(self, row: BoardRow, column: int) -> str:
        if column == DUE and row.spec.due:
            return "Hạn của chương trình"
        return row.texts[column] or HEAD_NOTES.get(column, "")

    def _sign(self, row: BoardRow, column: int) -> Any:
        if column == NUMBER:
            return self._signs.get(row.wrong)
        return self._given if column >= PRODUCT and row.texts[column] else None

    def _ink(self, row: BoardRow, column: int) -> str:
        theme = self._theme
        if FIELDS.get(column, "") in row.typed:
            return theme.error
        if column == STATE:
            return {"good": theme.good, "accent": theme.accent_ink}.get(row.state_tone, theme.muted)
        if column == DUE:
            return {"error": theme.error, "warning": theme.warning}.get(row.tone, theme.ink)
        return theme.ink


class TaskTable(QTableView):
    """One row is chosen, one of its cells takes the keys."""

    chosen = Signal(str)
    stated = Signal(object)  # a TaskState, by its key

    def __init__(self, theme: Theme, put: Callable[[int, str], bool]) -> None:
        super().__init__()
        self.tasks = TaskModel(theme, put, self)
        self.setModel(self.tasks)
        self.setItemDelegate(Cells(self, theme))
        self.setAccessibleName("Bảng nhiệm vụ")
        self.setAccessibleDescription("C chưa, D đang, H hoàn thành; F2 hoặc gõ số để sửa tỷ lệ và ngày")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self._measure()

    @property
    def id(self) -> str:
        row = self.tasks.row_at(self.currentIndex())
        return row.spec.id if row else ""

    def show_rows(self, rows: Sequence[BoardRow], chosen: str) -> None:
        column = max(self.currentIndex().column(), STATE)
        self.blockSignals(True)
        self.tasks.show_rows(rows)
        if self.id != chosen:
            self.setCurrentIndex(self.tasks.index(self.tasks.row_of(chosen), column))
        self.blockSignals(False)

    def stand_on(self, id: str) -> None:
        index = self.tasks.index(self.tasks.row_of(id), STATE)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus()

    def step(self, down: int, right: int = 0) -> None:
        """To a neighbour of the cell, as far as there is one."""
        here = self.currentIndex()
        to = self.tasks.index(here.row() + down, here.column() + right)
        if to.isValid():
            self.setCurrentIndex(to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text().lower()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        here = self.currentIndex()
        can_type = bool(self.tasks.flags(here) & Qt.ItemFlag.ItemIsEditable)
        if held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif can_type and text.isdecimal():
            self._type_over(here, event)
        elif can_type and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.tasks.setData(here, "")
        elif text in STATE_KEYS and not self.tasks.is_closed:
            self.stated.emit(STATE_KEYS[text])
        elif not text.isprintable() or not text:
            super().keyPressEvent(event)

    def _type_over(self, index: QModelIndex, event: QKeyEvent) -> None:
        """The first figure of a cell takes the place of what was there."""
        self.edit(index)
        if isinstance(field := QApplication.focusWidget(), QLineEdit):
            QApplication.sendEvent(field, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        taken = sum(self.columnWidth(column) for column in _WIDTHS)
        self.setColumnWidth(TITLE, max(self.viewport().width() - taken, round(_LEAST * self._scale)))

    def _tell(self) -> None:
        if self.id:
            self.chosen.emit(self.id)

    def _measure(self) -> None:
        line = self.fontMetrics().height()
        self._scale = max(1.0, line / _NORMAL_LINE)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_LINES * line + _PADDING)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, round(width * self._scale))
