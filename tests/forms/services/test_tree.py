"""Communes under districts under a province, as until 30/6/2025: what is added up is what each answerer said of itself.

46 Thừa Thiên Huế      own part
  479 Hương Thủy       own part   communes 19960 19966 19969
  480 Hương Trà        own part   communes 19996 20005 20008
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from forms.checks import all_checks
from forms.model.cell import Cell, CellState, given
from forms.model.period import Period

from .conftest import Desk

Y2024, DAY = Period("2024"), date(2024, 12, 31)
COMMUNES = {"479": ("19960", "19966", "19969"), "480": ("19996", "20005", "20008")}


@dataclass
class Tree:
    """The province, its districts and their communes; every key is known above."""

    desks: dict[str, Desk]

    def send(self, code: str, **typed: int) -> bytes:
        """A report of 2024: led (cells of HĐND and UBND that a woman leads), all (how many there are of each), committed
        and organisations of 6.2; nothing arose in every other cell."""
        desk = self.desks[code]
        report = desk.entry.open("nq28_hue", Y2024)
        cells: dict[str, Cell] = dict.fromkeys(report.expected_cells, Cell(CellState.NONE))
        for body in ("council", "committee"):
            cells |= {f"women_led_agencies.{body}": given(typed["led"]), f"agencies.{body}": given(1)}
        cells |= {"organisations_committed": given(typed["committed"]), "organisations": given(typed["organisations"])}
        report = desk.entry.put_cells(report, list(cells.items()))
        for finding in all_checks.blocking(all_checks.find(report, desk.entry.context(report))):
            report = desk.entry.explain(report, finding.check, "kỳ thử")
        return desk.sealing.seal("nq28_hue", Y2024, desk.ledger.signers())[1].raw

    def results(self, code: str):
        made = self.desks[code].summaries.sum_up("nq28_hue", Y2024)
        return {one.indicator.number: one for one in made.results}


@pytest.fixture
def tree(make, units) -> Tree:
    desks = {}
    for code in ("46", *COMMUNES, *(code for below in COMMUNES.values() for code in below)):
        unit = units.get(code, DAY)
        desk = make(code, unit.full_name, collates=code in ("46", *COMMUNES), since=unit.valid_from, kind=unit.kind)
        desks[code] = desk
    for district, below in COMMUNES.items():
        for code in below:
            desks[district].trust(desks[code])
            desks["46"].trust(desks[code])
        desks["46"].trust(desks[district])
    return Tree(desks)


def fill(tree: Tree) -> list[bytes]:
    """Commune k = 1..6: k mod 2 of its HĐND and of its UBND led by women, 8 of 10 organisations committed. Each district:
    1 of 1 and 1 of 1, 40 of 45."""
    communes = [code for below in COMMUNES.values() for code in below]
    sent = [tree.send(code, led=k % 2, committed=8, organisations=10) for k, code in enumerate(communes, 1)]
    return sent + [tree.send(code, led=1, committed=40, organisations=45) for code in COMMUNES]


def test_the_districts_own_parts_are_added_to_what_their_communes_sent(tree):
    """1.1: (3 + 2) × 2 of (6 + 2) × 2 = 10/16; 6.2: (48 + 80) of (60 + 90) = 128/150."""
    batch = tree.desks["46"].receive(*fill(tree))
    assert {line.code for line in batch.lines} == {"NEW"}
    found = tree.results("46")
    assert (found["1.1"].quantity, found["1.1"].verdict.value) == (Decimal("62.5"), "met")
    assert round(found["6.2"].quantity, 1) == Decimal("85.3")
