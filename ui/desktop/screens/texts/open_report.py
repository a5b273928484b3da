"""The report that the page has open: read from the ledger, changed there act by act, checked anew after each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from forms import findings
from forms.checks.fields import figures_of
from forms.checks.finding import ALONE, Context, Finding
from forms.count import Role
from forms.errors import AppError, InputRefused
from forms.figures import Figures
from forms.program import Program
from forms.programme import Programme
from forms.refused import Refused
from forms.report import Report, ReportState
from forms.services.desk import Desk
from forms.services.refusals import report_name
from ui.desktop.place import Place
from ui.desktop.refused_here import RefusedHere

MINE = ("text:", "task:", "nomination:")  # the findings of this page, by where they are put right


class OpenReport:
    """`changed` is called after every act, done or refused; `refused` gets why one was refused, empty when it was done."""

    def __init__(
        self, desk: Desk, program: Program, changed: Callable[[], None], refused: Callable[[str], None]
    ) -> None:
        self.desk, self._program, self._changed, self._refused = desk, program, changed, refused
        self.report: Report
        self.found: tuple[Finding, ...] = ()
        self.earlier: tuple[Report, ...] = ()
        self.saved, self.why_refused = "", ""
        self.waiting = RefusedHere(desk.refusals, "", {})
        self._context: Context = ALONE
        self._figures: Figures | None = None

    @property
    def is_closed(self) -> bool:
        """Handed over or sealed: it can only be read."""
        return self.report.state is not ReportState.DRAFT

    @property
    def programme(self) -> Programme:
        """In the version that the report is filled under."""
        form = self.report.form
        return self.desk.catalogue.programme(form.programme, form.programme_version)

    @property
    def today(self) -> date:
        return self._program.clock().date()

    def open(self, place: Place) -> None:
        """Raises what Entry.open raises."""
        entry = self.desk.entry
        self.report = entry.open(place.programme, place.period)
        self._context = entry.context(self.report)
        if self.report.role is Role.SUMMING:
            self._context = replace(self._context, figures=self.desk.summaries.figures(self.report))
        self.waiting = RefusedHere(self.desk.refusals, report_name(self.report), self._context.refused)
        self.earlier = (*self._just_before(place), *self._context.earlier)
        self.saved = ""
        self._check()

    def store(self, act: Callable[[Report], Report]) -> bool:
        """Do something on the ledger. False when that was refused, and has been said."""
        try:
            self.report = act(self.report)
        except AppError as error:
            self.why_refused = error.message
            self._refused(error.message)
            self._changed()
            return False
        self.saved = f"{self._program.clock():%H:%M}"
        self._check()
        self._refused("")
        self._changed()
        return True

    def refuse(self, where: str, refused: Refused) -> None:
        """It waits for an answer, and is an error of the report until then."""
        self.waiting.keep(where, refused)
        self._check()
        self._changed()

    def answer(self, *where: str) -> None:
        if self.waiting.answer(where):
            self._check()
            self._changed()

    @property
    def figures(self) -> Figures | None:
        """What its texts may speak of; worked out once after each act."""
        if self._figures is None:
            self._figures = figures_of(self.report, self._context)
        return self._figures

    def wrong(self, spot: str) -> tuple[Finding, ...]:
        """What is found at a spot of the page."""
        return tuple(one for one in self.found if one.spot == spot)

    def _check(self) -> None:
        self._figures = None
        every = findings.find(self.report, replace(self._context, refused=self.waiting.all))
        self.found = tuple(one for one in every if one.spot.startswith(MINE))

    def _just_before(self, place: Place) -> tuple[Report, ...]:
        """The report of the period before, also where it holds words and no figure."""
        before = place.period.previous()
        if before.years[0] < self.programme.first_year:
            return ()
        try:
            found = self.desk.entry.open(place.programme, before)
        except InputRefused:  # no form for that period
            return ()
        return (found,) if found.form.id == self.report.form.id else ()
