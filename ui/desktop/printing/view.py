"""The page of printing.

Báo cáo in: the official report exactly as it will be printed, saved or handed on; and what was issued.

One report as it stands now: which, what is made of it, and the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.services.reports_on_offer import ReportOnOffer
from ui.desktop.printing.presenter import CONTENT_TITLES, DocumentContent, PrintingPresenter, Saving
from ui.desktop.printing.preview import PaperView
from ui.desktop.printing.publications import answer
from ui.desktop.printing.publications_tab import IssuedTab, LookupDialog
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets import fields
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.fields import keys_inside
from ui.desktop.widgets.report_picker import Nothing, ReportPicker
from ui.desktop.widgets.screen import Screen


class ReportTab(QWidget):
    """`turned` is called when there is something else to save and print, or nothing; `issued` with the id of what was
    issued here; `works_on` with the report that is shown."""

    def __init__(
        self,
        desk: Services,
        program: Application,
        frame: Shell,
        saving: Saving,
        turned: Callable[[], object],
        issued: Callable[[str], object],
        works_on: Callable[[Location | None], object],
    ) -> None:
        super().__init__()
        self.presenter = PrintingPresenter(self, desk, program, frame, saving)
        self.paper, self.hint = PaperView(), ""
        self._turned, self.show_issued = turned, issued
        self._publish = Button("Phát hành…", self.presenter.publish)
        self._picker, self._nothing = ReportPicker(), Nothing(self.presenter.choose)
        self._works_on = works_on
        self._content = fields.ChoiceField(
            "Nội dung in", tuple((words, what) for what, words in CONTENT_TITLES.items())
        )
        self._picker.chosen.connect(self.presenter.choose)
        self._content.activated.connect(lambda _: self.presenter.turn_to(self._content.currentData()))
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(self._picker)
        row.addWidget(self._content)
        row.addStretch(1)
        row.addWidget(self._publish)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.paper, 1)
        self._nothing.hide()

    def save(self, format: str) -> None:
        self.presenter.save(format)

    def show_offered(self, offered: Sequence[ReportOnOffer], place: Location) -> None:
        self._picker.show_offered(offered, place)
        self._works_on(place)
        self._show_filled(filled=True)

    def show_nothing(self, words: str, other: Location | None) -> None:
        self._works_on(None)
        self._say("", "")
        self._nothing.say(words, other)
        self._show_filled(filled=False)

    def show_waiting(self) -> None:
        self._say("Đang dựng báo cáo…", "")

    def show_document(self, pdf: bytes, hint: str) -> None:
        self.paper.show_pdf(pdf)
        self.hint = hint
        self._publish.setEnabled(self._content.currentData() is not DocumentContent.SHEET)
        self._turned()

    def show_problem(self, text: str) -> None:
        self._say("Chưa dựng được báo cáo", text)

    def _show_filled(self, *, filled: bool) -> None:
        for widget in (self._picker, self._content, self._publish, self.paper):
            widget.setVisible(filled)
        self._nothing.setVisible(not filled)

    def _say(self, title: str, words: str) -> None:
        self.paper.say(title, words)
        self.hint = ""
        self._publish.setEnabled(False)
        self._turned()


class PrintingView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
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

    def _works_on(self, place: Location | None) -> None:
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
