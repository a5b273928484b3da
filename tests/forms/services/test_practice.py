"""Practice figures: the same everywhere, sound enough to be sealed, and never mistaken for a measurement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks import all_checks
from forms.model.count import Role
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report, is_all_zero
from forms.programmes.catalogue import load_all
from forms.programmes.programme_role import ProgrammeRole, form_at
from forms.services.practice import Draw, no_figures, quarter_news, year_figures

Q4, YEAR = Period("2025-Q4"), Period("2025")
CATALOGUE = load_all()


def blank(period: Period, code: str = "19804", role: Role = Role.REPORTING) -> Report:
    form = form_at(CATALOGUE.form_for("nq28_hue", period), ProgrammeRole(role, frozenset({"local"})))
    return Report(form, UnitKey(code, date(2025, 7, 1)), role, period)


def taken(report: Report, filled) -> Report:
    report = replace(report, cells=filled.cells).with_news(filled.news)
    return replace(report, explanations=filled.explanations, tasks=filled.tasks)


@pytest.mark.parametrize("items", range(10))
def test_a_quarter_can_be_sealed_with_any_number_of_items(items):
    report = taken(blank(Q4), quarter_news(blank(Q4), items))
    assert report.quantity("news_counted") == items
    assert all_checks.blocking(all_checks.find(report)) == ()
    assert is_all_zero(report) == (items == 0)


@pytest.mark.parametrize("code", [str(number) for number in range(40)])
@pytest.mark.parametrize(("role", "news"), [(Role.REPORTING, 3), (Role.SUMMING, None)])
def test_a_year_can_be_sealed(code, role, news):
    empty = blank(YEAR, code, role)
    report = taken(empty, year_figures(empty, news))
    assert all_checks.blocking(all_checks.find(report)) == ()
    assert set(report.cells) >= set(empty.expected_cells)


def test_a_report_without_figures_is_recognised_as_one():
    report = taken(blank(Q4), no_figures(blank(Q4)))
    assert report.is_blank
    assert all_checks.blocking(all_checks.find(report)) == ()


def test_figures_follow_from_the_unit_and_the_period_alone():
    assert quarter_news(blank(Q4, "1"), 5) == quarter_news(blank(Q4, "1"), 5)
    assert quarter_news(blank(Q4, "1"), 5).news != quarter_news(blank(Q4, "2"), 5).news


def test_numbers_stay_within_their_bounds_and_reach_both():
    drawn = {Draw(str(seed)).number(0, 9, "x") for seed in range(200)}
    assert drawn == set(range(10))
