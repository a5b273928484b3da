"""The column left of the grid: the report's parts with their completeness, and the day the figures stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from forms.completeness import Part, PartKind
from forms.report import Report, ReportState
from ui.desktop import theme
from ui.desktop.screens.entry.table.wrapping import wrapped
from ui.desktop.widgets.fields import DateLine, labelled
from ui.desktop.widgets.icons import icon
from ui.desktop.widgets.plain import set_tip
from ui.desktop.widgets.text import set_tone

_WIDTH, _LINE, _WIDEST = 206, 17, 280  # the width where a line of text is as high as this, and where it ends
_AROUND, _MOST_LINES = 48, 4  # what the list leaves around its words, a scroll bar with it
_NOUNS = {
    PartKind.FIGURES: "ô",
    PartKind.TASKS: "nhiệm vụ",
    PartKind.NEWS: "tin, bài",
    PartKind.TEXTS: "mục",
    PartKind.NOMINATIONS: "đề nghị",
}


class Side(QWidget):
    """`choose(number)` for a part, `dated(text, estimate)` for the day. Walking by arrows shows a section of figures at
    once; what has a screen of its own is opened by Enter or a click."""

    def __init__(self, choose: Callable[[int], None], dated: Callable[[str, bool], None]) -> None:
        super().__init__()
        look = theme.current()
        self._icons = {
            "wrong": icon("error", look.error),
            "done": icon("done", look.good),
            "open": icon("entry", look.disabled),
        }
        self._choose, self._dated, self._shown = choose, dated, ("", False)
        self._kinds: list[PartKind] = []
        self._parts, self._day = QListWidget(), DateLine("Số liệu tính đến ngày")
        self._estimate = QCheckBox("Ước thực hiện cả kỳ")
        self.setFixedWidth(min(max(_WIDTH, _WIDTH * self.fontMetrics().height() // _LINE), _WIDEST))
        self._lay_out()
        self._parts.currentRowChanged.connect(self._walked)
        self._parts.itemActivated.connect(self._opened)
        self._parts.itemClicked.connect(self._opened)
        self._day.editingFinished.connect(self._tell)
        self._estimate.toggled.connect(self._tell)

    def show_parts(self, parts: Sequence[Part], chosen: int) -> None:
        self._kinds = [part.kind for part in parts]
        self._parts.blockSignals(True)
        while self._parts.count() > len(parts):
            self._parts.takeItem(self._parts.count() - 1)
        for number, part in enumerate(parts):
            if number == self._parts.count():
                self._parts.addItem(QListWidgetItem())
            item = self._parts.item(number)
            item.setText("\n".join((*self._lines(_titled(part)), *self._lines(_told(part)))))
            set_tip(item, _titled(part))
            item.setIcon(self._icons["wrong" if part.wrong else "done" if _is_done(part) else "open"])
        self._parts.setCurrentRow(chosen)
        self._parts.blockSignals(False)

    def show_report(self, report: Report, refused: str | None = None) -> None:
        """`refused`: a day that was typed and could not be read; it stays to be put right."""
        day = f"{report.as_of:%d/%m/%Y}" if report.as_of else ""
        self._shown = (day if refused is None else refused, report.estimate)
        set_tone(self._day, "wrong", "false" if refused is None else "true")
        self._estimate.blockSignals(True)
        self._estimate.setChecked(report.estimate)
        self._estimate.blockSignals(False)
        if not self._day.hasFocus():
            self._day.setText(self._shown[0])
        for field in (self._day, self._estimate):
            field.setEnabled(report.state is ReportState.DRAFT)

    def _lines(self, title: str) -> tuple[str, ...]:
        """Qt guesses the height of words that it wraps itself too low."""
        room = self.width() - self._parts.iconSize().width() - _AROUND
        return wrapped(title, self._parts.font(), room, _MOST_LINES)

    def _walked(self, row: int) -> None:
        if 0 <= row < len(self._kinds) and self._kinds[row] is PartKind.FIGURES:
            self._choose(row)

    def _opened(self, item: QListWidgetItem) -> None:
        row = self._parts.row(item)
        if self._kinds[row] is not PartKind.FIGURES:
            self._choose(row)

    def _tell(self) -> None:
        now = (self._day.text(), self._estimate.isChecked())
        if now != self._shown:
            self._shown = now
            self._dated(*now)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._parts.setAccessibleName("Các phần của báo cáo")
        self._parts.setStyleSheet("QListWidget::item { padding: 4px 6px; }")
        self._parts.setIconSize(QSize(18, 18))
        self._parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts.setSpacing(1)
        column.addWidget(self._parts, 1)
        column.addWidget(labelled("Số liệu tính đến n&gày", self._day))
        column.addWidget(self._estimate)


def _titled(part: Part) -> str:
    return f"{part.section}. {part.title}" if part.section else f"{part.title} ›"


def _told(part: Part) -> str:
    noun = _NOUNS[part.kind]
    given = f"{part.more} {noun}" if part.more else "không bắt buộc"
    said = f"{part.done}/{part.total} {noun}" if part.total else given
    if part.wrong:
        return f"{said} · {part.wrong} cần xử lý"
    return f"{said} · thêm {part.more}" if part.total and part.more else said


def _is_done(part: Part) -> bool:
    """A part of which nothing is asked is not ticked off while it is empty."""
    return part.is_done and bool(part.total or part.more)
