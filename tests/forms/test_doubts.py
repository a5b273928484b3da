"""Arrivals kept aside. D1 no figure · D2 only noughts · D3 an error that no sender's screen lets pass · D4 a total that
is not its list's · D5 blanks alone are added up as far as they go · D6 a form of another kind of period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.cell import BLANK, given
from forms.count import Role
from forms.doubts import doubt
from forms.exchange import Arrival
from forms.news import NewsItem, NewsKind
from forms.periods import Period
from forms.report import Report

from .conftest import UNIT


def code(report) -> str:
    decision = doubt(report)
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
    assert "lớn hơn dân số" in doubt(drawn[0]).message


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
