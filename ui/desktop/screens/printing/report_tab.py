"""One report as it stands now: which, what is made of it, and the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.choices import Choice
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.screens.printing.paper_view import PaperView
from ui.desktop.screens.printing.presenter import CONTENT_TITLES, Content, PrintingPresenter
from ui.desktop.screens.printing.saving import Saving
from ui.desktop.widgets import fields
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.nothing import Nothing
from ui.desktop.widgets.report_picker import ReportPicker


class ReportTab(QWidget):
    """`turned` is called when there is something else to save and print, or nothing; `issued` with the id of what was
    issued here; `works_on` with the report that is shown."""

    def __init__(
        self,
        desk: Desk,
        program: Program,
        frame: Frame,
        saving: Saving,
        turned: Callable[[], object],
        issued: Callable[[str], object],
        works_on: Callable[[Place | None], object],
    ) -> None:
        super().__init__()
        self.presenter = PrintingPresenter(self, desk, program, frame, saving)
        self.paper, self.hint = PaperView(), ""
        self._turned, self.show_issued = turned, issued
        self._publish = Button("Phát hành…", self.presenter.publish)
        self._picker, self._nothing = ReportPicker(), Nothing(self.presenter.choose)
        self._works_on = works_on
        self._content = fields.Choice("Nội dung in", tuple((words, what) for what, words in CONTENT_TITLES.items()))
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

    def show_offered(self, offered: Sequence[Choice], place: Place) -> None:
        self._picker.show_offered(offered, place)
        self._works_on(place)
        self._show_filled(filled=True)

    def show_nothing(self, words: str, other: Place | None) -> None:
        self._works_on(None)
        self._say("", "")
        self._nothing.say(words, other)
        self._show_filled(filled=False)

    def show_waiting(self) -> None:
        self._say("Đang dựng báo cáo…", "")

    def show_document(self, pdf: bytes, hint: str) -> None:
        self.paper.show_pdf(pdf)
        self.hint = hint
        self._publish.setEnabled(self._content.currentData() is not Content.SHEET)
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
