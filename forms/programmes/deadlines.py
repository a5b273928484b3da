"""When a report is due (hạn gửi) by its plan. Of months, quarters and halves no plan says it: an office sets days of its own."""

from __future__ import annotations

from datetime import date, timedelta

from forms.model.count import Role
from forms.model.period import Period, PeriodKind
from forms.programmes.programme import Deadline, Programme


def deadline_of(programme: Programme, role: Role, kind: PeriodKind = PeriodKind.YEAR) -> Deadline | None:
    """An agency's is that of the other reporting units, unless the plan says otherwise."""
    found = {one.role: one for one in programme.deadlines if one.period_kind is kind}
    return found.get(role) or (found.get(Role.REPORTING) if role is Role.AGENCY else None)


def last_day(deadline: Deadline, period: Period) -> date:
    """On which sending is still in time: "trước ngày 30/11" means by 29/11."""
    return date(period.year + deadline.years_after, deadline.month, deadline.day) - timedelta(days=1)
