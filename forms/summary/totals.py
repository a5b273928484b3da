"""Adding up the tree: counts are summed, indicators are computed from the sums, nothing is ever averaged.

Every figure carries its coverage: how many of how many expected units. An indicator over several counts sums each of
them over the same units, those that answered for all of them, so that a numerator never meets a foreign denominator.
A missing report is never 0. `none` adds 0, `not_applicable` adds nothing and is covered, blank and `not_collected`
are not covered. An agency answers for the whole area, or (a count that says so) for a part of its own, which is added.
Where an answer for the whole and the sum of the units both stand and differ, neither is taken until a person has chosen:
the figure is then Lack.TWO_SOURCES, with both beside it. Where an indicator reads figures of both, the units' must be all
there: a figure of the whole area never meets one of a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial

from forms.model.cell import BLANK, Cell, CellState, at, total
from forms.model.count import Answered, Count, Role
from forms.model.expression import Lack, Lookup, Quantity
from forms.model.form import Form
from forms.model.indicator import Direction, Indicator, IndicatorKind, Operator, Target
from forms.model.number import format_number
from forms.model.org_unit import UnitKey
from forms.summary.verdict import Judgement, Verdict, gap_of, no_verdict, verdict_of, worst

Cells = Mapping[str, Cell]
Voice = tuple[str, Cells]  # an agency of the plan, and what it reported
BELOW, _OPEN = "below", "open"  # what stands for a count: what was added up, an agency by its id, or nothing yet
COVERED = (CellState.GIVEN, CellState.NONE, CellState.NOT_APPLICABLE)
_PERCENT, _WHOLE = re.compile(r"100 \* ([a-z0-9_.]+) / ([a-z0-9_.]+)"), Decimal(100)
_FIGURES = (CellState.GIVEN, CellState.NONE)  # "không áp dụng" says nothing of the units below


@dataclass(frozen=True)
class Contributions:
    """What is added up: the cells of the units below and of the agencies by their id, and the office's own cells (None:
    it has no report yet). `offices` below compile units themselves (a district above its communes); of them only their
    own parts are added, `parts`, never a sum. `has_own`: the office is asked for a part of its own; a group is not.
    `agency_units` are asked as these agencies of the plan, `agency_parts` what they reported. `choices`: by count the
    source that a person chose, BELOW or an agency."""

    form: Form
    expected: tuple[UnitKey, ...]
    below: Mapping[UnitKey, Cells]
    own: Cells | None = None
    role: Role = Role.SUMMING
    agencies: Mapping[str, Cells] = field(default_factory=dict)
    offices: tuple[UnitKey, ...] = ()
    parts: Mapping[UnitKey, Cells] = field(default_factory=dict)
    has_own: bool = True
    agency_units: Mapping[UnitKey, frozenset[str]] = field(default_factory=dict)
    agency_parts: Mapping[UnitKey, Cells] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    def sources(self, count: Count) -> tuple[list[Cells], int]:
        """(cells of everyone who is added up for this count and has reported, how many are expected to)."""
        found: list[Cells] = []
        expected = 0
        if self.asks_below(count):
            found += [self.below[unit] for unit in self.expected if unit in self.below]
            expected += len(self.expected)
        if self.asks_offices(count):
            found += [self.parts[unit] for unit in self.offices if unit in self.parts]
            expected += len(self.offices)
        if self.role in count.filled_by:
            found += [self.own] if self.own is not None else []
            expected += self.has_own
        if self.adds_agencies(count):
            units = self.agencies_of(count)
            found += [self.agency_parts[unit] for unit in units if unit in self.agency_parts]
            expected += len(units)
        return found, expected or int(self.asks_agency(count))

    def asks_below(self, count: Count) -> bool:
        """Whether what the units below reported for it is added up here."""
        return Role.REPORTING in count.filled_by and self.role is Role.SUMMING and count.adds_up

    def asks_offices(self, count: Count) -> bool:
        """Whether the own parts of the compiling offices below are added: where a unit at every level has a part of its own
        (its own council), not where one office answers for all (a survey)."""
        return self.asks_below(count) and Role.SUMMING in count.filled_by

    def adds(self, count: Count) -> bool:
        """Whether anything is added up for it: from below, of agencies, or of one's own."""
        return self.asks_below(count) or self.role in count.filled_by or self.adds_agencies(count)

    def asks_agency(self, count: Count) -> bool:
        """Whether an agency answers for it in the whole area."""
        return self._asks_agencies(count) and count.answered is Answered.WHOLE

    def adds_agencies(self, count: Count) -> bool:
        """Whether each agency answers for a part of its own."""
        return self._asks_agencies(count) and count.answered is Answered.ADDS

    def agencies_of(self, count: Count) -> list[UnitKey]:
        """The units that are asked for it as agencies."""
        return [unit for unit, ids in self.agency_units.items() if ids & {*count.agencies}]

    def _asks_agencies(self, count: Count) -> bool:
        return Role.AGENCY in count.filled_by and self.role is Role.SUMMING

    def told(self, count: Count) -> dict[str, tuple[Voice, ...]]:
        """What agencies say of its cells for the whole area, in the plan's order of them.

        Where others are asked as well, an agency answers for all parts of a year or for none.
        """
        if not self.agencies or not self.asks_agency(count):
            return {}
        states = _FIGURES if self.adds(count) else COVERED
        mine = [(id, self.agencies[id]) for id in count.agencies if id in self.agencies]
        found: dict[str, tuple[Voice, ...]] = {}
        for cells in self.groups(count):
            if voices := tuple(one for one in mine if answers(one[1], cells, states)):
                found |= dict.fromkeys(cells, voices)
        return found

    def groups(self, count: Count) -> list[tuple[str, ...]]:
        """The cells that one source gives together: all of a year; each by itself where only agencies are asked."""
        groups = [count.cells_at(year) for year in count.years or (None,)]
        return groups if self.adds(count) else [(cell,) for group in groups for cell in group]


