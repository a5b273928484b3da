"""One report of our own, open to be filled: read once, judged anew only where an act changed it.

Each act is an `Edit`: what stands at some places before it and after it, so that it can be taken back whole and done again.
What the ledger refuses waits as it was typed, and is an error of the report until something else is taken there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from forms.checks import all_checks, completeness
from forms.checks.completeness import PartDone, PartKind
from forms.checks.texts import figures_of
from forms.errors import AppError
from forms.model.cell import Cell, CellState, place
from forms.model.count import Count, Role
from forms.model.finding import Finding, Refused
from forms.model.form import Form, Section
from forms.model.indicator import Indicator
from forms.model.location import Location
from forms.model.report import Report, ReportState
from forms.model.task import Nomination
from forms.programmes.programme import Programme
from forms.prose.live_numbers import LiveNumbers
from forms.services.entry import Entry, on_offer
from forms.services.refused_entries import Refusals, RefusedHere, report_name
from forms.services.summary import Status, Summaries, contributions
from forms.summary.totals import Result, results, single

BESIDE = 2  # earlier periods beside this one
Results = Mapping[tuple[str, int | None], Result]  # by indicator and, in a form of years, the year
# Hands an act to whoever keeps the list of what was done (words, do, undo): it is done at once, and again for every redo. Both
# say False where it was refused, and so does this.
Push = Callable[[str, Callable[[], bool], Callable[[], bool]], bool]
TASK_FIELDS = {
    "state": "trạng thái",
    "percent": "tỷ lệ",
    "due": "hạn",
    "started": "ngày bắt đầu",
    "finished": "ngày xong",
    "product": "sản phẩm",
    "result": "kết quả",
    "evidence": "minh chứng",
}


@dataclass(frozen=True)
class EarlierReport:
    """A report with its indicators: an earlier period beside this one."""

    report: Report
    results: Results


@dataclass(frozen=True)
class Entries:
    """What stands, or is to stand, at some places of a report. `tasks`: some fields of each by its id; `nominations`: the whole
    list, None to leave it."""

    cells: tuple[tuple[str, Cell], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    tasks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    nominations: tuple[Nomination, ...] | None = None


@dataclass(frozen=True)
class Edit:
    """An act in the report at `place`."""

    words: str
    place: Location
    old: Entries
    new: Entries


class JudgedReport:
    """What is known of the report: what stands in it, what is found and judged, what waits.

    Reads the ledger when it is made. Raises what Entry.read raises."""

    def __init__(
        self, entry: Entry, refusals: Refusals, summaries: Summaries, place: Location, *, collates: bool
    ) -> None:
        self.place = Location(place.programme, place.period)
        self.report, self.context, self.before, self.locked = entry.read(place.programme, place.period)
        self.waiting = RefusedHere(refusals, report_name(self.report), self.context.refused)
        self.sections = sections_for(self.report.form, self.report.role)
        self.why_refused = ""
        self._entry, self._summaries, self._collates = entry, summaries, collates
        self._statuses: dict[str, Status] = {}
        self._narrow: dict[frozenset[str], Form] = {}
        self._judged: dict[str, EarlierReport] = {}
        self._results: Results | None = None
        self._figures: LiveNumbers | None = None
        self.found: tuple[Finding, ...] = ()
        self._check()

    @property
    def programme(self) -> Programme:
        """In the version that the report is filled under."""
        assert self.context.programme is not None
        return self.context.programme

    @property
    def is_draft(self) -> bool:
        """Else it was handed over or sealed, and can only be read."""
        return self.report.state is ReportState.DRAFT

    @property
    def refused(self) -> dict[str, str]:
        """What was typed and not taken, by where it was typed: a cell by its name."""
        return {where: one.text for where, one in self.waiting.all.items()}

    @cached_property
    def earlier(self) -> tuple[EarlierReport, ...]:
        """Those that stand beside this one, the newest first."""
        return tuple(self.with_results(report) for report in self.context.earlier[:BESIDE])

    @property
    def reasons_before(self) -> dict[str, str]:
        """What was explained in the period before, by check."""
        return dict(self.context.earlier[0].explanations) if self.context.earlier else {}

    @property
    def open_cells(self) -> tuple[str, ...]:
        """The cells that are typed, in printed order."""
        return tuple(name for name in self.report.expected_cells if name not in self.locked)

    @property
    def blank(self) -> tuple[str, ...]:
        return tuple(name for name in self.open_cells if self.report.cell(name).state is CellState.BLANK)

    @property
    def marks(self) -> dict[str, str]:
        """Cell → error or warning, of what keeps the report from being sealed. What was carried has a look of its own."""
        blocking = (f for f in self.found if f.blocks and not f.says_blank and not f.check.startswith("carried:"))
        return {cell: one.level for one in reversed([*blocking]) for cell in one.cells}

    @property
    def parts(self) -> list[PartDone]:
        """Every section with figures in printed order, then what is filled elsewhere."""
        made = completeness.parts(self.report, self.found)
        figures = {part.section: part for part in made if part.kind is PartKind.FIGURES}
        empty = (PartDone(PartKind.FIGURES, one.title, 0, 0, section=one.number) for one in self.sections)
        return [*(figures.get(one.section, one) for one in empty), *(p for p in made if p.kind is not PartKind.FIGURES)]

    @property
    def results(self) -> Results:
        """The indicators: a unit's own, or at a summing office those of everybody below with its own."""
        if self._results is None:
            self._results = self._judge(self.report)
        return self._results

    @property
    def figures(self) -> LiveNumbers | None:
        """What its texts may speak of; worked out once after each act."""
        if self._figures is None:
            self._figures = figures_of(self.report, self.context)
        return self._figures

    def with_results(self, report: Report) -> EarlierReport:
        """One of the earlier reports, judged once."""
        label = report.period.label
        if label not in self._judged:
            self._judged[label] = EarlierReport(report, self._judge(report))
        return self._judged[label]

    def trial(self, report: Report, cell: str) -> Results:
        """The indicators if the report were so; nothing is kept."""
        return self._again(report, (cell,))

    def section_of(self, cell: str) -> int | None:
        """The number of the section in which it stands."""
        count = self.report.form.count_of_cell.get(cell)
        found = (number for number, section in enumerate(self.sections) if count in section.counts)
        return next(found, None) if count else None

    def wrong(self, spot: str) -> tuple[Finding, ...]:
        """What is found at a spot that Finding.spot names."""
        return tuple(one for one in self.found if one.spot == spot)

    def _check(self) -> None:
        self._figures = None
        self.found = all_checks.find(self.report, replace(self.context, refused=self.waiting.all))

    def _judge(self, report: Report, form: Form | None = None) -> Results:
        status = self._status(report)
        asked = form or (status.form if status else report.form)
        things = replace(contributions(status, report), form=asked) if status else None
        found = results(things or single(asked, report.unit, report.role, report.cells), report.period.year)
        return {(result.indicator.id, result.year): result for result in found}

    def _again(self, report: Report, cells: Collection[str]) -> Results:
        """Those that read one of these cells anew, the others as they were known."""
        counts = frozenset(report.form.count_of_cell[cell].id for cell in cells)
        if counts not in self._narrow:
            status = self._status(report)
            whole = status.form if status else report.form
            touched = tuple(one for one in whole.indicators.values() if counts & reads(whole, one.id))
            self._narrow[counts] = replace(whole, sections=(Section("", "", (*whole.counts.values(), *touched)),))
        form = self._narrow[counts]
        return {**self.results, **self._judge(report, form)} if form.indicators else self.results

    def _status(self, report: Report) -> Status | None:
        """What came from below, read once for each period; None for an office below which nobody reports."""
        if not self._collates:
            return None
        label = report.period.label
        if label not in self._statuses:
            self._statuses[label] = self._summaries.status(report.form.programme, report.period)
        return self._statuses[label]


