"""What a pasted block would change, before anything is taken."""

from __future__ import annotations

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from forms.model.cell import BLANK, Cell, CellState, given
from forms.model.count import Role
from tests.small_form import small_form
from tests.ui.desktop.entry import count, section_with
from ui.desktop.entry.grid_layout import ShownCell, Stands, lay_out
from ui.desktop.entry.paste import Fit, Ground, PastedFate, PastePlan, block_of, parse, spread, whole_block
from ui.desktop.number_wording import editable_text

FORM = small_form()
LAYOUT = lay_out(FORM.sections[0], Role.REPORTING, "2025", ())  # columns: Nữ, Nam, Tổng, judged
FIRST = LAYOUT.places["reached.female"]


def ground(cells: dict[str, Cell] | None = None, locked: str = "", *, whole: bool = True) -> Ground:
    known = cells or {}
    return Ground(
        LAYOUT,
        lambda name: known.get(name, BLANK),
        lambda name: FORM.count_of_cell[name].label(name),
        lambda _: whole,
        lambda name: "Lấy từ sổ tin, bài." if name == locked else "",
    )


def planned(text: str, here=FIRST, **had) -> PastePlan:
    return ground(**had).plans(parse(text), here)[0]


def taken(plan: PastePlan) -> dict[str, str]:
    return {name: editable_text(cell) for name, cell in plan.cells}


def test_a_block_falls_where_one_stands():
    """
    480 | 520        reached
    1.000 | x        population
    """
    plan = planned("480\t520\n1.000\tx\n")
    assert taken(plan) == {
        "reached.female": "480", "reached.male": "520", "population.female": "1000", "population.male": "x",
    }  # fmt: skip


def test_old_and_new_are_told_and_what_is_as_it_was_is_not_written():
    plan = planned("480\t520\n", cells={"reached.female": given(480), "reached.male": given(1500)})
    assert [(one.fate, one.old, one.new) for one in plan.landings] == [
        (PastedFate.SAME, "480", "480"), (PastedFate.NEW, "1.500", "520"),
    ]  # fmt: skip
    assert taken(plan) == {"reached.male": "520"}


def test_one_text_that_cannot_be_read_keeps_the_whole_block_out():
    plan = planned("480\tmười\n", cells={})
    assert (plan.refused, plan.cells) == (1, ())
    assert "không phải là số" in plan.landings[1].said


def test_an_ambiguous_number_is_not_guessed():
    plan = planned("1,234\t5\n")
    assert plan.cells == ()
    assert "hai cách" in plan.landings[0].said


def test_where_whole_numbers_stand_a_fraction_of_noughts_is_not_dropped():
    plan = planned("1,0\t2.000\n")
    assert plan.cells == ()
    assert "số nguyên" in plan.landings[0].said
    assert plan.landings[1].new == "2.000"


def test_a_blank_of_the_block_empties_and_that_is_seen():
    plan = planned("\t520\n", cells={"reached.female": given(7)})
    assert (plan.landings[0].fate, plan.landings[0].old, plan.landings[0].new) == (PastedFate.NEW, "7", "")
    assert dict(plan.cells)["reached.female"].state is CellState.BLANK


def test_a_total_that_comes_along_is_passed_over():
    plan = planned("480\t520\t1000\n")
    assert [one.fate for one in plan.landings] == [PastedFate.NEW, PastedFate.NEW, PastedFate.SKIPPED]
    assert len(plan.cells) == 2


def test_what_follows_the_news_ledger_is_passed_over_with_a_word():
    plan = planned("480\t520\n", locked="reached.male")
    assert (plan.landings[1].fate, plan.landings[1].said) == (PastedFate.SKIPPED, "Lấy từ sổ tin, bài.")
    assert taken(plan) == {"reached.female": "480"}


def test_a_block_beyond_the_last_row_is_refused_and_blanks_there_are_nothing():
    assert planned("1\n2\n3\n4\n5\n6\n", here=LAYOUT.places["population.female"]).refused > 0
    assert planned("1\t2\n\t\n\t\n\t\n\t\n\t\n", here=LAYOUT.places["population.female"]).refused == 0


