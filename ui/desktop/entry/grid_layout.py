"""What stands where in the grid of a section, what each place shows as words with a tone, where keys lead from one open place to the
next, and how the room is shared out. Knows no Qt.

Rows are as printed. The parts of a breakdown stand side by side with their total after them; a breakdown of many parts goes down instead.
Where the counts of a section are split in different ways, the columns are shared and a band of its own names them each time they change.
In a form of years the years stand side by side, and the parts go down. `places` are the open ones, (row, column), in the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from forms.model.cell import at, place
from forms.model.count import Breakdown, Count, Role
from forms.model.form import Section
from forms.model.indicator import Indicator
from forms.model.number import format_number
from forms.model.report import Report
from forms.services.report_session import EarlierReport, ReportSession, Results, is_shown
from ui.desktop.number_wording import cell_text, editable_text, quantity_words, target_text, value_text, verdict_words

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
class GridPlace:
    """`name`: the cell, the count (with its year) or the indicator. `back`: 0 the period before, 1 the one before that."""

    stands: Stands
    name: str
    part: str = ""
    year: int | None = None
    back: int = 0


@dataclass(frozen=True, slots=True)
class GridColumn:
    """`stands` is what most of its spots hold; `year` in a form of years."""

    title: str
    stands: Stands
    year: int | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """`row` is what the form says of it; None for a band. `part` is the title of a part that has a row of its own."""

    key: str
    number: str
    title: str
    measure: str
    spots: tuple[GridPlace | None, ...]
    row: Count | Indicator | None = None
    part: str = ""

    @property
    def is_band(self) -> bool:
        return self.row is None

    @property
    def is_computed(self) -> bool:
        return isinstance(self.row, Indicator)


@dataclass(frozen=True)
class GridLayout:
    """The table of one section. A place is (row, column)."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
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

    def spot(self, row: int, column: int) -> GridPlace | None:
        """None outside the table too."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.columns):
            return self.rows[row].spots[column]
        return None

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The typed places in the order of reading."""
        return tuple(self.places)


def lay_out(section: Section, role: Role, now: str, before: Sequence[str]) -> GridLayout:
    """The rows that this role sees. `now` and `before` are the headings of the period and of those before it."""
    rows = [row for row in section.rows if is_shown(row, role)]
    years = tuple(sorted({year for row in rows for year in row.years}))
    return _of_years(rows, years) if years else _of_parts(rows, now, before)


def _of_years(rows: Sequence[Count | Indicator], years: tuple[int, ...]) -> GridLayout:
    columns = [GridColumn(str(year), Stands.CELL, year) for year in years]
    made = tuple(line for row in rows for line in _over_years(row, years))
    return GridLayout((*columns, GridColumn("Mốc, đánh giá", Stands.JUDGED)), made, years)


def _over_years(row: Count | Indicator, years: tuple[int, ...]) -> Iterator[GridRow]:
    judged = GridPlace(Stands.JUDGED, row.id)
    if isinstance(row, Indicator):
        spots = [GridPlace(Stands.VALUE, row.id, year=year) if year in row.years else None for year in years]
        yield GridRow(row.id, row.number, row.title, row.measure, (*spots, judged), row)
        return
    stands = Stands.SUM if row.by else Stands.CELL
    spots = [GridPlace(stands, at(row.id, year), year=year) if year in row.years else None for year in years]
    yield GridRow(row.id, row.number, row.title, row.measure, (*spots, judged), row)
    for part, title in row.by.parts.items() if row.by else ():
        name = f"{row.id}.{part}"
        spots = [GridPlace(Stands.CELL, at(name, year), part, year) if year in row.years else None for year in years]
        yield GridRow(name, "", title, "", (*spots, GridPlace(Stands.JUDGED, name)), row, title)


