"""What an office above knows about a period: who is expected, who has sent, who is missing; and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

from forms.errors import InputRefused
from forms.exchange import on_behalf
from forms.exchange.adjustment import Adjusted, Adjustment, adjusted, adjustment_setting, fits, read_adjustments
from forms.exchange.on_behalf import standing
from forms.exchange.statements import Arrival, Head
from forms.model.cell import Cell
from forms.model.count import Role
from forms.model.form import Form
from forms.model.indicator import Indicator
from forms.model.office import Office
from forms.model.org_unit import KNOWN_FROM, OrgUnit, UnitKey
from forms.model.period import Period, PeriodKind
from forms.model.report import Report, ReportState
from forms.model.task import Nomination, Task
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Codec, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme import Programme
from forms.programmes.programme_role import collates_in, left_to, office_post, own_tasks
from forms.programmes.reporting_lines import AgencyQuestion, Answerers, answerers
from forms.prose.live_numbers import LiveNumbers, speaks, spoken, told
from forms.services.drafts import current, key_of
from forms.services.due_dates import QUARTER_DAYS, DueDays, days_after, due, own_days
from forms.services.received_reports import ReceivedReports, UnitWords
from forms.summary.ranking import of_units
from forms.summary.source_choice import SourceChoice, choice_setting, read_choices
from forms.summary.task_rollup import TaskRollup, roll_up
from forms.summary.totals import BELOW, COVERED, Cells, Contributions, Result, Sum, results, single, sums


@dataclass(frozen=True)
class Status:
    """The roll call of one period. `late` sent after `due`, agencies after `agency_due`, single units after the day in
    `unit_dues`; None while nobody has set one. `office` as it is in this form: a district that reports on itself collates
    nothing. `questions`: agencies of the plan that several units may answer as; `unnamed` those that the plan does not name.
    `tasks_asked`: of each unit the tasks of its form; of an office that compiles those that it leads itself.
    `choices`: by count whose answer a person chose where two differ. `heads` have the figures of the `adjustments` that apply,
    `originals` those that the units sent; `void` adjustments were made on figures that a unit has changed since.
    `held` names the units of which a package is kept aside for a question; such a unit may have sent a sound one before.
    `agencies` are those expected units that answer for the whole area, with the agencies of the plan they answer as;
    `offices` those that compile units themselves and have a part of their own (a district above its communes)."""

    office: Office
    form: Form
    period: Period
    expected: tuple[OrgUnit, ...]
    heads: Mapping[UnitKey, Head]
    due: date | None
    held: Mapping[UnitKey, Arrival] = field(default_factory=dict)
    agencies: Mapping[UnitKey, frozenset[str]] = field(default_factory=dict)
    agency_due: date | None = None
    offices: frozenset[UnitKey] = frozenset()
    unit_dues: Mapping[UnitKey, date] = field(default_factory=dict)
    questions: tuple[AgencyQuestion, ...] = ()
    unnamed: tuple[OrgUnit, ...] = ()
    choices: Mapping[str, SourceChoice] = field(default_factory=dict)
    originals: Mapping[UnitKey, Head] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    void: tuple[Adjustment, ...] = ()
    tasks_asked: Mapping[UnitKey, frozenset[str]] = field(default_factory=dict)

    @property
    def of_another_day(self) -> bool:
        """The catalogue begins later: the units are those of its first day, not of the period."""
        return self.period.last < KNOWN_FROM

    @cached_property
    def missing(self) -> tuple[OrgUnit, ...]:
        return tuple(unit for unit in self.expected if unit.key not in self.heads)

    @cached_property
    def received(self) -> tuple[OrgUnit, ...]:
        return tuple(unit for unit in self.expected if unit.key in self.heads)

    @cached_property
    def on_behalf(self) -> tuple[OrgUnit, ...]:
        """Of those received the ones for which somebody else entered the figures."""
        return tuple(unit for unit in self.received if self.heads[unit.key].is_on_behalf)

    @cached_property
    def late(self) -> tuple[OrgUnit, ...]:
        return tuple(unit for unit in self.received if self.is_late(unit))

    @property
    def reporters(self) -> tuple[OrgUnit, ...]:
        """Who is to report for themselves: neither agencies of the plan nor offices that compile."""
        others = {*self.agencies, *self.offices}
        return tuple(unit for unit in self.expected if unit.key not in others)

    @property
    def communes(self) -> tuple[tuple[OrgUnit, Cells], ...]:
        """Those that reported for themselves, with their cells."""
        sent = (unit for unit in self.received if unit.key not in self.agencies and unit.key not in self.offices)
        return tuple((unit, self.heads[unit.key].cells) for unit in sent)

    def sent(self, unit: UnitKey) -> Head | None:
        """What a unit sent, without the figures that anybody put beside its own."""
        return self.originals.get(unit) or self.heads.get(unit)

    def is_late(self, unit: OrgUnit) -> bool:
        """Whether what a unit has sent came after its day."""
        due = self.due_of(unit)
        return due is not None and self.heads[unit.key].first_received_at.date() > due

    def due_of(self, unit: OrgUnit) -> date | None:
        """The last day on which this unit is in time."""
        general = self.agency_due if unit.key in self.agencies else self.due
        return self.unit_dues.get(unit.key, general)


@dataclass(frozen=True, slots=True)
class RollCall:
    """The units that are expected, and those of them that are missing."""

    expected: tuple[OrgUnit, ...]
    missing: tuple[OrgUnit, ...]


@dataclass(frozen=True)
class Summary:
    """Everything a table or a printed report needs of one period: the roll call, the sums, the indicators judged.
    `own` is this office's own report; for a reporting unit it is all there is."""

    programme: Programme
    status: Status
    own: Report
    sums: Mapping[str, Sum]
    results: tuple[Result, ...]
    told: Mapping[UnitKey, UnitWords] = field(default_factory=dict)  # of the units below

    @cached_property
    def tasks(self) -> dict[UnitKey, tuple[Task, ...]]:
        """What the units below told of their tasks, where they told of some."""
        return {unit: one.tasks for unit, one in self.told.items() if one.tasks}

    @cached_property
    def task_states(self) -> dict[str, TaskRollup]:
        """Of every task of the form how far all are who were asked; of a unit by itself its own word."""
        status, own = self.status, self.own
        if not status.office.collates:
            return roll_up(
                own.form.tasks.values(), {own.unit: frozenset(own.form.tasks)}, {own.unit: _every_task(own)}, {}
            )
        post = office_post(self.programme, status.office, status.form, status.period.last)
        mine = left_to(status.form, post, status.tasks_asked.values()) | {task.id for task in own.tasks}
        told = {**self.tasks, own.unit: [own.task(id) for id in mine]}
        leads = {**status.agencies, own.unit: post.agencies}
        return roll_up(status.form.tasks.values(), {**status.tasks_asked, own.unit: mine}, told, leads)

    @cached_property
    def nominations(self) -> list[tuple[str, Nomination]]:
        """Everybody proposed, the units' below first, each with the name of who proposes; one's own without."""
        below = [
            (unit.full_name, one)
            for unit in self.status.received
            if unit.key in self.told
            for one in self.told[unit.key].nominations
        ]
        return [*below, *(("", one) for one in self.own.nominations)]

    @property
    def derogations(self) -> list[tuple[OrgUnit, Indicator, Cell]]:
        """The targets that units below set themselves, with the reason in the cell's note."""
        found = []
        for indicator in self.status.form.indicators.values():
            own = self.status.form.counts[indicator.own_target].cells if indicator.own_target else ()
            for unit in self.status.received if own else ():
                cells = self.status.heads[unit.key].cells
                found += [
                    (unit, indicator, cells[name]) for name in own if name in cells and cells[name].amount is not None
                ]
        return found

    def source_title(self, source: str) -> str:
        """Who says a figure: an agency as the plan calls it, or the sum of the units."""
        titles = {agency.id: agency.title for agency in self.programme.agencies}
        return titles.get(source, source) if source != BELOW else "Cộng tại nơi tổng hợp"

    def choice_of(self, result: Result) -> SourceChoice | None:
        """The source that a person chose for the counts of an indicator."""
        read = (name.partition(".")[0] for name in result.indicator.names)
        return next((self.status.choices[id] for id in read if id in self.status.choices), None)


