"""The indicators beside the typed cells: a commune's own, or at a summing office those of everybody below with its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forms.aggregate import Result, results, single
from forms.report import Report
from forms.services.desk import Desk
from forms.services.summary import contributions


class Judge:
    """Computes the indicators of one report again and again, while it is typed. What came from below is read once."""

    def __init__(self, desk: Desk, report: Report) -> None:
        self._status = desk.summaries.status(report.form.programme, report.period) if desk.office.collates else None

    def of(self, report: Report) -> Mapping[str, Result]:
        if self._status is not None:
            things = replace(contributions(self._status, report), form=report.form)
        else:
            things = single(report.form, report.unit, report.role, report.cells)
        return {result.indicator.id: result for result in results(things, report.period.year)}