def _of_parts(rows: Sequence[Count | Indicator], now: str, before: Sequence[str]) -> GridLayout:
    ways = list({by.id: by for row in rows if (by := _across(row))}.values())
    width = max((len(by.parts) for by in ways), default=0)
    titles = tuple(ways[0].parts.values()) if len(ways) == 1 else ("",) * width
    columns = [
        *(GridColumn(title, Stands.BEFORE) for title in reversed(before)),
        *(GridColumn(title, Stands.CELL) for title in titles),
        GridColumn("Tổng" if width else now, Stands.SUM if width else Stands.CELL),
        GridColumn("Mốc, đánh giá", Stands.JUDGED),
    ]

    def padded(spots: list[GridPlace]) -> tuple[GridPlace | None, ...]:
        return (*spots, *(None,) * (width - len(spots)))

    def line(row: Count | Indicator, key: str, parts: list[GridPlace], last: GridPlace, part: str = "") -> GridRow:
        earlier = [GridPlace(Stands.BEFORE, key, back=back) for back in reversed(range(len(before)))]
        spots = (*earlier, *padded(parts), last, GridPlace(Stands.JUDGED, key))
        number, title, measure = ("", part, "") if part else (row.number, row.title, row.measure)
        return GridRow(key, number, title, measure, spots, row, part)

    made: list[GridRow] = []
    named = ways[0].id if len(ways) == 1 else ""
    for row in rows:
        by = _across(row)
        if by and by.id != named:
            names = padded([GridPlace(Stands.NAME, title) for title in by.parts.values()])
            made.append(GridRow(f"band:{row.id}", "", "", "", (*(None,) * len(before), *names, None, None)))
            named = by.id
        if isinstance(row, Indicator):
            parts = [GridPlace(Stands.VALUE, row.id, part) for part in by.parts] if by else []
            made.append(line(row, row.id, parts, GridPlace(Stands.VALUE, row.id)))
        elif by:
            parts = [GridPlace(Stands.CELL, f"{row.id}.{part}", part) for part in by.parts]
            made.append(line(row, row.id, parts, GridPlace(Stands.SUM, row.id)))
        else:
            made.append(line(row, row.id, [], GridPlace(Stands.SUM if row.by else Stands.CELL, row.id)))
            for part, title in row.by.parts.items() if row.by else ():
                name = f"{row.id}.{part}"
                made.append(line(row, name, [], GridPlace(Stands.CELL, name, part), title))
    return GridLayout(tuple(columns), tuple(made))


def _across(row: Count | Indicator) -> Breakdown | None:
    """How it is split over columns; None where it is not, or its parts go down."""
    by = row.each_part if isinstance(row, Indicator) else row.by
    return by if by and len(by.parts) <= MOST_ACROSS else None


NUMBER, MEASURE = 50, 66  # of the headings that never scroll away, in pixels at normal text size
_TITLE, _WIDEST_TITLE = 196, 520
_CELL, _YEAR, _SUM, _ALONE, _BEFORE = 82, 72, 84, 108, 66
_JUDGED, _NARROW, _WIDEST_JUDGED = 156, 112, 300


def fitted(columns: Sequence[GridColumn], room: int, fixed: int, scale: float) -> tuple[int, tuple[int, ...]]:
    """The width of the headings at the left, of which number and measure take `fixed`, and of each column; 0 hides one.
    Earlier periods go first, the older one before the newer; then the last column narrows; then the table scrolls."""
    least = round(_TITLE * scale)
    widths = [round(_usual(column, columns) * scale) for column in columns]
    for number, column in enumerate(columns):
        if column.stands is Stands.BEFORE and sum(widths) + fixed + least > room:
            widths[number] = 0
    if sum(widths) + fixed + least > room:
        widths[-1] = round(_NARROW * scale)
    title = max(least, room - fixed - sum(widths))
    widest = round(_WIDEST_TITLE * scale)
    if title > widest:
        widths[-1] = min(widths[-1] + title - widest, round(_WIDEST_JUDGED * scale))
        title = room - fixed - sum(widths)
    return fixed + title, tuple(widths)


