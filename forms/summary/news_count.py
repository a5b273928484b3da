"""How many items there are against what the followed programmes ask, by month, quarter and year, under both bases.

An item is counted as its `counted` says under the rule of its day; another programme's rule counts it by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forms.model.form import NewsRule
from forms.model.news_counting import counts
from forms.model.news_item import KIND_TITLES, NewsItem, NewsKind
from forms.model.period import Basis, Period, PeriodKind, containing
from forms.programmes.programme import Programme

Months = Mapping[Period, int]  # counted items by month, of both bases


@dataclass(frozen=True, eq=False)
class Standard:
    """A counting rule and the programmes that share it."""

    rule: NewsRule
    programmes: tuple[Programme, ...]

    @property
    def noun(self) -> str:
        """What is counted: "tin, bài"."""
        return ", ".join(KIND_TITLES[NewsKind(kind)].lower() for kind in self.rule.counted_kinds)

    @property
    def title(self) -> str:
        return "; ".join(programme.short_title for programme in self.programmes)

    def is_of(self, day: date) -> bool:
        return any(programme.first_year <= day.year <= programme.last_year for programme in self.programmes)


class Standards:
    """What the followed programmes ask, in their order; those that ask the same stand together."""

    def __init__(self, programmes: Sequence[Programme]) -> None:
        self.all: tuple[Standard, ...] = _grouped(programmes)

    def deciding(self, day: date) -> Standard | None:
        """Whose rule says whether an item of that day is counted: the first that is in force, else the first."""
        return next((one for one in self.all if one.is_of(day)), next(iter(self.all), None))

    def suggests(self, item: NewsItem) -> bool:
        """Whether the item is counted unless somebody says otherwise, with a reason."""
        standard = self.deciding(item.date)
        return standard is None or counts(standard.rule, item)

    def counts(self, standard: Standard, item: NewsItem) -> bool:
        return item.counted if standard is self.deciding(item.date) else counts(standard.rule, item)

    def by_month(self, standard: Standard, items: Iterable[NewsItem]) -> Counter[Period]:
        found = Counter[Period]()
        for item in items:
            if self.counts(standard, item):
                found.update(containing(item.date, PeriodKind.MONTH, basis) for basis in Basis)
        return found


@dataclass(frozen=True, slots=True)
class Tally:
    """A period's items. `minimum` where the rule asks so many of it, else 0; of a longer one how many of the periods
    that are `asked` have `met` it."""

    period: Period
    counted: int
    minimum: int = 0
    met: int = 0
    asked: int = 0

    @property
    def lacks(self) -> int:
        return max(0, self.minimum - self.counted)


def tally(rule: NewsRule, period: Period, months: Months) -> Tally:
    counted = sum(months.get(month, 0) for month in period.months())
    if period.kind is rule.period_kind:
        return Tally(period, counted, rule.minimum)
    shorter = _parts(period, rule.period_kind)
    met = sum(tally(rule, part, months).lacks == 0 for part in shorter)
    return Tally(period, counted, met=met, asked=len(shorter))


def around(period: Period, basis: Basis) -> tuple[Period, ...]:
    """The periods to look at beside this one, shorter first: the months of its quarter, the quarter and the year;
    of a year its quarters."""
    year = Period(str(period.year), basis)
    if period.kind is PeriodKind.YEAR:
        return (*year.quarters(), year)
    quarter = year.quarters()[(Period(period.label, basis).months()[0].number - 1) // 3]
    return (*quarter.months(), quarter, year)


def _parts(period: Period, kind: PeriodKind) -> tuple[Period, ...]:
    """The shorter periods of that kind inside it; none where it is itself the shorter one."""
    if kind is PeriodKind.MONTH:
        return period.months() if period.kind is not PeriodKind.MONTH else ()
    if kind is PeriodKind.QUARTER and period.kind in (PeriodKind.HALF, PeriodKind.YEAR):
        year = Period(str(period.year), period.basis)
        return tuple(quarter for quarter in year.quarters() if period.holds(quarter.last))
    return ()


def _grouped(programmes: Sequence[Programme]) -> tuple[Standard, ...]:
    alike: dict[tuple[object, ...], list[tuple[NewsRule, Programme]]] = {}
    for programme in programmes:
        if rule := programme.news:
            key = (rule.minimum, rule.period_kind, rule.counted_kinds, rule.relayed_counted)
            alike.setdefault(key, []).append((rule, programme))
    return tuple(Standard(found[0][0], tuple(programme for _, programme in found)) for found in alike.values())
