"""Adding up where agencies answer for the whole area. G1 where an agency's answer and the communes' sum differ neither stands
until a person has chosen; the two are never added · G2 a figure of the whole area meets no figure of a part of it · G3 who is
silent shows in the coverage · G4 an agency answers for what the plan gives it, and for nothing else · G5 neither the
order of reports nor a figure typed twice changes anything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.model.cell import Cell, CellState
from forms.model.count import Answered, Role
from forms.model.expression import Formula, Lack, Rule
from forms.model.form import Check
from forms.model.indicator import Operator, Target
from forms.programmes.programme_role import ProgrammeRole, form_at
from forms.summary.totals import BELOW, Contributions, Result, results, single, sums
from forms.summary.verdict import Verdict
from tests.agency_form import agency_form
from tests.forms.conftest import UNIT, read, replace_code

FORM = agency_form()


def said(**typed: object) -> dict[str, Cell]:
    """jobs_female=3 is the cell jobs.female; “-”, “x” and “…” are states."""
    return {name.replace("_", ".", 1): read(str(value)) for name, value in typed.items()}


def commune(jobs: object = 3, workers: object = 10, offices: object = 2) -> dict[str, Cell]:
    return said(jobs_female=jobs, jobs_male=0, workers=workers, offices=offices)


def joined(*below: dict[str, Cell], silent: int = 0, own: dict[str, Cell] | None = None, **agencies) -> Contributions:
    """These communes reported, some are silent; and these agencies."""
    units = tuple(replace_code(number) for number in range(len(below) + silent))
    return Contributions(FORM, units, dict(zip(units, below, strict=False)), own, agencies=agencies)


def chosen(things: Contributions, source: str) -> Contributions:
    """Somebody chose this source for every count."""
    return replace(things, choices=dict.fromkeys(FORM.counts, source))


def judged(things: Contributions) -> dict[str, Result]:
    return {result.indicator.id: result for result in results(things, 2025)}


def covered(result: Result) -> tuple[object, int, int]:
    return result.quantity, result.reported, result.expected


LABOUR = said(jobs_female=20, jobs_male=1, workers=30)


def test_g1_an_agencys_answer_and_the_sum_stand_beside_each_other_while_nobody_has_chosen():
    """communes 3 + 4, the agency 20: the area has 7 or 20, not 27."""
    added = sums(joined(commune(3), commune(4), labour=LABOUR))
    one, whole = added["jobs.female"], added["jobs"]
    assert (one.quantity, one.agency, one.beside, one.others) == (Lack.TWO_SOURCES, "", 7, (("labour", 20),))
    assert (whole.quantity, whole.beside, whole.others) == (Lack.TWO_SOURCES, 7, (("labour", 21),))
    assert (added["offices"].quantity, added["offices"].agency) == (4, "")


def test_g1_the_chosen_source_stands_and_the_other_beside_it():
    things = joined(commune(3), commune(4), labour=LABOUR)
    agency, below = sums(chosen(things, "labour"))["jobs.female"], sums(chosen(things, BELOW))["jobs.female"]
    assert (agency.quantity, agency.agency, agency.beside, agency.expected) == (20, "labour", 7, 1)
    assert (below.quantity, below.agency, below.others, below.expected) == (7, "", (("labour", 20),), 2)


def test_g1_where_both_say_the_same_there_is_nothing_to_choose():
    added = sums(joined(commune(20), commune(0), labour=said(jobs_female=20, jobs_male=0)))["jobs"]
    assert (added.quantity, added.agency, added.beside, added.others) == (20, "labour", 20, ())


def test_g1_an_indicator_tells_what_each_source_gives():
    """3 + 4 of 10 + 10 are 35 %, 21 of 30 are 70 %."""
    things = joined(commune(3), commune(4), labour=LABOUR)
    open_one = judged(things)["job_share"]
    assert (open_one.quantity, open_one.verdict) == (Lack.TWO_SOURCES, Verdict.TWO_SOURCES)
    assert {one.source: one.quantity for one in open_one.sources} == {"labour": 70, BELOW: 35}
    by_agency, by_units = (judged(chosen(things, source))["job_share"] for source in ("labour", BELOW))
    assert (covered(by_agency), covered(by_units)) == ((70, 1, 1), (35, 2, 2))
    assert by_agency.operands == {"jobs": 21, "workers": 30}
    assert by_agency.sources == by_units.sources == open_one.sources


def test_g1_a_choice_changes_no_other_figure():
    things = joined(commune(3), commune(4), labour=LABOUR)
    mine = replace(things, choices={"jobs": BELOW})
    assert sums(mine)["workers"] == sums(things)["workers"]
    assert sums(mine)["offices"] == sums(things)["offices"]


def test_g1_an_agency_that_answers_for_its_own_part_is_added():
    """The count says `answered = "adds"`: communes 3 + 4, the agency 20 of its own: 27; silent, it is missing."""
    jobs = replace(FORM.counts["jobs"], answered=Answered.ADDS)
    (section,) = FORM.sections
    plan = replace(
        FORM, sections=(replace(section, rows=tuple(jobs if row.id == "jobs" else row for row in section.rows)),)
    )
    office = replace_code(90)
    things = replace(joined(commune(3), commune(4)), form=plan, agency_units={office: frozenset({"labour"})})
    told = sums(replace(things, agency_parts={office: LABOUR}, agencies={"labour": LABOUR}))["jobs.female"]
    silent = sums(things)["jobs.female"]
    assert (told.quantity, told.reported, told.expected, told.others) == (27, 3, 3, ())
    assert (silent.quantity, silent.reported, silent.expected) == (7, 2, 3)


def test_g1_half_a_breakdown_is_no_answer_while_the_communes_have_the_whole():
    """The agency knows the women only: women of the area must not be added to the men of those communes that reported."""
    added = sums(joined(commune(3), silent=3, labour=said(jobs_female=20)))
    assert (added["jobs.female"].quantity, added["jobs"].quantity, added["jobs"].agency) == (3, 3, "")
    assert (added["jobs"].reported, added["jobs"].expected) == (1, 4)


def test_g1_an_agency_to_which_it_does_not_apply_says_nothing_of_the_communes():
    added = sums(joined(commune(3), labour=said(jobs_female="x", jobs_male="x", workers="…")))
    assert (added["jobs"].quantity, added["workers"].quantity) == (3, 10)
    nothing = sums(joined(commune(3), labour=said(jobs_female="-", jobs_male="-")))["jobs"]
    assert (nothing.quantity, nothing.others) == (Lack.TWO_SOURCES, (("labour", Lack.NOT_ARISEN),))


def test_g2_half_of_an_indicator_is_answered_then_the_communes_complete_pairs_may_be_chosen():
    """The agency gives the jobs alone. 3 of 10 in the one commune that reported; 20 of 10 would be foreign."""
    things = joined(commune(3), silent=1, labour=said(jobs_female=20, jobs_male=0))
    assert judged(things)["job_share"].verdict is Verdict.TWO_SOURCES
    assert covered(judged(chosen(things, BELOW))["job_share"]) == (30, 1, 2)
    assert judged(chosen(things, "labour"))["job_share"].quantity is Lack.BLANK


def test_g2_what_only_an_agency_knows_meets_only_the_whole_area():
    """20 births; workers 10 + 30 when both communes reported, nothing while one is silent."""
    health = said(births_female=12, births_male=8)
    assert covered(judged(joined(commune(), commune(workers=30), health=health))["births_by_worker"]) == (0.5, 3, 3)
    short = judged(joined(commune(), silent=1, health=health))["births_by_worker"]
    assert covered(short) == (Lack.BLANK, 2, 3)


def test_g2_two_agencies_make_an_indicator_between_them():
    """births of the health agency over doctors of the labour agency: both know the whole area."""
    things = joined(silent=40, health=said(births_female=12, births_male=8), labour=said(doctors=4))
    assert covered(judged(things)["births_by_doctor"]) == (5, 2, 2)


def test_g2_the_communes_left_it_to_the_agency():
    """Every commune gives its jobs and leaves the workers to the agency, which gives no jobs."""
    result = judged(joined(commune(3, "…"), commune(5, "…"), labour=said(workers=40)))["job_share"]
    assert covered(result) == (20, 3, 3)


def test_g3_a_silent_agency_is_missing_not_nought():
    """births is nobody's but an agency's: 0 of 1 have told."""
    added = sums(joined(commune()))
    assert (added["births.female"].quantity, added["births.female"].reported, added["births.female"].expected) == (
        Lack.BLANK,
        0,
        1,
    )
    assert covered(judged(joined(commune()))["births_by_doctor"]) == (Lack.BLANK, 0, 2)
    half = judged(joined(commune(), health=said(births_female=1, births_male=1)))["births_by_doctor"]
    assert covered(half) == (Lack.BLANK, 1, 2)


def test_g3_where_only_an_agency_answers_each_part_stands_by_itself():
    added = sums(joined(health=said(births_female=12)))
    assert (added["births.female"].quantity, added["births.male"].quantity, added["births"].quantity) == (
        12,
        Lack.BLANK,
        Lack.BLANK,
    )
    assert sums(joined(health=said(births_female="x", births_male=2)))["births"].quantity == 2


def test_g4_an_agency_speaks_only_for_its_own_counts():
    """The health agency sends figures of another's counts and of the communes': none is heard."""
    stranger = said(jobs_female=999, jobs_male=999, workers=999, offices=999, doctors=999)
    assert sums(joined(commune(), health=stranger)) == sums(joined(commune(), health={}))
    assert judged(joined(commune(), health=stranger)) == judged(joined(commune(), health={}))


def test_g4_two_agencies_that_say_otherwise_are_a_question_not_the_plans_first():
    both = {"health": said(births_female=12, births_male=8), "labour": said(births_female=12, births_male=9)}
    for agencies in (both, dict(reversed(both.items()))):
        added = sums(joined(**agencies))
        male = added["births.male"]
        assert (male.quantity, male.others) == (Lack.TWO_SOURCES, (("health", 8), ("labour", 9)))
        assert (added["births.female"].quantity, added["births.female"].others) == (12, ())
    assert sums(chosen(joined(**both), "labour"))["births.male"].quantity == 9


def test_g1_beside_the_agencys_whole_stands_a_whole_sum_or_none():
    """The communes told of the women only: 7 is no sum of women and men."""
    women = [said(jobs_female=3, workers=10), said(jobs_female=4, workers=10)]
    added = sums(chosen(joined(*women, labour=said(jobs_female=20, jobs_male=1)), "labour"))
    assert (added["jobs.female"].beside, added["jobs.male"].beside) == (7, None)
    assert (added["jobs"].quantity, added["jobs"].beside) == (21, None)


def test_what_does_not_add_up_is_not_added_up():
    """offices as something that each unit proposes: 2 and 2 are no 4, only the office's own 1 stands."""
    proposed = agency_form(('title = "Số cơ quan"', 'title = "Số cơ quan"\n    adds_up = false'))
    added = sums(replace(joined(commune(), commune(), own=said(offices=1)), form=proposed))["offices"]
    assert (added.quantity, added.reported, added.expected) == (1, 1, 1)


