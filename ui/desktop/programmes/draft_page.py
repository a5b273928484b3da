"""A programme being written.

The field under the cursor of a draft: typed here, kept when it is left or by Enter, refused beside it.

A draft as one table: each field with its value, and beside it the one under the cursor to be changed.

What of a draft is different from the pack it was copied from: read before it is released for good.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.programmes.pack import Pack
from forms.programmes.pack_outline import FieldKind
from ui.desktop.programmes.dialogs import AddDialog
from ui.desktop.programmes.draft_presenter import ALL, CHANGED, FIELD_COLUMNS, SIGHTS, DraftHead, DraftPresenter, Typing
from ui.desktop.programmes.presenter import CHANGE_COLUMNS
from ui.desktop.rows import ListRow
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField, keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import MutedLabel, ProblemLabel, WrappedLabel

_ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_ADDS = {"target": "Thêm mốc…", "deadline": "Thêm hạn gửi…", "agency": "Thêm cơ quan…"}


class FieldCard(Card):
    """`put` (id, value) says whether it was taken; `back` gives the keys to the list; `let_go` (id): what was refused there is
    wanted no more."""

    def __init__(
        self,
        put: Callable[[str, str | bool], bool],
        back: Callable[[], object],
        let_go: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._put, self._back, self._let_go, self._id, self._shown = put, back, let_go, "", ""
        self._title, self._where, self._before = WrappedLabel(), MutedLabel(), MutedLabel()
        self._title.setProperty("tone", "heading")
        self._problem = ProblemLabel()
        self._line, self._text = LineField("Giá trị"), QPlainTextEdit()
        self._choice, self._tick = ChoiceField("Giá trị"), QCheckBox("Có")
        self._places = (self._line, self._text, self._choice, self._tick)
        self._here: QWidget = self._line
        self._keep = Button("Ghi", self._enter)
        self.add, self.drop = Button("", self._back), Button("", self._back, "danger")
        self._keys = MutedLabel()
        self._lay_out()

    def show_field(self, typing: Typing | None) -> None:
        self._keep.setVisible(typing is not None and typing.kind not in (FieldKind.YES, FieldKind.OPERATOR))
        self.drop.setVisible(typing is not None and bool(typing.goes))
        self._id = typing.id if typing else ""
        self._title.setText(typing.title if typing else "Không có mục nào")
        self._where.setText(typing.where if typing else "Xem phần khác, hoặc tìm chữ khác.")
        self._before.setVisible(typing is not None and bool(typing.before))
        self._keys.setVisible(typing is not None)
        if typing is None:
            self._show_place(None)
        else:
            self.drop.setText(f"Bỏ {typing.goes}…")
            self._before.setText(f"Bản gốc: {typing.before}")
            self._show_value(typing)

    def show_adding(self, kind: str) -> None:
        self.add.setText(_ADDS.get(kind, ""))
        self.add.setVisible(kind in _ADDS)

    def say(self, words: str) -> None:
        self._problem.say(words)

    def begin(self) -> None:
        """The keys go to the value."""
        if self._id:
            self._here.setFocus()
            if self._here is self._line:
                self._line.selectAll()

    def settle(self) -> bool:
        """What was typed is taken now; False when it is refused."""
        return self._typed() == self._shown or not self._id or self._put(self._id, self._typed())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and (watched is not self._text or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                self._enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._give_up()
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _ELSEWHERE:
            self.settle()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        if self.settle():
            self._back()

    def _give_up(self) -> None:
        if self._here is self._text:
            self._text.setPlainText(self._shown)
        else:
            self._line.setText(self._shown)
        self._problem.say("")
        self._let_go(self._id)
        self._back()

    def _typed(self) -> str:
        """Of a line or a text; ticks and choices are taken as they are made."""
        if self._here is self._line:
            return self._line.text()
        return self._text.toPlainText() if self._here is self._text else self._shown

    def _show_value(self, typing: Typing) -> None:
        place: QWidget = self._line
        match typing.kind:
            case FieldKind.YES:
                place, self._shown = self._tick, ""
                self._tick.setChecked(bool(typing.value))
            case FieldKind.OPERATOR:
                place, self._shown = self._choice, ""
                self._choice.clear()
                for words, value in typing.options:
                    self._choice.addItem(words, value)
                self._choice.choose(typing.value)
            case FieldKind.TEXT:
                place, self._shown = self._text, str(typing.value)
                self._text.setPlainText(self._shown if typing.refused is None else typing.refused)
            case _:
                self._shown = str(typing.value)
                self._line.setText(self._shown if typing.refused is None else typing.refused)
        place.setAccessibleName(typing.title)
        self._show_place(place)
        done = {self._tick: "Phím cách: đổi", self._choice: "↑ ↓: đổi", self._text: "Ctrl+Enter: ghi"}
        self._keys.setText(f"{done.get(place, 'Enter: ghi')} · Esc: thôi, về danh sách")

    def _show_place(self, place: QWidget | None) -> None:
        """One that stays is not hidden in between: it would lose the keys."""
        self._here = place or self._here
        for one in self._places:
            one.setVisible(one is place)

    def _lay_out(self) -> None:
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Giá trị")
        self._tick.clicked.connect(lambda on: self._put(self._id, on))
        self._choice.activated.connect(lambda: self._put(self._id, self._choice.currentData()))
        self.column.addWidget(self._title)
        self.column.addWidget(self._where)
        for place in self._places:
            place.installEventFilter(self)
            self.column.addWidget(place, 1 if place is self._text else 0)
        below = QVBoxLayout()
        below.setSpacing(10)
        for widget in (self._problem, self._before, self._keep, self.add, self.drop):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(self._keys)
        self.column.addLayout(below, 1)


class ReleasePage(QWidget):
    def __init__(self, release: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._words = WrappedLabel(), MutedLabel()
        self._title.setProperty("tone", "heading")
        self._list = Listing("Những mục đã sửa", wraps=True)
        keys_inside(self, Qt.Key.Key_Escape, back)
        names, head, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._words)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in (Button("Sửa tiếp", back), Button("Phát hành", release, "primary")):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def show_changes(self, title: str, words: str, rows: Sequence[ListRow]) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._list.show_rows(CHANGE_COLUMNS, rows, rows[0].id if rows else "")
        self._list.setFocus()  # a Space too many must not release


class DraftPage(QStackedWidget):
    """The table, or what is different before the release. `back` shows the list of programmes again."""

    def __init__(self, desk: Services, frame: Shell, back: Callable[[], object]) -> None:
        super().__init__()
        self._presenter, self._back = DraftPresenter(self, desk, frame), back
        self._adding = ""
        self._title, self._note, self._counted = WrappedLabel(), MutedLabel(), MutedLabel()
        sights = (*((words, id) for words, id, _ in SIGHTS), ("Đã sửa", CHANGED), ("Tất cả", ALL))
        self._sight, self._query = (
            ChoiceField("Xem phần", sights),
            LineField("Tìm mục", "Tìm không cần gõ dấu (Ctrl+F)"),
        )
        self._list, self._field = (
            Listing("Các mục của bản soạn"),
            FieldCard(self._presenter.put, self._to_list, self._presenter.let_go),
        )
        self._release = ReleasePage(self._presenter.release, self._to_table)
        self._table = QWidget()
        self._lay_out()
        self._connect()

    def open(self, pack: Pack) -> None:
        self._sight.setCurrentIndex(0)
        self._query.clear()
        self.setCurrentWidget(self._table)
        self._presenter.open(pack)
        self._to_list()

    def settle(self) -> None:
        """What is being typed is kept."""
        self._field.settle()

    def show_head(self, head: DraftHead) -> None:
        self._title.setText(head.title)
        self._note.setText(head.note)

    def show_fields(self, rows: Sequence[ListRow], chosen: str, words: str) -> None:
        self._list.blockSignals(True)
        self._list.show_rows(FIELD_COLUMNS, rows, chosen)
        self._list.blockSignals(False)
        self._counted.setText(words)

    def show_field(self, typing: Typing | None) -> None:
        self._field.show_field(typing)

    def show_adding(self, kind: str) -> None:
        self._adding = kind
        self._field.show_adding(kind)

    def show_problem(self, words: str) -> None:
        self._field.say(words)

    def show_release(self, title: str, words: str, rows: Sequence[ListRow]) -> None:
        self.setCurrentWidget(self._release)
        self._release.show_changes(title, words, rows)

    def closed(self) -> None:
        self._back()

    def _ask_release(self) -> None:
        if self._field.settle():
            self._presenter.ask_release()

    def _add(self) -> None:
        dialog = AddDialog(self._adding, self._presenter, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._to_list)
        dialog.open()

    def _to_list(self, *_: object) -> None:
        self._list.setFocus()

    def _to_table(self) -> None:
        self.setCurrentWidget(self._table)
        self._to_list()

    def _narrow(self) -> None:
        self._presenter.narrow(self._sight.currentData(), self._query.text())

    def _connect(self) -> None:
        self._list.chosen.connect(self._presenter.choose)
        self._list.opened.connect(lambda _: self._field.begin())
        self._list.setAccessibleDescription("Enter: sửa mục này")
        self._sight.activated.connect(self._narrow)
        self._query.textChanged.connect(self._narrow)
        self._field.add.clicked.connect(self._add)
        self._field.drop.clicked.connect(self._presenter.remove)
        keys_inside(self._table, QKeySequence.StandardKey.Find, self._query.setFocus)
        keys_inside(self._list, Qt.Key.Key_F2, self._field.begin)
        keys_inside(self._list, Qt.Key.Key_Escape, self._leave)

    def _lay_out(self) -> None:
        self._title.setProperty("tone", "heading")
        self._counted.setWordWrap(False)
        names, head, tools, both, column = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._note)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in (
            Button("Về danh sách", self._leave),
            Button("Bỏ bản soạn…", self._presenter.discard, "danger"),
            Button("Phát hành…", self._ask_release, "primary"),
        ):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        tools.setSpacing(10)
        tools.addWidget(self._sight)
        tools.addWidget(self._query, 1)
        tools.addWidget(self._counted)
        both.setSpacing(16)
        both.addWidget(self._list, 7)
        both.addWidget(self._field, 4)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(tools)
        column.addLayout(both, 1)
        self._table.setLayout(column)
        self.addWidget(self._table)
        self.addWidget(self._release)

    def _leave(self) -> None:
        if self._field.settle():
            self._back()
