"""What has changed since a report was issued: who says what otherwise, and what that does to each figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from forms.exchange.publication import PublishedFigure, Snapshot, UnitSource
from forms.model.cell import BLANK, Cell, at
from forms.model.expression import Lack, Quantity
from forms.model.form import Form
from forms.model.number import canonical
from forms.model.org_unit import UnitKey
from forms.model.report import as_sealed
from forms.services.summary import Summary
from forms.summary.totals import Result, Sum

_FINEST = Decimal("0.000001")  # a quotient may have no end


class Turn(StrEnum):
    """What happened to a unit's report since."""

    NEW = "new"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"  # its batch was taken back


TURN_TITLES = {Turn.NEW: "mới gửi", Turn.CORRECTED: "đã đính chính", Turn.WITHDRAWN: "đã rút lại"}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of one unit: old and new as sealed (empty: it said nothing), and the reason that was sealed with it."""

    cell: str
    title: str
    old: str
    new: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What one unit says otherwise since."""

    turn: Turn
    unit: UnitKey
    name: str
    old_revision: int
    new_revision: int
    digest: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A sum or an indicator that would be printed otherwise today, and the units by which."""

    name: str
    title: str
    old: PublishedFigure | None
    new: PublishedFigure | None
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """One section of our own words."""

    id: str
    title: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangesSince:
    """What changed since a publication was frozen."""

    sources: tuple[SourceChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    results: tuple[FigureChange, ...] = ()
    texts: tuple[TextChange, ...] = ()


def snapshot(summary: Summary, own_digest: str) -> Snapshot:
    """The state of a report now. Units that are not expected add nothing and are left out."""
    status, own = summary.status, summary.own
    sources = tuple(
        UnitSource(unit.key, unit.full_name, head.revision, head.digest, head.cells)
        for unit in status.expected
        for head in [status.sent(unit.key)]
        if head is not None
    )
    return Snapshot(
        UnitSource(own.unit, status.office.name, own.revision, own_digest, own.cells),
        sources,
        {name: _of_sum(found) for name, found in summary.sums.items()},
        {at(result.indicator.id, result.year): _of_result(result) for result in summary.results},
        dict(own.narratives),
    )


Reasons = Callable[[UnitSource, UnitSource], Mapping[str, str]]  # of two states of a unit: by cell why it was corrected


def changes(form: Form, old: Snapshot, new: Snapshot, reasons: Reasons) -> ChangesSince:
    """What differs from `old` in `new`: who says what otherwise, and what that does to each figure."""
    before = {source.unit: source for source in old.sources}
    now = {source.unit: source for source in new.sources}
    pairs = [(before.get(unit), now.get(unit)) for unit in sorted({*before, *now})]
    turned = [_turned(form, one, other, reasons) for one, other in pairs if _digest(one) != _digest(other)]
    if own := _cells(form, old.own.cells, new.own.cells, reasons(old.own, new.own)):
        mine = (new.own.unit, new.own.name, old.own.revision, new.own.revision, new.own.digest, own)
        turned.append(SourceChange(Turn.CORRECTED, *mine))
    by_cell = {(cell.cell, source.name) for source in turned for cell in source.cells}
    counts = {name: _figure_title(form, name) for name in {*old.sums, *new.sums}}
    indicators = {at(i.id, year): i.title for i in form.indicators.values() for year in i.years or (None,)}
    return ChangesSince(
        tuple(turned),
        _figures(old.sums, new.sums, counts, lambda name: _who(by_cell, (name,))),
        _figures(old.results, new.results, indicators, lambda name: _who(by_cell, _reads(form, name))),
        _texts(form, old.texts, new.texts),
    )


def _of_sum(found: Sum) -> PublishedFigure:
    return PublishedFigure(_text(found.quantity), found.reported, found.expected)


def _of_result(result: Result) -> PublishedFigure:
    return PublishedFigure(_text(result.quantity), result.reported, result.expected, result.verdict.value)


def _text(quantity: Quantity) -> str:
    return quantity.value if isinstance(quantity, Lack) else canonical(quantity.quantize(_FINEST))


def _digest(source: UnitSource | None) -> str:
    return source.digest if source else ""


def _turned(form: Form, old: UnitSource | None, new: UnitSource | None, reasons: Reasons) -> SourceChange:
    known = new or old
    assert known is not None
    told = reasons(old, new) if old and new else {}
    turn = Turn.CORRECTED if old and new and new.revision >= old.revision else Turn.WITHDRAWN if old else Turn.NEW
    revisions = (old.revision if old else 0, new.revision if new else 0)
    cells = _cells(form, old.cells if old else {}, new.cells if new else {}, told)
    return SourceChange(turn, known.unit, known.name, *revisions, _digest(new), cells)


def _cells(
    form: Form, old: Mapping[str, Cell], new: Mapping[str, Cell], reasons: Mapping[str, str]
) -> tuple[CellChange, ...]:
    names = sorted({*old, *new}, key=_order(form))
    said = [(name, _said(old.get(name, BLANK)), _said(new.get(name, BLANK))) for name in names]
    return tuple(
        CellChange(name, _figure_title(form, name), before, after, reasons.get(name, ""))
        for name, before, after in said
        if before != after
    )


def _said(cell: Cell) -> str:
    return "" if cell.state == BLANK.state else as_sealed(cell)


def _figures(
    old: Mapping[str, PublishedFigure],
    new: Mapping[str, PublishedFigure],
    titles: Mapping[str, str],
    who: Callable[[str], tuple[str, ...]],
) -> tuple[FigureChange, ...]:
    return tuple(
        FigureChange(name, titles.get(name, name), old.get(name), new.get(name), who(name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )


def _who(by_cell: set[tuple[str, str]], names: tuple[str, ...]) -> tuple[str, ...]:
    """Who changed one of these cells or a part of them."""
    return tuple(sorted({unit for cell, unit in by_cell if any(_belongs(cell, name) for name in names)}))


def _belongs(cell: str, name: str) -> bool:
    """Whether a cell is this one, or a part of it: `people.female@2015` of `people@2015`."""
    bare, _, year = name.partition("@")
    place, _, of = cell.partition("@")
    return of == year and (place == bare or place.startswith(f"{bare}."))


def _reads(form: Form, name: str) -> tuple[str, ...]:
    bare, _, year = name.partition("@")
    indicator = form.indicators.get(bare)
    return tuple(at(read, int(year) if year else None) for read in (indicator.names if indicator else ()))


def _figure_title(form: Form, name: str) -> str:
    count = form.count_of_cell.get(name) or form.counts.get(name.partition("@")[0])
    return count.label(name) if count else name


def _order(form: Form) -> Callable[[str], tuple[int, str]]:
    places = {cell: number for number, cell in enumerate(form.count_of_cell)}
    return lambda name: (places.get(name, len(places)), name)


def _texts(form: Form, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[TextChange, ...]:
    titles = {spec.id: spec.title for spec in form.narratives}
    return tuple(
        TextChange(id, titles.get(id, id), old.get(id, ""), new.get(id, ""))
        for id in {**old, **new}
        if old.get(id, "") != new.get(id, "")
    )
