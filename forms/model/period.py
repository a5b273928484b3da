"""Reporting periods (kỳ báo cáo): 2025 · 2025-H1 · 2025-Q4 · 2025-11 · 2011..2020.

A period is a label and a basis; the window of days follows from both. Basis `calendar` is the plain calendar;
`nd09` is Điều 12 of Nghị định 09/2019/NĐ-CP: a period runs from the 15th of the month before to the 14th.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from forms.errors import InputRefused

FIRST_YEAR, LAST_YEAR = 2000, 2099
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_LABEL = re.compile(r"[0-9]{4}(?:-(?:Q[1-4]|H[12]|0[1-9]|1[0-2]))?|[0-9]{4}\.\.[0-9]{4}")


class Basis(StrEnum):
    """Which windows periods have: the calendar's, or those of Nghị định 09/2019/NĐ-CP."""

    CALENDAR = "calendar"
    ND09 = "nd09"


class PeriodKind(StrEnum):
    """How long a period is; a span is several years, both ends inside."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SPAN = "span"


@dataclass(frozen=True)
class Period:
    """`label` as written above; `first` and `last` are the days of its window, both inside."""

    label: str
    basis: Basis = Basis.CALENDAR

    def __hash__(self) -> int:
        """Of the label alone: an enum's own hash is slow, and the two bases of one period are seldom together."""
        return hash(self.label)

    @classmethod
    @lru_cache(maxsize=256)
    def parse(cls, label: str, basis: Basis = Basis.CALENDAR) -> Period:
        """Raises InputRefused PERIOD_UNKNOWN. Remembered: thousands of packages name the same few periods."""
        if found := _LABEL.fullmatch(label):
            years = [int(year) for year in re.findall("[0-9]{4}", found[0])]
            is_rising = len(years) == 1 or years[0] < years[1]
            if is_rising and all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
                return cls(label, basis)
        raise InputRefused(
            "PERIOD_UNKNOWN",
            f"Không hiểu kỳ báo cáo “{label[:20]}”. Ghi năm 2025, nửa năm 2025-H1, "
            "quý 2025-Q4, tháng 2025-11 hoặc giai đoạn 2011..2020.",
            label[:20],
        )

    @cached_property
    def kind(self) -> PeriodKind:
        if ".." in self.label:
            return PeriodKind.SPAN
        tail = self.label[4:]
        if not tail:
            return PeriodKind.YEAR
        return {"Q": PeriodKind.QUARTER, "H": PeriodKind.HALF}.get(tail[1], PeriodKind.MONTH)

    @property
    def years(self) -> tuple[int, ...]:
        """Of a span every year; of any other period its own."""
        first = int(self.label[:4]) if self.kind is PeriodKind.SPAN else self.year
        return tuple(range(first, self.year + 1))

    @property
    def year(self) -> int:
        """The year reported on; of a span, its last."""
        return int(self.label[-4:]) if self.kind is PeriodKind.SPAN else int(self.label[:4])

    @property
    def number(self) -> int:
        """Which month, quarter or half of the year; 0 for a year or span."""
        return int(self.label[5:].lstrip("QH")) if self.kind not in (PeriodKind.YEAR, PeriodKind.SPAN) else 0

    @cached_property
    def first(self) -> date:
        year = int(self.label[:4])
        start = date(year, self._first_month, 1)
        return start if self.basis is Basis.CALENDAR else _fifteenth_before(start)

    @cached_property
    def last(self) -> date:
        month = self._first_month + self._months - 1
        after = date(self.year + 1, 1, 1) if month == 12 else date(self.year, month + 1, 1)
        end = after if self.basis is Basis.CALENDAR else _fifteenth_before(after)
        return end - timedelta(days=1)

    @property
    def words(self) -> str:
        """As it is read in a title: quý IV năm 2025."""
        year = f"năm {self.year}"
        match self.kind:
            case PeriodKind.MONTH:
                return f"tháng {self.number} {year}"
            case PeriodKind.QUARTER:
                return f"quý {_ROMAN[self.number]} {year}"
            case PeriodKind.HALF:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} {year}"
            case PeriodKind.YEAR:
                return year
        return f"giai đoạn {self.label.replace('..', '-')}"

    @property
    def window_words(self) -> str:
        return f"từ ngày {self.first:%d/%m/%Y} đến ngày {self.last:%d/%m/%Y}"

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def previous(self) -> Period:
        """The period of the same kind just before; of a span, the span of the same length before."""
        if self.kind is PeriodKind.SPAN:
            first, last = int(self.label[:4]), int(self.label[-4:])
            length = last - first + 1
            return Period(f"{first - length}..{first - 1}", self.basis)
        middle = self.first + (self.last - self.first) / 2
        return containing(middle - timedelta(days=_DAYS[self.kind]), self.kind, self.basis)

    # The same few periods are asked for with every report: each is made, and its days worked out, once.
    @lru_cache(maxsize=512)  # noqa: B019 - few, and small
    def quarters(self) -> tuple[Period, ...]:
        """The four quarters of a year."""
        return tuple(Period(f"{self.year}-Q{number}", self.basis) for number in (1, 2, 3, 4))

    @lru_cache(maxsize=512)  # noqa: B019
    def months(self) -> tuple[Period, ...]:
        """The months of a quarter, half or year, one by one; of a month itself."""
        first = self._first_month
        return tuple(Period(f"{self.year}-{month:02d}", self.basis) for month in range(first, first + self._months))

    @property
    def _months(self) -> int:
        return _MONTHS.get(self.kind, 12)

    @property
    def _first_month(self) -> int:
        return (self.number - 1) * self._months + 1 if self.number else 1


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6}
_DAYS = {PeriodKind.MONTH: 30, PeriodKind.QUARTER: 91, PeriodKind.HALF: 182, PeriodKind.YEAR: 365}


def containing(day: date, kind: PeriodKind, basis: Basis = Basis.CALENDAR) -> Period:
    """The period of this kind (month … year) whose window holds the day."""
    shifted = day
    if basis is Basis.ND09 and day.day >= 15:
        shifted = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    month = shifted.month
    tail = {
        PeriodKind.MONTH: f"-{month:02d}",
        PeriodKind.QUARTER: f"-Q{(month + 2) // 3}",
        PeriodKind.HALF: f"-H{1 if month <= 6 else 2}",
        PeriodKind.YEAR: "",
    }[kind]
    return Period(f"{shifted.year:04d}{tail}", basis)


def _fifteenth_before(first_of_month: date) -> date:
    return (first_of_month - timedelta(days=1)).replace(day=15)
