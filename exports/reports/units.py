"""The units beside each other: what each one's own figures give for every indicator, and which are best and weakest."""

from __future__ import annotations

from exports.document import Annex, Cell, Column, HeadCell, Row, Table
from exports.reports.indicators import outcome
from exports.reports.words import SIGNS_EXPLAINED
from forms.aggregate import Result
from forms.count import Role
from forms.indicator import Direction, Indicator
from forms.services.summary import Summary
from forms.spec import Section
from forms.standings import FEWEST, Beside, ends, of_units


def unit_annexes(summary: Summary) -> tuple[Annex, ...]:
    """For every objective the communes that reported, by the indicators that a commune computes for itself."""
    status = summary.status
    found = of_units(status.form, status.period.year, status.communes)
    if len(found) < FEWEST:
        return ()
    made = ((section, _table(section, found)) for section in summary.status.form.sections)
    words = summary.status.period.words
    return tuple(
        Annex(f"Kết quả {words} của từng đơn vị: {section.title}", (table,), landscape=True)
        for section, table in made
        if table is not None
    )


def extremes(summary: Summary) -> dict[str, str]:
    """ "; cao nhất: xã A (62,5%), thấp nhất: xã B (10%)" by indicator, where several units have a figure."""
    if summary.own.role is not Role.SUMMING:
        return {}
    status = summary.status
    beside = of_units(status.form, status.period.year, status.communes)
    found = ((indicator, ends(indicator, beside)) for indicator in status.form.indicators.values())
    return {indicator.id: _told(indicator, *both) for indicator, both in found if both is not None}


def _table(section: Section, found: Beside) -> Table | None:
    mine = [i for i in section.indicators if any(i.id in of for _, of in found)]
    if not mine:
        return None
    columns = (Column(10, "centre"), Column(60), *(Column(30, "number") for _ in mine))
    head = (HeadCell("TT"), HeadCell("Đơn vị"), *(HeadCell(f"{i.number} ({i.measure})") for i in mine))
    rows = tuple(
        Row((str(n), unit.full_name, *(_cell(of.get(i.id)) for i in mine))) for n, (unit, of) in enumerate(found, 1)
    )
    return Table(columns, (head,), rows, note=_note(mine))


def _cell(result: Result | None) -> Cell:
    return "" if result is None else outcome(result, result.quantity)


def _note(mine: list[Indicator]) -> str:
    told = "; ".join(f"{indicator.number}: {indicator.title}" for indicator in mine)
    return f"{told}. {SIGNS_EXPLAINED}"


def _told(indicator: Indicator, best: str, weakest: str) -> str:
    high, low = ("cao", "thấp") if indicator.direction is Direction.HIGHER else ("thấp", "cao")
    return f"; {high} nhất: {best}, {low} nhất: {weakest}"
