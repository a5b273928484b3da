"""Adding up the tree: counts are summed, indicators are computed from the sums, nothing is ever averaged.

Every figure carries its coverage: how many of how many expected units. An indicator over several counts sums each of
them over the same units, those that answered for all of them, so that a numerator never meets a foreign denominator.
A missing report is never 0. `none` adds 0, `not_applicable` adds nothing and is covered, blank and `not_collected`
are not covered.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from forms.expression import Lack, Lookup, Quantity
from forms.org_unit import UnitKey
from forms.report import BLANK, Cell, CellState, total
from forms.spec import Count, Direction, Form, Indicator, IndicatorKind, Operator, Role, Target

Cells = Mapping[str, Cell]
_COVERED = (CellState.GIVEN, CellState.NONE, CellState.NOT_APPLICABLE)


class Verdict(StrEnum):
    """How an indicator stands to its target; the words are the `verdict` of the command line."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ARISEN = "not_arisen"
    NOT_COMPARABLE = "not_comparable"
    NO_TARGET = "no_target"


Judgement = tuple[Verdict, Decimal | None, int | None]  # verdict, gap, gap_count
VERDICT_TITLES = {
    Verdict.MET: "Đạt",
    Verdict.NOT_MET: "Chưa đạt",
    Verdict.NOT_ARISEN: "Không phát sinh",
    Verdict.NOT_COMPARABLE: "Chưa đủ số liệu",
    Verdict.NO_TARGET: "Không có mốc",
}


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell added up: over `reported` of `expected` units."""

    cell: str
    quantity: Quantity
    expected: int
    reported: int


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator at one level. `gap` is in the indicator's measure, below the target negative; `gap_count` says how
    many more (or, where lower is better, fewer) of the numerator it takes. `parts` hold each part that must pass alone."""

    indicator: Indicator
    operands: Mapping[str, Quantity]
    quantity: Quantity
    expected: int
    reported: int
    target: Target | None
    verdict: Verdict
    gap: Decimal | None = None
    gap_count: int | None = None
    parts: tuple[tuple[str, Quantity], ...] = ()

    @property
    def amount(self) -> Decimal | None:
        return self.quantity if isinstance(self.quantity, Decimal) else None


@dataclass(frozen=True)
class Contributions:
    """What is added up: the cells of the units below, and the summing unit's own cells (None: it has no report yet)."""

    form: Form
    expected: tuple[UnitKey, ...]
    below: Mapping[UnitKey, Cells]
    own: Cells | None = None
    role: Role = Role.SUMMING

    def sources(self, count: Count) -> tuple[list[Cells], int]:
        """(cells of everyone who answers for this count and has reported, how many are expected to)."""
        found: list[Cells] = []
        expected = 0
        if Role.REPORTING in count.filled_by and self.role is Role.SUMMING:
            found += [self.below[unit] for unit in self.expected if unit in self.below]
            expected += len(self.expected)
        if self.role in count.filled_by:
            found += [self.own] if self.own is not None else []
            expected += 1
        return found, expected


def single(form: Form, unit: UnitKey, role: Role, cells: Cells) -> Contributions:
    """One report by itself, so that a commune's own table is computed by the same rules."""
    return Contributions(form, (unit,), {unit: cells}, cells, role)


def sums(things: Contributions) -> dict[str, Sum]:
    """Every cell and every broken-down count of the form, added up over whoever reported it."""
    out = {}
    for count in things.form.counts.values():
        sources, expected = things.sources(count)
        for cell in count.cells:
            out[cell] = _sum(cell, sources, expected)
        if count.by:
            parts = [out[cell] for cell in count.cells]
            out[count.id] = Sum(count.id, total(p.quantity for p in parts), expected, min(p.reported for p in parts))
    return out


def results(things: Contributions, year: int) -> tuple[Result, ...]:
    """Every indicator that this role may compute, in printed order, judged against the target for the year."""
    return tuple(
        _result(indicator, things, indicator.target_for(year))
        for indicator in things.form.indicators.values()
        if things.role in indicator.computed_by
    )


