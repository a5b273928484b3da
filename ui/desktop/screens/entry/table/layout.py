"""Where everything of a section stands in the grid: rows as printed, parts or years across. No figures, no Qt.

The parts of a breakdown stand side by side with their total after them; a breakdown of many parts goes down instead.
Where the counts of a section are split in different ways, the columns are shared and a band of its own names them
each time they change. In a form of years the years stand side by side, and the parts go down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from forms.cell import at
from forms.count import Breakdown, Count, Role
from forms.indicator import Indicator
from forms.spec import Form, Section

MOST_ACROSS = 6  # parts side by side; more of them go down


class Stands(StrEnum):
    """What stands where a row meets a column."""

    CELL = "cell"  # one types here
    SUM = "sum"  # the parts of a count together
    VALUE = "value"  # an indicator, or one part of it
    BEFORE = "before"  # what it was in an earlier period
    JUDGED = "judged"  # an indicator's target and verdict; a count's note
    NAME = "name"  # of a band: how the part below is called


@dataclass(frozen=True, slots=True)
class Spot:
    """`name`: the cell, the count (with its year) or the indicator. `back`: 0 the period before, 1 the one before that."""

    stands: Stands
    name: str
    part: str = ""
    year: int | None = None
    back: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """`stands` is what most of its spots hold; `year` in a form of years."""

    title: str
    stands: Stands
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`row` is what the form says of it; None for a band. `part` is the title of a part that has a row of its own."""

    key: str
    number: str
    title: str
    measure: str
    spots: tuple[Spot | None, ...]
    row: Count | Indicator | None = None
    part: str = ""

    @property
    def is_band(self) -> bool:
        return self.row is None

    @property
    def is_computed(self) -> bool:
        return isinstance(self.row, Indicator)


@dataclass(frozen=True)
class Layout:
    """The table of one section. A place is (row, column)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    years: tuple[int, ...] = ()
    places: dict[str, tuple[int, int]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        found = {
            spot.name: (number, column)
            for number, row in enumerate(self.rows)
            for column, spot in enumerate(row.spots)
            if spot is not None and spot.stands is Stands.CELL
        }
        object.__setattr__(self, "places", found)

    def spot(self, row: int, column: int) -> Spot | None:
        """None outside the table too."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.columns):
            return self.rows[row].spots[column]
        return None

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The typed places in the order of reading."""
        return tuple(self.places)


def lay_out(section: Section, role: Role, now: str, before: Sequence[str]) -> Layout:
    """The rows that this role sees. `now` and `before` are the headings of the period and of those before it."""
    rows = [row for row in section.rows if is_shown(row, role)]
    years = tuple(sorted({year for row in rows for year in row.years}))
    return _of_years(rows, years) if years else _of_parts(rows, now, before)


def is_shown(row: Count | Indicator, role: Role) -> bool:
    return role in (row.filled_by if isinstance(row, Count) else row.computed_by)


def sections_for(form: Form, role: Role) -> tuple[Section, ...]:
    """The sections with figures for an office of this role."""
    return tuple(section for section in form.sections if any(is_shown(row, role) for row in section.rows))


def _of_years(rows: Sequence[Count | Indicator], years: tuple[int, ...]) -> Layout:
    columns = [Column(str(year), Stands.CELL, year) for year in years]
    made = tuple(line for row in rows for line in _over_years(row, years))
    return Layout((*columns, Column("Mốc, đánh giá", Stands.JUDGED)), made, years)


def _over_years(row: Count | Indicator, years: tuple[int, ...]) -> Iterator[Row]:
    judged = Spot(Stands.JUDGED, row.id)
    if isinstance(row, Indicator):
        spots = [Spot(Stands.VALUE, row.id, year=year) if year in row.years else None for year in years]
        yield Row(row.id, row.number, row.title, row.measure, (*spots, judged), row)
        return
    stands = Stands.SUM if row.by else Stands.CELL
    spots = [Spot(stands, at(row.id, year), year=year) if year in row.years else None for year in years]
    yield Row(row.id, row.number, row.title, row.measure, (*spots, judged), row)
    for part, title in row.by.parts.items() if row.by else ():
        name = f"{row.id}.{part}"
        spots = [Spot(Stands.CELL, at(name, year), part, year) if year in row.years else None for year in years]
        yield Row(name, "", title, "", (*spots, Spot(Stands.JUDGED, name)), row, title)


def _of_parts(rows: Sequence[Count | Indicator], now: str, before: Sequence[str]) -> Layout:
    across = [by for row in rows if (by := _across(row))]
    ways = list({by.id: by for by in across}.values())
    width = max((len(by.parts) for by in ways), default=0)
    titles = tuple(ways[0].parts.values()) if len(ways) == 1 else ("",) * width
    columns = [
        *(Column(title, Stands.BEFORE) for title in reversed(before)),
        *(Column(title, Stands.CELL) for title in titles),
        Column("Tổng" if width else now, Stands.SUM if width else Stands.CELL),
        Column("Mốc, đánh giá", Stands.JUDGED),
    ]
    plan = _Across(len(before), width)
    made: list[Row] = []
    named = ways[0].id if len(ways) == 1 else ""
    for row in rows:
        by = _across(row)
        if by and by.id != named:
            made.append(plan.band(row, by))
            named = by.id
        made += plan.rows(row)
    return Layout(tuple(columns), tuple(made))


@dataclass(frozen=True, slots=True)
class _Across:
    """How many earlier periods and how many parts stand side by side."""

    before: int
    width: int

    def band(self, row: Count | Indicator, by: Breakdown) -> Row:
        names = [Spot(Stands.NAME, title) for title in by.parts.values()]
        blank = (None,) * self.before
        return Row(f"band:{row.id}", "", "", "", (*blank, *self._padded(names), None, None))

    def rows(self, row: Count | Indicator) -> Iterator[Row]:
        by = _across(row)
        if isinstance(row, Indicator):
            parts = [Spot(Stands.VALUE, row.id, part) for part in by.parts] if by else []
            yield self._row(row, row.id, parts, Spot(Stands.VALUE, row.id))
        elif by:
            parts = [Spot(Stands.CELL, f"{row.id}.{part}", part) for part in by.parts]
            yield self._row(row, row.id, parts, Spot(Stands.SUM, row.id))
        else:
            yield self._row(row, row.id, [], Spot(Stands.SUM if row.by else Stands.CELL, row.id))
            for part, title in row.by.parts.items() if row.by else ():
                name = f"{row.id}.{part}"
                yield self._row(row, name, [], Spot(Stands.CELL, name, part), title)

    def _row(self, row: Count | Indicator, key: str, parts: list[Spot], last: Spot, part: str = "") -> Row:
        earlier = [Spot(Stands.BEFORE, key, back=back) for back in reversed(range(self.before))]
        spots = (*earlier, *self._padded(parts), last, Spot(Stands.JUDGED, key))
        number, title, measure = ("", part, "") if part else (row.number, row.title, row.measure)
        return Row(key, number, title, measure, spots, row, part)

    def _padded(self, spots: list[Spot]) -> tuple[Spot | None, ...]:
        return (*spots, *(None,) * (self.width - len(spots)))


def _across(row: Count | Indicator) -> Breakdown | None:
    """How it is split over columns; None where it is not, or its parts go down."""
    by = row.each_part if isinstance(row, Indicator) else row.by
    return by if by and len(by.parts) <= MOST_ACROSS else None
