"""The field under the cursor of a draft: typed here, kept when it is left or by Enter, refused beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from forms.pack_fields import FieldKind
from ui.desktop.screens.programmes.draft_presenter import Typing
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Choice, Line
from ui.desktop.widgets.text import Muted, Problem, Wrapped

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
        self._title, self._where, self._before = Wrapped(), Muted(), Muted()
        self._title.setProperty("tone", "heading")
        self._problem = Problem()
        self._line, self._text = Line("Giá trị"), QPlainTextEdit()
        self._choice, self._tick = Choice("Giá trị"), QCheckBox("Có")
        self._places = (self._line, self._text, self._choice, self._tick)
        self._here: QWidget = self._line
        self._keep = Button("Ghi", self._enter)
        self.add, self.drop = Button("", self._back), Button("", self._back, "danger")
        self._keys = Muted()
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
