"""Who answers a form in a period, in which role, to whom, by when: computed for the last day of the period.

    territory ── compiling office (huyện) ── answerer (xã)          agency (sở) ── territory

Which kinds report for themselves is the plan's to say (`reporters`, or reporting lines with dates); a unit that stands between
the territory and its answerers compiles them and answers for a part of its own. Who answers as an agency of the plan is one
unit, by the names that hold on the day. Where several bear one (a pack without dates, two units of one name) all are asked,
and it is a question: a person chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forms.model.count import Role
from forms.model.form import Form
from forms.model.org_unit import OrgUnit, UnitKey
from forms.model.period import Period
from forms.org_units.catalogue import OrgUnits
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.programme import Agency, Programme
from forms.programmes.programme_role import ProgrammeRole, is_asked, unit_post


@dataclass(frozen=True, slots=True)
class Answerer:
    """`receiver`: the compiling office between the unit and the territory, None where there is none; `due`: the last day that
    is in time by the plan, None where it sets none."""

    unit: OrgUnit
    post: ProgrammeRole
    receiver: OrgUnit | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class AgencyQuestion:
    """Several units answer to what the plan calls one agency, and nobody has chosen."""

    agency: Agency
    units: tuple[OrgUnit, ...]


@dataclass(frozen=True, slots=True)
class Answerers:
    """`asked` in the order of the tree; `unnamed` are agencies of the territory of which the plan asks nothing that day."""

    asked: tuple[Answerer, ...]
    questions: tuple[AgencyQuestion, ...] = ()
    unnamed: tuple[OrgUnit, ...] = ()


Chosen = Mapping[str, str]  # agency id → code of the unit that a person chose


def answerers(
    programme: Programme,
    form: Form,
    units: OrgUnits,
    territory: str,
    period: Period,
    chosen: Chosen | None = None,
    compiler: UnitKey | None = None,
) -> Answerers:
    """Everybody below the territory of whom the form asks something, but the `compiler` itself (a sở for its province)."""
    on = period.last
    below = tuple(unit for unit in units.below(territory, on) if unit.key != compiler)
    by_code = {unit.code: unit for unit in below}
    posts = _posts(programme, form, below, on)
    rivals = [
        AgencyQuestion(agency, found) for agency in programme.agencies if len(found := _called(agency, posts)) > 1
    ]
    winners = {
        one.agency.id: unit for one in rivals for unit in one.units if unit.code == (chosen or {}).get(one.agency.id)
    }
    asked, unnamed = [], []
    for unit, post in posts.items():
        lost = {id for id, winner in winners.items() if winner != unit}
        mine = ProgrammeRole(post.role, post.agencies - lost)
        if is_asked(programme, form, mine, unit.kind, on):
            asked.append(Answerer(unit, mine, by_code.get(unit.parent or ""), _due(programme, mine.role, period)))
        elif unit.kind == "agency" and programme.agencies and not post.agencies:
            unnamed.append(unit)
    open_ones = (one for one in rivals if one.agency.id not in winners and _has_duties(form, one.agency.id))
    return Answerers(tuple(asked), tuple(open_ones), tuple(unnamed))


def post_below(programme: Programme, form: Form, unit: OrgUnit, *, compiles: bool, on: date) -> ProgrammeRole:
    """Of a unit in a territory. `compiles`: units stand below it; unless the form asks it to report for itself, it compiles
    them and has a part of its own."""
    if compiles and unit.kind not in ("agency", "group", *programme.reporters_on(form, on)):
        return ProgrammeRole(Role.SUMMING)
    return unit_post(programme, unit.full_name, unit.kind, on)


def _posts(programme: Programme, form: Form, below: tuple[OrgUnit, ...], on: date) -> dict[OrgUnit, ProgrammeRole]:
    """A unit compiles where one that reports stands somewhere below it: a district whose communes the form does not ask
    has nothing to compile."""
    by_code = {unit.code: unit for unit in below}
    kinds = {*programme.reporters_on(form, on)}
    compiling: set[str] = set()
    for unit in below:
        at = by_code.get(unit.parent or "") if unit.kind in kinds else None
        while at is not None and at.code not in compiling:
            compiling.add(at.code)
            at = by_code.get(at.parent or "")
    return {unit: post_below(programme, form, unit, compiles=unit.code in compiling, on=on) for unit in below}


def _called(agency: Agency, posts: Mapping[OrgUnit, ProgrammeRole]) -> tuple[OrgUnit, ...]:
    """The units that bear a name of it; of one that is meant by kind all are, and none is another's rival."""
    if agency.kinds:
        return ()
    return tuple(unit for unit, post in posts.items() if unit.kind == "agency" and agency.id in post.agencies)


def _has_duties(form: Form, id: str) -> bool:
    rows = (row for section in form.sections for row in section.rows)
    return any(id in row.agencies for row in rows) or any(id in task.leads for task in form.tasks.values())


def _due(programme: Programme, role: Role, period: Period) -> date | None:
    deadline = deadline_of(programme, role, period.kind)
    return last_day(deadline, period) if deadline else None
