"""Finding items of the news ledger: which look alike, which fit what somebody looks for.

Two items are likely the same when they were first published within a week and their titles say nearly the same:
equal once folded, or with nearly the same syllables in nearly the same order. Titles that differ in a number
("kỳ 1", "kỳ 2") are two of a series. What is found is shown, never removed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from forms.model.news_item import NEAR_DAYS, NewsItem, NewsKind, Origin
from forms.model.text import fold

_NEAR = timedelta(days=NEAR_DAYS)
_FEWEST = 4  # syllables two titles must share before they are called alike
_ALIKE = 0.65  # of the syllables and pairs of syllables of both


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared."""

    folded: str
    syllables: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Title:
        folded = fold(text)
        plain = "".join(c if c.isalnum() else " " for c in folded).split()
        numbers = frozenset(word for word in plain if word.isdigit())
        return cls(folded, frozenset(plain), frozenset(pairwise(plain)), numbers)

    def is_like(self, other: Title) -> bool:
        """The same title, or nearly."""
        if self.folded == other.folded:
            return True
        shared = self.syllables & other.syllables
        if len(shared) < _FEWEST or (self.numbers - other.numbers and other.numbers - self.numbers):
            return False
        both = len(shared) + len(self.pairs & other.pairs)
        whole = len(self.syllables) + len(self.pairs) + len(other.syllables) + len(other.pairs)
        return 2 * both >= _ALIKE * whole


class Twins:
    """Which items look alike, kept up to date item by item, so that it can be asked at every key."""

    def __init__(self, items: Iterable[NewsItem] = ()) -> None:
        self._items: dict[str, NewsItem] = {}
        self._titles: dict[str, Title] = {}
        self._twins: dict[str, set[str]] = {}
        self._order: list[tuple[date, str]] = []
        for item in items:
            self.put(item)

    def put(self, item: NewsItem) -> None:
        """A new item, or one that was changed."""
        self.drop(item.id)
        title = Title.of(item.title)
        found = {other.id for other in self._near(item.date, title)}
        place = bisect_left(self._order, (item.date, item.id))
        self._order.insert(place, (item.date, item.id))
        self._items[item.id], self._titles[item.id], self._twins[item.id] = item, title, found
        for id in found:
            self._twins[id].add(item.id)

    def drop(self, id: str) -> None:
        item = self._items.pop(id, None)
        if item is not None:
            del self._order[bisect_left(self._order, (item.date, id))], self._titles[id]
            for other in self._twins.pop(id):
                self._twins[other].discard(id)

    def of(self, id: str) -> tuple[NewsItem, ...]:
        """What looks like this item, the earliest first."""
        return self._listed(self._items[other] for other in self._twins.get(id, ()))

    def like(self, title: str, day: date, but: str = "") -> tuple[NewsItem, ...]:
        """What looks like an item that is still typed; `but` is the id of the one that is changed."""
        typed = Title.of(title)
        return self._listed(item for item in self._near(day, typed) if typed.folded and item.id != but)

    def _near(self, day: date, title: Title) -> list[NewsItem]:
        begin = bisect_left(self._order, (day - _NEAR, ""))
        end = bisect_right(self._order, (day + _NEAR, "~"))
        return [self._items[id] for _, id in self._order[begin:end] if title.is_like(self._titles[id])]

    def _listed(self, items: Iterable[NewsItem]) -> tuple[NewsItem, ...]:
        return tuple(sorted(items, key=lambda item: (item.date, item.id)))


def searched(item: NewsItem) -> str:
    """The words of an item that a search looks at, folded."""
    return fold(f"{item.title} {item.evidence} {item.author} {' '.join(file.name for file in item.files)}")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is None or empty is not asked. `text` is found without marks, each word by itself."""

    text: str = ""
    kind: NewsKind | None = None
    channel: str = ""
    month: int | None = None
    origin: Origin | None = None
    counted: bool | None = None
    shown: bool | None = None  # there is evidence, in words or as a file
    twins: bool | None = None

    @property
    def words(self) -> list[str]:
        return fold(self.text).split()

    def fits(self, item: NewsItem, has_twin: bool) -> bool:
        """All but the words, which are looked for in `searched`."""
        answers = (
            (self.kind, item.kind),
            (self.month, item.date.month),
            (self.origin, item.origin),
            (self.counted, item.counted),
            (self.shown, bool(item.evidence or item.files)),
            (self.twins, has_twin),
        )
        return all(asked in (None, found) for asked, found in answers) and self.channel in ("", *item.channels)
