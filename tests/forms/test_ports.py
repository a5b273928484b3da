"""A PC whose clock has lost its battery still looks its units up in a year that has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from forms.ports import RELEASED, plausible


@pytest.mark.parametrize("year", [1970, 1980, 2024])
def test_a_clock_from_before_the_program_is_not_believed_and_still_goes_on(year):
    now = datetime(year, 1, 2, 3, 4, tzinfo=UTC)
    assert plausible(now, 60.0) == RELEASED + timedelta(minutes=1)
    assert plausible(now, 61.0) > plausible(now, 60.0)


@pytest.mark.parametrize("now", [RELEASED, datetime(2026, 3, 4, 5, 6, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)])
def test_any_later_clock_is_believed(now):
    assert plausible(now, 60.0) == now