def _sum(cell: str, sources: Iterable[Cells], expected: int) -> Sum:
    covered = [c for c in (source.get(cell, BLANK) for source in sources) if c.state in _COVERED]
    amounts = [c.amount for c in covered if c.amount is not None]
    quantity: Quantity
    if amounts:
        quantity = sum(amounts, Decimal(0))
    elif any(c.state is CellState.NONE for c in covered):
        quantity = Lack.NOT_ARISEN
    else:
        quantity = Lack.NOT_APPLICABLE if covered else Lack.BLANK
    return Sum(cell, quantity, expected, len(covered))


def _result(indicator: Indicator, things: Contributions, target: Target | None) -> Result:
    if indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        return _share(indicator, things, target)
    return _computed(indicator, things, target)


def _share(indicator: Indicator, things: Contributions, target: Target | None) -> Result:
    """Units whose own rule holds ÷ all units valid in the period, also those that sent nothing."""
    assert indicator.rule is not None
    truths = [indicator.rule.holds(_lookup(things.form, things.below[u])) for u in things.expected if u in things.below]
    meeting, known, all_units = truths.count(True), len(truths) - truths.count(None), len(things.expected)
    operands: dict[str, Quantity] = {"units_meeting": Decimal(meeting), "units_expected": Decimal(all_units)}
    if not all_units:
        return Result(indicator, operands, Lack.NOT_ARISEN, 0, 0, target, _no_verdict(Lack.NOT_ARISEN, target))
    quantity: Quantity = Decimal(100 * meeting) / all_units if known else Lack.BLANK
    best = Decimal(100 * (meeting + all_units - known)) / all_units
    verdict = _verdict(quantity, target, indicator.direction)
    if verdict is Verdict.NOT_MET and target and _meets(best, target, indicator.direction):
        verdict = Verdict.NOT_COMPARABLE  # the units still missing could turn it
    gap, count = None, None
    if things.role is Role.SUMMING:  # one unit by itself meets its rule or does not: it is not "one commune short"
        gap, count = _gap(quantity, target, (Decimal(meeting), Decimal(all_units), Decimal(100)), indicator)
    return Result(indicator, operands, quantity, all_units, known, target, verdict, gap, count)


def _computed(indicator: Indicator, things: Contributions, target: Target | None) -> Result:
    assert indicator.formula is not None
    part_ids = tuple(indicator.each_part.parts) if indicator.each_part else ()
    names = tuple(f"{name}.{part}" for name in indicator.formula.names for part in part_ids) or indicator.formula.names
    complete, expected, reported = _complete_sums(names, things)
    lookup = _summed_lookup(things.form, complete)
    quantity = indicator.formula.evaluate(lookup)
    parts = tuple((part, indicator.formula.evaluate(_of_part(lookup, part))) for part in part_ids)
    judged = [_of_part(lookup, part) for part in part_ids] or [lookup]
    verdict, gap, count = _worst([_judged(indicator, one, target) for one in judged])
    operands = {name: lookup(name) for name in (*indicator.formula.names, *(names if part_ids else ()))}
    return Result(indicator, operands, quantity, expected, reported, target, verdict, gap, count, parts)


def _judged(indicator: Indicator, lookup: Lookup, target: Target | None) -> Judgement:
    """The verdict on the indicator, or on one part of it that must pass by itself."""
    assert indicator.formula is not None
    quantity = indicator.formula.evaluate(lookup)
    gap, count = _gap(quantity, target, indicator.formula.ratio(lookup), indicator)
    return _verdict(quantity, target, indicator.direction), gap, count


