"""What a printed report says about its figures, and the journal's line that it was printed."""

from __future__ import annotations

from dataclasses import dataclass

from forms.catalogue import Catalogue
from forms.periods import Period
from forms.ports import BeginWork
from forms.report import ReportState
from forms.services.entry import current, report_key


@dataclass(frozen=True, slots=True)
class Foot:
    """The small print: the digits of our sealed package (empty while there is none), the journal's head."""

    seal_digits: str
    audit_head: str


class Printing:
    """Reads for the foot of a page; writes only that a document was made."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue) -> None:
        self._begin, self._catalogue = begin, catalogue

    def foot(self, programme: str, period: Period) -> Foot:
        """As it stands now. A draft that follows a sealed report does not carry the old digits."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            report = current(work, form, period)
            sealed = work.sent.last(report_key(report)) if report.state is not ReportState.DRAFT else None
            return Foot(sealed.digits if sealed else "", work.journal.head()[0])

    def note(self, programme: str, period: Period, format: str, file: str) -> None:
        """A document left the ledger."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            key = report_key(current(work, form, period))
            work.journal.append("print", {"report": "/".join(key), "format": format, "file": file[-100:]})
