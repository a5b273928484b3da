"""The column left of the grid: the report's parts with their completeness, and the day the figures stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from forms.report import Report, ReportState
from ui.desktop import theme
from ui.desktop.screens.entry.presenter import Part
from ui.desktop.widgets.fields import DateLine, labelled
from ui.desktop.widgets.icons import icon

_WIDTH, _LINE, _WIDEST = 232, 17, 280  # the width where a line of text is as high as this, and where it ends


class Side(QWidget):
    """`choose(number)` for a part, `dated(text, estimate)` for the day."""

    def __init__(self, choose: Callable[[int], None], dated: Callable[[str, bool], None]) -> None:
        super().__init__()
        look = theme.current()
        self._icons = {
            "wrong": icon("error", look.error),
            "done": icon("done", look.good),
            "open": icon("entry", look.disabled),
        }
        self._dated, self._shown = dated, ("", False)
        self._parts, self._day = QListWidget(), DateLine("Số liệu tính đến ngày")
        self._estimate = QCheckBox("Ước thực hiện cả kỳ")
        self.setFixedWidth(min(max(_WIDTH, _WIDTH * self.fontMetrics().height() // _LINE), _WIDEST))
        self._lay_out()
        self._parts.currentRowChanged.connect(lambda row: choose(row) if row >= 0 else None)
        self._day.editingFinished.connect(self._tell)
        self._estimate.toggled.connect(self._tell)

    def show_parts(self, parts: Sequence[Part], chosen: int) -> None:
        self._parts.blockSignals(True)
        while self._parts.count() > len(parts):
            self._parts.takeItem(self._parts.count() - 1)
        for number, part in enumerate(parts):
            if number == self._parts.count():
                self._parts.addItem(QListWidgetItem())
            item = self._parts.item(number)
            item.setText(
                f"{part.title}\n{part.done}/{part.total} {part.noun}{f' · {part.wrong} cần xử lý' if part.wrong else ''}"
            )
            item.setIcon(self._icons["wrong" if part.wrong else "done" if part.done == part.total else "open"])
        self._parts.setCurrentRow(chosen)
        self._parts.blockSignals(False)

    def show_report(self, report: Report) -> None:
        self._shown = (f"{report.as_of:%d/%m/%Y}" if report.as_of else "", report.estimate)
        self._estimate.blockSignals(True)
        self._estimate.setChecked(report.estimate)
        self._estimate.blockSignals(False)
        if not self._day.hasFocus():
            self._day.setText(self._shown[0])
        for field in (self._day, self._estimate):
            field.setEnabled(report.state is ReportState.DRAFT)

    def _tell(self) -> None:
        now = (self._day.text(), self._estimate.isChecked())
        if now != self._shown:
            self._shown = now
            self._dated(*now)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._parts.setAccessibleName("Các phần của báo cáo")
        self._parts.setWordWrap(True)
        self._parts.setStyleSheet("QListWidget::item { padding: 4px 8px; }")
        self._parts.setIconSize(QSize(18, 18))
        self._parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts.setSpacing(1)
        column.addWidget(self._parts, 1)
        column.addWidget(labelled("Số liệu tính đến n&gày", self._day))
        column.addWidget(self._estimate)
