"""Whether a count is unlikely after the ones before it, with limits that suit small numbers.

A commune has nought to five cases a year: "twice as many" says nothing there, and four points give no standard
deviation. The earlier counts x1 … xn are taken as Poisson with one rate; after Jeffreys' prior the next is negative
binomial with r = Σx + ½, p = n / (n + 1) (Gelman et al., Bayesian Data Analysis, ch. 2). Above a few hundred the
variance-stabilising square root (Anscombe 1948) is as good. Real figures move more than Poisson's: from four points
on their own spread widens the limits, and a change within a fifth is never told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_TAIL = 0.001  # on either side
_RARE_NOUGHT = 0.05  # a nought after a run without any
_Z = 3.29  # the normal distance that leaves _TAIL / 2 … on either side
_ENOUGH = 4  # points that tell something of their own spread
_EXACT = 300  # up to here the sum is counted out
_WITHIN = 0.2
_SAME_RUN, _SAME_LEAST = 3, 20


class Surprise(StrEnum):
    """What is unlikely about the new count."""

    HIGH = "high"
    LOW = "low"
    NOUGHT = "nought"  # every earlier period had some
    FIRST = "first"  # a run of noughts ends
    SAME = "same"  # the very figure of several periods before: copied?


@dataclass(frozen=True, slots=True)
class Unusual:
    """`low` and `high` are what would have been usual."""

    surprise: Surprise
    low: int
    high: int


def unusual(earlier: Sequence[int], new: int) -> Unusual | None:
    """`earlier` are the counts of the periods before, the newest first; None where nothing is surprising."""
    if not earlier or new < 0 or min(earlier) < 0:
        return None
    points, mean = len(earlier), sum(earlier) / len(earlier)
    low, high = usual(earlier)
    if not any(earlier):
        first = Unusual(Surprise.FIRST, low, high) if points >= _ENOUGH and new else None
        return _judged(earlier, new, low, high) or first
    if new == 0 and min(earlier) > 0:
        none = (points / (points + 1)) ** (sum(earlier) + 0.5)
        return Unusual(Surprise.NOUGHT, low, high) if none < _RARE_NOUGHT else None
    if new >= _SAME_LEAST and points >= _SAME_RUN and set(earlier[:_SAME_RUN]) == {new}:
        return Unusual(Surprise.SAME, low, high)
    if abs(new - mean) <= _WITHIN * mean:
        return None
    return _judged(earlier, new, low, high)


def _judged(earlier: Sequence[int], new: int, low: int, high: int) -> Unusual | None:
    spread = _spread(earlier)
    total, points = sum(earlier) / spread, len(earlier)
    scaled = new / spread
    if total + scaled <= _EXACT:
        below, above = _tails(total, points, math.floor(scaled)), _tails(total, points, math.ceil(scaled) - 1)
        is_low, is_high = below < _TAIL, 1 - above < _TAIL
    else:
        is_low, is_high = new < low, new > high
    if is_high and new > high:
        return Unusual(Surprise.HIGH, low, high)
    return Unusual(Surprise.LOW, low, high) if is_low and new < low else None


def _tails(total: float, points: int, upto: int) -> float:
    """P(next ≤ upto)."""
    if upto < 0:
        return 0.0
    r, p = total + 0.5, points / (points + 1)
    term = math.exp(r * math.log(p))
    found = term
    for k in range(1, upto + 1):
        term *= (r + k - 1) / k * (1 - p)
        found += term
    return min(found, 1.0)


def _spread(earlier: Sequence[int]) -> float:
    """How many times more than Poisson's the counts vary; 1 where there are too few to tell."""
    if len(earlier) < _ENOUGH:
        return 1.0
    mean = sum(earlier) / len(earlier)
    variance = sum((x - mean) ** 2 for x in earlier) / (len(earlier) - 1)
    return max(1.0, variance / mean) if mean else 1.0


def usual(earlier: Sequence[int]) -> tuple[int, int]:
    """The usual range after these counts, of which there is at least one; by the square root's normal distance."""
    mean = sum(earlier) / len(earlier)
    step = _Z / 2 * math.sqrt(_spread(earlier) * (1 + 1 / len(earlier)))
    root = math.sqrt(mean + 3 / 8)
    low = max(0.0, (max(0.0, root - step)) ** 2 - 3 / 8)
    high = (root + step) ** 2 - 3 / 8
    return math.floor(min(low, mean * (1 - _WITHIN))), math.ceil(max(high, mean * (1 + _WITHIN)))
