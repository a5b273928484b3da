"""What takes the entry line's place for a moment: an item was published again; two items are one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.news import NewsItem
from ui.desktop.screens.news.chips import Chips, KeyField
from ui.desktop.screens.news.line import CHANNEL_OF_KEY, KEY_OF_CHANNEL, channel_options
from ui.desktop.screens.news.rows import called
from ui.desktop.screens.news.typed import channel_words, toggled
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Choice, Line, labelled
from ui.desktop.widgets.text import Heading, Muted, Problem

_CHANNELS_WIDTH, _AIRINGS_WIDTH = 300, 90


class Strip(Card):
    """Esc, or the button that says so, leaves everything as it was."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column.setContentsMargins(18, 10, 18, 12)
        self.column.setSpacing(8)
        self.heading, self.problem = Heading(), Problem()
        self._give_up = Button("Thôi (Esc)", self.done.emit)
        self.column.addWidget(self.heading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return True
        return super().eventFilter(watched, event)

    def _watch(self, *fields: QWidget) -> None:
        for field in fields:
            field.installEventFilter(self)


class RepeatStrip(Strip):
    """`repeat(id, channels, airings)` says whether it was kept."""

    def __init__(self, repeat: Callable[[str, Sequence[str], int], bool]) -> None:
        super().__init__()
        self._repeat, self._id = repeat, ""
        self._had: tuple[str, ...] = ()
        self._added: tuple[str, ...] = ()
        self._places = KeyField("Thêm kênh", "".join(CHANNEL_OF_KEY), "Phím số 1 đến 8 chọn hay bỏ kênh")
        self._chips, self._airings = Chips(channel_options(), self._take_channel), Line("Thêm số lượt")
        self._keep = Button("Ghi lượt phát", self._act, "primary")
        self._places.keyed.connect(self._take_channel)
        self._lay_out()
        self._watch(self._places, self._airings, self._keep, self._give_up)

    def show_item(self, item: NewsItem) -> None:
        self._id, self._had, self._added = item.id, item.channels, ()
        self.heading.setText(f"Phát lại {called(item)}")
        self._airings.setText("1")
        self.problem.say("")
        self._show_channels()
        self._places.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self._places:
                self._airings.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if watched is self._airings:
                self._act()
                return True
        return super().eventFilter(watched, event)

    def _take_channel(self, key: str) -> None:
        channel = CHANNEL_OF_KEY[key]
        if channel not in self._had:
            self._added = toggled(self._added, channel)
            self._show_channels()

    def _show_channels(self) -> None:
        self._places.show_text(channel_words(self._added) or "không thêm kênh")
        self._chips.show_chosen(
            (KEY_OF_CHANNEL[channel] for channel in self._added), (KEY_OF_CHANNEL[channel] for channel in self._had)
        )

    def _act(self) -> None:
        text = self._airings.text().strip()
        if not text.isascii() or not text.isdecimal():
            self.problem.say("Số lượt thêm phải là số nguyên, ví dụ 2. Gõ lại.")
            self._airings.setFocus()
        elif self._repeat(self._id, self._added, int(text)):
            self.done.emit()

    def _lay_out(self) -> None:
        row, places, airings = QHBoxLayout(), labelled("Thêm &kênh", self._places), labelled("Thêm lượt", self._airings)
        places.setFixedWidth(_CHANNELS_WIDTH)
        airings.setFixedWidth(_AIRINGS_WIDTH)
        row.setSpacing(8)
        row.addWidget(places)
        row.addWidget(airings)
        row.addWidget(self._keep, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._give_up, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self._chips)
        self.column.addWidget(Muted("Vẫn là một tin, bài: không tính thêm vào số tin, chỉ thêm kênh và lượt phát."))
        self.column.addWidget(self.problem)


class MergeStrip(Strip):
    """`merge(id, other)` says whether it was done."""

    def __init__(self, merge: Callable[[str, str], bool]) -> None:
        super().__init__()
        self._merge, self._id = merge, ""
        self._others = Choice("Tin giống")
        self._keep = Button("Gộp thành lượt phát", self._act, "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._others, 1)
        row.addWidget(self._keep)
        row.addWidget(self._give_up)
        self.column.addLayout(row)
        self.column.addWidget(
            Muted(
                "Tin đăng trước được giữ, với kênh, lượt phát và minh chứng của cả hai; tin kia bỏ khỏi sổ. Ctrl+Z lấy lại được."
            )
        )
        self._watch(self._others, self._keep, self._give_up)

    def show_items(self, item: NewsItem, twins: Sequence[NewsItem]) -> None:
        self._id = item.id
        self.heading.setText(f"Gộp {called(item)} với:")
        self._others.clear()
        for twin in twins:
            channels = channel_words(twin.channels)
            self._others.addItem(f"{twin.date:%d/%m/%Y} · {twin.title} · {channels} · {twin.airings} lượt", twin.id)
        self._others.setCurrentIndex(0)
        self._keep.setFocus()

    def _act(self) -> None:
        if self._merge(self._id, self._others.currentData()):
            self.done.emit()
