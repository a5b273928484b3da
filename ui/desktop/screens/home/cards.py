"""What the home page is made of: the card of the first duty, the rows of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from forms.completeness import Part, PartKind
from ui.desktop.screens.home.duty import Duty
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card, Divider
from ui.desktop.widgets.plain import Label, set_tip
from ui.desktop.widgets.text import Heading, Muted, Pill, Wrapped

Go = Callable[[Duty], object]

_PARTS_ACROSS = 2
_COLUMNS = ((4, 170), (2, 84), (0, 188), (3, 120), (0, 126))  # (stretch, least width) of a row's columns


class NextCard(Card):
    """What to do first. Its button has the keys, so that Enter goes on with it."""

    def __init__(self, duty: Duty, go: Go) -> None:
        super().__init__()
        self._button = _button(duty, go, "primary")
        self.column.setContentsMargins(24, 20, 24, 22)
        above = QHBoxLayout()
        above.addWidget(Pill("Việc cần làm trước", "accent"))
        above.addWidget(Pill(duty.state, duty.tone))
        above.addStretch(1)
        title = Heading(duty.detail)
        title.setProperty("tone", "big")
        self.column.addLayout(above)
        self.column.addWidget(title)
        self.column.addWidget(Muted(duty.title))
        if duty.note:
            self.column.addWidget(Wrapped(duty.note))
        self.column.addSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(28)
        foot.addWidget(_fact("Tiến độ", duty.counted, _bar(duty)), 2)
        foot.addWidget(_fact("Hạn gửi", duty.due.words, tone="problem" if duty.due.late else "label"), 3)
        foot.addWidget(self._button, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(foot)
        if len(duty.parts) > 1:
            self.column.addSpacing(4)
            self.column.addWidget(Divider())
            self.column.addLayout(_parts(duty.parts))

    def take_keys(self) -> None:
        self._button.setFocus()


def table(duties: Sequence[Duty], go: Go) -> Card:
    """A row for each duty."""
    card = Card()
    card.column.setContentsMargins(0, 6, 0, 6)
    card.column.setSpacing(0)
    for number, duty in enumerate(duties):
        if number:
            card.column.addWidget(Divider())
        card.column.addWidget(_row(duty, go))
    return card


def all_done() -> Card:
    card = Card()
    card.column.addWidget(Pill("Đã xong", "good"))
    card.column.addWidget(Heading("Không còn báo cáo nào đang chờ."))
    return card


def _row(duty: Duty, go: Go) -> QWidget:
    row, grid = QWidget(), QGridLayout()
    row.setLayout(grid)
    grid.setContentsMargins(20, 10, 16, 10)
    grid.setHorizontalSpacing(14)
    name = Label(duty.detail)
    name.setProperty("tone", "label")
    state = Pill(duty.state, duty.tone)
    set_tip(state, duty.note)
    how_far = _pair(Label(duty.counted), _bar(duty))
    set_tip(how_far, "\n".join(f"{part.title}: {_told(part)}" for part in duty.parts))
    due = Muted(duty.due.words)
    if duty.due.late and not duty.settled:
        due.setProperty("tone", "problem")
    middle = Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(_pair(name, Muted(duty.title)), 0, 0)
    grid.addWidget(how_far, 0, 1, middle)
    grid.addWidget(state, 0, 2, middle)
    grid.addWidget(due, 0, 3)
    grid.addWidget(_button(duty, go, "plain"), 0, 4, middle)
    for place, (stretch, width) in enumerate(_COLUMNS):
        grid.setColumnStretch(place, stretch)
        grid.setColumnMinimumWidth(place, width)
    return row


def _parts(parts: Sequence[Part]) -> QGridLayout:
    """How far each part of the report is, in the order of the page: down the first column, then the second."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    down = -(-len(parts) // _PARTS_ACROSS)
    for number, part in enumerate(parts):
        across, line = divmod(number, down)
        words = Muted(f"{part.section}. {part.title}" if part.section else part.title)
        grid.addWidget(words, line, 3 * across)
        grid.addWidget(_sign(part), line, 3 * across + 1, Qt.AlignmentFlag.AlignRight)
    for across in range(_PARTS_ACROSS):
        grid.setColumnStretch(3 * across, 1)
    grid.setColumnMinimumWidth(2, 28)
    return grid


def _sign(part: Part) -> Pill:
    tone = "error" if part.wrong else "good" if part.is_done and (part.done or part.more) else "plain"
    return Pill(_told(part), tone)


def _told(part: Part) -> str:
    noun = {PartKind.NEWS: " tin, bài", PartKind.NOMINATIONS: " đề nghị"}.get(part.kind, "")
    counted = f"{part.done}/{part.total}" if part.total else f"{part.more}{noun}"
    return f"{counted}, {part.wrong} lỗi" if part.wrong else counted


def _button(duty: Duty, go: Go, weight: str) -> Button:
    button = Button(duty.step.verb, lambda: go(duty), weight)
    button.setAccessibleName(f"{duty.step.verb}: {duty.title}, {duty.detail}")
    return button


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


def _bar(duty: Duty) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, max(1, duty.total))
    bar.setValue(duty.done)
    bar.setTextVisible(False)
    bar.setAccessibleName(duty.counted)
    if duty.settled or duty.done == duty.total > 0:
        bar.setProperty("state", "good")
    return bar
