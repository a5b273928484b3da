"""How indicators are counted."""

from __future__ import annotations

from forms.model.indicator import indicators_counted


def test_measures_of_one_target_are_told_beside_the_plans_own_number():
    """5.2a and 5.2b are two measures of 5.2."""
    assert indicators_counted(["5.1", "5.2a", "5.2b", "6.1"]) == "3 chỉ tiêu với 4 thước đo"
    assert indicators_counted(["5.1", "6.1", "6.1"]) == "2 chỉ tiêu"