def test_the_offices_own_part_is_added_to_the_communes():
    """offices: 2 + 2 below, 1 of the office itself."""
    assert sums(joined(commune(), commune(), own=said(offices=1)))["offices"].quantity == 5
    assert sums(joined(commune(), commune()))["offices"].reported == 2


def test_the_share_of_units_asks_the_communes_whatever_the_agency_says():
    result = judged(joined(commune(0), commune(1), labour=said(jobs_female=50, jobs_male=50, workers=99)))[
        "units_with_jobs"
    ]
    assert result.operands == {"units_meeting": 1, "units_expected": 2}


def test_an_agency_alone_is_computed_by_the_same_rules():
    mine = form_at(FORM, ProgrammeRole(Role.AGENCY, frozenset({"labour"})))
    found = results(single(mine, UNIT, Role.AGENCY, said(jobs_female=3, jobs_male=2, workers=10)), 2025)
    assert [(result.indicator.id, *covered(result)) for result in found] == [("job_share", 50, 1, 1)]


figures = st.one_of(st.sampled_from(["-", "x", "…"]), st.integers(0, 10**6))
communes = st.lists(st.builds(commune, figures, figures, figures), max_size=5)
labour = st.builds(lambda a, c: said(jobs_female=a, jobs_male=0, workers=c), figures, figures)
COVERED = {CellState.GIVEN, CellState.NONE, CellState.NOT_APPLICABLE}


