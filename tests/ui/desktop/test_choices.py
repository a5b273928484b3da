"""Which reports are offered, and the one text that leads to a spot in one of them."""

from __future__ import annotations

from datetime import date

import pytest

from forms.model.period import Basis, Period
from forms.services import reports_on_offer
from tests.ui.desktop.parts import FakeProgram, desk_of
from ui.desktop.shell import Location

TODAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    "place",
    [
        Location("nq28_hue", Period("2025-Q4"), "news_counted"),
        Location("nq28_hue", Period("2025-Q4", Basis.ND09)),
        Location("qd2351_hatinh", Period("2011..2020"), "reached.female@2015"),
    ],
    ids=str,
)
def test_a_place_is_read_back_from_its_text(place):
    assert Location.read(str(place)) == place


@pytest.mark.parametrize("text", ["", "2025-Q4", "nq28_hue/2025-Q9/calendar", "nq28_hue/2025-Q4/moon#x", "a/b"])
def test_what_is_no_place_is_none(text):
    assert Location.read(text) is None


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


def test_every_form_of_a_followed_programme_is_offered_with_its_periods(desk):
    offered = desk.on_offer.own(TODAY)
    news = next(choice for choice in offered if choice.form.has_news)
    assert [period.label for period in news.periods[:2]] == ["2025-Q4", "2025-Q3"]
    assert {choice.programme.id for choice in offered} == {"nq28_hue"}


def test_where_nothing_is_asked_for_the_report_of_these_days_is_shown(desk):
    offered = desk.on_offer.own(TODAY, lambda form: form.has_news)
    assert reports_on_offer.where(offered, None, TODAY) == Location("nq28_hue", Period("2025-Q4"))
    asked = Location("nq28_hue", Period("2025-Q2"), "news_counted")
    assert reports_on_offer.where(offered, asked, TODAY) == asked
    assert reports_on_offer.where(offered, Location("other", Period("2025-Q2")), TODAY) is None, "no other in its place"
    assert reports_on_offer.where((), None, TODAY) is None


def test_the_windows_are_those_that_the_office_chose(desk):
    desk.programmes.set_basis("nq28_hue", Basis.ND09)
    news = desk.on_offer.own(date(2025, 12, 20), lambda form: form.has_news)[0]
    assert news.periods[0] == Period("2025-Q4", Basis.ND09), "the plan ends with 2025"
    assert all(period.basis is Basis.ND09 for period in news.periods)


@pytest.mark.parametrize(
    ("period", "is_held"),
    [
        (Period("2025-Q4", Basis.ND09), True),
        (Period("2021-Q1"), True),
        (Period("2026-Q1"), False),
        (Period("2020-Q4"), False),
        (Period("2025-H1"), False),
        (Period("2020..2024"), False),
    ],
    ids=str,
)
def test_a_report_that_a_form_asks_for_can_be_opened_though_it_is_not_offered(desk, period, is_held):
    """Its windows are others than the office has chosen; but no period outside the plan, and none that no form has."""
    offered = desk.on_offer.own(TODAY)
    place = Location("nq28_hue", period)
    held = reports_on_offer.holding(offered, place)
    assert (reports_on_offer.where(held, place, TODAY) == place) is is_held
    assert reports_on_offer.instead(offered, place, TODAY) == Location("nq28_hue", Period("2025-Q4"))
