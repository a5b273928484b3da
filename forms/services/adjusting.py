"""Adjusting (điều chỉnh): a compiling office puts its figure beside the one of a unit below, with a reason; see exchange.adjustment."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

from forms.errors import InputRefused
from forms.exchange.adjustment import LONGEST_REASON, Adjustment, adjustment_row, adjustment_setting, fits, said
from forms.model.cell import BLANK
from forms.model.count import Role
from forms.model.expression import Lack, Quantity
from forms.model.number import canonical
from forms.model.org_unit import NamedUnit, OrgUnit
from forms.model.period import Period
from forms.model.text import clean, quoted
from forms.ports import BeginWork, Clock, Work
from forms.services.summary import Status, Summaries
from forms.summary.totals import single, sums


class Adjusting:
    """Each decision is journalled."""

    def __init__(self, begin: BeginWork, summaries: Summaries, clock: Clock) -> None:
        self._begin, self._summaries, self._clock = begin, summaries, clock

    def adjust(
        self, programme: str, period: Period, unit: str, cell: str, amount: Decimal, reason: str, by: str
    ) -> tuple[str, ...]:
        """This office's figure for a cell of a unit that has sent, in place of an earlier one of its own. Returns what the form
        says against the unit's figures as they are then and not before. Raises InputRefused ADJUSTMENT_UNIT,
        ADJUSTMENT_CELL, ADJUSTMENT_AMOUNT, ADJUSTMENT_REASON."""
        why = clean(reason, limit=LONGEST_REASON, where="reason")
        if not why:
            raise InputRefused("ADJUSTMENT_REASON", "Ghi lý do điều chỉnh.", "reason")
        with self._begin() as work:
            status = self._summaries.status_in(work, programme, period)
            meant = _unit(status, unit)
            _must_be_asked(status, meant, cell, amount)
            was = said(status.originals[meant.key].cells.get(cell, BLANK))
            if was == canonical(amount):
                raise InputRefused("ADJUSTMENT_AMOUNT", "Số điều chỉnh bằng đúng số đơn vị đã gửi.", quoted(cell))
            office = work.office.get()
            here, below = NamedUnit(office.unit, office.name), NamedUnit(meant.key, meant.full_name)
            one = Adjustment(below, cell, was, amount, why, here, by, self._clock())
            row = adjustment_row(one)
            work.office.set(adjustment_setting(programme, period, meant.key, cell), json.dumps(row, ensure_ascii=False))
            self._told(work, programme, period, row | {"unit": unit, "office": office.unit.code})
            return _against(status, self._summaries.status_in(work, programme, period), meant)

    def drop(self, programme: str, period: Period, unit: str, cell: str) -> None:
        """Takes this office's own adjustment back. Raises InputRefused ADJUSTMENT_NONE."""
        with self._begin() as work:
            prefix = adjustment_setting(programme, period)
            for place in work.office.settings(prefix):
                code, _, name = place.split("|", 2)
                if (code, name) == (unit, cell):
                    work.office.set(prefix + place, None)
                    self._told(work, programme, period, {"unit": unit, "cell": cell, "amount": None})
                    return
        message = f"Chưa điều chỉnh ô {quoted(cell)} của {quoted(unit)}. Điều chỉnh của nơi khác thì nơi đó bỏ."
        raise InputRefused("ADJUSTMENT_NONE", message, quoted(cell))

    @staticmethod
    def _told(work: Work, programme: str, period: Period, row: dict[str, str | None]) -> None:
        work.journal.append("adjustment", {"programme": programme, "period": period.label, **row})


def _unit(status: Status, code: str) -> OrgUnit:
    for unit in status.received:
        if unit.code == code:
            return unit
    message = f"Đơn vị {quoted(code)} chưa có báo cáo kỳ này ở đây nên chưa có số nào để điều chỉnh."
    raise InputRefused("ADJUSTMENT_UNIT", message, quoted(code))


def _role(status: Status, unit: OrgUnit) -> Role:
    if unit.key in status.agencies:
        return Role.AGENCY
    return Role.SUMMING if unit.key in status.offices else Role.REPORTING


def _must_be_asked(status: Status, unit: OrgUnit, cell: str, amount: Decimal) -> None:
    count, ids, role = status.form.count_of_cell.get(cell), status.agencies.get(unit.key), _role(status, unit)
    if count is None or role not in count.filled_by or (ids and not ids & {*count.agencies}):
        message = f"Biểu không hỏi {unit.full_name} ô {quoted(cell)}."
        raise InputRefused("ADJUSTMENT_CELL", message, quoted(cell))
    if not fits(status.form, cell, amount):
        most = f", nhiều nhất {count.maximum}" if count.maximum is not None else ""
        kind = "số" if count.decimals else "số nguyên"
        raise InputRefused("ADJUSTMENT_AMOUNT", f"“{count.label(cell)}” phải là {kind} từ 0{most}.", quoted(cell))


def _against(before: Status, after: Status, unit: OrgUnit) -> tuple[str, ...]:
    """Errors of the form that the unit's figures have only as adjusted."""
    if before.form.years:
        return ()
    held, holds = (_lookup(one, unit) for one in (before, after))
    checks = (one for one in before.form.checks if one.level == "error" and one.when is None)
    return tuple(
        one.message for one in checks if one.expect.holds(holds) is False and one.expect.holds(held) is not False
    )


def _lookup(status: Status, unit: OrgUnit) -> Callable[[str], Quantity]:
    found = sums(single(status.form, unit.key, _role(status, unit), status.heads[unit.key].cells))
    return lambda name: found[name].quantity if name in found else Lack.BLANK
