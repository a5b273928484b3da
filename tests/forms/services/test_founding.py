"""Making a ledger: which plan an office reports on."""

from __future__ import annotations

from datetime import date

import pytest

from forms.services.founding import usual_programme

TODAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("code", "programme"),
    [
        ("19804", "nq28_hue"),  # Phường Hương An, thành phố Huế
        ("46", "nq28_hue"),  # thành phố Huế
        ("24364", "nq28"),  # Xã Phú Xuân, tỉnh Đắk Lắk
        ("66", "nq28"),  # tỉnh Đắk Lắk
        (None, "nq28"),  # made by hand, under nobody
    ],
)
def test_an_office_reports_on_the_plan_issued_nearest_above_it(catalogue, units, code, programme):
    """Huế has a plan of its own; everywhere else it is the national strategy."""
    assert usual_programme(catalogue, units, code, TODAY) == programme


def test_a_plan_that_has_ended_is_not_proposed(catalogue, units):
    """Huế's plan ran to 2025; in 2026 a new ledger starts on the national strategy."""
    assert usual_programme(catalogue, units, "19804", date(2026, 11, 22)) == "nq28"
