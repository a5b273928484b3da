"""Báo cáo in: the official report exactly as it will be printed, saved or handed on."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.screens.printing.report_tab import ReportTab
from ui.desktop.screens.printing.saving import Saving
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.screen import Screen


class PrintingView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Báo cáo in", " ")
        self._frame = frame
        self._saving = Saving(program, frame, self._offer_folder)
        self._folder = Button("Mở thư mục", self._saving.open_folder, "quiet")
        self._report = ReportTab(desk, program, frame, self._saving, self._turned)
        self._buttons = (
            Button("Lưu Word…", lambda: self._report.save("docx")),
            Button("Lưu Excel…", lambda: self._report.save("xlsx")),
            Button("Lưu PDF…", lambda: self._report.save("pdf")),
            Button("In…", self._print, "primary"),
        )
        self._lay_out()

    def entered(self, place: str) -> None:
        """`place` is a Place: which report."""
        self._report.presenter.start(place)

    def covered(self) -> None:
        """The pages stay: they are seen again as they were."""

    def left(self) -> None:
        self._folder.hide()
        self._report.paper.clear()  # drawn anew at the next visit

    def _offer_folder(self) -> None:
        self._folder.show()

    def _turned(self) -> None:
        """There is another paper to save and to print, or none."""
        self.say_hint(self._report.hint or " ")
        for button in self._buttons:
            button.setEnabled(self._report.paper.count > 0)

    def _print(self) -> None:
        paper = self._report.paper
        printer = self._frame.ask.printer(paper.count) if paper.count else None
        if printer:
            paper.print_on(printer)
            self._frame.toast("Đã gửi báo cáo tới máy in.")

    def _lay_out(self) -> None:
        self._folder.hide()
        for button in (self._folder, *self._buttons):
            self.tools.addWidget(button)
        self.body.addWidget(self._report, 1)
        keys_inside(self, QKeySequence.StandardKey.Print, self._print)
