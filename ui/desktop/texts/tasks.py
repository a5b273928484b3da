"""The task board: its filter, the table (Excel's keys for percent and days, one key for a state), and beside it the chosen task in
full with its long texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from forms.model.task import TASK_STATE_TITLES, TaskState
from forms.services.report_session import TASK_FIELDS
from ui.desktop import keys, theme
from ui.desktop.texts.task_presenter import (
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
    BoardPage,
    BoardRow,
    TaskPresenter,
)
from ui.desktop.theme import Theme
from ui.desktop.widgets.cards import Button, Card, Scrolling, icon
from ui.desktop.widgets.fields import ChoiceField, labelled
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.prose_editor import NoteField
from ui.desktop.widgets.text import MutedLabel, WrappedLabel, plain, wrapped

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
        field.setAccessibleName(f"Nhiệm vụ {row.spec.number}, {TASK_FIELDS[FIELDS[index.column()]]}")
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
        box, line = option.rect.adjusted(_EDGE, 0, -_EDGE, 0), option.fontMetrics.lineSpacing()
        lines = [(text, self._theme.ink) for text in wrapped(row.spec.title, option.font, box.width(), _TITLE_LINES)]
        if row.who:
            who = option.fontMetrics.elidedText(f"chủ trì: {row.who}", Qt.TextElideMode.ElideRight, box.width())
            lines.append((who, self._theme.muted))
        top = box.center().y() - len(lines) * line // 2
        painter.setFont(option.font)
        for number, (text, ink) in enumerate(lines):
            painter.setPen(QColor(ink))
            painter.drawText(QRect(box.left(), top + number * line, box.width(), line), 0, text)

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


HEADS = ("Số", "Nhiệm vụ", "Trạng thái", "%", "Hạn", "Bắt đầu", "Xong", "SP", "KQ", "MC")
HEAD_NOTES = {PRODUCT: "Sản phẩm", RESULT: "Kết quả", EVIDENCE: "Minh chứng"}
_WIDTHS = {
    NUMBER: 40,
    STATE: 116,
    PERCENT: 48,
    **dict.fromkeys((DUE, STARTED, FINISHED), 92),
    **dict.fromkeys(HEAD_NOTES, 36),
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
        self.is_closed = False
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
        if row is None or self.is_closed or index.column() not in FIELDS:
            return flags
        if index.column() == DUE and row.spec.due:
            return flags  # the programme's own day
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index, role=_Role.DisplayRole):
        row, column = self.row_at(index), index.column()
        if row is None:
            return None
        typed = row.typed.get(FIELDS.get(column, ""))
        text, named, is_due = row.texts[column], HEAD_NOTES.get(column, ""), column == DUE
        match role:
            case _Role.DisplayRole if column >= PRODUCT:
                return ""
            case _Role.DisplayRole if is_due:
                return f"{text if typed is None else typed}\n{row.late_words}".strip()
            case _Role.DisplayRole | _Role.EditRole:
                return text if typed is None else typed
            case _Role.ToolTipRole:
                return plain("Hạn của chương trình" if is_due and row.spec.due else text or named)
            case _Role.DecorationRole if column == NUMBER:
                return self._signs.get(row.wrong)
            case _Role.DecorationRole if column >= PRODUCT and text:
                return self._given
            case _Role.ForegroundRole:
                return QColor(self._theme.error if typed is not None else self._ink(row, column))
            case _Role.TextAlignmentRole if column == PERCENT:
                return _RIGHT
            case _Role.AccessibleTextRole:
                return f"{named or HEADS[column]}: {text or 'trống'}"
        return None

    def _ink(self, row: BoardRow, column: int) -> str:
        theme = self._theme
        if column == STATE:
            return {"good": theme.good, "accent": theme.accent_ink}.get(row.state_tone, theme.muted)
        return {"error": theme.error, "warning": theme.warning}.get(row.tone if column == DUE else "", theme.ink)

    def setData(self, index, value, role=_Role.EditRole) -> bool:
        return role == _Role.EditRole and index.column() in FIELDS and self._put(index.column(), str(value))


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


_PANEL_WIDTH, _LINE = 288, 17  # the width where a line of text is as high as that
_NOTES = {"product": ("&Sản phẩm", 2), "result": ("&Kết quả", 5), "evidence": ("&Minh chứng", 2)}


class TaskBoard(QWidget):
    """`toast` tells what was left out of what was pasted."""

    def __init__(self, toast: Callable[[str], None]) -> None:
        super().__init__()
        self._presenter: TaskPresenter
        self._filter, self._offer = ChoiceField("Lọc nhiệm vụ"), WrappedLabel()
        self._take = Button("", self._take_offer)
        self._table = TaskTable(theme.current(), lambda column, text: self._presenter.put(FIELDS[column], text))
        self._panel = TaskPanel(self._state, self._write, toast)
        self._lay_out()
        self._table.stated.connect(self._state)
        self._filter.activated.connect(lambda _: self._presenter.narrow(self._filter.currentData()))
        keys.bind(self, {"Ctrl+Return": self._take_offer})

    def follow(self, presenter: TaskPresenter) -> None:
        self._presenter = presenter
        self._table.chosen.connect(presenter.choose)

    def keep(self) -> None:
        """Store what is being typed now."""
        if self.isAncestorOf(self.window().focusWidget()):
            self._table.setFocus()  # a field still open in the table is committed by losing the focus
        self._panel.keep()

    def show_page(self, page: BoardPage) -> None:
        if page.anew:
            self._panel.forget()
        if page.rows is not None:
            self._filter.offer(page.filters)
            self._filter.choose(page.wanted)
            self._table.show_rows(page.rows, page.chosen)
        self._table.tasks.is_closed = page.closed
        self._panel.show_task(page.row, closed=page.closed)
        offer = page.offer
        self._offer.setText(offer.words if offer else "")
        self._take.setText(f"{offer.verb} (Ctrl+Enter)" if offer else "")
        self._take.setVisible(offer is not None)
        if page.stand:
            self._table.stand_on(page.chosen)

    def begin(self) -> None:
        self._table.setFocus()

    def _state(self, state: TaskState) -> None:
        self._presenter.set_state(state)

    def _write(self, field: str, id: str, text: str) -> str | None:
        return self._presenter.write(id, field, text)

    def _take_offer(self) -> None:
        self._presenter.take_offer()
        self._table.setFocus()

    def _lay_out(self) -> None:
        self._take.hide()
        above = hbox(self._filter, (self._offer, 1), self._take, spacing=10)
        left = vbox(above, (self._table, 1), spacing=8)
        scale = max(1.0, self.fontMetrics().height() / _LINE)
        self._panel.setFixedWidth(round(_PANEL_WIDTH * scale))
        hbox((left, 1), self._panel, spacing=16, on=self)


class TaskPanel(Card):
    """The chosen task: what the plan says of it, its state by mouse, and the texts that are too long for the table."""

    def __init__(
        self,
        state: Callable[[TaskState], None],
        write: Callable[[str, str, str], str | None],
        toast: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._title, self._plan = WrappedLabel(), MutedLabel()
        self._state = ChoiceField("Trạng thái", tuple((words, state) for state, words in TASK_STATE_TITLES.items()))
        self._state.activated.connect(lambda _: state(self._state.currentData()))
        self._notes = {
            name: NoteField(label.replace("&", ""), partial(write, name)) for name, (label, _) in _NOTES.items()
        }
        for field in self._notes.values():
            field.told.connect(toast)
        self._lay_out()

    def forget(self) -> None:
        for field in self._notes.values():
            field.forget()

    def keep(self) -> None:
        for field in self._notes.values():
            field.keep()

    def show_task(self, row: BoardRow | None, *, closed: bool) -> None:
        self.setVisible(row is not None)
        if row is None:
            return
        self._title.setText(f"{row.spec.number}. {row.spec.title}")
        self._plan.setText(plan_words(row))
        self._state.choose(row.task.state)
        self._state.setEnabled(not closed)
        for name, field in self._notes.items():
            field.show_text(row.spec.id, getattr(row.task, name), row.typed.get(name))
            field.setReadOnly(closed)

    def _lay_out(self) -> None:
        scroll = Scrolling()
        scroll.column.setSpacing(8)
        scroll.setStyleSheet("QScrollArea#plain, QScrollArea#plain > QWidget > QWidget { background: transparent; }")
        self.column.setContentsMargins(16, 12, 6, 12)
        self.column.addWidget(scroll)
        self._title.setProperty("tone", "label")
        add_to(scroll.column, self._title, self._plan, labelled("&Trạng thái", self._state))
        line = self.fontMetrics().lineSpacing()
        for name, (label, lines) in _NOTES.items():
            self._notes[name].setFixedHeight(lines * line + 22)
            scroll.column.addWidget(labelled(label, self._notes[name]))
        scroll.column.addStretch(1)


def plan_words(row: BoardRow) -> str:
    """What the plan says beside the title, a line for each."""
    due = f"{row.due:%d/%m/%Y}" if row.due else ""
    said = (
        ("Chủ trì", row.who),
        ("Phối hợp", " ".join(row.spec.cooperating.split())),
        ("Sản phẩm theo kế hoạch", row.spec.product),
        ("Hạn", f"{due}{f' – {row.late_words}' if row.late else ''}"),
        ("Nguồn", row.spec.source + ("" if row.spec.verified else " (chưa đối chiếu)")),
    )
    return "\n".join(f"{name}: {words}" for name, words in said if words.strip())
