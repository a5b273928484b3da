"""The page of receiving.

The screen of an office that sums up: who has sent, what was brought, what it adds up to.

Letters to those whose report has not come: to each or one to all, for Word or as PDF, into a folder.

What was read from the stick, before anything is written.

What one unit below sent: its figures as they were sealed, only to read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.services.reports_on_offer import ReportOnOffer
from ui.desktop.number_wording import counted
from ui.desktop.receiving.presenter import (
    COLUMNS,
    FIGURE_COLUMNS,
    ArrivalsPreview,
    ReceivingPresenter,
    Reminding,
    UnitFigures,
)
from ui.desktop.receiving.roll_call import RollCallFigures
from ui.desktop.receiving.tabs import BatchesTab, RegisterTab, ResultsTab, UnitsTab
from ui.desktop.rows import ListColumnHead, ListRow
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, keys_inside, labelled
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.plain_text import Label
from ui.desktop.widgets.report_picker import ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, WrappedLabel, set_tone


class ArrivalsPreviewPage(QWidget):
    def __init__(
        self, receive: Callable[[], object], put_away: Callable[[], object], take_more: Callable[[], object]
    ) -> None:
        super().__init__()
        self._title, self._explanation, self._detail, self._search = (
            HeadingLabel(),
            MutedLabel(),
            MutedLabel(),
            MutedLabel(),
        )
        self._list = Listing("Gói vừa đọc")
        self._title.setWordWrap(True)
        self._notes: dict[str, str] = {}
        self._receive = Button("Nhận vào sổ", receive, "primary")
        self._more = Button("Lấy cả những tệp bị bỏ qua", take_more, "quiet")
        self._list.chosen.connect(lambda id: self._detail.setText(self._notes.get(id, "")))
        keys_inside(self, Qt.Key.Key_Escape, put_away)
        self._lay_out(Button("Bỏ, chưa nhận", put_away))

    def show_preview(self, preview: ArrivalsPreview) -> None:
        self._title.setText(f"Vừa đọc: {preview.words}")
        self._title.setAccessibleName(self._title.text())
        self._explanation.setText(preview.explanation)
        self._notes = {row.id: row.note for row in preview.rows}
        self._list.show_rows(COLUMNS, preview.rows, preview.rows[0].id)
        self._search.setText(preview.search)
        self._search.setVisible(bool(preview.search))
        self._more.setVisible(preview.can_take_more)
        self._receive.setEnabled(preview.can_receive)
        (self._receive if preview.can_receive else self._list).setFocus()

    def _lay_out(self, put_away: Button) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._explanation)
        head.addLayout(names, 1)
        head.addWidget(put_away)
        head.addWidget(self._receive)
        column.addLayout(head)
        searched = QHBoxLayout()
        searched.addWidget(self._search, 1)
        searched.addWidget(self._more)
        column.addLayout(searched)
        column.addWidget(self._list, 1)
        self._detail.setMinimumHeight(2 * self._detail.fontMetrics().lineSpacing())
        column.addWidget(self._detail)


class UnitPage(QWidget):
    def __init__(self, back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._note = HeadingLabel(), MutedLabel()
        self._list = Listing("Số liệu của đơn vị", wraps=True)
        keys_inside(self, Qt.Key.Key_Escape, back)
        names, head, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._note)
        head.addLayout(names, 1)
        head.addWidget(Button("Về danh sách đơn vị", back))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def show_unit(self, figures: UnitFigures) -> None:
        self._title.setText(figures.title)
        self._note.setText(figures.note)
        self._list.show_rows(FIGURE_COLUMNS, figures.rows)
        self._list.setFocus()


_WIDTH = 560
_HINT = "Số, ngày và chữ ký để trống cho văn thư. Chọn Word để sửa thêm trước khi ký."


def remind(over: QWidget, desk: Services, program: Application, frame: Shell, place: Location | None) -> None:
    """For the report at `place`; where all have sent, that is said instead."""
    if place is None:
        return
    dialog = RemindDialog(over, desk, program, frame, place)
    if dialog.presenter.status.missing:
        dialog.open()
    else:
        dialog.deleteLater()
        frame.toast("Không có đơn vị nào chưa gửi.")


class RemindDialog(QDialog):
    """Stays open when the letters are written, to open their folder or to write them otherwise."""

    def __init__(self, over: QWidget, desk: Services, program: Application, frame: Shell, place: Location) -> None:
        super().__init__(over.window())
        self.presenter = Reminding(self, desk, program, frame, place)
        self._how = ChoiceField(
            "Cách gửi", (("Mỗi đơn vị một công văn", False), ("Một công văn chung cho các đơn vị", True))
        )
        self._format = ChoiceField("Dạng tệp", (("Word", "docx"), ("PDF", "pdf")))
        self._words, self._folder = WrappedLabel(), Button("Mở thư mục", self.presenter.open_folder)
        self._close = Button("Thôi", self.reject)
        self.setWindowTitle("Công văn đôn đốc")
        self.setMinimumWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        self._lay_out()

    def show_written(self, words: str) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._words.show()
        self._folder.show()
        self._folder.setFocus()
        self._close.setText("Đóng")

    def _write(self) -> None:
        self.presenter.write(self._format.currentData(), merged=self._how.currentData())

    def _lay_out(self) -> None:
        column, fields, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(HeadingLabel(self.presenter.title))
        column.addWidget(MutedLabel(self.presenter.words))
        fields.setSpacing(12)
        fields.addWidget(labelled("&Cách gửi", self._how), 2)
        fields.addWidget(labelled("&Dạng tệp", self._format), 1)
        column.addLayout(fields)
        column.addWidget(MutedLabel(_HINT))
        column.addWidget(self._words)
        foot.addWidget(self._folder)
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(Button("Ghi vào thư mục…", self._write, "primary"))
        column.addLayout(foot)
        self._words.hide()
        self._folder.hide()
        self._how.setFocus()


_LEAST_LINES = 18  # of text, for the lists


class ReceivingView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__(
            "Tổng hợp",
            "Kéo thả gói báo cáo, tệp nén hoặc cả thư mục vào cửa sổ để nhận.",
        )
        self._frame = frame
        self._presenter = ReceivingPresenter(self, desk, program, frame)
        self._picker = ReportPicker()
        self._picker.chosen.connect(self._presenter.choose)
        self._figures = _FiguresCard()
        self._undo, self._other = Button("", self._presenter.undo), Button("", self._look_at_received)
        self._received: Location | None = None
        self._preview = ArrivalsPreviewPage(
            self._presenter.receive, self._presenter.put_away, self._presenter.take_more
        )
        self._unit = UnitPage(self._presenter.look_away)
        self._remind = partial(remind, self, desk, program, frame)
        self._units = UnitsTab(self._presenter, frame.toast, lambda: self._remind(Location.read(self._presenter.place)))
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

    def show_offered(self, offered: Sequence[ReportOnOffer], place: Location) -> None:
        self._picker.show_offered(offered, place)
        self.report = place
        self._frame.work_on(place)

    def show_figures(self, figures: RollCallFigures) -> None:
        self._figures.show_figures(figures)

    def show_units(self, columns: Sequence[ListColumnHead], rows: Sequence[ListRow], words: str) -> None:
        self._units.show_units(columns, rows, words)

    def show_results(self, rows: Sequence[ListRow]) -> None:
        self._results.show_results(rows)

    def show_batches(self, rows: Sequence[ListRow]) -> None:
        self._batches.show_batches(rows)

    def show_preview(self, preview: ArrivalsPreview | None) -> None:
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
        self._fit_corner()

    def show_received(self, place: Location | None) -> None:
        self._received = place
        self._other.setText(f"Xem {place.period.words}" if place else "")
        self._other.setVisible(place is not None)
        self._fit_corner()

    def _look_at_received(self) -> None:
        if self._received is not None:
            self._presenter.choose(self._received)

    def _fit_corner(self) -> None:
        self._corner.adjustSize()
        self._tabs.updateGeometry()

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
        self._corner = QWidget()
        corner = QHBoxLayout(self._corner)
        corner.setContentsMargins(0, 0, 0, 0)
        for button in (self._other, self._undo):
            corner.addWidget(button)
            button.hide()
        self._tabs.setCornerWidget(self._corner)
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

    def show_figures(self, figures: RollCallFigures) -> None:
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
        self._name, self._number, self._words = name, Label("–"), MutedLabel()
        self._number.setProperty("tone", "big")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (MutedLabel(name), self._number, self._words):
            column.addWidget(widget)
        column.addStretch(1)

    def say(self, number: str, words: str) -> None:
        self._number.setText(number)
        self._words.setText(words)
        self._number.setAccessibleName(f"{self._name}: {number} {words}")
