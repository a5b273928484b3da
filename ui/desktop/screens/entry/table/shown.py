"""What stands in the places of the grid, as words with a tone. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.cell import place
from forms.count import Count
from forms.numbers import format_number
from forms.report import Report
from ui.desktop.screens.entry.table.judge import Results
from ui.desktop.screens.entry.table.layout import Layout, Row, Spot, Stands
from ui.desktop.screens.entry.table.words import (
    cell_text,
    editable_text,
    quantity_text,
    target_text,
    value_text,
    verdict_words,
)

FROM_NEWS = "Lấy từ sổ tin, bài"


@dataclass(frozen=True, slots=True)
class Shown:
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


NOTHING = Shown()


@dataclass(frozen=True)
class Earlier:
    """An earlier period beside this one, with its indicators."""

    report: Report
    results: Results


@dataclass(frozen=True)
class Figures:
    """What is shown: the report with its indicators, the two before it, what was refused, what the checks marked, and the
    cells that follow from the news ledger."""

    report: Report
    results: Results
    earlier: Sequence[Earlier]
    refused: Mapping[str, str]
    marks: Mapping[str, str]  # cell → error or warning
    locked: frozenset[str]

    def line(self, row: Row, layout: Layout) -> tuple[Shown, ...]:
        """A whole row."""
        return tuple(NOTHING if spot is None else self.at(spot, row, layout) for spot in row.spots)

    def at(self, spot: Spot, row: Row, layout: Layout) -> Shown:
        match spot.stands:
            case Stands.CELL:
                return self._cell(spot.name)
            case Stands.SUM:
                text = quantity_text(self.report.quantity(spot.name))
                return Shown(text, typed=text.replace(".", ""))
            case Stands.VALUE:
                return self._value(spot, layout)
            case Stands.BEFORE:
                return self._before(spot, row)
            case Stands.JUDGED:
                return self._judged(spot, row, layout)
        return Shown(spot.name, "muted")

    def _cell(self, name: str) -> Shown:
        cell, locked = self.report.cell(name), name in self.locked
        refused = None if locked else self.refused.get(name)
        return Shown(
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

    def _value(self, spot: Spot, layout: Layout) -> Shown:
        """In a form of years the years with a target of their own, and the last, are judged in place."""
        result = self.results.get((spot.name, spot.year))
        if result is None:
            return NOTHING
        text = value_text(result, spot.part)
        target = result.target
        if spot.year is None or spot.part or target is None or (spot.year not in (target.year, layout.years[-1])):
            return Shown(text, typed=text)
        small = f"mốc {format_number(target.amount)}"
        return Shown(text, verdict_words(result)[1] if result.amount is not None else "plain", small, text)

    def _before(self, spot: Spot, row: Row) -> Shown:
        if spot.back >= len(self.earlier):
            return NOTHING
        earlier = self.earlier[spot.back]
        if row.is_computed:
            result = earlier.results.get((spot.name, None))
            return Shown(value_text(result) if result else "", "muted")
        known = place(spot.name)[0].partition(".")[0] in earlier.report.form.counts
        return Shown(quantity_text(earlier.report.quantity(spot.name)) if known else "", "muted")

    def _judged(self, spot: Spot, row: Row, layout: Layout) -> Shown:
        if isinstance(row.row, Count):
            return self._noted(row)
        result = self.results.get((spot.name, layout.years[-1] if layout.years else None))
        if result is None or result.target is None:
            return NOTHING
        words, tone = verdict_words(result)
        return Shown(words, tone, f"Mốc {result.target.year}: {target_text(result.target, result.indicator.measure)}")

    def _noted(self, row: Row) -> Shown:
        """The notes of a row's cells, or that they come from the news ledger."""
        mine = [spot.name for spot in row.spots if spot is not None and spot.stands is Stands.CELL]
        notes = list(dict.fromkeys(note for name in mine if (note := self.report.cell(name).note)))
        if not notes and any(name in self.locked for name in mine):
            return Shown(FROM_NEWS, "muted")
        return Shown("; ".join(notes), "muted")
