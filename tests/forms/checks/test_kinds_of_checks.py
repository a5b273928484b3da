"""Checks, kind by kind. K1 a rule holds in each year by itself and only when it is asked · K2 two forms tell the same
figure · K3 a figure is held against the periods before it · K4 tasks and proposals · K5 notes tell no person's story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.checks.all_checks import blocking, errors, find
from forms.checks.context import ALONE, Context
from forms.checks.whole_report import counted_before
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from tests.agency_form import agency_form
from tests.forms.conftest import UNIT
from tests.forms.programmes.test_pack_validation import pack
from tests.span_form import CROSS, span_form

NONE = Cell(CellState.NONE)
RULES = """
[[check]]
id = "reached_within"
expect = "reached <= population"
level = "error"
message = "Số người được tiếp cận lớn hơn dân số. Sửa một trong hai."

[[check]]
id = "few_reached"
expect = "reached >= 10"
when = "population >= 100"
level = "warning"
message = "Rất ít người được tiếp cận. Ghi lý do."
"""
SPAN = pack(("", RULES)).form("span")


def of(form, role: Role = Role.AGENCY, **typed: object) -> Report:
    """reached_female_2015=3 is the cell reached.female@2015."""
    report = Report(form, UNIT, role, Period(form.span or "2025"))
    for name, value in typed.items():
        cell = value if isinstance(value, Cell) else given(Decimal(str(value)))
        report = report.with_cell(_cell(name), cell)
    return report


def _cell(name: str) -> str:
    words = name.split("_")
    year = f"@{words.pop()}" if words[-1].isdigit() else ""
    return ".".join(words) + year


def year(of: int, **women: int) -> dict[str, int]:
    """So many women in that year, and no men."""
    return {f"{name}_female_{of}": value for name, value in women.items()} | {f"{name}_male_{of}": 0 for name in women}


def checks(report: Report, context: Context = ALONE) -> dict[str, str]:
    """Level by check, without the blanks."""
    return {one.check: one.level for one in find(report, context) if not one.says_blank}


def test_k1_a_rule_is_asked_in_each_year_by_itself():
    """
                2014  2015
    reached       5    50
    population    4   100      2014 is wrong; together they would be right
    """
    report = of(SPAN, **year(2014, reached=5, population=4), **year(2015, reached=50, population=100))
    (found,) = (one for one in find(report) if one.check.startswith("reached_within"))
    assert (found.check, found.level) == ("reached_within@2014", "error")
    assert found.message.startswith("Năm 2014: ")
    assert found.cells == ("reached.female@2014", "reached.male@2014", "population.female@2014", "population.male@2014")


def test_k1_a_rule_is_asked_only_when_its_condition_holds():
    """3 of 99 is not asked about, 3 of 100 is; a blank condition asks nothing."""
    assert "few_reached@2015" not in checks(of(SPAN, **year(2015, reached=3, population=99)))
    assert checks(of(SPAN, **year(2015, reached=3, population=100)))["few_reached@2015"] == "warning"
    assert "few_reached@2015" not in checks(of(SPAN, **year(2015, reached=3)))


def test_k1_the_reason_of_one_year_is_not_that_of_another():
    typed = year(2015, reached=3, population=100) | year(2020, reached=3, population=100)
    report = of(SPAN, **typed).explained("few_reached@2015", "vùng sâu")
    explained = {one.check: one.explained for one in find(report) if one.check.startswith("few")}
    assert explained == {"few_reached@2015": True, "few_reached@2020": False}


def test_only_what_the_unit_may_fill_is_asked_of_it():
    """The commune answers no count of the agencies': nothing is missing."""
    report = Report(span_form(), UNIT, Role.REPORTING, Period("2011..2020"))
    assert [one.check for one in find(report) if one.says_blank] == []


def test_a_carried_figure_blocks_until_it_is_confirmed_and_a_flag_only_shows():
    report = of(agency_form(), Role.REPORTING, workers=replace(given(5), carried=True, flagged=True))
    assert (checks(report)["carried:workers"], checks(report)["flagged:workers"]) == ("error", "hint")
    assert "carried:workers" in [one.check for one in blocking(find(report))]
    assert not {"carried:workers", "flagged:workers"} & set(checks(report.unmarked()))


def crossed(here: Cell, there: Cell | None, level: str = "error") -> dict[str, str]:
    """The population of 2015 in the span form and in the year form of 2015."""
    programme = pack(("", CROSS.replace('level = "error"', f'level = "{level}"')))
    report = Report(
        programme.form("span"), UNIT, Role.AGENCY, Period("2011..2020"), cells={"population.female@2015": here}
    )
    year = Report(programme.form("year"), UNIT, Role.REPORTING, Period("2015"))
    related = {} if there is None else {("year", "2015"): replace(year, cells={"population.female": there})}
    return checks(report, Context((), related))


