"""Which figures a public table keeps back so that nobody can work out a sensitive figure from 1 to 4.

Small sensitive figures are withheld first; then, wherever the others would still tell them (a total and its other
parts, a figure that may not be larger than another, what an earlier publication showed), as few further ones as needed.
Nought is published: it is about nobody. The reader that is guarded against knows every published figure, these rules,
and even which of the withheld figures are the small ones. Such a reader must find at least two tables that fit.

What a public version of a report keeps back (forms/summary/disclosure.py), worked out from the form and its sums."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from forms.model.cell import at
from forms.model.form import Form
from forms.summary.totals import Result, Sum

SMALLEST, LARGEST = 1, 4  # Statistics offices use 3 to 10; DESIGN §5 sets 1–4
# One search takes at most so many steps, short ways first; a table that would take longer loses one figure more.
_PATIENCE, _DEPTHS = 1500, (2, 4, 6, 12)
_TRIED = 12  # of the figures that might protect another


@dataclass(frozen=True, slots=True)
class SumConstraint:
    """Figures that add up: a total and all its parts."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriorDisclosure:
    """What earlier public tables of the same report showed (a figure may have had several), and what they kept back:
    that is kept back for ever, since the difference of two tables would tell it."""

    shown: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()


NO_PAST = PriorDisclosure()