@given(below=communes, silent=st.integers(0, 2), agency=st.none() | labour, seed=st.randoms())
def test_g5_the_order_of_reports_does_not_matter(below, silent, agency, seed):
    told = {"labour": agency} if agency else {}
    things = joined(*below, silent=silent, **told)
    shuffled = list(things.expected)
    seed.shuffle(shuffled)
    other = Contributions(FORM, tuple(shuffled), dict(reversed(things.below.items())), agencies=told)
    assert sums(things) == sums(other)
    assert results(things, 2025) == results(other, 2025)


@given(
    below=communes,
    more=st.builds(commune, st.integers(0, 99), st.integers(1, 99), st.integers(0, 99)),
    agency=st.none() | labour,
)
def test_g5_one_more_commune_adds_exactly_its_figures_or_none_where_an_agency_was_chosen(below, more, agency):
    told = {"labour": agency} if agency else {}
    before, after = (sums(chosen(joined(*all_of_them, **told), "labour")) for all_of_them in (below, (*below, more)))
    for cell, one in more.items():
        was, now = before[cell].quantity, after[cell].quantity
        grown = one.amount if not before[cell].agency else 0
        assert (now if isinstance(now, Decimal) else 0) - (was if isinstance(was, Decimal) else 0) == grown


@given(below=communes, agency=labour)
def test_g5_a_ratio_is_that_of_its_shown_operands(below, agency):
    """The agency's pair, the communes' complete pairs, or one of each where no commune is missing: never an average,
    never a numerator of one and a denominator of another."""
    things = joined(*below, labour=agency)
    result = judged(things)["job_share"]
    if result.amount is None:
        return
    jobs, workers = (Decimal(0) if isinstance(one, Lack) else one for one in result.operands.values())
    assert result.amount == 100 * jobs / workers
    pairs = [cells for cells in below if {cells["jobs.female"].state, cells["workers"].state} <= COVERED]
    lent = {name: all(cells[name].state in COVERED for cells in below) for name in ("jobs.female", "workers")}
    assert (jobs, workers) in {
        (women(agency), amount(agency)),
        (sum(map(women, pairs)), sum(map(amount, pairs))),
        (women(agency), sum(map(amount, below)) if lent["workers"] else None),
        (sum(map(women, below)) if lent["jobs.female"] else None, amount(agency)),
    }


