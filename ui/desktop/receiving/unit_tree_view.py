"""The tree of units as widgets: chips and a search above, the tree, beside it what is told of the place one stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSettings,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTreeView,
    QWidget,
)

from forms.services.unit_tree import UnitState
from ui.desktop import theme
from ui.desktop.receiving.unit_tree import (
    BY,
    DAY,
    NAME,
    REVISION,
    STATE,
    StateChip,
    TreeRow,
    UnitCard,
    UnitTreePage,
    UnitTreePresenter,
)
from ui.desktop.rows import ListColumnHead
from ui.desktop.widgets.cards import Button, Card, Scrolling, icon
from ui.desktop.widgets.fields import ChoiceField, LineField, keys_inside
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.listing import ALIGN, ink
from ui.desktop.widgets.text import ElidedLabel, HeadingLabel, Label, MutedLabel, Pill, WrappedLabel, plain, set_tip

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NORMAL_LINE, _SIDE, _NARROW, _LEAST_NAME = 17, 272, 980, 196
_SIDES = {False: ALIGN["left"], True: ALIGN["right"]}
_TONES = {"error": "problem", "muted": "muted"}
_KEYS = "← → mở, gấp · Enter mở đơn vị · F7 nơi chờ kế tiếp · Shift+F10 thực đơn · Ctrl+C chép khối sang Excel"
_ORDER = "tree_order"  # a setting of the window
_BLANK, _OPEN = "Xuất biểu trống (Excel)…", {True: "Xem số liệu đã gửi", False: "Xem bảng chỉ tiêu"}
_MOST_CHIPS = 1 + len(UnitState)
_NOBODY = "Không có đơn vị nào khớp · Bỏ lọc (Esc)"


def _scale(widget: QWidget) -> float:
    """How much larger than normal its text is."""
    return max(1.0, widget.fontMetrics().height() / _NORMAL_LINE)


class UnitTreeModel(QAbstractItemModel):
    """Rows by number, in the order of the screen: `parents[n]` is the number above, `places[n]` its place among siblings."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[ListColumnHead, ...] = (ListColumnHead(""),)
        self.titles: tuple[str, ...] = ()
        self.rows: list[TreeRow] = []
        self._parents: list[int] = []
        self._places: list[int] = []
        self._children: list[list[int]] = []
        self.numbers: dict[str, int] = {}
        self._signs: dict[tuple[str, str], QIcon] = {}

    def show_tree(self, root: TreeRow, columns: tuple[ListColumnHead, ...], titles: tuple[str, ...]) -> None:
        self.beginResetModel()
        self.columns, self.titles = columns, titles
        self.rows, self._parents, self._places, self._children = [], [], [], []
        self._add(root, -1, 0)
        self.numbers = {row.id: number for number, row in enumerate(self.rows)}
        self.endResetModel()

    def _add(self, row: TreeRow, above: int, place: int) -> int:
        number = len(self.rows)
        self.rows.append(row)
        self._parents.append(above)
        self._places.append(place)
        self._children.append([])
        self._children[number] = [self._add(child, number, at) for at, child in enumerate(row.children)]
        return number

    def index_of(self, id: str, column: int = 0) -> QModelIndex:
        number = self.numbers.get(id)
        return QModelIndex() if number is None else self.createIndex(self._places[number], column, number)

    def index(self, row: int, column: int, parent: _Index | None = None) -> QModelIndex:
        below = self._below(parent)
        if 0 <= row < len(below) and 0 <= column < len(self.columns):
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    def parent(self, index: _Index | None = None) -> QModelIndex:  # type: ignore[override]  # Qt has two of that name
        above = self._parents[index.internalId()] if index is not None and index.isValid() else -1
        return QModelIndex() if above < 0 else self.createIndex(self._places[above], 0, above)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.column() > 0 else len(self._below(parent))

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(self.columns)

    def _below(self, parent: _Index | None) -> list[int]:
        if parent is not None and parent.isValid():
            return self._children[parent.internalId()]
        return [0] if self.rows else []

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        row = self.rows[index.internalId()]
        match role:
            case _Role.DisplayRole | _Role.AccessibleTextRole:
                return row.items[index.column()].text
            case _Role.ToolTipRole | _Role.AccessibleDescriptionRole:
                return plain(row.note)
            case _Role.ForegroundRole:
                return QColor(ink(row.items[index.column()]))
            case _Role.TextAlignmentRole:
                return ALIGN[self.columns[index.column()].align]
            case _Role.DecorationRole if index.column() == STATE:
                item = row.items[STATE]
                sign = item.icon, ink(item)
                if item.icon and sign not in self._signs:
                    self._signs[sign] = icon(*sign)
                return self._signs.get(sign)
            case _Role.FontRole if row.children and index.column() in (NAME, STATE):
                font = QApplication.font()
                font.setWeight(QFont.Weight.DemiBold)
                return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        first = len(self.columns) - len(self.titles)
        match role:
            case _Role.DisplayRole:
                return self.columns[section].title
            case _Role.ToolTipRole:
                return plain(self.titles[section - first] if section >= first else self.columns[section].title)
            case _Role.TextAlignmentRole:
                return ALIGN[self.columns[section].align]
        return None


