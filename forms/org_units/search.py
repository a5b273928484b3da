"""Finding an org unit by what a person types: a code, a name with or without marks, a name and a province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from forms.model.org_unit import OrgUnit
from forms.model.text import collation_key, fold, nfc

_LONGEST_QUERY = 120


@dataclass(frozen=True, slots=True)
class _Entry:
    """A unit with its names folded; `path` is its full name and those above it, a space round each word."""

    unit: OrgUnit
    name: str
    full_name: str
    path: str
    depth: int


class SearchIndex:
    """All units of one day, ready to be searched."""

    def __init__(self, units: Mapping[str, OrgUnit]) -> None:
        self._entries = tuple(_entries(units))

    def find(self, query: str, limit: int) -> tuple[OrgUnit, ...]:
        """Best first: the code, the exact name, names and then codes that begin so, names with all the words,
        names with some whose other words stand in the names above.

        Among equals: the same marks first, then higher units, then Vietnamese order.
        """
        wanted = fold(query[:_LONGEST_QUERY])
        if not wanted:
            return ()
        # only the last word may be the beginning of a longer one: "phu xuan" is not "phuong xuan"
        *whole, last = wanted.split(" ")
        words = [*(f" {word} " for word in whole), f" {last}"]
        typed = nfc(query).casefold()
        found = [(rank, e) for e in self._entries if (rank := _rank(e, wanted, words)) is not None]
        found.sort(key=lambda hit: (hit[0], *_order(hit[1], typed)))
        return tuple(entry.unit for _, entry in found[:limit])

    def near(self, text: str, limit: int) -> tuple[OrgUnit, ...]:
        """Units whose code or name is spelt almost like the text, for "did you mean"."""
        if found := self.find(text, limit):
            return found
        wanted = fold(text[:_LONGEST_QUERY])
        if wanted[:1].isdigit():
            spelt = {e.unit.code.lower(): e.unit for e in self._entries}
        else:
            spelt = {name: e.unit for e in self._entries for name in (e.name, e.full_name)}
        close = (spelt[match] for match in get_close_matches(wanted, spelt, n=limit, cutoff=0.75))
        return tuple(dict.fromkeys(close))


def _entries(units: Mapping[str, OrgUnit]) -> Iterable[_Entry]:
    made: dict[str, _Entry] = {}

    def entry(unit: OrgUnit) -> _Entry:
        if unit.code not in made:
            above = units.get(unit.parent) if unit.parent else None
            upper = entry(above) if above else None
            full_name = fold(unit.full_name)
            path = f" {full_name}{upper.path if upper else ' '}"
            depth = upper.depth + 1 if upper else 0
            made[unit.code] = _Entry(unit, fold(unit.name), full_name, path, depth)
        return made[unit.code]

    return [entry(unit) for unit in units.values()]


def _rank(entry: _Entry, wanted: str, words: list[str]) -> int | None:
    if wanted == entry.unit.code.lower():
        return 0
    if wanted in (entry.name, entry.full_name):
        return 1
    if entry.name.startswith(wanted) or entry.full_name.startswith(wanted):
        return 2
    if entry.unit.code.lower().startswith(wanted):
        return 3
    if not all(word in entry.path for word in words):
        return None
    own = f" {entry.full_name} "
    return 4 if all(word in own for word in words) else 5 if any(word in own for word in words) else None


def _order(entry: _Entry, typed: str) -> tuple[object, ...]:
    unit = entry.unit
    other_marks = typed not in (unit.name.casefold(), unit.full_name.casefold())
    return other_marks, entry.depth, collation_key(unit.name), unit.code
