"""Hà Tĩnh: the summing-up of 2011-2020 (QĐ 2351/QĐ-TTg) and the work programme of 2019."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forms.checks import all_checks
from forms.model.cell import given
from forms.model.count import Role
from forms.model.indicator import IndicatorKind
from forms.model.news_counting import counts
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.programme_role import form_at, unit_post
from forms.services.practice import SOMEBODY
from tests.forms.programmes.shipped import catalogue, form, milestones, plan, says, table

PLAN, ANNEX = plan("hatinh_2351"), plan("bvstbpn_2019")
SPAN = Period("2011..2020")

# Copied from the research (domain.md 1b), not from the pack: QĐ 2351/QĐ-TTg as amended by QĐ 800/QĐ-TTg.
TARGETS_2015 = """
1.1b >=30  1.2 >=80  1.3 >=70  2.2 >=30  2.3 >=25  2.4 >=80  3.1a >=90  3.2a >=40  3.2b >=20  4.1 <=113  4.2 <=58.3
4.3 >=40  4.4 <=27  5.1 >=60  5.2 >=90  6.1 <=2  6.2a >=40  6.2b >=70  6.3 =100  7.1 >=80  7.2 =100  7.3 =1  7.4 =100
"""
TARGETS_2020 = """
1.1a >=25  1.1b >35  1.2 >95  1.3 =100  2.1a >=40  2.1b >=40  2.2 >=35  2.3 >=50  2.4 =100  3.1b >=98  3.2a >=50
3.2b >=25  4.1 <=115  4.2 <52  4.3 >=50  4.4 <25  5.1 >=80  5.2 =100  5.3 =100  6.1 <=1.5  6.2a >=50  6.2b >=75  6.3 =100
7.1 =100  7.2 =100  7.3 =1  7.4 =100
"""
# Of these the research saw the target only in memory, or not in its exact words.
FROM_MEMORY = {
    2015: "3.1a 3.2a 3.2b 4.2 4.3 4.4 6.1 6.2a 6.2b 6.3 7.1 7.2 7.3 7.4",
    2020: "2.4 3.2a 4.2 4.4 5.1 5.2 5.3 6.1 6.3 7.1 7.2 7.3 7.4",
}


def summing_up():
    return form("qd2351_hatinh", "summing_up")


def test_seven_objectives_have_twenty_two_chi_tieu_and_the_one_that_was_added() -> None:
    numbers = {i.number.rstrip("ab") for i in summing_up().indicators.values()}
    assert len(catalogue().programme("qd2351_hatinh").objectives) == 7
    assert len(numbers - {"5.3"}) == 22
    assert "5.3" in numbers  # QĐ 800: chuyên mục


def test_the_targets_are_those_of_the_decision_as_amended() -> None:
    assert milestones(summing_up(), 2015) == table(TARGETS_2015)
    assert milestones(summing_up(), 2020) == table(TARGETS_2020)


def test_what_is_from_memory_is_marked_target_by_target() -> None:
    for year, numbers in FROM_MEMORY.items():
        marked = {
            i.number for i in summing_up().indicators.values() for t in i.targets if t.year == year and not t.verified
        }
        assert marked == set(numbers.split())


def test_values_are_asked_for_2015_and_2020_and_may_be_given_for_every_year() -> None:
    """| 2011 | … | 2015 | … | 2020 |"""
    span = summing_up()
    assert (span.span, span.period_kind) == ("2011..2020", PeriodKind.SPAN)
    whole = [count for count in span.counts.values() if not count.id.startswith("proposed_")]
    assert {count.years for count in whole} == {tuple(range(2011, 2021)), (2018, 2019, 2020)}
    assert {count.required_years for count in whole} == {(2015, 2020), (2015,), (2020,)}
    assert catalogue().form_for("qd2351_hatinh", SPAN) == span


def test_each_objective_is_assessed_in_four_parts_as_the_plan_asks() -> None:
    """ "kết quả, hạn chế, nguyên nhân và bài học kinh nghiệm" """
    assert says(PLAN, "kết quả, hạn chế, nguyên nhân và bài học kinh nghiệm")
    asked = [(spec.id, spec.required) for spec in summing_up().narratives if spec.section]
    parts = ("results", "limits", "causes", "lessons")
    assert asked == [(f"{part}_{objective}", True) for objective in range(1, 8) for part in parts]


def test_proposals_for_2021_2030_are_two_years_of_their_own_and_never_required() -> None:
    span = summing_up()
    proposed = [count for count in span.counts.values() if count.id.startswith("proposed_")]
    numbers = {i.number for i in form("nq28", "year_indicators").indicators.values()}
    assert {count.number.removeprefix("ĐX.") for count in proposed} == numbers
    assert {count.years for count in proposed} == {(2025, 2030)}
    assert not any(count.adds_up or count.required for count in proposed)
    assert says(PLAN, "đề ra mục tiêu, chỉ tiêu, giải pháp thực hiện Chiến lược giai đoạn 2021-2030")


def test_commendations_the_conference_and_the_deadline_are_in_the_plans_words() -> None:
    span, programme = summing_up(), catalogue().programme("qd2351_hatinh")
    assert span.nominations
    assert says(PLAN, span.nominations.words)
    assert says(PLAN, "Chủ tịch Ủy ban nhân dân tỉnh quyết định khen thưởng")
    paper = next(spec for spec in span.narratives if spec.id == "conference_paper")
    assert says(PLAN, paper.title)
    assert paper.limit == 20_000
    deadline = deadline_of(programme, Role.AGENCY, PeriodKind.SPAN)
    assert deadline
    assert says(PLAN, deadline.words)
    assert last_day(deadline, SPAN) == date(2021, 4, 22)


def test_the_duties_of_part_three_are_tasks_of_those_who_have_them() -> None:
    """A duty is quoted without “Chủ trì, phối hợp với …”, which stands in its column."""
    for task in summing_up().tasks.values():
        first, *others = (piece.strip() for piece in task.title.split(";"))
        assert first.casefold() in PLAN.casefold(), task.title
        assert all(other.casefold() in PLAN.casefold() for other in others), task.title
        assert all(name in PLAN for name in task.lead.split("; "))
    assert {lead for task in summing_up().tasks.values() for lead in task.leads} == {
        *("labour", "information", "interior", "press", "everyone"),
    }


def test_districts_report_the_ten_years_and_communes_the_months() -> None:
    """The plan asks huyện, thành phố, thị xã; the chuyên mục of QĐ 800 are the communes'."""
    programme = catalogue().programme("qd2351_hatinh")
    assert programme.reporters == ("district",)
    assert form("qd2351_hatinh", "month_slots").reporters == ("commune", "ward", "township", "special_zone")


