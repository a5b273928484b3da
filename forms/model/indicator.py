"""What is judged (chỉ tiêu) and what it must reach (mốc). Calculated at every level from counts, never typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from forms.model.count import Breakdown, Role
from forms.model.expression import Formula, Rule


class Operator(StrEnum):
    """How a figure is held against its target: "ít nhất", "trên", "bằng", "không quá", "dưới", "khoảng"."""

    AT_LEAST = ">="
    ABOVE = ">"
    EQUAL = "="
    AT_MOST = "<="
    BELOW = "<"
    ABOUT = "≈"


class IndicatorKind(StrEnum):
    """How an indicator is computed."""

    FORMULA = "formula"  # over summed counts
    SHARE_OF_UNITS = "share_of_units"  # units whose own rule holds ÷ units valid in the period
    YES_NO = "yes_no"  # a milestone: 1 is yes
    SURVEY = "survey"  # typed where it is known, with its source; never added up


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Target:
    """What an indicator must reach by a year (mốc), in the plan's own words."""

    year: int
    operator: Operator
    amount: Decimal
    words: str
    source: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Indicator:
    """What is judged (chỉ tiêu): calculated at every level from counts, never typed, never averaged.

    `each_part` names a breakdown whose every part must pass by itself (5.2: trai và gái). `computed_by` says who may
    compute it (4.2: only the province). For SHARE_OF_UNITS `rule` is asked of every reporting unit. `own_target` is
    the count in which a unit may type a target of its own, with a reason (derogation).
    """

    id: str
    number: str
    title: str
    measure: str
    kind: IndicatorKind
    owner: str
    agencies: tuple[str, ...] = ()
    formula: Formula | None = None
    rule: Rule | None = None
    each_part: Breakdown | None = None
    computed_by: tuple[Role, ...] = (Role.REPORTING, Role.SUMMING, Role.AGENCY)
    direction: Direction = Direction.HIGHER
    decimals: int = 1
    gap_noun: str = ""  # what one more of the numerator is called: "nữ", "xã"
    own_target: str = ""
    years: tuple[int, ...] = ()
    sensitive: bool = False
    definition: str = ""
    source: str = ""
    verified: bool = True
    targets: tuple[Target, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The counts and parts it reads."""
        read = self.formula or self.rule
        return read.names if read else ()

    def target_for(self, year: int) -> Target | None:
        """The milestone that a year works towards: the nearest at or after it, else the last one passed."""
        ahead = [t for t in self.targets if t.year >= year]
        return min(ahead, key=lambda t: t.year) if ahead else max(self.targets, key=lambda t: t.year, default=None)


def plan_number(number: str) -> str:
    """Of the plan's chỉ tiêu that a measure belongs to: 5.2a and 5.2b are two measures of 5.2."""
    return number.rstrip("abcdefghijklmnopqrstuvwxyz")


def indicators_counted(numbers: Iterable[str], say: Callable[[int], str] = str) -> str:
    """20 chỉ tiêu với 23 thước đo, where some are measured twice; else 20 chỉ tiêu."""
    measures = set(numbers)
    of_plan = len({plan_number(number) for number in measures})
    return f"{say(of_plan)} chỉ tiêu" + (f" với {say(len(measures))} thước đo" if len(measures) > of_plan else "")
