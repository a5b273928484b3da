"""What the units below wrote in one section, side by side: the same paragraph once, with everybody who wrote it.

Paragraphs are one when they share most of their runs of four words and every number in them is the same: a commune that
opened five classes and one that opened seven have not written the same thing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forms.model.number import counted
from forms.model.rich_text import parse, says_none
from forms.model.text import fold
from forms.prose.wording import inside_sentence

_RUN = 4  # words of a run
_ALIKE = 0.7  # of the runs of two paragraphs together those that are in both
_MOST = 20  # paragraphs that one is compared with, those that share the most; and that a run leads to
_NAMED = 5  # units that are named behind a paragraph
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"[0-9]+(?:[.,/][0-9]+)*")


@dataclass(frozen=True, slots=True)
class UnitParagraph:
    """A paragraph as one unit wrote it."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Folded:
    """Paragraphs that say the same; the first is that of the first unit."""

    sources: tuple[UnitParagraph, ...]

    @property
    def text(self) -> str:
        return self.sources[0].text

    @property
    def cited(self) -> str:
        """The paragraph with its source, as an item of a list."""
        return f"- {self.text.rstrip(' .;')} ({named(self.units)})."

    @property
    def units(self) -> tuple[str, ...]:
        """Each once, in order."""
        return tuple(dict.fromkeys(source.unit for source in self.sources))


@dataclass(frozen=True, slots=True)
class Compiled:
    """One section of all units. `none` said that there is nothing to say, `silent` said nothing."""

    paragraphs: tuple[Folded, ...] = ()
    none: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def told(self) -> int:
        """How many units wrote something."""
        return len({unit for one in self.paragraphs for unit in one.units})

    @property
    def draft(self) -> str:
        """The paragraphs with their sources, those of most units first, as a text to work on."""
        ordered = sorted(self.paragraphs, key=lambda one: -len(one.units))
        none = [f"{counted(len(self.none))} đơn vị ghi “không có”."] if self.none else []
        return "\n".join([*(one.cited for one in ordered), *none])


def compiled(texts: Iterable[tuple[str, str]]) -> Compiled:
    """`texts` are (unit, what it wrote), in the order in which units are listed."""
    none: list[str] = []
    silent: list[str] = []
    told: list[UnitParagraph] = []
    for unit, text in texts:
        if not text.strip():
            silent.append(unit)
        elif says_none(text):
            none.append(unit)
        else:
            told += [UnitParagraph(unit, paragraph) for paragraph in _paragraphs(text)]
    return Compiled(_folded(told), tuple(none), tuple(silent))


def named(units: Sequence[str]) -> str:
    """ "xã A, xã B và 03 đơn vị khác" """
    more = len(units) - _NAMED
    names = ", ".join(inside_sentence(unit) for unit in (units if more == 1 else units[:_NAMED]))
    return f"{names} và {counted(more)} đơn vị khác" if more > 1 else names


def _paragraphs(text: str) -> Iterator[str]:
    """Line by line, without looks and the signs of lists."""
    for line in parse(text).lines:
        words = line.words.strip().lstrip("-–+• ")
        if words:
            yield words


def _folded(told: Sequence[UnitParagraph]) -> tuple[Folded, ...]:
    """In the order in which they were first written."""
    same: dict[tuple[str, tuple[str, ...]], list[UnitParagraph]] = defaultdict(list)
    for source in told:
        same[" ".join(_WORD.findall(fold(source.text))), _numbers(source.text)].append(source)
    runs = {plain: _runs(plain) for plain, _ in same}
    often = Counter(run for mine in runs.values() for run in mine)
    folding = _Folding()
    for (plain, numbers), sources in same.items():
        rarest = sorted(runs[plain], key=lambda run: (often[run], run))
        folding.add(sources, runs[plain], rarest, numbers)
    return tuple(Folded(tuple(group)) for group in folding.groups)


@dataclass
class _Folding:
    """Gathers paragraphs. What was compared first stands for those like it."""

    groups: list[list[UnitParagraph]] = field(default_factory=list)
    runs: list[frozenset[str]] = field(default_factory=list)
    numbers: list[tuple[str, ...]] = field(default_factory=list)
    index: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(
        self, sources: list[UnitParagraph], runs: frozenset[str], rarest: Sequence[str], numbers: tuple[str, ...]
    ) -> None:
        """Paragraphs of the very same words. Two sets that are alike share one of so many of their rarest runs."""
        asked = rarest[: len(rarest) - int(_ALIKE * len(rarest)) + 1]
        place = self._like(runs, asked, numbers)
        if place is not None:
            self.groups[place] += sources
            return
        for run in asked:
            if len(self.index[run]) < _MOST:
                self.index[run].append(len(self.groups))
        self.groups.append(sources)
        self.runs.append(runs)
        self.numbers.append(numbers)

    def _like(self, runs: frozenset[str], asked: Sequence[str], numbers: tuple[str, ...]) -> int | None:
        """The first of those most like it."""
        shared = Counter(place for run in asked for place in self.index.get(run, ()) if self.numbers[place] == numbers)
        for place, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_MOST]:
            common = len(runs & self.runs[place])
            if common >= _ALIKE * (len(runs) + len(self.runs[place]) - common):
                return place
        return None


def _runs(plain: str) -> frozenset[str]:
    words = plain.split()
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(number.lstrip("0") for number in _NUMBER.findall(text)))
