"""When a report is due: the plan's own day; for less than a year the plan sets none, so the receiving office does."""

from __future__ import annotations

from datetime import date, timedelta

from forms.model.count import Role
from forms.model.period import Period, PeriodKind
from forms.ports import Work
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.programme import Programme

# Settings: days after the period's last day; one number for all, and others for single programmes and kinds of period.
QUARTER_DAYS, _OWN_DAYS = "quarter_due_days", "due_days:"


def due(work: Work, programme: Programme, period: Period, role: Role) -> date | None:
    """The last day on which the report of this role is in time; None while nobody has set one."""
    if period.kind in (PeriodKind.YEAR, PeriodKind.SPAN):
        deadline = deadline_of(programme, role, period.kind)
        return last_day(deadline, period) if deadline else None
    days = days_after(work, own_days(programme.id, period.kind))
    days = days_after(work, QUARTER_DAYS) if days is None else days
    return None if days is None else period.last + timedelta(days=days)


def days_after(work: Work, setting: str) -> int | None:
    """What the receiving office has set under this name."""
    text = work.office.setting(setting)
    return int(text) if text else None


def own_days(programme: str, kind: PeriodKind) -> str:
    """The name of the setting for this programme's reports alone."""
    return f"{_OWN_DAYS}{programme}:{kind}"
