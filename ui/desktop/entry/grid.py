"""The spreadsheet-like grid of a section: typing overwrites, Enter and Tab go on as one reads, ↓ and ↑ stay in the column. Number, title
and measure of each row never scroll away. Columns and rows are as large as their words, whenever the window or the figures change.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from forms.model.cell import CellState
from ui.desktop import theme
from ui.desktop.entry import grid_layout
from ui.desktop.entry.grid_layout import (
    MEASURE,
    NUMBER,
    GridPlace,
    GridRow,
    ShownCell,
    Stands,
    Where,
    fitted,
)
from ui.desktop.entry.grid_model import STEPS, CellEditor, EntryModel, GridPlaces, weighted
from ui.desktop.entry.paste import ROW_HEADS, block_of, parse, whole_block, write
from ui.desktop.number_wording import TYPED_SIGNS
from ui.desktop.widgets.text import wrapped

_EDGE, _INDENT, _GAP = 8, 14, 8
_MOST_HEAD_LINES = 4


class RowHeads(QHeaderView):
    """`widths`: what of the whole width number, title and measure take."""

    def __init__(self, model: EntryModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._entries, self._look = model, theme.current()
        self._number = NUMBER
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setStyleSheet("QHeaderView { background: transparent; }")
        self.corner = _Corner(parent, self)

    @property
    def scale(self) -> float:
        """How much larger than normal the text is."""
        return max(1.0, self.fontMetrics().height() / 17)

    def measure(self) -> int:
        """What the longest number and the measure take together."""
        measured = QFontMetrics(weighted(self.font(), True))
        longest = max((measured.horizontalAdvance(row.number) for row in self._entries.layout.rows), default=0)
        self._number = max(round(NUMBER * self.scale), longest + _EDGE + _GAP)
        return self._number + round(MEASURE * self.scale)

    @property
    def widths(self) -> tuple[int, int, int]:
        number, measure = self._number, round(MEASURE * self.scale)
        return number, self.width() - number - measure, measure

    def height_of(self, number: int) -> int:
        """What a row's words need."""
        row = self._entries.row_at(number)
        line = self.fontMetrics().lineSpacing()
        if row.is_band:
            return line + 8
        return max(1, *map(len, self._lines(row))) * line + 14

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        row = self._entries.row_at(section)
        ground = self._look.head if row.is_band else self._look.computed if row.is_computed else self._look.surface
        painter.save()
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QColor(self._look.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        (number, title, measure), (titles, measures) = self.widths, self._lines(row)
        painter.setFont(weighted(self.font(), row.is_computed))
        painter.setPen(QColor(self._look.ink))
        left, top, height = rect.left(), rect.top(), rect.height()
        self._draw(painter, QRect(left, top, number, height), (row.number,), _EDGE)
        self._draw(painter, QRect(left + number, top, title, height), titles, _INDENT if row.part else 0)
        painter.setFont(self.font())
        painter.setPen(QColor(self._look.muted))
        self._draw(painter, QRect(left + number + title, top, measure, height), measures, _EDGE)
        painter.restore()

    def _draw(self, painter: QPainter, place: QRect, lines: tuple[str, ...], indent: int) -> None:
        height = painter.fontMetrics().lineSpacing()
        top = place.center().y() - height * len(lines) // 2 + painter.fontMetrics().ascent()
        for number, line in enumerate(lines):
            painter.drawText(QPoint(place.left() + indent, top + number * height), line)

    def _lines(self, row: GridRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Title and measure in lines; what does not fit ends in …, and stands whole in the strip below."""
        _, title, measure = self.widths
        font = weighted(self.font(), row.is_computed)
        titles = wrapped(row.title, font, title - (_INDENT if row.part else 0) - 4, _MOST_HEAD_LINES)
        return titles, wrapped(row.measure, self.font(), measure - _EDGE, _MOST_HEAD_LINES)


class _Corner(QWidget):
    """The headings of the columns that never scroll, in the corner that Qt leaves empty."""

    def __init__(self, table: QWidget, heads: RowHeads) -> None:
        super().__init__(table)
        self._heads = heads
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event) -> None:
        painter, look = QPainter(self), theme.current()
        painter.fillRect(self.rect(), QColor(look.head))
        painter.setPen(QColor(look.line))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        number, title, _ = self._heads.widths
        for left, words in zip((_EDGE, number, number + title + _EDGE), ROW_HEADS, strict=True):
            painter.drawText(QRect(left, 0, title, self.height()), Qt.AlignmentFlag.AlignVCenter, words)


_PADDING, _HEAD_PADDING, _MOST_LINES = 16, 16, 3
_Key = Qt.Key
_ENTERS = (_Key.Key_Return, _Key.Key_Enter)
_WAYS = {
    _Key.Key_Down: "down", _Key.Key_Up: "up", _Key.Key_Right: "right", _Key.Key_Left: "left", _Key.Key_Home: "first",
    _Key.Key_End: "last", _Key.Key_PageDown: "page", _Key.Key_PageUp: "page back",
}  # fmt: skip
_SAME_AS_BEFORE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)  # the window came back
_HELD = (_Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta)
_ERASERS = (_Key.Key_Delete, _Key.Key_Backspace)


class EntryGrid(QTableView):
    """The signals say what the person did; the screen asks the presenter. `here` is told whenever one stands elsewhere.
    `typing(cell, text)` follows every key; `turn(by)` goes to the section after the last place, or before the first."""

    here = Signal()
    signed = Signal(object, object)  # names of cells, CellState
    pasted = Signal(object, object)  # block, the chosen places
    knocked = Signal()  # somebody types into a report that takes nothing
    given_up = Signal()  # Esc: what followed the typing goes back

    def __init__(self, model: EntryModel, typing: Callable[[str, str], None], turn: Callable[[int], bool]) -> None:
        super().__init__()
        self.entries, self._turn = model, turn
        self._goal, self._minus, self._passing = -1, False, True
        self.setModel(model)
        self._heads, self._places = RowHeads(model, self), GridPlaces(self, model, typing, self.go)
        self.setVerticalHeader(self._heads)
        self.setItemDelegate(self._places)
        self.setAccessibleName("Bảng nhập số liệu")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(head.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        self._room = 0
        model.modelReset.connect(self._fit_anew)
        model.relaid.connect(self._fit_row)

    @property
    def spot(self) -> GridPlace | None:
        """What one stands on."""
        return self.entries.spot_at(self.currentIndex())

    @property
    def cell(self) -> str:
        """The cell one stands on; empty on anything else."""
        spot = self.spot
        return spot.name if spot is not None and spot.stands is Stands.CELL else ""

    @property
    def where(self) -> Where:
        return self.currentIndex().row(), self.currentIndex().column()

    @property
    def chosen(self) -> list[Where]:
        """The places that are selected, or the one where one stands."""
        marked = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        return marked or ([self.where] if self.currentIndex().isValid() else [])

    @property
    def chosen_cells(self) -> list[str]:
        """The names of the cells among them."""
        spots = [self.entries.layout.spot(*where) for where in self.chosen]
        return [spot.name for spot in spots if spot is not None and spot.stands is Stands.CELL]

    def stand_on(self, cell: str) -> None:
        where = self.entries.layout.places.get(cell)
        if where is not None:
            self._stand(where)
            self.setFocus()

    def stand_at_end(self, by: int) -> None:
        """On the first place of the table, or for -1 on the last, where there is any."""
        places = self.entries.open_places()
        if places:
            self._stand(places[0] if by > 0 else places[-1])

    def let_tab_pass(self) -> None:
        """Somebody just came to the screen: Tab leads through it until they work in the grid."""
        self._passing = True

    def go(self, way: str) -> bool:
        """Where a key leads: as one reads, in the column, in the row; False where it leads nowhere."""
        places, here = self.entries.open_places(), self.where
        goal = self._goal if self._goal >= 0 else here[1]
        if way in ("next", "back"):
            by = 1 if way == "next" else -1
            return self._arrive(grid_layout.reading(places, here, by)) or self._turn(by)
        if way in ("down", "up"):
            by = 1 if way == "down" else -1
            arrived = self._arrive(grid_layout.column(places, here, goal, by))
            self._goal = goal if arrived else -1
            return arrived or self._turn(by)
        if way in ("right", "left"):
            return self._arrive(grid_layout.along(places, here, 1 if way == "right" else -1))
        return self._arrive(grid_layout.far(places, here, goal, way, self._page()))

    def keep(self) -> None:
        """A field that is still open is committed by losing the focus."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _HELD:
            super().keyPressEvent(event)
            return
        after_minus, self._minus = self._minus, False
        self._passing = event.key() == _Key.Key_Escape
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text()
        if self._moves_a_block(event):
            return
        if event.key() in _ENTERS and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            self.go("back" if held else "next")
        elif event.key() in _WAYS and held == Qt.KeyboardModifier.NoModifier:
            self.go(_WAYS[_Key(event.key())])
        elif event.key() in (_Key.Key_Home, _Key.Key_End) and held == Qt.KeyboardModifier.ControlModifier:
            self.stand_at_end(1 if event.key() == _Key.Key_Home else -1)
        elif event.key() in _ERASERS and not held:
            self.signed.emit(self.chosen_cells, CellState.BLANK)
        elif text in TYPED_SIGNS and not held & ~Qt.KeyboardModifier.ShiftModifier and self._is_open():
            self.signed.emit(self.chosen_cells, TYPED_SIGNS[text])
            self._minus = text == "-"
        elif after_minus and text.isdecimal() and not held and self._is_open():
            self._type(f"-{text}")
        elif text.isprintable() and text and not held and self.entries.is_closed:
            self.knocked.emit()
        else:
            super().keyPressEvent(event)

    def _moves_a_block(self, event: QKeyEvent) -> bool:
        """Ctrl+C, Ctrl+X, Ctrl+V; whether the key was one of them."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self._copy()
            self.signed.emit(self.chosen_cells, CellState.BLANK)
        elif event.matches(QKeySequence.StandardKey.Paste):
            if self.chosen:
                self.pasted.emit(parse(QGuiApplication.clipboard().text()), self.chosen)
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab passes through the grid until somebody works in it; then it goes on as Enter does, to the end of the form.
        Esc lets it pass again."""
        if not self._passing and self.go("next" if forward else "back"):
            return True
        return super().focusNextPrevChild(forward)

    def edit(self, *asked) -> bool | None:
        """F2 opens a cell with the caret behind what stands there; typing overwrites it."""
        opened = super().edit(*asked)
        field = self._field()
        if opened and field is not None and asked[1] != QAbstractItemView.EditTrigger.AnyKeyPressed:
            field.overtypes = False
            field.end(False)
        return opened

    def closeEditor(self, field: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(field, hint)
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.given_up.emit()

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:
        super().currentChanged(now, before)
        self._goal, self._minus = -1, False
        self.here.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _SAME_AS_BEFORE:
            self._passing = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        edge = self.frameWidth()
        self._heads.corner.setGeometry(edge, edge, self._heads.width(), self.horizontalHeader().height())

    def _fit(self) -> None:
        """Share out the room, when there is more or less of it than before."""
        columns, head = self.entries.layout.columns, self.horizontalHeader()
        room = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()
        if not columns or room == self._room:
            return
        self._room = room
        heads, widths = fitted(columns, room, self._heads.measure(), self._heads.scale)
        self._heads.setFixedWidth(heads)
        for number, width in enumerate(widths):
            self.setColumnHidden(number, not width)
            self.setColumnWidth(number, width)
        pairs, font = zip(columns, widths, strict=True), QFont(head.font())
        lines = max(len(wrapped(column.title, font, width - _PADDING, _MOST_LINES)) for column, width in pairs if width)
        head.setFixedHeight(max(1, lines) * head.fontMetrics().lineSpacing() + _HEAD_PADDING)
        for row in range(self.entries.rowCount()):
            self._fit_row(row)
        self.updateGeometries()

    def _fit_anew(self) -> None:
        self._room = 0
        self._fit()

    def _fit_row(self, number: int) -> None:
        """As tall as its title, its measure, and what is said of it at its end; a band as its names."""
        row, tallest = self.entries.row_at(number), self._heads.height_of(number)
        for column, spot in enumerate(row.spots):
            shown = self.entries.shown(number, column)
            if spot is not None and spot.stands in (Stands.JUDGED, Stands.NAME):
                words = ShownCell(spot.name) if row.is_band else shown
                tallest = max(tallest, self._places.height_of(words, self.columnWidth(column), self.font()))
            elif spot is not None and shown.small:
                tallest = max(tallest, 2 * self.fontMetrics().lineSpacing() + 12)
        self._heads.resizeSection(number, tallest)

    def _arrive(self, where: Where | None) -> bool:
        if where is not None:
            self._stand(where)
        return where is not None

    def _stand(self, where: Where) -> None:
        index = self.entries.index(*where)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _is_open(self) -> bool:
        return bool(self.entries.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)

    def _type(self, text: str) -> None:
        super().edit(self.currentIndex())
        if field := self._field():
            field.selectAll()
            field.insert(text)

    def _field(self) -> CellEditor | None:
        return next((one for one in self.viewport().findChildren(CellEditor) if one.isVisible()), None)

    def _page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.viewport().height() // max(1, self.verticalHeader().minimumSectionSize()) - 1)

    def _copy(self) -> None:
        layout, chosen = self.entries.layout, self.chosen
        spots = (spot for row in layout.rows for spot in row.spots)
        standable = sum(spot is not None and spot.stands in STEPS for spot in spots)
        whole = len(chosen) > 1 and len(chosen) == standable
        block = whole_block(layout, self.entries.shown) if whole else block_of(chosen, self.entries.shown)
        QGuiApplication.clipboard().setText(write(block))
