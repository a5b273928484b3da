"""The home page.

What the home page is made of: the card of the first duty, the rows of the others.

Home: the next thing to do in a large card, the rest below, each with one button that goes there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.checks.completeness import PartDone, PartKind
from ui.desktop.home.presenter import HomePresenter
from ui.desktop.home.todo import TodoItem
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card, Divider, Scrolling
from ui.desktop.widgets.plain_text import Label, set_tip
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, WrappedLabel

Go = Callable[[TodoItem], object]

_PARTS_ACROSS = 2
_COLUMNS = ((4, 170), (2, 84), (0, 188), (3, 120), (0, 126))  # (stretch, least width) of a row's columns


class NextCard(Card):
    """What to do first. Its button has the keys, so that Enter goes on with it."""

    def __init__(self, duty: TodoItem, go: Go) -> None:
        super().__init__()
        self._button = _button(duty, go, "primary")
        self.column.setContentsMargins(24, 20, 24, 22)
        above = QHBoxLayout()
        above.addWidget(Pill("Việc cần làm trước", "accent"))
        above.addWidget(Pill(duty.state, duty.tone))
        above.addStretch(1)
        title = HeadingLabel(duty.detail)
        title.setProperty("tone", "big")
        self.column.addLayout(above)
        self.column.addWidget(title)
        self.column.addWidget(MutedLabel(duty.title))
        if duty.note:
            self.column.addWidget(WrappedLabel(duty.note))
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


def table(duties: Sequence[TodoItem], go: Go) -> Card:
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
    card.column.addWidget(HeadingLabel("Không còn báo cáo nào đang chờ."))
    return card


def _row(duty: TodoItem, go: Go) -> QWidget:
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
    due = MutedLabel(duty.due.words)
    if duty.due.late and not duty.settled:
        due.setProperty("tone", "problem")
    middle = Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(_pair(name, MutedLabel(duty.title)), 0, 0)
    grid.addWidget(how_far, 0, 1, middle)
    grid.addWidget(state, 0, 2, middle)
    grid.addWidget(due, 0, 3)
    grid.addWidget(_button(duty, go, "plain"), 0, 4, middle)
    for place, (stretch, width) in enumerate(_COLUMNS):
        grid.setColumnStretch(place, stretch)
        grid.setColumnMinimumWidth(place, width)
    return row


def _parts(parts: Sequence[PartDone]) -> QGridLayout:
    """How far each part of the report is, in the order of the page: down the first column, then the second."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    down = -(-len(parts) // _PARTS_ACROSS)
    for number, part in enumerate(parts):
        across, line = divmod(number, down)
        words = MutedLabel(f"{part.section}. {part.title}" if part.section else part.title)
        grid.addWidget(words, line, 3 * across)
        grid.addWidget(_sign(part), line, 3 * across + 1, Qt.AlignmentFlag.AlignRight)
    for across in range(_PARTS_ACROSS):
        grid.setColumnStretch(3 * across, 1)
    grid.setColumnMinimumWidth(2, 28)
    return grid


def _sign(part: PartDone) -> Pill:
    tone = "error" if part.wrong else "good" if part.is_done and (part.done or part.more) else "plain"
    return Pill(_told(part), tone)


def _told(part: PartDone) -> str:
    noun = {PartKind.NEWS: " tin, bài", PartKind.NOMINATIONS: " đề nghị"}.get(part.kind, "")
    counted = f"{part.done}/{part.total}" if part.total else f"{part.more}{noun}"
    return f"{counted}, {part.wrong} lỗi" if part.wrong else counted


def _button(duty: TodoItem, go: Go, weight: str) -> Button:
    button = Button(duty.step.verb, lambda: go(duty), weight)
    button.setAccessibleName(f"{duty.step.verb}: {duty.title}, {duty.detail}")
    return button


def _fact(name: str, words: str, below: QWidget | None = None, tone: str = "label") -> QWidget:
    box, column = QWidget(), QVBoxLayout()
    box.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    value = WrappedLabel(words)
    value.setProperty("tone", tone)
    column.addWidget(MutedLabel(name))
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


def _bar(duty: TodoItem) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, max(1, duty.total))
    bar.setValue(duty.done)
    bar.setTextVisible(False)
    bar.setAccessibleName(duty.counted)
    if duty.settled or duty.done == duty.total > 0:
        bar.setProperty("state", "good")
    return bar


_BEFORE, _AWAY = "Xem các kỳ trước", "Ẩn các kỳ trước"


class HomeView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Trang chủ", " ")
        self._frame = frame
        self._scroll = Scrolling()
        self.body.addWidget(self._scroll)
        self._now, self._earlier = _Part(), _Part()
        self._next: NextCard | None = None
        self._presenter = HomePresenter(self, desk, program)
        self._turn = Button(_BEFORE, self._presenter.turn_before, "quiet")
        self._turn.setAccessibleDescription("Báo cáo của các kỳ đã xong hoặc chưa từng lập")
        self._lay_out()

    def entered(self, place: str) -> None:
        self._presenter.refresh()

    def take_keys(self) -> None:
        """Enter goes on with what is to be done first."""
        if self._next:
            self._next.take_keys()

    def show_day(self, words: str, note: str) -> None:
        self.say_hint(f"{words} · {note}")

    def show_duties(self, duties: Sequence[TodoItem]) -> None:
        column = self._now.anew()
        first, rest = (duties[0], duties[1:]) if duties else (None, ())
        self._next = None if first is None or first.settled else NextCard(first, self._go)
        column.addWidget(self._next or all_done())
        if self._next is None:
            rest = duties
        if rest:
            column.addWidget(HeadingLabel("Các báo cáo khác"))
            column.addWidget(table(rest, self._go))

    def show_before(self, duties: Sequence[TodoItem] | None) -> None:
        column = self._earlier.anew()
        self._turn.setText(_BEFORE if duties is None else _AWAY)
        if duties:
            column.addWidget(table(duties, self._go))
            QTimer.singleShot(0, self._bring_into_sight)
        elif duties is not None:
            column.addWidget(HeadingLabel("Không có kỳ nào trước đó."))

    def _bring_into_sight(self) -> None:
        """The first of the earlier periods, not only the button above them."""
        bar = self._scroll.verticalScrollBar()
        above = self._turn.mapTo(self._scroll.viewport(), QPoint(0, 0)).y()
        bar.setValue(bar.value() + above)

    def _go(self, duty: TodoItem) -> None:
        self._frame.go(duty.step.page, duty.target)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._turn)
        foot.addStretch(1)
        self._scroll.column.addWidget(self._now)
        self._scroll.column.addLayout(foot)
        self._scroll.column.addWidget(self._earlier)
        self._scroll.column.addStretch(1)


class _Part(QWidget):
    """A part of the page that is made anew when its content changes."""

    def __init__(self) -> None:
        super().__init__()
        self._inside: QWidget | None = None
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(0, 0, 0, 0)

    def anew(self) -> QVBoxLayout:
        """An empty column in place of what was there."""
        if self._inside:
            self._around.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._around.addWidget(self._inside)
        return column
