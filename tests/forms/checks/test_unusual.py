"""Whether a count is unlikely after those before it. U1 the history's own mean is never told · U2 more extreme is never
less told · U3 small counts move freely · U4 four points are enough, one is too few for little · U5 runs of noughts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks.unusual import Surprise, unusual

HIGH, LOW, NOUGHT, FIRST, SAME = Surprise

counts = st.lists(st.integers(0, 30) | st.integers(0, 5000), min_size=1, max_size=8)


def surprise(earlier: list[int], new: int) -> Surprise | None:
    found = unusual(earlier, new)
    return found and found.surprise


@pytest.mark.parametrize(
    ("earlier", "new", "found"),
    [
        # little is known of little
        ([2], 5, None),
        ([0], 3, None),
        ([1, 0, 2], 4, None),
        ([3, 2, 4, 3], 7, None),
        ([3, 2, 4, 3], 30, HIGH),
        ([1, 0, 2, 1], 12, HIGH),
        # about right of much
        ([1000], 1190, None),
        ([1000], 1500, HIGH),
        ([1000], 500, LOW),
        ([1000, 990, 1010, 1005], 100, LOW),
        ([1000, 990, 1010, 1005], 10_050, HIGH),  # one nought too many
        ([40, 42, 38, 41], 4, LOW),
        # figures that jump about anyway
        ([5, 60, 12, 90], 110, None),
        ([5, 60, 12, 90], 900, HIGH),
        # noughts
        ([0, 0, 0, 0], 0, None),
        ([0, 0, 0, 0], 1, FIRST),
        ([0, 0, 0], 1, None),
        ([0, 0, 0, 0], 1000, HIGH),
        ([0, 0, 0], 1000, HIGH),
        ([3, 2, 4, 3], 0, None),
        ([4, 3, 5, 4], 0, NOUGHT),
        ([1], 0, None),
        ([4], 0, NOUGHT),
        ([3, 0, 4, 3], 0, None),
        # copied?
        ([25, 25, 25], 25, SAME),
        ([25, 25], 25, None),
        ([2, 2, 2, 2], 2, None),
        ([25, 25, 25, 30], 25, SAME),
        # nothing to hold it against
        ([], 5, None),
        ([-1], 5, None),
    ],
)
def test_what_a_statistician_would_say(earlier, new, found):
    """kỳ trước, kỳ trước nữa … | kỳ này"""
    assert surprise(earlier, new) is found


@given(counts)
def test_u1_the_mean_of_the_history_is_never_told_but_as_a_copy(earlier):
    mean = round(sum(earlier) / len(earlier))
    assert surprise(earlier, mean) in (None, SAME) or (mean == 0 and not any(earlier))


@given(counts, st.integers(0, 10_000), st.integers(1, 10_000))
def test_u2_what_is_higher_than_too_high_is_too_high(earlier, new, more):
    if surprise(earlier, new) is HIGH:
        assert surprise(earlier, new + more) is HIGH


@given(counts, st.integers(1, 10_000), st.data())
def test_u2_what_is_lower_than_too_low_is_told(earlier, new, data):
    if surprise(earlier, new) is LOW:
        lower = data.draw(st.integers(0, new))
        assert surprise(earlier, lower) in (LOW, NOUGHT)


@given(counts, st.integers(0, 10_000))
def test_the_range_that_is_told_holds_what_is_not_told(earlier, new):
    """“cao hơn mức thường gặp (a đến b)”: the figure is outside of what it says, and the mean inside."""
    found = unusual(earlier, new)
    if found and found.surprise in (HIGH, LOW):
        assert found.low <= sum(earlier) / len(earlier) <= found.high
        assert new > found.high if found.surprise is HIGH else new < found.low


@given(counts, st.integers(0, 10_000), st.randoms())
def test_the_order_of_four_points_matters_only_to_a_copy(earlier, new, seed):
    shuffled = list(earlier)
    seed.shuffle(shuffled)
    if SAME not in (surprise(earlier, new), surprise(shuffled, new)):
        assert unusual(earlier, new) == unusual(shuffled, new)


@given(st.integers(0, 4), st.integers(1, 3))
def test_u3_nobody_is_asked_about_a_handful_of_cases(mean, points):
    """0 to 4 cases a year, 4 more than usual."""
    assert surprise([mean] * points, mean + 3) is None


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=8), st.integers(0, 10**15))
def test_any_figure_that_a_cell_holds_is_weighed_at_once(earlier, new):
    unusual(earlier, new)
