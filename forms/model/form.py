"""The shape of a form: what its definition file may say. Frozen; instances come only from definition_reader.py.

Formulas, rules and checks are written without a year and hold in each year of a form of years by itself.
`verified` is False where a text or target is from memory: it is shown and printed "chưa đối chiếu".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from forms.model.count import Count, Role
from forms.model.expression import Rule
from forms.model.indicator import Indicator
from forms.model.period import PeriodKind

LEVELS = ("error", "warning", "hint")  # of checks and findings, in the order in which they are shown


@dataclass(frozen=True)
class TaskSpec:
    """One task of a work programme (nhiệm vụ): who leads, who cooperates, what comes out of it, in the plan's words.
    `leads` are the ids of the agencies that see it; `due` is None where the plan sets no day."""

    id: str
    number: str
    title: str
    leads: tuple[str, ...] = ()
    lead: str = ""
    cooperating: str = ""
    product: str = ""
    due: date | None = None
    sensitive: bool = False
    source: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Section:
    """One objective's rows on the page, or one group of tasks, in printed order."""

    number: str
    title: str
    rows: tuple[Count | Indicator, ...] = ()
    tasks: tuple[TaskSpec, ...] = ()

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        return tuple(row for row in self.rows if isinstance(row, Count))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(row for row in self.rows if isinstance(row, Indicator))


@dataclass(frozen=True)
class Check:
    """A rule of the form. Grades: error blocks sealing, warning needs a reason, hint only shows. It is asked only where
    `when` holds; in a form of years for each year by itself."""

    id: str
    expect: Rule
    level: str
    message: str
    filled_by: tuple[Role, ...] = tuple(Role)
    when: Rule | None = None
    years: tuple[int, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The counts and parts that it reads."""
        return (*self.expect.names, *(self.when.names if self.when else ()))


@dataclass(frozen=True)
class CrossCheck:
    """The same figure stands in another form of ours: `count` here equals `other` there. `period` is which period of
    the year: Q1 … Q4, H1, H2, 01 … 12, or `year`; in a form of years it is the year of the cell."""

    id: str
    count: str
    form: str
    period: str
    other: str
    level: str
    message: str


@dataclass(frozen=True)
class NarrativeSpec:
    """A titled text section of the report (phần lời văn); `section` is the number of the objective it belongs to."""

    id: str
    number: str
    title: str
    help: str = ""
    required: bool = False
    limit: int = 4000
    section: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class NominationSpec:
    """Whether and how commendations are proposed: the forms to choose from, in the plan's words."""

    forms: tuple[str, ...]
    words: str = ""
    help: str = ""


@dataclass(frozen=True)
class NewsRule:
    """What counts as a news item and how many are asked (6.3). Held against items by news_counting.py."""

    minimum: int
    period_kind: PeriodKind
    counted_kinds: tuple[str, ...]
    relayed_counted: bool
    words: str
    source: str
    verified: bool = True


@dataclass(frozen=True)
class Form:
    """An empty form (biểu mẫu). A filled one is a Report. `span` is the one period of a form of years: 2011..2020.

    `reporters` are the kinds of org unit that report for themselves, where other than those of the programme; `source`
    says where the plan asks for the form, and `verified` is False where that is our reading of it.
    """

    id: str
    number: str
    version: int
    title: str
    programme: str
    programme_version: int
    programme_sha256: str
    period_kind: PeriodKind
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    narratives: tuple[NarrativeSpec, ...]
    crosses: tuple[CrossCheck, ...] = ()
    nominations: NominationSpec | None = None
    span: str = ""
    years: tuple[int, ...] = ()
    required_years: tuple[int, ...] = ()
    has_news: bool = False
    news_rule: NewsRule | None = None
    reporters: tuple[str, ...] = ()
    source: str = ""
    verified: bool = True

    def __hash__(self) -> int:
        """Of its name alone: a form is the key of what was worked out from it, and is never one of many alike."""
        return hash((self.programme_sha256, self.id))

    @cached_property
    def counts(self) -> dict[str, Count]:
        return {c.id: c for s in self.sections for c in s.counts}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {i.id: i for s in self.sections for i in s.indicators}

    @cached_property
    def tasks(self) -> dict[str, TaskSpec]:
        return {t.id: t for s in self.sections for t in s.tasks}

    @cached_property
    def count_of_cell(self) -> dict[str, Count]:
        return {cell: count for count in self.counts.values() for cell in count.cells}

    def cells_for(self, role: Role) -> tuple[str, ...]:
        """The cells that a unit in this role may fill, in printed order."""
        return self._cells_by_role[role]

    def required_for(self, role: Role) -> frozenset[str]:
        """Of those the ones that must be answered."""
        return self._required_by_role[role]

    @cached_property
    def _cells_by_role(self) -> dict[Role, tuple[str, ...]]:
        counts = self.counts.values()
        return {role: tuple(c for count in counts if role in count.filled_by for c in count.cells) for role in Role}

    @cached_property
    def _required_by_role(self) -> dict[Role, frozenset[str]]:
        counts = self.counts.values()
        return {
            role: frozenset(c for count in counts if role in count.required_of for c in count.required_cells)
            for role in Role
        }
