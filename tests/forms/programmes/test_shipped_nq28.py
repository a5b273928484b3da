"""Nghị quyết 28/NQ-CP and the plan by which Thừa Thiên Huế carries it out: targets, agencies, duties, reviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from forms.checks import all_checks
from forms.model.cell import given
from forms.model.count import Role
from forms.model.expression import Lack
from forms.model.form import Form
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.programme import Programme
from forms.programmes.programme_role import ProgrammeRole, form_at, unit_post
from tests.forms.conftest import UNIT
from tests.forms.programmes.shipped import catalogue, form, milestones, owned, plan, says, table

HUE = plan("hue")

# Operator and amount of every chỉ tiêu, copied from the documents and not from the packs.
HUE_2025 = """
1.1 >=60  2.1 >=50  2.2 <30  2.3 >=30  3.1 <=2  3.2a >=80  3.2b >=50  3.3 =100  3.4 =100  4.1 <=109  4.2 <15  4.3 <=18
4.4 >=1  5.1 =1  5.2a >90  5.2b ≈85  5.3 >30  5.4a >50  5.4b >=30  6.1 >=60  6.2 =100  6.3 =100  6.4 =100
"""
NATIONAL_2025 = """
1.1 >=60  2.1 >=50  2.2 <30  2.3 >=27  3.1 <=1.7  3.2a >=80  3.2b >=50  3.3 =100  3.4 >=70  4.1 <=111  4.2 <=42
4.3 <=18  4.4 >=40  5.1 =1  5.2a >90  5.2b ≈85  5.3 >30  5.4a >=50  5.4b >=30  6.1 >=60  6.2 =100  6.3 =100  6.4 =100
"""
NATIONAL_2030 = """
1.1 >=75  2.1 ≈60  2.2 <25  2.3 >=30  3.1 <=1.4  3.2a >=90  3.2b >=70  3.3 =100  3.4 =100  4.1 <=109  4.2 <42  4.3 <18
4.4 >=70  5.1 =1  5.2a ≈99  5.2b >=90  5.3 >=40  5.4a >=50  5.4b >=35  6.1 >=80  6.2 =100  6.3 =100  6.4 =100
"""
# Who answers for which chỉ tiêu, copied from part IV; “Sở Lao động - Thương binh và Xã hội” has three successors.
HUE_OWNERS = {
    ("labour", "social", "vocational"): "2.1 2.2 3.2a 3.2b 3.3 3.4 5.3 6.1 6.2",
    ("planning",): "2.3",
    ("health",): "4.1 4.2 4.3 4.4",
    ("interior",): "1.1",
    ("information",): "6.3 6.4",
    ("education",): "5.1 5.2a 5.2b",
    ("statistics",): "3.1 5.4a 5.4b",
}


@pytest.fixture(scope="module", params=["nq28", "nq28_hue"])
def programme(request: pytest.FixtureRequest) -> Programme:
    return catalogue().programme(request.param)


@pytest.fixture(scope="module")
def yearly(programme: Programme) -> Form:
    return form(programme.id, "year_indicators")


def test_a_programme_has_six_objectives_and_the_yearly_form_a_section_for_each(
    programme: Programme, yearly: Form
) -> None:
    sections = [(s.number, s.title) for s in yearly.sections if s.rows]
    assert [(o.number, o.title) for o in programme.objectives] == sections
    assert [o.number for o in programme.objectives] == list("123456")


def test_twenty_indicators_are_measured_by_twenty_three_figures_in_printed_order(yearly: Form) -> None:
    printed = [i.number for i in yearly.indicators.values()]
    assert len(printed) == 23
    assert len({number.rstrip("ab") for number in printed}) == 20
    assert printed == sorted(printed)
    assert printed == list(table(HUE_2025))


def test_rows_stand_in_the_section_of_their_objective(yearly: Form) -> None:
    assert all(row.number.startswith(f"{section.number}.") for section in yearly.sections for row in section.rows)


def test_the_targets_are_those_of_the_documents() -> None:
    hue, national = (form(id, "year_indicators") for id in ("nq28_hue", "nq28"))
    assert milestones(hue, 2025) == table(HUE_2025)
    assert milestones(hue, 2030) == {}
    assert milestones(national, 2025) == table(NATIONAL_2025)
    assert milestones(national, 2030) == table(NATIONAL_2030)


def test_the_words_of_a_hue_target_and_its_duties_are_the_plans_own() -> None:
    for page in catalogue().programme("nq28_hue").forms:
        words = [target.words for indicator in page.indicators.values() for target in indicator.targets]
        assert [one for one in words if not says(HUE, one)] == []
        assert [task.title for task in page.tasks.values() if task.title not in HUE] == []


def test_every_duty_of_part_four_is_a_task_or_an_indicator_of_its_agency() -> None:
    """“1. Sở Lao động …: a) … b) …” – each point but the ones that say who answers for a chỉ tiêu."""
    part = HUE[HUE.index("IV. TỔ CHỨC THỰC HIỆN") : HUE.index("V. CHẾ ĐỘ THÔNG TIN")]
    points = [
        line.partition(" ")[2].rstrip(".") for line in part.splitlines() if line[:2] in ("a)", "b)", "c)", "d)", "đ)")
    ]
    told = {task.title for task in form("nq28_hue", "year_indicators").tasks.values()}
    owners = [
        point for point in points if "Chịu trách nhiệm" in point or "Chủ trì thu thập và báo cáo số liệu" in point
    ]
    assert len(owners) == 8
    assert {point.rstrip(";") for point in points} - set(owners) - told == set()


def test_agencies_own_what_the_plan_gives_them() -> None:
    hue = catalogue().programme("nq28_hue")
    for agencies, numbers in HUE_OWNERS.items():
        mine = set().union(*(owned(hue, agency) for agency in agencies))
        assert {one for one in mine if one[0].isdigit()} == set(numbers.split())


def test_both_packs_know_the_same_fields() -> None:
    hue, national = ({a.id for a in catalogue().programme(id).agencies} for id in ("nq28_hue", "nq28"))
    assert national < hue


def test_an_agency_sees_its_rows_and_tasks_and_a_commune_its_own() -> None:
    """Sở Y tế answers for four chỉ tiêu; since the mergers also for victims of trafficking and the shelters."""
    hue = catalogue().programme("nq28_hue")
    yearly = form("nq28_hue", "year_indicators")
    health = form_at(yearly, unit_post(hue, "Sở Y tế thành phố Huế", "agency"))
    assert [i.number for i in health.indicators.values()] == ["3.3", "3.4", "4.1", "4.2", "4.3", "4.4"]
    assert set(health.tasks) == {"reproductive_health", "help_victims"}
    commune = form_at(yearly, unit_post(hue, "Xã Bình Điền", "commune"))
    assert set(commune.tasks) == {"local_plan"}
    assert commune.cells_for(Role.REPORTING) == yearly.cells_for(Role.REPORTING)


def test_an_agencys_figure_is_required_of_it_and_left_to_it_by_the_summing_office(yearly: Form) -> None:
    """The province may type “lao động nữ có việc làm” where no agency reports; it need not."""
    assert "women_employed" in yearly.required_for(Role.AGENCY)
    assert "women_employed" in yearly.cells_for(Role.SUMMING)
    assert "women_employed" not in yearly.required_for(Role.SUMMING)


def test_violence_trafficking_and_maternal_deaths_are_sensitive(yearly: Form) -> None:
    assert {i.number for i in yearly.indicators.values() if i.sensitive} == {"3.2a", "3.2b", "3.3", "4.2"}


def test_violence_at_home_is_a_part_that_another_agency_answers_for() -> None:
    """IV.7.d: “chỉ tiêu 2 (số liệu về bạo lực gia đình)”; the whole of 3.2 stays what it was in version 1."""
    yearly = form("nq28_hue", "year_indicators")
    parts = [count for count in yearly.counts.values() if count.id.endswith("_at_home")]
    assert [count.number for count in parts] == ["3.2.5", "3.2.6", "3.2.7", "3.2.8"]
    assert all(count.agencies == ("culture",) and count.sensitive and not count.verified for count in parts)
    guards = {check.expect.text for check in yearly.checks}
    wholes = {f"{c.id}.{sex} <= {c.id.removesuffix('_at_home')}.{sex}" for c in parts for sex in ("female", "male")}
    assert wholes <= guards


def test_maternal_mortality_is_computed_above(yearly: Form) -> None:
    assert yearly.indicators["maternal_mortality"].computed_by == (Role.SUMMING, Role.AGENCY)
    assert "maternal_deaths" in yearly.cells_for(Role.REPORTING)


def test_boys_and_girls_must_each_complete_school(yearly: Form) -> None:
    by_part = {i.number: tuple(i.each_part.parts) for i in yearly.indicators.values() if i.each_part}
    assert by_part == {"5.2a": ("boys", "girls"), "5.2b": ("boys", "girls")}


@pytest.mark.parametrize(("boys", "girls", "ratio"), [(112, 100, Decimal(112)), (3, 0, Lack.NOT_ARISEN)])
def test_no_girl_born_makes_the_ratio_at_birth_not_arisen(yearly: Form, boys: int, girls: int, ratio: object) -> None:
    born = {"live_births.boys": Decimal(boys), "live_births.girls": Decimal(girls)}
    formula = yearly.indicators["sex_ratio_at_birth"].formula
    assert formula
    assert formula.evaluate(born.__getitem__) == ratio


@pytest.mark.parametrize(("quarters", "met"), [((4, 4, 4, 4), True), ((9, 9, 3, 9), False)])
def test_a_rich_quarter_does_not_make_up_for_a_poor_one(yearly: Form, quarters: tuple[int, ...], met: bool) -> None:
    counted = {f"news_q{n}": Decimal(news) for n, news in enumerate(quarters, 1)}
    rule = yearly.indicators["communes_with_news"].rule
    assert rule
    assert rule.holds(counted.__getitem__) is met


def test_four_counts_of_the_year_are_the_quarters_own(yearly: Form) -> None:
    assert [(c.from_news, c.quarter) for c in yearly.counts.values() if c.from_news] == [
        ("counted", n) for n in (1, 2, 3, 4)
    ]
    crosses = [(cross.count, cross.form, cross.period, cross.other) for cross in yearly.crosses]
    assert crosses == [(f"news_q{n}", "quarter_news", f"Q{n}", "news_counted") for n in (1, 2, 3, 4)]


def test_the_quarter_asks_what_version_one_asked_and_tin_and_bai_by_month_of_who_knows(programme: Programme) -> None:
    """A commune without a list types six totals; the months are its own to tell, and then make the totals."""
    quarter = form(programme.id, "quarter_news")
    first = catalogue().find_form(programme.id, 1, "quarter_news")
    assert first
    by_month = {count.id: count.from_news for count in quarter.counts.values() if count.by}
    assert by_month == {"news_brief_monthly": "brief", "news_feature_monthly": "feature"}
    assert [c.id for c in quarter.counts.values() if c.id not in by_month] == list(first.counts)
    assert quarter.required_for(Role.REPORTING) == first.required_for(Role.REPORTING)


@pytest.mark.parametrize(
    ("months", "wrong"), [((1, 0, 2), []), ((1, 1, 2), ["months_make_briefs"]), ((1, None, 2), [])]
)
def test_months_that_are_typed_make_the_total(months: tuple[int | None, ...], wrong: list[str]) -> None:
    """1.1 tin: 3 | tháng thứ nhất 1 | thứ hai 0 | thứ ba 2; a month that is left out says nothing yet."""
    typed = {f"news_brief_monthly.m{n}": given(told) for n, told in enumerate(months, 1) if told is not None}
    cells = {"news_brief": given(3), **typed}
    report = Report(form("nq28_hue", "quarter_news"), UNIT, Role.REPORTING, Period("2025-Q4"), cells=cells)
    assert [found.check for found in all_checks.find(report) if found.check.startswith("months_")] == wrong


def test_items_of_the_ledger_fall_into_their_months(programme: Programme) -> None:
    """
    tin 03/10, bài 20/11, tin 30/12
    """
    kinds = {
        date(2025, 10, 3): NewsKind.BRIEF,
        date(2025, 11, 20): NewsKind.FEATURE,
        date(2025, 12, 30): NewsKind.BRIEF,
    }
    items = [
        NewsItem(f"{number:032x}", day, f"Tin {number}", kind, ("website",))
        for number, (day, kind) in enumerate(kinds.items())
    ]
    blank = Report(form(programme.id, "quarter_news"), UNIT, Role.REPORTING, Period("2025-Q4"))
    cells = blank.with_news(items).cells
    told = {
        kind: [int(cells[f"news_{kind}_monthly.m{n}"].amount or 0) for n in (1, 2, 3)] for kind in ("brief", "feature")
    }
    assert told == {"brief": [1, 0, 1], "feature": [0, 1, 0]}
    assert (cells["news_brief"], cells["news_feature"]) == (given(2), given(1))


def test_from_memory_is_what_the_research_could_not_confirm() -> None:
    national = form("nq28", "year_indicators")
    open_2030 = {i.number for i in national.indicators.values() for t in i.targets if t.year == 2030 and not t.verified}
    assert open_2030 == {"4.3", "4.4", "5.2b", "5.3", "5.4a", "5.4b", "6.2", "6.3", "6.4"}


def test_both_packs_ask_a_commune_for_the_same_cells() -> None:
    """A province that localises the strategy can still be summed up nationally; only 4.4 is measured otherwise, and
    Huế asks how much of the violence was at home."""
    hue, national = (form(id, "year_indicators") for id in ("nq28_hue", "nq28"))
    asked = [cell for cell in hue.cells_for(Role.REPORTING) if "_at_home" not in cell]
    assert tuple(asked) == national.cells_for(Role.REPORTING)
    differing = {id for id in set(hue.counts) ^ set(national.counts) if not id.endswith("_at_home")}
    assert differing == {"pilot_facilities", "provinces_with_pilot", "provinces"}


def test_version_two_keeps_every_count_of_version_one(programme: Programme) -> None:
    for page in catalogue().programme(programme.id, 1).forms:
        newer = form(programme.id, page.id)
        assert [id for id in page.counts if id not in newer.counts] == []
        assert [i.formula or i.rule for i in page.indicators.values()] == [
            i.formula or i.rule for i in newer.indicators.values()
        ]


def test_hue_deadlines_keep_the_plans_words() -> None:
    """“Trước ngày 30/11” is met on 29/11 at the latest, by the agencies too."""
    hue = catalogue().programme("nq28_hue")
    commune, agency, province = (deadline_of(hue, role) for role in (Role.REPORTING, Role.AGENCY, Role.SUMMING))
    assert commune == agency
    assert commune
    assert province
    assert (commune.words, last_day(commune, Period("2025"))) == ("trước ngày 30/11", date(2025, 11, 29))
    assert (province.words, last_day(province, Period("2025"))) == ("trước ngày 10/12 hàng năm", date(2025, 12, 9))
    assert all(says(HUE, deadline.words) for deadline in hue.deadlines)


def test_a_year_works_towards_the_next_milestone() -> None:
    """2022 → 2025; 2026 → 2030; after the last one, the last one."""
    national = form("nq28", "year_indicators")
    found = [national.indicators["share_reached"].target_for(year) for year in (2022, 2025, 2026, 2031)]
    assert [target and target.year for target in found] == [2025, 2025, 2030, 2030]


def test_parsed_words_are_the_specs_own_kinds(yearly: Form) -> None:
    for indicator in yearly.indicators.values():
        assert isinstance(indicator.kind, StrEnum)
        assert all(isinstance(target.operator, StrEnum) for target in indicator.targets)


# --- reviews


@pytest.mark.parametrize(
    ("id", "years", "required"),
    [("mid_term_review", (2021, 2022), (2022,)), ("final_review", tuple(range(2021, 2026)), (2025,))],
)
def test_a_review_asks_the_yearly_rows_for_each_year_of_the_plan(
    id: str, years: tuple[int, ...], required: tuple[int, ...]
) -> None:
    """1.1  | 2021 | 2022 | … | against the target of 2025"""
    review, yearly = form("nq28_hue", id), form("nq28_hue", "year_indicators")
    assert [(r.id, r.number, r.title) for s in review.sections for r in s.rows] == [
        (r.id, r.number, r.title) for s in yearly.sections for r in s.rows
    ]
    assert {count.years for count in review.counts.values()} == {years}
    assert {count.required_years for count in review.counts.values()} == {required}
    assert {i.years for i in review.indicators.values()} == {years}
    assert not any(count.from_news for count in review.counts.values())
    assert milestones(review, 2025) == table(HUE_2025)
    assert catalogue().form_for("nq28_hue", Period(review.span)) == review


def test_a_review_says_where_it_departs_from_the_reports_of_the_years() -> None:
    review, yearly = form("nq28_hue", "final_review"), form("nq28_hue", "year_indicators")
    assert {(cross.count, cross.other, cross.form, cross.period) for cross in review.crosses} == {
        (id, id, "year_indicators", "year") for id in yearly.counts
    }
    assert all(len(cross.id) <= 60 for cross in review.crosses)


def test_which_years_the_mid_term_covers_is_marked_as_our_reading() -> None:
    """The plan says “sơ kết 02 năm giữa kỳ”, not which years; and asks for a plan of one's own before 25/6/2021."""
    mid_term = form("nq28_hue", "mid_term_review")
    assert not mid_term.verified
    assert "cách hiểu" in mid_term.source
    assert says(HUE, "tổ chức sơ kết 02 năm giữa kỳ")
    own = mid_term.tasks["own_plan"]
    assert (own.due, own.leads) == (date(2021, 6, 24), ())
    assert says(HUE, "trước ngày 25/6/2021")


def test_a_review_is_narrowed_like_the_year() -> None:
    review = form("nq28_hue", "final_review")
    seen = form_at(review, ProgrammeRole(Role.AGENCY, frozenset({"statistics"})))
    assert [i.number for i in seen.indicators.values()] == ["3.1", "5.4a", "5.4b"]
    assert {spec.section for spec in seen.narratives} == {"", "3", "5"}
    assert replace(review, sections=seen.sections).cells_for(Role.AGENCY) == seen.cells_for(Role.AGENCY)
