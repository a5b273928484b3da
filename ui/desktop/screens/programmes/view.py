"""Chương trình: which programmes the office reports on, its own drafts, and what an office above hands down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QWidget

from forms.pack import Pack
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.programmes.chosen_card import ChosenCard, Doings
from ui.desktop.screens.programmes.copy_dialog import CopyDialog
from ui.desktop.screens.programmes.draft_page import DraftPage
from ui.desktop.screens.programmes.presenter import Chosen, ProgrammesPresenter
from ui.desktop.screens.programmes.words import COLUMNS
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.screen import Screen

_HINT = "Đơn vị báo cáo theo chương trình nào, bản nào; phiên bản đã phát hành không bao giờ đổi."
_HERE = Qt.ShortcutContext.WidgetShortcut


class ProgrammesView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Chương trình", _HINT)
        self._frame = frame
        self._presenter = ProgrammesPresenter(self, desk, program, frame)
        doings = Doings(
            self._presenter.follow,
            self._presenter.set_basis,
            lambda: self._presenter.open(self._list.chosen_id),
            self._copy,
            self._presenter.next_version,
            lambda: None,
        )
        self._list, self._card = Listing("Danh sách chương trình", wraps=True), ChosenCard(doings)
        self._draft = DraftPage(desk, frame, self._to_list)
        self._tabs, self._pages = QTabWidget(), QStackedWidget()
        self._list.chosen.connect(self._presenter.choose)
        self._list.opened.connect(self._presenter.open)
        self._list.setAccessibleDescription("Phím cách: theo dõi hoặc thôi; Enter: mở bản soạn")
        QShortcut(QKeySequence(Qt.Key.Key_Space), self._list, self._turn, context=_HERE)
        self._lay_out()

    def entered(self, place: str) -> None:
        """`place` is a programme's id."""
        self._presenter.start(place)
        self._pages.setCurrentWidget(self._tabs)

    def left(self) -> None:
        if self._pages.currentWidget() is self._draft:
            self._draft.settle()

    def take_keys(self) -> None:
        self._list.setFocus()

    def show_programmes(self, rows: Sequence[Row], chosen: str) -> None:
        self._list.blockSignals(True)
        self._list.show_rows(COLUMNS, rows, chosen)
        self._list.blockSignals(False)

    def show_chosen(self, chosen: Chosen | None) -> None:
        self._followed = bool(chosen and chosen.followed)
        self._card.show_chosen(chosen)

    def show_problem(self, words: str) -> None:
        self._card.problem.say(words)

    def edit(self, pack: Pack) -> None:
        self._pages.setCurrentWidget(self._draft)
        self._draft.open(pack)

    def _copy(self) -> None:
        dialog = CopyDialog(self._presenter.proposed(), self._presenter.copy, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _to_list(self) -> None:
        """From a draft or an offer."""
        self._presenter.start()
        self._pages.setCurrentWidget(self._tabs)
        self._list.setFocus()

    def _turn(self) -> None:
        """Followed, or no more."""
        self._presenter.follow(not self._followed)

    def _lay_out(self) -> None:
        first, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._list, 7)
        row.addWidget(self._card, 4)
        first.setLayout(row)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Các trang của Chương trình")
        self._tabs.addTab(first, "Danh sách chương trình")
        self._pages.addWidget(self._tabs)
        self._pages.addWidget(self._draft)
        self.body.addWidget(self._pages, 1)
