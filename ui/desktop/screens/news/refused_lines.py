"""An item that was typed and not taken: it waits under the report that it would be part of, which is not sealed meanwhile. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from forms.periods import Period
from forms.refused import Refused
from forms.report import Report
from forms.services.refusals import Refusals, report_name

_WHERE = "news:"


class RefusedLines:
    """`reports`: those that the shown period touches."""

    def __init__(self, refusals: Refusals, reports: Callable[[], Sequence[Report]]) -> None:
        self._refusals, self._reports = refusals, reports

    def keep(self, day: date | None, shown: Period, id: str, refused: Refused) -> tuple[str, str] | None:
        """Under the report of its day, else under the one of the period that is open. Under which and where; None where no
        report is made of it."""
        known = self._reports()
        of_day = [report for report in known if day is not None and report.period.holds(day)]
        for report in of_day or [one for one in known if one.period == shown] or known:
            found = report_name(report), f"{_WHERE}{id or 'new'}"
            self._refusals.keep(*found, refused)
            return found
        return None

    def answer(self, name: str, where: str) -> None:
        self._refusals.answer(name, [where])

    def all(self) -> Iterator[tuple[str, str, Refused]]:
        """What still waits: under which report, where, and what."""
        for name in map(report_name, self._reports()):
            for where, refused in self._refusals.of(name).items():
                if where.startswith(_WHERE):
                    yield name, where, refused
