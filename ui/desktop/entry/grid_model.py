"""The one table model of every form, a GridLayout with what stands in it; how a place of it is drawn, and the field that opens there.
Enter, Tab and the arrows keep what was typed and go on; Esc leaves what was there. Nothing is rewritten while somebody types.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.desktop import theme
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
from ui.desktop.widgets.text import plain, wrapped

_Role = Qt.ItemDataRole
_TOP = QModelIndex()
STEPS = (Stands.CELL, Stands.SUM, Stands.VALUE)  # what one may stand on
_TO_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_TO_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class EntryModel(QAbstractTableModel):
    """`put(cell, text)` answers whether the text was taken. `relaid(row)`: its words grew or shrank."""

    relaid = Signal(int)

    def __init__(self, put: Callable[[str, str], bool], parent=None) -> None:
        super().__init__(parent)
        self.layout, self._lines = GridLayout((), ()), list[tuple[ShownCell, ...]]()
        self._put = put
        self.is_closed = False  # nothing can be typed: the report is sealed, or waits for the head

    def show_layout(self, layout: GridLayout) -> None:
        if layout is not self.layout:
            self.beginResetModel()
            self.layout = layout
            self._lines = [(NOTHING,) * len(layout.columns) for _ in layout.rows]
            self.endResetModel()

    def show_figures(self, figures: ReportFigures) -> None:
        """The same table with other figures only tells what changed."""
        for number, (row, old) in enumerate(zip(self.layout.rows, self._lines, strict=True)):
            new = figures.line(row, self.layout)
            if new != old:
                self._lines[number] = new
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(new) - 1))
                if _height_words(new) != _height_words(old):
                    self.relaid.emit(number)

    def shown(self, row: int, column: int) -> ShownCell:
        return self._lines[row][column]

    def spot_at(self, index: QModelIndex) -> GridPlace | None:
        return self.layout.spot(index.row(), index.column()) if index.isValid() else None

    def row_at(self, row: int) -> GridRow:
        return self.layout.rows[row]

    def open_places(self) -> list[Where]:
        """Where one types, in the order of reading; of a closed report, where one could."""
        return [where for where in self.layout.places.values() if self.shown(*where).is_open]

    def rowCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(self.layout.rows)

    def columnCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(self.layout.columns)

    def headerData(self, section, orientation, role=_Role.DisplayRole):
        """None for a section that is no more: while the table is laid out anew, one heading still asks for its old ones,
        and an exception here ends the program."""
        across = orientation is Qt.Orientation.Horizontal
        if section >= (self.columnCount() if across else self.rowCount()):
            return None
        if not across:
            row = self.layout.rows[section]
            return f"{row.number} {row.title}".strip() if role == _Role.DisplayRole else None
        column = self.layout.columns[section]
        if role == _Role.DisplayRole:
            return column.title
        if role == _Role.TextAlignmentRole:
            return (_TO_LEFT if column.stands is Stands.JUDGED else _TO_RIGHT) | int(Qt.TextFlag.TextWordWrap)
        return None

    def flags(self, index):
        spot = self.spot_at(index)
        if spot is None or spot.stands not in STEPS:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        open_here = spot.stands is Stands.CELL and self.shown(index.row(), index.column()).is_open
        return flags | Qt.ItemFlag.ItemIsEditable if open_here and not self.is_closed else flags

    def data(self, index, role=_Role.DisplayRole):
        if not index.isValid():
            return None
        shown = self.shown(index.row(), index.column())
        if role == _Role.DisplayRole:
            return shown.text
        if role == _Role.EditRole:
            return shown.typed
        if role == _Role.ToolTipRole:
            is_wordy = self.layout.columns[index.column()].stands is Stands.JUDGED
            return plain(" · ".join(filter(None, (shown.text, shown.small)))) if is_wordy else None
        if role == _Role.AccessibleTextRole:
            row, column = self.layout.rows[index.row()], self.layout.columns[index.column()]
            heading = " ".join(filter(None, (row.number, row.title, column.title)))
            return f"{heading}: {shown.text or 'trống'}"
        return None

    def setData(self, index, value, role=_Role.EditRole) -> bool:
        spot = self.spot_at(index)
        if spot is None or spot.stands is not Stands.CELL or role != _Role.EditRole:
            return False
        return self._put(spot.name, str(value))


def _height_words(line: tuple[ShownCell, ...]) -> tuple[str, ...]:
    """The words that make a row taller: those at its end, and every second line."""
    return (line[-1].text, *(shown.small for shown in line))


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
    field.overtypes = field.overtypes and key != Qt.Key.Key_F2
    if key in _FORWARD and shifted:
        return "back"
    ways = _FORWARD | _ARROWS | (_ALONG if field.overtypes and not shifted else {})
    return ways.get(key, "")


def _box(cell: QRect, line: int) -> QRect:
    """The field drawn in a cell: one line high however high the row is."""
    height = min(cell.height() - 6, line + _TALLER)
    return QRect(cell.left() + 3, cell.center().y() - height // 2, cell.width() - 6, height)