def women(cells: dict[str, Cell]) -> Decimal:
    return cells["jobs.female"].amount or Decimal(0)


def amount(cells: dict[str, Cell]) -> Decimal:
    return cells["workers"].amount or Decimal(0)


@pytest.mark.parametrize(
    ("target", "formula", "typed", "verdict"),
    [
        (30, "100 * jobs / workers", 5, Verdict.NOT_COMPARABLE),  # 5 of 10; the silent one may have 0 of 1 000
        (100, "100 * jobs / workers", 5, Verdict.NOT_MET),  # 5 of 10 are never all again
        (100, "100 * jobs / workers", 10, Verdict.NOT_COMPARABLE),
        (4, "offices", 5, Verdict.MET),  # a count only grows
        (4, "offices", 3, Verdict.NOT_COMPARABLE),
    ],
)
def test_g6_no_verdict_that_a_silent_unit_could_turn(target, formula, typed, verdict):
    """One commune has reported, one is silent. `jobs <= workers` is a check of the form."""
    share = FORM.indicators["job_share"]
    aim = Target(2025, Operator.AT_LEAST, Decimal(target), "")
    judged_one = replace(share, formula=Formula.parse(formula), targets=(aim,))
    (section,) = FORM.sections
    rows = tuple(judged_one if row is share else row for row in section.rows)
    within = Check("within", Rule.parse("jobs <= workers"), "error", "")
    plan = replace(FORM, sections=(replace(section, rows=rows),), checks=(within,))
    things = replace(joined(commune(typed, offices=typed), silent=1), form=plan)
    assert judged(things)["job_share"].verdict is verdict
    told = replace(joined(commune(typed, offices=typed), own=said(offices=0)), form=plan)
    assert judged(told)["job_share"].verdict in (Verdict.MET, Verdict.NOT_MET)
