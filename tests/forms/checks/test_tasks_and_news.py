"""The day of an item that nobody can have meant is asked about.

today 30/11/2026, quý IV năm 2026 is open

05/10/2026   stored           01/01/2027   to come, and of another quarter: asked
30/11/2026   stored           01/12/2026   to come: asked
                              30/09/2026   of another quarter: asked
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks import all_checks
from forms.checks.context import Context
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind, day_doubt
from forms.model.org_unit import UnitKey
from forms.model.period import Basis, Period
from forms.model.report import Report
from forms.programmes.catalogue import load_all

TODAY, Q4 = date(2026, 11, 30), Period("2026-Q4")


def report_with(item: NewsItem) -> Report:
    form = load_all().form_for("nq28", Q4)
    return Report(form, UnitKey("19804", date(2025, 7, 1)), Role.REPORTING, Q4, news=(item,))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 5), ""),
        (TODAY, ""),
        (date(2026, 12, 1), "Ngày 01/12/2026 chưa tới (hôm nay là 30/11/2026)."),
        (date(2026, 9, 30), "Ngày 30/09/2026 ngoài quý IV năm 2026 (từ ngày 01/10/2026 đến ngày 31/12/2026)."),
        (
            date(2027, 1, 1),
            f"Ngày 01/01/2027 chưa tới (hôm nay là 30/11/2026), và ngoài quý IV năm 2026 ({Q4.window_words}).",
        ),
    ],
)
def test_what_is_said_of_a_day(day, words):
    assert day_doubt(day, TODAY, Q4) == words


def test_without_a_period_only_the_future_is_doubted():
    assert day_doubt(date(2026, 9, 30), TODAY) == ""
    assert "chưa tới" in day_doubt(date(2026, 12, 1), TODAY)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from(Basis))
def test_a_day_is_taken_without_a_word_only_inside_the_period_and_not_after_today(day, basis):
    period = Period("2026-Q4", basis)
    assert (day_doubt(day, TODAY, period) == "") is (period.holds(day) and day <= TODAY)


def test_an_item_of_a_day_to_come_needs_a_reason_before_it_is_sealed():
    item = NewsItem("t1", TODAY + timedelta(1), "Lễ phát động", NewsKind.BRIEF, ("website",))
    report = report_with(item)
    found = [one for one in all_checks.find(report, Context(today=TODAY)) if one.check == "news_future:t1"]
    assert [(one.level, one.blocks) for one in found] == [("warning", True)]
    assert "“Lễ phát động”" in found[0].message
    assert "Ngày 01/12/2026 chưa tới" in found[0].message
    explained = report.explained("news_future:t1", "Đồng hồ máy sai")
    assert not [
        one for one in all_checks.find(explained, Context(today=TODAY)) if one.blocks and "news_future" in one.check
    ]


def test_who_does_not_know_the_day_says_nothing_of_it():
    """An office above, and a report that is read again years later."""
    item = NewsItem("t1", date(2099, 1, 1), "Lễ phát động", NewsKind.BRIEF, ("website",))
    assert not [one for one in all_checks.find(report_with(item)) if "news_future" in one.check]
