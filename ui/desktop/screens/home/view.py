"""Home: the next thing to do in a large card, the rest below, each with one button that goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.screens.home.cards import NextCard, all_done, table
from ui.desktop.screens.home.duty import Duty
from ui.desktop.screens.home.presenter import HomePresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Scrolling
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Heading

_BEFORE, _AWAY = "Xem các kỳ trước", "Ẩn các kỳ trước"


class HomeView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
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

    def show_duties(self, duties: Sequence[Duty]) -> None:
        column = self._now.anew()
        first, rest = (duties[0], duties[1:]) if duties else (None, ())
        self._next = None if first is None or first.settled else NextCard(first, self._go)
        column.addWidget(self._next or all_done())
        if self._next is None:
            rest = duties
        if rest:
            column.addWidget(Heading("Các báo cáo khác"))
            column.addWidget(table(rest, self._go))

    def show_before(self, duties: Sequence[Duty] | None) -> None:
        column = self._earlier.anew()
        self._turn.setText(_BEFORE if duties is None else _AWAY)
        if duties:
            column.addWidget(table(duties, self._go))
            QTimer.singleShot(0, self._bring_into_sight)
        elif duties is not None:
            column.addWidget(Heading("Không có kỳ nào trước đó."))

    def _bring_into_sight(self) -> None:
        """The first of the earlier periods, not only the button above them."""
        bar = self._scroll.verticalScrollBar()
        above = self._turn.mapTo(self._scroll.viewport(), QPoint(0, 0)).y()
        bar.setValue(bar.value() + above)

    def _go(self, duty: Duty) -> None:
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
