"""How an indicator stands to its target: met or not, how far off, and in how many persons or units."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from forms.model.expression import Lack, Quantity
from forms.model.indicator import Direction, Indicator, Operator, Target


class Verdict(StrEnum):
    """How an indicator stands to its target; the words are the `verdict` of the command line."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ARISEN = "not_arisen"
    NOT_COMPARABLE = "not_comparable"
    TWO_SOURCES = "two_sources"
    NO_TARGET = "no_target"


Judgement = tuple[Verdict, Decimal | None, int | None]  # verdict, gap, gap_count
VERDICT_TITLES = {
    Verdict.MET: "Đạt",
    Verdict.NOT_MET: "Chưa đạt",
    Verdict.NOT_ARISEN: "Không phát sinh",
    Verdict.NOT_COMPARABLE: "Chưa đủ số liệu",
    Verdict.TWO_SOURCES: "Hai nguồn khác nhau",
    Verdict.NO_TARGET: "Không có mốc",
}
_COMPARE: dict[Operator, Callable[[Decimal, Decimal], bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.ABOVE: operator.gt,
    Operator.EQUAL: operator.eq,
    Operator.AT_MOST: operator.le,
    Operator.BELOW: operator.lt,
}


def verdict_of(quantity: Quantity, target: Target | None, direction: Direction) -> Verdict:
    if isinstance(quantity, Lack) or target is None:
        return no_verdict(quantity, target)
    return Verdict.MET if meets(quantity, target, direction) else Verdict.NOT_MET


def no_verdict(quantity: Quantity, target: Target | None) -> Verdict:
    if quantity is Lack.NOT_ARISEN:
        return Verdict.NOT_ARISEN
    if quantity is Lack.TWO_SOURCES:
        return Verdict.TWO_SOURCES
    return Verdict.NOT_COMPARABLE if isinstance(quantity, Lack) and target else Verdict.NO_TARGET


def meets(amount: Decimal, target: Target, direction: Direction) -> bool:
    if compare := _COMPARE.get(target.operator):
        return compare(amount, target.amount)
    # "khoảng": as good as the plan's figure once rounded to its own precision
    rounded = amount.quantize(target.amount, ROUND_HALF_UP)
    return rounded >= target.amount if direction is Direction.HIGHER else rounded <= target.amount


def worst(judgements: Sequence[Judgement], direction: Direction = Direction.HIGHER) -> Judgement:
    """Of several parts that must each pass: the verdict of the one that decides, a part that fails, then one not yet known;
    the gap of the farthest off of those; and what all parts that fail lack together."""
    order = (
        Verdict.TWO_SOURCES,
        Verdict.NOT_MET,
        Verdict.NOT_COMPARABLE,
        Verdict.MET,
        Verdict.NOT_ARISEN,
        Verdict.NO_TARGET,
    )
    verdict = min((one[0] for one in judgements), key=order.index)
    gaps = [gap for one, gap, _ in judgements if one is verdict and gap is not None]
    counts = [count for one, _, count in judgements if one is verdict and count is not None]
    farthest = min if direction is Direction.HIGHER else max
    return verdict, farthest(gaps, default=None), sum(counts) if counts else None


def gap_of(
    quantity: Quantity, target: Target | None, ratio: tuple[Decimal, Decimal, Decimal] | None, indicator: Indicator
) -> tuple[Decimal | None, int | None]:
    """How far from the target: in the indicator's measure, and in persons or units of the numerator."""
    if target is None or isinstance(quantity, Lack):
        return None, None
    gap = quantity - target.amount
    if ratio is None or meets(quantity, target, indicator.direction):
        return gap, None
    numerator, denominator, factor = ratio
    last_digit = Decimal(1).scaleb(int(target.amount.as_tuple().exponent))
    slack = (
        last_digit / 2 if target.operator is Operator.ABOUT else Decimal(0)
    )  # what rounding to its precision forgives
    if indicator.direction is Direction.HIGHER:
        exact = (target.amount - slack) * denominator / factor
        needed = math.floor(exact) + 1 if target.operator is Operator.ABOVE else math.ceil(exact)
        return gap, max(0, needed - math.floor(numerator))
    exact = (target.amount + slack) * denominator / factor
    is_strict = target.operator in (Operator.BELOW, Operator.ABOUT)
    allowed = math.ceil(exact) - 1 if is_strict else math.floor(exact)
    return gap, max(0, math.ceil(numerator) - allowed)
