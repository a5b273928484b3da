"""How many items there are against what is asked, by month, quarter and year, under the calendar and NĐ 09."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.period import Basis, Period
from forms.summary.news_count import Standards, around, tally
from tests.news_packs import by_month, monthly

QUARTER, MONTH = by_month(), monthly()
ITEM = NewsItem("1", date(2025, 10, 5), "Tin", NewsKind.BRIEF, ("loudspeaker",))
SLOT = replace(ITEM, kind=NewsKind.SLOT)


def counted(items, label: str, basis: Basis = Basis.CALENDAR, programme=QUARTER):
    standards = Standards([programme])
    (standard,) = standards.all
    return tally(standard.rule, Period(label, basis), standards.by_month(standard, items))


def days(*numbers: int) -> list[NewsItem]:
    return [replace(ITEM, id=str(day), date=date(2025, 10, 1) + timedelta(day - 1)) for day in numbers]


def test_a_quarter_is_held_against_its_minimum():
    found = counted(days(1, 2, 40), "2025-Q4")
    assert (found.counted, found.minimum, found.lacks) == (3, 4, 1)


def test_a_month_of_it_is_only_counted_and_a_year_says_how_many_quarters_have_enough():
    assert counted(days(1, 2, 40), "2025-10").minimum == 0
    year = counted(days(1, 2, 3, 40), "2025")
    assert (year.counted, year.met, year.asked) == (4, 1, 4)


def test_where_the_rule_is_by_the_month_a_quarter_says_how_many_months_have_enough():
    """≥ 2 chuyên mục a month: two in October, one in November."""
    slots = [replace(item, kind=NewsKind.SLOT) for item in days(1, 2, 40)]
    assert counted(slots, "2025-10", programme=MONTH).minimum == 2
    quarter = counted(slots, "2025-Q4", programme=MONTH)
    assert (quarter.counted, quarter.met, quarter.asked) == (3, 1, 3)


@pytest.mark.parametrize(
    ("day", "calendar", "nd09"),
    [(date(2025, 10, 14), "2025-10", "2025-10"), (date(2025, 10, 15), "2025-10", "2025-11")],
)
def test_the_same_day_is_another_month_under_the_windows_of_nd09(day, calendar, nd09):
    item = replace(ITEM, date=day)
    assert counted([item], calendar).counted == 1
    assert counted([item], nd09, Basis.ND09).counted == 1


def test_programmes_that_ask_the_same_share_a_counter():
    again = replace(QUARTER, id="other", short_title="Kế hoạch khác")
    standards = Standards([QUARTER, MONTH, again])
    assert [standard.title for standard in standards.all] == ["Kế hoạch months; Kế hoạch khác", "Kế hoạch slots"]
    assert [standard.noun for standard in standards.all] == ["tin, bài", "chuyên mục"]


def test_the_rule_in_force_on_the_day_says_what_is_counted():
    earlier = replace(MONTH, first_year=2011, last_year=2020)
    standards = Standards([QUARTER, earlier])
    assert standards.deciding(date(2019, 5, 1)).title == "Kế hoạch slots"
    assert standards.deciding(date(2025, 5, 1)).title == "Kế hoạch months"
    assert standards.suggests(replace(SLOT, date=date(2019, 5, 1)))
    assert not standards.suggests(SLOT)


def test_the_other_rule_counts_by_itself_and_the_deciding_one_as_the_item_says():
    """A slot that does not count for the first programme is one for the second."""
    standards = Standards([QUARTER, MONTH])
    first, second = standards.all
    slot = replace(SLOT, counted=False)
    assert (standards.counts(first, slot), standards.counts(second, slot)) == (False, True)
    relayed = replace(slot, origin=Origin.RELAYED)
    assert not standards.counts(second, relayed)


def test_beside_a_month_stand_its_quarter_and_year_and_beside_a_year_its_quarters():
    assert [one.label for one in around(Period("2025-11"), Basis.CALENDAR)] == [
        "2025-10",
        "2025-11",
        "2025-12",
        "2025-Q4",
        "2025",
    ]
    assert [one.label for one in around(Period("2025"), Basis.ND09)] == [
        "2025-Q1",
        "2025-Q2",
        "2025-Q3",
        "2025-Q4",
        "2025",
    ]


@given(st.lists(st.dates(date(2024, 12, 1), date(2026, 1, 31)), max_size=30), st.sampled_from(Basis))
def test_the_months_of_a_year_add_up_to_what_its_window_holds(dates, basis):
    items = [replace(ITEM, id=str(number), date=day) for number, day in enumerate(dates)]
    year = Period("2025", basis)
    assert counted(items, "2025", basis).counted == sum(year.holds(day) for day in dates)
    quarters = [counted(items, quarter.label, basis).counted for quarter in year.quarters()]
    assert sum(quarters) == counted(items, "2025", basis).counted
