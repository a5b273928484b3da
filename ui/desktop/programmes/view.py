"""The page of programmes.

Chương trình: which programmes the office reports on, its own drafts, and what an office above hands down.

The programme under the cursor: what it is, whether the office reports on it, and what may be done with it.

What a supply file holds, before it is taken; or, where its key is unknown, how that key becomes known.

Drafts that were begun under an older version, and the way to move one to the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from forms.all_services import Services
from forms.application import Application
from forms.model.period import Basis
from forms.programmes.pack import Pack
from ui.desktop.programmes.dialogs import CopyDialog, SupplyDialog
from ui.desktop.programmes.draft_page import DraftPage
from ui.desktop.programmes.presenter import (
    BASIS_TITLES,
    CHANGE_COLUMNS,
    COLUMNS,
    OUTDATED_COLUMNS,
    ChosenProgramme,
    OfferPresenter,
    OutdatedPresenter,
    ProgrammesPresenter,
    Supplier,
    SupplyOffer,
)
from ui.desktop.receiving.tabs import RegisterTab
from ui.desktop.rows import ListRow
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, keys_inside, labelled
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, ProblemLabel, WrappedLabel

_NAMES = 96  # pixels of the names of facts


@dataclass(frozen=True)
class Doings:
    """What the card's fields and buttons do."""

    follow: Callable[[bool], object]
    set_basis: Callable[[Basis], object]
    open: Callable[[], object]
    copy: Callable[[], object]
    next_version: Callable[[], object]
    supply: Callable[[], object]


class ChosenCard(Card):
    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._title, self._unsure, self._advice, self.problem = (
            WrappedLabel(),
            WrappedLabel(),
            MutedLabel(),
            ProblemLabel(),
        )
        self._title.setProperty("tone", "heading")
        self._follow = QCheckBox("Đơn vị báo cáo theo chương trình này")
        self._basis = ChoiceField("Kỳ báo cáo tính", tuple((words, basis) for basis, words in BASIS_TITLES.items()))
        self._basis_field = labelled("Kỳ báo cáo tính", self._basis)
        self._facts = QGridLayout()
        self._open = Button("Mở bản soạn", doings.open, "primary")
        self._next = Button("Soạn phiên bản tiếp theo", doings.next_version)
        self._copy = Button("Chép thành chương trình riêng…", doings.copy)
        self._supply = Button("Xuất tệp cấp phát…", doings.supply)
        self._follow.clicked.connect(doings.follow)
        self._basis.activated.connect(lambda: doings.set_basis(self._basis.currentData()))
        self._lay_out()

    def show_chosen(self, chosen: ChosenProgramme | None) -> None:
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        self._title.setText(chosen.title)
        self._follow.setVisible(not chosen.is_draft)
        self._follow.setChecked(chosen.followed)
        self._basis_field.setVisible(not chosen.is_draft)
        self._basis.choose(chosen.basis)
        self._show_facts(chosen.facts)
        self._unsure.setText(chosen.unsure)
        self._advice.setText(chosen.advice)
        self._advice.setVisible(bool(chosen.advice))
        for button, may in (
            (self._open, chosen.is_draft),
            (self._next, chosen.can_continue),
            (self._copy, chosen.can_copy),
            (self._supply, chosen.can_supply),
        ):
            button.setVisible(may)

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while item := self._facts.takeAt(0):
            item.widget().hide()
            item.widget().deleteLater()
        for row, (name, words) in enumerate(facts):
            value = WrappedLabel(words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(MutedLabel(name), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, row, 1)

    def _lay_out(self) -> None:
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnMinimumWidth(0, _NAMES)
        inside = Scrolling()
        inside.setObjectName("onCard")
        inside.column.addLayout(self._facts)
        inside.column.addWidget(self._unsure)
        inside.column.addWidget(self._advice)
        inside.column.addStretch(1)
        for widget in (self._title, self._follow, self._basis_field, self.problem):
            self.column.addWidget(widget)
        self.column.addWidget(inside, 1)
        for button in (self._open, self._next, self._copy, self._supply):
            self.column.addWidget(button)


_OUTDATED_HINT = (
    "Báo cáo đang lập giữ phiên bản của nó cho tới khi được chuyển. Số liệu có chỗ ở bản mới thì giữ nguyên."
)
_TITLE = "Bản nháp theo phiên bản cũ"
_NONE = "Mọi báo cáo đang lập đều theo phiên bản mới nhất."


class OutdatedTab(QWidget):
    def __init__(self, desk: Services, frame: Shell) -> None:
        super().__init__()
        self._count = 0
        self._presenter = OutdatedPresenter(self, desk, frame)
        self._list, self._words = Listing(_TITLE, wraps=True), MutedLabel()
        self._move = Button("Chuyển sang phiên bản mới…", lambda: self._presenter.move(self._list.chosen_id))
        self._list.opened.connect(self._presenter.move)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self._words, 1)
        row.addWidget(self._move)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self._list, 1)

    @property
    def title(self) -> str:
        return f"{_TITLE} ({self._count})" if self._count else _TITLE

    def start(self) -> None:
        self._presenter.start()

    def show_outdated(self, rows: Sequence[ListRow]) -> None:
        first = rows[0].id if rows and not self._count else ""
        self._count = len(rows)
        self._list.show_rows(OUTDATED_COLUMNS, rows, first)
        self._move.setEnabled(bool(rows))
        self._words.setText(_OUTDATED_HINT if rows else _NONE)


