"""Which cell of the form stands where in a foreign workbook: a list of cells, and beside it rows and columns to point at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from forms.report import Report
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.importing.cells_presenter import COLUMNS, CellsPresenter, Pointing
from ui.desktop.screens.importing.choosing import refill, wide_choice
from ui.desktop.screens.importing.keep_bar import KeepBar
from ui.desktop.screens.importing.presenter import ImportPresenter, Source
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import labelled
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted, Problem

_SIDE = 330
_NOWHERE = ("chưa chọn", None)
_NOT_CHOSEN = ("chọn một chỗ…", None)


class CellsPage(QWidget):
    def __init__(self, desk: Desk, frame: Frame, importing: ImportPresenter, leave: Callable[[], object]) -> None:
        super().__init__()
        self._presenter = CellsPresenter(self, desk, frame, importing)
        self._file, self._words, self._problem = Muted(), Muted(), Problem()
        self._list, self._news = Listing("Các ô của biểu", wraps=True), QCheckBox()
        self._sheet, self._head, self._row, self._column = (
            wide_choice("Sheet"),
            wide_choice("Dòng tiêu đề cột"),
            wide_choice("Dòng"),
            wide_choice("Cột"),
        )
        self._why, self._offers = Muted(), wide_choice("Chỗ có thể là")
        self._offers.view().setMinimumWidth(2 * _SIDE)  # a candidate is chosen by its whole line
        self._offers_line = labelled("&Chỗ có thể là", self._offers)
        self._clear = Button("Bảng tính không có ô này", self._presenter.clear, "quiet")
        self._keep = KeepBar(self._presenter.choose, self._presenter.drop, self._presenter.go, importing.back, leave)
        self._connect()
        self._lay_out()

    def begin(self, report: Report, source: Source, mapping: str) -> None:
        self._file.setText(f"{source.path.name} → biểu {report.form.number}, {report.period.words}")
        self._presenter.begin(report, source, mapping)
        if self._presenter.knows_any:
            self._keep.stand()
        else:
            self._list.setFocus()

    def show_saved(self, names: Sequence[str], chosen: str, name: str, news: str) -> None:
        self._keep.show_saved(names, chosen, name)
        self._news.setText(f"Nhập cả danh mục tin, bài ở {news}")
        self._news.setVisible(bool(news))
        self._news.setChecked(bool(news))

    def show_cells(self, rows: Sequence[Row], words: str, chosen: str) -> None:
        self._words.setText(words)
        self._list.blockSignals(True)
        self._list.show_rows(COLUMNS, rows, chosen)
        self._list.blockSignals(False)

    def show_pointing(self, pointing: Pointing) -> None:
        at = pointing.at
        refill(self._sheet, pointing.sheets, at.sheet)
        refill(self._head, pointing.rows, at.head)
        refill(self._row, (_NOWHERE, *pointing.rows), at.row)
        refill(self._column, (_NOWHERE, *pointing.columns), at.column)
        self._clear.setEnabled(at.row is not None)
        self._why.setText(pointing.why)
        refill(self._offers, (_NOT_CHOSEN, *pointing.offers), pointing.picked)
        for one in (self._why, self._offers_line):
            one.setVisible(bool(pointing.offers))

    def show_problem(self, text: str) -> None:
        self._problem.say(text)

    def _point(self) -> None:
        row, column = self._row.currentData(), self._column.currentData()
        if row is not None and column is not None:
            self._presenter.point(row, column)
        elif self._clear.isEnabled():
            self._presenter.clear()

    def _pick(self) -> None:
        number = self._offers.currentData()
        if number is not None:
            self._presenter.pick(number)

    def _connect(self) -> None:
        self._offers.activated.connect(lambda _: self._pick())
        self._list.chosen.connect(self._presenter.stand)
        self._list.opened.connect(lambda _: (self._offers if self._offers.isVisible() else self._row).setFocus())
        self._sheet.activated.connect(lambda _: self._presenter.turn(self._sheet.currentData()))
        self._head.activated.connect(lambda _: self._presenter.head(self._head.currentData()))
        for one in (self._row, self._column):
            one.activated.connect(lambda _: self._point())
        self._news.clicked.connect(self._presenter.with_news)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (
            self._file,
            Heading("Bảng tính này không phải mẫu của phần mềm: số nào nằm ở đâu?"),
            self._words,
        ):
            column.addWidget(widget)
        side = Card()
        side.setFixedWidth(_SIDE)
        self._why.setWordWrap(True)
        side.column.addWidget(Heading("Ô đang chọn nằm ở"))
        side.column.addWidget(self._why)
        side.column.addWidget(self._offers_line)
        for words, field in (
            ("&Sheet", self._sheet),
            ("&Dòng", self._row),
            ("&Cột", self._column),
            ("&Tiêu đề các cột ở dòng", self._head),
        ):
            side.column.addWidget(labelled(words, field))
        side.column.addWidget(self._clear)
        side.column.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self._list, 1)
        both.addWidget(side)
        column.addLayout(both, 1)
        below: tuple[QWidget, ...] = (self._news, self._problem, self._keep)
        for one in below:
            column.addWidget(one)
