"""Báo cáo in: the official report exactly as it will be printed, saved or handed on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.choices import Choice
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.screens.printing.pages import PdfPages
from ui.desktop.screens.printing.presenter import PrintingPresenter
from ui.desktop.screens.printing.preview import Preview
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.report_picker import ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Heading, Muted


class PrintingView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Báo cáo in", " ")
        self._frame = frame
        self._presenter = PrintingPresenter(self, desk, program, frame)
        self._picker, self._preview, self._said = ReportPicker(), Preview(), _Said()
        self._page, self._zoom = Muted(), Muted()
        self._buttons = (
            Button("Lưu Excel…", lambda: self._presenter.save("xlsx")),
            Button("Lưu PDF…", lambda: self._presenter.save("pdf")),
            Button("In…", self._print, "primary"),
        )
        self._picker.chosen.connect(self._presenter.choose)
        self._preview.moved.connect(lambda page, pages: self._page.setText(f"Trang {page}/{pages}"))
        self._preview.zoomed.connect(lambda percent: self._zoom.setText(f"{percent} %"))
        self._shown = QStackedWidget()
        self._lay_out()
        self._bind_keys()

    def entered(self, place: str) -> None:
        """`place` is a Place: which report."""
        self._presenter.start(place)

    def covered(self) -> None:
        """The pages stay: they are seen again as they were."""

    def left(self) -> None:
        self._preview.show_pages(None)  # drawn anew at the next visit

    def show_offered(self, offered: Sequence[Choice], place: Place) -> None:
        self._picker.show_offered(offered, place)

    def show_waiting(self) -> None:
        self._say("Đang dựng báo cáo…", "")

    def show_document(self, pdf: bytes, note: str) -> None:
        self._preview.show_pages(PdfPages(pdf))
        self._shown.setCurrentWidget(self._paper)
        self.say_hint(note or "Đúng như khi in. Số, ngày và chữ ký để trống cho văn thư.")
        self._allow(True)

    def show_problem(self, text: str) -> None:
        self._say("Chưa dựng được báo cáo", text)

    def _say(self, title: str, words: str) -> None:
        self._said.say(title, words)
        self._shown.setCurrentWidget(self._said)
        self.say_hint(" ")
        self._preview.show_pages(None)
        self._allow(False)

    def _allow(self, allowed: bool) -> None:
        for button in self._buttons:
            button.setEnabled(allowed)

    def _print(self) -> None:
        printer = self._frame.ask.printer(self._preview.count) if self._preview.count else None
        if printer:
            self._preview.print_on(printer)
            self._frame.toast("Đã gửi báo cáo tới máy in.")

    def _lay_out(self) -> None:
        for button in self._buttons:
            self.tools.addWidget(button)
        self._paper = QWidget()
        column = QVBoxLayout(self._paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._preview, 1)
        column.addLayout(self._steps())
        self._shown.addWidget(self._said)
        self._shown.addWidget(self._paper)
        self.body.addWidget(self._picker, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._shown, 1)

    def _steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (
            Button("Trang trước", lambda: self._preview.turn(-1), "quiet"),
            self._page,
            Button("Trang sau", lambda: self._preview.turn(1), "quiet"),
        ):
            row.addWidget(widget)
        row.addStretch(1)
        smaller, larger = (
            Button("Thu nhỏ", self._preview.farther, "quiet"),
            Button("Phóng to", self._preview.nearer, "quiet"),
        )
        for widget in (smaller, self._zoom, larger, Button("Vừa bề ngang", self._preview.fit, "quiet")):
            row.addWidget(widget)
        for words in (self._page, self._zoom):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.setWordWrap(False)
        return row

    def _bind_keys(self) -> None:
        for keys, act in (
            (QKeySequence.StandardKey.Print, self._print),
            (QKeySequence.StandardKey.ZoomIn, self._preview.nearer),
            (QKeySequence.StandardKey.ZoomOut, self._preview.farther),
            ("Ctrl+0", self._preview.fit),
        ):
            keys_inside(self, keys, act)


class _Said(QWidget):
    """A sentence in place of the pages."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._words = Heading(), QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 40, 0, 0)
        for widget in (self._title, self._words):
            column.addWidget(widget)
        column.addStretch(1)

    def say(self, title: str, words: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._words.setAccessibleName(words)