def single(form: Form, unit: UnitKey, role: Role, cells: Cells) -> Contributions:
    """One report by itself, so that a commune's own table is computed by the same rules."""
    return Contributions(form, (unit,), {unit: cells}, cells, role)


def answers(cells: Cells, names: Iterable[str], states: Collection[CellState] = COVERED) -> bool:
    """Whether every one of these cells stands in one of the states."""
    return all(cells.get(name, BLANK).state in states for name in names)


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell added up: over `reported` of `expected` units. `agency` is the one whose answer stands for the whole
    area; `beside` is then what the units below add up to, `others` what agencies said otherwise. Of Lack.TWO_SOURCES
    neither stands."""

    cell: str
    quantity: Quantity
    expected: int
    reported: int
    agency: str = ""
    beside: Quantity | None = None
    others: tuple[tuple[str, Quantity], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What an indicator comes to by one of the sources that differ: BELOW, or an agency by its id."""

    source: str
    operands: Mapping[str, Quantity]
    quantity: Quantity
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator at one level; in a form of years for one of them. `gap` is in the indicator's measure, below the
    target negative; `gap_count` says how many more (or, where lower is better, fewer) of the numerator it takes.
    `parts` hold each part that must pass alone, `judged_parts` how each stands: its verdict, its gap, what it lacks; the
    whole then lacks what they lack together. `sources`: where answers for the whole differ, what each of them gives."""

    indicator: Indicator
    operands: Mapping[str, Quantity]
    quantity: Quantity
    expected: int
    reported: int
    target: Target | None
    verdict: Verdict
    gap: Decimal | None = None
    gap_count: int | None = None
    parts: tuple[tuple[str, Quantity], ...] = ()
    judged_parts: tuple[tuple[str, *Judgement], ...] = ()
    year: int | None = None
    sources: tuple[SourceResult, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        return self.quantity if isinstance(self.quantity, Decimal) else None

    @property
    def so_far(self) -> Verdict | None:
        """What the answers until now would give, where no verdict is given because silent units could turn it."""
        is_open = self.verdict is Verdict.NOT_COMPARABLE and self.amount is not None
        return verdict_of(self.quantity, self.target, self.indicator.direction) if is_open else None


def sums(things: Contributions) -> dict[str, Sum]:
    """Every cell and every broken-down count of the form, added up over whoever reported it."""
    out = {}
    for count in things.form.counts.values():
        added, told, source = _decided(things, count)
        for cell in count.cells:
            out[cell] = _stated(added[cell], told.get(cell, ()), source[cell])
        for year in (count.years or (None,)) if count.by else ():
            name = at(count.id, year)
            out[name] = _whole(name, [out[cell] for cell in count.cells_at(year)])
    return out


def _decided(
    things: Contributions, count: Count
) -> tuple[dict[str, Sum], dict[str, tuple[Voice, ...]], dict[str, str]]:
    """(what was added up, what agencies say, what stands) of each cell: BELOW, an agency's id, or _OPEN while they differ
    and nobody has chosen."""
    sources, expected = things.sources(count)
    added = {cell: _sum(cell, sources, expected) for cell in count.cells}
    told, source = things.told(count), dict.fromkeys(count.cells, BELOW)
    for cells in things.groups(count) if told else ():
        if voices := told.get(cells[0]):
            is_added = things.adds(count) and any(added[cell].reported for cell in cells)
            source |= dict.fromkeys(
                cells, _standing(things.choices.get(count.id), cells, voices, added if is_added else {})
            )
    return added, told, source


def _standing(chosen: str | None, cells: Sequence[str], voices: Sequence[Voice], added: Mapping[str, Sum]) -> str:
    first, *others = ([_amount(said[cell].quantity) for cell in cells] for _, said in voices)
    if added:
        others.append([_amount(added[cell].quantity) for cell in cells])
    if all(other == first for other in others):
        return voices[0][0]
    return chosen if chosen in [id for id, _ in voices] or (chosen == BELOW and added) else _OPEN


def _amount(quantity: Quantity) -> Quantity:
    """What did not arise is nought."""
    return Decimal(0) if quantity is Lack.NOT_ARISEN else quantity


def results(things: Contributions, year: int) -> tuple[Result, ...]:
    """Every indicator that this role may compute, in printed order, judged against the target for the year; in a form
    of years each year against its own."""

    def result(indicator: Indicator, one: int | None) -> Result:
        asked, target = _Asked(things, indicator, one), indicator.target_for(one or year)
        if indicator.kind is IndicatorKind.SHARE_OF_UNITS:
            return replace(_share(asked, target), year=one)
        target = _own_target(asked, target)
        return replace(_computed(asked, target), year=one, sources=_by_source(asked, target))

    mine = (indicator for indicator in things.form.indicators.values() if things.role in indicator.computed_by)
    return tuple(result(indicator, one) for indicator in mine for one in indicator.years or (None,))


def _sum(cell: str, sources: Iterable[Cells], expected: int) -> Sum:
    covered = [c for c in (source.get(cell, BLANK) for source in sources) if c.state in COVERED]
    amounts = [c.amount for c in covered if c.amount is not None]
    quantity: Quantity
    if amounts:
        quantity = sum(amounts, Decimal(0))
    elif any(c.state is CellState.NONE for c in covered):
        quantity = Lack.NOT_ARISEN
    else:
        quantity = Lack.NOT_APPLICABLE if covered else Lack.BLANK
    return Sum(cell, quantity, expected, len(covered))


def _stated(added: Sum, voices: Sequence[Voice], source: str) -> Sum:
    """The cell as the source that stands gives it, and beside it what the others say."""
    said = {id: cells[added.cell].quantity for id, cells in voices}
    if source in said:
        others = tuple((id, quantity) for id, quantity in said.items() if quantity != said[source])
        return Sum(added.cell, said[source], 1, 1, source, added.quantity if added.reported else None, others)
    if source == _OPEN:
        beside = added.quantity if added.reported else None
        return replace(added, quantity=Lack.TWO_SOURCES, beside=beside, others=tuple(said.items()))
    return replace(added, others=tuple((id, quantity) for id, quantity in said.items() if quantity != added.quantity))


def _whole(name: str, parts: Sequence[Sum]) -> Sum:
    """A count as the total of its parts."""
    voices = {part.agency for part in parts}
    beside = [part.beside for part in parts if part.beside is not None]
    quantity = total(part.quantity for part in parts)
    others = {
        id: total(dict(part.others).get(id, part.quantity) for part in parts) for part in parts for id, _ in part.others
    }
    return Sum(
        name,
        quantity,
        max(part.expected for part in parts),
        min(part.reported for part in parts),
        voices.pop() if len(voices) == 1 else "",
        total(beside) if len(beside) == len(parts) else None,
        tuple(others.items()),
    )


@dataclass(frozen=True)
class _Asked:
    """An indicator asked of contributions, in one year of a form of years."""

    things: Contributions
    indicator: Indicator
    year: int | None

    def cells_of(self, name: str) -> tuple[str, ...]:
        count = self.things.form.counts.get(name)
        return count.cells_at(self.year) if count else (at(name, self.year),)

    def lookup(self, quantities: Mapping[str, Quantity]) -> Lookup:
        def look(name: str) -> Quantity:
            count = self.things.form.counts.get(name)
            if count is not None and count.by:
                return total(quantities.get(cell, Lack.BLANK) for cell in count.cells_at(self.year))
            return quantities.get(at(name, self.year), Lack.BLANK)

        return look


def _share(asked: _Asked, target: Target | None) -> Result:
    """Units whose own rule holds ÷ all units valid in the period, also those that sent nothing."""
    indicator, things = asked.indicator, asked.things
    assert indicator.rule is not None
    sent = [things.below[unit] for unit in things.expected if unit in things.below]
    quantities = ({name: cell.quantity for name, cell in cells.items()} for cells in sent)
    truths = [indicator.rule.holds(asked.lookup(each)) for each in quantities]
    meeting, known, all_units = truths.count(True), len(truths) - truths.count(None), len(things.expected)
    operands: dict[str, Quantity] = {"units_meeting": Decimal(meeting), "units_expected": Decimal(all_units)}
    if not all_units:
        return Result(indicator, operands, Lack.NOT_ARISEN, 0, 0, target, no_verdict(Lack.NOT_ARISEN, target))
    quantity: Quantity = Decimal(100 * meeting) / all_units if known else Lack.BLANK
    best = Decimal(100 * (meeting + all_units - known)) / all_units
    verdict = verdict_of(quantity, target, indicator.direction)
    if verdict in (Verdict.MET, Verdict.NOT_MET) and verdict_of(best, target, indicator.direction) is not verdict:
        verdict = Verdict.NOT_COMPARABLE  # the units still missing could turn it
    gap, count = None, None
    if things.role is Role.SUMMING:  # one unit by itself meets its rule or does not: it is not "one commune short"
        gap, count = gap_of(quantity, target, (Decimal(meeting), Decimal(all_units), Decimal(100)), indicator)
    return Result(indicator, operands, quantity, all_units, known, target, verdict, gap, count)


def _computed(asked: _Asked, target: Target | None) -> Result:
    indicator = asked.indicator
    assert indicator.formula is not None
    part_ids = tuple(indicator.each_part.parts) if indicator.each_part else ()
    names = tuple(f"{name}.{part}" for name in indicator.formula.names for part in part_ids) or indicator.formula.names
    complete, expected, reported = _complete_sums(asked, names)
    lookup = asked.lookup(complete)
    quantity = indicator.formula.evaluate(lookup)
    of_part = {part: partial(_of_part, lookup, part) for part in part_ids}
    parts = tuple((part, indicator.formula.evaluate(its)) for part, its in of_part.items())
    judge = partial(_judged, asked, target=target, complete=reported >= expected)
    judged = tuple((part, *judge(its)) for part, its in of_part.items())
    found = [(verdict, gap, count) for _, verdict, gap, count in judged] or [judge(lookup)]
    verdict, gap, count = worst(found, indicator.direction)
    operands = {name: lookup(name) for name in (*indicator.formula.names, *(names if part_ids else ()))}
    return Result(indicator, operands, quantity, expected, reported, target, verdict, gap, count, parts, judged)


def _by_source(asked: _Asked, target: Target | None) -> tuple[SourceResult, ...]:
    """The indicator by each source alone, where any of its counts has two that differ."""
    things, counts = asked.things, asked.things.form.counts
    if not things.agencies:
        return ()
    read = [
        counts[one] for one in dict.fromkeys(name.partition(".")[0] for name in asked.indicator.names) if one in counts
    ]
    sources: dict[str, None] = {}
    for count in read:
        added, told, _ = _decided(things, count)
        for cell in asked.cells_of(count.id) if told else ():
            found = _stated(added[cell], told.get(cell, ()), _OPEN)
            says = [_amount(quantity) for _, quantity in found.others] + [
                _amount(q) for q in (found.beside,) if q is not None
            ]
            if len(set(says)) > 1:
                sources |= dict.fromkeys([id for id, _ in found.others] + [BELOW] * (found.beside is not None))
    one_by_one = (
        (source, _computed(replace(asked, things=replace(things, choices=dict.fromkeys(counts, source))), target))
        for source in sources
    )
    return tuple(SourceResult(source, made.operands, made.quantity, made.verdict) for source, made in one_by_one)


def _own_target(asked: _Asked, target: Target | None) -> Target | None:
    """What a unit set itself instead of the plan's target; it holds for that unit alone."""
    name, things = asked.indicator.own_target, asked.things
    if not name or target is None or things.role is Role.SUMMING:
        return target
    own = (things.own or {}).get(at(name, asked.year), BLANK).amount
    return target if own is None else replace(target, amount=own, words=f"đơn vị tự điều chỉnh: {format_number(own)}")


