"""Who is added up for a form, and for which of its counts: the units below, the office itself, the agencies of the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from forms.cell import BLANK, Cell, CellState
from forms.count import Count, Role
from forms.org_unit import UnitKey
from forms.spec import Form

Cells = Mapping[str, Cell]
Voice = tuple[str, Cells]  # an agency of the plan, and what it reported
COVERED = (CellState.GIVEN, CellState.NONE, CellState.NOT_APPLICABLE)
_FIGURES = (CellState.GIVEN, CellState.NONE)  # "không áp dụng" says nothing of the units below


@dataclass(frozen=True)
class Contributions:
    """What is added up: the cells of the units below and of the agencies by their id, and the office's own cells (None:
    it has no report yet)."""

    form: Form
    expected: tuple[UnitKey, ...]
    below: Mapping[UnitKey, Cells]
    own: Cells | None = None
    role: Role = Role.SUMMING
    agencies: Mapping[str, Cells] = field(default_factory=dict)

    def sources(self, count: Count) -> tuple[list[Cells], int]:
        """(cells of everyone who is added up for this count and has reported, how many are expected to)."""
        found: list[Cells] = []
        expected = 0
        if self.asks_below(count):
            found += [self.below[unit] for unit in self.expected if unit in self.below]
            expected += len(self.expected)
        if self.role in count.filled_by:
            found += [self.own] if self.own is not None else []
            expected += 1
        return found, expected or int(self.asks_agency(count))

    def asks_below(self, count: Count) -> bool:
        """Whether what the units below reported for it is added up here."""
        return Role.REPORTING in count.filled_by and self.role is Role.SUMMING and count.adds_up

    def adds(self, count: Count) -> bool:
        """Whether anything is added up for it: from below, or of one's own."""
        return self.asks_below(count) or self.role in count.filled_by

    def asks_agency(self, count: Count) -> bool:
        """Whether an agency answers for it in the whole area."""
        return Role.AGENCY in count.filled_by and self.role is Role.SUMMING

    def told(self, count: Count) -> dict[str, tuple[Voice, ...]]:
        """What agencies say of its cells, in the plan's order of them; the first one's figure stands.

        Where others are asked as well, an agency answers for all parts of a year or for none.
        """
        if not self.agencies or not self.asks_agency(count):
            return {}
        alone = not self.adds(count)
        groups = [count.cells_at(year) for year in count.years or (None,)]
        groups = [(cell,) for group in groups for cell in group] if alone else groups
        mine = [(id, self.agencies[id]) for id in count.agencies if id in self.agencies]
        found: dict[str, tuple[Voice, ...]] = {}
        for cells in groups:
            if voices := tuple(one for one in mine if answers(one[1], cells, COVERED if alone else _FIGURES)):
                found |= dict.fromkeys(cells, voices)
        return found


def single(form: Form, unit: UnitKey, role: Role, cells: Cells) -> Contributions:
    """One report by itself, so that a commune's own table is computed by the same rules."""
    return Contributions(form, (unit,), {unit: cells}, cells, role)


def answers(cells: Cells, names: Iterable[str], states: Collection[CellState] = COVERED) -> bool:
    """Whether every one of these cells stands in one of the states."""
    return all(cells.get(name, BLANK).state in states for name in names)