@pytest.mark.parametrize(
    ("here", "there", "differ"),
    [
        (given(5), given(5), False),
        (given(5), given(6), True),
        (given(0), NONE, False),
        (NONE, NONE, False),
        (given(5), NONE, True),
        (NONE, given(5), True),
        (given(5), Cell(), False),
        (Cell(), given(5), False),
        (given(5), Cell(CellState.NOT_COLLECTED), False),
        (given(5), None, False),
    ],
)
def test_k2_two_forms_must_tell_the_same_figure_where_both_tell_one(here, there, differ):
    """here | in the other form"""
    assert ("same_news:population.female@2015" in crossed(here, there)) is differ


@pytest.mark.parametrize(
    ("women", "men", "differ"), [(3, 2, False), (3, 3, True), (3, None, False), ("-", "-", True), (5, "-", False)]
)
def test_k2_a_figure_is_held_against_the_total_of_the_others_parts(women, men, differ):
    """5 new jobs in the summing-up; the yearly form of 2015 asks women and men."""
    cross = CROSS.replace('count = "population"', 'count = "jobs"').replace("same_news", "same_jobs")
    programme = pack(("", cross))
    parts = {"population.female": women, "population.male": men}
    cells = {name: NONE if one == "-" else given(one) for name, one in parts.items() if one is not None}
    year = Report(programme.form("year"), UNIT, Role.REPORTING, Period("2015"), cells=cells)
    report = Report(programme.form("span"), UNIT, Role.AGENCY, Period("2011..2020"), cells={"jobs@2015": given(5)})
    found = checks(report, Context((), {("year", "2015"): year}))
    assert ("same_jobs:jobs@2015" in found) is differ


def test_k2_the_programme_says_how_grave_it_is():
    assert crossed(given(5), given(6), "hint")["same_news:population.female@2015"] == "hint"


def test_k3_a_figure_is_held_against_the_years_before():
    """2024: 40 · 2023: 42 · 2022: 38 · 2021: 41 · now 400"""
    earlier = [of(agency_form(), Role.REPORTING, workers=value) for value in (40, 42, 38, 41)]
    report = of(agency_form(), Role.REPORTING, workers=400)
    (found,) = (one for one in find(report, Context(tuple(earlier))) if one.check == "unusual:workers")
    assert found.level == "warning"
    assert "các kỳ trước là 40; 42; 38; 41: cao hơn mức thường gặp" in found.message
    assert "unusual:workers" not in checks(of(agency_form(), Role.REPORTING, workers=44), Context(tuple(earlier)))


def test_k3_not_arisen_is_nought_and_a_period_that_did_not_tell_ends_the_history():
    """2024: - · 2023: … · 2022: 500: the 500 is not looked at"""
    told = [of(agency_form(), Role.REPORTING, workers=one) for one in (NONE, Cell(CellState.NOT_COLLECTED), 500)]
    assert "unusual:workers" not in checks(of(agency_form(), Role.REPORTING, workers=3), Context(tuple(told)))


def test_k3_in_a_form_of_years_the_earlier_years_are_the_history():
    report = of(SPAN, jobs_2011=40, jobs_2012=41, jobs_2013=39, jobs_2014=40, jobs_2015=400, jobs_2016=40)
    found = checks(report)
    assert found["unusual:jobs@2015"] == "warning"
    assert "unusual:jobs@2014" not in found
    assert counted_before("jobs@2014", SPAN.count_of_cell["jobs@2014"], report, ALONE) == [
        39,
        41,
        40,
    ]  # the newest first


@pytest.mark.parametrize(("jobs", "is_wrong"), [(99, False), (100, False), (101, True)])
def test_a_figure_may_be_as_large_as_its_maximum_and_no_larger(jobs, is_wrong):
    form = pack(('title = "Số việc làm mới"', 'title = "Số việc làm mới"\n    maximum = "100"')).form("span")
    assert ("range:jobs@2015" in checks(of(form, jobs_2015=jobs))) is is_wrong


@pytest.mark.parametrize("extra", ["adds_up = false", "decimals = 1", 'maximum = "1"'])
def test_k3_what_is_no_count_of_something_has_no_usual_range(extra):
    """A target proposed for 2025 and 2030, a share, a yes or no."""
    form = pack(('title = "Số việc làm mới"', f'title = "Số việc làm mới"\n    {extra}')).form("span")
    report = of(form, jobs_2011=1, jobs_2012=1, jobs_2013=1, jobs_2014=1, jobs_2015=0 if "maximum" in extra else 400)
    assert not [check for check in checks(report) if check.startswith("unusual")]


