"""The dated catalogue of org units: every question is asked "on a day", because the tree changes by law.

A report asks on the last day of its period. Until 30/6/2025 there are three tiers, since 1/7/2025 two; no
number of tiers is assumed here.

The shipped file (resources/org_units/org_units.tsv) is text that a person can read, and is read section by section, only
when asked; packaging/make_org_units.py writes it and describes its sections.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from forms.errors import CatalogueError, InputRefused
from forms.model.org_unit import KINDS, KNOWN_FROM, Kind, OrgUnit, Succession, UnitKey, overlap, refuse_malformed
from forms.model.text import quoted
from forms.org_units.search import SearchIndex

Found = TypeVar("Found")
_SUGGESTED = 3
_DEEPEST = 12


def name_of(units: OrgUnits, key: UnitKey) -> str:
    """What the catalogue calls that very unit; empty where it does not know it."""
    try:
        return units.by_key(key).full_name
    except UnknownUnit:
        return ""


class UnknownUnit(InputRefused):
    """No unit has that code on that day (UNIT_UNKNOWN); the message names those that may have been meant."""

    def __init__(self, message: str, where: str) -> None:
        super().__init__("UNIT_UNKNOWN", message, where)


class OrgUnits:
    """The catalogue (danh mục đơn vị). Immutable: adding units gives another catalogue."""

    def __init__(self, file: CatalogueFile, made: tuple[OrgUnit, ...] = ()) -> None:
        self._file, self._made = file, made
        self._days: dict[int, _Day] = {}

    @classmethod
    def load(cls, path: Path) -> OrgUnits:
        """The shipped catalogue; rows are read when needed. CatalogueError if it is missing or wrong."""
        return cls(CatalogueFile.open(path))

    @classmethod
    def of(cls, units: Iterable[OrgUnit]) -> OrgUnits:
        """A catalogue of these units alone, under the rules of `with_units`."""
        return cls(CatalogueFile.empty()).with_units(units)

    @property
    def made(self) -> tuple[OrgUnit, ...]:
        """The units that were added by hand."""
        return self._made

    def get(self, code: str, on: date) -> OrgUnit:
        """The unit that has this code on that day, or UnknownUnit."""
        unit = self._day(on).units.get(code)
        if unit is None:
            raise self._unknown(code, on)
        return unit

    def by_key(self, key: UnitKey) -> OrgUnit:
        """The unit of a stored (code, valid_from), or UnknownUnit."""
        unit = self.get(*key)
        if unit.valid_from != key.valid_from:
            problem = f"Không có đơn vị {quoted(key.code)} bắt đầu từ {_written(key.valid_from)}"
            hint = f"{_called(unit)} {_span(unit)}. Hãy chọn lại đơn vị theo mã và ngày."
            raise UnknownUnit(f"{problem}: {hint}", unit.code)
        return unit

    def parent(self, unit: OrgUnit, on: date) -> OrgUnit | None:
        """The unit directly above; None at the top."""
        return self.get(unit.parent, on) if unit.parent is not None else None

    def path(self, unit: OrgUnit, on: date) -> tuple[str, ...]:
        """Full names from the unit up to its province: ("Phường Phú Xuân", "Thành phố Huế")."""
        above = self.parent(unit, on)
        return (unit.full_name, *(self.path(above, on) if above else ()))

    def top(self, on: date) -> tuple[OrgUnit, ...]:
        """The units with none above, in order of code: provinces, cities and hand-made heads."""
        return self._day(on).top

    def children(self, code: str, on: date) -> tuple[OrgUnit, ...]:
        """The units directly below, in order of code."""
        group = self.get(code, on)
        day = self._day(on)
        members = [day.units[one] for one in sorted(group.members) if one in day.units]
        return (*members, *day.below.get(code, ()))

    def below(self, code: str, on: date, *, leaves_only: bool = False) -> tuple[OrgUnit, ...]:
        """All units below at any depth, each before its own children; `leaves_only` keeps those with none. Members of a group
        are below it, and once, under their own parent, below what stands above."""
        found: list[OrgUnit] = []
        for child in self.children(code, on):
            under = self.below(child.code, on, leaves_only=leaves_only) if not child.members else ()
            if not (leaves_only and under):
                found.append(child)
            found += under
        return tuple(found)

    def is_below(self, key: UnitKey, code: str, on: date) -> bool:
        """Whether that very unit exists on that day and stands somewhere under the unit with this code."""
        units = self._day(on).units
        unit = units.get(key.code)
        if unit is None or unit.key != key:
            return False
        gathered = units[code].members if code in units else ()
        while unit is not None and unit.parent != code and unit.code not in gathered:
            unit = units.get(unit.parent) if unit.parent is not None else None
        return unit is not None

    def search(self, query: str, on: date, limit: int = 20) -> tuple[OrgUnit, ...]:
        """Units by code or name, best first: "phu xuan" finds Phú Xuân, "phú xuân huế" the one in Huế."""
        return self._day(on).index.find(query, limit)

    def successors(self, key: UnitKey) -> tuple[Succession, ...]:
        """What became of the unit; () if it still exists or nothing is known."""
        return tuple(self._links[0].get(key, ()))

    def predecessors(self, key: UnitKey) -> tuple[Succession, ...]:
        """What the unit was made of."""
        return tuple(self._links[1].get(key, ()))

    def with_units(self, more: Iterable[OrgUnit]) -> OrgUnits:
        """This catalogue with units made by hand.

        InputRefused: UNIT_OVERLAP (the code is taken on some of its days), UNIT_PARENT (the unit above ends
        sooner, or is below itself), UNIT_UNKNOWN (no unit above), and those of `refuse_malformed`.
        """
        more = tuple(dict.fromkeys(more))
        if not more:
            return self
        for unit in more:
            refuse_malformed(unit)
        grown = OrgUnits(self._file, self._made + more)
        grown._refuse_overlaps(more)
        for unit in more:
            grown._refuse_parent(unit)
            grown._refuse_members(unit)
        return grown

    def _refuse_members(self, unit: OrgUnit) -> None:
        for code in unit.members:
            member = self.get(code, unit.valid_from)
            if unit.parent is not None and not self.is_below(member.key, unit.parent, unit.valid_from):
                raise InputRefused(
                    "UNIT_MEMBER",
                    f"{_called(member)} không thuộc {_called(self.get(unit.parent, unit.valid_from))} nên không vào cụm "
                    f"{_called(unit)} được. Hãy bỏ mã này, hoặc chọn cấp trên khác.",
                    code,
                )

    def _refuse_overlaps(self, more: tuple[OrgUnit, ...]) -> None:
        made: dict[str, list[OrgUnit]] = defaultdict(list)
        for unit in self._made:
            made[unit.code].append(unit)
        for unit in reversed(more):  # the newcomer is refused, by the name of who was there before
            shipped = [u for s in self._file.shelves if s.meets(unit) and (u := s.units.get(unit.code))]
            for other in shipped + made[unit.code]:
                if other is not unit and overlap(unit, other):
                    taken = f"Mã {unit.code} đã thuộc về {_called(other)}, {_span(other)}."
                    raise InputRefused("UNIT_OVERLAP", f"{taken} Hãy chọn mã khác hoặc thời gian khác.", unit.code)

    def _refuse_parent(self, unit: OrgUnit) -> None:
        above = unit
        passed = {unit.code}
        while above.parent is not None:
            above = self._parent_throughout(above, above.parent)
            if above.code in passed or len(passed) > _DEEPEST:
                problem = f"Đơn vị {_called(unit)} nằm dưới chính nó hoặc có quá nhiều cấp trên."
                raise InputRefused("UNIT_PARENT", f"{problem} Hãy chọn đơn vị cấp trên khác.", unit.code)
            passed.add(above.code)

    def _parent_throughout(self, unit: OrgUnit, parent: str) -> OrgUnit:
        """A code may pass to another unit, so the one above must last as long as the unit below it."""
        above = self.get(parent, unit.valid_from)
        if above.valid_to is not None and (unit.valid_to is None or above.valid_to < unit.valid_to):
            raise InputRefused(
                "UNIT_PARENT",
                f"Đơn vị cấp trên {_called(above)} chỉ có đến {_written(above.valid_to)}. "
                f"Hãy cho {_called(unit)} kết thúc cùng ngày, rồi thêm một đơn vị nữa cho thời gian sau.",
                unit.code,
            )
        return above

    def _day(self, on: date) -> _Day:
        """The catalogue of that day, made once for all days between two changes. Of days before it begins the file knows
        nothing: its first state stands for them, beside the units made by hand."""
        between = bisect_right(self._changes, on)
        if between not in self._days:
            units: dict[str, OrgUnit] = {}
            for shelf in self._file.shelves:
                units |= shelf.units if shelf.holds_on(max(on, KNOWN_FROM)) else {}
            units |= {unit.code: unit for unit in self._made if unit.holds_on(on)}
            self._days[between] = _Day(units)
        return self._days[between]

    @cached_property
    def _changes(self) -> list[date]:
        """The days on which a unit begins, or follows the last day of another."""
        spans = [(shelf.valid_from, shelf.valid_to) for shelf in self._file.shelves]
        spans += [(unit.valid_from, unit.valid_to) for unit in self._made]
        after = (end + timedelta(days=1) for _, end in spans if end is not None and end < date.max)
        return sorted({*(start for start, _ in spans), *after})

    @cached_property
    def _links(self) -> tuple[dict[UnitKey, list[Succession]], dict[UnitKey, list[Succession]]]:
        forward: dict[UnitKey, list[Succession]] = defaultdict(list)
        back: dict[UnitKey, list[Succession]] = defaultdict(list)
        for link in self._file.successions:
            forward[link.old_key].append(link)
            back[link.new_key].append(link)
        return forward, back

    def _unknown(self, code: str, on: date) -> UnknownUnit:
        head = f"Không có đơn vị nào mang mã {quoted(code)} vào ngày {_written(on)}"
        if not self._day(on).units:
            problem = f"{head}: danh mục chưa có đơn vị nào cho ngày đó{self._beginning()}."
            return UnknownUnit(f"{problem} Hãy chọn ngày khác hoặc thêm đơn vị bằng tay.", quoted(code))
        if former := self._others(code):
            return self._expired(head, former[-1])
        near = self._day(on).index.near(code, _SUGGESTED)
        hint = f" Có phải: {'; '.join(map(_called, near))}?" if near else ""
        return UnknownUnit(f"{head}. Hãy tìm theo tên để lấy đúng mã.{hint}", quoted(code))

    def _others(self, code: str) -> list[OrgUnit]:
        """Every unit that has the code on some day, in order of time."""
        shipped = [unit for shelf in self._file.shelves if (unit := shelf.units.get(code))]
        made = [unit for unit in self._made if unit.code == code]
        return sorted(shipped + made, key=lambda unit: unit.valid_from)

    def _beginning(self) -> str:
        return f" (có từ {_written(self._changes[0])})" if self._changes else ""

    def _expired(self, head: str, former: OrgUnit) -> UnknownUnit:
        heirs = tuple(self.by_key(link.new_key) for link in self.successors(former.key))
        after = f"; kế tiếp là {'; '.join(map(_called, heirs))}" if heirs else ""
        problem = f"{head}: mã này thuộc về {_called(former)}, {_span(former)}{after}."
        return UnknownUnit(f"{problem} Hãy chọn đơn vị của ngày đó.", former.code)


def known(units: OrgUnits, key: UnitKey) -> OrgUnit | None:
    """The unit of a stored (code, valid_from), if the catalogue has it: for many, without a guess at what may be meant."""
    unit = units._day(key.valid_from).units.get(key.code)  # noqa: SLF001 - of this file
    return unit if unit is not None and unit.key == key else None


class _Day:
    """The units that exist on one day."""

    def __init__(self, units: dict[str, OrgUnit]) -> None:
        self.units = units

    @cached_property
    def below(self) -> dict[str, list[OrgUnit]]:
        """The direct children by the parent's code."""
        below: dict[str, list[OrgUnit]] = defaultdict(list)
        for unit in sorted(self.units.values(), key=lambda unit: unit.code):
            if unit.parent is not None:
                below[unit.parent].append(unit)
        return dict(below)

    @cached_property
    def top(self) -> tuple[OrgUnit, ...]:
        return tuple(sorted((u for u in self.units.values() if u.parent is None), key=lambda unit: unit.code))

    @cached_property
    def index(self) -> SearchIndex:
        return SearchIndex(self.units)


def _called(unit: OrgUnit) -> str:
    return f"{unit.code} {unit.full_name}"


def _written(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _span(unit: OrgUnit) -> str:
    end = f" đến {_written(unit.valid_to)}" if unit.valid_to else ""
    return f"có hiệu lực từ {_written(unit.valid_from)}{end}"


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
        start, end = self._read(section, _validity)
        return Shelf(start, end, lambda: self._read(section, self._units))

    def _units(self, section: _Section) -> list[OrgUnit]:
        start, end = _validity(section)
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

    def _read(self, section: _Section, read: Callable[[_Section], Found]) -> Found:
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


def _validity(section: _Section) -> tuple[date, date | None]:
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
