"""Home: the next thing to do in a large card, the rest below, each with one button that goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.checks.completeness import PartDone, PartKind
from ui.desktop.home.presenter import HomePage, HomePresenter, TodoRow
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card, Divider, Scrolling
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, Label, MutedLabel, Pill, WrappedLabel, set_tip

Go = Callable[[TodoRow], object]

_PARTS_ACROSS = 2
_COLUMNS = ((4, 170), (2, 84), (0, 188), (3, 120), (0, 126))  # (stretch, least width) of a row's columns


class NextCard(Card):
    """What to do first. Its button has the keys, so that Enter goes on with it."""

    def __init__(self, first: TodoRow, go: Go) -> None:
        super().__init__()
        self.button = _button(first, go, "primary")
        self.column.setContentsMargins(24, 20, 24, 22)
        due = WrappedLabel(first.due, tone="problem" if first.item.due.is_late else "label")
        facts = vbox(MutedLabel("Tiến độ"), WrappedLabel(first.counted, tone="label"), _bar(first), None, spacing=4)
        days = vbox(MutedLabel("Hạn gửi"), due, None, spacing=4)
        button = (self.button, Qt.AlignmentFlag.AlignBottom)
        add_to(
            self.column,
            hbox(Pill("Việc cần làm trước", "accent"), Pill(first.state, first.tone), None),
            HeadingLabel(first.detail, tone="big"),
            MutedLabel(first.title),
            *([WrappedLabel(first.note)] if first.note else []),
            6,
            hbox((facts, 2), (days, 3), button, spacing=28),
        )
        if len(first.item.parts) > 1:
            add_to(self.column, 4, Divider(), _parts(first.item.parts))


def table(rows: Sequence[TodoRow], go: Go) -> Card:
    """A line for each."""
    card = Card()
    card.column.setContentsMargins(0, 6, 0, 6)
    card.column.setSpacing(0)
    for number, row in enumerate(rows):
        if number:
            card.column.addWidget(Divider())
        card.column.addWidget(_line(row, go))
    return card


def _line(row: TodoRow, go: Go) -> QWidget:
    line, grid = QWidget(), QGridLayout()
    line.setLayout(grid)
    grid.setContentsMargins(20, 10, 16, 10)
    grid.setHorizontalSpacing(14)
    state = Pill(row.state, row.tone)
    set_tip(state, row.note)
    how_far = _pair(Label(row.counted), _bar(row))
    set_tip(how_far, "\n".join(f"{part.title}: {_told(part)}" for part in row.item.parts))
    due = MutedLabel(row.due, tone="problem" if row.item.due.is_late and not row.settled else "")
    middle = Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(_pair(Label(row.detail, tone="label"), MutedLabel(row.title)), 0, 0)
    grid.addWidget(how_far, 0, 1, middle)
    grid.addWidget(state, 0, 2, middle)
    grid.addWidget(due, 0, 3)
    grid.addWidget(_button(row, go, "plain"), 0, 4, middle)
    for place, (stretch, width) in enumerate(_COLUMNS):
        grid.setColumnStretch(place, stretch)
        grid.setColumnMinimumWidth(place, width)
    return line


def _parts(parts: Sequence[PartDone]) -> QGridLayout:
    """How far each part of the report is, in the order of the page: down the first column, then the second."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    down = -(-len(parts) // _PARTS_ACROSS)
    for number, part in enumerate(parts):
        across, line = divmod(number, down)
        tone = "error" if part.wrong else "good" if part.is_done and (part.done or part.more) else "plain"
        grid.addWidget(MutedLabel(f"{part.section}. {part.title}" if part.section else part.title), line, 3 * across)
        grid.addWidget(Pill(_told(part), tone), line, 3 * across + 1, Qt.AlignmentFlag.AlignRight)
    for across in range(_PARTS_ACROSS):
        grid.setColumnStretch(3 * across, 1)
    grid.setColumnMinimumWidth(2, 28)
    return grid


def _told(part: PartDone) -> str:
    noun = {PartKind.NEWS: " tin, bài", PartKind.NOMINATIONS: " đề nghị"}.get(part.kind, "")
    counted = f"{part.done}/{part.total}" if part.total else f"{part.more}{noun}"
    return f"{counted}, {part.wrong} lỗi" if part.wrong else counted


def _button(row: TodoRow, go: Go, weight: str) -> Button:
    button = Button(row.verb, lambda: go(row), weight)
    button.setAccessibleName(f"{row.verb}: {row.title}, {row.detail}")
    return button


def _pair(above: QWidget, below: QWidget) -> QWidget:
    box = QWidget()
    vbox(above, below, spacing=3, on=box)
    return box


def _bar(row: TodoRow) -> QProgressBar:
    done, total = row.item.done, row.item.total
    bar = QProgressBar()
    bar.setRange(0, max(1, total))
    bar.setValue(done)
    bar.setTextVisible(False)
    bar.setAccessibleName(row.counted)
    if row.settled or done == total > 0:
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
        self._presenter = HomePresenter(self.show_page, desk)
        self._turn = Button(_BEFORE, self._turned, "quiet")
        self._turn.setAccessibleDescription("Báo cáo của các kỳ đã xong hoặc chưa từng lập")
        add_to(self._scroll.column, self._now, hbox(self._turn, None), self._earlier, None)

    def entered(self, place: str) -> None:
        self._presenter.refresh()

    def take_keys(self) -> None:
        """Enter goes on with what is to be done first."""
        if self._next:
            self._next.button.setFocus()

    def show_page(self, page: HomePage) -> None:
        self.say_hint(f"{page.day} · {page.note}")
        column, rest = self._now.anew(), page.rows
        if rest and not rest[0].settled:
            self._next, rest = NextCard(rest[0], self._go), rest[1:]
            column.addWidget(self._next)
        else:
            self._next, done = None, Card()
            add_to(done.column, Pill("Đã xong", "good"), HeadingLabel("Không còn báo cáo nào đang chờ."))
            column.addWidget(done)
        if rest:
            add_to(column, HeadingLabel("Các báo cáo khác"), table(rest, self._go))
        column, before = self._earlier.anew(), page.before
        self._turn.setText(_BEFORE if before is None else _AWAY)
        if before:
            column.addWidget(table(before, self._go))
        elif before is not None:
            column.addWidget(HeadingLabel("Không có kỳ nào trước đó."))

    def _turned(self) -> None:
        """Brings the first of the earlier periods into sight, not only the button above them."""
        self._presenter.turn_before()
        QTimer.singleShot(0, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        if self._turn.text() == _AWAY:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + self._turn.mapTo(self._scroll.viewport(), QPoint(0, 0)).y())

    def _go(self, row: TodoRow) -> None:
        self._frame.go(row.page, row.target)


class _Part(QWidget):
    """A part of the page that is made anew when its content changes."""

    def __init__(self) -> None:
        super().__init__()
        self._inside: QWidget | None = None
        self._around = vbox(on=self)

    def anew(self) -> QVBoxLayout:
        """An empty column in place of what was there."""
        if self._inside:
            self._around.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = vbox(spacing=16, on=self._inside)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._around.addWidget(self._inside)
        return column
