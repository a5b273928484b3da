"""The shape of a programme pack: what its definition files may say. Frozen; instances come only from catalogue.py.

A pack is a folder `forms/definitions/<id>.v<version>/`: programme.toml and one file per form. A released file is
never edited: a change is a new version, and every report remembers the version and SHA-256 it was filled under.
`verified` is False where the text or target is from memory: it is shown and printed "chưa đối chiếu".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from forms.expression import Formula, Rule
from forms.news import NewsItem, Origin
from forms.periods import Period, PeriodKind

LEVELS = ("error", "warning", "hint")  # of checks and findings, in the order in which they are shown


class Role(StrEnum):
    """What an org unit is in a programme: it reports (xã) or it sums up those below (nơi tổng hợp)."""

    REPORTING = "reporting_unit"
    SUMMING = "summing_unit"


class Operator(StrEnum):
    """How a figure is held against its target: "ít nhất", "trên", "bằng", "không quá", "dưới", "khoảng"."""

    AT_LEAST = ">="
    ABOVE = ">"
    EQUAL = "="
    AT_MOST = "<="
    BELOW = "<"
    ABOUT = "≈"


class IndicatorKind(StrEnum):
    """How an indicator is computed."""

    FORMULA = "formula"  # over summed counts
    SHARE_OF_UNITS = "share_of_units"  # units whose own rule holds ÷ units valid in the period
    YES_NO = "yes_no"  # a milestone: 1 is yes
    SURVEY = "survey"  # typed where it is known, with its source; never added up


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Breakdown:
    """A way to split a count (phân tổ): by sex, by age group. `parts` maps part id to its Vietnamese title."""

    id: str
    title: str
    parts: dict[str, str]


@dataclass(frozen=True)
class Count:
    """A number somebody types (số liệu gốc); adds up the tree. `from_news` means: counted from the news ledger."""

    id: str
    number: str
    title: str
    measure: str
    by: Breakdown | None = None
    filled_by: tuple[Role, ...] = (Role.REPORTING,)
    decimals: int = 0
    maximum: Decimal | None = None
    from_news: str = ""  # a key of news.MEASURES
    quarter: int = 0  # with from_news in a yearly form: which quarter of the year
    sensitive: bool = False
    help: str = ""
    source: str = ""
    verified: bool = True

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The places that are typed: the parts when the count is broken down, else the count itself."""
        return tuple(f"{self.id}.{part}" for part in self.by.parts) if self.by else (self.id,)


@dataclass(frozen=True)
class Target:
    """What an indicator must reach by a year (mốc), in the plan's own words."""

    year: int
    operator: Operator
    amount: Decimal
    words: str
    source: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Indicator:
    """What is judged (chỉ tiêu): calculated at every level from counts, never typed, never averaged.

    `each_part` names a breakdown whose every part must pass by itself (5.2: trai và gái). `computed_by` says who may
    compute it (4.2: only the province). For SHARE_OF_UNITS `rule` is asked of every reporting unit.
    """

    id: str
    number: str
    title: str
    measure: str
    kind: IndicatorKind
    owner: str
    formula: Formula | None = None
    rule: Rule | None = None
    each_part: Breakdown | None = None
    computed_by: tuple[Role, ...] = (Role.REPORTING, Role.SUMMING)
    direction: Direction = Direction.HIGHER
    decimals: int = 1
    gap_noun: str = ""  # what one more of the numerator is called: "nữ", "xã"
    sensitive: bool = False
    definition: str = ""
    source: str = ""
    verified: bool = True
    targets: tuple[Target, ...] = ()

    def target_for(self, year: int) -> Target | None:
        """The milestone that a year works towards: the nearest at or after it, else the last one passed."""
        ahead = [t for t in self.targets if t.year >= year]
        return min(ahead, key=lambda t: t.year) if ahead else max(self.targets, key=lambda t: t.year, default=None)


@dataclass(frozen=True)
class Section:
    """One objective's rows on the page, in printed order."""

    number: str
    title: str
    rows: tuple[Count | Indicator, ...]

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        return tuple(row for row in self.rows if isinstance(row, Count))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(row for row in self.rows if isinstance(row, Indicator))


@dataclass(frozen=True)
class Check:
    """A rule of the form. Grades: error blocks sealing, warning needs a reason, hint only shows."""

    id: str
    expect: Rule
    level: str
    message: str
    filled_by: tuple[Role, ...] = (Role.REPORTING, Role.SUMMING)


@dataclass(frozen=True)
class NarrativeSpec:
    """A titled text section of the report (phần lời văn)."""

    id: str
    number: str
    title: str
    help: str = ""
    required: bool = False


@dataclass(frozen=True)
class NewsRule:
    """What counts as a news item and how many are asked (6.3)."""

    minimum: int
    period_kind: PeriodKind
    counted_kinds: tuple[str, ...]
    relayed_counted: bool
    words: str
    source: str
    verified: bool = True

    def counts(self, item: NewsItem) -> bool:
        """Whether an item is counted unless somebody says otherwise, with a reason."""
        return item.kind in self.counted_kinds and (self.relayed_counted or item.origin is Origin.OWN)


@dataclass(frozen=True)
class Form:
    """An empty form (biểu mẫu). A filled one is a Report."""

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
    has_news: bool = False
    news_rule: NewsRule | None = None

    @cached_property
    def counts(self) -> dict[str, Count]:
        return {c.id: c for s in self.sections for c in s.counts}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {i.id: i for s in self.sections for i in s.indicators}

    @cached_property
    def count_of_cell(self) -> dict[str, Count]:
        return {cell: count for count in self.counts.values() for cell in count.cells}

    def cells_for(self, role: Role) -> tuple[str, ...]:
        """The cells that a unit in this role has to answer for, in printed order."""
        return self._cells_by_role[role]

    @cached_property
    def _cells_by_role(self) -> dict[Role, tuple[str, ...]]:
        counts = self.counts.values()
        return {role: tuple(c for count in counts if role in count.filled_by for c in count.cells) for role in Role}


@dataclass(frozen=True)
class Deadline:
    """When a yearly report is due. "trước ngày 30/11" means by 29/11; the plan's words are shown."""

    role: Role
    month: int
    day: int
    words: str
    receiver: str

    def due(self, period: Period) -> date:
        """The last day on which sending is still in time."""
        return date(period.year, self.month, self.day) - timedelta(days=1)


@dataclass(frozen=True)
class Objective:
    """What a plan wants (mục tiêu): a text that groups indicators, without a number of its own."""

    number: str
    title: str


@dataclass(frozen=True)
class Programme:
    """A versioned pack: objectives, targets, forms, deadlines (chương trình, chiến lược, kế hoạch)."""

    id: str
    version: int
    title: str
    short_title: str
    document: str
    issuer: str
    issuing_unit: str
    first_year: int
    last_year: int
    source: str
    sha256: str
    objectives: tuple[Objective, ...]
    deadlines: tuple[Deadline, ...]
    news: NewsRule | None
    forms: tuple[Form, ...]

    def form(self, id: str) -> Form | None:
        return next((form for form in self.forms if form.id == id), None)

    def form_for(self, kind: PeriodKind) -> Form | None:
        """The form that is filled for a period of this kind."""
        return next((form for form in self.forms if form.period_kind is kind), None)

    def deadline(self, role: Role) -> Deadline | None:
        return next((d for d in self.deadlines if d.role is role), None)
