"""The day of an item, typed in a hurry."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import InputRefused
from forms.model.period import Basis, Period
from ui.desktop.news.entry_line_presenter import day_words, read_day, read_or_none

Q4, TODAY = Period("2025-Q4"), date(2025, 12, 30)
LAST = date(2025, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5", date(2025, 11, 5)),
        ("05", date(2025, 11, 5)),
        ("31", date(2025, 12, 31)),  # November has none
        ("5/10", date(2025, 10, 5)),
        ("5-10", date(2025, 10, 5)),
        ("05/10/2025", date(2025, 10, 5)),
        ("5/10/25", date(2025, 10, 5)),
        ("5/9", date(2025, 9, 5)),  # outside the quarter, but said plainly
        ("+1", date(2025, 11, 21)),
        ("-3", date(2025, 11, 17)),
        ("hn", TODAY),
        ("HQ", date(2025, 12, 29)),
        ("  ", None),
    ],
)
def test_what_is_not_typed_is_taken_from_the_day_before(typed, day):
    assert read_day(typed, LAST, Q4, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"), [("20/12", date(2024, 12, 20)), ("20", date(2025, 2, 20)), ("5/1", date(2025, 1, 5))]
)
def test_it_falls_into_the_period_that_is_shown_where_it_can(typed, day):
    """Quý I of NĐ 09: 15/12/2024 – 14/3/2025."""
    assert read_day(typed, date(2025, 2, 1), Period("2025-Q1", Basis.ND09), TODAY) == day


@pytest.mark.parametrize("typed", ["32", "0", "5/13", "30/2", "mai", "5/10/2025/1", "٥", "5.", "1/1/99999", "++1"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(InputRefused) as refused:
        read_day(typed, LAST, Q4, TODAY)
    assert (refused.value.code, refused.value.where) == ("DATE_UNREADABLE", "date")
    assert read_or_none(typed, LAST, Q4, TODAY) is None


@given(st.text(max_size=12))
def test_nothing_that_is_typed_does_more_than_be_refused(typed):
    day = read_or_none(typed, LAST, Q4, TODAY)
    assert day is None or isinstance(day, date)


@given(st.dates(date(2010, 1, 1), date(2090, 12, 31)), st.dates(date(2010, 1, 1), date(2090, 12, 31)))
def test_a_whole_date_means_itself_whatever_stood_before(day, last):
    assert read_day(f"{day:%d/%m/%Y}", last, Q4, TODAY) == day


def test_a_day_is_said_with_its_name():
    assert day_words(date(2025, 10, 5)) == "Chủ nhật, 05/10/2025"
