"""Our sealing key: the file that introduces it, and the sheet of paper that proves whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.figures import in_two_lines
from ui.desktop.frame import Frame
from ui.desktop.screens.packages.key_presenter import KeyPresenter, KeySheet
from ui.desktop.screens.packages.sheet import sheet_pdf
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Choice, Password, labelled
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Heading, Muted, Problem

_HINT = "Làm một lần cho mỗi người ký: gửi tệp đăng ký cho nơi nhận, kèm phiếu giấy có chữ ký và dấu."


class KeyCard(Card):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._presenter = KeyPresenter(self, desk, program, frame)
        self._sheet: KeySheet | None = None
        self._person, self._password = Choice("Khóa của"), Password("Mật khẩu của người giữ khóa")
        self._problem, self._digits = Problem(), Label()
        self._password_field = labelled("Mật khẩu của người giữ khóa", self._password)
        self._person.activated.connect(lambda: self._presenter.choose(self._person.currentData()))
        self._password.returnPressed.connect(self._make)
        self._save = Button("Lưu phiếu PDF…", lambda: self._presenter.save_sheet(sheet_pdf))
        self._copy = Button("Chép nội dung phiếu", self._copy_sheet)
        self._lay_out()

    def start(self) -> None:
        self._presenter.start()

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        self._person.clear()
        for words, keyid in people:
            self._person.addItem(words, keyid)

    def ask_password(self, wanted: bool) -> None:
        self._password.clear()
        self._password_field.setVisible(wanted)

    def show_sheet(self, sheet: KeySheet | None) -> None:
        self._sheet = sheet
        self._digits.setText(in_two_lines(sheet.digits) if sheet else "")
        self._digits.setAccessibleName(f"30 chữ số trên phiếu: {sheet.digits}" if sheet else "")
        for widget in (self._digits, self._save, self._copy):
            widget.setVisible(sheet is not None)

    def show_problem(self, text: str) -> None:
        self._problem.say(text)

    def _make(self) -> None:
        self._presenter.make(self._person.currentData(), self._password.text())

    def _copy_sheet(self) -> None:
        if self._sheet:
            QGuiApplication.clipboard().setText(self._sheet.text)
            self._frame.toast("Đã chép nội dung phiếu đăng ký khóa.")

    def _lay_out(self) -> None:
        self._digits.setProperty("tone", "code")
        self._digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (
            Heading("Khóa niêm phong"),
            Muted(_HINT),
            labelled("&Khóa của", self._person),
            self._password_field,
            self._problem,
        ):
            self.column.addWidget(widget)
        self.column.addWidget(Button("Tạo tệp đăng ký khóa…", self._make))
        for widget in (self._digits, self._save, self._copy):
            self.column.addWidget(widget)
