"""Periods as the window offers them; days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from forms.errors import InputRefused
from forms.model.period import PeriodKind
from forms.services import reports_on_offer
from tests.ui.desktop.parts import CATALOGUE

HUE = CATALOGUE.programme("nq28_hue")  # 2021-2025


@pytest.mark.parametrize(
    ("today", "quarter"),
    [(date(2025, 8, 9), "2025-Q3"), (date(2026, 3, 1), "2025-Q4"), (date(2019, 3, 1), "2021-Q1")],
)
def test_the_current_quarter_never_leaves_the_programmes_years(today, quarter):
    assert reports_on_offer.current(HUE, PeriodKind.QUARTER, today).label == quarter


def test_choices_go_back_to_the_programmes_first_quarter():
    offered = reports_on_offer.choices(HUE, PeriodKind.QUARTER, date(2022, 5, 1))
    assert [period.label for period in offered] == ["2022-Q2", "2022-Q1", "2021-Q4", "2021-Q3", "2021-Q2", "2021-Q1"]


@pytest.mark.parametrize("typed", ["05/10/2025", " 5/10/2025 ", "5/10/25", "5-10-2025", "5.10.2025"])
def test_a_day_is_read_as_people_write_it(typed):
    assert reports_on_offer.read_day(typed) == date(2025, 10, 5)


def test_no_day_is_none():
    assert reports_on_offer.read_day("  ") is None


@pytest.mark.parametrize("typed", ["31/02/2025", "2025-10-05", "5/10", "mai", "٠٥/١٠/٢٠٢٥"])
def test_what_is_no_day_is_refused_with_an_example(typed):
    with pytest.raises(InputRefused) as refused:
        reports_on_offer.read_day(typed)
    assert refused.value.code == "DATE_UNREADABLE"
    assert "05/10/2025" in refused.value.message
