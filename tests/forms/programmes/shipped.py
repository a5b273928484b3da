"""What the tests of the shipped packs share: the plans as text, and a pack seen from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

from forms.model.count import Count, Role
from forms.model.form import Form
from forms.model.indicator import Indicator
from forms.model.org_unit import COMMUNE_KINDS
from forms.programmes.catalogue import Catalogue, load_all
from forms.programmes.programme import Agency, Programme
from forms.programmes.programme_role import ProgrammeRole, unit_post

PLANS = Path(__file__).parent / "plans"


@cache
def catalogue() -> Catalogue:
    return load_all()


def plan(name: str) -> str:
    """The plan that was received, its parts that the pack encodes; scanning faults corrected."""
    return (PLANS / f"{name}.txt").read_text(encoding="utf-8")


def sentences(text: str) -> list[str]:
    return [sentence.casefold() for sentence in re.split(r"(?<=[.;])\s", text)]


def says(text: str, words: str) -> bool:
    """“100% … từ năm 2025 trở đi” leaves out a middle: its pieces stand in one sentence of the plan, in this order."""
    pattern = ".+".join(re.escape(piece.casefold()) for piece in words.split(" … "))
    return any(re.search(pattern, sentence) for sentence in sentences(text))


def texts(thing: object) -> Iterator[str]:
    """Every text inside a definition, however deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from (text for value in thing.values() for text in texts(value))
    elif isinstance(thing, tuple):
        yield from (text for item in thing for text in texts(item))
    elif is_dataclass(thing):
        yield from (text for f in fields(thing) for text in texts(getattr(thing, f.name)))


def milestones(form: Form, year: int) -> dict[str, str]:
    return {i.number: f"{t.operator}{t.amount}" for i in form.indicators.values() for t in i.targets if t.year == year}


def table(text: str) -> dict[str, str]:
    return dict(zip(text.split()[::2], text.split()[1::2], strict=True))


def rows(form: Form) -> tuple[Count | Indicator, ...]:
    return tuple(row for section in form.sections for row in section.rows)


def owned(programme: Programme, agency: str) -> set[str]:
    """Numbers of the chỉ tiêu and ids of the tasks that an agency has in any form."""
    numbers = {i.number for form in programme.forms for i in form.indicators.values() if agency in i.agencies}
    return numbers | {task.id for form in programme.forms for task in form.tasks.values() if agency in task.leads}


def post_of(programme: Programme, agency: Agency) -> ProgrammeRole:
    """Of a unit that the agency is: one of its kinds, or one that bears its name."""
    if agency.kinds:
        return unit_post(programme, "Xã Thử", next(iter(agency.kinds)))
    return unit_post(programme, next(iter((*agency.also, agency.title))), "agency")


def posts(programme: Programme) -> Iterator[tuple[str, ProgrammeRole]]:
    """Everybody who may stand in the programme: the office above, a commune, each agency."""
    yield "summing", ProgrammeRole(Role.SUMMING)
    for kind in dict.fromkeys(kind for form in programme.forms for kind in programme.ever_reporters(form)):
        yield kind, unit_post(programme, "Xã Thử" if kind in COMMUNE_KINDS else "Sở Thử", kind)
    for agency in programme.agencies:
        yield agency.id, post_of(programme, agency)


def form(programme: str, id: str) -> Form:
    found = catalogue().programme(programme).form(id)
    assert found is not None
    return found
