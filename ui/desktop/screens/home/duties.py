"""What the office has to do: each report that is open, due or recent, with its next step. The most urgent first. No Qt.

An old plan may ask for a hundred months: older periods are listed only where something was begun and is not finished.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from weakref import WeakKeyDictionary

from forms.exchange import ReportKey
from forms.org_unit import KNOWN_FROM
from forms.periods import Period, PeriodKind
from forms.ports import Ledger
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop import choices
from ui.desktop.choices import Choice
from ui.desktop.place import Place
from ui.desktop.screens.home.collected import collected_duty
from ui.desktop.screens.home.duty import Duty
from ui.desktop.screens.home.own import OwnDuties

_RECENT = {PeriodKind.MONTH: 3}  # periods that are listed as they are; of any other kind two
_LONG_AGO = 120  # days after which a period in which nothing was begun, or all is done, is listed no more
_MOST_OLD = 60
# What was found last, and as of what, as long as the ledger is open.
_KNOWN: WeakKeyDictionary[Ledger, tuple[tuple[object, ...], tuple[Duty, ...]]] = WeakKeyDictionary()


class Duties:
    """Worked out anew only when the journal says that something was written since, or the day has changed; once for all
    that ask for the same ledger: the home page, the rail, the page of approval."""

    def __init__(self, desk: Desk, program: Program) -> None:
        self._desk, self._program = desk, program

    @property
    def today(self) -> date:
        return self._program.clock().date()

    def now(self) -> tuple[Duty, ...]:
        """The most urgent first; what is settled comes last."""
        as_of = (self.today, self._desk.ledger.person.keyid, *self._desk.inspection.journal())
        known = _KNOWN.get(self._desk.ledger)
        if known is None or known[0] != as_of:
            known = as_of, tuple(sorted(self._found(), key=Duty.urgency))
            _KNOWN[self._desk.ledger] = known
        return known[1]

    def before(self) -> tuple[Duty, ...]:
        """The periods of our own reports that `now` leaves out, newest first; of very old plans only so many."""
        shown = {duty.place for duty in self.now()}
        left = [
            (choice, period)
            for choice in choices.own(self._desk, self.today)
            for period in choice.periods
            if self._is_ours(period) and str(Place(choice.programme.id, period)) not in shown
        ]
        newest = sorted(left, key=lambda pair: pair[1].last, reverse=True)[:_MOST_OLD]
        own = OwnDuties(self._desk)
        return tuple(own.of(choice, period, self._title(choice), self.today) for choice, period in newest)

    def signs(self) -> dict[str, int]:
        """How many duties press, by the screen where each goes on."""
        found: dict[str, int] = {}
        for duty in self.now():
            if duty.presses:
                found[duty.step.page] = found.get(duty.step.page, 0) + 1
        return found

    def _found(self) -> Iterator[Duty]:
        today, own, begun = self.today, OwnDuties(self._desk), self._desk.entry.begun()
        for choice in choices.own(self._desk, today):
            recent = self._recent(choice)
            for period in self._looked_at(choice, begun):
                duty = own.of(choice, period, self._title(choice), today)
                if period in recent or (duty.is_begun and not duty.settled):
                    yield duty
        for choice in choices.every(self._desk, today) if self._desk.office.collates else ():
            for period in self._recent(choice):
                collected = collected_duty(self._desk, choice, period, self._title(choice), today)
                if collected:
                    yield collected

    def _recent(self, choice: Choice) -> tuple[Period, ...]:
        """The newest, which may be the last of a plan that is over, and those that ended lately."""
        newest, *others = choice.periods[: _RECENT.get(choice.form.period_kind, 2)]
        return newest, *(period for period in others if (self.today - period.last).days <= _LONG_AGO)

    def _looked_at(self, choice: Choice, begun: tuple[ReportKey, ...]) -> Iterator[Period]:
        """Those of the newest one's year, in which news may have been noted, and whatever was begun, also in windows
        that the office has left."""
        year, recent = choice.periods[0].year, self._recent(choice)
        listed = [period for period in choice.periods if period in recent or period.year == year]
        mine = (key for key in begun if (key.programme, key.form) == (choice.programme.id, choice.form.id))
        stored = (Period.parse(key.period, key.basis) for key in mine)
        yield from (period for period in dict.fromkeys((*listed, *stored)) if self._is_ours(period))

    def _is_ours(self, period: Period) -> bool:
        """No unit reports on days before it was made."""
        return not period.last < self._desk.office.unit.valid_from > KNOWN_FROM

    def _title(self, choice: Choice) -> str:
        several = len(self._desk.programmes.followed()) > 1
        return f"Biểu {choice.form.number} · {choice.programme.short_title}" if several else choice.form.title