def test_rows_without_a_place_are_stepped_over_when_the_block_then_fits_better():
    """Six lines in one column from the first row on: three rows of them are computed."""
    numbered = lay_out(FORM.sections[0], Role.REPORTING, "2025", ())
    upside = Ground(numbered, lambda _: BLANK, str, lambda _: True, lambda _: "")
    block = parse("1\n2\n")
    assert upside.plans(block, FIRST)[0].fit is Fit.EACH
    assert len(upside.plans(block, FIRST)) == 1, "no choice is offered where there is none"


def test_a_single_text_goes_into_everything_that_is_chosen():
    chosen = [LAYOUT.places[name] for name in ("reached.female", "reached.male", "population.female")]
    assert spread((("0",),), chosen) == (("0", "0"), ("0", "0"))
    assert spread((("0", "1"),), chosen) == (("0", "1"),)


def shown(cells: dict[str, Cell]):
    def look(row: int, column: int) -> ShownCell:
        spot = LAYOUT.spot(row, column)
        text = editable_text(cells.get(spot.name, BLANK)) if spot and spot.stands is Stands.CELL else ""
        return ShownCell(text, typed=text)

    return look


def test_a_section_copied_whole_finds_its_rows_by_their_numbers_wherever_one_stands():
    cells = {"reached.female": given(5), "population.male": Cell(CellState.NONE)}
    block = whole_block(LAYOUT, shown(cells))
    assert block[0][:3] == ("Số", "Chỉ tiêu, số liệu", "ĐVT")
    turned = (block[0], *reversed(block[1:]))
    plan = ground().plans(turned, LAYOUT.places["population.male"])[0]
    assert plan.fit is Fit.NUMBERED
    assert taken(plan) == {"reached.female": "5", "population.male": "-"}


def test_a_row_that_is_not_of_this_section_is_refused():
    block = whole_block(LAYOUT, shown({}))
    strange = (block[0], ("9.9", "Dòng lạ", "", "1", "", "", ""))
    assert ground().plans(strange, FIRST)[0].refused == 1


def test_what_is_copied_is_the_smallest_block_that_holds_it():
    look = shown({"reached.female": given(1234), "population.male": given(5)})
    chosen = [LAYOUT.places["reached.female"], LAYOUT.places["population.male"]]
    assert block_of(chosen, look) == (("1234", ""), ("", "5"))
    assert block_of([], look) == ()


_STATES = [Cell(state) for state in CellState if state is not CellState.GIVEN]
_CELLS = st.one_of(
    st.sampled_from(_STATES),
    st.integers(0, 10**15 - 1).map(given),
    st.decimals("0", "999999", places=3).map(lambda d: Cell(CellState.GIVEN, d)),
)


@drawn(st.lists(_CELLS, min_size=4, max_size=4))
def test_what_is_copied_and_pasted_in_the_same_place_changes_nothing_and_in_an_empty_one_everything(made):
    cells = dict(zip(LAYOUT.cells, made, strict=True))
    block = block_of(LAYOUT.places.values(), shown(cells))
    assert ground(cells, whole=False).plans(block, FIRST)[0].cells == ()
    again = dict(ground(whole=False).plans(block, FIRST)[0].cells)
    assert all(again.get(name, BLANK) == cell for name, cell in cells.items())


@drawn(
    st.lists(
        st.lists(st.sampled_from(["", "1", "x", "mười", "2.000", "1,234"]), min_size=1, max_size=5),
        max_size=8,
        min_size=1,
    ),
    st.sampled_from(sorted(LAYOUT.places.values())),
)
def test_a_plan_writes_each_cell_once_and_nothing_at_all_while_something_is_refused(rows, here):
    for plan in ground().plans(tuple(map(tuple, rows)), here):
        names = [name for name, _ in plan.cells]
        assert len(names) == len(set(names))
        assert not (plan.refused and plan.cells)
        assert set(names) <= set(LAYOUT.cells)


@pytest.mark.parametrize("text", ["1\n", "\t1\n"])
def test_the_one_figure_of_a_line_goes_to_the_one_place_of_its_row(text):
    """A row that is not split has its place under “Tổng”: a lone figure in any column of the block is meant for it."""
    section = section_with(count("split", "sex") + count("whole"))
    layout = lay_out(section, Role.REPORTING, "2025", ())
    there = Ground(layout, lambda _: BLANK, str, lambda _: True, lambda _: "")
    plan = there.plans(parse(f"5\t6\n{text}"), layout.places["split.female"])[0]
    assert taken(plan) == {"split.female": "5", "split.male": "6", "whole": "1"}