class _Seen(QSortFilterProxyModel):
    """The leaves that are asked for, and what stands above them."""

    def __init__(self, model: UnitTreeModel) -> None:
        super().__init__(model)
        self._accepted: frozenset[str] | None = None
        self._rows = model
        self.setSourceModel(model)
        self.setRecursiveFilteringEnabled(True)

    def accept(self, ids: frozenset[str] | None) -> None:
        self._accepted = ids
        self.invalidate()  # row by row Qt would ask half a million times who stands above whom

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        if self._accepted is None:
            return True
        return self._rows.rows[self._rows.index(row, 0, parent).internalId()].id in self._accepted


class UnitTreeList(QTreeView):
    """`chosen`: the id one stands on; `opened`: Enter or a double click on it. Narrow, columns leave: how a report came and its
    number, then the figures from the last."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = UnitTreeModel(self)
        self.seen = _Seen(self.rows)
        self._picked: set[int] = set()  # columns of figures that are wanted
        self.setModel(self.seen)
        self.setAccessibleName("Đơn vị báo cáo")
        self.setAccessibleDescription("Mũi tên phải, trái để mở, gấp; Enter mở đơn vị; F7 tới nơi chờ kế tiếp")
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(18)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self.ask_columns)
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(lambda index, _: self.chosen.emit(self._id(index)))

    @property
    def here(self) -> str:
        return self._id(self.currentIndex())

    def show_tree(self, page: UnitTreePage) -> None:
        """What was folded stays so, and where one stood; at first as the page says."""
        before, here = self._unfolded() if self.rows.rows else set(page.unfolded), self.here
        assert page.root
        fresh = self.rows.columns != page.columns
        self.rows.show_tree(page.root, page.columns, page.titles)
        if fresh:
            first = len(page.columns) - len(page.titles)
            self._picked = set(range(first, first + page.shown))
        self._unfold(before | ({page.root.id}))
        self.header().setSortIndicator(NAME if page.by_name else STATE, Qt.SortOrder.AscendingOrder)
        self._fit()
        self.stand(here if here in self.rows.numbers else page.root.id)

    def stand(self, id: str) -> None:
        """There, whatever has to be unfolded for it."""
        index = self.seen.mapFromSource(self.rows.index_of(id))
        if index.isValid():
            above = index.parent()
            while above.isValid():
                self.expand(above)
                above = above.parent()
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def accept(self, ids: frozenset[str] | None) -> None:
        """Where something is looked for, everything that was found is unfolded."""
        kept, here = self._unfolded(), self.here
        self.collapseAll()
        self.seen.accept(ids)
        self.expandAll() if ids is not None else self._unfold(kept)
        self.stand(here)

    def block(self) -> str:
        """What is selected, with the heads, as a spreadsheet takes it."""
        columns = [number for number in range(len(self.rows.columns)) if not self.isColumnHidden(number)]
        lines = ["\t".join(self.rows.columns[number].title for number in columns)]
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda index: self.visualRect(index).y())
        for index in indexes:
            row = self.rows.rows[self.seen.mapToSource(index).internalId()]
            lines.append("\t".join(row.items[number].text.removesuffix(" ô") for number in columns))
        return "\n".join(lines)

    def ask_columns(self, at: QPoint) -> None:
        """Which figures are seen."""
        menu = QMenu(self)
        first = len(self.rows.columns) - len(self.rows.titles)
        for number in range(first, len(self.rows.columns)):
            title = str(self.rows.headerData(number, Qt.Orientation.Horizontal, _Role.ToolTipRole))
            act = menu.addAction(f"{self.rows.columns[number].title}  {title}"[:90].replace("&", "&&"))
            act.setCheckable(True)
            act.setChecked(number in self._picked)
            act.triggered.connect(partial(self._pick, number))
        menu.exec(self.header().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.block())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _pick(self, number: int, on: bool) -> None:
        self._picked = self._picked | {number} if on else self._picked - {number}
        self._fit()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._id(index))

    def _id(self, index: QModelIndex) -> str:
        return self.rows.rows[self.seen.mapToSource(index).internalId()].id if index.isValid() else ""

    def _unfolded(self) -> set[str]:
        return {
            row.id
            for number, row in enumerate(self.rows.rows)
            if row.children and self.isExpanded(self.seen.mapFromSource(self.rows.index_of(self.rows.rows[number].id)))
        }

    def _unfold(self, ids: set[str]) -> None:
        for id in ids:
            index = self.seen.mapFromSource(self.rows.index_of(id))
            if index.isValid():
                self.expand(index)

    def _fit(self) -> None:
        """The name takes what is left, at least its own width; other columns leave for it."""
        scale = _scale(self)
        head, columns = self.header(), self.rows.columns
        if len(columns) == 1:
            return
        wanted = [number for number in range(1, len(columns)) if number <= REVISION or number in self._picked]
        room = self.viewport().width()
        leaving = [REVISION, BY, *sorted(self._picked, reverse=True), DAY]
        while leaving and sum(columns[number].width for number in wanted) * scale + _LEAST_NAME * scale > room:
            gone = leaving.pop(0)
            wanted = [number for number in wanted if number != gone]
        for number, column in enumerate(columns):
            head.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
            self.setColumnHidden(number, number not in (NAME, *wanted))
            if number in wanted:
                self.setColumnWidth(number, round(column.width * scale))
        taken = sum(self.columnWidth(number) for number in wanted)
        self.setColumnWidth(NAME, max(round(_LEAST_NAME * scale), room - taken))


@dataclass(frozen=True, slots=True)
class UnitActs:
    """What the page does with a place of the tree: by its id, or by the codes of units."""

    opened: Callable[[str], object]
    remind: Callable[[], object]
    blank_forms: Callable[[tuple[str, ...]], object]
    on_behalf: Callable[[str], object]
    toast: Callable[[str], object]


class UnitTreeTab(QWidget):
    """`kept`: where the order that somebody chose last is kept."""

    def __init__(self, today: Callable[[], date], acts: UnitActs, kept: QSettings) -> None:
        super().__init__()
        self.presenter = UnitTreePresenter(self.show_page, today, by_name=str(kept.value(_ORDER)) == "name")
        self._page, self._acts, self._kept = UnitTreePage(), acts, kept
        self.tree = UnitTreeList()
        self.query = LineField("Tìm đơn vị", "Tìm tên, mã (Ctrl+F)")
        self.query.setFixedWidth(10 * self.query.fontMetrics().height())
        self._group, self._states = QButtonGroup(self), ChoiceField("Hiện đơn vị")
        self._nobody, self._counted, self._keys = MutedLabel(_NOBODY), MutedLabel(), ElidedLabel()
        self._card = _UnitCardPanel(acts, lambda: self.tree.here)
        self._drawer = False
        self.query.textChanged.connect(lambda text: self.presenter.narrow(text, self._page.state))
        self._states.activated.connect(lambda _: self._choose(self._states.currentData()))
        self.tree.chosen.connect(self.presenter.stand)
        self.tree.opened.connect(acts.opened)
        self.tree.header().sectionClicked.connect(self._sort)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        QShortcut(QKeySequence.StandardKey.Find, self, self.query.setFocus)
        QShortcut(QKeySequence(Qt.Key.Key_F3), self, self._turn_drawer)
        for key, back in (("F7", False), ("Shift+F7", True)):
            QShortcut(QKeySequence(key), self, partial(self._go_on, back=back))
        keys_inside(self, "Ctrl+N", self._enter_on_behalf)
        keys_inside(self, Qt.Key.Key_Escape, self._clear)
        keys_inside(self.query, Qt.Key.Key_Return, self.tree.setFocus)
        keys_inside(self.query, Qt.Key.Key_Down, self.tree.setFocus)
        self._keys.say(_KEYS)
        self._nobody.hide()
        self._columns = Button("Cột…", lambda: self.tree.ask_columns(QPoint(0, self.tree.header().height())), "quiet")
        self._unfold = Button("Mở hết", self._turn_folds, "quiet")
        self._details = Button("Chi tiết (F3)", self._turn_drawer, "quiet")
        above = hbox(
            self.query, self._chips(), self._states, None, self._unfold, self._columns, self._details, spacing=8
        )
        left = vbox((self.tree, 1), (self._nobody, 1), spacing=6)
        foot = vbox(self._counted, self._keys, spacing=0)
        vbox(above, (hbox((left, 1), self._card, spacing=10), 1), foot, spacing=8, margins=(0, 10, 0, 0), on=self)

    def show_page(self, page: UnitTreePage) -> None:
        before, self._page = self._page, page
        if page.chips is not before.chips:
            self._show_chips(page.chips)
        if page.root is not before.root and page.root:
            self.tree.show_tree(page)
        if page.accepted != before.accepted or page.root is not before.root:
            self.tree.accept(page.accepted)
        if page.state is not before.state or page.chips is not before.chips:
            self._mark(page)
        self._nobody.setVisible(page.accepted == frozenset())
        self.tree.setVisible(page.accepted != frozenset())
        self._counted.setText(page.counted)
        if self._page.card is not before.card:  # standing somewhere may have changed it meanwhile
            self._card.show_card(self._page.card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Narrow, the card beside the tree is a drawer (F3), the chips are one list, the keys are not told."""
        narrow = self.width() < _NARROW * _scale(self)
        self._card.setFixedWidth(round(_SIDE * _scale(self)))
        self._card.setVisible(not narrow or self._drawer)
        self._states.setVisible(narrow)
        self._details.setVisible(narrow)
        for number, chip in enumerate(self._group.buttons()):
            chip.setVisible(not narrow and number < len(self._page.chips))
        self._keys.setVisible(not narrow)

    def _turn_drawer(self) -> None:
        self._drawer = not self._drawer
        self._arrange()

    def _chips(self) -> QHBoxLayout:
        """As many as there are states: Tab meets them where they stand."""
        chips = hbox(spacing=6)
        for number in range(_MOST_CHIPS):
            chip = QPushButton()
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            set_tip(chip, f"Alt+{number + 1}")
            chip.clicked.connect(partial(self._press, number))
            self._group.addButton(chip, number)
            chips.addWidget(chip)
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, partial(self._press, number))
        return chips

    def _show_chips(self, chips: tuple[StateChip, ...]) -> None:
        for number, chip in enumerate(chips):
            button = self._group.button(number)
            button.setText(f"{chip.words}  {chip.count}")
            tone = {"plain": "ink", "accent": "accent_ink"}.get(chip.tone, chip.tone)
            button.setIcon(icon(chip.icon, getattr(theme.current(), tone)) if chip.icon else QIcon())
        self._states.offer((f"{chip.words} {chip.count}", chip.state) for chip in chips)
        self._arrange()

    def _mark(self, page: UnitTreePage) -> None:
        for number, chip in enumerate(page.chips):
            if chip.state is page.state:
                self._group.button(number).setChecked(True)
        self._states.choose(page.state)

    def _choose(self, state: UnitState | None) -> None:
        self.presenter.narrow(self.query.text(), state)

    def _press(self, number: int, *_: object) -> None:
        if number < len(self._page.chips):
            self._choose(self._page.chips[number].state)

    def _clear(self) -> None:
        self.query.clear()
        self._choose(None)
        self.tree.setFocus()

    def _sort(self, column: int) -> None:
        if column in (NAME, STATE):
            self._kept.setValue(_ORDER, "name" if column == NAME else "need")
            self.presenter.sort(by_name=column == NAME)

    def _go_on(self, *, back: bool) -> None:
        if id := self.presenter.next_waiting(back=back):
            self.tree.stand(id)
            self.tree.setFocus()
        else:
            self._acts.toast("Không còn nơi nào chờ.")

    def _turn_folds(self) -> None:
        folded = self._unfold.text() == "Mở hết"
        self.tree.expandAll() if folded else self.tree.collapseAll()
        if not folded and self._page.root:
            self.tree.stand(self._page.root.id)
            self.tree.expand(self.tree.currentIndex())
        self._unfold.setText("Gấp hết" if folded else "Mở hết")

    def _menu(self, at: QPoint) -> None:
        card, acts = self._page.card, self._acts
        menu = QMenu(self.tree)
        offered: tuple[tuple[str, bool, Callable[[], object]], ...] = (
            ("Mở đơn vị\tEnter", card.can_open, lambda: acts.opened(self.tree.here)),
            ("Mở mọi cấp bên trong\t*", True, lambda: self.tree.expandRecursively(self.tree.currentIndex())),
            ("Nhập thay từ báo cáo giấy…\tCtrl+N", bool(card.on_behalf), self._enter_on_behalf),
            ("Xuất biểu trống (Excel)…", bool(card.blank_forms), lambda: acts.blank_forms(card.blank_forms)),
            ("Công văn đôn đốc…", True, acts.remind),
            ("Chép tên đơn vị còn thiếu", True, self.copy_missing),
            ("Chép dòng\tCtrl+C", True, lambda: QGuiApplication.clipboard().setText(self.tree.block())),
        )
        for words, can, act in offered:
            one = menu.addAction(words)
            one.setEnabled(can)
            one.triggered.connect(lambda _checked=False, act=act: act())
        menu.exec(self.tree.viewport().mapToGlobal(at))

    def _enter_on_behalf(self) -> None:
        if self._page.card.on_behalf:
            self._acts.on_behalf(self._page.card.on_behalf)

    def copy_missing(self) -> None:
        names = self.presenter.missing_names
        QGuiApplication.clipboard().setText(names)
        self._acts.toast("Đã chép danh sách đơn vị còn thiếu." if names else "Không còn đơn vị nào thiếu.")


