"""Adding up the tree: counts are summed, indicators are computed from the sums, nothing is ever averaged.

Every figure carries its coverage: how many of how many expected units. An indicator over several counts sums each of
them over the same units, those that answered for all of them, so that a numerator never meets a foreign denominator.
A missing report is never 0. `none` adds 0, `not_applicable` adds nothing and is covered, blank and `not_collected`
are not covered. An agency that answers for a figure answers for the whole area: its figure stands, and what the units
below reported is shown beside it, never added to it. Where an indicator reads figures of both, the units' must be all
there: a figure of the whole area never meets one of a part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from forms.model.cell import BLANK, Cell, CellState, at, total
from forms.model.count import Count, Role
from forms.model.expression import Lack, Lookup, Quantity
from forms.model.form import Form
from forms.model.indicator import Indicator, IndicatorKind, Target
from forms.model.number import format_number
from forms.model.org_unit import UnitKey
from forms.summary.verdict import Judgement, Verdict, gap_of, meets, no_verdict, verdict_of, worst

Cells = Mapping[str, Cell]
Voice = tuple[str, Cells]  # an agency of the plan, and what it reported
COVERED = (CellState.GIVEN, CellState.NONE, CellState.NOT_APPLICABLE)
_FIGURES = (CellState.GIVEN, CellState.NONE)  # "không áp dụng" says nothing of the units below


@dataclass(frozen=True)
class Contributions:
    """What is added up: the cells of the units below and of the agencies by their id, and the office's own cells (None:
    it has no report yet). `offices` below compile units themselves (a district above its communes); of them only their
    own parts are added, `parts`, never a sum. `has_own`: the office is asked for a part of its own; a group is not."""

    form: Form
    expected: tuple[UnitKey, ...]
    below: Mapping[UnitKey, Cells]
    own: Cells | None = None
    role: Role = Role.SUMMING
    agencies: Mapping[str, Cells] = field(default_factory=dict)
    offices: tuple[UnitKey, ...] = ()
    parts: Mapping[UnitKey, Cells] = field(default_factory=dict)
    has_own: bool = True

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
        return found, expected or int(self.asks_agency(count))

    def asks_below(self, count: Count) -> bool:
        """Whether what the units below reported for it is added up here."""
        return Role.REPORTING in count.filled_by and self.role is Role.SUMMING and count.adds_up

    def asks_offices(self, count: Count) -> bool:
        """Whether the own parts of the compiling offices below are added: where a unit at every level has a part of its own
        (its own council), not where one office answers for all (a survey)."""
        return self.asks_below(count) and Role.SUMMING in count.filled_by

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


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell added up: over `reported` of `expected` units. `agency` is the one whose answer stands for the whole
    area; `beside` is then what the units below add up to, `others` what further agencies said otherwise."""

    cell: str
    quantity: Quantity
    expected: int
    reported: int
    agency: str = ""
    beside: Quantity | None = None
    others: tuple[tuple[str, Quantity], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator at one level; in a form of years for one of them. `gap` is in the indicator's measure, below the
    target negative; `gap_count` says how many more (or, where lower is better, fewer) of the numerator it takes.
    `parts` hold each part that must pass alone, `judged_parts` how each stands: its verdict, its gap, what it lacks; the
    whole then lacks what they lack together."""

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

    @property
    def amount(self) -> Decimal | None:
        return self.quantity if isinstance(self.quantity, Decimal) else None


def sums(things: Contributions) -> dict[str, Sum]:
    """Every cell and every broken-down count of the form, added up over whoever reported it."""
    out = {}
    for count in things.form.counts.values():
        sources, expected = things.sources(count)
        told = things.told(count)
        for cell in count.cells:
            out[cell] = _stated(_sum(cell, sources, expected), told.get(cell, ()))
        for year in (count.years or (None,)) if count.by else ():
            name = at(count.id, year)
            out[name] = _whole(name, [out[cell] for cell in count.cells_at(year)])
    return out


def results(things: Contributions, year: int) -> tuple[Result, ...]:
    """Every indicator that this role may compute, in printed order, judged against the target for the year; in a form
    of years each year against its own."""

    def result(indicator: Indicator, one: int | None) -> Result:
        asked, target = _Asked(things, indicator, one), indicator.target_for(one or year)
        is_share = indicator.kind is IndicatorKind.SHARE_OF_UNITS
        return replace(_share(asked, target) if is_share else _computed(asked, _own_target(asked, target)), year=one)

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


def _stated(added: Sum, voices: Sequence[Voice]) -> Sum:
    """An agency's answer instead of the sum, which stands beside it."""
    if not voices:
        return added
    (agency, said), *more = voices
    quantity = said[added.cell].quantity
    others = tuple((id, other[added.cell].quantity) for id, other in more if other[added.cell].quantity != quantity)
    return Sum(added.cell, quantity, 1, 1, agency, added.quantity if added.reported else None, others)


def _whole(name: str, parts: Sequence[Sum]) -> Sum:
    """A count as the total of its parts."""
    voices = {part.agency for part in parts}
    beside = [part.beside for part in parts if part.beside is not None]
    return Sum(
        name,
        total(part.quantity for part in parts),
        max(part.expected for part in parts),
        min(part.reported for part in parts),
        voices.pop() if len(voices) == 1 else "",
        total(beside) if len(beside) == len(parts) else None,
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
    if verdict is Verdict.NOT_MET and target and meets(best, target, indicator.direction):
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
    judged = tuple((part, *_judged(indicator, its, target)) for part, its in of_part.items())
    found = [(verdict, gap, count) for _, verdict, gap, count in judged] or [_judged(indicator, lookup, target)]
    verdict, gap, count = worst(found, indicator.direction)
    operands = {name: lookup(name) for name in (*indicator.formula.names, *(names if part_ids else ()))}
    return Result(indicator, operands, quantity, expected, reported, target, verdict, gap, count, parts, judged)


def _own_target(asked: _Asked, target: Target | None) -> Target | None:
    """What a unit set itself instead of the plan's target; it holds for that unit alone."""
    name, things = asked.indicator.own_target, asked.things
    if not name or target is None or things.role is Role.SUMMING:
        return target
    own = (things.own or {}).get(at(name, asked.year), BLANK).amount
    return target if own is None else replace(target, amount=own, words=f"đơn vị tự điều chỉnh: {format_number(own)}")


def _judged(indicator: Indicator, lookup: Lookup, target: Target | None) -> Judgement:
    """The verdict on the indicator, or on one part of it that must pass by itself."""
    assert indicator.formula is not None
    quantity = indicator.formula.evaluate(lookup)
    gap, count = gap_of(quantity, target, indicator.formula.ratio(lookup), indicator)
    return verdict_of(quantity, target, indicator.direction), gap, count


def _complete_sums(asked: _Asked, names: Iterable[str]) -> tuple[dict[str, Quantity], int, int]:
    """Each cell behind the names, summed over those who answered for all of them: the agencies, else the units below."""
    things, count_of = asked.things, asked.things.form.count_of_cell
    cells = tuple(dict.fromkeys(cell for name in names for cell in asked.cells_of(name)))
    told = {cell: found[0] for cell in cells for found in [things.told(count_of[cell]).get(cell)] if found}
    alone = {cell: voice for cell, voice in told.items() if not things.adds(count_of[cell])}
    first = told if len(told) == len(cells) else alone
    joined = _joined(asked, cells, first)
    return joined if joined[2] or first == told else _joined(asked, cells, told)


def _joined(asked: _Asked, cells: Sequence[str], lent: Mapping[str, Voice]) -> tuple[dict[str, Quantity], int, int]:
    """The cells with those `lent` by agencies, the others summed over the units that answered for all of theirs."""
    things, count_of = asked.things, asked.things.form.count_of_cell
    below = [c for c in cells if things.asks_below(count_of[c]) and c not in lent]
    own = [c for c in cells if things.role in count_of[c].filled_by and c not in lent]
    both = [c for c in below if c in own]
    silent = [c for c in cells if c not in below and c not in own and things.asks_agency(count_of[c])]
    givers = [things.below[u] for u in things.expected if u in things.below] if below else []
    whole = [said for said in givers if answers(said, below)]
    offices = (
        [things.parts[u] for u in things.offices if u in things.parts and answers(things.parts[u], both)]
        if both
        else []
    )
    mine = [things.own] if own and things.own is not None and answers(things.own, own) else []
    voices = {count_of[c].agencies for c in silent}
    answered = {names for names in voices if all(c in lent for c in silent if count_of[c].agencies == names)}
    expected = (
        (len(things.expected) if below else 0)
        + (len(things.offices) if both else 0)
        + (bool(own) and things.has_own)
        + len(voices)
    )
    reported = len(whole) + len(offices) + len(mine) + len(answered)
    if len({(c in below, c in own) for c in cells}) > 1 and reported < expected:
        return dict.fromkeys(cells, Lack.BLANK), expected, reported
    parts = {
        c: (whole if c in below else []) + (offices if c in both else []) + (mine if c in own else []) for c in cells
    }
    summed = {
        cell: lent[cell][1][cell].quantity if cell in lent else _sum(cell, parts[cell], expected).quantity
        for cell in cells
    }
    return summed, expected, reported


def _of_part(lookup: Lookup, part: str, name: str) -> Quantity:
    return lookup(f"{name}.{part}")
