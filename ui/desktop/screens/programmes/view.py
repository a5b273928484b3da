"""Chương trình: which programmes the office reports on, its own drafts, and what an office above hands down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from forms.pack import Pack
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.programmes.chosen_card import ChosenCard, Doings
from ui.desktop.screens.programmes.copy_dialog import CopyDialog
from ui.desktop.screens.programmes.draft_page import DraftPage
from ui.desktop.screens.programmes.offer_page import OfferPage, UnknownKeyCard
from ui.desktop.screens.programmes.offer_presenter import Offer, OfferPresenter
from ui.desktop.screens.programmes.outdated_tab import OutdatedTab
from ui.desktop.screens.programmes.presenter import Chosen, ProgrammesPresenter
from ui.desktop.screens.programmes.supply_dialog import SupplyDialog
from ui.desktop.screens.programmes.supplying import Supplier
from ui.desktop.screens.programmes.words import COLUMNS
from ui.desktop.screens.receiving.register_tab import RegisterTab
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.screen import Screen

_HINT = "Đơn vị báo cáo theo chương trình nào, bản nào; phiên bản đã phát hành không bao giờ đổi."
_FIXED = "Mã, công thức, người nhập không sửa được: cùng một mã là cùng một số liệu thì các năm, các tỉnh mới so được."


class ProgrammesView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Chương trình", _HINT)
        self._frame, self._collates = frame, desk.office.collates
        self._presenter = ProgrammesPresenter(self, desk, program, frame)
        self._offers = OfferPresenter(self, desk, program, frame)
        self._supplier = Supplier(desk, program, frame)
        self._list, self._card = Listing("Danh sách chương trình", wraps=True), ChosenCard(self._doings())
        self._draft, self._offer = DraftPage(desk, frame, self._to_list), OfferPage(self._offers.take, self._give_up)
        self._unknown = UnknownKeyCard(self._to_register, self._give_up)
        self._outdated = OutdatedTab(desk, frame)
        self._register = None if self._collates else RegisterTab(desk, program, frame)  # theirs is in Tổng hợp
        self._choose = Button("Nhận tệp cấp phát…", self._offers.choose_file)
        self._tabs, self._pages = QTabWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    def entered(self, place: str) -> None:
        """`place` is a programme's id."""
        if place or self._pages.currentWidget() is self._tabs:
            self._pages.setCurrentWidget(self._tabs)
            self._refresh(place)

    def left(self) -> None:
        if self._pages.currentWidget() is self._draft:
            self._draft.settle()

    def take_keys(self) -> None:
        if self._pages.currentWidget() is self._tabs:
            self._list.setFocus()

    def brought(self, paths: Sequence[Path]) -> None:
        self._offers.open(paths)

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

    def show_offer(self, offer: Offer | None) -> None:
        self._pages.setCurrentWidget(self._offer if offer else self._tabs)
        if offer:
            self._offer.show_offer(offer)

    def show_unknown_key(self, words: str) -> None:
        self._unknown.show_words(words)

    def _doings(self) -> Doings:
        return Doings(
            self._presenter.follow,
            self._presenter.set_basis,
            lambda: self._presenter.open(self._list.chosen_id),
            lambda: self._ask(CopyDialog(self._presenter.proposed(), self._presenter.copy, self.window())),
            self._presenter.next_version,
            self._supply,
        )

    def _supply(self) -> None:
        dialog = SupplyDialog(self._presenter.chosen_pack(), self._supplier, self.window())
        dialog.sealed.connect(self._supplier.write)
        self._ask(dialog)

    def _ask(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _turn(self) -> None:
        """Followed, or no more."""
        self._presenter.follow(not self._followed)

    def _refresh(self, place: str = "") -> None:
        self._presenter.start(place)
        self._outdated.start()
        self._tabs.setTabText(self._tabs.indexOf(self._outdated), self._outdated.title)
        if self._register:
            self._register.refresh()

    def _to_list(self) -> None:
        """From a draft."""
        self._pages.setCurrentWidget(self._tabs)
        self._refresh()
        self._list.setFocus()

    def _give_up(self) -> None:
        self._offers.give_up()
        self._list.setFocus()

    def _to_register(self) -> None:
        self._offers.give_up()
        if self._register:
            self._tabs.setCurrentWidget(self._register)
            self._register.listing.setFocus()
        else:
            self._frame.go("receiving")

    def _dress(self) -> None:
        """A draft and an offer have the place for themselves."""
        page = self._pages.currentWidget()
        hints: dict[QWidget | None, str] = {self._tabs: _HINT, self._draft: _FIXED}
        self.say_hint(hints.get(page, ""))
        self._choose.setVisible(page is self._tabs)

    def _connect(self) -> None:
        self._list.chosen.connect(self._presenter.choose)
        self._list.opened.connect(self._presenter.open)
        self._list.setAccessibleDescription("Phím cách: theo dõi hoặc thôi; Enter: mở bản soạn")
        keys_inside(self._list, Qt.Key.Key_Space, self._turn)
        self._tabs.currentChanged.connect(lambda _: self._refresh())
        self._pages.currentChanged.connect(lambda _: self._dress())

    def _lay_out(self) -> None:
        first, column, row = QWidget(), QVBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        row.setSpacing(16)
        row.addWidget(self._list, 7)
        row.addWidget(self._card, 4)
        column.addWidget(self._unknown)
        column.addLayout(row, 1)
        first.setLayout(column)
        self.tools.addWidget(self._choose)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Các trang của Chương trình")
        self._tabs.addTab(first, "Danh sách chương trình")
        self._tabs.addTab(self._outdated, self._outdated.title)
        if self._register:
            self._tabs.addTab(self._register, "Sổ khóa")
        for page in (self._tabs, self._draft, self._offer):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