def tasked(*tasks: Task, **more) -> dict[str, str]:
    report = replace(Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020")), **more)
    for task in tasks:
        report = report.with_task(task)
    return {check: level for check, level in checks(report).items() if check.endswith("t-1")}


@pytest.mark.parametrize(
    ("task", "found"),
    [
        (Task("t-1"), {"task_idle:t-1": "warning"}),
        (Task("t-1", result="chưa có kinh phí"), {}),
        (Task("t-1", TaskState.RUNNING, 40), {}),
        (Task("t-1", TaskState.RUNNING, 100), {"task_percent:t-1": "warning"}),
        (Task("t-1", TaskState.DONE, 90, finished=date(2019, 5, 5)), {"task_percent:t-1": "warning"}),
        (Task("t-1", TaskState.DONE, 100), {"task_day:t-1": "hint"}),
        (Task("t-1", TaskState.DONE, 100, date(2019, 5, 5), date(2019, 5, 5)), {}),
        (Task("t-1", TaskState.DONE, 100, date(2019, 5, 6), date(2019, 5, 5)), {"task_days:t-1": "error"}),
        (Task("t-1", TaskState.RUNNING, 40, due=date(2020, 12, 30)), {"task_late:t-1": "hint"}),
        (Task("t-1", TaskState.RUNNING, 40, due=date(2020, 12, 31)), {}),
        (Task("t-1", TaskState.DONE, 100, finished=date(2021, 1, 1), due=date(2019, 1, 1)), {}),
    ],
)
def test_k4_a_task_is_told_of_as_far_as_it_is(task, found):
    """state, percent, days | finding"""
    assert tasked(task) == found


def test_k4_late_is_late_on_the_day_of_the_figures():
    running = Task("t-1", TaskState.RUNNING, 40, due=date(2020, 6, 30))
    assert "task_late:t-1" not in tasked(running, as_of=date(2020, 6, 30))
    assert "task_late:t-1" in tasked(running, as_of=date(2020, 7, 1))


def test_k4_days_that_cannot_be_are_an_error_above_as_well():
    report = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))
    wrong = report.with_task(Task("t-1", TaskState.DONE, 100, date(2019, 5, 6), date(2019, 5, 5)))
    assert "task_days:t-1" in [one.check for one in errors(wrong)]


def test_k4_a_proposal_has_a_ground_and_stands_once():
    first, bare = (
        Nomination(Nominee.PERSON, "Lê Thị Hoà", "Bằng khen", "10 năm"),
        Nomination(Nominee.COLLECTIVE, "Xã A"),
    )
    report = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))
    found = find(report.with_nominations([first, bare, replace(first, name="LÊ THỊ HÒA")]))
    told = {one.check: (one.level, one.place) for one in found if one.spot.startswith("nomination")}
    assert told == {"no_ground:2": ("warning", "nomination:2"), "nominated_twice:3": ("hint", "nomination:3")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi 0912345678", "personal"),
        ("Gọi 0912 345 678", "personal"),
        ("Gọi 0912.345.678.", "personal"),
        ("Gọi +84 912 345 678", "personal"),
        ("Căn cước 046123456789", "personal"),
        ("Căn cước 046 123 456 789", "personal"),
        ("04 tin, 02 bài, ngày 05/10/2025", ""),
        ("Dân số 1.250.000, năm trước 1.180.000", ""),
        ("Các năm 2011, 2012, 2013, 2014", ""),
        ("Số 1.091.234.567 đồng", ""),
        ("Có 3 nạn nhân được hỗ trợ", ""),
        ("Nạn nhân đã được tư vấn, bạo lực giảm", ""),
        ("Anh ấy bị bạo lực", ""),
        ("Chị Lan ở thôn 3 bị bạo lực", "story"),
        ("cháu tên H. bị xâm hại", "story"),
        ("Bạo lực với bà Ánh", "story"),
        ("Chị Lan, Chủ tịch Hội, phát biểu", ""),
    ],
)
def test_k5_what_points_to_a_person_is_noticed_and_ordinary_words_are_not(text, found):
    report = of(agency_form(), Role.REPORTING, workers=replace(given(5), note=text))
    told = [check.partition(":")[0] for check in checks(report) if check.endswith(":workers")]
    assert told == [found] * bool(found)


def test_k5_a_sensitive_figure_has_a_short_note_without_a_name():
    form = pack(('title = "Số việc làm mới"', 'title = "Số vụ"\n    sensitive = true')).form("span")

    def noted(text: str) -> set[str]:
        return {
            check for check in checks(of(form, jobs_2015=replace(given(2), note=text))) if check.startswith("story")
        }

    assert noted("theo sổ của công an") == set()
    assert noted("chị Lan") == noted("a" * 121) == {"story:jobs@2015"}


def test_k5_tasks_and_texts_are_read_too():
    report = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020")).with_task(Task("t-1", product="0912345678"))
    found = find(report.with_narrative("results", "Nạn nhân Hoa bị bạo lực"))
    assert {(one.check, one.place) for one in found if one.check.startswith(("personal", "story"))} == {
        ("personal:t-1", "task:t-1"),
        ("story:results", "text:results"),
    }
