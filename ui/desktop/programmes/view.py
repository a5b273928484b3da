"""The page of programmes: the list, what is told of the chosen one, and dialogs, drafts and supply files on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QGridLayout, QStackedWidget, QTabWidget, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.programmes.pack import Pack
from forms.programmes.pack_edits import NewPack
from ui.desktop.programmes.draft_page import DraftPage
from ui.desktop.programmes.presenter import (
    BASIS_TITLES,
    CHANGE_COLUMNS,
    COLUMNS,
    OUTDATED_COLUMNS,
    ChosenProgramme,
    OfferPresenter,
    OutdatedPresenter,
    ProgrammesPage,
    ProgrammesPresenter,
    Supplier,
    SupplyOffer,
    pack_words,
)
from ui.desktop.receiving.tabs import RegisterTab
from ui.desktop.rows import ListRow
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField, keys_inside, labelled
from ui.desktop.widgets.layout import FormDialog, add_to, hbox, show_facts, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, ProblemLabel, WrappedLabel

_NAMES = 96  # pixels of the names of facts
_HINT = "Đơn vị báo cáo theo chương trình nào, bản nào; phiên bản đã phát hành không bao giờ đổi."
_FIXED = "Mã, công thức, người nhập không sửa được: cùng một mã là cùng một số liệu thì các năm, các tỉnh mới so được."
_COPY_HINT = "Bản chép giữ mọi mã và công thức, để số liệu vẫn so được với chương trình gốc. Sửa mốc, hạn gửi, câu chữ ở bước sau."
_COPY_FIELDS = (
    ("title", "Tên chương trình", ""),
    ("short_title", "Tên ngắn", "Hiện ở nơi chọn chương trình."),
    ("document", "Văn bản (số, ký hiệu, ngày)", "Chưa có số thì để trống, ghi sau."),
    ("issuer", "Nơi ban hành", ""),
    ("id", "Mã chương trình", "Chữ thường không dấu, chữ số, dấu _; không đổi được nữa."),
)
_SUPPLY_HINT = "Tệp do thủ trưởng niêm phong. Đơn vị nhận đã đăng ký khóa của thủ trưởng thì mới mở được tệp."
_OUTDATED_HINT = (
    "Báo cáo đang lập giữ phiên bản của nó cho tới khi được chuyển. Số liệu có chỗ ở bản mới thì giữ nguyên."
)
_OUTDATED_TITLE = "Bản nháp theo phiên bản cũ"
_NONE_OUTDATED = "Mọi báo cáo đang lập đều theo phiên bản mới nhất."
_UNKNOWN_KEY = "Không có khóa thì không biết tệp có đúng của cấp trên hay không, nên chưa mở tệp."


class CopyDialog(FormDialog):
    """What a copy of a programme is called. `copy` returns the refusal, or nothing when the copy was made."""

    def __init__(self, proposed: NewPack, copy: Callable[[NewPack], AppError | None], parent: QWidget) -> None:
        super().__init__("Chép thành chương trình riêng", 620, parent)
        self._proposed, self._copy = proposed, copy
        self._fields = {key: LineField(words) for key, words, _ in _COPY_FIELDS}
        for key, field in self._fields.items():
            field.setText(getattr(proposed, key))
            field.setCursorPosition(0)
            field.returnPressed.connect(self._try)
        asked = (labelled(words, self._fields[key], help) for key, words, help in _COPY_FIELDS)
        self.lay_out(MutedLabel(_COPY_HINT), *asked, act=Button("Chép", self._try, "primary"))
        self._fields["title"].setFocus()

    def _try(self) -> None:
        refusal = self._copy(replace(self._proposed, **{key: field.text() for key, field in self._fields.items()}))
        if refusal is None:
            self.accept()
            return
        self.problem.say(refusal.message)
        if refusal.where in self._fields:
            self._fields[refusal.where].setFocus()


class SupplyDialog(FormDialog):
    """Which packs go into the file that is handed down, and the password of the head who seals it."""

    sealed = Signal(object)  # the file's bytes

    def __init__(self, chosen: Pack, supplier: Supplier, parent: QWidget) -> None:
        super().__init__("Xuất tệp cấp phát", 560, parent)
        self._supplier = supplier
        self._packs = [(pack, QCheckBox(pack_words(pack))) for pack in supplier.offered(chosen)]
        self._packs[0][1].setChecked(True)
        heads = ((f"{one.name} – {one.title}" if one.title else one.name, one.keyid) for one in supplier.heads())
        self._head, self._password = (
            ChoiceField("Thủ trưởng", tuple(heads)),
            PasswordField("Mật khẩu của thủ trưởng"),
        )
        self._asked = labelled("Mật khẩu của thủ trưởng", self._password)
        self._head.activated.connect(self._ask)
        self._password.returnPressed.connect(self._try)
        self.lay_out(
            HeadingLabel("Cấp những chương trình nào"),
            *(box for _, box in self._packs),
            MutedLabel(_SUPPLY_HINT),
            labelled("Thủ trưởng niêm phong", self._head),
            self._asked,
            act=Button("Niêm phong và lưu…", self._try, "primary"),
        )
        self._ask()

    def _ask(self) -> None:
        """No password is asked of who is signed in."""
        wanted = self._supplier.needs_password(str(self._head.currentData()))
        self._asked.setVisible(wanted)
        if wanted:
            self._password.setFocus()

    def _try(self) -> None:
        chosen = [pack for pack, box in self._packs if box.isChecked()]
        if not chosen:
            self.problem.say("Chọn ít nhất một chương trình để cấp.")
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            made = self._supplier.seal(chosen, str(self._head.currentData()), self._password.text())
        finally:
            QGuiApplication.restoreOverrideCursor()
        if isinstance(made, AppError):
            self.problem.say(made.message)
            self._password.setFocus()
            self._password.selectAll()
            return
        self.accept()
        self.sealed.emit(made)


class ChosenCard(Card):
    """What is told of the programme under the cursor, and what may be done with it."""

    def __init__(
        self,
        presenter: ProgrammesPresenter,
        open: Callable[[], object],
        copy: Callable[[], object],
        supply: Callable[[], object],
    ) -> None:
        super().__init__()
        self._title, self._unsure, self._advice, self._problem = (
            WrappedLabel(),
            WrappedLabel(),
            MutedLabel(),
            ProblemLabel(),
        )
        self._title.setProperty("tone", "heading")
        self._follow = QCheckBox("Đơn vị báo cáo theo chương trình này")
        self._basis = ChoiceField("Kỳ báo cáo tính", tuple((words, basis) for basis, words in BASIS_TITLES.items()))
        self._basis_field = labelled("Kỳ báo cáo tính", self._basis)
        self._follow.clicked.connect(presenter.follow)
        self._basis.activated.connect(lambda: presenter.set_basis(self._basis.currentData()))
        self._open = Button("Mở bản soạn", open, "primary")
        self._next = Button("Soạn phiên bản tiếp theo", presenter.next_version)
        self._copy = Button("Chép thành chương trình riêng…", copy)
        self._supply = Button("Xuất tệp cấp phát…", supply)
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnMinimumWidth(0, _NAMES)
        inside = Scrolling()
        inside.setObjectName("onCard")
        add_to(inside.column, self._facts, self._unsure, self._advice, None)
        add_to(self.column, self._title, self._follow, self._basis_field, self._problem, (inside, 1))
        add_to(self.column, self._open, self._next, self._copy, self._supply)

    def show_chosen(self, chosen: ChosenProgramme | None, problem: str) -> None:
        self._problem.say(problem)
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        self._title.setText(chosen.title)
        self._follow.setVisible(not chosen.is_draft)
        self._follow.setChecked(chosen.followed)
        self._basis_field.setVisible(not chosen.is_draft)
        self._basis.choose(chosen.basis)
        show_facts(self._facts, chosen.facts)
        self._unsure.setText(chosen.unsure)
        self._advice.setText(chosen.advice)
        self._advice.setVisible(bool(chosen.advice))
        self._open.setVisible(chosen.is_draft)
        self._next.setVisible(chosen.can_continue)
        self._copy.setVisible(chosen.can_copy)
        self._supply.setVisible(chosen.can_supply)


class OutdatedTab(QWidget):
    """Drafts that were begun under an older version, and the way to move one to the newest."""

    def __init__(self, desk: Services, frame: Shell) -> None:
        super().__init__()
        self._count = 0
        self._presenter = OutdatedPresenter(desk, frame, self._show)
        self._list, self._words = Listing(_OUTDATED_TITLE, wraps=True), MutedLabel()
        self._move = Button("Chuyển sang phiên bản mới…", lambda: self._presenter.move(self._list.chosen_id))
        self._list.opened.connect(self._presenter.move)
        row = hbox((self._words, 1), self._move)
        vbox(row, (self._list, 1), spacing=10, margins=(0, 12, 0, 0), on=self)

    def start(self) -> str:
        """The tab's title."""
        self._presenter.start()
        return f"{_OUTDATED_TITLE} ({self._count})" if self._count else _OUTDATED_TITLE

    def _show(self, rows: Sequence[ListRow]) -> None:
        first = rows[0].id if rows and not self._count else ""
        self._count = len(rows)
        self._list.show_rows(OUTDATED_COLUMNS, rows, first)
        self._move.setEnabled(bool(rows))
        self._words.setText(_OUTDATED_HINT if rows else _NONE_OUTDATED)


