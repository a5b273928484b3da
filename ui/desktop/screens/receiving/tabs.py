"""The lists of a period: units, indicators, batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.rows import Column, Row
from ui.desktop.screens.receiving.presenter import BATCH_COLUMNS, ReceivingPresenter
from ui.desktop.screens.receiving.roll import FILTERS, RESULT_COLUMNS
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Line
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Muted


class Tab(QWidget):
    """A line of tools above a list."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing
        self.tools = QHBoxLayout()
        self.tools.setSpacing(10)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 12, 0, 0)
        self.column.setSpacing(10)
        self.column.addLayout(self.tools)

    def end_with_list(self) -> None:
        """Called last, so that Tab visits the tools first."""
        self.column.addWidget(self.listing, 1)


class UnitsTab(Tab):
    """Who has sent and who has not."""

    def __init__(
        self, presenter: ReceivingPresenter, toast: Callable[[str], object], remind: Callable[[], object]
    ) -> None:
        super().__init__(Listing("Danh sách đơn vị"))
        self._presenter, self._toast = presenter, toast
        self._query = Line("Tìm đơn vị", "Tìm không cần gõ dấu (Ctrl+F)")
        self._query.setMinimumWidth(4 * self._query.fontMetrics().height())
        self._of = Choice("Hiện đơn vị", tuple((words, key) for key, words in FILTERS.items()))
        self._shown = Muted()
        self._shown.setWordWrap(False)
        self._query.textChanged.connect(self._narrow)
        self._of.activated.connect(self._narrow)
        self.listing.opened.connect(presenter.look_at)
        self.listing.setAccessibleDescription("Enter xem số liệu đơn vị đã gửi")
        QShortcut(QKeySequence.StandardKey.Find, self, self._query.setFocus)
        self.tools.addWidget(self._query, 1)
        self.tools.addWidget(self._of)
        self.tools.addStretch(1)
        self.tools.addWidget(self._shown)
        self.tools.addWidget(Button("Chép tên đơn vị chưa gửi", self._copy, "quiet"))
        self.tools.addWidget(Button("Công văn đôn đốc…", remind, "quiet"))
        self.end_with_list()

    def show_units(self, columns: Sequence[Column], rows: Sequence[Row], words: str) -> None:
        self.listing.show_rows(columns, rows)
        self._shown.setText(words)

    def _narrow(self) -> None:
        self._presenter.narrow(self._query.text(), self._of.currentData())

    def _copy(self) -> None:
        names = self._presenter.missing_names()
        QGuiApplication.clipboard().setText(names)
        self._toast("Đã chép danh sách đơn vị chưa gửi." if names else "Không có đơn vị nào chưa gửi.")


class ResultsTab(Tab):
    """The indicators of the period."""

    def __init__(self, print_wanted: Callable[[], object]) -> None:
        super().__init__(Listing("Bảng tổng hợp", wraps=True))
        note = Muted(
            "Chỉ cộng số liệu của đơn vị đã gửi; đơn vị chưa gửi không tính là 0. Tỷ lệ tính lại từ số đã cộng."
        )
        self.tools.addWidget(note, 1)
        self.tools.addWidget(Button("Xem báo cáo in", print_wanted, "quiet"))
        self.end_with_list()

    def show_results(self, rows: Sequence[Row]) -> None:
        self.listing.show_rows(RESULT_COLUMNS, rows)


class BatchesTab(Tab):
    """Every act of receiving, and the way to take one back."""

    def __init__(self, undo: Callable[[str], object]) -> None:
        super().__init__(Listing("Đợt nhận"))
        self._undo = Button("Hoàn tác đợt đang chọn…", lambda: undo(self.listing.chosen_id), "danger")
        self._undo.setEnabled(False)
        self.listing.chosen.connect(lambda id: self._undo.setEnabled(bool(id)))
        self.tools.addWidget(Muted("Mỗi lần nhận là một đợt: vào sổ cả đợt, lấy ra cũng cả đợt."), 1)
        self.tools.addWidget(self._undo)
        self.end_with_list()

    def show_batches(self, rows: Sequence[Row]) -> None:
        self.listing.show_rows(BATCH_COLUMNS, rows)
        self._undo.setEnabled(bool(self.listing.chosen_id))
