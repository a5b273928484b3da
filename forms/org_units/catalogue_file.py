"""Reads the shipped unit catalogue (resources/org_units/org_units.tsv), section by section, only when asked.

The file is text that a person can read; packaging/make_org_units.py writes it and describes its sections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from forms.errors import CatalogueError
from forms.model.org_unit import KINDS, Kind, OrgUnit, Succession, UnitKey

T = TypeVar("T")

FORMAT = "# so-binh-dang org-units 1"


class Shelf:
    """Units that share one span of validity, read when first asked for."""

    def __init__(self, valid_from: date, valid_to: date | None, read: Callable[[], list[OrgUnit]]) -> None:
        self.valid_from, self.valid_to, self._read = valid_from, valid_to, read

    @cached_property
    def units(self) -> dict[str, OrgUnit]:
        """By code, in the order of the file."""
        return {unit.code: unit for unit in self._read()}

    def holds_on(self, day: date) -> bool:
        """Whether these units exist on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def meets(self, unit: OrgUnit) -> bool:
        """Whether these units and that one share a day."""
        start = max(self.valid_from, unit.valid_from)
        return self.holds_on(start) and unit.holds_on(start)


@dataclass(frozen=True)
class _Section:
    """One `!word arguments` heading with its rows; `line` is the heading's number."""

    line: int
    words: list[str]
    rows: list[str]


class CatalogueFile:
    """The file opened: the shelves and the successions it holds."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        if not text.startswith(FORMAT + "\n"):
            raise CatalogueError(name, "dòng 1", "không phải danh mục đơn vị của phần mềm này")
        self._sections = list(_sections(text))

    @classmethod
    def open(cls, path: Path) -> CatalogueFile:
        """Reads the text; CatalogueError if there is none."""
        try:
            return cls(path.name, path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(path.name, "toàn tệp", "không đọc được") from error

    @classmethod
    def empty(cls) -> CatalogueFile:
        """A catalogue without units."""
        return cls("", FORMAT + "\n")

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """One for each `!units` section."""
        return tuple(self._shelf(section) for section in self._named("!units"))

    @cached_property
    def successions(self) -> tuple[Succession, ...]:
        """Every old → new pair of the `!successions` sections."""
        return tuple(s for section in self._named("!successions") for s in self._read(section, _pairs))

    def _shelf(self, section: _Section) -> Shelf:
        start, end = self._read(section, _span)
        return Shelf(start, end, lambda: self._read(section, self._units))

    def _units(self, section: _Section) -> list[OrgUnit]:
        start, end = _span(section)
        kinds, units, codes = self._kinds, [], set()
        for row in section.rows:
            code, letter, name, parent = row.split("\t")
            kind, title = kinds[letter]
            full_name = f"{title} {name}"
            # "Phường 1" is called by its title too: a bare "1" says nothing in a table
            shown = full_name if name.isdigit() else name
            units.append(OrgUnit(code, shown, full_name, kind, None if parent == "-" else parent, start, end))
            codes.add(code)
        if len(codes) != len(units):
            raise ValueError("có mã đơn vị viết hai lần")
        return units

    @cached_property
    def _kinds(self) -> dict[str, tuple[Kind, str]]:
        rows = [row.split("\t") for section in self._named("!kinds") for row in section.rows]
        return {letter: (cast("Kind", kind), title) for letter, kind, title in rows if kind in KINDS}

    def _named(self, word: str) -> Iterator[_Section]:
        return (section for section in self._sections if section.words[0] == word)

    def _read(self, section: _Section, read: Callable[[_Section], T]) -> T:
        try:
            return read(section)
        except (ValueError, KeyError) as error:
            where = f"mục bắt đầu ở dòng {section.line}"
            raise CatalogueError(self._name, where, f"nội dung sai: {error}") from error


def _sections(text: str) -> Iterator[_Section]:
    current: _Section | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("!"):
            if current:
                yield current
            current = _Section(number, line.split("\t"), [])
        elif current and line and not line.startswith("#"):
            current.rows.append(line)
    if current:
        yield current


def _span(section: _Section) -> tuple[date, date | None]:
    _, start, end = section.words
    return date.fromisoformat(start), date.fromisoformat(end) if end != "-" else None


def _pairs(section: _Section) -> list[Succession]:
    """Rows of `new<TAB>old old* old/`: bare: the whole; *: a part, the default heir; /: another part."""
    old_from, new_from = (date.fromisoformat(word) for word in section.words[1:])
    pairs = []
    for row in section.rows:
        new, olds = row.split("\t")
        for old in olds.split(" "):
            code = old.rstrip("*/")
            whole, default = code == old, not old.endswith("/")
            pairs.append(Succession(UnitKey(code, old_from), UnitKey(new, new_from), whole, default))
    return pairs