class OfferPage(QWidget):
    """What a supply file holds, before it is taken."""

    def __init__(self, take: Callable[[bool], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._words = WrappedLabel(), MutedLabel()
        self._title.setProperty("tone", "heading")
        self._list = Listing("Tệp cấp phát có gì", wraps=True)
        self._follow = QCheckBox("Báo cáo theo các chương trình này")
        self._take = Button("Nhận vào sổ", lambda: take(self._follow.isChecked()), "primary")
        keys_inside(self, Qt.Key.Key_Escape, back)
        names = vbox(self._title, self._words, self._follow, spacing=2)
        buttons = ((button, Qt.AlignmentFlag.AlignTop) for button in (Button("Bỏ, chưa nhận", back), self._take))
        vbox(hbox((names, 1), *buttons, spacing=8), (self._list, 1), spacing=12, on=self)

    def show_offer(self, offer: SupplyOffer) -> None:
        self._title.setText(f"Tệp cấp phát của {offer.issuer}")
        self._words.setText(offer.words)
        self._follow.setVisible(offer.can_follow and offer.can_take)
        self._follow.setChecked(offer.can_follow)
        self._take.setEnabled(offer.can_take)
        self._list.show_rows(CHANGE_COLUMNS, offer.rows)
        (self._take if offer.can_take else self._list).setFocus()


class UnknownKeyCard(Card):
    """A supply file cannot be believed yet: how the key of who sealed it becomes known."""

    def __init__(self, to_register: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._words, self._go = WrappedLabel(), Button("Đến Sổ khóa", to_register, "primary")
        title = HeadingLabel("Chưa đăng ký khóa của nơi cấp tệp này")
        add_to(self.column, title, MutedLabel(_UNKNOWN_KEY), self._words, hbox(Button("Đóng", back), self._go, None))
        self.hide()

    def show_words(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))
        if words:
            self._go.setFocus()


class ProgrammesView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Chương trình", _HINT)
        self._frame, self._shown = frame, ProgrammesPage()
        self._presenter = ProgrammesPresenter(desk, frame, self._show, self._edit)
        self._offers = OfferPresenter(desk, program, frame, self._show_offer)
        self._supplier = Supplier(desk, program, frame)
        self._list = Listing("Danh sách chương trình", wraps=True)
        self._card = ChosenCard(
            self._presenter, lambda: self._presenter.open(self._list.chosen_id), self._copy, self._supply
        )
        self._draft, self._offer = DraftPage(desk, frame, self._to_list), OfferPage(self._offers.take, self._give_up)
        self._unknown, self._outdated = UnknownKeyCard(self._to_register, self._give_up), OutdatedTab(desk, frame)
        # a summing office has its register in Tổng hợp
        self._register = None if desk.office.collates else RegisterTab(desk, program, frame)
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

    def _show(self, page: ProgrammesPage) -> None:
        before, self._shown = self._shown, page
        if page.rows is not before.rows:
            self._list.show_rows(COLUMNS, page.rows, page.chosen, quiet=True)
        self._card.show_chosen(page.told, page.problem)

    def _show_offer(self, offer: SupplyOffer | None, unknown: str) -> None:
        self._pages.setCurrentWidget(self._offer if offer else self._tabs)
        if offer:
            self._offer.show_offer(offer)
        self._unknown.show_words(unknown)

    def _edit(self, pack: Pack) -> None:
        self._pages.setCurrentWidget(self._draft)
        self._draft.open(pack)

    def _copy(self) -> None:
        CopyDialog(self._presenter.proposed(), self._presenter.copy, self.window()).open()

    def _supply(self) -> None:
        dialog = SupplyDialog(self._presenter.chosen_pack(), self._supplier, self.window())
        dialog.sealed.connect(self._supplier.write)
        dialog.open()

    def _turn(self) -> None:
        """Followed, or no more."""
        self._presenter.follow(not (self._shown.told and self._shown.told.followed))

    def _refresh(self, place: str = "") -> None:
        self._presenter.start(place)
        self._tabs.setTabText(self._tabs.indexOf(self._outdated), self._outdated.start())
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
        first = QWidget()
        both = hbox((self._list, 7), (self._card, 4), spacing=16)
        vbox(self._unknown, (both, 1), spacing=12, margins=(0, 12, 0, 0), on=first)
        self.tools.addWidget(self._choose)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Các trang của Chương trình")
        self._tabs.addTab(first, "Danh sách chương trình")
        self._tabs.addTab(self._outdated, _OUTDATED_TITLE)
        if self._register:
            self._tabs.addTab(self._register, "Sổ khóa")
        for page in (self._tabs, self._draft, self._offer):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
