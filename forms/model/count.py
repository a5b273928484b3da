"""What is typed (số liệu gốc), by whom, and where its cells are.

A form of a span of years asks each of its counts once for every year: the cell is then `women_led@2015`.
`verified` is False where a text is from memory: it is shown and printed "chưa đối chiếu".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from forms.model.cell import at, place


class Role(StrEnum):
    """What an org unit is in a programme: it reports for itself (xã), it is an agency that answers for an indicator in
    the whole area (sở, ban, ngành), or it sums up those below (nơi tổng hợp)."""

    REPORTING = "reporting_unit"
    SUMMING = "summing_unit"
    AGENCY = "agency"


class Answered(StrEnum):
    """How what one answerer says makes up the figure of the territory: it is the figure (`whole`), or a part of it that is
    added to the others' (`adds`)."""

    WHOLE = "whole"
    ADDS = "adds"


@dataclass(frozen=True)
class Breakdown:
    """A way to split a count (phân tổ): by sex, by age group. `parts` maps part id to its Vietnamese title."""

    id: str
    title: str
    parts: dict[str, str]


@dataclass(frozen=True)
class Count:
    """A number somebody types (số liệu gốc); adds up the tree unless `adds_up` is False (a proposal, a survey).

    `agencies` name those who answer for it: in the whole area, or with `answered` "adds" each for its own part.
    `preferred` is whose figure the plan prefers where an agency's and the sum both stand. `from_news` means: counted from
    the news ledger; with `quarter` or `month` (of the year) only over those days, with a breakdown of months over each.
    """

    id: str
    number: str
    title: str
    measure: str
    by: Breakdown | None = None
    filled_by: tuple[Role, ...] = (Role.REPORTING,)
    agencies: tuple[str, ...] = ()
    answered: Answered = Answered.WHOLE
    preferred: Role | None = None
    decimals: int = 0
    maximum: Decimal | None = None
    required: bool = True
    adds_up: bool = True
    from_news: str = ""  # a key of news_counting.MEASURES
    quarter: int = 0
    month: int = 0
    years: tuple[int, ...] = ()
    required_years: tuple[int, ...] = ()
    sensitive: bool = False
    help: str = ""
    source: str = ""
    verified: bool = True

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Its parts, or itself; without years."""
        return tuple(f"{self.id}.{part}" for part in self.by.parts) if self.by else (self.id,)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The places that are typed, in printed order: part by part, and within a part year by year."""
        return tuple(at(place, year) for place in self.places for year in self.years or (None,))

    def answered_by(self, role: Role) -> Answered:
        """How the answer of this role makes up the figure: agencies as the plan says; of others each tells its own part,
        but of what does not add up."""
        if role is Role.AGENCY:
            return self.answered
        return Answered.ADDS if self.adds_up else Answered.WHOLE

    @cached_property
    def required_of(self) -> tuple[Role, ...]:
        """Who must answer. What an agency answers for in the whole area, the summing office may leave to it."""
        left_to_agency = Role.AGENCY in self.filled_by and self.answered is Answered.WHOLE
        return tuple(role for role in self.filled_by if role is not Role.SUMMING or not left_to_agency)

    @cached_property
    def required_cells(self) -> tuple[str, ...]:
        """Those that must be answered before sealing."""
        if not self.required:
            return ()
        years = self.required_years or self.years or (None,)
        return tuple(at(place, year) for place in self.places for year in years)

    def label(self, cell: str) -> str:
        """How a cell of it is called in a sentence: “2. Tổng dân số – Nữ, năm 2015”."""
        bare, year = place(cell)
        part = bare.partition(".")[2]
        tail = f" – {self.by.parts[part]}" if self.by and part else ""
        return f"{self.number}. {self.title}{tail}" + (f", năm {year}" if year else "")

    def cells_at(self, year: int | None) -> tuple[str, ...]:
        """The parts of one year."""
        return tuple(at(place, year) for place in self.places)