def _judged(asked: _Asked, lookup: Lookup, target: Target | None, *, complete: bool) -> Judgement:
    """The verdict on the indicator, or on one part of it that must pass by itself. While somebody who is asked is silent it
    is given only where no answer could turn it."""
    indicator = asked.indicator
    assert indicator.formula is not None
    quantity = indicator.formula.evaluate(lookup)
    verdict = verdict_of(quantity, target, indicator.direction)
    if not complete and verdict in (Verdict.MET, Verdict.NOT_MET) and not _is_firm(asked, verdict, target):
        return Verdict.NOT_COMPARABLE, None, None
    gap, count = gap_of(quantity, target, indicator.formula.ratio(lookup), indicator)
    return verdict, gap, count


def _is_firm(asked: _Asked, verdict: Verdict, target: Target | None) -> bool:
    """Whether more answers cannot turn the verdict. A count alone only grows; a part of a whole that is not all of it is
    never 100 % again. Any other rate may move either way, since nobody knows how large the silent units are."""
    formula, counts = asked.indicator.formula, asked.things.form.counts
    assert formula is not None
    is_higher = asked.indicator.direction is Direction.HIGHER
    if formula.text in counts and target is not None and target.operator is not Operator.EQUAL:
        return verdict is (Verdict.MET if is_higher else Verdict.NOT_MET)
    quotient = _PERCENT.fullmatch(formula.text)
    if quotient is None or target is None or target.amount < _WHOLE or not is_higher:
        return False
    part, whole = quotient.groups()
    said = {check.expect.text for check in asked.things.form.checks if check.level == "error" and check.when is None}
    pairs = [(part, whole)]
    if part in counts and whole in counts and counts[part].by:
        pairs += zip(counts[part].places, counts[whole].places, strict=False)
    within = [f"{one} <= {other}" in said for one, other in pairs]
    return verdict is Verdict.NOT_MET and (within[0] or (len(within) > 1 and all(within[1:])))


