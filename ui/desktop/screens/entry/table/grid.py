"""The spreadsheet-like grid: typing overwrites, Enter and Tab go on as one reads, ↓ and ↑ stay in the column."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit, QTableView

from forms.cell import CellState
from ui.desktop.screens.entry.table import moves
from ui.desktop.screens.entry.table.clipboard import parse, write
from ui.desktop.screens.entry.table.copying import block_of, whole_block
from ui.desktop.screens.entry.table.delegate import Field, Places
from ui.desktop.screens.entry.table.fitting import Fitting
from ui.desktop.screens.entry.table.layout import Layout, Spot, Stands
from ui.desktop.screens.entry.table.model import STEPS, EntryModel
from ui.desktop.screens.entry.table.moves import Where
from ui.desktop.screens.entry.table.row_heads import RowHeads
from ui.desktop.screens.entry.table.words import TYPED_SIGNS

_Key = Qt.Key
_ENTERS = (_Key.Key_Return, _Key.Key_Enter)
_WAYS = {
    _Key.Key_Down: "down", _Key.Key_Up: "up", _Key.Key_Right: "right", _Key.Key_Left: "left", _Key.Key_Home: "first",
    _Key.Key_End: "last", _Key.Key_PageDown: "page", _Key.Key_PageUp: "page back",
}  # fmt: skip
_SAME_AS_BEFORE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)  # the window came back
_HELD = (_Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta)
_ERASERS = (_Key.Key_Delete, _Key.Key_Backspace)


class Grid(QTableView):
    """The signals say what the person did; the screen asks the presenter. `here` is told whenever one stands elsewhere.
    `typing(cell, text)` follows every key; `turn(by)` goes to the section after the last place, or before the first."""

    here = Signal()
    signed = Signal(object, object)  # names of cells, CellState
    pasted = Signal(object, object)  # block, the chosen places
    knocked = Signal()  # somebody types into a report that takes nothing

    def __init__(self, model: EntryModel, typing: Callable[[str, str], None], turn: Callable[[int], bool]) -> None:
        super().__init__()
        self.entries, self._turn = model, turn
        self._goal, self._minus, self._passing = -1, False, True
        self.setModel(model)
        self._heads, self._places = RowHeads(model, self), Places(self, self, typing)
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
        self._fitting = Fitting(self, model, self._heads, self._places)

    @property
    def spot(self) -> Spot | None:
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

    def is_here(self, index: QModelIndex) -> bool:
        return self.currentIndex() == index and self.hasFocus()

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
            return self._arrive(moves.reading(places, here, by)) or self._turn(by)
        if way in ("down", "up"):
            by = 1 if way == "down" else -1
            arrived = self._arrive(moves.column(places, here, goal, by))
            self._goal = goal if arrived else -1
            return arrived or self._turn(by)
        if way in ("right", "left"):
            return self._arrive(moves.along(places, here, 1 if way == "right" else -1))
        return self._arrive(moves.far(places, here, goal, way, self._page()))

    def commit(self, field: QLineEdit) -> bool:
        self.commitData(field)
        self.closeEditor(field, QAbstractItemDelegate.EndEditHint.NoHint)
        here = self.currentIndex()
        return not (here.isValid() and self.entries.shown(here.row(), here.column()).is_refused)

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
        self._fitting.fit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        edge = self.frameWidth()
        self._heads.corner.setGeometry(edge, edge, self._heads.width(), self.horizontalHeader().height())

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

    def _field(self) -> Field | None:
        return next((one for one in self.viewport().findChildren(Field) if one.isVisible()), None)

    def _page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.viewport().height() // max(1, self.verticalHeader().minimumSectionSize()) - 1)

    def _copy(self) -> None:
        layout, chosen = self.entries.layout, self.chosen
        whole = len(chosen) > 1 and len(chosen) == _standable(layout)
        block = whole_block(layout, self.entries.shown) if whole else block_of(chosen, self.entries.shown)
        QGuiApplication.clipboard().setText(write(block))


def _standable(layout: Layout) -> int:
    """How many places of the table can be stood on."""
    spots = [spot for row in layout.rows for spot in row.spots if spot is not None]
    return sum(spot.stands in STEPS for spot in spots)
