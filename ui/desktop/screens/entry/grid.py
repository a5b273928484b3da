"""The spreadsheet-like grid: Enter and ↓ go to the next place to type, Shift+Enter and ↑ back, typing overwrites."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.desktop.screens.entry.lines import Line
from ui.desktop.screens.entry.model import BEFORE, MEASURE, NOTE, NUMBER, TITLE, VALUE, EntryModel
from ui.desktop.theme import Theme

_WIDTHS = {NUMBER: 58, MEASURE: 80, BEFORE: 82, VALUE: 108}
_LEAST = {TITLE: 240, NOTE: 170}  # the two columns of words share what is left, but never take less
_PADDING = 12  # what the style sheet leaves around an item's words and the size hint does not know of
_FORWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Tab)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Backtab)


class Grid(QTableView):
    """`pasted` and `cleared` report what the person did; the view asks the presenter."""

    pasted = Signal(object)  # ((cell name, text), …)
    sheet_wanted = Signal(str)
    ran_out = Signal(int)  # 1 after the last place to type, -1 before the first

    def __init__(self, model: EntryModel, typing: Callable[[str, str], None], theme: Theme) -> None:
        super().__init__()
        self.entries = model
        self.setModel(model)
        self.setItemDelegate(_Typing(self, typing, theme))
        self.setAccessibleName("Bảng nhập số liệu")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.triggers = (
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setEditTriggers(self.triggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._measure()
        model.modelReset.connect(self.resizeRowsToContents)
        model.relaid.connect(self.resizeRowToContents)

    @property
    def cell(self) -> str:
        """The id of the line one stands on."""
        line = self.entries.line_at(self.currentIndex())
        return line.id if line else ""

    def stand_on(self, id: str) -> None:
        index = self.entries.index(self.entries.row_of(id), VALUE)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
            self.setFocus()

    def stand_first(self) -> None:
        for line in self.entries.lines:
            if line.typable:
                self.stand_on(line.id)
                return
        self.setFocus()  # nothing to type, but F1, F7 and the arrows are wanted

    def stand_last(self) -> None:
        for line in reversed(self.entries.lines):
            if line.typable:
                self.stand_on(line.id)
                return

    def step(self, by: int) -> None:
        """To the next or previous place to type; at the end that is told."""
        rows = [row for row, line in enumerate(self.entries.lines) if line.typable]
        here = self.currentIndex().row()
        ahead = [row for row in rows if row > here] if by > 0 else [row for row in reversed(rows) if row < here]
        if ahead:
            self.setCurrentIndex(self.entries.index(ahead[0], VALUE))
        else:
            self.ran_out.emit(by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if shifted else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.currentIndex().column() == VALUE and not shifted:
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.pasted.emit(tuple((line.id, "") for line in self._chosen() if line.typable))
        elif key == Qt.Key.Key_F1:
            self.sheet_wanted.emit(self.cell)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        left = self.viewport().width() - sum(self.columnWidth(column) for column in _WIDTHS)
        title = max(left * 4 // 7, round(_LEAST[TITLE] * self._scale))
        self.setColumnWidth(TITLE, title)
        self.setColumnWidth(NOTE, max(left - title, round(_LEAST[NOTE] * self._scale)))
        self.resizeRowsToContents()

    def _chosen(self) -> list[Line]:
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [self.entries.lines[row] for row in rows]

    def _copy(self) -> None:
        columns = {index.column() for index in self.selectedIndexes()}
        lines = self._chosen()
        if columns <= {VALUE}:
            text = "\n".join(line.value for line in lines)
        else:
            text = "\n".join(f"{line.number}\t{line.title}\t{line.measure}\t{line.value}" for line in lines)
        QGuiApplication.clipboard().setText(text)

    def _paste(self) -> None:
        """A column from Excel goes into the places to type, from here downwards; of several columns the last one counts."""
        texts = [
            row.rpartition("\t")[2].strip() for row in QGuiApplication.clipboard().text().rstrip("\r\n").splitlines()
        ]
        here = self.currentIndex().row()
        cells = [line.id for line in self.entries.lines[max(here, 0) :] if line.typable]
        self.pasted.emit(tuple(zip(cells, texts, strict=False)))

    def _measure(self) -> None:
        self.verticalHeader().hide()
        scale = self._scale = max(1.0, self.fontMetrics().height() / 17)
        self.verticalHeader().setMinimumSectionSize(round(32 * scale))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, round(width * scale))


class _Typing(QStyledItemDelegate):
    """The field that opens in a cell. Enter, ↓, Tab keep and go on; Esc leaves what was there."""

    def __init__(self, grid: Grid, typing: Callable[[str, str], None], theme: Theme) -> None:
        super().__init__(grid)
        self._grid, self._typing, self._theme = grid, typing, theme

    def createEditor(self, parent, option, index):
        field = QLineEdit(parent)
        line = self._grid.entries.line_at(index)
        field.setAccessibleName(f"{line.title}, {'ghi chú' if index.column() == NOTE else line.measure}")
        field.setFrame(False)
        if index.column() == VALUE:
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            field.textEdited.connect(lambda text, id=line.id: self._typing(id, text))
        return field

    def sizeHint(self, option, index):
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(option.rect.width() - _PADDING)
        return super().sizeHint(narrower, index)

    def updateEditorGeometry(self, editor, option, index) -> None:
        editor.setGeometry(self._box(option.rect) if index.column() == VALUE else option.rect)

    def _box(self, cell: QRect) -> QRect:
        """The field drawn in a cell: one line high however high the row is."""
        height = min(cell.height() - 8, self._grid.verticalHeader().minimumSectionSize() - 4)
        return QRect(cell.left() + 4, cell.center().y() - height // 2, cell.width() - 8, height)

    def setEditorData(self, editor, index) -> None:
        editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor, model, index) -> None:
        model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QLineEdit):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in _FORWARD or event.key() in _BACK:
                self._leave(editor, -1 if event.key() in _BACK or (shifted and event.key() != Qt.Key.Key_Tab) else 1)
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option, index: QModelIndex) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)  # the style sheet's items would leave it out
        super().paint(painter, option, index)
        line = self._grid.entries.line_at(index)
        if index.column() == VALUE and line is not None and line.typable:
            here = self._grid.currentIndex() == index and self._grid.hasFocus()
            painter.save()
            edge = self._theme.error if line.tone == "error" else self._theme.focus if here else self._theme.line_strong
            painter.setPen(QPen(QColor(edge), 2 if here else 1))
            painter.drawRect(self._box(option.rect).adjusted(0, 0, -1, -1))
            painter.restore()

    def _leave(self, editor: QLineEdit, by: int) -> None:
        refused_before = self._grid.cell
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        line = self._grid.entries.line_at(self._grid.currentIndex())
        if line is not None and line.id == refused_before and line.refused:
            return
        self._grid.step(by)
