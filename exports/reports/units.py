"""The units beside each other: what each one's own figures give for every indicator, and which are best and weakest."""

from __future__ import annotations

from exports.document import Annex, Cell, Column, HeadCell, Row, Table
from exports.reports.indicators import outcome
from exports.reports.words import SIGNS_EXPLAINED
from forms.aggregate import Result
from forms.count import Role
from forms.indicator import Indicator, IndicatorKind
from forms.org_unit import OrgUnit
from forms.services.summary import Summary
from forms.spec import Section
from forms.standings import FEWEST, Beside, of_units
from forms.wording import inside_sentence, measured


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
    found = of_units(status.form, status.period.year, status.communes)
    told = {}
    for indicator in summary.status.form.indicators.values():
        known = [
            (unit, result)
            for unit, of in found
            if (result := of.get(indicator.id)) is not None and result.amount is not None
        ]
        if indicator.kind is not IndicatorKind.YES_NO and len({result.amount for _, result in known}) >= FEWEST:
            told[indicator.id] = _ends(known)
    return told


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


def _ends(known: list[tuple[OrgUnit, Result]]) -> str:
    ordered = sorted(known, key=lambda pair: (pair[1].amount, pair[0].key.code))
    (low, least), (high, most) = ordered[0], ordered[-1]
    return f"; cao nhất: {_named(high, most, known)}, thấp nhất: {_named(low, least, known)}"


def _named(unit: OrgUnit, result: Result, known: list[tuple[OrgUnit, Result]]) -> str:
    """With how many others have the same."""
    alike = sum(other.amount == result.amount for _, other in known) - 1
    more = f" và {alike} đơn vị khác" if alike else ""
    return f"{inside_sentence(unit.full_name)}{more} ({measured(result.indicator, result.quantity)})"