def _complete_sums(names: Iterable[str], things: Contributions) -> tuple[dict[str, Quantity], int, int]:
    """Each cell behind the names, summed over the units that answered for all of those that are theirs to answer."""
    cells = list(dict.fromkeys(cell for name in names for cell in _cells_of(things.form, name)))
    count_of = things.form.count_of_cell
    below = [c for c in cells if Role.REPORTING in count_of[c].filled_by and things.role is Role.SUMMING]
    own = [c for c in cells if things.role in count_of[c].filled_by]
    givers = [things.below[u] for u in things.expected if u in things.below] if below else []
    whole = [cells_ for cells_ in givers if _answers(cells_, below)]
    mine = [things.own] if own and things.own is not None and _answers(things.own, own) else []
    expected = (len(things.expected) if below else 0) + (1 if own else 0)
    summed = {
        cell: _sum(cell, (whole if cell in below else []) + (mine if cell in own else []), expected).quantity
        for cell in cells
    }
    return summed, expected, len(whole) + len(mine)


def _answers(cells: Cells, names: Iterable[str]) -> bool:
    return all(cells.get(name, BLANK).state in _COVERED for name in names)


def _cells_of(form: Form, name: str) -> tuple[str, ...]:
    return form.counts[name].cells if name in form.counts else (name,)


def _lookup(form: Form, cells: Cells) -> Lookup:
    return _summed_lookup(form, {name: cell.quantity for name, cell in cells.items()})


def _summed_lookup(form: Form, quantities: Mapping[str, Quantity]) -> Lookup:
    def lookup(name: str) -> Quantity:
        count = form.counts.get(name)
        if count is not None and count.by:
            return total(quantities.get(cell, Lack.BLANK) for cell in count.cells)
        return quantities.get(name, Lack.BLANK)

    return lookup


def _of_part(lookup: Lookup, part: str) -> Lookup:
    return lambda name: lookup(f"{name}.{part}")


def _verdict(quantity: Quantity, target: Target | None, direction: Direction) -> Verdict:
    if isinstance(quantity, Lack) or target is None:
        return _no_verdict(quantity, target)
    return Verdict.MET if _meets(quantity, target, direction) else Verdict.NOT_MET


def _no_verdict(quantity: Quantity, target: Target | None) -> Verdict:
    if quantity is Lack.NOT_ARISEN:
        return Verdict.NOT_ARISEN
    return Verdict.NOT_COMPARABLE if isinstance(quantity, Lack) and target else Verdict.NO_TARGET


def _meets(amount: Decimal, target: Target, direction: Direction) -> bool:
    match target.operator:
        case Operator.AT_LEAST:
            return amount >= target.amount
        case Operator.ABOVE:
            return amount > target.amount
        case Operator.EQUAL:
            return amount == target.amount
        case Operator.AT_MOST:
            return amount <= target.amount
        case Operator.BELOW:
            return amount < target.amount
    # "khoảng": as good as the plan's figure once rounded to its own precision
    rounded = amount.quantize(target.amount, ROUND_HALF_UP)
    return rounded >= target.amount if direction is Direction.HIGHER else rounded <= target.amount


def _worst(judgements: list[Judgement]) -> Judgement:
    """Of several parts the one that decides: a part that fails, then one not yet known."""
    order = (Verdict.NOT_MET, Verdict.NOT_COMPARABLE, Verdict.MET, Verdict.NOT_ARISEN, Verdict.NO_TARGET)
    return min(judgements, key=lambda judgement: order.index(judgement[0]))


def _gap(
    quantity: Quantity, target: Target | None, ratio: tuple[Decimal, Decimal, Decimal] | None, indicator: Indicator
) -> tuple[Decimal | None, int | None]:
    """How far from the target: in the indicator's measure, and in persons or units of the numerator."""
    if target is None or isinstance(quantity, Lack):
        return None, None
    gap = quantity - target.amount
    if ratio is None or _meets(quantity, target, indicator.direction):
        return gap, None
    numerator, denominator, factor = ratio
    exact = target.amount * denominator / factor
    if indicator.direction is Direction.HIGHER:
        needed = math.floor(exact) + 1 if target.operator is Operator.ABOVE else math.ceil(exact)
        return gap, max(0, needed - math.floor(numerator))
    allowed = math.ceil(exact) - 1 if target.operator is Operator.BELOW else math.floor(exact)
    return gap, max(0, math.ceil(numerator) - allowed)
