"""How a place of the grid is drawn, and the field that opens in it. Enter, Tab and the arrows keep what was typed and go
on; Esc leaves what was there. Nothing is rewritten while somebody types.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.desktop import theme
from ui.desktop.elided import wrapped
from ui.desktop.entry.grid_layout import GridPlace, ShownCell, Stands
from ui.desktop.entry.grid_model import EntryModel


def weighted(font: QFont, strong: bool) -> QFont:
    """The font, bold where that is wanted."""
    found = QFont(font)
    if strong:
        found.setWeight(QFont.Weight.DemiBold)
    return found


_FORWARD = {Qt.Key.Key_Return: "next", Qt.Key.Key_Enter: "next", Qt.Key.Key_Tab: "next", Qt.Key.Key_Backtab: "back"}
_ARROWS = {Qt.Key.Key_Down: "down", Qt.Key.Key_Up: "up"}
_ALONG = {Qt.Key.Key_Right: "right", Qt.Key.Key_Left: "left"}
_INKS = {"plain": "ink", "muted": "muted", "good": "good", "warning": "warning", "error": "error"}
_EDGE, _MARK, _MOST_LINES, _TALLER = 8, 7, 4, 11
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GridPlaces(QStyledItemDelegate):
    """`typing(cell, text)` follows every key; `go(way)`: next, back, down, up, right or left."""

    def __init__(
        self, table: QTableView, model: EntryModel, typing: Callable[[str, str], None], go: Callable[[str], object]
    ) -> None:
        super().__init__(table)
        self._table, self._entries, self._typing, self._go = table, model, typing, go
        self._look = theme.current()

    def createEditor(self, parent, _option, index):
        field = CellEditor(parent)
        spot = self._entries.spot_at(index)
        field.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)).rpartition(":")[0])
        field.setAlignment(_RIGHT)
        if spot is not None:
            field.textEdited.connect(lambda text, cell=spot.name: self._typing(cell, text))
        return field

    def setEditorData(self, field, index) -> None:
        """Qt asks again whenever the figures beside it change: what somebody is typing is not touched."""
        if not field.isModified():
            field.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, field, model, index) -> None:
        if field.isModified():
            model.setData(index, field.text())

    def updateEditorGeometry(self, field, option, _index) -> None:
        field.setGeometry(_box(option.rect, option.fontMetrics.lineSpacing()))

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if isinstance(field, CellEditor) and event.type() == QEvent.Type.KeyPress and (way := _way(field, event)):
            self.commitData.emit(field)
            self.closeEditor.emit(field, QStyledItemDelegate.EndEditHint.NoHint)
            here = self._table.currentIndex()
            if not (here.isValid() and self._entries.shown(here.row(), here.column()).is_refused):
                self._go(way)
            return True
        return super().eventFilter(field, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entries, look = self._entries, self._look
        row, spot = entries.row_at(index.row()), entries.spot_at(index)
        shown = entries.shown(index.row(), index.column())
        painter.save()
        ground = look.head if row.is_band else look.computed if row.is_computed else look.surface
        painter.fillRect(option.rect, QColor(ground))
        painter.setPen(QColor(look.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if spot is not None and spot.stands is not Stands.NAME:
            self._stand(painter, option, index, spot, shown)
        self._write(painter, option.rect, spot, shown, row.is_computed)
        painter.restore()

    def _stand(self, painter: QPainter, option: QStyleOptionViewItem, index, spot: GridPlace, shown: ShownCell) -> None:
        """The box one types in, with its marks; and where one stands."""
        look, box = self._look, _box(option.rect, option.fontMetrics.lineSpacing())
        is_box = spot.stands is Stands.CELL and shown.is_open and not self._entries.is_closed
        here, chosen = (
            self._table.currentIndex() == index and self._table.hasFocus(),
            bool(option.state & QStyle.StateFlag.State_Selected),
        )
        if not (is_box or here or chosen):
            return
        wrong = shown.tone if shown.tone in ("error", "warning") and spot.stands is Stands.CELL else ""
        fill = getattr(look, f"{wrong}_soft") if wrong else look.accent_soft if chosen or here else look.field
        painter.fillRect(box, QColor(fill))
        if is_box or here:
            edge = look.focus if here else getattr(look, wrong) if wrong else look.line_strong
            style = Qt.PenStyle.DashLine if shown.is_carried and not here else Qt.PenStyle.SolidLine
            pen = QPen(QColor(look.accent if shown.is_carried else edge), 2 if here else 1, style)
            painter.setPen(pen)
            painter.drawRect(box.adjusted(1, 1, -1, -1) if here else box.adjusted(0, 0, -1, -1))
        painter.setPen(Qt.PenStyle.NoPen)
        if shown.has_note:
            painter.setBrush(QColor(look.accent))
            corner = box.topRight() + QPoint(1, 0)
            painter.drawPolygon(QPolygon([corner, corner - QPoint(_MARK, 0), corner + QPoint(0, _MARK)]))
        if shown.is_flagged:
            painter.setBrush(QColor(look.warning))
            corner = box.topLeft()
            painter.drawPolygon(QPolygon([corner, corner + QPoint(_MARK, 0), corner + QPoint(0, _MARK)]))

    def _write(self, painter: QPainter, rect: QRect, spot: GridPlace | None, shown: ShownCell, strong: bool) -> None:
        look = self._look
        if spot is None or not (shown.text or shown.small):
            return
        is_figure = spot.stands in (Stands.CELL, Stands.SUM, Stands.VALUE)
        font = weighted(painter.font(), is_figure and (strong or spot.stands is Stands.SUM))
        font.setItalic(shown.is_carried)
        small = QFont(font)
        small.setWeight(QFont.Weight.Normal)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        ink = look.muted if shown.is_locked else getattr(look, _INKS[shown.tone])
        place = rect.adjusted(_EDGE, 2, -_EDGE - (4 if is_figure else 0), -2)
        lines = [(line, font, ink) for line in self._lines(shown.text, font, place.width(), spot)]
        lines += [(line, small, look.muted) for line in self._lines(shown.small, small, place.width(), spot)]
        height = painter.fontMetrics().lineSpacing()
        top = place.center().y() - height * len(lines) // 2
        align = _LEFT if spot.stands is Stands.JUDGED else _RIGHT
        for number, (line, one, colour) in enumerate(lines):
            painter.setFont(one)
            painter.setPen(QColor(colour))
            painter.drawText(QRect(place.left(), top + number * height, place.width(), height), align, line)

    def _lines(self, text: str, font: QFont, width: int, spot: GridPlace) -> tuple[str, ...]:
        if not text:
            return ()
        return wrapped(text, font, width, _MOST_LINES) if spot.stands in (Stands.JUDGED, Stands.NAME) else (text,)

    def height_of(self, shown: ShownCell, width: int, font: QFont) -> int:
        """What the words of the last column, or of a band, need."""
        inside = width - 2 * _EDGE
        lines = [wrapped(text, font, inside, _MOST_LINES) for text in (shown.text, shown.small) if text]
        return sum(map(len, lines)) * QFontMetrics(font).lineSpacing() + 12 if lines else 0


class CellEditor(QLineEdit):
    """Opened by typing over a cell the left and right arrows leave it, opened by F2 they walk in the text."""

    def __init__(self, parent) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.overtypes = True

    def wheelEvent(self, event) -> None:
        event.ignore()


def _way(field: CellEditor, event) -> str:
    """Where a key leads out of the field; empty while it belongs to the text."""
    key, held = event.key(), event.modifiers()
    shifted = bool(held & Qt.KeyboardModifier.ShiftModifier)
    if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return ""
    if key == Qt.Key.Key_F2:
        field.overtypes = False
        return ""
    if key in _FORWARD:
        return "back" if shifted else _FORWARD[key]
    if key in _ARROWS:
        return _ARROWS[key]
    return _ALONG.get(key, "") if field.overtypes and not shifted else ""


def _box(cell: QRect, line: int) -> QRect:
    """The field drawn in a cell: one line high however high the row is."""
    height = min(cell.height() - 6, line + _TALLER)
    return QRect(cell.left() + 3, cell.center().y() - height // 2, cell.width() - 6, height)
