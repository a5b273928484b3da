"""Which programmes an office is likely to report on, and what each asks of it: proposed in the first run, ticked by a person.

A province's own version of a national plan is called after it: `nq28_hue` of `nq28`. Where there is one, the national
plan itself is not proposed beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from forms.model.count import Role
from forms.model.indicator import plan_number
from forms.model.org_unit import OrgUnit
from forms.model.text import collation_key, fold
from forms.org_units.catalogue import OrgUnits
from forms.programmes.agency_names import same_name
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme import Programme
from forms.programmes.programme_role import form_at, stands_for, unit_post

_LONGEST_CODE = 20
_PROVINCES = ("province", "city")
_NATIONAL_HERE = "so "  # what a national plan calls so stands in every province


@dataclass(frozen=True, slots=True)
class Proposal:
    """A programme, and what it names the unit: the agency's title, how many indicators and tasks it owns. `likely`: to
    be ticked unless a person knows better."""

    programme: Programme
    likely: bool
    agencies: tuple[str, ...] = ()
    indicators: int = 0
    tasks: int = 0


def proposals(catalogue: Catalogue, units: OrgUnits, unit: OrgUnit, usual: str, on: date) -> tuple[Proposal, ...]:
    """Every programme: the likely ones first, the `usual` one at their head; then those of the place and the national
    ones, then other provinces'."""
    above = set(_codes(units, unit, on))
    made = [_proposal(catalogue, programme, unit, above, usual, on) for programme in catalogue.newest]

    def order(one: Proposal) -> tuple[object, ...]:
        is_elsewhere = one.programme.issuing_unit not in ("", *above)
        return (not one.likely, one.programme.id != usual, is_elsewhere, -one.programme.last_year, one.programme.id)

    return tuple(sorted(made, key=order))


def agencies_at(catalogue: Catalogue, province: str, on: date) -> tuple[str, ...]:
    """What the agencies of a province are called on that day in the plans that hold there, as a Vietnamese list."""
    named: dict[str, str] = {}
    for programme in catalogue.newest:
        for agency in programme.agencies if programme.issuing_unit in ("", province) else ():
            is_here = programme.issuing_unit == province or f"{fold(agency.title)} ".startswith(_NATIONAL_HERE)
            for title in agency.titles_on(on) if is_here and not agency.kinds else ():
                if title == agency.title or title not in agency.also:  # undated other names are many, and of no day
                    named.setdefault(same_name(title), title)
    return tuple(sorted(named.values(), key=collation_key))


def unnamed_in(catalogue: Catalogue, programmes: Iterable[str], unit: OrgUnit, on: date) -> tuple[Programme, ...]:
    """Of these programmes those that list agencies and do not name this one: they give it no figure to answer for, at most
    what they ask of everybody, and whoever receives waits for no figure of it."""
    packs = (catalogue.programme(id) for id in programmes if unit.kind == "agency")
    return tuple(
        one
        for one in packs
        if one.agencies and not any(stands_for(agency, unit.full_name, unit.kind, on) for agency in one.agencies)
    )


def proposed_code(units: OrgUnits, name: str, parent: OrgUnit, on: date) -> str:
    """A code for an agency that the catalogue lacks: 46-SYT for Sở Y tế under 46, with a number where that is taken."""
    initials = "".join(word[0] for word in re.findall(r"[a-z0-9]+", fold(name))).upper() or "CQ"
    stem = f"{parent.code}-{initials}"[: _LONGEST_CODE - 2]
    taken = {unit.code for unit in units.below(parent.code, on)}
    return next(code for code in (stem, *(f"{stem}{number}" for number in range(2, 100))) if code not in taken)


def _proposal(
    catalogue: Catalogue, programme: Programme, unit: OrgUnit, above: set[str], usual: str, on: date
) -> Proposal:
    mine = [agency for agency in programme.agencies if stands_for(agency, unit.full_name, unit.kind, on)]
    ids = {agency.id for agency in mine}
    rows = (row for form in programme.forms for row in form.indicators.values())
    owned = {plan_number(row.number) for row in rows if ids & set(row.agencies)}
    tasks = {id for form in programme.forms for id, task in form.tasks.items() if ids & set(task.leads)}
    is_everywhere = not programme.issuing_unit and unit.kind == "agency"
    holds_here = programme.issuing_unit in above or (is_everywhere and not _localised(catalogue, programme, above))
    likely = (holds_here or programme.id == usual) and on.year <= programme.last_year and asks(programme, unit, on)
    return Proposal(programme, likely, tuple(agency.title for agency in mine), len(owned), len(tasks))


def asks(programme: Programme, unit: OrgUnit, on: date) -> bool:
    """Whether the plan wants something of such a unit on that day, or of those below it."""
    if unit.kind in _PROVINCES:
        return True
    post = unit_post(programme, unit.full_name, unit.kind, on)
    forms = programme.forms
    if post.role is Role.REPORTING and not programme.reporting_lines and unit.kind not in programme.reporters:
        return False
    if post.role is Role.REPORTING and programme.reporting_lines:
        forms = tuple(form for form in forms if unit.kind in programme.reporters_on(form, on))
    seen = (form_at(form, post) for form in forms)
    return any(form.cells_for(post.role) or form.tasks for form in seen)


def _localised(catalogue: Catalogue, national: Programme, above: set[str]) -> bool:
    own = (one.id for one in catalogue.newest if one.issuing_unit in above)
    return any(id.startswith(f"{national.id}_") for id in own)


def _codes(units: OrgUnits, unit: OrgUnit, on: date) -> Iterator[str]:
    """Of the unit and of all above it."""
    yield unit.code
    at = units.get(unit.parent, on) if unit.parent else None
    while at is not None:
        yield at.code
        at = units.parent(at, on)
