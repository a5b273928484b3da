"""When a report is due: the day that the receiving office set for the unit, the period or the form; else the plan's own; for
less than a year the plan sets none, so the office sets days after the period's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from forms.model.count import Role
from forms.model.org_unit import UnitKey
from forms.model.period import Period, PeriodKind
from forms.ports import Work
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.programme import Programme

# Settings: days after the period's last day; one number for all, and others for single programmes and kinds of period.
QUARTER_DAYS, _OWN_DAYS = "quarter_due_days", "due_days:"
_SET = "due:"  # programme|form|period|unit, each of them empty for all


@dataclass(frozen=True, slots=True)
class SetDay:
    """A day that an office set: `day`, or so many `days` after the last one of the period. Empty: for all of them."""

    programme: str
    form: str = ""
    period: str = ""
    unit: str = ""
    day: date | None = None
    days: int = 0

    @property
    def setting(self) -> str:
        return f"{_SET}{self.programme}|{self.form}|{self.period}|{self.unit}"

    @property
    def value(self) -> str:
        return self.day.isoformat() if self.day else f"+{self.days}"

    def last_of(self, period: Period) -> date:
        return self.day or period.last + timedelta(days=self.days)


def days_set(work: Work, programme: str = "") -> tuple[SetDay, ...]:
    """By an office, of one programme or of all."""
    found = work.office.settings(_SET)
    return tuple(
        _read(name, value)
        for name, value in sorted(found.items())
        if name.startswith(f"{programme}|" * bool(programme))
    )


class DueDays:
    """Of one programme and period, for every role and unit. What an office set comes first: the day of a unit before that of a
    period, that of a period before that of a form."""

    def __init__(self, work: Work, programme: Programme, period: Period) -> None:
        self._work, self._programme, self._period = work, programme, period
        form = programme.form_for(period)
        mine = [one for one in days_set(work, programme.id) if one.period in ("", period.label)]
        fitting = [one for one in mine if not one.form or (form and one.form == form.id)]
        self._set = sorted(fitting, key=lambda one: (bool(one.period), bool(one.form)), reverse=True)

    def of_unit(self, unit: UnitKey) -> date | None:
        """Set for that very unit."""
        return self._first(unit.code)

    def of(self, role: Role, unit: UnitKey | None = None) -> date | None:
        """The last day on which the report of this role (and unit) is in time; None while nobody has set one."""
        own = self.of_unit(unit) if unit else None
        return own or self._first("") or self._general(role)

    def _first(self, unit: str) -> date | None:
        return next((one.last_of(self._period) for one in self._set if one.unit == unit), None)

    def _general(self, role: Role) -> date | None:
        work, period = self._work, self._period
        if period.kind in (PeriodKind.YEAR, PeriodKind.SPAN):
            deadline = deadline_of(self._programme, role, period.kind)
            return last_day(deadline, period) if deadline else None
        days = days_after(work, own_days(self._programme.id, period.kind))
        days = days_after(work, QUARTER_DAYS) if days is None else days
        return None if days is None else period.last + timedelta(days=days)


def due(work: Work, programme: Programme, period: Period, role: Role, unit: UnitKey | None = None) -> date | None:
    """DueDays of one role, and unit."""
    return DueDays(work, programme, period).of(role, unit)


def days_after(work: Work, setting: str) -> int | None:
    """What the receiving office has set under this name."""
    text = work.office.setting(setting)
    return int(text) if text else None


def own_days(programme: str, kind: PeriodKind) -> str:
    """The name of the setting for this programme's reports alone."""
    return f"{_OWN_DAYS}{programme}:{kind}"


def _read(name: str, value: str) -> SetDay:
    programme, form, period, unit = name.split("|")
    if value.startswith("+"):
        return SetDay(programme, form, period, unit, days=int(value))
    return SetDay(programme, form, period, unit, date.fromisoformat(value))