def test_a_so_sees_its_own_objective_with_its_proposals_and_texts() -> None:
    programme = catalogue().programme("qd2351_hatinh")
    health = form_at(summing_up(), unit_post(programme, "Sở Y tế tỉnh Hà Tĩnh", "agency"))
    assert [i.number for i in health.indicators.values()] == ["4.1", "4.2", "4.3", "4.4", "6.3"]
    assert {spec.section for spec in health.narratives} == {"", "4", "6"}
    assert [c.number for c in health.counts.values() if c.id.startswith("proposed_")] == [
        *("ĐX.3.3", "ĐX.3.4", "ĐX.4.1", "ĐX.4.2", "ĐX.4.3", "ĐX.4.4"),
    ]


def test_two_chuyen_muc_a_month_are_enough_and_a_tin_is_none() -> None:
    month = form("qd2351_hatinh", "month_slots")
    kinds = (NewsKind.SLOT, NewsKind.BRIEF, NewsKind.SLOT)
    rule = month.news_rule
    assert rule
    items = [
        NewsItem(f"{n:032x}", date(2019, 5, 1 + n), f"Mục {n}", kind, ("website",)) for n, kind in enumerate(kinds)
    ]
    counted = [replace(item, counted=counts(rule, item)) for item in items]
    report = Report(month, SOMEBODY, Role.REPORTING, Period("2019-05")).with_news(counted)
    assert report.quantity("news_slots") == 2
    assert [f.check for f in all_checks.find(report) if f.blocks] == []
    short = report.with_news(counted[:2])
    assert [f.check for f in all_checks.find(short) if f.blocks] == ["enough_slots"]


def test_nobody_may_be_counted_twice_in_one_year_of_the_span() -> None:
    """2015: 30 nữ trong 20 người có nhu cầu | 2020: 10 trong 20"""
    report = Report(summing_up(), SOMEBODY, Role.REPORTING, SPAN)
    figures = {
        "women_borrowers@2015": 30,
        "women_wanting_loans@2015": 20,
        "women_borrowers@2020": 10,
        "women_wanting_loans@2020": 20,
    }
    report = replace(report, cells={name: given(amount) for name, amount in figures.items()})
    wrong = [
        f.check
        for f in all_checks.find(report)
        if f.level == "error" and "women_borrowers" in f.check and not f.says_blank
    ]
    assert wrong == ["women_borrowers_within@2015"]


def test_survey_figures_and_milestones_are_not_added_up() -> None:
    for indicator in summing_up().indicators.values():
        if indicator.kind in (IndicatorKind.SURVEY, IndicatorKind.YES_NO):
            assert not any(summing_up().counts[name].adds_up for name in indicator.names)


# --- the work programme of 2019


def test_eight_tasks_are_printed_in_nine_rows() -> None:
    """
    7 | Tổ chức các đoàn kiểm tra … | Ban VSTBPNVN tỉnh           | Ban VSTBPN các Sở … | Thông báo kết luận kiểm tra
      |                             | Ban VSTBPN các Sở, ban, … | Các Ban VSTBPN cấp …  |
    """
    tasks = form("bvstbpn_hatinh", "year_tasks").tasks
    assert [task.number for task in tasks.values()] == ["1", "2", "3", "4", "5", "6", "7", "7", "8"]
    assert tasks["inspection_province"].title == tasks["inspection_local"].title
    assert tasks["inspection_province"].lead != tasks["inspection_local"].lead


def test_a_task_reads_as_in_the_annex() -> None:
    for task in form("bvstbpn_hatinh", "year_tasks").tasks.values():
        for words in (task.title, task.lead, task.cooperating, task.product):
            assert words in ANNEX, words
        assert task.due is None  # the annex sets no day


def test_a_unit_sees_the_tasks_that_it_leads() -> None:
    programme = catalogue().programme("bvstbpn_hatinh")
    tasks = form("bvstbpn_hatinh", "year_tasks")

    def numbers(name: str, kind: str) -> list[str]:
        return [task.number for task in form_at(tasks, unit_post(programme, name, kind)).tasks.values()]

    assert numbers("Sở Lao động - Thương binh và Xã hội tỉnh Hà Tĩnh", "agency") == ["2", "5", "6", "7"]
    assert numbers("Huyện Can Lộc", "district") == ["6", "7"]
    assert numbers("Ban vì sự tiến bộ của phụ nữ tỉnh Hà Tĩnh", "agency") == ["1", "3", "6", "7", "7", "8"]
    assert programme.deadlines == ()
