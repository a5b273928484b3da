"""Which periods a programme asks for, seen from today; days as people type and read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from forms.errors import InputRefused
from forms.periods import Basis, Period, PeriodKind, containing
from forms.programme import Programme

_ABOUT_TO_END = timedelta(days=20)  # reports are prepared before the last day


def current(programme: Programme, kind: PeriodKind, today: date, basis: Basis = Basis.CALENDAR) -> Period:
    """The period of this kind that holds today; before or after the programme's years, its nearest one."""
    first, last = date(programme.first_year, 1, 1), date(programme.last_year, 12, 31)
    found = containing(min(max(today, first), last), kind, basis)
    return found if found.year <= programme.last_year else found.previous()


def is_over(programme: Programme, today: date) -> bool:
    return today.year > programme.last_year


def choices(programme: Programme, kind: PeriodKind, today: date, basis: Basis = Basis.CALENDAR) -> tuple[Period, ...]:
    """What a period picker offers, newest first: from the programme's first year to the current period."""
    found = [current(programme, kind, today, basis)]
    while (earlier := found[-1].previous()).year >= programme.first_year:
        found.append(earlier)
    return tuple(found)


def kinds(programme: Programme) -> tuple[PeriodKind, ...]:
    """The kinds of period that come again and again and that the programme has forms for, shorter first. A span of years
    is one period; choices.py offers it."""
    order = list(PeriodKind)
    return tuple(sorted({form.period_kind for form in programme.forms} - {PeriodKind.SPAN}, key=order.index))


def every_choice(programme: Programme, today: date) -> tuple[Period, ...]:
    """The choices of every kind that the programme has forms for: quarters before years."""
    return tuple(period for kind in kinds(programme) for period in choices(programme, kind, today))


def reported_now(periods: Sequence[Period], today: date) -> Period:
    """Of periods, newest first, the one that is being reported today: the newest that is over or about to be."""
    return next((period for period in periods if period.last - _ABOUT_TO_END <= today), periods[0])


def capitalised(words: str) -> str:
    """A period's words at the head of a line: Quý IV năm 2025."""
    return words[:1].upper() + words[1:]


def offered(periods: Sequence[Period]) -> list[tuple[str, str]]:
    """(words, label) of each, for a picker."""
    return [(capitalised(period.words), period.label) for period in periods]


def labelled(periods: Sequence[Period], label: str, otherwise: Period) -> Period:
    """The period with that label; another one where the programme does not know it."""
    return next((period for period in periods if period.label == label), otherwise)


def read_day(text: str) -> date | None:
    """The day that was typed (05/10/2025, 5/10/25, 5-10-2025); None when empty. Raises InputRefused DATE_UNREADABLE."""
    plain = text.strip().replace("-", "/").replace(".", "/")
    if not plain:
        return None
    for pattern in ("%d/%m/%Y", "%d/%m/%y"):
        try:
            found = datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if plain.isascii():
            return found
    raise InputRefused(
        "DATE_UNREADABLE", f"“{text.strip()[:20]}” không phải là ngày. Gõ ngày/tháng/năm, ví dụ 05/10/2025.", "date"
    )
