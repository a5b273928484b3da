"""Which news items are counted, and the cells that follow from the news ledger.

An item is counted once, in the period of its first publication, whatever the number of channels or airings
(research: no official definition of tin and bài was found; the counting rule is data of the programme pack).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from forms.model.cell import Cell, given
from forms.model.count import Count
from forms.model.form import Form, NewsRule
from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.period import Period


def counts(rule: NewsRule, item: NewsItem) -> bool:
    """Whether an item is counted unless somebody says otherwise, with a reason."""
    return item.kind in rule.counted_kinds and (rule.relayed_counted or item.origin is Origin.OWN)


def tally(items: Iterable[NewsItem]) -> int:
    """How many of the items are counted."""
    return sum(item.counted for item in items)


MEASURES: dict[str, Callable[[Sequence[NewsItem]], int]] = {
    "counted": tally,
    "brief": lambda items: tally(item for item in items if item.kind is NewsKind.BRIEF),
    "feature": lambda items: tally(item for item in items if item.kind is NewsKind.FEATURE),
    "slot": lambda items: tally(item for item in items if item.kind is NewsKind.SLOT),
    "other": lambda items: tally(item for item in items if item.kind is NewsKind.OTHER),
    "own": lambda items: tally(item for item in items if item.origin is Origin.OWN),
    "relayed": lambda items: tally(item for item in items if item.origin is Origin.RELAYED),
    "airings": lambda items: sum(item.airings for item in items if item.counted),
}


def news_cells(form: Form, period: Period, items: Iterable[NewsItem]) -> dict[str, Cell]:
    """The cells that follow from the news ledger; a count of whose days the ledger has no item is left as it was typed.

    A count by months follows as a whole: a month without items is then nought.
    """
    listed = tuple(items)
    held: dict[Period, tuple[NewsItem, ...]] = {}  # many counts look at the same days

    def inside(window: Period) -> tuple[NewsItem, ...]:
        if window not in held:
            held[window] = tuple(item for item in listed if window.holds(item.date))
        return held[window]

    found: dict[str, Cell] = {}
    for count in form.counts.values() if listed else ():
        if count.from_news and inside(news_window(count, period)):
            measure = MEASURES[count.from_news]
            windows = zip(count.cells, news_windows(count, period), strict=True)
            found |= {cell: given(measure(inside(window))) for cell, window in windows}
    return found


def news_window(count: Count, period: Period) -> Period:
    """The period whose items a news count counts: the form's own, or one quarter or month of its year."""
    if count.quarter:
        return period.quarters()[count.quarter - 1]
    return period.months()[count.month - 1] if count.month else period


def news_windows(count: Count, period: Period) -> tuple[Period, ...]:
    """The window of each cell: of a count by months, its months one by one."""
    window = news_window(count, period)
    return window.months() if count.by else (window,)
