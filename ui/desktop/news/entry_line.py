"""The line that a news item is typed on: date, title, kind, channels, airings, and one key away what is seldom needed. Enter goes on,
and keeps the item at the end. Kinds and channels are chosen by one key each, or by the chip that says which key it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from forms.model.news_item import CHANNELS, KIND_TITLES, Origin
from ui.desktop.news.entry_line_presenter import (
    HELP,
    KINDS,
    RELAYED,
    LinePresenter,
    TypedNewsItem,
    channel_words,
    toggled,
)
from ui.desktop.news.presenter import kind_words
from ui.desktop.undo import left_to_stack
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, DateField, LineField, labelled
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.text import ElidedLabel, ProblemLabel, WrappedLabel, set_tip, set_tone

_PADDING = 26  # what the style sheet and Qt leave around the words of a field
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class KeyField(LineField):
    """`keyed` brings a key that means something here. No text is typed, so an input method has nothing to rewrite."""

    keyed = Signal(str)

    def __init__(self, name: str, keys: str, help: str) -> None:
        super().__init__(name)
        self._keys, self._whole, self._is_proposed = keys, "", False
        self.setReadOnly(True)
        self.setProperty("keys", "true")
        set_tip(self, help)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_text(self, text: str, *, proposed: bool = False) -> None:
        """`proposed`: the first key takes its place, and while the keys stand here it is marked as a text to be typed over."""
        self._whole, self._is_proposed = text, proposed
        self.setAccessibleDescription(f"{text}. {self.toolTip()}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - _PADDING
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
        self.setCursorPosition(0)
        if self._is_proposed and self.hasFocus():
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._is_proposed:
            self.selectAll()
        else:
            self.deselect()  # Qt chooses all of what Tab comes to

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().lower()
        if key and key in self._keys and not event.modifiers() & _HELD:
            self.keyed.emit(key)
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """`options`: (key, words, tooltip). A click says the key, as pressing it would. The keys never stop here."""

    def __init__(self, options: Sequence[tuple[str, str, str]], clicked: Callable[[str], None]) -> None:
        super().__init__()
        self._chips: dict[str, QPushButton] = {}
        for key, words, tip in options:
            chip = QPushButton(f"{key.upper()}  {words}")
            chip.setProperty("chip", "true")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            set_tip(chip, tip)
            chip.clicked.connect(lambda _=False, key=key: clicked(key))
            self._chips[key] = chip
        hbox(*self._chips.values(), None, spacing=4, on=self)

    def show_chosen(self, keys: Iterable[str], fixed: Iterable[str] = ()) -> None:
        """`fixed` ones are chosen and cannot be taken away."""
        chosen, kept = set(keys), set(fixed)
        for key, chip in self._chips.items():
            chip.setChecked(key in chosen | kept)
            chip.setEnabled(key not in kept)


_NARROW = 108
_IN_ORDER = ("evidence", "author", "topic", "minutes", "words", "counted", "reason")


class Details(QWidget):
    """`suggests` says what the rule makes of the line, so that the tick follows until it is touched."""

    changed = Signal()

    def __init__(self, suggests: Callable[[], bool]) -> None:
        super().__init__()
        self._suggests = suggests
        self._topic = ChoiceField("Chủ đề", (("", ""),))
        self._counted, self._reason = QCheckBox("Tính vào số tin, bài"), LineField("Lý do tính khác quy tắc")
        self._texts = {
            "evidence": LineField("Minh chứng", "đường dẫn, số trang sổ phát thanh…"),
            "author": LineField("Người thực hiện"),
            "minutes": LineField("Thời lượng (phút)"),
            "words": LineField("Số chữ"),
            "reason": self._reason,
        }
        self._lay_out()
        for field in self._texts.values():
            field.textEdited.connect(self.changed)
        self._topic.activated.connect(self.changed)
        self._counted.toggled.connect(self._show_reason)
        self._counted.clicked.connect(self.changed)

    @property
    def fields(self) -> dict[str, QWidget]:
        """In the order in which Enter goes through them."""
        all_of_them = {**self._texts, "topic": self._topic, "counted": self._counted}
        return {name: all_of_them[name] for name in _IN_ORDER}

    def show_topics(self, topics: tuple[tuple[str, str], ...]) -> None:
        """(words, number) of the objectives of the programme."""
        chosen = self._topic.currentData()
        self._topic.offer((("Không ghi", ""), *topics))
        self._show_topic(chosen or "")

    def show_typed(self, typed: TypedNewsItem) -> None:
        for name, field in self._texts.items():
            field.setText(getattr(typed, name))
        self._show_topic(typed.topic)
        self._counted.setChecked(typed.counted)
        self._show_reason()

    def into(self, typed: TypedNewsItem) -> TypedNewsItem:
        texts: dict[str, Any] = {name: field.text() for name, field in self._texts.items()}
        return replace(typed, topic=self._topic.currentData() or "", counted=self._counted.isChecked(), **texts)

    def follow_rule(self) -> None:
        """The kind or the origin was changed."""
        self._counted.setChecked(self._suggests())
        self._show_reason()

    def _show_topic(self, topic: str) -> None:
        """Also one that the programme does not know."""
        self._topic.choose(topic)
        if self._topic.currentData() != topic:
            self._topic.addItem(topic, topic)
            self._topic.choose(topic)

    def _show_reason(self) -> None:
        self._reason.setEnabled(self._counted.isChecked() != self._suggests() or bool(self._reason.text()))

    def _lay_out(self) -> None:
        self._topic.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._topic.setMinimumContentsLength(12)
        texts = self._texts
        minutes, words = labelled("Phút", texts["minutes"]), labelled("Số chữ", texts["words"])
        for narrow in (minutes, words):
            narrow.setFixedWidth(_NARROW)
        tick = vbox(None, self._counted, margins=(0, 0, 0, 4))
        evidence, author = labelled("&Minh chứng", texts["evidence"]), labelled("N&gười thực hiện", texts["author"])
        above = hbox((evidence, 4), (author, 2), (labelled("Chủ đề", self._topic), 3), spacing=8)
        reason = labelled("Lý &do tính khác quy tắc", self._reason)
        vbox(above, hbox(minutes, words, tick, (reason, 1), spacing=8), spacing=6, on=self)


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
        self._id, self._kind, self._origin, self._wants_details = "", TypedNewsItem().kind, Origin.OWN, False
        self._channels: tuple[str, ...] = ()
        self._last: QWidget | None = None  # the field in which somebody typed last
        self._proposed: set[QObject] = set()  # the fields that hold something of the item before
        self._date, self._title = DateField("Ngày đăng, phát đầu"), LineField("Tên tin, bài")
        self._airings = LineField("Số lượt")
        kinds = "".join(KINDS) + RELAYED
        self._kinds = KeyField("Loại", kinds, "T tin, B bài, C chuyên mục, K khác; P: tiếp phát hay không")
        self._places = KeyField("Kênh", "".join(CHANNEL_OF_KEY), "Phím số 1 đến 8 chọn hay bỏ kênh")
        self._kind_chips = Chips(_kind_options(), self._turn_kind)
        self._channel_chips = Chips(channel_options(), self._turn_channel)
        self._details = Details(lambda: self.presenter.suggests(self.typed()))
        self._echo, self._stored, self._problem = ElidedLabel(), WrappedLabel(), ProblemLabel()
        self._as_airings = Button("Ghi thành lượt phát (F6)", lambda: self.presenter.as_airings(self.typed()), "quiet")
        self._save = Button("Cất", self.save, "primary")
        self._more = Button("Chi tiết (F3)", self.turn_details, "quiet")
        for button in (self._as_airings, self._more):
            button.setProperty("small", "true")
        self.presenter: LinePresenter
        self._lay_out()
        self._watch()

    @property
    def has_twin(self) -> bool:
        """What is typed looks like an item that is there."""
        return not self._as_airings.isHidden()

    def typed(self) -> TypedNewsItem:
        texts = self._date.text(), self._title.text()
        line = TypedNewsItem(self._id, *texts, self._kind, self._origin, self._channels, self._airings.text())
        return self._details.into(line)

    def show_topics(self, topics: tuple[tuple[str, str], ...]) -> None:
        self._details.show_topics(topics)

    def show_line(self, typed: TypedNewsItem, editing: bool) -> None:
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
                if event.key() == Qt.Key.Key_Escape and self._id:
                    self.presenter.new()
                self.to_list.emit()
                return True
        clicked = event.type() == QEvent.Type.MouseButtonRelease and watched in self._proposed
        if clicked and watched in (self._date, self._airings):
            self._proposed.discard(watched)  # by a click too the whole of what is kept is chosen, once
            watched.selectAll()
        if event.type() == QEvent.Type.FocusIn and watched is self._date and not self._echo.text():
            self.show_echo("")
        if event.type() == QEvent.Type.FocusOut and self._echo.text().endswith(HELP):
            self._echo.setText("")
        if left_to_stack(watched, event):
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

    def _watch(self) -> None:
        for field in self._fields().values():
            field.installEventFilter(self)
        for line in (self._date, self._title, self._airings):
            line.textEdited.connect(partial(self._edited, line))
        # only once the field is left: nothing is rewritten while somebody types
        self._date.editingFinished.connect(lambda: self._date.setText(self.presenter.normal_day(self.typed())))
        self._details.changed.connect(self._tell)
        self._kinds.keyed.connect(self._take_kind)
        self._places.keyed.connect(self._take_channel)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(_EDGE, 8, _EDGE, 8)
        self.column.setSpacing(6)
        set_tip(self._date, HELP)
        self._date.setPlaceholderText("5/10")
        line = hbox(
            labelled("&Ngày", self._date),
            (labelled("&Tên tin, bài", self._title), 1),
            labelled("&Loại", self._kinds),
            labelled("&Kênh", self._places),
            labelled("Lượt", self._airings),
            (self._save, Qt.AlignmentFlag.AlignBottom),
            spacing=_GAP,
        )
        kinds = hbox(self._kind_chips, (self._echo, 1), self._as_airings)
        channels = hbox((self._channel_chips, 1), self._more)
        add_to(self.column, line, kinds, channels, self._details, self._stored, self._problem)
        set_tone(self._stored, "tone", "small")
        for widget in (self._details, self._as_airings, self._stored):
            widget.hide()


def _kind_options() -> tuple[tuple[str, str, str], ...]:
    kinds = [(key, KIND_TITLES[kind], KIND_TITLES[kind]) for key, kind in KINDS.items()]
    return (*kinds, (RELAYED, "Tiếp phát", "Tin, bài tiếp phát của nơi khác"))