class Unread(Mapping[UnitKey, UnitWords]):
    """Stands for what nobody asked for. A report that tells of it fails here rather than leave it out."""

    _SAID = "this summary was asked for without what the units told"

    def __getitem__(self, unit: UnitKey) -> UnitWords:
        raise LookupError(self._SAID)

    def __iter__(self) -> Iterator[UnitKey]:
        raise LookupError(self._SAID)

    def __len__(self) -> int:
        raise LookupError(self._SAID)


UNREAD = Unread()


class Summaries:
    """Reads; changes nothing but the due date."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, units: OrgUnits, codec: Codec) -> None:
        self._begin, self._catalogue, self._units = begin, catalogue, units
        self._received = ReceivedReports(catalogue, codec)

    def status(self, programme: str, period: Period) -> Status:
        with self._begin() as work:
            return self.status_in(work, programme, period)

    def status_in(self, work: Work, programme: str, period: Period) -> Status:
        """The same inside a transaction."""
        form = self._catalogue.form_for(programme, period)
        return self._status(work, self._catalogue.programme(programme), form, period)

    def roll_calls(self, work: Work, wanted: Sequence[tuple[str, Period]]) -> tuple[RollCall, ...]:
        """Of each programme and period who is expected and who has sent, without the figures that they sent."""
        office, units = work.office.get(), self._units.with_units(work.units.all())
        forms = [self._catalogue.form_for(programme, period) for programme, period in wanted]
        keys = [key_of(form, period) for form, (_, period) in zip(forms, wanted, strict=True)]
        sent, called = work.received.senders(keys), []
        for form, key, (programme, period) in zip(forms, keys, wanted, strict=True):
            found = _expected(work, units, office, self._catalogue.programme(programme), form, period)
            expected = tuple(one.unit for one in found.asked)
            missing = tuple(unit for unit in expected if unit.key not in sent[key])
            called.append(RollCall(expected, missing))
        return tuple(called)

    def sum_up(self, programme: str, period: Period, *, tasks: bool = True) -> Summary:
        """The roll-up of a summing office, or a reporting unit's own table, by the same rules. Without `tasks` for who
        shows figures only: what the units told of their tasks stands in their packages, which take time to open."""
        with self._begin() as work:
            return self.summed(work, programme, period, tasks=tasks)

    def summed(self, work: Work, programme: str, period: Period, *, tasks: bool = True) -> Summary:
        """The same inside a transaction. The fields of an open report's texts are told by its figures now."""
        made = self._summed(work, programme, period)
        if tasks and _tells(made.status.form):
            made = replace(made, told=self._received.told(work, made.status.heads.values()))
        if made.own.state is not ReportState.DRAFT or not speaks(made.own):
            return made  # what is sealed says what it says
        return replace(made, own=spoken(made.own, self._figures(work, made)))

    def figures(self, report: Report) -> LiveNumbers:
        """What the texts of our own report may speak of."""
        with self._begin() as work:
            return self.figures_in(work, report)

    def figures_in(self, work: Work, report: Report) -> LiveNumbers:
        """The same inside a transaction."""
        return self._figures(work, self._summed(work, report.form.programme, report.period))

    def _figures(self, work: Work, made: Summary) -> LiveNumbers:
        status = made.status
        before = self._before(work, made)
        beside = partial(of_units, status.form, status.period.year, status.communes)
        now = told(made.sums, made.results)
        return LiveNumbers(status.form, now, told(before.sums, before.results) if before else None, beside)

    def _before(self, work: Work, made: Summary) -> Summary | None:
        """The period before, where the same form was filled for it."""
        form, period = made.status.form, made.status.period.previous()
        if form.years or period.years[0] < made.programme.first_year:
            return None
        try:
            before = self._summed(work, form.programme, period)
        except InputRefused:  # no form for that period
            return None
        return before if before.status.form.id == form.id else None

    def _summed(self, work: Work, programme: str, period: Period) -> Summary:
        form, newest = self._catalogue.form_for(programme, period), self._catalogue.programme(programme)
        own = current(work, self._catalogue, programme, period)
        is_whole = collates_in(newest, work.office.get(), form, period.last)
        status = self._status(work, newest, form if is_whole else own.form, period)
        added = contributions(status, own)
        return Summary(newest, status, own, sums(added), results(added, period.year), UNREAD if _tells(form) else {})

    def quarter_due(self) -> int | None:
        """Days after the last day of a period shorter than a year; None while nobody has set any."""
        with self._begin() as work:
            return days_after(work, QUARTER_DAYS)

    def set_quarter_due(self, days: int | None) -> None:
        self._set_days(QUARTER_DAYS, days)

    def own_due(self, programme: str, kind: PeriodKind) -> int | None:
        """The days of this programme's reports alone; None where those of all hold."""
        with self._begin() as work:
            return days_after(work, own_days(programme, kind))

    def set_own_due(self, programme: str, kind: PeriodKind, days: int | None) -> None:
        self._set_days(own_days(programme, kind), days)

    def due(self, programme: str, period: Period) -> date | None:
        with self._begin() as work:
            pack = self._catalogue.programme(programme)
            office = work.office.get()
            role = office_post(pack, office, pack.form_for(period), period.last).role
            return due(work, pack, period, role, office.unit)

    def _set_days(self, name: str, days: int | None) -> None:
        with self._begin() as work:
            work.office.set(name, None if days is None else str(days))
            work.journal.append("setting", {"name": name, "value": days})

    def _status(self, work: Work, programme: Programme, form: Form, period: Period) -> Status:
        office, key = work.office.get(), key_of(form, period)
        if not collates_in(programme, office, form, period.last):
            office = replace(office, collates=False)
        units = self._units.with_units(work.units.all()) if office.collates else self._units
        called = _expected(work, units, office, programme, form, period) if office.collates else Answerers(())
        posts = {one.unit: one.post for one in called.asked}
        entries = work.on_behalf.of(key) if office.collates else ()
        heads = standing(work.received.heads(key), entries, office.unit) if office.collates else {}
        layered = self._adjusted(work, office, form, period, heads)
        held = {**on_behalf.held(entries), **work.received.held(key)} if office.collates else {}
        days = DueDays(work, programme, period)
        units_due, agency_due = (days.of(role) for role in (Role.REPORTING, Role.AGENCY))
        unit_dues = {unit.key: day for unit in posts if (day := days.of_unit(unit.key)) is not None}
        agencies = {unit.key: post.agencies for unit, post in posts.items() if post.role is Role.AGENCY}
        offices = frozenset(unit.key for unit, post in posts.items() if post.role is Role.SUMMING)
        return Status(
            office,
            form,
            period,
            tuple(posts),
            layered.heads,
            units_due,
            held,
            agencies,
            agency_due,
            offices,
            unit_dues,
            called.questions,
            called.unnamed,
            read_choices(work.office.settings(choice_setting(programme.id, period))) if agencies else {},
            heads,
            layered.standing,
            layered.void,
            {unit.key: own_tasks(form, post) for unit, post in posts.items()} if form.tasks else {},
        )

    def _adjusted(
        self, work: Work, office: Office, form: Form, period: Period, heads: Mapping[UnitKey, Head]
    ) -> Adjusted:
        """The heads under our own adjustments and those that came in the newest bundle of each office below; an office adjusts
        only what its own territory sent."""
        if not heads:
            return Adjusted(heads)
        units, day = self._units.with_units(work.units.all()), period.last
        told = (
            one
            for kept in work.bundles.newest(key_of(form, period))
            if kept.unit != office.unit
            for one in kept.adjustments
            if fits(form, one.cell, one.amount)
            and (one.office.unit == kept.unit or units.is_below(one.office.unit, kept.unit.code, day))
            and (one.unit.unit == one.office.unit or units.is_below(one.unit.unit, one.office.unit.code, day))
        )
        own = read_adjustments(work.office.settings(adjustment_setting(form.programme, period)))
        return adjusted(heads, own, told)


