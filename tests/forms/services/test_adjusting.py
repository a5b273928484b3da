"""A district or the province puts its own figure beside one that a unit sent: a layer, never an edit, each once in the sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.reports.units import adjusted_annex
from forms.errors import InputRefused
from forms.services.adjusting import Adjusting
from forms.services.changes_since_issue import snapshot
from forms.services.unit_tree import find, unit_tree
from tests.fakes import clock
from ui.desktop.receiving.presenter import unit_figures

from .test_tree import COMMUNES, Y2024, Tree, fill, forwarded, tree

__all__ = ["tree"]
COMMUNE, CELL = "19960", "organisations_committed"  # it sent 8 of 10


def adjusting(tree: Tree, code: str) -> Adjusting:
    desk = tree.desks[code]
    return Adjusting(desk.ledger.begin, desk.summaries, clock)


def adjust(tree: Tree, code: str, amount: int, unit: str = COMMUNE, cell: str = CELL) -> tuple[str, ...]:
    return adjusting(tree, code).adjust("nq28_hue", Y2024, unit, cell, Decimal(amount), "Đối chiếu sổ", "Lan")


def committed(tree: Tree, code: str) -> Decimal:
    return tree.desks[code].summaries.sum_up("nq28_hue", Y2024).sums[CELL].quantity


def status(tree: Tree, code: str):
    return tree.desks[code].summaries.status("nq28_hue", Y2024)


@pytest.fixture
def filled(tree: Tree) -> tuple[Tree, dict[str, bytes]]:
    """Hương Thủy has its three communes (8 each) and its own 40; the province has nothing yet."""
    sent = fill(tree)
    tree.desks["479"].receive(*(sent[code] for code in COMMUNES["479"]))
    return tree, sent


def test_the_adjusted_figure_counts_and_the_sent_one_stays_beside_it(filled):
    tree, _ = filled
    assert committed(tree, "479") == 64
    adjust(tree, "479", 5)
    found = status(tree, "479")
    (one,) = found.adjustments
    assert committed(tree, "479") == 61
    assert (one.was, one.amount, one.reason, one.by, one.office.unit.code) == ("8", 5, "Đối chiếu sổ", "Lan", "479")
    assert found.originals[one.unit.unit].cells[CELL].amount == 8


def test_it_is_taken_back_and_made_again_in_place_of_the_one_before(filled):
    tree, _ = filled
    adjust(tree, "479", 5)
    adjust(tree, "479", 6)
    assert (len(status(tree, "479").adjustments), committed(tree, "479")) == (1, 62)
    adjusting(tree, "479").drop("nq28_hue", Y2024, COMMUNE, CELL)
    assert (status(tree, "479").adjustments, committed(tree, "479")) == ((), 64)
    with pytest.raises(InputRefused, match="Chưa điều chỉnh"):
        adjusting(tree, "479").drop("nq28_hue", Y2024, COMMUNE, CELL)


def test_a_correction_that_changes_the_cell_makes_it_void_another_does_not(filled):
    tree, _ = filled
    adjust(tree, "479", 5)
    tree.desks["479"].receive(tree.correct(COMMUNE, led=0, committed=8, organisations=10))
    assert (len(status(tree, "479").adjustments), committed(tree, "479")) == (1, 61)
    tree.desks["479"].receive(tree.correct(COMMUNE, led=0, committed=7, organisations=10))
    found = status(tree, "479")
    assert (found.adjustments, len(found.void), committed(tree, "479")) == ((), 1, 63)
    adjust(tree, "479", 5)  # decided again
    assert (len(status(tree, "479").adjustments), status(tree, "479").void) == (1, ())


def test_the_office_above_counts_the_districts_figure_with_the_original_beside_it(filled):
    tree, sent = filled
    adjust(tree, "479", 5)
    bundles = [forwarded(tree, district, sent) for district in COMMUNES]
    tree.desks["46"].receive(*bundles)
    (one,) = status(tree, "46").adjustments
    assert (committed(tree, "46"), one.was, one.office.unit.code) == (128 - 3, "8", "479")
    tree.desks["46"].receive(*bundles, *sent.values())
    assert committed(tree, "46") == 128 - 3
    adjust(tree, "46", 6)  # the province's own word stands before the district's
    assert [(a.office.unit.code, a.amount) for a in status(tree, "46").adjustments] == [("46", 6)]
    assert committed(tree, "46") == 128 - 2


def test_a_bundle_without_it_takes_it_back_above_and_so_does_undoing_the_batch(filled):
    tree, sent = filled
    adjust(tree, "479", 5)
    first = forwarded(tree, "479", sent)
    adjusting(tree, "479").drop("nq28_hue", Y2024, COMMUNE, CELL)
    second = forwarded(tree, "479", sent)
    above = tree.desks["46"]
    above.receive(first, forwarded(tree, "480", sent))
    assert committed(tree, "46") == 125
    batch = above.receive(second).id
    assert committed(tree, "46") == 128
    above.receiving.undo(batch)
    assert committed(tree, "46") == 125


@pytest.mark.parametrize(
    ("unit", "cell", "amount", "code"),
    [
        ("19996", CELL, 5, "ADJUSTMENT_UNIT"),  # of the other district
        (COMMUNE, "organisations_", 5, "ADJUSTMENT_CELL"),
        (COMMUNE, CELL, -1, "ADJUSTMENT_AMOUNT"),
        (COMMUNE, CELL, 8, "ADJUSTMENT_AMOUNT"),  # what it sent
    ],
)
def test_what_is_no_adjustment_is_refused(filled, unit, cell, amount, code):
    with pytest.raises(InputRefused) as refused:
        adjust(filled[0], "479", amount, unit, cell)
    assert refused.value.code == code


def test_a_reason_is_asked_and_what_contradicts_the_form_is_told(filled):
    tree, _ = filled
    with pytest.raises(InputRefused) as refused:
        adjusting(tree, "479").adjust("nq28_hue", Y2024, COMMUNE, CELL, Decimal(5), " ", "Lan")
    assert refused.value.code == "ADJUSTMENT_REASON"
    assert adjust(tree, "479", 9) == ()
    assert len(adjust(tree, "479", 11)) == 1  # 11 of 10


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    made=st.lists(
        st.tuples(st.sampled_from(COMMUNES["479"]), st.integers(0, 7), st.booleans()),  # the sent 8 is no adjustment
        max_size=8,
    )
)
def test_the_sum_is_what_was_sent_with_each_last_adjustment_once_and_no_other_figure_moves(filled, made):
    tree, _ = filled
    with tree.desks["479"].ledger.begin() as work:  # of the example before
        for name in work.office.settings("adjustment:"):
            work.office.set(f"adjustment:{name}", None)
    before = tree.desks["479"].summaries.sum_up("nq28_hue", Y2024).sums
    last: dict[str, int] = {}
    for unit, amount, is_dropped in made:
        if is_dropped and unit in last:
            adjusting(tree, "479").drop("nq28_hue", Y2024, unit, CELL)
            del last[unit]
        else:
            adjust(tree, "479", amount, unit)
            last[unit] = amount
    after = tree.desks["479"].summaries.sum_up("nq28_hue", Y2024).sums
    assert after[CELL].quantity == 40 + sum(last.get(code, 8) for code in COMMUNES["479"])
    assert {name: one for name, one in after.items() if name != CELL} == {n: o for n, o in before.items() if n != CELL}


def test_the_printed_annex_has_both_figures_and_the_reason(filled):
    tree, _ = filled
    found = tree.desks["479"].summaries.sum_up("nq28_hue", Y2024)
    assert adjusted_annex(found) == ()
    adjust(tree, "479", 5)
    (annex,) = adjusted_annex(tree.desks["479"].summaries.sum_up("nq28_hue", Y2024))
    (row,) = annex.blocks[0].rows
    assert (row.cells[3], row.cells[4].amount, row.cells[5]) == ("8", 5, "Đối chiếu sổ")


def test_what_a_unit_sent_is_shown_as_it_sent_it_with_the_adjustment_told(filled, units):
    """The page of a unit above shows its package."""
    tree, _ = filled
    adjust(tree, "479", 5)
    desk = tree.desks["479"]
    with desk.ledger.begin() as work:
        root = unit_tree(work, desk.summaries.summed(work, "nq28_hue", Y2024, tasks=False), units)
        node = find(root, COMMUNE)
        shown = node and unit_figures(node)
    assert shown is not None
    assert "8 → 5 (Thị xã Hương Thủy, Lan" in shown.note
    kept = snapshot(tree.desks["479"].summaries.sum_up("nq28_hue", Y2024), "")
    assert {source.cells[CELL].amount for source in kept.sources} == {8}
    assert kept.sums[CELL].text == "61"
