"""The indicators beside the typed cells: a unit's own, or at a summing office those of everybody below with its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from forms.aggregate import Result, results, single
from forms.cell import place
from forms.report import Report
from forms.services.desk import Desk
from forms.services.summary import contributions
from forms.spec import Form, Section

Results = Mapping[tuple[str, int | None], Result]  # by indicator and, in a form of years, the year


class Judge:
    """Computes the indicators of one report again and again, while it is typed. What came from below is read once."""

    def __init__(self, desk: Desk, report: Report) -> None:
        self._status = desk.summaries.status(report.form.programme, report.period) if desk.office.collates else None
        self._narrow: dict[frozenset[str], Form] = {}

    def of(self, report: Report) -> Results:
        """All of them."""
        return self._judged(report, self._status.form if self._status else report.form)

    def again(self, known: Results, report: Report, cells: Collection[str]) -> Results:
        """Those that read one of these cells anew, the others as they were known."""
        counts = frozenset(report.form.count_of_cell[cell].id for cell in cells)
        form = self._narrow.get(counts)
        if form is None:
            whole = self._status.form if self._status else report.form
            form = self._narrow[counts] = _only(whole, counts)
        return {**known, **self._judged(report, form)} if form.indicators else known

    def _judged(self, report: Report, form: Form) -> Results:
        things = single(form, report.unit, report.role, report.cells)
        if self._status is not None:
            things = replace(contributions(self._status, report), form=form)
        found = results(things, report.period.year)
        return {(result.indicator.id, result.year): result for result in found}


def reads(form: Form, indicator: str) -> frozenset[str]:
    """The counts that an indicator is computed from, with the one that may hold a target of its own."""
    asked = form.indicators[indicator]
    bare = {place(name)[0].partition(".")[0] for name in asked.names}
    return frozenset(bare | ({asked.own_target} if asked.own_target else set()))


def _only(form: Form, counts: frozenset[str]) -> Form:
    """The form with the indicators that read one of these counts, and every count."""
    touched = tuple(one for one in form.indicators.values() if counts & reads(form, one.id))
    return replace(form, sections=(Section("", "", (*form.counts.values(), *touched)),))