def _usual(column: GridColumn, columns: Sequence[GridColumn]) -> int:
    if column.year:
        return _YEAR
    alone = sum(one.stands is Stands.CELL for one in columns) == 1
    usual = {Stands.BEFORE: _BEFORE, Stands.JUDGED: _JUDGED, Stands.SUM: _SUM}
    return usual.get(column.stands, _ALONE if alone else _CELL)


Where = tuple[int, int]


def reading(places: Sequence[Where], here: Where, by: int) -> Where | None:
    """As one reads: to the right, then the next row; `by` is 1 or -1."""
    if by > 0:
        return next((place for place in places if place > here), None)
    return next((place for place in reversed(places) if place < here), None)


def column(places: Sequence[Where], here: Where, goal: int, by: int) -> Where | None:
    """Down or up to the next row that has a place; there to the one nearest to the column one came down in."""
    rows = {row for row, _ in places if (row > here[0] if by > 0 else row < here[0])}
    if not rows:
        return None
    wanted = min(rows) if by > 0 else max(rows)
    return min((place for place in places if place[0] == wanted), key=lambda place: (abs(place[1] - goal), place[1]))


def along(places: Sequence[Where], here: Where, by: int) -> Where | None:
    """To the right or left in the same row."""
    mine = [place for place in places if place[0] == here[0] and (place[1] > here[1] if by > 0 else place[1] < here[1])]
    return (min(mine) if by > 0 else max(mine)) if mine else None


def far(places: Sequence[Where], here: Where, goal: int, way: str, page: int) -> Where | None:
    """`first` and `last` of the row; a `page` down, or `page back`: as near to it as there is a place."""
    if way in ("first", "last"):
        mine = [place for place in places if place[0] == here[0]]
        return (mine[0] if way == "first" else mine[-1]) if mine else None
    by = 1 if way == "page" else -1
    target = here[0] + by * page
    rows = sorted({row for row, _ in places}, reverse=by > 0)
    within = [row for row in rows if (here[0] < row <= target if by > 0 else target <= row < here[0])]
    beyond = [row for row in reversed(rows) if (row > target if by > 0 else row < target)]
    wanted = next(iter((*within, *beyond)), None)
    mine = [place for place in places if place[0] == wanted]
    return min(mine, key=lambda place: (abs(place[1] - goal), place[1]), default=None)


def fill_down(places: Sequence[Where], chosen: Iterable[Where]) -> tuple[tuple[Where, Where], ...]:
    """(from, to) for Ctrl+D: the topmost open place of each chosen column into those below it; of a column in which one
    place alone is chosen, from the place above it."""
    known, pairs = set(places), []
    marked = known.intersection(chosen)
    for number in sorted({column for _, column in marked}):
        mine = sorted(place for place in marked if place[1] == number)
        above = [place for place in places if place[1] == number and place < mine[0]]
        source = mine[0] if len(mine) > 1 else above[-1] if above else None
        pairs += [(source, place) for place in mine if source is not None and place != source]
    return tuple(pairs)


FROM_NEWS = "Lấy từ sổ tin, bài"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """`tone`: plain, muted, good, warning, error. `small`: a second line of less weight. `typed`: as it is edited and
    copied. `is_open`: one types here. `is_refused`: the text stands as typed and is not in the ledger."""

    text: str = ""
    tone: str = "plain"
    small: str = ""
    typed: str = ""
    is_open: bool = False
    is_refused: bool = False
    is_locked: bool = False
    is_carried: bool = False
    is_flagged: bool = False
    has_note: bool = False


NOTHING = ShownCell()


