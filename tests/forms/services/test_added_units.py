"""Units added by hand stand beside the catalogue's: they are expected, trusted and summed like the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.errors import InputRefused
from forms.model.org_unit import OrgUnit
from forms.services.founding import HandUnits

from .conftest import Q4

NEW_WARD = OrgUnit("H0001", "Tân Lập", "Phường Tân Lập", "ward", "46", date(2025, 7, 1))


def test_a_commune_added_by_hand_is_expected_from_then_on(office, units):
    HandUnits(office.ledger.begin, units).add(NEW_WARD)
    status = office.summaries.status("nq28_hue", Q4)
    assert len(status.expected) == 41
    assert NEW_WARD in status.missing


def test_a_code_that_is_taken_is_refused_and_nothing_is_kept(office, units):
    taken = OrgUnit(units.children("46", Q4.last)[0].code, "Khác", "Phường Khác", "ward", "46", date(2025, 7, 1))
    with pytest.raises(InputRefused) as refused:
        HandUnits(office.ledger.begin, units).add(taken)
    assert refused.value.code == "UNIT_OVERLAP"
    assert office.ledger.state.units == {}


def test_a_code_taken_by_hand_is_refused_by_the_name_of_its_owner(office, units):
    hand = HandUnits(office.ledger.begin, units)
    hand.add(NEW_WARD)
    with pytest.raises(InputRefused) as refused:
        hand.add(replace(NEW_WARD, full_name="Phường Khác", valid_from=date(2025, 10, 1)))
    assert "Phường Tân Lập" in refused.value.message
    with pytest.raises(InputRefused) as refused:
        hand.add(replace(NEW_WARD, full_name="Phường Khác"))
    assert "Phường Tân Lập" in refused.value.message