class ReportSession(JudgedReport):
    """And what is done to it."""

    def read_sums(self) -> None:
        """What the texts of an office that sums up may speak of."""
        if self.report.role is Role.SUMMING:
            self.context = replace(self.context, figures=self._summaries.figures(self.report))
            self._check()

    def label(self, cell: str) -> str:
        return self.report.form.count_of_cell[cell].label(cell)

    def is_whole(self, cell: str) -> bool:
        return not self.report.form.count_of_cell[cell].decimals

    def edit(self, words: str, new: Entries) -> Edit | None:
        """The act that puts these in place of what stands there; None where they stand there already."""
        report = self.report
        old = Entries(
            tuple((name, report.cell(name)) for name, _ in new.cells),
            tuple((check, report.explanations.get(check, "")) for check, _ in new.reasons),
            tuple((id, report.narratives.get(id, "")) for id, _ in new.texts),
            {id: {name: getattr(report.task(id), name) for name in fields} for id, fields in new.tasks.items()},
            None if new.nominations is None else report.nominations,
        )
        return None if old == new else Edit(words, self.place, old, new)

    def carried(self, names: Iterable[str]) -> Entries:
        """What stood in an earlier period, into those of the cells that are blank."""
        offered, blank = on_offer(self.report, self.context), set(self.blank)
        cells = ((name, replace(offered[name], note=self.report.cell(name).note)) for name in names if name in offered)
        return Entries(tuple((name, cell) for name, cell in cells if name in blank))

    def confirmed(self, names: Iterable[str]) -> Entries:
        """What was carried was looked at and is right."""
        cells = [(name, self.report.cell(name)) for name in names]
        return Entries(tuple((name, replace(cell, carried=False)) for name, cell in cells if cell.carried))

    def take(self, new: Entries) -> bool:
        """Put them into the ledger and judge what they change. False where it refused, and `why_refused` says why: what was typed
        then waits, a number as the text that whoever read it tells `refuse`."""
        report, entry = self.report, self._entry
        try:
            if new.cells:
                report = entry.put_cells(report, new.cells)
            for check, reason in new.reasons:
                report = entry.explain(report, check, reason)
            for id, text in new.texts:
                report = entry.put_narrative(report, id, text)
            for id, fields in new.tasks.items():
                report = entry.put_task(report, replace(report.task(id), **fields))
            if new.nominations is not None:
                report = entry.put_nominations(report, new.nominations)
        except AppError as error:
            self.why_refused = error.message
            for where, label, text in self._typed(new):
                self.waiting.keep(where, Refused(label, text, error.message))
            self._check()
            return False
        self.waiting.answer(self._answered(new))
        self._keep(report, [name for name, _ in new.cells] if new.cells and not new.tasks else None)
        return True

    def store(self, act: Callable[[], Report]) -> bool:
        """An act of the ledger on the whole report; False where it was refused, and `why_refused` says why."""
        try:
            self._keep(act(), None)
        except AppError as error:
            self.why_refused = error.message
            return False
        return True

    def refuse(self, where: str, label: str, text: str, why: str, data: str = "") -> None:
        """It waits for an answer, and is an error of the report until then."""
        self.waiting.keep(where, Refused(label, text, why, data))
        self._check()

    def answer(self, *where: str) -> bool:
        """Something was taken there, or somebody let go of it; whether anything waited."""
        found = self.waiting.answer(where)
        if found:
            self._check()
        return found

    def _keep(self, report: Report, cells: Collection[str] | None) -> None:
        """The report after an act. `cells`: those that changed; None for anything."""
        self.report = report
        if self._results is not None:
            self._results = self._again(report, cells) if cells is not None else None
        self._check()

    def _typed(self, new: Entries) -> Iterable[tuple[str, str, str]]:
        """(where, label, text) of what must wait."""
        form = self.report.form
        for check, reason in new.reasons:
            yield f"reason:{check}", "Lý do của cảnh báo", reason
        for name, cell in new.cells:
            if cell.note != self.report.cell(name).note:
                yield f"note:{name}", f"Ghi chú của {self.label(name)}", cell.note
        for id, text in new.texts:
            spec = next(one for one in form.narratives if one.id == id)
            yield f"text:{id}", f"Mục {spec.number}. {spec.title}", text
        for id, fields in new.tasks.items():
            for name, value in fields.items():
                if isinstance(value, str) and name in TASK_FIELDS:
                    yield f"task:{id}:{name}", f"Nhiệm vụ {form.tasks[id].number}, {TASK_FIELDS[name]}", value

    def _answered(self, new: Entries) -> Iterable[str]:
        """Where something else stands now: a number is not answered by a note, nor a note by a number."""
        for name, cell in new.cells:
            old = self.report.cell(name)
            if (old.state, old.amount) != (cell.state, cell.amount):
                yield name
            if old.note != cell.note:
                yield f"note:{name}"
        yield from (f"reason:{check}" for check, _ in new.reasons)
        yield from (f"text:{id}" for id, _ in new.texts)
        yield from (f"task:{id}:{name}" for id, fields in new.tasks.items() for name in fields)


def reads(form: Form, indicator: str) -> frozenset[str]:
    """The counts that an indicator is computed from, with the one that may hold a target of its own."""
    asked = form.indicators[indicator]
    bare = {place(name)[0].partition(".")[0] for name in asked.names}
    return frozenset(bare | ({asked.own_target} if asked.own_target else set()))


def is_shown(row: Count | Indicator, role: Role) -> bool:
    return role in (row.filled_by if isinstance(row, Count) else row.computed_by)


def sections_for(form: Form, role: Role) -> tuple[Section, ...]:
    """The sections with figures for an office of this role."""
    return tuple(section for section in form.sections if any(is_shown(row, role) for row in section.rows))