def _complete_sums(asked: _Asked, names: Iterable[str]) -> tuple[dict[str, Quantity], int, int]:
    """Each cell behind the names, summed over those who answered for all of them: the agencies, else the units below."""
    things, count_of = asked.things, asked.things.form.count_of_cell
    cells = tuple(dict.fromkeys(cell for name in names for cell in asked.cells_of(name)))
    lent: dict[str, Voice] = {}
    alike, unsettled = set[str](), set[str]()
    for count in {count_of[cell].id: count_of[cell] for cell in cells}.values():
        added, told, source = _decided(things, count)
        for cell in count.cells:
            if cell in cells and source[cell] == _OPEN:
                unsettled.add(cell)
            elif cell in cells and source[cell] != BELOW:
                lent[cell] = next(voice for voice in told[cell] if voice[0] == source[cell])
                if added[cell].reported and _amount(added[cell].quantity) == _amount(lent[cell][1][cell].quantity):
                    alike.add(cell)  # both say so: it may stand beside the units' own figures
    if unsettled:
        found, expected, reported = _joined(asked, cells, lent)
        return found | dict.fromkeys(unsettled, Lack.TWO_SOURCES), expected, reported
    if len(lent) < len(cells):
        lent = {cell: voice for cell, voice in lent.items() if cell not in alike}
    return _joined(asked, cells, lent)


