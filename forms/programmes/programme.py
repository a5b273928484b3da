"""A programme pack: a plan with its objectives, agencies, deadlines and forms, in one version.

A pack is a folder `forms/definitions/<id>.v<version>/`: programme.toml and one file per form. A released file is
never edited: a change is a new version, and every report remembers the version and SHA-256 it was filled under.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from forms.model.count import Role
from forms.model.form import Form, NewsRule
from forms.model.indicator import Indicator
from forms.model.period import Period, PeriodKind


def lasts(first_day: date | None, last_day: date | None, on: date | None) -> bool:
    """Whether something between these days, both included, holds on that day; without a day: whether it ever does."""
    return on is None or ((first_day is None or first_day <= on) and (last_day is None or on <= last_day))


@dataclass(frozen=True)
class AgencyName:
    """What an agency is called, or who took over from it (kế thừa), between two days. `verified` is False where a day or the
    successor is from memory."""

    title: str
    first_day: date | None = None
    last_day: date | None = None
    verified: bool = True


@dataclass(frozen=True)
class Agency:
    """Somebody whom the plan names (cơ quan chủ trì): `also` are names it had or got, `last_day` is the last one on which
    it is called by its title or by one of these, `names` are those with days of their own. `kinds` are the kinds of org
    unit it stands for where it is no single one ("UBND các huyện")."""

    id: str
    title: str
    also: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    last_day: date | None = None
    names: tuple[AgencyName, ...] = ()

    def titles_on(self, on: date | None) -> tuple[str, ...]:
        """What it is called on that day, the plan's own word first; without a day: ever."""
        own = (self.title, *self.also) if lasts(None, self.last_day, on) else ()
        return (*own, *(one.title for one in self.names if lasts(one.first_day, one.last_day, on)))


@dataclass(frozen=True)
class ReportingLine:
    """Who answers for themselves (tuyến báo cáo): units of these `kinds`, to the `receiver` in the plan's words, between two
    days; in some `forms`, else in all."""

    kinds: tuple[str, ...]
    forms: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    receiver: str = ""
    source: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Deadline:
    """Before which day of the year a report is due, in the plan's words: "trước ngày 30/11". `years_after`: how many years
    after the last one reported on. What follows from it: deadlines.py."""

    role: Role
    month: int
    day: int
    words: str
    receiver: str
    period_kind: PeriodKind = PeriodKind.YEAR
    years_after: int = 0


@dataclass(frozen=True)
class Objective:
    """What a plan wants (mục tiêu): a text that groups indicators, without a number of its own."""

    number: str
    title: str


@dataclass(frozen=True)
class Programme:
    """A versioned pack: objectives, targets, forms, deadlines (chương trình, chiến lược, kế hoạch).

    `reporters` are the kinds of org unit that report for themselves: communes, unless the plan asks others. A form that
    `reporting_lines` speak of follows these instead, which have dates.
    """

    id: str
    version: int
    title: str
    short_title: str
    document: str
    issuer: str
    issuing_unit: str
    first_year: int
    last_year: int
    source: str
    sha256: str
    objectives: tuple[Objective, ...]
    deadlines: tuple[Deadline, ...]
    news: NewsRule | None
    forms: tuple[Form, ...]
    agencies: tuple[Agency, ...] = ()
    reporters: tuple[str, ...] = ("commune", "ward", "township", "special_zone")
    reporting_lines: tuple[ReportingLine, ...] = ()

    def form(self, id: str) -> Form | None:
        return next((form for form in self.forms if form.id == id), None)

    def form_for(self, period: Period) -> Form | None:
        """The form that is filled for this period."""
        fitting = (form for form in self.forms if form.period_kind is period.kind)
        return next((form for form in fitting if form.span in ("", period.label)), None)

    def covers(self, period: Period) -> bool:
        """Whether the period lies in the plan's years, or is the very span that one of its forms asks for."""
        is_inside = self.first_year <= period.years[0] and period.years[-1] <= self.last_year
        return is_inside or any(form.span == period.label for form in self.forms)

    def lines_of(self, form: str) -> tuple[ReportingLine, ...]:
        """Those that speak of the form, whatever their days."""
        return tuple(line for line in self.reporting_lines if form in (line.forms or (form,)))

    def reporters_on(self, form: Form, on: date) -> tuple[str, ...]:
        """The kinds of org unit that report for themselves on that day."""
        lines = self.lines_of(form.id)
        if not lines:
            return form.reporters or self.reporters
        held = (line for line in lines if lasts(line.first_day, line.last_day, on))
        return tuple(dict.fromkeys(kind for line in held for kind in line.kinds))

    def ever_reporters(self, form: Form) -> tuple[str, ...]:
        """The kinds that report for themselves on some day."""
        lines = self.lines_of(form.id)
        return (
            tuple(dict.fromkeys(kind for line in lines for kind in line.kinds))
            if lines
            else form.reporters or self.reporters
        )

    @property
    def years_words(self) -> str:
        """2021–2025."""
        return f"{self.first_year}–{self.last_year}"

    @cached_property
    def asks_agencies(self) -> bool:
        """Whether some count is answered by an agency for the whole area."""
        return any(Role.AGENCY in count.filled_by for form in self.forms for count in form.counts.values())


def unverified(programme: Programme) -> tuple[str, ...]:
    """What of a programme was not held against its original (chưa đối chiếu), by the numbers of the plan: "6.1",
    "6.1 (mốc 2030)", "nhiệm vụ 3", "cách đếm tin, bài". Shown wherever the programme is, never hidden."""
    return tuple(dict.fromkeys(_unverified(programme)))


def _unverified(programme: Programme) -> Iterator[str]:
    if programme.news is not None and not programme.news.verified:
        yield "cách đếm tin, bài"
    if not all(line.verified for line in programme.reporting_lines):
        yield "tuyến báo cáo"
    for agency in programme.agencies:
        yield from (f"tên cơ quan {name.title}" for name in agency.names if not name.verified)
    for section in (section for form in programme.forms for section in form.sections):
        for row in section.rows:
            if not row.verified:
                yield row.number
            if isinstance(row, Indicator):
                yield from (f"{row.number} (mốc {target.year})" for target in row.targets if not target.verified)
        yield from (f"nhiệm vụ {task.number}" for task in section.tasks if not task.verified)
