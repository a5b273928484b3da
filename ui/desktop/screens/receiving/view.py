"""The screen of an office that sums up: who has sent, what was brought, what it adds up to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.choices import Choice
from ui.desktop.figures import counted
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.rows import Column, Row
from ui.desktop.screens.receiving.arrivals import Preview
from ui.desktop.screens.receiving.presenter import ReceivingPresenter
from ui.desktop.screens.receiving.preview_page import PreviewPage
from ui.desktop.screens.receiving.register_tab import RegisterTab
from ui.desktop.screens.receiving.remind_dialog import remind
from ui.desktop.screens.receiving.roll import Figures
from ui.desktop.screens.receiving.tabs import BatchesTab, ResultsTab, UnitsTab
from ui.desktop.screens.receiving.unit_figures import UnitFigures
from ui.desktop.screens.receiving.unit_page import UnitPage
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card, Scrolling
from ui.desktop.widgets.report_picker import ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Muted, set_tone

_LEAST_LINES = 18  # of text, for the lists


class ReceivingView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__(
            "Tổng hợp",
            "Kéo thả gói báo cáo, tệp nén hoặc cả thư mục vào cửa sổ để nhận.",
        )
        self._frame = frame
        self._presenter = ReceivingPresenter(self, desk, program, frame)
        self._picker = ReportPicker()
        self._picker.chosen.connect(self._presenter.choose)
        self._figures = _FiguresCard()
        self._undo = Button("", self._presenter.undo)
        self._preview = PreviewPage(self._presenter.receive, self._presenter.put_away, self._presenter.take_more)
        self._unit = UnitPage(self._presenter.look_away)
        self._remind = partial(remind, self, desk, program, frame)
        self._units = UnitsTab(self._presenter, frame.toast, lambda: self._remind(Place.read(self._presenter.place)))
        self._results = ResultsTab(lambda: frame.go("printing", self._presenter.place))
        self._register = RegisterTab(desk, program, frame)
        self._batches = BatchesTab(self._presenter.undo)
        self._tabs, self._pages = QTabWidget(), QStackedWidget()
        self._lay_out()

    def entered(self, place: str) -> None:
        """`place` is a Place: which report."""
        self._register.refresh()
        self._presenter.start(place)

    def left(self) -> None:
        self.show_undo("")

    def brought(self, paths: Sequence[Path]) -> None:
        self._presenter.offer(paths)

    def show_offered(self, offered: Sequence[Choice], place: Place) -> None:
        self._picker.show_offered(offered, place)

    def show_figures(self, figures: Figures) -> None:
        self._figures.show_figures(figures)

    def show_units(self, columns: Sequence[Column], rows: Sequence[Row], words: str) -> None:
        self._units.show_units(columns, rows, words)

    def show_results(self, rows: Sequence[Row]) -> None:
        self._results.show_results(rows)

    def show_batches(self, rows: Sequence[Row]) -> None:
        self._batches.show_batches(rows)

    def show_preview(self, preview: Preview | None) -> None:
        if preview:
            self._pages.setCurrentWidget(self._preview)
            self._preview.show_preview(preview)
        else:
            self._pages.setCurrentWidget(self._tabs)

    def open_key_file(self, path: Path) -> None:
        self._pages.setCurrentWidget(self._tabs)
        self._tabs.setCurrentWidget(self._register)
        self._register.open(path)

    def show_unit(self, figures: UnitFigures | None) -> None:
        if figures:
            self._unit.show_unit(figures)
        self._pages.setCurrentWidget(self._unit if figures else self._tabs)
        if figures is None:
            self._units.listing.setFocus()

    def show_undo(self, words: str) -> None:
        self._undo.setText(words)
        self._undo.setVisible(bool(words))

    def _lay_out(self) -> None:
        for widget in (
            Button("Chọn thư mục…", self._presenter.choose_folder),
            Button("Chọn tệp…", self._presenter.choose_files, "primary"),
        ):
            self.tools.addWidget(widget)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self._presenter.choose_files)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Các trang của Tổng hợp")
        for tab, title in (
            (self._units, "Danh sách đơn vị"),
            (self._results, "Bảng tổng hợp"),
            (self._register, "Sổ khóa"),
            (self._batches, "Đợt nhận"),
        ):
            self._tabs.addTab(tab, title)
        self._tabs.currentChanged.connect(lambda _: self._register.refresh())
        self._tabs.setCornerWidget(self._undo)
        self._undo.hide()
        self._pages.addWidget(self._tabs)
        self._pages.addWidget(self._preview)
        self._pages.addWidget(self._unit)
        self._pages.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())
        inside = Scrolling()  # moves only where large text leaves too little room
        inside.column.setContentsMargins(0, 0, 0, 0)
        inside.column.addWidget(self._figures)
        inside.column.addWidget(self._pages, 1)
        self.body.addWidget(self._picker, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(inside, 1)


class _FiguresCard(Card):
    """Expected, received, missing, late, questioned: the figures that are asked for by telephone."""

    def __init__(self) -> None:
        super().__init__()
        self._expected, self._received = _Figure("Phải gửi"), _Figure("Đã nhận")
        self._missing, self._late, self._held = _Figure("Còn thiếu"), _Figure("Gửi muộn"), _Figure("Cần hỏi lại")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Phần đơn vị đã gửi")
        row = QHBoxLayout()
        row.setSpacing(24)
        for figure in (self._expected, self._received, self._missing, self._late, self._held):
            row.addWidget(figure, 1)
        self.column.addLayout(row)
        self.column.addWidget(self._bar)

    def show_figures(self, figures: Figures) -> None:
        self._expected.say(counted(figures.expected), "đơn vị")
        self._received.say(counted(figures.received), figures.share)
        self._missing.say(counted(figures.missing), "chưa gửi" if figures.missing else "đã đủ")
        self._late.say("–" if figures.late is None else counted(figures.late), figures.due)
        self._held.say(counted(figures.held), "có gói giữ lại" if figures.held else "không có")
        self._bar.setRange(0, max(1, figures.expected))
        self._bar.setValue(figures.received)
        set_tone(self._bar, "state", "good" if figures.expected and not figures.missing else "open")


class _Figure(QWidget):
    """A number under its name, with a few words below it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._number, self._words = name, QLabel("–"), Muted()
        self._number.setProperty("tone", "big")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (Muted(name), self._number, self._words):
            column.addWidget(widget)
        column.addStretch(1)

    def say(self, number: str, words: str) -> None:
        self._number.setText(number)
        self._words.setText(words)
        self._number.setAccessibleName(f"{self._name}: {number} {words}")
