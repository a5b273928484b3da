"""What an office is in a programme: the role it fills forms in, and the agencies of the plan it answers as.

An agency's form is the same form with only the rows and tasks it owns, so that nothing else has to know of agencies.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from forms.model.count import Count, Role
from forms.model.form import Form, Section
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.office import Office
from forms.model.org_unit import COMMUNE_KINDS
from forms.programmes.agency_names import bears
from forms.programmes.programme import Agency, Programme

_TIERS = ("province", "city", "district")  # above the communes, the highest first


@dataclass(frozen=True, slots=True)
class ProgrammeRole:
    """`agencies` are ids of the programme."""

    role: Role
    agencies: frozenset[str] = frozenset()


def office_post(
    programme: Programme, office: Office, form: Form | None = None, on: date | None = None
) -> ProgrammeRole:
    """Of the office that keeps a ledger: in the form on the last day of a period, or in the programme as such."""
    if collates_in(programme, office, form, on):
        return ProgrammeRole(Role.SUMMING, _agencies(programme, office.name, office.kind, on))
    return unit_post(programme, office.name, office.kind, on)


def collates_in(programme: Programme, office: Office, form: Form | None, on: date | None) -> bool:
    """Whether it compiles the form: a district that compiles other plans is a reporter like any other where a reporting line
    asks the districts themselves, and nobody below them."""
    return office.collates and not (form and on and reports_itself(programme, form, office.kind, on))


def reports_itself(programme: Programme, form: Form, kind: str, on: date) -> bool:
    if not programme.lines_of(form.id) or kind not in (*_TIERS, *COMMUNE_KINDS):
        return False
    asked = programme.reporters_on(form, on)
    below = _TIERS[_TIERS.index(kind) + 1 :] if kind in _TIERS else ()
    is_bottom = kind in COMMUNE_KINDS or not {*below, *COMMUNE_KINDS} & {*asked}
    return kind in asked and is_bottom


def unit_post(programme: Programme, name: str, kind: str, on: date | None = None) -> ProgrammeRole:
    """Of an org unit with this name and kind that reports to somebody, on that day; without one: whenever it is asked."""
    mine = _agencies(programme, name, kind, on)
    return ProgrammeRole(Role.AGENCY if kind == "agency" and programme.asks_agencies else Role.REPORTING, mine)


def _agencies(programme: Programme, name: str, kind: str, on: date | None) -> frozenset[str]:
    return frozenset(agency.id for agency in programme.agencies if stands_for(agency, name, kind, on))


def stands_for(agency: Agency, name: str, kind: str, on: date | None = None) -> bool:
    """Whether the plan means this unit: by its kind, or by a name that the agency has or had (on that day)."""
    if agency.kinds:
        return kind in agency.kinds
    return kind == "agency" and any(bears(name, title) for title in agency.titles_on(on))


def is_asked(programme: Programme, form: Form, post: ProgrammeRole, kind: str, on: date | None = None) -> bool:
    """Whether the form asks a unit of this kind below anything at all; with a day: then."""
    if post.role is Role.SUMMING:
        return any(
            {Role.REPORTING, Role.SUMMING} <= {*count.filled_by} and count.adds_up for count in form.counts.values()
        )
    if not _is_called(programme, form, post, kind, on):
        return False
    mine = form_at(form, post)
    return bool(mine.cells_for(post.role) or mine.tasks)


def _is_called(programme: Programme, form: Form, post: ProgrammeRole, kind: str, on: date | None) -> bool:
    """An agency that answers for the whole area is asked by its duties, unless reporting lines speak of agencies."""
    ever = programme.ever_reporters(form)
    if post.role is Role.AGENCY and not (programme.lines_of(form.id) and kind in ever):
        return True
    return kind in (programme.reporters_on(form, on) if on else ever)


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
