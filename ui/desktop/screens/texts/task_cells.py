"""How the cells of the task board are drawn and typed into."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.desktop.screens.texts.board import FIELDS, NAMES, PRODUCT, TITLE, BoardRow
from ui.desktop.theme import Theme

_EDGE, _SIGN = 8, 16
_TITLE_LINES = 2
_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}


class Cells(QStyledItemDelegate):
    """The table gives a BoardRow by `tasks.row_at` and goes on by `step(down, right)`."""

    def __init__(self, table: QTableView, theme: Theme) -> None:
        super().__init__(table)
        self._table, self._theme = table, theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row: BoardRow | None = self._table.tasks.row_at(index)
        if row is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self._theme.accent_soft))
        painter.setPen(QColor(self._theme.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if index.column() == TITLE:
            self._paint_title(painter, option, row)
        else:
            self._paint_plain(painter, option, index)
        if self._table.hasFocus() and self._table.currentIndex() == index:
            painter.setPen(QPen(QColor(self._theme.focus), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(self, parent, option, index):
        field = QLineEdit(parent)
        row = self._table.tasks.row_at(index)
        field.setAccessibleName(f"Nhiệm vụ {row.spec.number}, {NAMES[FIELDS[index.column()]]}")
        field.setFrame(False)
        return field

    def updateEditorGeometry(self, editor, option, index) -> None:
        height = editor.sizeHint().height()
        editor.setGeometry(option.rect.left(), option.rect.center().y() - height // 2, option.rect.width(), height)

    def setEditorData(self, editor, index) -> None:
        editor.setText(index.data(Qt.ItemDataRole.EditRole))
        editor.selectAll()

    def setModelData(self, editor, model, index) -> None:
        model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _STEPS:
            self._leave(editor, *_STEPS[Qt.Key(event.key())])
            return True
        return super().eventFilter(editor, event)

    def _leave(self, editor: QObject, down: int, right: int) -> None:
        """Keep and go on; from what could not be read one does not go away."""
        index = self._table.currentIndex()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        row = self._table.tasks.row_at(index)
        if row is None or FIELDS[index.column()] not in row.typed:
            self._table.step(down, right)

    def _paint_title(self, painter: QPainter, option: QStyleOptionViewItem, row: BoardRow) -> None:
        """The plan's words as far as there is room, and below them who leads."""
        box = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        measured, line = option.fontMetrics, _line(option.fontMetrics)
        title = cut(row.spec.title, box.width(), _TITLE_LINES, measured)
        lines = -(-_height(title, box.width(), measured) // line)
        who = f"chủ trì: {row.who}" if row.who else ""
        top = box.center().y() - (lines + bool(who)) * line // 2
        painter.setFont(option.font)
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(QRect(box.left(), top, box.width(), lines * line), Qt.TextFlag.TextWordWrap, title)
        if who:
            painter.setPen(QColor(self._theme.muted))
            below = QRect(box.left(), top + lines * line, box.width(), line)
            painter.drawText(below, 0, measured.elidedText(who, Qt.TextElideMode.ElideRight, box.width()))

    def _paint_plain(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box, sign = option.rect.adjusted(_EDGE, 0, -_EDGE, 0), index.data(Qt.ItemDataRole.DecorationRole)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if isinstance(sign, QIcon):
            if index.column() >= PRODUCT:
                place = QRect(0, 0, _SIGN, _SIGN)
                place.moveCenter(option.rect.center())
            else:
                under = box.center().y() + option.fontMetrics.height() // 2
                place = QRect(box.left(), under, _SIGN, _SIGN)
            sign.paint(painter, place)
        painter.setFont(option.font)
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box, int(align) | int(Qt.TextFlag.TextWordWrap), text)


def cut(text: str, width: int, lines: int, measured: QFontMetrics) -> str:
    """As many whole words as go into so many lines, and … for the rest."""
    return _cut(text, width, lines * _line(measured), _Measured(measured))


class _Measured:
    """Font metrics as a key: alike when they measure the same font."""

    def __init__(self, measured: QFontMetrics) -> None:
        self.metrics = measured
        self._key = (measured.height(), measured.horizontalAdvance("Ưỡng nhiệm"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Measured) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=512)
def _cut(text: str, width: int, height: int, measured: _Measured) -> str:
    if _height(text, width, measured.metrics) <= height:
        return text
    words = text.split()
    fits, over = 0, len(words)
    while over - fits > 1:
        middle = (fits + over) // 2
        tall = _height(f"{' '.join(words[:middle])}…", width, measured.metrics) > height
        fits, over = (fits, middle) if tall else (middle, over)
    return f"{' '.join(words[:fits]).rstrip(' ,;.')}…"


def _line(measured: QFontMetrics) -> int:
    """As tall as a laid-out line is, which is a pixel more than the font says where its parts are fractions."""
    return _height("Ưg", 10_000, measured)


def _height(text: str, width: int, measured: QFontMetrics) -> int:
    return measured.boundingRect(QRect(0, 0, max(1, width), 10_000), Qt.TextFlag.TextWordWrap, text).height()
