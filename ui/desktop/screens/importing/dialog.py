"""Taking and giving workbooks, in one dialog whose pages follow each other. Esc leaves from any of them; nothing is written then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from forms.program import Program
from forms.report import Report
from forms.services.desk import Desk
from ui.desktop.choices import Choice
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.screens.importing.cells_page import CellsPage
from ui.desktop.screens.importing.columns_page import ColumnsPage
from ui.desktop.screens.importing.presenter import ImportPresenter, Source
from ui.desktop.screens.importing.preview import Preview
from ui.desktop.screens.importing.preview_page import PreviewPage
from ui.desktop.screens.importing.start_page import StartPage

_SIZE = QSize(1060, 640)  # no larger than the window below: at 125 % the smallest screen is 1093×614
_SMALL = QSize(760, 400)


def open_excel(
    over: QWidget, desk: Desk, program: Program, frame: Frame, place: Place | None, then: Callable[[Place], object]
) -> None:
    """For the report at `place`: the fill-in workbook out, any workbook in. `then` is told the report that was filled."""
    _open(ImportDialog(over, desk, program, frame, then), place, frame)


def open_news_list(
    over: QWidget, desk: Desk, program: Program, frame: Frame, place: Place | None, then: Callable[[Place], object]
) -> None:
    """A list of news items out of a workbook, into the ledger."""
    _open(ImportDialog(over, desk, program, frame, then, only_news=True), place, frame)


def _open(dialog: ImportDialog, place: Place | None, frame: Frame) -> None:
    if dialog.presenter.can_start:
        dialog.presenter.start(place)
        dialog.open()
    else:
        dialog.deleteLater()
        frame.ask.inform("Không có báo cáo nào để nhập", "Các chương trình đang theo không hỏi gì đơn vị này.")


class ImportDialog(QDialog):
    """`taken` is told the report that was filled."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        program: Program,
        frame: Frame,
        taken: Callable[[Place], object],
        *,
        only_news: bool = False,
    ) -> None:
        super().__init__(over.window())
        self._taken = taken
        self.presenter = ImportPresenter(self, desk, program, frame, only_news=only_news)
        self._start = StartPage(self.presenter, self.reject, only_news=only_news)
        self._preview = PreviewPage(self.presenter, self.reject, "Nhập vào sổ" if only_news else "Nhập vào báo cáo")
        how = ColumnsPage if only_news else CellsPage
        self._how = how(desk, frame, self.presenter, self.reject)
        self._pages = QStackedWidget()
        for page in (self._start, self._how, self._preview):
            self._pages.addWidget(page)
        self.setWindowTitle("Nhập danh sách tin, bài từ Excel" if only_news else "Dùng Excel")
        self.finished.connect(self._finished)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(14)
        column.addWidget(self._pages, 1)

    def show_start(self, offered: Sequence[Choice], place: Place, words: str) -> None:
        self._start.show_start(offered, place, words)
        self._turn(self._start, _SMALL)
        self._start.stand()

    def show_mapping(self, report: Report, source: Source, mapping: str) -> None:
        self._turn(self._how, _SIZE)
        self._how.begin(report, source, mapping)

    def show_preview(self, title: str, shown: Preview) -> None:
        self._turn(self._preview, _SIZE)
        self._preview.show_preview(title, shown)

    def leave(self, taken: Place | None) -> None:
        self.accept()
        if taken:
            self._taken(taken)

    def _turn(self, page: QWidget, size: QSize) -> None:
        if self._pages.currentWidget() is not page or not self.isVisible():
            self._pages.setCurrentWidget(page)
            for one in (self._start, self._how, self._preview):  # only the page that is shown says how large it must be
                fits = QSizePolicy.Policy.Preferred if one is page else QSizePolicy.Policy.Ignored
                one.setSizePolicy(fits, fits)
            self.resize(size.boundedTo(self.parentWidget().size()))

    def _finished(self) -> None:
        self.presenter.stop()
        self.deleteLater()
