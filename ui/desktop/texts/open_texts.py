"""The report that the page of words has open: what is found on this page, and every act on it told to whoever shows it. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from forms.all_services import Services
from forms.application import Application
from forms.model.finding import Finding
from forms.model.location import Location
from forms.model.report import Report
from forms.services.report_session import Entries, ReportSession
from forms.services.unit_narratives import Gathered, Progress

MINE = ("text:", "task:", "nomination:")  # the findings of this page, by where they are put right


class OpenTexts:
    """`changed` is called after every act, done or refused; `say` gets why one was refused, empty when it was done."""

    def __init__(
        self, desk: Services, program: Application, changed: Callable[[], None], say: Callable[[str], None]
    ) -> None:
        self._desk, self._program, self._changed, self.say = desk, program, changed, say
        self.session: ReportSession
        self.saved = ""

    @property
    def report(self) -> Report:
        return self.session.report

    @property
    def is_closed(self) -> bool:
        """Handed over or sealed: it can only be read."""
        return not self.session.is_draft

    @property
    def found(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.session.found if one.spot.startswith(MINE))

    @property
    def today(self) -> date:
        return self._program.clock().date()

    def open(self, place: Location) -> None:
        """Raises what Entry.open raises."""
        self.session, self.saved = self._desk.session(place), ""
        self.session.read_sums()

    def take(self, new: Entries) -> bool:
        """Do something on the ledger. False when that was refused, and has been said."""
        return self.tell(self.session.take(new))

    def store(self, act: Callable[[], Report]) -> bool:
        """The same of an act on the whole report."""
        return self.tell(self.session.store(act))

    def refuse(self, where: str, label: str, text: str, why: str, data: str = "") -> None:
        self.session.refuse(where, label, text, why, data)
        self._changed()

    def answer(self, *where: str) -> None:
        if self.session.answer(*where):
            self._changed()

    def gather(self, progress: Progress) -> Gathered:
        """What the units below wrote; long work."""
        return self._desk.gathering.gather(self.report.form.programme, self.report.period, progress)

    def tell(self, done: bool) -> bool:
        """An act on the session was done, or refused."""
        if done:
            self.saved = f"{self._program.clock():%H:%M}"
        self.say("" if done else self.session.why_refused)
        self._changed()
        return done
