"""One thing that is to be done about one report, and how urgent it is. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from forms.completeness import Part
from forms.periods import Period

SOON_DAYS, NEAR_DAYS = 14, 30
_JUST_OVER = 45  # days after its end in which a period is what one reports on


class Rank(IntEnum):
    """How urgent, before days are compared."""

    MINE = 0  # somebody waits for this person: to approve, or to put right what was given back
    PRESSING = 1  # due within a month, or late
    NOW = 2  # nobody has set a day
    LATER = 3
    WAITING = 4  # for somebody else
    SETTLED = 5


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next, the screen where it is done, and the spot there."""

    verb: str
    page: str
    spot: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day that is in time, in the plan's words; `late` also shortly before it, when it is shown in red."""

    day: date | None
    words: str
    left: int | None = None

    @property
    def late(self) -> bool:
        return self.left is not None and self.left <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of the home page. `done` of `total`, counted in `noun`, is what its bar shows; `note` says the first thing
    that is wrong or missing."""

    place: str
    period: Period
    title: str
    detail: str
    note: str
    state: str
    tone: str
    parts: tuple[Part, ...]
    done: int
    total: int
    noun: str
    due: Due
    step: Step
    rank: Rank
    today: date
    ready: bool = False  # nothing is in the way of handing it over

    @property
    def counted(self) -> str:
        return f"{self.done}/{self.total} {self.noun}" if self.total else f"Không có {self.noun} bắt buộc"

    @property
    def is_begun(self) -> bool:
        """Something was filled in, or came in."""
        return bool(self.done) or any(part.done or part.more for part in self.parts)

    @property
    def settled(self) -> bool:
        return self.rank is Rank.SETTLED

    @property
    def target(self) -> str:
        """Where the step is done, as a screen is told."""
        return f"{self.place.partition('#')[0]}#{self.step.spot}"

    @property
    def presses(self) -> bool:
        """It is to be done these days, and by who is signed in."""
        if self.rank in (Rank.MINE, Rank.PRESSING):
            return self.rank is Rank.MINE or self.due.late
        return self.rank is Rank.NOW and self.period.last < self.today and self._just_over

    def urgency(self) -> tuple[object, ...]:
        """By rank; then the nearest day; without one what has just ended, what runs, and the older."""
        day = self.due.day or date.max
        stage = 0 if self._just_over else 1 if self.period.last >= self.today else 2
        return self.rank, day, stage, -self.period.last.toordinal(), self.title

    @property
    def _just_over(self) -> bool:
        return 0 < (self.today - self.period.last).days <= _JUST_OVER
