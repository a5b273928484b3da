"""The tabs of the page of receiving beside the tree of units: results, batches; the register of keys, where a new one is let in by
its sheet of paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from forms.all_services import Services
from forms.application import Application
from ui.desktop.receiving.presenter import BATCH_COLUMNS
from ui.desktop.receiving.register_presenter import KEY_COLUMNS, Applicant, RegisterPage, RegisterPresenter
from ui.desktop.rows import ListRow
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import LineField, labelled
from ui.desktop.widgets.layout import Part, add_to, hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, ProblemLabel


class ToolsTab(QWidget):
    """A line of tools above a list."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing

    def lay_out(self, *tools: Part, between: Sequence[Part] = ()) -> None:
        """Tab visits the tools first, then what is `between`, then the list."""
        vbox(hbox(*tools, spacing=10), *between, (self.listing, 1), spacing=10, margins=(0, 12, 0, 0), on=self)


class ResultsTab(ToolsTab):
    def __init__(self, print_wanted: Callable[[], object]) -> None:
        super().__init__(Listing("Bảng tổng hợp", wraps=True))
        note = MutedLabel(
            "Chỉ cộng số liệu của đơn vị đã gửi; đơn vị chưa gửi không tính là 0. Tỷ lệ tính lại từ số đã cộng."
        )
        self.lay_out((note, 1), Button("Xem báo cáo in", print_wanted, "quiet"))


class BatchesTab(ToolsTab):
    """Every act of receiving, and the way to take one back."""

    def __init__(self, undo: Callable[[str], object]) -> None:
        super().__init__(Listing("Đợt nhận"))
        self._undo = Button("Hoàn tác đợt đang chọn…", lambda: undo(self.listing.chosen_id), "danger")
        self._undo.setEnabled(False)
        self.listing.chosen.connect(lambda id: self._undo.setEnabled(bool(id)))
        self.lay_out((MutedLabel("Mỗi lần nhận là một đợt: vào sổ cả đợt, lấy ra cũng cả đợt."), 1), self._undo)

    def show_batches(self, rows: Sequence[ListRow]) -> None:
        self.listing.show_rows(BATCH_COLUMNS, rows)
        self._undo.setEnabled(bool(self.listing.chosen_id))


class RegisterTab(ToolsTab):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__(Listing("Sổ khóa"))
        self._presenter = RegisterPresenter(self.show_page, desk, program, frame)
        self._page = RegisterPage()
        self.refresh, self.open = (
            self._presenter.refresh,
            self._presenter.open,
        )  # a key file may be dropped on the window
        self._revoke = Button(
            "Thu hồi khóa đang chọn…", lambda: self._presenter.revoke(self.listing.chosen_id), "danger"
        )
        self._revoke.setEnabled(False)
        self.listing.chosen.connect(lambda id: self._revoke.setEnabled(id in self._page.own))
        self._applicant = _ApplicantCard(self._presenter)
        self.lay_out(
            (MutedLabel("Chỉ nhận gói niêm phong bằng khóa đã đăng ký ở đây, hoặc do nơi chuyển giới thiệu."), 1),
            self._revoke,
            Button("Đăng ký khóa mới…", self._presenter.choose_file),
            between=[(self._applicant, Qt.AlignmentFlag.AlignTop)],
        )

    def show_page(self, page: RegisterPage) -> None:
        before, self._page = self._page, page
        if page.keys is not before.keys:
            self.listing.show_rows(KEY_COLUMNS, page.keys)
            self._revoke.setEnabled(self.listing.chosen_id in page.own)
        if page.applicant is not before.applicant:
            self.listing.setVisible(page.applicant is None)
            self._applicant.show_applicant(page.applicant)
        self._applicant.show_typed(page)


class _ApplicantCard(Card):
    """One key asking to be let in: what its file says, and room for the digits of the paper."""

    def __init__(self, presenter: RegisterPresenter) -> None:
        super().__init__()
        self._who, self._counted, self._problem = HeadingLabel(), MutedLabel(), ProblemLabel()
        self._digits = LineField("30 chữ số trên phiếu đăng ký khóa", "12345 67890 …")
        self._digits.textChanged.connect(presenter.typed)
        self._digits.returnPressed.connect(lambda: presenter.enrol(self._digits.text()))
        self._enrol = Button("Đăng ký khóa này", lambda: presenter.enrol(self._digits.text()), "primary")
        self._what = MutedLabel()
        help = "Gõ từ phiếu giấy có chữ ký và dấu; không lấy từ tin nhắn hay thư gửi kèm tệp."
        digits = labelled("30 chữ &số trên phiếu đăng ký khóa", self._digits, help)
        foot = hbox((self._counted, 1), Button("Bỏ", presenter.give_up), self._enrol)
        add_to(self.column, self._who, self._what, digits, self._problem, foot)
        self.hide()

    def show_applicant(self, applicant: Applicant | None) -> None:
        self.setVisible(applicant is not None)
        self._digits.clear()
        if applicant:
            self._who.setText(applicant.unit)
            self._what.setText(f"{applicant.person} – {applicant.role}")
            self._digits.setFocus()

    def show_typed(self, page: RegisterPage) -> None:
        self._counted.setText(page.counted)
        self._enrol.setEnabled(page.complete)
        self._problem.say(page.problem)