class _UnitCardPanel(Scrolling):
    def __init__(self, acts: UnitActs, here: Callable[[], str]) -> None:
        super().__init__()
        self._card = UnitCard()
        self._title, self._state, self._lines = HeadingLabel(), Pill(), MutedLabel()
        self._title.setWordWrap(True)
        self._figures, self._effect = QGridLayout(), WrappedLabel()
        self._open = Button(_OPEN[True], lambda: acts.opened(here()))
        self._behalf = Button("Nhập thay từ báo cáo giấy…", lambda: acts.on_behalf(self._card.on_behalf))
        self._blank = Button(_BLANK, lambda: acts.blank_forms(self._card.blank_forms))
        card = Card()
        card.column.setContentsMargins(14, 12, 14, 12)
        self._figures.setColumnStretch(0, 1)
        self._figures.setHorizontalSpacing(10)
        add_to(
            card.column,
            self._title,
            (self._state, Qt.AlignmentFlag.AlignLeft),
            self._lines,
            self._figures,
            self._effect,
        )
        add_to(card.column, self._open, self._behalf, self._blank, Button("Công văn đôn đốc…", acts.remind))
        add_to(self.column, card, None)

    def show_card(self, card: UnitCard) -> None:
        self._card = card
        self._title.setText(card.title)
        if card.state:
            self._state.say(card.state.text, "plain" if card.state.tone == "muted" else card.state.tone)
        self._lines.setText("\n".join(card.lines))
        self._show_figures(card)
        self._effect.setText(card.effect)
        self._effect.setVisible(bool(card.effect))
        self._open.setText(_OPEN[card.is_leaf])
        self._open.setVisible(card.can_open)
        self._behalf.setVisible(bool(card.on_behalf))
        count = len(card.blank_forms)
        self._blank.setText(_BLANK if count == 1 else f"Xuất {count} biểu trống (Excel)…")
        self._blank.setVisible(bool(count))

    def _show_figures(self, card: UnitCard) -> None:
        """What each figure is, what it is, and what it was."""
        while (item := self._figures.takeAt(0)) and (old := item.widget()):
            old.hide()
            old.deleteLater()
        for number, words in enumerate(card.columns if card.rows else ()):
            self._figures.addWidget(Label(words, tone="muted"), 0, number, _SIDES[bool(number)])
        for line, row in enumerate(card.rows, 1):
            name = ElidedLabel()
            name.say(row.items[0].text)
            set_tip(name, row.note)
            self._figures.addWidget(name, line, 0)
            for number, one in enumerate(row.items[1:], 1):
                self._figures.addWidget(Label(one.text, tone=_TONES.get(one.tone, "")), line, number, _SIDES[True])
