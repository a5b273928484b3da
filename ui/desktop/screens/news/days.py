"""The day of an item as it is typed in a hurry: `5`, `5/10`, `05/10/2025`, `+1`, `hn` (today), `hq` (yesterday). No Qt."""

from __future__ import annotations

import re
from datetime import date, timedelta

from forms.errors import InputRefused
from forms.periods import Period
from ui.desktop import calendar

HELP = "5 · 5/10 · 05/10/2025 · +1 (ngày sau) · hn (hôm nay) · hq (hôm qua)"
_SHORT = re.compile(r"([0-9]{1,2})(?:[/.-]([0-9]{1,2}))?")
_STEP = re.compile(r"([+-])([0-9]{1,3})")
_SPOKEN = {"hn": 0, "hq": 1}  # days before today
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def read_day(text: str, last: date, period: Period, today: date) -> date | None:
    """`last`: the day that what is not typed is taken from, unless it then falls outside the period that is shown and
    another month or year does not. None when empty. Raises InputRefused DATE_UNREADABLE."""
    plain = text.strip().lower()
    if plain in _SPOKEN:
        return today - timedelta(days=_SPOKEN[plain])
    if step := _STEP.fullmatch(plain):
        return last + timedelta(days=int(f"{step[1]}{step[2]}"))
    short = _SHORT.fullmatch(plain)
    if short is None or not plain.isascii():
        return calendar.read_day(text)
    found = [day for month in _months(last, period, short[2]) if (day := _day(*month, int(short[1])))]
    if not found:
        return calendar.read_day(text)  # which says what is wrong with it
    return next((day for day in found if period.holds(day)), found[0])


def day_words(day: date) -> str:
    """How a day was understood: Thứ Hai, 05/10/2025."""
    return f"{_WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def _months(last: date, period: Period, typed: str | None) -> list[tuple[int, int]]:
    """(year, month) that may be meant, the likeliest first."""
    years = dict.fromkeys((last.year, period.last.year, period.first.year))
    if typed:
        return [(year, int(typed)) for year in years]
    touched = [(month.year, month.month) for month in (period.first, period.last)]
    return list(dict.fromkeys([(last.year, last.month), *_inside(period), *touched]))


def _inside(period: Period) -> list[tuple[int, int]]:
    """The period's months, the last one first."""
    return [(month.last.year, month.last.month) for month in reversed(period.months())]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_or_none(text: str, last: date, period: Period, today: date) -> date | None:
    """While it is still typed: None for what cannot be read yet."""
    try:
        return read_day(text, last, period, today)
    except (InputRefused, OverflowError):
        return None