@dataclass(frozen=True)
class TableToShow:
    """What a table could show. `caps` are pairs of which the first is never larger than the second."""

    known: Mapping[str, Decimal]
    sensitive: Collection[str]
    ties: Sequence[SumConstraint] = ()
    caps: Sequence[tuple[str, str]] = ()
    past: PriorDisclosure = NO_PAST

    def is_small(self, name: str) -> bool:
        return name in self.sensitive and SMALLEST <= self.known[name] <= LARGEST

    def was_shown(self, name: str) -> bool:
        """Whether readers have this very figure from an earlier table."""
        return self.known[name] in self.past.shown.get(name, ())

    @cached_property
    def ties_of(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """The numbers of the ties that a figure stands in: +1 as a part, -1 as the total."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, tie in enumerate(self.ties):
            found[tie.total].append((number, -1))
            for part in tie.parts:
                found[part].append((number, 1))
        return found

    def beside(self, names: Collection[str]) -> set[str]:
        """What stands in a tie or cap with any of them."""
        groups: list[tuple[str, ...]] = [*((tie.total, *tie.parts) for tie in self.ties), *self.caps]
        return {name for group in groups if not set(group).isdisjoint(names) for name in group if name in self.known}


def withheld(figures: TableToShow) -> frozenset[str]:
    """The names of the figures that a public table must not show."""
    small = [name for name in figures.known if figures.is_small(name)]
    guarded = [name for name in small if not figures.was_shown(name)]
    kept = {*small, *(name for name in figures.past.withheld if name in figures.known)}
    added: list[str] = []
    for name in guarded:
        while not is_safe(figures, kept, name):
            further = _next(figures, kept, name)
            if further is None:
                break  # everything around it is kept back already
            kept.add(further)
            added.append(further)
    for name in reversed(added):  # a later one may have made an earlier one needless
        fewer = kept - {name}
        if all(is_safe(figures, fewer, one) for one in guarded):
            kept = fewer
    return frozenset(kept)


def is_safe(figures: TableToShow, kept: Collection[str], name: str) -> bool:
    """Whether the figure could as well be another while everything that readers know stays as it is."""
    free = {one for one in kept if not figures.was_shown(one)}
    search = _Search(figures, free)
    return name in free and any(search.fits({name: Decimal(step)}, most) for most in _DEPTHS for step in (1, -1))


def _next(figures: TableToShow, kept: Collection[str], name: str) -> str | None:
    """The smallest further figure that protects it by itself; else the smallest that stands near; nought comes last."""
    around = {name}
    while True:
        wider = figures.beside(around)
        near = sorted(
            (one for one in wider if one not in kept and not figures.was_shown(one)),
            key=lambda one: (figures.known[one] == 0, figures.known[one], one),
        )
        if near:
            return next((one for one in near[:_TRIED] if is_safe(figures, {*kept, one}, name)), near[0])
        if wider <= around:
            return None
        around |= wider


@dataclass
class _Search:
    """Looks for another table that fits. Moves one free figure, mends what that breaks by moving further ones."""

    figures: TableToShow
    free: Collection[str]
    left: int = _PATIENCE

    def fits(self, moved: dict[str, Decimal], most: int) -> bool:
        """Whether these figures, and at most so many altogether, can move. The last one is the newest."""
        self.left -= 1
        if self.left < 0 or not self._is_possible(*next(reversed(moved.items()))):
            return False
        repairs = self._repairs(moved)
        if repairs is None:
            return True
        return len(moved) < most and any(self.fits(moved | {name: by}, most) for name, by in repairs)

    def _is_possible(self, name: str, by: Decimal) -> bool:
        now = self.figures.known[name] + by
        return SMALLEST <= now <= LARGEST if self.figures.is_small(name) else now >= 0

    def _repairs(self, moved: Mapping[str, Decimal]) -> Iterator[tuple[str, Decimal]] | None:
        """The moves that would mend the first tie or cap that does not hold any more; None where all hold."""
        excess: dict[int, Decimal] = defaultdict(Decimal)
        for name, by in moved.items():
            for number, sign in self.figures.ties_of.get(name, ()):
                excess[number] += sign * by
        for number, over in excess.items():
            if over:
                tie = self.figures.ties[number]
                return self._open(moved, [*((part, -over) for part in tie.parts), (tie.total, over)])
        for less, more in self.figures.caps:
            if (less in moved or more in moved) and (gap := self._now(less, moved) - self._now(more, moved)) > 0:
                return self._open(moved, [(less, -gap), (more, gap)])
        return None

    def _open(self, moved: Mapping[str, Decimal], options: list[tuple[str, Decimal]]) -> Iterator[tuple[str, Decimal]]:
        return ((name, by) for name, by in options if name in self.free and name not in moved)

    def _now(self, name: str, moved: Mapping[str, Decimal]) -> Decimal:
        return self.figures.known[name] + moved.get(name, Decimal(0))


_CAP = re.compile(r"([a-z_0-9]+(?:\.[a-z_0-9]+)?) <= ([a-z_0-9]+(?:\.[a-z_0-9]+)?)")


@dataclass(frozen=True)
class Disclosure:
    """The names of the cells and broken-down counts that are kept back. A sensitive indicator is told only where it was
    computed from the very figures of the table: one of fewer units would tell what the others have."""

    sums: Mapping[str, Sum]
    withheld: frozenset[str] = frozenset()
    public: bool = False

    def tells(self, result: Result) -> bool:
        """Whether the indicator's figures are shown: none may be worked out from them."""
        if not self.public:
            return True
        read = {name: self.sums.get(at(name, result.year)) for name in result.indicator.names}
        if any(at(name, result.year) in self.withheld for name in read):
            return False
        same = all(
            found is None or found.quantity == result.operands.get(name, found.quantity) for name, found in read.items()
        )
        return same or not result.indicator.sensitive

    @property
    def shown(self) -> dict[str, Decimal]:
        """The figures that readers of this version have."""
        return {
            name: found.quantity
            for name, found in self.sums.items()
            if isinstance(found.quantity, Decimal) and name not in self.withheld
        }


def internal(sums: Mapping[str, Sum]) -> Disclosure:
    """Everything is told."""
    return Disclosure(sums)


def public(form: Form, sums: Mapping[str, Sum], past: PriorDisclosure = NO_PAST) -> Disclosure:
    """What the public is told of one report, given what it has been told of it before."""
    known = {name: found.quantity for name, found in sums.items() if isinstance(found.quantity, Decimal)}
    guarded = [count for count in form.counts.values() if count.sensitive]
    wholes = {at(count.id, year) for count in guarded if count.by for year in count.years or (None,)}
    sensitive = wholes.union(*(count.cells for count in guarded))
    return Disclosure(sums, withheld(TableToShow(known, sensitive, _ties(form, known), _caps(form, known), past)), True)


def _ties(form: Form, known: Mapping[str, Decimal]) -> tuple[SumConstraint, ...]:
    """Parts and their whole. A part of which nothing is known adds nothing."""
    return tuple(
        SumConstraint(whole, tuple(cell for cell in count.cells_at(year) if cell in known))
        for count in form.counts.values()
        if count.by
        for year in count.years or (None,)
        for whole in [at(count.id, year)]
        if whole in known
    )


def _caps(form: Form, known: Mapping[str, Decimal]) -> tuple[tuple[str, str], ...]:
    """What the form's checks say of two figures, where these keep to it: “victims_supported <= victims_found”."""
    pairs = [
        (at(found[1], year), at(found[2], year))
        for check in form.checks
        for found in [_CAP.fullmatch(check.expect.text)]
        if found
        for year in check.years or (None,)
    ]
    return tuple((a, b) for a, b in pairs if a in known and b in known and known[a] <= known[b])
