"""The reports of the units below as something to do: who has sent, who is missing. No Qt."""

from __future__ import annotations

from datetime import date

from forms.count import Role
from forms.periods import Period
from forms.services.desk import Desk
from forms.services.summary import Status
from ui.desktop.choices import Choice
from ui.desktop.place import Place
from ui.desktop.screens.home.due import due_of
from ui.desktop.screens.home.duty import NEAR_DAYS, Duty, Rank, Step

_NAMED = 4  # units that are called by name


def collected_duty(desk: Desk, choice: Choice, period: Period, title: str, today: date) -> Duty | None:
    """None where nobody below is asked for this report."""
    status = desk.summaries.status(choice.programme.id, period)
    if not status.expected:
        return None
    received, expected = len(status.received), len(status.expected)
    whole = received == expected
    due = due_of(desk, choice.programme, period, today, Role.REPORTING)
    rank = Rank.SETTLED if whole else Rank.NOW
    if not whole and due.left is not None:
        rank = Rank.PRESSING if due.left <= NEAR_DAYS else Rank.LATER
    return Duty(
        str(Place(choice.programme.id, period)),
        period,
        title,
        f"Báo cáo {period.words}",
        _missing(status),
        *_roll_call(status),
        (),
        received,
        expected,
        "đơn vị",
        due,
        Step("Xem tổng hợp" if whole else "Nhận gói", "receiving"),
        rank,
        today,
    )


def _roll_call(status: Status) -> tuple[str, str]:
    if not status.missing:
        return "Đã nhận đủ", "good"
    return f"Còn thiếu {len(status.missing)} đơn vị", "warning" if status.heads else "plain"


def _missing(status: Status) -> str:
    """Who has not sent yet, by name while they are few."""
    names = [unit.full_name for unit in status.missing]
    if not names or len(names) == len(status.expected):
        return ""
    more = f" và {len(names) - _NAMED} đơn vị khác" if len(names) > _NAMED else ""
    return f"Chưa gửi: {', '.join(names[:_NAMED])}{more}."
