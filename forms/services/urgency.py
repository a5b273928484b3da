"""What comes first of what is to be done, and what presses these days. Days are counted from today."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from forms.model.period import Period

SOON_DAYS, _NEAR_DAYS = 14, 30
_JUST_OVER = 45  # days after its end in which a period is what one reports on


class Urgency(IntEnum):
    """How urgent, before days are compared."""

    MINE = 0  # somebody waits for this person: to approve, or to put right what was given back
    PRESSING = 1  # due within a month, or late
    NOW = 2  # nobody has set a day
    LATER = 3
    WAITING = 4  # for somebody else
    SETTLED = 5


def by_days(left: int | None) -> Urgency:
    """Of something that nobody else has in hand; `left`: days until it is due, None where no day is counted down to."""
    if left is None:
        return Urgency.NOW
    return Urgency.PRESSING if left <= _NEAR_DAYS else Urgency.LATER


def order(rank: Urgency, day: date | None, period: Period, today: date) -> tuple[int, date, int, int]:
    """What comes first: by rank; then the nearest day; without one what has just ended, what runs, and the older."""
    stage = 0 if is_just_over(period, today) else 1 if period.last >= today else 2
    return rank, day or date.max, stage, -period.last.toordinal()


def presses(rank: Urgency, left: int | None, period: Period, today: date) -> bool:
    """It is to be done these days, and by who is signed in."""
    if rank is Urgency.PRESSING:
        return is_late(left)
    return rank is Urgency.MINE or (rank is Urgency.NOW and is_just_over(period, today))


def is_late(left: int | None) -> bool:
    """Also shortly before the day."""
    return left is not None and left <= SOON_DAYS


def is_just_over(period: Period, today: date) -> bool:
    return 0 < (today - period.last).days <= _JUST_OVER
