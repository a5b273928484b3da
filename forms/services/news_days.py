"""Which days of the news ledger are closed: those of a report that was sealed with its news, whatever the programme."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from forms.catalogue import Catalogue
from forms.errors import ReportStateError
from forms.exchange import ReportKey
from forms.periods import Period
from forms.ports import Work
from forms.report import ReportState


def must_be_open(work: Work, catalogue: Catalogue, days: Collection[date]) -> None:
    """Raises ReportStateError REPORT_SEALED for a day that is closed."""
    for key in work.reports.keys() if days else ():
        period = Period.parse(key.period, key.basis)
        inside = sorted(day for day in days if period.holds(day))
        if inside and _is_sealed_with_news(work, catalogue, key):
            raise ReportStateError(
                "REPORT_SEALED",
                f"Báo cáo {period.words} đã niêm phong nên không sửa được tin ngày "
                f"{inside[0]:%d/%m/%Y}. Mở bản thay thế của kỳ đó trước.",
                period.label,
            )


def _is_sealed_with_news(work: Work, catalogue: Catalogue, key: ReportKey) -> bool:
    """By the report alone: its items are not read for it."""
    version = work.reports.version(key)
    form = catalogue.find_form(key.programme, version, key.form) if version else None
    report = work.reports.get(key, form) if form is not None and form.has_news else None
    return report is not None and report.state is not ReportState.DRAFT
