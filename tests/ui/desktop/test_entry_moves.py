"""Where the keys lead, in a table that has holes."""

from __future__ import annotations

from hypothesis import given as drawn
from hypothesis import strategies as st

from ui.desktop.entry import grid_layout

# · · X X ·
# · · · · X     a row with one place
# · · X X ·
# · · · · ·     a computed row
# · · X X ·
PLACES = [(0, 2), (0, 3), (1, 4), (2, 2), (2, 3), (4, 2), (4, 3)]
TABLES = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=1).map(sorted)


def test_reading_goes_right_then_down_and_back():
    assert grid_layout.reading(PLACES, (0, 3), 1) == (1, 4)
    assert grid_layout.reading(PLACES, (1, 4), -1) == (0, 3)
    assert grid_layout.reading(PLACES, (3, 4), 1) == (4, 2), "from a computed place too"
    assert grid_layout.reading(PLACES, (4, 3), 1) is None


def test_down_stays_near_the_column_one_came_down_in():
    assert grid_layout.column(PLACES, (0, 2), 2, 1) == (1, 4)
    assert grid_layout.column(PLACES, (1, 4), 2, 1) == (2, 2)
    assert grid_layout.column(PLACES, (1, 4), 4, -1) == (0, 3)
    assert grid_layout.column(PLACES, (2, 2), 2, 1) == (4, 2), "over a computed row"
    assert grid_layout.column(PLACES, (4, 2), 2, 1) is None


def test_left_and_right_stay_in_the_row():
    assert grid_layout.along(PLACES, (0, 2), 1) == (0, 3)
    assert grid_layout.along(PLACES, (0, 3), 1) is None
    assert grid_layout.along(PLACES, (0, 4), -1) == (0, 3)


def test_home_end_and_pages():
    assert grid_layout.far(PLACES, (2, 3), 3, "first", 3) == (2, 2)
    assert grid_layout.far(PLACES, (2, 2), 2, "last", 3) == (2, 3)
    assert grid_layout.far(PLACES, (0, 2), 2, "page", 3) == (2, 2)
    assert grid_layout.far(PLACES, (4, 3), 3, "page back", 3) == (1, 4)
    assert grid_layout.far(PLACES, (2, 2), 2, "page", 1) == (4, 2), "no place within a page: the next one"
    assert grid_layout.far(PLACES, (4, 2), 2, "page", 3) is None


def test_fill_down_takes_the_topmost_of_each_column():
    chosen = [(row, column) for row in range(5) for column in (2, 3)]
    assert grid_layout.fill_down(PLACES, chosen) == (
        ((0, 2), (2, 2)), ((0, 2), (4, 2)), ((0, 3), (2, 3)), ((0, 3), (4, 3)),
    )  # fmt: skip


def test_fill_down_of_one_place_takes_the_one_above_it():
    assert grid_layout.fill_down(PLACES, [(4, 3)]) == (((2, 3), (4, 3)),)
    assert grid_layout.fill_down(PLACES, [(0, 2)]) == ()


@drawn(TABLES)
def test_enter_visits_every_place_once_and_shift_enter_the_same_way_back(places):
    there, here = [], (-1, -1)
    while (here := grid_layout.reading(places, here, 1)) is not None:
        there.append(here)
    back, here = [], (99, 99)
    while (here := grid_layout.reading(places, here, -1)) is not None:
        back.append(here)
    assert there == back[::-1] == places


@drawn(TABLES, st.integers(0, 5))
def test_down_visits_every_row_that_has_a_place_once(places, goal):
    rows, here = [], (-1, goal)
    while (here := grid_layout.column(places, here, goal, 1)) is not None:
        rows.append(here[0])
    assert rows == sorted({row for row, _ in places})


@drawn(TABLES, st.sets(st.tuples(st.integers(0, 9), st.integers(0, 5))))
def test_fill_down_writes_only_into_open_chosen_places_below_their_source(places, chosen):
    pairs = grid_layout.fill_down(places, chosen)
    targets = [target for _, target in pairs]
    assert len(targets) == len(set(targets))
    for source, target in pairs:
        assert target in places
        assert target in chosen
        assert source in places
        assert source not in targets
        assert (source[0] < target[0], source[1]) == (True, target[1])
