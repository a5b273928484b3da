"""When a report is due, in the plan's words, and how long that is from today. No Qt."""

from __future__ import annotations

from datetime import date

from forms.count import Role
from forms.periods import Period
from forms.programme import Programme
from forms.services.desk import Desk
from ui.desktop import calendar
from ui.desktop.screens.home.duty import Due


def due_of(desk: Desk, programme: Programme, period: Period, today: date, role: Role) -> Due:
    """Of a plan that is over the day is told, and no longer counted down to."""
    day = desk.summaries.due(programme.id, period)
    if day is None:
        told = "Chưa đặt hạn" if desk.office.collates or role is Role.SUMMING else "Nơi nhận chưa đặt hạn"
        return Due(None, told)
    deadline = programme.deadline(role, period.kind)
    said = deadline.words if deadline else f"đến hết {day:%d/%m/%Y}"
    if calendar.is_over(programme, today):
        return Due(day, said)
    left = (day - today).days
    if left < 0:
        return Due(day, f"{said} – quá {-left} ngày", left)
    return Due(day, f"{said} – {f'còn {left} ngày' if left else 'hôm nay'}", left)