def _expected(
    work: Work, units: OrgUnits, office: Office, programme: Programme, form: Form, period: Period
) -> Answerers:
    """Every unit below, valid on the period's last day, of which the form asks something; who answers as an agency of the
    plan as a person chose, where that was asked."""
    found = answerers(programme, form, units, office.territory, period, compiler=office.unit)
    if not found.questions:
        return found
    chosen = work.office.settings(answerer_setting(programme.id))
    return answerers(programme, form, units, office.territory, period, chosen, office.unit) if chosen else found


def _every_task(report: Report) -> list[Task]:
    return [report.task(id) for id in report.form.tasks]


def _tells(form: Form) -> bool:
    """Whether units tell of tasks, or propose somebody."""
    return bool(form.tasks or form.nominations)


def answerer_setting(programme: str, agency: str = "") -> str:
    """The name of the setting that says which unit answers as an agency of the plan: its code."""
    return f"answerer:{programme}:{agency}"


def contributions(status: Status, own: Report) -> Contributions:
    """What is added up at this office: the communes' reports, the agencies' answers, its own; of a reporting unit only
    its own. Where several units answer as one agency and say different things, neither is taken: status asks who it is."""
    if not status.office.collates:
        return single(own.form, own.unit, own.role, own.cells)
    expected = tuple(u.key for u in status.expected if u.key not in status.agencies and u.key not in status.offices)
    below = {unit: status.heads[unit].cells for unit in expected if unit in status.heads}
    offices = tuple(sorted(status.offices))
    parts = {unit: status.heads[unit].cells for unit in offices if unit in status.heads}
    said = {unit: _answered(status.heads[unit].cells) for unit in sorted(status.agencies) if unit in status.heads}
    agencies: dict[str, Cells] = {}
    for id in {id: None for unit in said for id in status.agencies[unit]}:
        agencies[id] = _agreed([cells for unit, cells in said.items() if id in status.agencies[unit] and cells])
    return Contributions(
        status.form,
        expected,
        below,
        own.cells or None,
        agencies=agencies,
        offices=offices,
        parts=parts,
        agency_units=status.agencies,
        agency_parts=said,
        choices={count: one.source for count, one in status.choices.items()},
        has_own=status.office.kind != "group",
    )


def _agreed(said: Sequence[Cells]) -> Cells:
    """What all say who answered."""
    found: dict[str, Cell] = {}
    for name in {name: None for cells in said for name in cells}:
        first, *others = [cells[name] for cells in said if name in cells]
        if all(other.quantity == first.quantity for other in others):
            found[name] = first
    return found


def _answered(cells: Cells) -> Cells:
    return {name: cell for name, cell in cells.items() if cell.state in COVERED}
