"""Which days of the news ledger are closed: those of a report that was sealed with its news, whatever the programme."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from forms.catalogue import Catalogue
from forms.errors import ReportStateError
from forms.periods import Period
from forms.ports import Work
from forms.report import ReportState
from forms.services.drafts import of_key


def must_be_open(work: Work, catalogue: Catalogue, days: Collection[date]) -> None:
    """Raises ReportStateError REPORT_SEALED for a day that is closed."""
    for key in work.reports.keys() if days else ():
        period = Period.parse(key.period, key.basis)
        inside = sorted(day for day in days if period.holds(day))
        report = of_key(work, catalogue, key) if inside else None
        if report and report.form.has_news and report.state is not ReportState.DRAFT:
            raise ReportStateError(
                "REPORT_SEALED",
                f"Báo cáo {period.words} đã niêm phong nên không sửa được tin ngày "
                f"{inside[0]:%d/%m/%Y}. Mở bản thay thế của kỳ đó trước.",
                period.label,
            )
