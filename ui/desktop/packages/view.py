"""Our own packages: what was sealed, the file again, a correction; and the key that seals them, with the sheet of paper on which a
unit hands it over (phiếu đăng ký khóa), drawn as an A4 page."""

from __future__ import annotations

from functools import partial
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QStackedWidget

from forms.all_services import Services
from forms.application import Application
from ui.desktop.importing.dialog import open_excel
from ui.desktop.number_wording import in_two_lines
from ui.desktop.packages.presenter import (
    COLUMNS,
    ChosenPackage,
    KeyPage,
    KeyPresenter,
    KeySheet,
    PackagesPage,
    PackagesPresenter,
)
from ui.desktop.rows import ListRow
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, PasswordField, labelled
from ui.desktop.widgets.layout import add_to, hbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, Label, MutedLabel, ProblemLabel

_DPI = 300


def sheet_pdf(sheet: KeySheet) -> bytes:
    """One page: who, which role, thirty digits, room for signature and stamp."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(30, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setTitle("Phiếu đăng ký khóa niêm phong")
    page = QTextDocument()
    page.setDefaultFont(QFont("Be Vietnam Pro", 12))
    page.documentLayout().setPaintDevice(writer)
    page.setPageSize(writer.pageLayout().paintRectPixels(_DPI).size())
    facts = (
        ("Đơn vị", sheet.unit),
        ("Người giữ khóa", sheet.person),
        ("Chức vụ", sheet.title),
        ("Vai trò khi niêm phong", sheet.role),
        ("Tệp đăng ký gửi kèm", sheet.file),
    )
    rows = "".join(f"<tr><td width='38%'>{name}:</td><td><b>{escape(value)}</b></td></tr>" for name, value in facts)
    html = f"""
        <h2 align="center">PHIẾU ĐĂNG KÝ KHÓA NIÊM PHONG</h2>
        <p align="center">Sổ Bình Đẳng</p><p></p>
        <table width="100%" cellpadding="6">{rows}</table><p></p>
        <p>30 chữ số đối chiếu:</p>
        <p align="center" style="font-size: 19pt; font-weight: 600;">{escape(sheet.digits)}</p><p></p>
        <p>Nơi nhận gõ 30 chữ số này khi đăng ký khóa. Chỉ dùng bản giấy có chữ ký và dấu của đơn vị;
        không chép chữ số từ tin nhắn hay thư gửi kèm tệp.</p><p></p><p></p>
        <table width="100%"><tr><td width="45%"></td><td align="center">............, ngày ...... tháng ...... năm .........<br>
        <b>THỦ TRƯỞNG ĐƠN VỊ</b><br>(ký, ghi rõ họ tên, đóng dấu)</td></tr></table>
    """
    page.setHtml(html)
    page.print_(writer)
    buffer.close()
    return bytes(held.data())


_HINT = "Làm một lần cho mỗi người ký: gửi tệp đăng ký cho nơi nhận, kèm phiếu giấy có chữ ký và dấu."


class OfficeKeyCard(Card):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__()
        self._frame = frame
        self._presenter = KeyPresenter(self.show_page, desk, program, frame)
        self._page = KeyPage()
        self._person, self._password = ChoiceField("Khóa của"), PasswordField("Mật khẩu của người giữ khóa")
        self._problem, self._digits = ProblemLabel(), Label(tone="code")
        self._password_field = labelled("Mật khẩu của người giữ khóa", self._password)
        self._person.activated.connect(lambda: self._presenter.choose(self._person.currentData()))
        self._password.returnPressed.connect(self._make)
        self._save = Button("Lưu phiếu PDF…", lambda: self._presenter.save_sheet(sheet_pdf))
        self._copy = Button("Chép nội dung phiếu", self._copy_sheet)
        self._digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        add_to(
            self.column,
            HeadingLabel("Khóa niêm phong"),
            MutedLabel(_HINT),
            labelled("&Khóa của", self._person),
            self._password_field,
            self._problem,
            Button("Tạo tệp đăng ký khóa…", self._make),
            self._digits,
            self._save,
            self._copy,
        )
        self.start = self._presenter.start

    def show_page(self, page: KeyPage) -> None:
        before, self._page, sheet = self._page, page, page.sheet
        if page.people is not before.people:
            self._person.offer(page.people)
        if page.people is not before.people or page.keyid != before.keyid:
            self._password.clear()
        self._password_field.setVisible(page.asks_password)
        self._digits.setText(in_two_lines(sheet.digits) if sheet else "")
        self._digits.setAccessibleName(f"30 chữ số trên phiếu: {sheet.digits}" if sheet else "")
        for widget in (self._digits, self._save, self._copy):
            widget.setVisible(sheet is not None)
        self._problem.say(page.problem)

    def _make(self) -> None:
        self._presenter.make(self._person.currentData(), self._password.text())

    def _copy_sheet(self) -> None:
        if self._page.sheet:
            QGuiApplication.clipboard().setText(self._page.sheet.text)
            self._frame.toast("Đã chép nội dung phiếu đăng ký khóa.")


_SIDE_WIDTH = 400


class PackagesView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Gói báo cáo", "Báo cáo đã niêm phong, mỗi báo cáo một gói để gửi cho nơi nhận.")
        self._frame = frame
        self._presenter = PackagesPresenter(self.show_page, desk, program, frame)
        excel = partial(open_excel, self, desk, program, frame, then=lambda place: frame.go("entry", str(place)))
        self.tools.addWidget(Button("Dùng Excel…", lambda: excel(place=frame.working)))
        self._rows: tuple[ListRow, ...] | None = None
        self._list = Listing("Gói báo cáo đã niêm phong", wraps=True)
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(lambda _: self._presenter.export())
        self._chosen = _ChosenCard(self._presenter)
        self._key = OfficeKeyCard(desk, program, frame)
        self._left = QStackedWidget()
        self._was_sent_here = False
        nothing = Card()
        words = "Nhập xong số liệu của kỳ, kiểm tra rồi niêm phong; gói sẽ hiện ở đây để gửi cho nơi nhận."
        button = Button("Mở trang Nhập số liệu", lambda: frame.go("entry"), "primary")
        title = HeadingLabel("Chưa có báo cáo nào được niêm phong")
        add_to(nothing.column, None, title, MutedLabel(words), hbox(button, None))
        nothing.column.addStretch(2)
        self._left.addWidget(nothing)
        self._left.addWidget(self._list)
        side = Scrolling()
        add_to(side.column, self._chosen, self._key, None)
        side.setFixedWidth(_SIDE_WIDTH)
        self.body.addLayout(hbox((self._left, 1), side, spacing=16), 1)

    def entered(self, place: str) -> None:
        self._key.start()
        self._presenter.start(place)
        self._was_sent_here = bool(place)

    def take_keys(self) -> None:
        """Sent here with a package, one came to write it out; else one may have come to choose another."""
        if self._was_sent_here and not self._chosen.isHidden():
            self._chosen.export.setFocus()
        elif self._left.currentIndex():
            self._list.setFocus()

    def _choose(self, id: str) -> None:
        self._presenter.choose(id)
        if place := Location.read(id):
            self._frame.work_on(place)

    def show_page(self, page: PackagesPage) -> None:
        if page.rows is not self._rows:
            self._rows = page.rows
            self._left.setCurrentIndex(1 if page.rows else 0)
            self._list.show_rows(COLUMNS, page.rows, page.standing, quiet=True)
        self._chosen.show_chosen(page.chosen)


class _ChosenCard(Card):
    """The chosen package: its digits large enough to be read out, and what can be done with it."""

    def __init__(self, presenter: PackagesPresenter) -> None:
        super().__init__()
        self._title, self._digits, self._advice = HeadingLabel(), Label(tone="code"), MutedLabel()
        self._digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._digits.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.export = Button("Xuất lại tệp…", presenter.export, "primary")
        self._reopen = Button("Mở bản thay thế…", presenter.reopen)
        what = MutedLabel("30 chữ số đối chiếu của gói")
        add_to(self.column, self._title, what, self._digits, self._advice, self.export, self._reopen)

    def show_chosen(self, chosen: ChosenPackage | None) -> None:
        self.setVisible(chosen is not None)
        if chosen:
            self._title.setText(chosen.title)
            self._digits.setText(in_two_lines(chosen.digits))
            self._digits.setAccessibleName(f"30 chữ số đối chiếu: {chosen.digits}")
            self._advice.setText(chosen.advice)
            self.export.setText(chosen.export)
            self._reopen.setEnabled(chosen.can_reopen)
