"""The items of a year as the screen has them: read once, then changed with every step, so that a key waits for no disk."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from forms.news import NewsItem
from forms.news_count import Standard, Standards
from forms.news_search import Twins, searched
from forms.periods import Basis, Period
from forms.services.news_ledger import NewsLedger
from ui.desktop.screens.news.rows import Row, row_of


@dataclass(frozen=True)
class Act:
    """What can be done, taken back and done again. Either says False when it was refused, and the face has said why."""

    words: str
    do: Callable[[], bool]
    undo: Callable[[], bool]


@dataclass(frozen=True)
class Step:
    """One change of the ledger: these items gone, those in their place."""

    words: str
    gone: tuple[NewsItem, ...] = ()
    come: tuple[NewsItem, ...] = ()

    @property
    def back(self) -> Step:
        return Step(self.words, self.come, self.gone)

    @property
    def shown(self) -> NewsItem:
        """The item that the step is about."""
        return (*self.come, *self.gone)[0]


class Book:
    """`months` counts by month for each standard of the followed programmes."""

    def __init__(self, ledger: NewsLedger, standards: Standards) -> None:
        self._ledger, self.standards = ledger, standards
        self._order: list[tuple[date, str]] = []
        self._items: dict[str, NewsItem] = {}
        self._words: dict[str, str] = {}
        self._rows: dict[str, Row] = {}
        self._year = 0
        self.twins = Twins()
        self.months: dict[Standard, Counter[Period]] = {}

    def open(self, period: Period) -> None:
        """Read the year that the period is of, under both bases, from the ledger."""
        self._year = period.year
        windows = [Period(str(period.year), basis) for basis in Basis]
        items = {item.id: item for window in windows for item in self._ledger.list(window)}
        self._items = items
        self._order = sorted((item.date, item.id) for item in items.values())
        self._words = {item.id: searched(item) for item in items.values()}
        self._rows = {}
        self.twins = Twins(items.values())
        by_month = self.standards.by_month
        self.months = {standard: by_month(standard, items.values()) for standard in self.standards.all}

    def holds(self, period: Period) -> bool:
        return period.year == self._year

    def items(self, period: Period) -> list[NewsItem]:
        """The period's, by day, the newest first."""
        return [self._items[id] for day, id in reversed(self._order) if period.holds(day)]

    def get(self, id: str) -> NewsItem | None:
        return self._items.get(id)

    def searched(self, item: NewsItem) -> str:
        return self._words[item.id]

    def row(self, item: NewsItem) -> Row:
        """Its line of the list; made once, and again when it or what it looks like has changed."""
        if item.id not in self._rows:
            self._rows[item.id] = row_of(item, self.twins.of(item.id))
        return self._rows[item.id]

    def take(self, step: Step) -> Step:
        """Do it on the ledger and here; the step as it was done, with the ids of what is new. Raises AppError."""
        come = self._ledger.exchange(step.gone, step.come)
        self.keep(step.gone, come)
        return Step(step.words, step.gone, come)

    def keep(self, gone: Iterable[NewsItem], come: Iterable[NewsItem]) -> None:
        """What the ledger has done already, here as well."""
        for item in gone:
            self._remove(item.id)
        for item in come:
            self._remove(item.id)
            self._add(item)

    def with_typed(self, standard: Standard, typed: NewsItem | None, old: NewsItem | None) -> Counter[Period]:
        """The months as they would be with what is being typed in place of the item that is changed."""
        months, count = self.months[standard], self.standards.by_month
        found = months + count(standard, [typed] if typed else [])
        found.subtract(count(standard, [old] if old else []))
        return found

    def _add(self, item: NewsItem) -> None:
        if any(Period(str(self._year), basis).holds(item.date) for basis in Basis):
            insort(self._order, (item.date, item.id))
            self._items[item.id], self._words[item.id] = item, searched(item)
            self.twins.put(item)
            self._forget_rows(item.id)
            self._count(item, 1)

    def _remove(self, id: str) -> None:
        item = self._items.pop(id, None)
        if item is not None:
            self._order.remove((item.date, id))
            del self._words[id]
            self._forget_rows(id)
            self.twins.drop(id)
            self._count(item, -1)

    def _forget_rows(self, id: str) -> None:
        for one in (id, *(twin.id for twin in self.twins.of(id))):
            self._rows.pop(one, None)

    def _count(self, item: NewsItem, by: int) -> None:
        for standard, months in self.months.items():
            for month, number in self.standards.by_month(standard, [item]).items():
                months[month] += by * number
