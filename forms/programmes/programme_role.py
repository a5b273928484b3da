"""What an office is in a programme: the role it fills forms in, and the agencies of the plan it answers as.

An agency's form is the same form with only the rows and tasks it owns, so that nothing else has to know of agencies.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from forms.model.count import Count, Role
from forms.model.form import Form, Section
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.office import Office
from forms.model.org_unit import OrgUnit
from forms.model.text import fold, nfc
from forms.programmes.programme import Agency, Programme

# "Sở Y tế thành phố Huế" is the plan's "Sở Y tế", "Công an thành phố Huế" its "Công an tỉnh"
_OF = re.compile(r"\s+(?:tỉnh|thành phố|tp\.?)(?:\s.*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ProgrammeRole:
    """`agencies` are ids of the programme."""

    role: Role
    agencies: frozenset[str] = frozenset()


def office_post(programme: Programme, office: Office) -> ProgrammeRole:
    """Of the office that keeps a ledger."""
    if office.collates:
        return ProgrammeRole(Role.SUMMING, _agencies(programme, office.name, office.kind))
    return unit_post(programme, office.name, office.kind)


def unit_post(programme: Programme, name: str, kind: str) -> ProgrammeRole:
    """Of an org unit with this name and kind that reports to somebody."""
    mine = _agencies(programme, name, kind)
    return ProgrammeRole(Role.AGENCY if kind == "agency" and programme.asks_agencies else Role.REPORTING, mine)


def _agencies(programme: Programme, name: str, kind: str) -> frozenset[str]:
    return frozenset(agency.id for agency in programme.agencies if stands_for(agency, name, kind))


def stands_for(agency: Agency, name: str, kind: str) -> bool:
    """Whether the plan means this unit: by its kind, or by a name it has or had."""
    if agency.kinds:
        return kind in agency.kinds
    if kind != "agency":
        return False
    return _bare(name) in {_bare(title) for title in (agency.title, *agency.also)}


def post_below(programme: Programme, form: Form, unit: OrgUnit, *, compiles: bool) -> ProgrammeRole:
    """Of a unit in a territory. `compiles`: units stand below it; unless the form asks it to report for itself, it compiles
    them and has a part of its own."""
    if compiles and unit.kind not in ("agency", "group", *(form.reporters or programme.reporters)):
        return ProgrammeRole(Role.SUMMING)
    return unit_post(programme, unit.full_name, unit.kind)


def is_asked(programme: Programme, form: Form, post: ProgrammeRole, kind: str) -> bool:
    """Whether the form asks a unit of this kind below anything at all."""
    if post.role is Role.SUMMING:
        return any(
            {Role.REPORTING, Role.SUMMING} <= {*count.filled_by} and count.adds_up for count in form.counts.values()
        )
    if post.role is Role.REPORTING and kind not in (form.reporters or programme.reporters):
        return False
    mine = form_at(form, post)
    return bool(mine.cells_for(post.role) or mine.tasks)


def form_at(form: Form, post: ProgrammeRole) -> Form:
    """The form as this office sees it. The summing office sees the whole."""
    return form if post.role is Role.SUMMING else _narrowed(form, post.role, post.agencies)


@lru_cache(maxsize=64)
def _narrowed(form: Form, role: Role, agencies: frozenset[str]) -> Form:
    sections = tuple(_section(section, role, agencies) for section in form.sections)
    here = {count.id: count for section in sections for count in section.counts}
    known = here.keys() | {place for count in here.values() for place in count.places}
    kept = tuple(found for section in sections if (found := _computable(section, known)))
    if kept == form.sections:
        return form
    numbers = {section.number for section in kept}
    return replace(
        form,
        sections=kept,
        checks=tuple(check for check in form.checks if set(check.names) <= known),
        crosses=tuple(cross for cross in form.crosses if cross.count in here),
        narratives=tuple(spec for spec in form.narratives if not spec.section or spec.section in numbers),
    )


def _section(section: Section, role: Role, agencies: frozenset[str]) -> Section:
    """Its rows and tasks that are asked of this office."""
    rows = section.rows
    if role is Role.AGENCY:
        rows = tuple(row for row in rows if agencies & set(row.agencies) and role in _asked(row))
    tasks = tuple(task for task in section.tasks if not task.leads or agencies & set(task.leads))
    return replace(section, rows=rows, tasks=tasks)


def _computable(section: Section, known: AbstractSet[str]) -> Section | None:
    """Without the indicators that read what is not asked here; None when nothing is left."""
    rows = tuple(row for row in section.rows if isinstance(row, Count) or set(row.names) <= known)
    return replace(section, rows=rows) if rows or section.tasks else None


def _asked(row: Count | Indicator) -> tuple[Role, ...]:
    """A share of units is no agency's to compute: its figure is one for all of them."""
    if isinstance(row, Count):
        return row.filled_by
    return row.computed_by if row.kind is not IndicatorKind.SHARE_OF_UNITS else (Role.REPORTING, Role.SUMMING)


def _bare(name: str) -> str:
    """Without the place that it is of."""
    return fold(_OF.sub("", nfc(name).strip()))
