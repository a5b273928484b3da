"""News without a list: only totals, and the choice of a period.

Totals without a list: months across, counts down. Enter goes on; what was typed is kept when its place is left.

Year, part of it and basis: any month, quarter or year under the calendar or NĐ 09.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from forms.model.period import Basis, Period
from forms.services import reports_on_offer
from ui.desktop.news.presenter import BASIS_TITLES
from ui.desktop.news.totals_presenter import Totals, TotalsPlace, TotalsPresenter
from ui.desktop.undo import left_to_stack
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, LineField
from ui.desktop.widgets.text import HeadingLabel, Label, MutedLabel, ProblemLabel, WrappedLabel, set_tip, set_tone

_FIELD_WIDTH, _TITLE_WIDTH = 104, 400
_EXPLAINED = (
    "Sổ chưa có tin, bài nào của kỳ này nên được gõ thẳng số tổng; báo cáo sẽ ghi “không có danh mục”. "
    "Số được cất vào biểu của kỳ. Khi ghi từng tin, bài thì các số này tính theo danh mục."
)
_KEYS = "Gõ số rồi Enter · “-” không phát sinh · “x” không áp dụng · “.” không thu thập"


class TotalsTable(Card):
    """`go_on` leads to where the whole report is filled."""

    def __init__(self, go_on: Callable[[], object]) -> None:
        super().__init__()
        self.presenter: TotalsPresenter
        self._heading, self._problem = HeadingLabel(), ProblemLabel()
        self._wrong, self._fields = WrappedLabel(), dict[str, LineField]()
        self._refused: set[str] = set()  # the cells in which something stands that was not taken
        self._shape: tuple[object, ...] = ()
        self._sums: dict[tuple[int, int], Label] = {}
        self._scroll, self._place = Scrolling(), QVBoxLayout()
        self._wrong.setProperty("tone", "warning")
        keys = MutedLabel(_KEYS)
        keys.setProperty("tone", "small")
        self._go_on = Button("Kiểm tra và gửi báo cáo…", go_on)
        foot = QHBoxLayout()
        foot.addWidget(keys, 1)
        foot.addWidget(self._go_on)
        self._scroll.column.addLayout(self._place)
        self._scroll.column.addStretch(1)
        for widget in (self._heading, MutedLabel(_EXPLAINED), self._scroll, self._problem, self._wrong):
            self.column.addWidget(widget)
        self.column.addLayout(foot)
        self._scroll.setStyleSheet(
            "QScrollArea#plain, QScrollArea#plain > QWidget > QWidget { background: transparent; }"
        )

    def show_totals(self, totals: Totals) -> None:
        shape = (totals.title, totals.heads, tuple((n, t, tuple(s.cell for s in spots)) for n, t, spots in totals.rows))
        if shape != self._shape:
            self._shape = shape
            self._build(totals)
        self._heading.setText(totals.title)
        self._refused = {spot.cell for _, _, spots in totals.rows for spot in spots if spot.wrong}
        for row, (_, _, spots) in enumerate(totals.rows):
            for column, spot in enumerate(spots):
                if spot.cell:
                    self._fields[spot.cell].setText(spot.text)
                    set_tone(self._fields[spot.cell], "wrong", "true" if spot.wrong else "false")
                elif label := self._sums.get((row, column)):
                    label.setText(spot.text)
        self._wrong.setText("\n".join(totals.wrong))
        self._wrong.setVisible(bool(totals.wrong))

    def show_problem(self, cell: str, words: str) -> None:
        self._problem.say(words)
        for name, field in self._fields.items():
            is_wrong = name in self._refused or (bool(words) and name == cell)
            set_tone(field, "wrong", "true" if is_wrong else "false")
        if words and cell in self._fields:
            self._fields[cell].setFocus()

    def begin(self) -> None:
        next(iter(self._fields.values()), self._go_on).setFocus()

    def keep(self) -> None:
        """A place that is still open is left by taking the focus away."""
        if any(field.hasFocus() for field in self._fields.values()):
            self._go_on.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, LineField):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                self._step(watched, -1 if back else steps[event.key()])
                return True
        return left_to_stack(watched, event) or super().eventFilter(watched, event)

    def _step(self, here: LineField, by: int) -> None:
        fields = list(self._fields.values())
        to = fields.index(here) + by
        if 0 <= to < len(fields):
            fields[to].setFocus(Qt.FocusReason.TabFocusReason)
        elif to > 0:
            self._go_on.setFocus()

    def _left(self, cell: str) -> None:
        field = self._fields[cell]
        if field.isModified():
            field.setModified(False)
            self.presenter.put(cell, field.text())

    def _build(self, totals: Totals) -> None:
        while item := self._place.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._fields, self._sums = {}, {}
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(1, _TITLE_WIDTH)
        grid.setColumnStretch(len(totals.heads) + 2, 1)
        for column, head in enumerate(totals.heads, 2):
            label = Label(head)
            label.setProperty("tone", "small")
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, 0, column)
        for row, (number, title, spots) in enumerate(totals.rows):
            grid.addWidget(Label(number), row + 1, 0)
            grid.addWidget(WrappedLabel(title), row + 1, 1)
            for column, spot in enumerate(spots):
                grid.addWidget(self._spot(row, column, spot), row + 1, column + 2)
        self._place.addWidget(table)

    def _spot(self, row: int, column: int, spot: TotalsPlace) -> QWidget:
        if not spot.cell:
            label = self._sums[row, column] = Label()
            label.setProperty("tone", "label")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            return label
        field = self._fields[spot.cell] = LineField(spot.label)
        field.setFixedWidth(_FIELD_WIDTH)
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.installEventFilter(self)
        field.editingFinished.connect(lambda cell=spot.cell: self._left(cell))
        return field


_ROMAN = ("I", "II", "III", "IV")
_PARTS = (
    ("Cả năm", ""),
    ("6 tháng đầu năm", "-H1"),
    ("6 tháng cuối năm", "-H2"),
    *((f"Quý {roman}", f"-Q{n}") for n, roman in enumerate(_ROMAN, 1)),
    *((f"Tháng {n}", f"-{n:02d}") for n in range(1, 13)),
)


class PeriodPicker(QWidget):
    """`chosen` brings the Period that a person picked; what `show_period` shows is not told."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._parts = ChoiceField("Tháng, quý", _PARTS)
        self._years = ChoiceField("Năm")
        self._bases = ChoiceField("Cách tính kỳ", tuple((title, basis) for basis, title in BASIS_TITLES.items()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for choice in (self._parts, self._years, self._bases):
            row.addWidget(choice)
            choice.activated.connect(self._tell)

    def show_period(self, years: Sequence[int], period: Period) -> None:
        for choice in (self._parts, self._years, self._bases):
            choice.blockSignals(True)
        self._years.clear()
        for year in years:
            self._years.addItem(f"Năm {year}", year)
        self._years.choose(period.year)
        self._parts.choose(period.label[4:])
        self._bases.choose(period.basis)
        for choice in (self._parts, self._years, self._bases):
            choice.blockSignals(False)
        set_tip(self, f"{reports_on_offer.capitalised(period.words)}: {period.window_words}")

    def _tell(self) -> None:
        basis: Basis = self._bases.currentData()
        self.chosen.emit(Period(f"{self._years.currentData()}{self._parts.currentData()}", basis))