@dataclass(frozen=True)
class ReportFigures:
    """What is shown: the report with its indicators, the two before it, what was refused, what the checks marked, and the
    cells that follow from the news ledger."""

    report: Report
    results: Results
    earlier: Sequence[EarlierReport]
    refused: Mapping[str, str]
    marks: Mapping[str, str]  # cell → error or warning
    locked: frozenset[str]

    @classmethod
    def of(cls, session: ReportSession) -> ReportFigures:
        return cls(session.report, session.results, session.earlier, session.refused, session.marks, session.locked)

    def line(self, row: GridRow, layout: GridLayout) -> tuple[ShownCell, ...]:
        """A whole row."""
        return tuple(NOTHING if spot is None else self.at(spot, row, layout) for spot in row.spots)

    def at(self, spot: GridPlace, row: GridRow, layout: GridLayout) -> ShownCell:
        match spot.stands:
            case Stands.CELL:
                return self._cell(spot.name)
            case Stands.SUM:
                text = quantity_words(self.report.quantity(spot.name))
                return ShownCell(text, typed=text.replace(".", ""))
            case Stands.VALUE:
                return self._value(spot, layout)
            case Stands.BEFORE:
                return self._before(spot, row)
            case Stands.JUDGED:
                return self._judged(spot, row, layout)
        return ShownCell(spot.name, "muted")

    def _cell(self, name: str) -> ShownCell:
        cell, locked = self.report.cell(name), name in self.locked
        refused = None if locked else self.refused.get(name)
        return ShownCell(
            cell_text(cell) if refused is None else refused,
            "error" if refused is not None else self.marks.get(name, "plain"),
            typed=editable_text(cell) if refused is None else refused,
            is_open=not locked,
            is_refused=refused is not None,
            is_locked=locked,
            is_carried=cell.carried,
            is_flagged=cell.flagged,
            has_note=bool(cell.note),
        )

    def _value(self, spot: GridPlace, layout: GridLayout) -> ShownCell:
        """In a form of years the years with a target of their own, and the last, are judged in place."""
        result = self.results.get((spot.name, spot.year))
        if result is None:
            return NOTHING
        text = value_text(result, spot.part)
        target = result.target
        if spot.year is None or spot.part or target is None or (spot.year not in (target.year, layout.years[-1])):
            return ShownCell(text, typed=text)
        small = f"mốc {format_number(target.amount)}"
        return ShownCell(text, verdict_words(result)[1] if result.amount is not None else "plain", small, text)

    def _before(self, spot: GridPlace, row: GridRow) -> ShownCell:
        if spot.back >= len(self.earlier):
            return NOTHING
        earlier = self.earlier[spot.back]
        if row.is_computed:
            result = earlier.results.get((spot.name, None))
            return ShownCell(value_text(result) if result else "", "muted")
        known = place(spot.name)[0].partition(".")[0] in earlier.report.form.counts
        return ShownCell(quantity_words(earlier.report.quantity(spot.name)) if known else "", "muted")

    def _judged(self, spot: GridPlace, row: GridRow, layout: GridLayout) -> ShownCell:
        if isinstance(row.row, Count):
            return self._noted(row, self._with_below(row.row))
        result = self.results.get((spot.name, layout.years[-1] if layout.years else None))
        if result is None or result.target is None:
            return NOTHING
        words, tone = verdict_words(result)
        return ShownCell(
            words, tone, f"Mốc {result.target.year}: {target_text(result.target, result.indicator.measure)}"
        )

    def _with_below(self, count: Count) -> str:
        """At an office that compiles what the rates rest on: its own part and the units below together, and how many of them."""
        if self.report.role is not Role.SUMMING or Role.REPORTING not in count.filled_by or not count.adds_up:
            return ""
        found = next((one for one in self.results.values() if count.id in one.operands), None)
        if found is None:
            return ""
        total = quantity_words(found.operands[count.id])
        return f"Cộng cả cấp dưới: {total or 'chưa có'} ({found.reported}/{found.expected})"

    def _noted(self, row: GridRow, told: str = "") -> ShownCell:
        """The notes of a row's cells, or that they come from the news ledger."""
        mine = [spot.name for spot in row.spots if spot is not None and spot.stands is Stands.CELL]
        notes = list(dict.fromkeys(note for name in mine if (note := self.report.cell(name).note)))
        if not notes and any(name in self.locked for name in mine):
            return ShownCell(FROM_NEWS, "muted")
        return ShownCell("; ".join([*filter(None, [told]), *notes]), "muted")
