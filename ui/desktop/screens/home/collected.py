"""The reports of the units below as something to do: who has sent, who is missing. No Qt."""

from __future__ import annotations

from datetime import date

from forms.count import Role
from forms.periods import Period
from forms.services.desk import Desk
from forms.services.summary import RollCall
from ui.desktop.choices import Choice
from ui.desktop.place import Place
from ui.desktop.screens.home.due import due_of
from ui.desktop.screens.home.duty import NEAR_DAYS, Duty, Rank, Step

_NAMED = 4  # units that are called by name


def collected_duty(desk: Desk, choice: Choice, period: Period, title: str, today: date) -> Duty | None:
    """None where nobody below is asked for this report."""
    called = desk.summaries.roll_call(choice.programme.id, period)
    if not called.expected:
        return None
    expected = len(called.expected)
    received = expected - len(called.missing)
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
        _missing(called),
        *_roll_call(called),
        (),
        received,
        expected,
        "đơn vị",
        due,
        Step("Xem tổng hợp" if whole else "Nhận gói", "receiving"),
        rank,
        today,
    )


def _roll_call(called: RollCall) -> tuple[str, str]:
    if not called.missing:
        return "Đã nhận đủ", "good"
    return f"Còn thiếu {len(called.missing)} đơn vị", "warning" if called.begun else "plain"


def _missing(called: RollCall) -> str:
    """Who has not sent yet, by name while they are few."""
    names = [unit.full_name for unit in called.missing]
    if not names or len(names) == len(called.expected):
        return ""
    more = f" và {len(names) - _NAMED} đơn vị khác" if len(names) > _NAMED else ""
    return f"Chưa gửi: {', '.join(names[:_NAMED])}{more}."
