"""Báo cáo in: the official report exactly as it will be printed, saved or handed on; and what was issued."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.screens.printing.issued_tab import IssuedTab
from ui.desktop.screens.printing.lookup import answer
from ui.desktop.screens.printing.lookup_dialog import LookupDialog
from ui.desktop.screens.printing.report_tab import ReportTab
from ui.desktop.screens.printing.saving import Saving
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.screen import Screen


class PrintingView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Báo cáo in", " ")
        self._frame, self._tabs = frame, QTabWidget()
        self._saving = Saving(program, frame, self._offer_folder)
        self._folder = Button("Mở thư mục", self._saving.open_folder, "quiet")
        self._buttons = (
            Button("Lưu Word…", lambda: self._tab.save("docx")),
            Button("Lưu Excel…", lambda: self._tab.save("xlsx")),
            Button("Lưu PDF…", lambda: self._tab.save("pdf")),
            Button("In…", self._print, "primary"),
        )
        self._answer = partial(answer, desk.paper_seals.look_up, desk.catalogue)
        self._report = ReportTab(desk, program, frame, self._saving, self._turned, self._show_issued, self._works_on)
        self._issued = IssuedTab(desk, program, frame, self._saving, self._turned)
        self._lay_out()

    def entered(self, place: str) -> None:
        """`place` is a Place: which report."""
        if place:
            self._tabs.setCurrentWidget(self._report)
        self._report.presenter.start(place)
        self._issued.presenter.start()

    def covered(self) -> None:
        """The pages stay: they are seen again as they were."""

    def left(self) -> None:
        self._folder.hide()
        for tab in (self._report, self._issued):
            tab.paper.clear()  # drawn anew at the next visit

    @property
    def _tab(self) -> ReportTab | IssuedTab:
        return self._issued if self._tabs.currentWidget() is self._issued else self._report

    def _works_on(self, place: Place | None) -> None:
        self.report = place
        if place is not None:
            self._frame.work_on(place)

    def _show_issued(self, id: str) -> None:
        self._tabs.setCurrentWidget(self._issued)
        self._issued.presenter.start(id)
        self._issued.take_keys()

    def _offer_folder(self) -> None:
        self._folder.show()

    def _turned(self) -> None:
        """There is another paper to save and to print, or none."""
        self.say_hint(self._tab.hint or " ")
        for button in self._buttons:
            button.setEnabled(self._tab.paper.count > 0)

    def _print(self) -> None:
        paper = self._tab.paper
        printer = self._frame.ask.printer(paper.count) if paper.count else None
        if printer:
            paper.print_on(printer)
            self._frame.toast("Đã gửi báo cáo tới máy in.")

    def _look_up(self) -> None:
        LookupDialog(self._answer, self.window()).open()

    def _lay_out(self) -> None:
        for button in self._buttons:
            self.tools.addWidget(button)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Các thẻ của Báo cáo in")
        self._tabs.setCornerWidget(self._corner())  # before the pages: Tab comes to it first
        self._tabs.addTab(self._report, "Bản đang có")
        self._tabs.addTab(self._issued, "Bản đã phát hành")
        self._tabs.currentChanged.connect(lambda _: self._turned())
        self.body.addWidget(self._tabs, 1)
        keys_inside(self, QKeySequence.StandardKey.Print, self._print)

    def _corner(self) -> QWidget:
        """Beside the tabs: what belongs to neither of them."""
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._folder, Button("Tra mã trên giấy…", self._look_up, "quiet")):
            row.addWidget(button)
        self._folder.hide()
        return corner
