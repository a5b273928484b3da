"""The form of one news item. Enter goes on to the next field, Ctrl+S keeps; nothing is rewritten while typing."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms.news import CHANNELS, KIND_TITLES, ORIGIN_TITLES, NewsKind, Origin
from ui.desktop.screens.news.presenter import Typed
from ui.desktop.widgets.card import Card, Scrolling
from ui.desktop.widgets.fields import Choice, DateLine, Line, labelled
from ui.desktop.widgets.text import Heading, Muted, Problem, set_tone

_LINE = 44  # letters of a channel's name on one line


class NewsForm(Card):
    """`counts` says what the rule makes of a kind and an origin, so that the tick follows until it is touched."""

    typing = Signal()

    def __init__(self, counts: Callable[[NewsKind, Origin], bool]) -> None:
        super().__init__()
        self._counts, self._id = counts, ""
        self.heading = Heading()
        self._date, self._title = DateLine("Ngày đăng, phát lần đầu"), Line("Tên tin, bài")
        self._kind = Choice("Loại", tuple((words, kind) for kind, words in KIND_TITLES.items()))
        self._origin = Choice("Nguồn", tuple((words, origin) for origin, words in ORIGIN_TITLES.items()))
        self._channels = {channel.id: QCheckBox(fill(channel.title, _LINE)) for channel in CHANNELS}
        self._airings, self._evidence = (
            Line("Số lượt phát, đăng"),
            Line("Minh chứng", "đường dẫn, số trang sổ phát thanh…"),
        )
        self._counted, self._reason = QCheckBox("Tính vào số tin, bài của quý"), Line("Lý do")
        self._twin, self._problem = Muted(), Problem()
        self._lay_out()
        self._watch()

    def show_typed(self, typed: Typed, heading: str) -> None:
        self._id = typed.id
        self.heading.setText(heading)
        self._say_problem("", "")
        for field, text in (
            (self._date, typed.date),
            (self._title, typed.title),
            (self._airings, typed.airings),
            (self._evidence, typed.evidence),
            (self._reason, typed.reason),
        ):
            field.setText(text)
        self._kind.choose(typed.kind)
        self._origin.choose(typed.origin)
        for id, box in self._channels.items():
            box.setChecked(id in typed.channels)
        self._counted.setChecked(typed.counted)
        self._show_reason()

    def typed(self) -> Typed:
        channels = tuple(id for id, box in self._channels.items() if box.isChecked())
        return Typed(
            self._id,
            self._date.text(),
            self._title.text(),
            self._kind.currentData(),
            self._origin.currentData(),
            channels,
            self._airings.text(),
            self._counted.isChecked(),
            self._reason.text(),
            self._evidence.text(),
        )

    def begin(self) -> None:
        """Where typing starts."""
        self._date.setFocus()
        self._date.selectAll()

    def show_twin(self, words: str) -> None:
        self._twin.setText(words)
        self._twin.setVisible(bool(words))

    def show_problem(self, field: str, words: str) -> None:
        self._say_problem(field, words)
        place = self._fields().get(field)
        if place:
            place.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.focusNextPrevChild(not back)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(watched, QLineEdit)
            and _nothing_to_undo(watched, event)
        ):
            event.ignore()  # then Ctrl+Z takes back the last change of the ledger instead
            return True
        return super().eventFilter(watched, event)

    def _fields(self) -> dict[str, QWidget]:
        return {
            "date": self._date,
            "title": self._title,
            "airings": self._airings,
            "reason": self._reason,
            "evidence": self._evidence,
            "channels": next(iter(self._channels.values())),
        }

    def _say_problem(self, field: str, words: str) -> None:
        self._problem.say(words)
        for name, place in self._fields().items():
            if isinstance(place, QLineEdit):
                set_tone(place, "wrong", "true" if words and name == field else "false")

    def _suggest(self) -> None:
        if not self._id:
            self._counted.setChecked(self._counts(self._kind.currentData(), self._origin.currentData()))

    def _show_reason(self) -> None:
        departs = self._counted.isChecked() != self._counts(self._kind.currentData(), self._origin.currentData())
        self._reason_row.setVisible(departs or bool(self._reason.text()))

    def _watch(self) -> None:
        inputs = [*self._fields().values(), self._kind, self._origin, self._counted, *self._channels.values()]
        for field in dict.fromkeys(inputs):
            field.installEventFilter(self)
            if isinstance(field, QLineEdit):
                field.textEdited.connect(self.typing)
            elif isinstance(field, QComboBox):
                field.currentIndexChanged.connect(self.typing)
            else:
                field.toggled.connect(self.typing)
        for choice in (self._kind, self._origin):
            choice.activated.connect(self._suggest)
        for changed in (self._kind.currentIndexChanged, self._origin.currentIndexChanged, self._counted.toggled):
            changed.connect(self._show_reason)

    def _lay_out(self) -> None:
        scroll = Scrolling()
        scroll.column.setContentsMargins(2, 0, 10, 0)
        scroll.column.setSpacing(10)
        scroll.setStyleSheet("QScrollArea#plain, QScrollArea#plain > QWidget > QWidget { background: transparent; }")
        self.column.setContentsMargins(18, 14, 8, 14)
        self.column.addWidget(self.heading)
        self.column.addWidget(self._problem)
        self.column.addWidget(scroll, 1)
        add = scroll.column.addWidget
        add(_row(labelled("&Ngày đăng, phát đầu", self._date), labelled("&Loại", self._kind)))
        add(labelled("&Tên tin, bài", self._title))
        add(self._twin)
        add(_row(labelled("N&guồn", self._origin), labelled("&Số lượt", self._airings)))
        add(self._channel_box())
        add(labelled("&Minh chứng", self._evidence))
        add(self._counted)
        self._reason_row = labelled("Lý &do tính khác quy tắc", self._reason)
        add(self._reason_row)
        scroll.column.addStretch(1)
        self._reason_row.hide()
        self._twin.hide()

    def _channel_box(self) -> QWidget:
        box, column = QWidget(), QVBoxLayout()
        box.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Muted("Kênh đăng, phát"))
        for channel in self._channels.values():
            column.addWidget(channel)
        return box


def _nothing_to_undo(field: QLineEdit, event: QEvent) -> bool:
    undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
    return (undo and not field.isUndoAvailable()) or (redo and not field.isRedoAvailable())


def _row(left: QWidget, right: QWidget) -> QWidget:
    box, row = QWidget(), QHBoxLayout()
    box.setLayout(row)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return box
