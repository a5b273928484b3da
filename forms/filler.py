"""A made-up report on any form, sound enough to be sealed: what tests and benches fill forms with that they do not know.

The figures follow from the ids of the form. Parts are made smaller than their wholes first, as the form's own checks ask
for; what still does not hold is settled check by check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from forms import findings
from forms.cell import Cell, at, given
from forms.count import Count, Role
from forms.expression import Formula, Lookup
from forms.org_unit import UnitKey
from forms.periods import Period
from forms.practice import Draw, done
from forms.report import Report
from forms.services.intake import Filled
from forms.spec import Check, Form
from forms.task import Nomination, Nominee

SOMEBODY = UnitKey("00000", date(2025, 1, 1))
_SIDES = re.compile(r"(.+?) (<=|>=|==|<|>) (.+)")
_ROUNDS = 40
_MADE_UP = "Số liệu thử"


def filled(form: Form, role: Role, period: Period, seed: str = "") -> Filled:
    """Everything that this role fills in the form; what is not required stays blank. Another seed, other figures.

    Pass the form as the office sees it (forms.post.form_at), or the whole one.
    """
    report = Report(form, SOMEBODY, role, period, as_of=period.last)
    report = replace(report, cells=_figures(report, Draw(f"{form.id}/{seed}")), narratives=_texts(form))
    report = replace(report, tasks=tuple(done(id, period) for id in form.tasks), nominations=_nominations(form))
    asked = [one for one in findings.find(report) if one.level == "warning"]
    return Filled(
        form.programme,
        period,
        as_of=report.as_of,
        form=form.id,
        cells=dict(report.cells),
        narratives=dict(report.narratives),
        tasks=report.tasks,
        nominations=report.nominations,
        explanations={one.check: _MADE_UP for one in asked},
    )


def _texts(form: Form) -> dict[str, str]:
    return {spec.id: f"{_MADE_UP}: {spec.title}." for spec in form.narratives}


def _nominations(form: Form) -> tuple[Nomination, ...]:
    if form.nominations is None:
        return ()
    kind = form.nominations.forms[0]
    collective = Nomination(Nominee.COLLECTIVE, "Tập thể thử", kind, _MADE_UP)
    return collective, Nomination(Nominee.PERSON, "Người thử", kind, _MADE_UP)


def _figures(report: Report, draw: Draw) -> dict[str, Cell]:
    asked = [count for count in report.form.counts.values() if report.role in count.filled_by and count.required]
    cells = {cell: given(_drawn(draw, count, cell)) for count in asked for cell in count.cells}
    report = replace(report, cells=cells)
    for check in report.form.checks:
        report = _smaller_part(report, draw, check)
    for _ in range(_ROUNDS):
        failing = [(check, year) for check in report.form.checks for year in _years_failing(report, check)]
        if not failing:
            break
        for check, year in failing:
            report = _settled(report, check, year)
    return dict(report.cells)


def _drawn(draw: Draw, count: Count, cell: str) -> Decimal:
    """Near the same figure in every year, so that no year is unlikely after the one before."""
    if count.maximum == 1:
        return Decimal(1)
    base = draw.number(1200, 1500, cell.partition("@")[0]) + draw.number(0, 60, cell)
    amount = Decimal(base) / 100 if count.maximum is not None or count.decimals else Decimal(base)
    return amount.quantize(Decimal(1).scaleb(-count.decimals), ROUND_FLOOR)


def _smaller_part(report: Report, draw: Draw, check: Check) -> Report:
    """Where a part of something must lie within it, the part becomes so many hundredths of it."""
    left, sign, right = _sides(check)
    for year in check.years or (None,):
        part, whole = at(left, year), at(right, year)
        if sign == "<=" and part in report.cells and whole in report.cells:
            report = _with(report, part, _amount(report, whole) * draw.number(60, 95, left) / 100)
    return report


def _years_failing(report: Report, check: Check) -> Iterable[int | None]:
    if check.level == "hint" or report.role not in check.filled_by:
        return []
    return [year for year in check.years or (None,) if _fails(check, _in_year(report, year))]


def _fails(check: Check, lookup: Lookup) -> bool:
    return (check.when is None or check.when.holds(lookup) is True) and check.expect.holds(lookup) is False


def _in_year(report: Report, year: int | None) -> Lookup:
    return lambda name: report.quantity(at(name, year))


def _settled(report: Report, check: Check, year: int | None) -> Report:
    """The left side becomes what the right side allows."""
    left, sign, right = _sides(check)
    names = Formula.parse(left).names
    cells = [cell for name in names for cell in _cells(report, name, year)]
    limit = Formula.parse(right).evaluate(_in_year(report, year))
    if not isinstance(limit, Decimal) or not cells:
        return report
    first, *others = cells
    if sign in ("==", "<", "<="):
        for cell in others:
            report = _with(report, cell, Decimal(0))
    told = sum((_amount(report, cell) for cell in others), Decimal(0))
    return _with(report, first, max(limit + {"<": -1, ">": 1}.get(sign, 0) - told, Decimal(0)))


def _amount(report: Report, cell: str) -> Decimal:
    return report.cells[cell].amount or Decimal(0)


def _with(report: Report, cell: str, amount: Decimal) -> Report:
    count = report.form.count_of_cell[cell]
    exact = amount.quantize(Decimal(1).scaleb(-count.decimals), ROUND_FLOOR)
    return replace(report, cells={**report.cells, cell: given(exact)})


def _cells(report: Report, name: str, year: int | None) -> list[str]:
    count = report.form.counts.get(name)
    found = count.cells_at(year) if count else (at(name, year),)
    return [cell for cell in found if cell in report.cells]


def _sides(check: Check) -> tuple[str, str, str]:
    found = _SIDES.fullmatch(check.expect.text)
    assert found, check.id
    return found[1], found[2], found[3]
