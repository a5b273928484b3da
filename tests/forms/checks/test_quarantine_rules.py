"""Arrivals kept aside. D1 no figure · D2 only noughts · D3 an error that no sender's screen lets pass · D4 a total that
is not its list's · D5 blanks alone are added up as far as they go · D6 a form of another kind of period · D7 a period
that has not begun · D8 a year that is not the plan's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks.quarantine_rules import doubt, untimely
from forms.exchange.statements import Arrival
from forms.model.cell import BLANK, Cell, CellState, given
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from tests.forms.conftest import UNIT
from tests.span_form import span_form, span_programme

TODAY = date(2025, 12, 31)


def code(report, today=TODAY) -> str:
    decision = asked(report, today)
    assert decision is None or decision.arrival is Arrival.QUARANTINED
    return decision.code if decision else ""


def test_each_commune_for_its_reason(drawn):
    """
                       D1    D2    D3     D3    D5
    reached.female    | …  | 0   | -30  | 60   | 30
    reached.male      | …  | 0   | 40   | 40   | 40
    population.female | …  | 0   | 50   | 50   | 50
    population.male   | …  | 0   | 49   | 49   |
    """
    assert [code(report) for report in drawn] == ["BLANK", "ALL_ZERO", "FIGURES_WRONG", "FIGURES_WRONG", ""]


def test_d3_the_sentence_says_which_figure(drawn):
    """
    reached.female    | 60
    reached.male      | 40
    population.female | 50
    population.male   | 49
    """
    assert "lớn hơn dân số" in asked(drawn[0]).message


def asked(report, today=TODAY):
    """Under a plan of the years 2021 to 2025, with a form of 2011..2020."""
    return doubt(report, untimely(report.period, span_programme(), today))


@pytest.fixture
def listed(catalogue):
    period = Period("2025-Q4")
    item = NewsItem("a" * 32, date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("loudspeaker",))
    return Report(catalogue.form_for("nq28_hue", period), UNIT, Role.REPORTING, period).with_news([item])


def test_d4_the_total_is_that_of_the_list_that_came_with_it(listed):
    assert code(listed) == ""
    forged = replace(listed, cells={**listed.cells, "news_airings": given(99)})
    assert code(forged) == "NEWS_TOTAL_DIFFERS"
    assert code(replace(listed, cells={**listed.cells, "news_airings": BLANK})) == "NEWS_TOTAL_DIFFERS"


def test_d4_a_commune_with_totals_only_is_believed(listed):
    assert code(replace(listed, news=())) == ""


def test_d6_a_quarterly_form_for_a_month_or_a_year_is_nobodys(listed):
    for label in ("2025", "2025-11"):
        assert code(replace(listed, period=Period(label))) == "PERIOD_WRONG"


@pytest.mark.parametrize(
    "word",
    [
        lambda report: report,
        lambda report: report.explained("few_reached", "xã mới"),
        lambda report: report.explained("all_zero", "xã mới lập"),
        lambda report: report.with_cell("reached.male", replace(given(0), note="chưa có hoạt động nào")),
        lambda report: report.with_cell("reached.male", Cell(CellState.NONE)),
        lambda report: report.with_cell("reached.male", Cell(CellState.NOT_COLLECTED, note="mất sổ")),
    ],
    ids=["nothing", "a reason for another check", "a reason for this very one", "a note", "a sign", "one left out"],
)
def test_d2_only_noughts_are_kept_aside_whatever_was_explained(small, word):
    zero = Report(small, UNIT, Role.REPORTING, Period("2025"), cells=dict.fromkeys(small.count_of_cell, given(0)))
    assert code(word(zero)) == "ALL_ZERO"


@pytest.mark.parametrize(
    "states", [[CellState.NONE], [CellState.NONE, CellState.NOT_APPLICABLE], [CellState.NOT_APPLICABLE]]
)
def test_d2_only_signs_are_kept_aside_whatever_was_explained(small, states):
    """Everything - · some of it x · everything x"""
    cells = {name: Cell(states[n % len(states)]) for n, name in enumerate(small.count_of_cell)}
    signs = Report(small, UNIT, Role.REPORTING, Period("2025"), cells=cells).explained("few_reached", "xã mới")
    assert code(signs) == "ALL_NONE"
    assert code(signs.with_cell("population.male", given(7))) == ""


def test_d2_the_reason_that_was_given_is_told_to_who_decides(small):
    zero = Report(small, UNIT, Role.REPORTING, Period("2025"), cells=dict.fromkeys(small.count_of_cell, given(0)))
    assert "Đơn vị ghi lý do: xã mới lập." in asked(zero.explained("all_zero", "xã mới lập.")).message


def test_d7_a_period_that_has_not_begun_is_kept_aside_and_the_machines_day_is_named(drawn):
    """
    reached.female    | 30
    reached.male      | 40
    population.female | 50
    population.male   | 49
    """
    assert code(drawn[0], date(2024, 12, 31)) == "PERIOD_NOT_BEGUN"
    assert "31/12/2024" in asked(drawn[0], date(2024, 12, 31)).message
    assert code(drawn[0], date(2025, 1, 1)) == ""


@pytest.mark.parametrize("label", ["2010", "2026", "2035"])
def test_d8_a_period_outside_the_plans_years_is_kept_aside(drawn, label):
    """
    reached.female    | 30
    reached.male      | 40
    population.female | 50
    population.male   | 49
    """
    assert code(replace(drawn[0], period=Period(label)), date(2099, 1, 1)) == "PERIOD_OUTSIDE"


def test_a_report_of_tasks_or_proposals_is_no_empty_one():
    """An agency that has only work to tell of, or only somebody to propose."""
    empty = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))
    since = replace(empty, unit=UNIT._replace(valid_from=date(2011, 1, 1)))
    assert code(since) == "BLANK"
    assert code(since.with_task(Task("t-1", result="chưa có kinh phí"))) == ""
    assert code(since.with_nominations([Nomination(Nominee.PERSON, "Lê Thị A", "", "10 năm")])) == ""


def test_work_that_was_honestly_not_begun_is_no_empty_report():
    """Every task "chưa thực hiện", each with the reason why; the counts that stand beside are "không phát sinh"."""
    empty = Report(span_form(), UNIT._replace(valid_from=date(2011, 1, 1)), Role.AGENCY, Period("2011..2020"))
    told = empty
    for id in empty.form.tasks:
        told = told.explained(f"task_idle:{id}", "chưa có kinh phí")
    assert code(told) == ""
    none = {name: Cell(CellState.NONE) for name in told.expected_cells}
    assert code(replace(told, cells=none)) == ""
    assert code(replace(empty, cells=none)) == "ALL_NONE"
    assert code(empty.explained("no_such_task", "vì sao")) == "BLANK"


def test_d3_days_of_a_task_that_cannot_be_are_kept_aside():
    since = UNIT._replace(valid_from=date(2011, 1, 1))
    wrong = Task("t-1", TaskState.DONE, 100, date(2019, 5, 6), date(2019, 5, 5))
    assert code(Report(span_form(), since, Role.AGENCY, Period("2011..2020")).with_task(wrong)) == "FIGURES_WRONG"


@pytest.mark.parametrize("label", ["2011", "2010..2019", "2011..2021"])
def test_d6_a_span_is_the_very_span(label):
    assert code(Report(span_form(), UNIT, Role.AGENCY, Period(label))) == "PERIOD_WRONG"
