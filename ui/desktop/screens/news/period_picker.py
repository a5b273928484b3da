"""Year, part of it and basis: any month, quarter or year under the calendar or NĐ 09."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.periods import Basis, Period
from ui.desktop import calendar
from ui.desktop.screens.news.board import BASIS_TITLES
from ui.desktop.widgets.fields import Choice
from ui.desktop.widgets.plain import set_tip

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
        self._parts = Choice("Tháng, quý", _PARTS)
        self._years = Choice("Năm")
        self._bases = Choice("Cách tính kỳ", tuple((title, basis) for basis, title in BASIS_TITLES.items()))
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
        set_tip(self, f"{calendar.capitalised(period.words)}: {period.window_words}")

    def _tell(self) -> None:
        basis: Basis = self._bases.currentData()
        self.chosen.emit(Period(f"{self._years.currentData()}{self._parts.currentData()}", basis))
