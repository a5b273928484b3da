"""A column of days that an Excel of another country half understood.

Typed “1/10/2026” into an Excel with US settings becomes the real date 10 January; “13/10/2026” is no date there and stays
text. So a column that mixes real dates and text, or whose real dates would lie in the period only with day and month
exchanged, has two readings: a person says which one it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forms.errors import InputRefused
from forms.model.period import Period
from forms.workbooks.sheets import Plain, PlainKind, Sheet, address

_LISTED = 4  # days shown of each reading


class RealDays(StrEnum):
    """How the days are read that the spreadsheet itself took for dates."""

    ASK = "ask"  # as they stand, unless there is a second reading
    KEPT = "kept"
    EXCHANGED = "exchanged"


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """The days of a column as they stand and with day and month of the real dates exchanged; `texts` were typed as text."""

    kept: tuple[date, ...]
    exchanged: tuple[date, ...]
    texts: tuple[date, ...]

    def question(self, period: Period | None) -> str:
        """Both readings, for the person who has to say."""
        texts = f" và {len(self.texts)} ngày gõ thành chữ" if self.texts else ""
        return (
            f"Cột này có {len(self.kept)} ngày thật của bảng tính{texts}, hiểu được hai cách: Excel đặt theo kiểu Mỹ đổi "
            f"“1/10/2026” thành ngày 10 tháng 1 và để “13/10/2026” là chữ. Như đang thấy: {self._told(self.kept, period)}. "
            f"Đổi ngày với tháng: {self._told(self.exchanged, period)}."
        )

    def _told(self, days: tuple[date, ...], period: Period | None) -> str:
        listed = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_LISTED]) + ", …" * (len(days) > _LISTED)
        if period is None:
            return listed
        inside = sum(map(period.holds, (*days, *self.texts)))
        return f"{listed} – {inside}/{len(days) + len(self.texts)} ngày thuộc {period.words}"


def exchanged(day: date) -> date:
    """With day and month exchanged, where that is a day too."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day


def is_real(plain: Plain) -> bool:
    """The spreadsheet took it for a date, or for its number; not text."""
    return plain.kind in (PlainKind.DATE, PlainKind.NUMBER)


def two_readings(
    sheet: Sheet, column: int | None, rows: Iterable[int], read: Callable[[Plain], date], period: Period | None
) -> tuple[str, str] | None:
    """Where the column of days stands and both of its readings in words; None where it can be read in one way only.
    `read` raises InputRefused for what is no day; `period`: where the days belong, if they do."""
    if column is None:
        return None
    days: dict[int, tuple[Plain, date]] = {}
    for row in rows:
        plain = sheet.at(row, column)
        with suppress(InputRefused):  # told with its line
            if plain is not None:
                days[row] = plain, read(plain)
    found = _compared(days.values(), period)
    if found is None:
        return None
    return f"{sheet.where(min(days), column)}:{address(max(days), column)}", found.question(period)


def _compared(cells: Iterable[tuple[Plain, date]], period: Period | None) -> TwoReadings | None:
    listed = tuple(cells)
    real = tuple(day for plain, day in listed if is_real(plain))
    texts = tuple(day for plain, day in listed if not is_real(plain))
    turned = tuple(map(exchanged, real))
    if turned == real:
        return None
    if texts or (period is not None and _inside(turned, period) > _inside(real, period)):
        return TwoReadings(real, turned, texts)
    return None


def _inside(days: Sequence[date], period: Period) -> int:
    return sum(map(period.holds, days))
