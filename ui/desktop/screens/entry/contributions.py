"""The indicators beside the typed cells: a commune's own, or at a summing office those of everybody below with its own."""

from __future__ import annotations

from collections.abc import Mapping

from forms.aggregate import Contributions, Result, results, single
from forms.count import Role
from forms.report import Report
from forms.services.desk import Desk


class Judge:
    """Computes the indicators of one report again and again, while it is typed. What came from below is read once."""

    def __init__(self, desk: Desk, report: Report) -> None:
        self._status = desk.summaries.status(report.form.programme, report.period) if desk.office.collates else None

    def of(self, report: Report) -> Mapping[str, Result]:
        things = single(report.form, report.unit, report.role, report.cells)
        if self._status is not None:
            below = {unit: head.cells for unit, head in self._status.heads.items()}
            expected = tuple(unit.key for unit in self._status.expected)
            things = Contributions(report.form, expected, below, report.cells or None, Role.SUMMING)
        return {result.indicator.id: result for result in results(things, report.period.year)}
