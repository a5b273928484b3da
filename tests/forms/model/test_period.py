"""Periods: labels, windows of both bases, and that every day has exactly one period of each kind."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import InputRefused
from forms.model.period import Basis, Period, PeriodKind, containing

DAY = timedelta(days=1)
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
BASES = st.sampled_from(Basis)
KINDS = st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR])


@pytest.mark.parametrize(
    ("label", "kind", "first", "last", "words"),
    [
        ("2025", PeriodKind.YEAR, date(2025, 1, 1), date(2025, 12, 31), "năm 2025"),
        ("2025-H1", PeriodKind.HALF, date(2025, 1, 1), date(2025, 6, 30), "6 tháng đầu năm 2025"),
        ("2025-H2", PeriodKind.HALF, date(2025, 7, 1), date(2025, 12, 31), "6 tháng cuối năm 2025"),
        ("2025-Q4", PeriodKind.QUARTER, date(2025, 10, 1), date(2025, 12, 31), "quý IV năm 2025"),
        ("2024-02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024"),
        ("2025-12", PeriodKind.MONTH, date(2025, 12, 1), date(2025, 12, 31), "tháng 12 năm 2025"),
        ("2011..2020", PeriodKind.SPAN, date(2011, 1, 1), date(2020, 12, 31), "giai đoạn 2011-2020"),
    ],
)
def test_a_label_gives_kind_window_and_words(label: str, kind: PeriodKind, first: date, last: date, words: str) -> None:
    period = Period.parse(label)
    assert (period.kind, period.first, period.last, period.words) == (kind, first, last, words)


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2025", date(2024, 12, 15), date(2025, 12, 14)),
        ("2025-Q1", date(2024, 12, 15), date(2025, 3, 14)),
        ("2025-Q2", date(2025, 3, 15), date(2025, 6, 14)),
        ("2025-Q3", date(2025, 6, 15), date(2025, 9, 14)),
        ("2025-Q4", date(2025, 9, 15), date(2025, 12, 14)),
        ("2025-H1", date(2024, 12, 15), date(2025, 6, 14)),
        ("2025-H2", date(2025, 6, 15), date(2025, 12, 14)),
        ("2025-03", date(2025, 2, 15), date(2025, 3, 14)),
        ("2011..2020", date(2010, 12, 15), date(2020, 12, 14)),
    ],
)
def test_the_decrees_periods_run_from_the_15th_to_the_14th(label: str, first: date, last: date) -> None:
    """Nghị định 09/2019/NĐ-CP, Điều 12."""
    period = Period.parse(label, Basis.ND09)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "25",
        "1999",
        "2100",
        "2025-Q0",
        "2025-Q5",
        "2025-q4",
        "2025Q4",
        "2025-H3",
        "2025-0",
        "2025-1",
        "2025-13",
        "2025-00",
        " 2025",
        "2025\n",
        "٢٠٢٥",
        "2025-Q4 ",
        "2025/Q4",
        "quý IV",
        "2020..2011",
        "2020..2020",
        "1990..2020",
        "2011...2020",
        "2011..",
        "2011-2020",
    ],
)
def test_what_is_no_period_is_refused_with_the_ways_to_write_one(label: str) -> None:
    with pytest.raises(InputRefused) as refused:
        Period.parse(label)
    assert refused.value.code == "PERIOD_UNKNOWN"
    assert "2025-Q4" in refused.value.message


def test_a_window_is_printed_in_full_dates() -> None:
    assert Period("2025-Q1", Basis.ND09).window_words == "từ ngày 15/12/2024 đến ngày 14/03/2025"


@pytest.mark.parametrize(
    ("label", "year", "number"),
    [("2025", 2025, 0), ("2025-Q3", 2025, 3), ("2025-08", 2025, 8), ("2025-H2", 2025, 2), ("2011..2020", 2020, 0)],
)
def test_year_and_number_are_read_from_the_label(label: str, year: int, number: int) -> None:
    period = Period(label)
    assert (period.year, period.number) == (year, number)


@pytest.mark.parametrize(
    ("label", "before"),
    [
        ("2025", "2024"),
        ("2025-Q1", "2024-Q4"),
        ("2025-Q3", "2025-Q2"),
        ("2025-H1", "2024-H2"),
        ("2025-01", "2024-12"),
        ("2025-03", "2025-02"),
        ("2011..2020", "2001..2010"),
    ],
)
@pytest.mark.parametrize("basis", Basis)
def test_the_period_before(label: str, before: str, basis: Basis) -> None:
    assert Period(label, basis).previous() == Period(before, basis)


@given(DAYS, KINDS, BASES)
def test_every_day_lies_in_the_period_found_for_it_and_not_in_its_neighbours(
    day: date, kind: PeriodKind, basis: Basis
) -> None:
    period = containing(day, kind, basis)
    assert period.kind is kind
    assert period.holds(day)
    assert not period.previous().holds(day)
    assert not period.holds(period.first - DAY)
    assert not period.holds(period.last + DAY)


@given(DAYS, KINDS, BASES)
def test_periods_follow_each_other_without_gap_or_overlap(day: date, kind: PeriodKind, basis: Basis) -> None:
    period = containing(day, kind, basis)
    before = period.previous()
    assert before.last + DAY == period.first
    assert containing(period.last, kind, basis) == containing(period.first, kind, basis) == period
    assert containing(before.last, kind, basis) == before


@given(DAYS, BASES)
def test_four_quarters_make_the_year(day: date, basis: Basis) -> None:
    year = containing(day, PeriodKind.YEAR, basis)
    quarters = year.quarters()
    assert (quarters[0].first, quarters[3].last) == (year.first, year.last)
    assert [q.previous() for q in quarters[1:]] == list(quarters[:3])
    assert [quarter.holds(day) for quarter in quarters].count(True) == 1


@given(DAYS, KINDS, BASES)
def test_a_label_is_read_back_as_the_same_period(day: date, kind: PeriodKind, basis: Basis) -> None:
    period = containing(day, kind, basis)
    assert Period.parse(period.label, basis) == period


@given(st.integers(2000, 2098), st.integers(1, 50), BASES)
def test_a_span_is_its_years_end_to_end(first: int, length: int, basis: Basis) -> None:
    last = min(first + length, 2099)
    span = Period.parse(f"{first}..{last}", basis)
    assert (span.first, span.last) == (Period(f"{first}", basis).first, Period(f"{last}", basis).last)
    assert span.previous().last + DAY == span.first


@given(st.text(max_size=12) | st.text("0129-.QH", max_size=10))
def test_any_text_is_a_period_of_some_days_or_refused(text: str) -> None:
    with suppress(InputRefused):
        period = Period.parse(text)
        assert period.first < period.last
