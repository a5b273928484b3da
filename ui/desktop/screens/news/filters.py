"""What narrows the list: words without marks, and, one key away, kind, channel, month, origin, counted, evidence, doubles."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from forms.news import CHANNELS, KIND_TITLES, ORIGIN_TITLES
from forms.news_search import Wanted
from ui.desktop.screens.news.undo import left_to_ledger
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Line
from ui.desktop.widgets.plain import Label

_ANY = None
_NORMAL_LINE, _ACROSS = 17, 4  # larger text than that: so many choices side by side


class Filters(QWidget):
    """`wanted` brings what is looked for; `to_list` is Enter, ↓ or Esc in the search. `actions` stand at its right."""

    wanted = Signal(object)
    to_list = Signal()

    def __init__(self, actions: Sequence[Button]) -> None:
        super().__init__()
        self._query, self._found = Line("Tìm tin, bài", "Tìm không cần gõ dấu (Ctrl+F)"), Label()
        self._query.setClearButtonEnabled(True)
        self._query.installEventFilter(self)
        self._found.setProperty("tone", "muted")
        self._turn, self._clear = Button("Bộ lọc (Ctrl+L)", self.turn, "quiet"), Button("Bỏ lọc", self.clear, "quiet")
        self._kind = Choice("Lọc loại", (("Mọi loại", _ANY), *((title, kind) for kind, title in KIND_TITLES.items())))
        self._channel = Choice("Lọc kênh", (("Mọi kênh", ""), *((channel.short, channel.id) for channel in CHANNELS)))
        self._month = Choice("Lọc tháng", (("Mọi tháng", _ANY), *((f"Tháng {n}", n) for n in range(1, 13))))
        self._origin = Choice(
            "Lọc nguồn", (("Mọi nguồn", _ANY), *((title, one) for one, title in ORIGIN_TITLES.items()))
        )
        self._counted = Choice("Lọc tính", (("Tính: mọi", _ANY), ("Được tính", True), ("Không tính", False)))
        self._shown = Choice("Lọc minh chứng", (("Minh chứng", _ANY), ("Có minh chứng", True), ("Chưa có", False)))
        self._twins = Choice("Lọc trùng", (("Trùng: mọi", _ANY), ("Có thể trùng", True), ("Không trùng", False)))
        self._choices = (
            self._kind,
            self._channel,
            self._month,
            self._origin,
            self._counted,
            self._shown,
            self._twins,
        )
        self._lay_out(actions)
        self._query.textChanged.connect(lambda _: self._tell())
        for choice in self._choices:
            choice.activated.connect(lambda _: self._tell())

    def show_found(self, shown: int, of: int) -> None:
        self._found.setText(f"{of} mục" if shown == of else f"{shown} trên {of} mục")

    def search(self) -> None:
        self._query.setFocus()
        self._query.selectAll()

    def turn(self) -> None:
        """The choices shown or put away; put away they narrow nothing."""
        show = self._box.isHidden()
        self._box.setVisible(show)
        if show:
            self._kind.setFocus()
        else:
            self.clear()
            self.search()

    def clear(self) -> None:
        self._query.clear()
        for choice in self._choices:
            choice.setCurrentIndex(0)
        self._tell()
        if not self._box.isHidden():
            self._kind.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        leaving = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape)
        if event.type() == QEvent.Type.KeyPress and event.key() in leaving:
            if event.key() == Qt.Key.Key_Escape:
                self._query.clear()
            self.to_list.emit()
            return True
        return left_to_ledger(watched, event) or super().eventFilter(watched, event)

    def _tell(self) -> None:
        self.wanted.emit(
            Wanted(
                self._query.text(),
                self._kind.currentData(),
                self._channel.currentData() or "",
                self._month.currentData(),
                self._origin.currentData(),
                self._counted.currentData(),
                self._shown.currentData(),
                self._twins.currentData(),
            )
        )

    def _lay_out(self, actions: Sequence[Button]) -> None:
        column, row, choices = QVBoxLayout(self), QHBoxLayout(), QGridLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row.setSpacing(4)
        row.addWidget(self._query, 1)
        row.addSpacing(6)
        row.addWidget(self._found)
        row.addWidget(self._turn)
        for action in actions:
            row.addWidget(action)
        self._box = QWidget()
        self._box.setLayout(choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(6)
        across = len(self._choices) + 1 if self.fontMetrics().height() <= _NORMAL_LINE else _ACROSS
        for number, widget in enumerate((*self._choices, self._clear)):
            choices.addWidget(widget, number // across, number % across)
        choices.setColumnStretch(across, 1)
        column.addLayout(row)
        column.addWidget(self._box)
        self._box.hide()
