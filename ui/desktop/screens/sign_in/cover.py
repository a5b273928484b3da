"""What covers the window while nobody is there, or while one person leaves the place to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from ui.desktop.screens.sign_in.cover_presenter import CoverPresenter
from ui.desktop.screens.sign_in.gate import Gate
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Muted

if TYPE_CHECKING:
    from forms.ports import Ledger, LedgerHouse

_LOOK_MS = 1000


@dataclass(frozen=True)
class Ways:
    """Where one can go from here. `uncovered` is told whether it is who was there before."""

    uncovered: Callable[[bool], object]
    leave: Callable[[], object]


class CoverView(Gate):
    """Shows the name of the office and nothing of its figures; below, what still goes on behind it."""

    def __init__(
        self, house: LedgerHouse, ledger: Ledger, office: str, under_way: Callable[[], str], ways: Ways
    ) -> None:
        super().__init__("Sổ đang khóa", office, "Mở khóa", self._try)
        self._under_way, self._ways = under_way, ways
        self._going_on = Muted()
        self._lay_out()
        self._presenter = CoverPresenter(self, ledger, under_way, monotonic)
        self._people_of = lambda: house.people(ledger.folder)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK_MS)
        self._look()

    def start(self, *, for_another: bool) -> None:
        self._presenter.start(self._people_of, for_another=for_another)

    def show_problem(self, text: str) -> None:
        super().show_problem(text)
        if text:
            self._ask_again()

    def uncover(self, *, same_person: bool) -> None:
        self._ways.uncovered(same_person)

    def _try(self) -> None:
        self._presenter.open(self._keyid, self._password.text())

    def _look(self) -> None:
        told = self._under_way()
        self._going_on.setText(told)
        self._going_on.setVisible(bool(told))

    def _lay_out(self) -> None:
        self._add_who()
        for part in (self._password_field(), self._problem):
            self.column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.addWidget(Button("Đóng phần mềm", self._ways.leave, "quiet"))
        buttons.addStretch(1)
        buttons.addWidget(self._enter)
        self.column.addLayout(buttons)
        self.column.addWidget(self._going_on)
        self.column.addWidget(
            Muted("Việc đang làm đã cất. Quên mật khẩu: đóng phần mềm, mở lại rồi dùng mã khôi phục.")
        )
