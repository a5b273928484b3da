"""What changed since an issue, without a ledger: two hundred units at once, and parts of counts."""

from __future__ import annotations

from datetime import date

from forms.exchange.publication import Publication, PublishedFigure, Snapshot, UnitSource, past_of
from forms.model.cell import given
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.programmes.catalogue import load_all
from forms.services.changes_since_issue import Turn, changes

FORM = load_all().form_for("nq28_hue", Period("2025"))
SINCE = date(2025, 7, 1)
CELLS = [cell for cell in FORM.count_of_cell if "@" not in cell]


def source(number: int, revision: int, amount: int) -> UnitSource:
    cells = {cell: given(amount) for cell in CELLS}
    return UnitSource(UnitKey(f"{number:05d}", SINCE), f"Xã {number}", revision, f"{revision:064d}", cells)


def state(sources: list[UnitSource], sums: dict[str, str], texts: dict[str, str] | None = None) -> Snapshot:
    own = UnitSource(UnitKey("46", SINCE), "Huế", 1, "", {})
    return Snapshot(own, tuple(sources), {n: PublishedFigure(t, 1, 2) for n, t in sums.items()}, {}, texts or {})


def no_reasons(_before: UnitSource, _after: UnitSource) -> dict[str, str]:
    return {}


def test_two_hundred_units_that_all_corrected_everything_are_told_at_once():
    old = state([source(n, 1, 5) for n in range(200)], dict.fromkeys(FORM.counts, "1000"))
    new = state([source(n, 2, 6) for n in range(200)], dict.fromkeys(FORM.counts, "1200"))
    asked = []
    found = changes(FORM, old, new, lambda before, after: asked.append((before, after)) or {})
    assert len(asked) == 201, "each unit and the office itself once, whatever the number of figures"
    assert len(found.sources) == 200
    assert all(len(one.cells) == len(CELLS) for one in found.sources)
    assert all(len(one.units) == 200 for one in found.figures)


def test_a_broken_down_count_is_changed_by_who_changed_a_part():
    before, after = source(1, 1, 5), source(1, 2, 5)
    after = UnitSource(after.unit, after.name, 2, after.digest, {**after.cells, "victims_found.male": given(9)})
    old = state([before], {"victims_found": "10", "victims_found.male": "5"})
    new = state([after], {"victims_found": "14", "victims_found.male": "9"})
    found = changes(FORM, old, new, lambda _before, _after: {"victims_found.male": "Sót bốn người"})
    (unit,) = found.sources
    (cell,) = unit.cells
    assert (unit.turn, cell.old, cell.new, cell.reason) == (Turn.CORRECTED, "5", "9", "Sót bốn người")
    assert {one.name: one.units for one in found.figures} == {
        "victims_found": ("Xã 1",),
        "victims_found.male": ("Xã 1",),
    }


def test_a_correction_that_was_taken_back_is_a_withdrawal():
    found = changes(FORM, state([source(1, 2, 6)], {}), state([source(1, 1, 5)], {}), no_reasons)
    assert [(one.turn, one.old_revision, one.new_revision) for one in found.sources] == [(Turn.WITHDRAWN, 2, 1)]


def test_a_figure_of_fewer_units_is_a_change_though_the_sum_is_the_same():
    """2 of 3 units, then 3 of 3 with a nought."""
    old, new = state([], {}), state([], {})
    old = Snapshot(old.own, (), {"live_births": PublishedFigure("7", 2, 3)}, {}, {})
    new = Snapshot(new.own, (), {"live_births": PublishedFigure("7", 3, 3)}, {}, {})
    (one,) = changes(FORM, old, new, no_reasons).figures
    assert (one.old, one.new) == (PublishedFigure("7", 2, 3), PublishedFigure("7", 3, 3))


def test_the_public_has_every_figure_that_was_ever_shown_and_not_what_was_kept_back():
    def issue(sums: dict[str, str], withheld: set[str]) -> Publication:
        return Publication(None, state([], sums), frozenset(withheld), b"")  # type: ignore[arg-type]

    past = past_of([issue({"a": "7", "b": "3", "c": "none"}, {"b"}), issue({"a": "8", "b": "9"}, {"b"})])
    assert {name: sorted(map(int, amounts)) for name, amounts in past.shown.items()} == {"a": [7, 8]}
    assert past.withheld == {"b"}