def _joined(asked: _Asked, cells: Sequence[str], lent: Mapping[str, Voice]) -> tuple[dict[str, Quantity], int, int]:
    """The cells with those `lent` by agencies, the others summed over those that answered for all of theirs."""
    things, count_of = asked.things, asked.things.form.count_of_cell
    free = [cell for cell in cells if cell not in lent]
    below = [cell for cell in free if things.asks_below(count_of[cell])]
    offices = [cell for cell in free if things.asks_offices(count_of[cell])]
    own = [cell for cell in free if things.role in count_of[cell].filled_by]
    shared = [cell for cell in free if things.adds_agencies(count_of[cell])]
    whole = [cell for cell in cells if cell in lent or not things.adds(count_of[cell])]
    sharing = list(dict.fromkeys(unit for cell in shared for unit in things.agencies_of(count_of[cell])))
    me = UnitKey("", date.min)
    asking: tuple[tuple[list[str], Sequence[UnitKey], Mapping[UnitKey, Cells]], ...] = (
        (below, things.expected, things.below),
        (offices, things.offices, things.parts),
        (own, (me,) if things.has_own else (), {me: things.own} if things.own is not None else {}),
        (shared, sharing, things.agency_parts),
    )
    expected = reported = 0
    givers: dict[str, list[Cells]] = {cell: [] for cell in free}
    for mine, units, said in asking:
        answering = [said[unit] for unit in units if unit in said and answers(said[unit], mine)] if mine else []
        expected, reported = expected + (len(units) if mine else 0), reported + len(answering)
        for cell in mine:
            givers[cell] += answering
    voices = {count_of[cell].agencies for cell in whole if things.asks_agency(count_of[cell])}
    answered = {names for names in voices if all(c in lent for c in whole if count_of[c].agencies == names)}
    expected, reported = expected + len(voices), reported + len(answered)
    if len({tuple(cell in mine for mine, _, _ in asking) for cell in cells}) > 1 and reported < expected:
        return dict.fromkeys(cells, Lack.BLANK), expected, reported
    return (
        {
            cell: lent[cell][1][cell].quantity if cell in lent else _sum(cell, givers[cell], expected).quantity
            for cell in cells
        },
        expected,
        reported,
    )


def _of_part(lookup: Lookup, part: str, name: str) -> Quantity:
    return lookup(f"{name}.{part}")
