"""Adding up. A1 counts are summed, rates never averaged · A2 a missing report is never 0 · A3 a numerator never meets
a foreign denominator · A4 every figure carries its coverage · A5 gaps are told in persons and units."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given as given_data
from hypothesis import strategies as st

from forms.model.cell import BLANK, Cell, CellState, given
from forms.model.count import Role
from forms.model.expression import Lack
from forms.summary.totals import Contributions, results, single, sums
from forms.summary.verdict import Verdict
from tests.forms.conftest import replace_code


def of(reports, expected: int | None = None) -> Contributions:
    units = tuple(replace_code(i) for i in range(expected or len(reports)))
    return Contributions(reports[0].form, units, {r.unit: r.cells for r in reports})


def by_id(things: Contributions, year: int = 2025):
    return {result.indicator.id: result for result in results(things, year)}


def test_a1_rates_are_never_averaged(drawn):
    """
    reached.female    | 90 | 0
    reached.male      | 0  | 0
    population.female | 50 | 450
    population.male   | 50 | 450
    """
    share = by_id(of(drawn))["share"]
    assert share.amount == 9
    assert share.operands == {"reached": 90, "population": 1000}


def test_a2_and_a4_missing_communes_show_in_the_coverage_and_leave_the_verdict_open(drawn):
    """
    reached.female    | 30 | 40
    reached.male      | 30 | 40
    population.female | 50 | 50
    population.male   | 50 | 50
    """
    share = by_id(of(drawn, expected=5))["share"]
    assert (share.amount, share.reported, share.expected) == (70, 2, 5)
    assert (share.verdict, share.so_far) == (Verdict.NOT_COMPARABLE, Verdict.MET)


def test_a3_a_commune_without_the_denominator_gives_no_numerator(drawn):
    """
    reached.female    | 30 | 999
    reached.male      | 30 | 999
    population.female | 50 |
    population.male   | 50 | …
    """
    share = by_id(of(drawn))["share"]
    assert (share.amount, share.reported, share.expected) == (60, 1, 2)
    assert sums(of(drawn))["reached"].quantity == 30 + 30 + 999 + 999


def test_a4_who_left_the_cell_open_is_not_covered(drawn):
    """
    reached.female    | 3 | - | x | … |
    population.female | … |
    """
    added = sums(of(drawn))
    assert (added["reached.female"].quantity, added["reached.female"].reported, added["reached.female"].expected) == (
        3,
        3,
        5,
    )
    assert (added["population.female"].quantity, added["population.female"].reported) == (Lack.BLANK, 0)


def test_a4_a_whole_is_covered_by_those_who_told_its_least_known_part(drawn):
    """
    reached.female | 3 | 4
    reached.male   | 1 |
    """
    added = sums(of(drawn))["reached"]
    assert (added.quantity, added.reported, added.expected) == (8, 1, 2)


def test_a5_the_gap_is_told_in_points_and_in_persons(drawn):
    """
    reached.female    | 25
    reached.male      | 30
    population.female | 50
    population.male   | 51
    """
    share = by_id(of(drawn))["share"]
    assert share.verdict is Verdict.NOT_MET
    assert share.gap_count == 6  # 60 % of 101 is 60.6: 61 persons are needed
    assert round(share.gap, 2) == Decimal("-5.54")


def test_both_sexes_must_pass_by_themselves(drawn):
    """
    reached.female    | 100
    reached.male      | 10
    population.female | 100
    population.male   | 100
    """
    both = by_id(of(drawn))["both"]
    assert (both.amount, both.verdict) == (55, Verdict.NOT_MET)
    assert both.parts == (("female", 100), ("male", 10))
    assert (both.gap, both.gap_count) == (-40, 41)  # the men's: more than half of 100, less the 10 there are


def test_what_both_sexes_lack_is_added_up_and_told_of_each(drawn):
    """
    reached.female    | 48  | - | 20
    reached.male      | 10  | 10 | …
    population.female | 100 | -  | 100
    population.male   | 100 | 30 | 100
    """
    first, second, third = (by_id(single(one.form, one.unit, one.role, one.cells))["both"] for one in drawn)
    assert (first.gap_count, first.gap) == (3 + 41, -40)  # more than 50 of each hundred; the men are farthest off
    assert [(part, gap_count) for part, _, _, gap_count in first.judged_parts] == [("female", 3), ("male", 41)]
    assert (second.verdict, second.gap_count) == (Verdict.NOT_MET, 6)
    assert [(part, verdict, count) for part, verdict, _, count in second.judged_parts] == [
        ("female", Verdict.NOT_ARISEN, None),
        ("male", Verdict.NOT_MET, 6),
    ]
    assert third.verdict is Verdict.NOT_COMPARABLE


def test_nothing_arisen_is_neither_met_nor_missed(drawn):
    """
    reached.female    | -
    reached.male      | -
    population.female | -
    population.male   | -
    """
    share = by_id(of(drawn))["share"]
    assert (share.quantity, share.verdict) == (Lack.NOT_ARISEN, Verdict.NOT_ARISEN)


def test_the_share_of_units_divides_by_all_units_also_the_silent_ones(drawn):
    """
    reached.female | 30 | 30 | 1
    reached.male   | 30 | 31 | 1
    """
    units = by_id(of(drawn, expected=4))["units"]
    assert units.operands == {"units_meeting": 2, "units_expected": 4}
    assert (units.amount, units.reported, units.verdict, units.gap_count) == (50, 3, Verdict.NOT_MET, 2)


def test_while_silent_units_could_still_turn_it_nothing_is_said(drawn):
    """
    reached.female | 30 | 30
    reached.male   | 30 | 31
    """
    units = by_id(of(drawn, expected=3))["units"]
    assert units.verdict is Verdict.NOT_COMPARABLE


def test_a_commune_alone_is_computed_by_the_same_rules(drawn):
    """
    reached.female    | 30
    reached.male      | 30
    population.female | 50
    population.male   | 50
    """
    report = drawn[0]
    things = single(report.form, report.unit, Role.REPORTING, report.cells)
    assert by_id(things)["share"].amount == 60
    units = by_id(things)["units"]
    assert units.operands == {"units_meeting": 1, "units_expected": 1}
    assert (units.gap, units.gap_count) == (None, None)


cells = st.sampled_from(
    [BLANK, Cell(CellState.NONE), Cell(CellState.NOT_APPLICABLE), Cell(CellState.NOT_COLLECTED)]
) | (st.integers(0, 10**15 - 1).map(given))


@given_data(columns=st.lists(st.tuples(cells, cells), min_size=1, max_size=8), seed=st.randoms())
def test_the_sum_does_not_depend_on_the_order_and_never_invents(small, columns, seed):
    filled = {replace_code(i): {"reached.female": a, "reached.male": b} for i, (a, b) in enumerate(columns)}
    units = list(filled)
    seed.shuffle(units)
    one = sums(Contributions(small, tuple(filled), filled))
    other = sums(Contributions(small, tuple(units), filled))
    assert one == other
    typed = [a.amount for a, _ in columns if a.amount is not None]
    assert one["reached.female"].quantity == sum(typed) if typed else isinstance(one["reached.female"].quantity, Lack)


@given_data(n=st.integers(0, 10**6), d=st.integers(1, 10**6))
def test_as_many_more_as_the_gap_says_and_the_target_is_met(small, n, d):
    one = single(small, replace_code(0), Role.REPORTING, _reached(min(n, d), d))
    share = by_id(one)["share"]
    if share.gap_count:
        met = single(small, replace_code(0), Role.REPORTING, _reached(min(n, d) + share.gap_count, d))
        short = single(small, replace_code(0), Role.REPORTING, _reached(min(n, d) + share.gap_count - 1, d))
        assert by_id(met)["share"].verdict is Verdict.MET
        assert by_id(short)["share"].verdict is Verdict.NOT_MET


def _reached(n: int, d: int) -> dict[str, Cell]:
    return {
        "reached.female": given(n),
        "reached.male": given(0),
        "population.female": given(d),
        "population.male": given(0),
    }
