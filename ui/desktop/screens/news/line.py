"""The line that an item is typed on: date, title, kind, channels, airings. Enter goes on, and keeps it at the end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from forms.news import CHANNELS, KIND_TITLES, Origin
from ui.desktop.screens.news.chips import Chips, KeyField
from ui.desktop.screens.news.days import HELP
from ui.desktop.screens.news.details import Details
from ui.desktop.screens.news.elided import Elided
from ui.desktop.screens.news.line_presenter import LinePresenter
from ui.desktop.screens.news.rows import kind_words
from ui.desktop.screens.news.typed import KINDS, RELAYED, Typed, channel_words, toggled
from ui.desktop.screens.news.undo import left_to_ledger
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import DateLine, Line, labelled
from ui.desktop.widgets.plain import set_tip
from ui.desktop.widgets.text import Problem, Wrapped, set_tone

KEY_OF_CHANNEL = {channel.id: str(number) for number, channel in enumerate(CHANNELS, 1)}
CHANNEL_OF_KEY = {key: id for id, key in KEY_OF_CHANNEL.items()}
_KEY_OF_KIND = {kind: key for key, kind in KINDS.items()}
_EDGE, _GAP = 9, 8  # so that each field stands over its column of the list


def channel_options() -> tuple[tuple[str, str, str], ...]:
    return tuple((KEY_OF_CHANNEL[channel.id], channel.short, channel.title) for channel in CHANNELS)


class EntryLine(Card):
    """`to_list`: ↓ or Esc. The face of LinePresenter, which is set once both are made.

    What a new line has of the item before is a proposal: the first key in such a field replaces it.
    """

    to_list = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._id, self._kind, self._origin, self._wants_details = "", Typed().kind, Origin.OWN, False
        self._channels: tuple[str, ...] = ()
        self._last: QWidget | None = None  # the field in which somebody typed last
        self._proposed: set[QObject] = set()  # the fields that hold something of the item before
        self._date, self._title, self._airings = DateLine("Ngày đăng, phát đầu"), Line("Tên tin, bài"), Line("Số lượt")
        kinds = "".join(KINDS) + RELAYED
        self._kinds = KeyField("Loại", kinds, "T tin, B bài, C chuyên mục, K khác; P: tiếp phát hay không")
        self._places = KeyField("Kênh", "".join(CHANNEL_OF_KEY), "Phím số 1 đến 8 chọn hay bỏ kênh")
        self._kind_chips = Chips(_kind_options(), self._turn_kind)
        self._channel_chips = Chips(channel_options(), self._turn_channel)
        self._details = Details(lambda: self.presenter.suggests(self.typed()))
        self._echo, self._stored, self._problem = Elided(), Wrapped(), Problem()
        self._as_airings = Button("Ghi thành lượt phát (F6)", lambda: self.presenter.as_airings(self.typed()), "quiet")
        self._save, self._more = (
            Button("Cất", self.save, "primary"),
            Button("Chi tiết (F3)", self.turn_details, "quiet"),
        )
        for button in (self._as_airings, self._more):
            button.setProperty("small", "true")
        self.presenter: LinePresenter
        self._lay_out()
        self._watch()

    @property
    def has_twin(self) -> bool:
        """What is typed looks like an item that is there."""
        return not self._as_airings.isHidden()

    @property
    def is_editing(self) -> bool:
        return bool(self._id)

    def typed(self) -> Typed:
        line = Typed(
            self._id,
            self._date.text(),
            self._title.text(),
            self._kind,
            self._origin,
            self._channels,
            self._airings.text(),
        )
        return self._details.into(line)

    def show_topics(self, topics: tuple[tuple[str, str], ...]) -> None:
        self._details.show_topics(topics)

    def show_line(self, typed: Typed, editing: bool) -> None:
        self._id, self._kind, self._origin, self._channels = typed.id, typed.kind, typed.origin, typed.channels
        for field, text in ((self._date, typed.date), (self._title, typed.title), (self._airings, typed.airings)):
            field.setText(text)
        self._proposed = set() if editing else {self._date, self._kinds, self._places, self._airings}
        self._show_kind()
        self._show_channels()
        self._title.setCursorPosition(0)
        self._details.show_typed(typed)
        self._details.setVisible(typed.has_details or self._wants_details)
        self._save.setText("Cất sửa" if editing else "Cất")
        set_tone(self, "editing", "true" if editing else "false")

    def show_echo(self, words: str) -> None:
        help = f"Ngày: {HELP}" if self._date.hasFocus() else ""
        editing = "Đang sửa; Esc thôi sửa." if self._id else ""
        self._echo.setText("   ".join(filter(None, (editing, words or help))))
        set_tone(self._echo, "tone", "muted")

    def show_stored(self, words: str) -> None:
        self._stored.setText(words)
        self._stored.setVisible(bool(words))

    def show_twin(self, id: str, words: str) -> None:
        self._as_airings.setVisible(bool(id))
        if words:
            self._echo.setText(words)
            set_tone(self._echo, "tone", "warning")

    def show_problem(self, field: str, words: str) -> None:
        self._problem.say(words)
        fields = self._fields()
        for name, place in fields.items():
            if isinstance(place, QLineEdit):
                set_tone(place, "wrong", "true" if words and name == field else "false")
        if words and field in self._details.fields:
            self._details.show()
        if words and field in fields:
            fields[field].setFocus()

    def begin(self, field: str) -> None:
        if field == "list":
            self.to_list.emit()
        else:
            self._date.setFocus()
            self._date.selectAll()

    def go_on(self) -> None:
        """The keys go where they were, or to the title of what is half typed."""
        fields = self._fields().values()
        (self._last if self._last in fields and self._last.isVisible() else self._title).setFocus()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Of the list's columns, so that the fields stand over them."""
        for number, field in enumerate((self._date, self._title, self._kinds, self._places, self._airings)):
            box = field.parentWidget()
            if number != 1 and isinstance(box, QWidget):
                box.setFixedWidth(widths[number] - _GAP)
        self._save.setFixedWidth(sum(widths[5:]) - _EDGE - _GAP)

    def save(self) -> None:
        if self.isVisible() and self.isEnabled():
            self.presenter.save(self.typed())

    def turn_details(self) -> None:
        if not self.isVisible() or not self.isEnabled():
            return
        self._wants_details = self._details.isHidden()
        self._title.setFocus()  # the keys never stand on what is being hidden
        self._details.setVisible(self._wants_details)
        if self._wants_details:
            self._details.fields["evidence"].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_on(watched, -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and isinstance(watched, QLineEdit):
                self._leave(by_escape=event.key() == Qt.Key.Key_Escape)
                return True
        if event.type() == QEvent.Type.MouseButtonRelease and watched in (self._date, self._airings):
            self._propose(watched)
        if event.type() == QEvent.Type.FocusIn and watched is self._date and not self._echo.text():
            self.show_echo("")
        if event.type() == QEvent.Type.FocusOut and self._echo.text().endswith(HELP):
            self._echo.setText("")
        if left_to_ledger(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _fields(self) -> dict[str, QWidget]:
        """By name, in the order in which Enter goes through them."""
        line: dict[str, QWidget] = {
            "date": self._date,
            "title": self._title,
            "kind": self._kinds,
            "channels": self._places,
            "airings": self._airings,
        }
        return line | self._details.fields

    def _go_on(self, here: QObject, by: int) -> None:
        """To the next field that is seen; from the last one the item is kept."""
        fields = [field for field in self._fields().values() if field.isVisible() and field.isEnabled()]
        to = fields.index(here) + by if here in fields else 0
        if to >= len(fields):
            self.save()
        elif to >= 0:
            fields[to].setFocus(Qt.FocusReason.TabFocusReason)
            if fields[to] is self._title:
                self._title.end(False)  # a title is put right, not typed anew

    def _leave(self, *, by_escape: bool) -> None:
        if by_escape and self.is_editing:
            self.presenter.new()
        self.to_list.emit()

    def _propose(self, field: QObject) -> None:
        """By a click too the whole of what is kept is chosen, once; then the mouse goes into the text."""
        if field in self._proposed and isinstance(field, QLineEdit):
            self._proposed.discard(field)
            field.selectAll()

    def _take_kind(self, key: str) -> None:
        """By its key. The first one in the field says it all: also whether it was relayed."""
        if self._kinds in self._proposed:
            self._origin = Origin.OWN
        self._turn_kind(key)

    def _turn_kind(self, key: str) -> None:
        self._proposed.discard(self._kinds)
        if key == RELAYED:
            self._origin = Origin.OWN if self._origin is Origin.RELAYED else Origin.RELAYED
        else:
            self._kind = KINDS[key]
        self._show_kind()
        self._details.follow_rule()
        self._tell()

    def _take_channel(self, key: str) -> None:
        """By its key: the first one in the field replaces, the others add or take away."""
        if self._places in self._proposed:
            self._channels = ()
        self._turn_channel(key)

    def _turn_channel(self, key: str) -> None:
        self._proposed.discard(self._places)
        self._channels = toggled(self._channels, CHANNEL_OF_KEY[key])
        self._show_channels()
        self._tell()

    def _show_kind(self) -> None:
        relayed = self._origin is Origin.RELAYED
        self._kinds.show_text(kind_words(self._kind, self._origin), proposed=self._kinds in self._proposed)
        self._kind_chips.show_chosen([_KEY_OF_KIND[self._kind], *([RELAYED] if relayed else [])])

    def _show_channels(self) -> None:
        self._places.show_text(channel_words(self._channels), proposed=self._places in self._proposed)
        self._channel_chips.show_chosen(KEY_OF_CHANNEL[channel] for channel in self._channels)

    def _edited(self, field: QWidget, _text: str) -> None:
        self._last = field
        self._proposed.discard(field)
        self._tell()

    def _tell(self) -> None:
        self.presenter.typing(self.typed())

    def _write_day(self) -> None:
        """Only once the field is left: nothing is rewritten while somebody types."""
        self._date.setText(self.presenter.normal_day(self.typed()))

    def _watch(self) -> None:
        for field in self._fields().values():
            field.installEventFilter(self)
        for line in (self._date, self._title, self._airings):
            line.textEdited.connect(partial(self._edited, line))
        self._date.editingFinished.connect(self._write_day)
        self._details.changed.connect(self._tell)
        self._kinds.keyed.connect(self._take_kind)
        self._places.keyed.connect(self._take_channel)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(_EDGE, 8, _EDGE, 8)
        self.column.setSpacing(6)
        line, kinds, channels = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        line.setSpacing(_GAP)
        set_tip(self._date, HELP)
        self._date.setPlaceholderText("5/10")
        line.addWidget(labelled("&Ngày", self._date))
        line.addWidget(labelled("&Tên tin, bài", self._title), 1)
        line.addWidget(labelled("&Loại", self._kinds))
        line.addWidget(labelled("&Kênh", self._places))
        line.addWidget(labelled("Lượt", self._airings))
        line.addWidget(self._save, 0, Qt.AlignmentFlag.AlignBottom)
        kinds.addWidget(self._kind_chips)
        kinds.addWidget(self._echo, 1)
        kinds.addWidget(self._as_airings)
        channels.addWidget(self._channel_chips, 1)
        channels.addWidget(self._more)
        self.column.addLayout(line)
        self.column.addLayout(kinds)
        self.column.addLayout(channels)
        self.column.addWidget(self._details)
        self.column.addWidget(self._stored)
        self.column.addWidget(self._problem)
        set_tone(self._stored, "tone", "small")
        for widget in (self._details, self._as_airings, self._stored):
            widget.hide()


def _kind_options() -> tuple[tuple[str, str, str], ...]:
    kinds = [(key, KIND_TITLES[kind], KIND_TITLES[kind]) for key, kind in KINDS.items()]
    return (*kinds, (RELAYED, "Tiếp phát", "Tin, bài tiếp phát của nơi khác"))