class OfferPage(QWidget):
    def __init__(self, take: Callable[[bool], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._words = WrappedLabel(), MutedLabel()
        self._title.setProperty("tone", "heading")
        self._list = Listing("Tệp cấp phát có gì", wraps=True)
        self._follow = QCheckBox("Báo cáo theo các chương trình này")
        self._take = Button("Nhận vào sổ", lambda: take(self._follow.isChecked()), "primary")
        keys_inside(self, Qt.Key.Key_Escape, back)
        names, head, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._words)
        names.addWidget(self._follow)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in (Button("Bỏ, chưa nhận", back), self._take):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def show_offer(self, offer: SupplyOffer) -> None:
        self._title.setText(f"Tệp cấp phát của {offer.issuer}")
        self._words.setText(offer.words)
        self._follow.setVisible(offer.can_follow and offer.can_take)
        self._follow.setChecked(offer.can_follow)
        self._take.setEnabled(offer.can_take)
        self._list.show_rows(CHANGE_COLUMNS, offer.rows)
        (self._take if offer.can_take else self._list).setFocus()


class UnknownKeyCard(Card):
    """The file cannot be believed yet."""

    def __init__(self, to_register: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._words, self._go = WrappedLabel(), Button("Đến Sổ khóa", to_register, "primary")
        row = QHBoxLayout()
        row.addWidget(Button("Đóng", back))
        row.addWidget(self._go)
        row.addStretch(1)
        self.column.addWidget(HeadingLabel("Chưa đăng ký khóa của nơi cấp tệp này"))
        self.column.addWidget(
            MutedLabel("Không có khóa thì không biết tệp có đúng của cấp trên hay không, nên chưa mở tệp.")
        )
        self.column.addWidget(self._words)
        self.column.addLayout(row)
        self.hide()

    def show_words(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))
        if words:
            self._go.setFocus()


_HINT = "Đơn vị báo cáo theo chương trình nào, bản nào; phiên bản đã phát hành không bao giờ đổi."
_FIXED = "Mã, công thức, người nhập không sửa được: cùng một mã là cùng một số liệu thì các năm, các tỉnh mới so được."


class ProgrammesView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
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

    def show_programmes(self, rows: Sequence[ListRow], chosen: str) -> None:
        self._list.blockSignals(True)
        self._list.show_rows(COLUMNS, rows, chosen)
        self._list.blockSignals(False)

    def show_chosen(self, chosen: ChosenProgramme | None) -> None:
        self._followed = bool(chosen and chosen.followed)
        self._card.show_chosen(chosen)

    def show_problem(self, words: str) -> None:
        self._card.problem.say(words)

    def edit(self, pack: Pack) -> None:
        self._pages.setCurrentWidget(self._draft)
        self._draft.open(pack)

    def show_offer(self, offer: SupplyOffer | None) -> None:
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
