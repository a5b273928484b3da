"""What the counter of one counting rule shows: the period that is chosen, and the ones around it under both bases. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.news_count import Months, Standard, Tally, around, tally
from forms.periods import Basis, Period, PeriodKind, containing
from forms.spec import NewsRule
from ui.desktop import calendar

BASIS_TITLES = {Basis.CALENDAR: "Dương lịch", Basis.ND09: "Kỳ 15–14 (NĐ 09)"}
_KIND_TITLES = {PeriodKind.MONTH: "tháng", PeriodKind.QUARTER: "quý", PeriodKind.YEAR: "năm"}
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the board. `tone`: plain, good, warning; `note` is its tooltip."""

    text: str
    tone: str
    note: str


@dataclass(frozen=True)
class Board:
    """`lines`: for each basis its name, whether it is the one that is looked at, and a figure under each head."""

    big: str
    words: str
    good: bool
    rule: str
    heads: tuple[str, ...] = ()
    lines: tuple[tuple[str, bool, tuple[Figure, ...]], ...] = ()


def board(standard: Standard, period: Period, months: Months, with_typed: str) -> Board:
    rule = standard.rule
    here = tally(rule, _looked_at(rule, period), months)
    words = [_how(rule, here)]
    if here.period != period:
        words.append(f"trong {here.period.words}")
    if with_typed:
        words.append(with_typed)
    big = f"{here.counted}/{here.minimum}" if here.minimum else str(here.counted)
    return Board(
        f"{big} {standard.noun}",
        " · ".join(words),
        not here.lacks and here.met == here.asked,
        f"{standard.title}: {rule.words}" + ("" if rule.verified else " (cách đếm chưa đối chiếu)"),
        tuple(_head(one) for one in around(period, period.basis)),
        tuple(
            (title, basis is period.basis, _figures(rule, around(period, basis), months))
            for basis, title in BASIS_TITLES.items()
        ),
    )


def _looked_at(rule: NewsRule, period: Period) -> Period:
    """The period itself, or the longer one that the rule asks something of."""
    asks_longer = rule.period_kind is PeriodKind.QUARTER and period.kind is PeriodKind.MONTH
    return containing(period.last, PeriodKind.QUARTER, period.basis) if asks_longer else period


def _how(rule: NewsRule, here: Tally) -> str:
    if here.asked:
        return f"{here.met}/{here.asked} {_KIND_TITLES[rule.period_kind]} đạt"
    return f"còn thiếu {here.lacks}" if here.lacks else "đã đủ"


def _figures(rule: NewsRule, periods: Sequence[Period], months: Months) -> tuple[Figure, ...]:
    return tuple(_figure(rule, tally(rule, period, months)) for period in periods)


def _figure(rule: NewsRule, found: Tally) -> Figure:
    window = f"{calendar.capitalised(found.period.words)}: {found.period.window_words}"
    if found.minimum:
        tone = "warning" if found.lacks else "good"
        return Figure(f"{found.counted}/{found.minimum}", tone, f"{window}. {_how(rule, found).capitalize()}")
    note = f"{window}. {_how(rule, found)}" if found.asked else window
    return Figure(str(found.counted), "plain", note)


def _head(period: Period) -> str:
    match period.kind:
        case PeriodKind.MONTH:
            return f"Th. {period.number}"
        case PeriodKind.QUARTER:
            return f"Quý {_ROMAN[period.number - 1]}"
    return f"Năm {period.year}"
