"""The register of keys: who may send, a new key by its sheet of paper, revocation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.receiving.register_presenter import KEY_COLUMNS, Applicant, RegisterPresenter
from ui.desktop.screens.receiving.tabs import Tab
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Line, labelled
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted, Problem


class RegisterTab(Tab):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__(Listing("Sổ khóa"))
        self._presenter = RegisterPresenter(self, desk, program, frame)
        self._revoke = Button("Thu hồi khóa đang chọn…", self._revoke_asked, "danger")
        self._revoke.setEnabled(False)
        self.listing.chosen.connect(lambda id: self._revoke.setEnabled(bool(id)))
        self._applicant = _ApplicantCard(self._presenter)
        self.tools.addWidget(Muted("Chỉ nhận gói niêm phong bằng khóa đã đăng ký ở đây."), 1)
        self.tools.addWidget(self._revoke)
        self.tools.addWidget(Button("Đăng ký khóa mới…", self._presenter.choose_file))
        self.column.addWidget(self._applicant, 0, Qt.AlignmentFlag.AlignTop)
        self.end_with_list()

    def refresh(self) -> None:
        self._presenter.refresh()

    def open(self, path: Path) -> None:
        """A key file that was dropped on the window."""
        self._presenter.open(path)

    def show_keys(self, rows: Sequence[Row]) -> None:
        self.listing.show_rows(KEY_COLUMNS, rows)
        self._revoke.setEnabled(bool(self.listing.chosen_id))

    def show_applicant(self, applicant: Applicant | None) -> None:
        self.listing.setVisible(applicant is None)
        self._applicant.show_applicant(applicant)

    def show_digits(self, words: str, complete: bool) -> None:
        self._applicant.show_digits(words, complete)

    def show_problem(self, text: str) -> None:
        self._applicant.problem.say(text)

    def _revoke_asked(self) -> None:
        self._presenter.revoke(self.listing.chosen_id)


class _ApplicantCard(Card):
    """One key asking to be let in: what its file says, and room for the digits of the paper."""

    def __init__(self, presenter: RegisterPresenter) -> None:
        super().__init__()
        self._who, self._counted, self.problem = Heading(), Muted(), Problem()
        self._digits = Line("30 chữ số trên phiếu đăng ký khóa", "12345 67890 …")
        self._digits.textChanged.connect(presenter.typed)
        self._digits.returnPressed.connect(lambda: presenter.enrol(self._digits.text()))
        self._enrol = Button("Đăng ký khóa này", lambda: presenter.enrol(self._digits.text()), "primary")
        self._what = Muted()
        for widget in (self._who, self._what):
            self.column.addWidget(widget)
        help = "Gõ từ phiếu giấy có chữ ký và dấu; không lấy từ tin nhắn hay thư gửi kèm tệp."
        self.column.addWidget(labelled("30 chữ &số trên phiếu đăng ký khóa", self._digits, help))
        self.column.addWidget(self.problem)
        row = QHBoxLayout()
        row.addWidget(self._counted, 1)
        row.addWidget(Button("Bỏ", presenter.give_up))
        row.addWidget(self._enrol)
        self.column.addLayout(row)
        self.hide()

    def show_applicant(self, applicant: Applicant | None) -> None:
        self.setVisible(applicant is not None)
        self._digits.clear()
        if applicant:
            self._who.setText(applicant.unit)
            self._what.setText(f"{applicant.person} – {applicant.role}")
            self._digits.setFocus()

    def show_digits(self, words: str, complete: bool) -> None:
        self._counted.setText(words)
        self._enrol.setEnabled(complete)
