"""Our own reports that news items go into: which of them a period touches, and which of those are closed. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from forms.errors import InputRefused
from forms.periods import Basis, Period, PeriodKind, containing
from forms.post import form_at, office_post
from forms.programme import Programme
from forms.report import Report, ReportState
from forms.services.desk import Desk

_DAY = timedelta(days=1)


def reports_within(desk: Desk, period: Period) -> tuple[Report, ...]:
    """Those with a list of news, of the followed programmes, whose days meet the period's."""
    found = []
    for programme in desk.programmes.followed():
        basis = desk.programmes.basis(programme.id)
        for form in programme.forms:
            if form.has_news and form.period_kind is not PeriodKind.SPAN and _is_ours(desk, programme, form.id):
                found += [_opened(desk, programme, one) for one in _touched(programme, form.period_kind, basis, period)]
    return tuple(report for report in found if report is not None and report.form.has_news)


def closed_words(report: Report) -> str:
    days = f"tin, bài từ {report.period.first:%d/%m} đến {report.period.last:%d/%m/%Y} đóng lại"
    if report.state is ReportState.CHECKED:
        return f"Báo cáo {report.period.words} đang chờ thủ trưởng duyệt nên {days}. Muốn sửa thì lấy lại báo cáo."
    return f"Báo cáo {report.period.words} đã niêm phong nên {days}."


def _is_ours(desk: Desk, programme: Programme, form: str) -> bool:
    """Something of it is asked of this office."""
    post, known = office_post(programme, desk.office), programme.form(form)
    return known is not None and bool(form_at(known, post).cells_for(post.role))


def _touched(programme: Programme, kind: PeriodKind, basis: Basis, period: Period) -> Iterator[Period]:
    one = containing(period.first, kind, basis)
    while one.first <= period.last:
        if programme.first_year <= one.year <= programme.last_year:
            yield one
        one = containing(one.last + _DAY, kind, basis)


def _opened(desk: Desk, programme: Programme, period: Period) -> Report | None:
    try:
        return desk.entry.open(programme.id, period)
    except InputRefused:  # filled under a version that is not here: its own screen says so
        return None
