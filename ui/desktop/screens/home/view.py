"""Home: the next thing to do in a large card, the rest below, each with one button that goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.screens.home.presenter import Duty, HomePresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card, Divider, Scrolling
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Heading, Muted, Pill, Wrapped


class HomeView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Trang chủ", " ")
        self._frame = frame
        self._scroll = Scrolling()
        self.body.addWidget(self._scroll)
        self._inside: QWidget | None = None
        self._presenter = HomePresenter(self, desk, program)

    def entered(self, place: str) -> None:
        self._presenter.refresh()

    def show_day(self, words: str, note: str) -> None:
        self.say_hint(f"{words} · {note}")

    def show_duties(self, duties: Sequence[Duty]) -> None:
        if self._inside:
            self._scroll.column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        first, rest = (duties[0], duties[1:]) if duties else (None, ())
        if first is None or first.settled:
            column.addWidget(_all_done())
            rest = duties
        else:
            column.addWidget(self._next(first))
        if rest:
            column.addWidget(Heading("Các báo cáo khác"))
            column.addWidget(self._table(rest))
        column.addStretch(1)
        self._scroll.column.addWidget(self._inside)

    def _next(self, duty: Duty) -> Card:
        card = Card()
        card.column.setContentsMargins(24, 20, 24, 22)
        above = QHBoxLayout()
        above.addWidget(Pill("Việc cần làm trước", "accent"))
        above.addWidget(Pill(duty.state, duty.tone))
        above.addStretch(1)
        title = Heading(duty.detail)
        title.setProperty("tone", "big")
        card.column.addLayout(above)
        card.column.addWidget(title)
        card.column.addWidget(Muted(duty.title))
        if duty.note:
            card.column.addWidget(Wrapped(duty.note))
        card.column.addSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(28)
        foot.addWidget(_fact("Tiến độ", duty.counted, _bar(duty)), 2)
        foot.addWidget(_fact("Hạn gửi", duty.due_words, tone="problem" if duty.late else "label"), 3)
        foot.addWidget(self._button(duty, "primary"), 0, Qt.AlignmentFlag.AlignBottom)
        card.column.addLayout(foot)
        return card

    def _table(self, duties: Sequence[Duty]) -> Card:
        card = Card()
        card.column.setContentsMargins(0, 6, 0, 6)
        card.column.setSpacing(0)
        for number, duty in enumerate(duties):
            if number:
                card.column.addWidget(Divider())
            card.column.addWidget(self._row(duty))
        return card

    def _row(self, duty: Duty) -> QWidget:
        row, grid = QWidget(), QGridLayout()
        row.setLayout(grid)
        grid.setContentsMargins(20, 10, 16, 10)
        grid.setHorizontalSpacing(18)
        name = QLabel(duty.detail)
        name.setProperty("tone", "label")
        grid.addWidget(_pair(name, Muted(duty.title)), 0, 0)
        grid.addWidget(_pair(QLabel(duty.counted), _bar(duty)), 0, 1, Qt.AlignmentFlag.AlignVCenter)
        state = Pill(duty.state, duty.tone)
        state.setToolTip(duty.note)
        grid.addWidget(state, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(_due(duty), 0, 3)
        grid.addWidget(self._button(duty, "plain"), 0, 4, Qt.AlignmentFlag.AlignVCenter)
        for place, (stretch, width) in enumerate(((5, 220), (2, 110), (0, 190), (3, 170), (0, 132))):
            grid.setColumnStretch(place, stretch)
            grid.setColumnMinimumWidth(place, width)
        return row

    def _button(self, duty: Duty, weight: str) -> Button:
        button = Button(duty.verb, lambda: self._frame.go(duty.page, duty.place), weight)
        button.setAccessibleName(f"{duty.verb}: {duty.title}, {duty.detail}")
        return button


def _all_done() -> Card:
    card = Card()
    card.column.addWidget(Pill("Đã xong", "good"))
    card.column.addWidget(Heading("Không còn báo cáo nào đang chờ."))
    return card


def _fact(name: str, words: str, below: QWidget | None = None, tone: str = "label") -> QWidget:
    box, column = QWidget(), QVBoxLayout()
    box.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    value = Wrapped(words)
    value.setProperty("tone", tone)
    column.addWidget(Muted(name))
    column.addWidget(value)
    if below:
        column.addWidget(below)
    column.addStretch(1)
    return box


def _pair(above: QWidget, below: QWidget) -> QWidget:
    box, column = QWidget(), QVBoxLayout()
    box.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(above)
    column.addWidget(below)
    return box


def _due(duty: Duty) -> Muted:
    words = Muted(duty.due_words)
    if duty.late:
        words.setProperty("tone", "problem")
    return words


def _bar(duty: Duty) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, max(1, duty.total))
    bar.setValue(duty.done)
    bar.setTextVisible(False)
    bar.setAccessibleName(duty.counted)
    if duty.settled or duty.done == duty.total > 0:
        bar.setProperty("state", "good")
    return bar
