"""Units beside each other. R1 equal figures are named together, in the order of their codes · R2 three are named, the rest
counted · R3 the least is best where lower is better · R4 nothing is ranked where little differs, or of very few persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.model.cell import given
from forms.model.indicator import Direction
from forms.model.org_unit import OrgUnit
from forms.prose.wording import named
from forms.summary.ranking import ends, of_units
from tests.small_form import small_form

FORM = small_form()
SHARE = FORM.indicators["share"]


def unit(number: int) -> OrgUnit:
    return OrgUnit(f"{number:02d}", f"X{number}", f"Xã X{number}", "commune", "46", date(2025, 7, 1))


def names(found):
    return found and tuple(map(named, found))


def told(*shares: int, of: int = 100, direction: Direction = Direction.HIGHER):
    """The best and the weakest of communes, each of which reached so many of so many persons; the last code comes first."""
    sent = []
    for number, share in reversed(list(enumerate(shares, start=1))):
        women = {"reached.female": share, "reached.male": 0, "population.female": of, "population.male": 0}
        sent.append((unit(number), {name: given(Decimal(amount)) for name, amount in women.items()}))
    return names(ends(replace(SHARE, direction=direction), of_units(FORM, 2025, sent)))


@pytest.mark.parametrize(
    ("shares", "best", "weakest"),
    [
        ((10, 40, 20), "xã X2 (40,0%)", "xã X1 (10,0%)"),
        ((40, 10, 40, 20), "xã X1, xã X3 (40,0%)", "xã X2 (10,0%)"),
        ((10, 40, 10, 20, 10), "xã X2 (40,0%)", "xã X1, xã X3, xã X5 (10,0%)"),
        ((40, 40, 40, 40, 10, 20), "xã X1, xã X2, xã X3 và 01 đơn vị khác (40,0%)", "xã X5 (10,0%)"),
        ((9, 9, 9, 9, 9, 30, 40), "xã X7 (40,0%)", "xã X1, xã X2, xã X3 và 02 đơn vị khác (9,0%)"),
    ],
)
def test_r1_r2_equal_figures_stand_together(shares, best, weakest):
    assert told(*shares) == (best, weakest)


@pytest.mark.parametrize("shares", [(10, 40, 20), (40, 10, 40, 20), (10, 40, 10, 20, 10), (9, 9, 9, 9, 9, 30, 40)])
def test_r3_where_lower_is_better_the_two_change_places(shares):
    best, weakest = told(*shares)
    assert told(*shares, direction=Direction.LOWER) == (weakest, best)


@pytest.mark.parametrize("shares", [(), (40,), (40, 10), (40, 40, 10, 10), (30, 30, 30, 30)])
def test_r4_two_different_figures_are_no_ranking(shares):
    assert told(*shares) is None


def test_r4_of_nine_persons_nobody_is_best_of_ten_they_are():
    assert told(1, 4, 9, of=9) is None
    assert told(1, 4, 9, of=10) == ("xã X3 (90,0%)", "xã X1 (10,0%)")


def test_r1_figures_that_only_look_equal_are_not():
    """1 of 3 000 and 1 of 3 001 print as 0,0 %: one of them is the weakest, not both."""
    sent = []
    for number, (share, of) in enumerate(((1, 3000), (1, 3001), (50, 100)), start=1):
        cells = {"reached.female": share, "reached.male": 0, "population.female": of, "population.male": 0}
        sent.append((unit(number), {name: given(Decimal(amount)) for name, amount in cells.items()}))
    found = names(ends(SHARE, of_units(FORM, 2025, sent)))
    assert found is not None
    assert found[1].startswith("xã X2 (")
