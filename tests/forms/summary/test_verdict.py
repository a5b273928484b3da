"""Verdicts. V1 the plan's operator is kept · V2 "khoảng" is met once rounded to the plan's own digits · V3 the gap says
exactly how many it takes · V4 of several parts the worst decides · V5 a target of one's own holds for that unit alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms.model.cell import given as amount
from forms.model.count import Role
from forms.model.expression import Lack
from forms.model.indicator import Direction, Operator, Target
from forms.summary.totals import Contributions, results, single
from forms.summary.verdict import Verdict, gap_of, meets, no_verdict, verdict_of, worst
from tests.agency_form import agency_form
from tests.forms.conftest import UNIT, replace_code
from tests.forms.programmes.test_pack_validation import pack, with_own_target

UP, DOWN = Direction.HIGHER, Direction.LOWER
SHARE = agency_form().indicators["job_share"]


def target(sign: str, value: str) -> Target:
    return Target(2025, Operator(sign), Decimal(value), "")


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [(">=", 0, 1, 1), (">", 0, 0, 1), ("=", 0, 1, 0), ("<=", 1, 1, 0), ("<", 1, 0, 0)],
)
def test_v1_each_operator(sign, below, at, above):
    """ít nhất, trên, bằng, không quá, dưới 60"""
    met = [meets(Decimal(value), target(sign, "60"), UP) for value in ("59.999999", "60", "60.000001")]
    assert met == [bool(below), bool(at), bool(above)]


@pytest.mark.parametrize(
    ("plan", "value", "direction", "met"),
    [
        ("99", "98.5", UP, True),
        ("99", "98.4999", UP, False),
        ("99", "100", UP, True),
        ("60", "60.49", DOWN, True),
        ("60", "60.5", DOWN, False),
        ("1.4", "1.44", DOWN, True),
        ("1.4", "1.45", DOWN, False),
        ("60", "12", DOWN, True),
        ("60", "60", DOWN, True),
        ("60", "59.5", DOWN, True),
        ("60", "99", DOWN, False),
        ("60", "59.5", UP, True),
        ("60", "12", UP, False),
        ("-5", "-5.4", UP, True),
        ("-5", "-5.5", UP, False),
    ],
)
def test_v2_about_is_told_to_the_plans_own_digits(plan, value, direction, met):
    assert meets(Decimal(value), target("≈", plan), direction) is met


def test_what_is_not_known_has_no_verdict():
    known = target(">=", "60")
    assert verdict_of(Lack.BLANK, known, UP) is Verdict.NOT_COMPARABLE
    assert verdict_of(Lack.NOT_ARISEN, known, UP) is Verdict.NOT_ARISEN
    assert verdict_of(Decimal(5), None, UP) is verdict_of(Lack.BLANK, None, UP) is Verdict.NO_TARGET
    assert no_verdict(Lack.NOT_APPLICABLE, known) is Verdict.NOT_COMPARABLE
    assert gap_of(Lack.BLANK, known, None, SHARE) == (None, None)


def test_v4_the_part_that_fails_decides_then_the_one_not_known():
    def one(verdict: Verdict):
        return verdict, None, None

    assert worst([one(Verdict.MET), one(Verdict.NOT_MET), one(Verdict.NOT_COMPARABLE)])[0] is Verdict.NOT_MET
    assert worst([one(Verdict.MET), one(Verdict.NOT_COMPARABLE)])[0] is Verdict.NOT_COMPARABLE
    assert worst([one(Verdict.NOT_ARISEN), one(Verdict.MET)])[0] is Verdict.MET


def test_v4_what_failing_parts_lack_is_added_up_and_the_farthest_off_gives_the_points():
    fails = [(Verdict.NOT_MET, Decimal(-3), 2), (Verdict.MET, Decimal(5), None), (Verdict.NOT_MET, Decimal(-9), 40)]
    assert worst(fails) == (Verdict.NOT_MET, Decimal(-9), 42)
    over = [(Verdict.NOT_MET, Decimal(3), 2), (Verdict.NOT_MET, Decimal(9), 40)]
    assert worst(over, Direction.LOWER) == (Verdict.NOT_MET, Decimal(9), 42)
    met = [(Verdict.MET, Decimal(5), None), (Verdict.MET, Decimal(1), None)]
    assert worst(met) == (Verdict.MET, Decimal(1), None)


@given(
    sign=st.sampled_from([">=", ">", "≈", "<=", "<"]),
    plan=st.decimals(1, 99, places=1),
    n=st.integers(0, 10**6),
    d=st.integers(1, 10**6),
)
def test_v3_as_many_as_the_gap_says_and_not_one_fewer(sign, plan, n, d):
    direction = DOWN if sign in ("<=", "<") else UP
    indicator, aim = replace(SHARE, direction=direction), target(sign, str(plan))
    step = 1 if direction is UP else -1

    def met(numerator: int) -> bool:
        return meets(Decimal(100 * numerator) / d, aim, direction)

    gap, count = gap_of(Decimal(100 * n) / d, aim, (Decimal(n), Decimal(d), Decimal(100)), indicator)
    assert gap == Decimal(100 * n) / d - aim.amount
    assume(not met(n))
    assert count > 0
    assert not met(n + step * (count - 1))
    if n + step * count >= 0:
        assert met(n + step * count)


@given(plan=st.integers(1, 99), n=st.integers(0, 10**6), d=st.integers(1, 10**6))
def test_v3_fewer_where_lower_is_better_and_the_plan_says_about(plan, n, d):
    aim, indicator = target("≈", str(plan)), replace(SHARE, direction=DOWN)
    _, count = gap_of(Decimal(100 * n) / d, aim, (Decimal(n), Decimal(d), Decimal(100)), indicator)
    if count:
        assert not meets(Decimal(100 * (n - count + 1)) / d, aim, DOWN)
        assert n < count or meets(Decimal(100 * (n - count)) / d, aim, DOWN)


@pytest.mark.parametrize(
    ("sign", "direction", "n", "d", "count"),
    [
        ("≈", UP, 118, 200, 1),  # 59,5 % is 60 %: 119 do
        ("≈", UP, 119, 200, None),
        ("≈", DOWN, 121, 200, 1),  # 60,5 % is 61 %: 120 do, 121 do not
        ("≈", DOWN, 120, 200, None),
        ("≈", DOWN, 130, 200, 10),
        ("≈", DOWN, 131, 210, 4),  # 127 of 210 are 60,48 %
        ("<", DOWN, 120, 200, 1),
        ("<=", DOWN, 121, 200, 1),
        (">", UP, 120, 200, 1),
        (">=", UP, 119, 200, 1),
    ],
)
def test_v3_at_the_very_border(sign, direction, n, d, count):
    """60 % of 200 are 120."""
    indicator, value = replace(SHARE, direction=direction), Decimal(100 * n) / d
    found = gap_of(value, target(sign, "60"), (Decimal(n), Decimal(d), Decimal(100)), indicator)
    assert found == (value - 60, count)


SPAN = pack(*with_own_target()).form("span")


def of_2020(own: int | None, reached: int = 40) -> dict:
    typed = {
        "reached.female@2020": reached,
        "reached.male@2020": 0,
        "population.female@2020": 100,
        "population.male@2020": 0,
    }
    return {name: amount(value) for name, value in (typed | ({"own@2020": own} if own is not None else {})).items()}


def year_2020(things: Contributions):
    return next(result for result in results(things, 2020) if result.year == 2020)


def test_v5_a_unit_is_held_against_the_target_it_set_itself():
    """The plan wants 60 %, the unit set 35 % with a reason and reaches 40 %."""
    plan = year_2020(single(SPAN, UNIT, Role.AGENCY, of_2020(None)))
    own = year_2020(single(SPAN, UNIT, Role.AGENCY, of_2020(35)))
    assert (plan.verdict, plan.target.amount, plan.gap_count) == (Verdict.NOT_MET, 60, 20)
    assert (own.verdict, own.target.amount, own.gap) == (Verdict.MET, 35, 5)
    assert own.target.words == "đơn vị tự điều chỉnh: 35"


def test_v5_the_office_above_is_held_against_the_plan():
    """The agency's own 35 % is no target of the province, nor is one among the province's own figures."""
    for own in (None, of_2020(35)):
        above = year_2020(Contributions(SPAN, (replace_code(0),), {}, own, agencies={"health": of_2020(35)}))
        assert (above.amount, above.target.amount, above.verdict) == (40, 60, Verdict.NOT_MET)


def test_each_year_is_judged_by_itself_against_the_milestone_it_works_towards():
    """
              2019   2020
    reached     —     70
    population 100   100      ít nhất 60% năm 2020
    """
    cells = of_2020(None, 70) | {"population.female@2019": amount(100), "population.male@2019": amount(0)}
    found = {result.year: result for result in results(single(SPAN, UNIT, Role.AGENCY, cells), 2020)}
    assert set(found) == set(range(2011, 2021))
    assert (found[2020].amount, found[2020].verdict) == (70, Verdict.MET)
    assert (found[2019].quantity, found[2019].verdict) == (Lack.BLANK, Verdict.NOT_COMPARABLE)


def test_of_two_milestones_each_year_is_held_against_its_own():
    """55 of 100 in both years; at least 50 % in 2015, at least 60 % in 2020."""
    early = '        [[section.row.target]]\n        year = 2015\n        operator = ">="\n        amount = "50"\n        words = "50%"\n'
    form = pack(
        (
            "        [[section.row.target]]\n        year = 2020",
            f"{early}        [[section.row.target]]\n        year = 2020",
        )
    ).form("span")
    told = of_2020(None, 55)
    cells = told | {name.replace("2020", "2015"): cell for name, cell in told.items()}
    found = {result.year: result for result in results(single(form, UNIT, Role.AGENCY, cells), 2020)}
    assert [(found[year].target.amount, found[year].verdict) for year in (2015, 2020)] == [
        (50, Verdict.MET),
        (60, Verdict.NOT_MET),
    ]
