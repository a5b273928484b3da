"""A column of days that an Excel of another country half understood.

Typed “1/10/2026” into an Excel with US settings becomes the real date 10 January; “13/10/2026” is no date there and stays
text. So a column that mixes real dates and text, or whose real dates would lie in the period only with day and month
exchanged, has two readings: a person says which one it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
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
    real = [day for plain, day in days.values() if is_real(plain)]
    texts = [day for plain, day in days.values() if not is_real(plain)]
    turned = [exchanged(day) for day in real]
    fits_better = period is not None and sum(map(period.holds, turned)) > sum(map(period.holds, real))
    if turned == real or not (texts or fits_better):
        return None
    question = _question(real, turned, texts, period)
    return f"{sheet.where(min(days), column)}:{address(max(days), column)}", question


def _question(real: Sequence[date], turned: Sequence[date], texts: Sequence[date], period: Period | None) -> str:
    """Both readings, for the person who has to say; `texts` are days typed as text, which have one reading."""

    def told(days: Sequence[date]) -> str:
        listed = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_LISTED]) + ", …" * (len(days) > _LISTED)
        if period is None:
            return listed
        inside = sum(map(period.holds, (*days, *texts)))
        return f"{listed} – {inside}/{len(days) + len(texts)} ngày thuộc {period.words}"

    typed = f" và {len(texts)} ngày gõ thành chữ" if texts else ""
    return (
        f"Cột này có {len(real)} ngày thật của bảng tính{typed}, hiểu được hai cách: Excel đặt theo kiểu Mỹ đổi “1/10/2026” "
        f"thành ngày 10 tháng 1 và để “13/10/2026” là chữ. Như đang thấy: {told(real)}. Đổi ngày với tháng: {told(turned)}."
    )
