"""Reports as they are typed: the draft of a form and period, its state, and the texts as somebody wrote them.

What the ledger holds of our own reports: each under the version of its form that it was filled under.

The texts of a draft as they were written: a sealed text holds numbers, and the next draft its live fields again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from forms.checks.context import Context
from forms.checks.rules import period_of
from forms.checks.whole_report import MOST
from forms.errors import InputRefused
from forms.exchange.statements import ReportKey
from forms.model.cell import BLANK, Cell
from forms.model.count import Role
from forms.model.form import Form
from forms.model.news_counting import news_cells
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report, ReportState
from forms.org_units.catalogue import OrgUnits, known
from forms.ports import Clock, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme import Programme
from forms.programmes.programme_role import ProgrammeRole, form_at, left_to, office_post, own_tasks
from forms.programmes.reporting_lines import answerers
from forms.services.refused_entries import refused_in, report_name


def key_of(form: Form, period: Period) -> ReportKey:
    """Which report: this form's for the period."""
    return ReportKey(form.programme, form.id, period.label, period.basis)


def report_key(report: Report) -> ReportKey:
    return key_of(report.form, report.period)


def current(work: Work, catalogue: Catalogue, programme: str, period: Period) -> Report:
    """The report as the ledger has it: a sealed one as sealed, a draft with the news items of its window, else empty.

    A report that was begun stands under the form of its own version, whatever later versions ask for that period.
    Raises InputRefused PROGRAMME_UNKNOWN, PERIOD_UNKNOWN, PERIOD_OUTSIDE.
    """
    for id in catalogue.form_ids(programme, period):
        key = ReportKey(programme, id, period.label, period.basis)
        if work.reports.version(key) is not None:
            return of_key(work, catalogue, key)
    newest = catalogue.form_for(programme, period)
    _must_be_near(catalogue.programme(programme), period)
    return _under(work, catalogue.programme(programme), newest.id, period)


def of_key(work: Work, catalogue: Catalogue, key: ReportKey) -> Report:
    """The report of a key that the ledger has. Raises InputRefused PROGRAMME_UNKNOWN for a version that is not here."""
    period = Period.parse(key.period, key.basis)
    return _under(work, _pack(catalogue, key.programme, work.reports.version(key), period), key.form, period)


def under_newest(work: Work, catalogue: Catalogue, report: Report) -> Report:
    """The same draft under the newest version of its form, with everything that form still asks of this office.

    Raises InputRefused PERIOD_UNKNOWN, FORM_UNKNOWN where the newest version has another form for the period.
    """
    programme = catalogue.programme(report.form.programme)
    if catalogue.form_for(programme.id, report.period).id != report.form.id:
        raise InputRefused(
            "FORM_UNKNOWN",
            f"Phiên bản mới của “{programme.short_title}” dùng biểu khác cho {report.period.words}. "
            "Làm tiếp báo cáo này theo phiên bản đang mở; kỳ sau dùng biểu mới.",
            report.form.id,
        )
    form, post = _form(work, programme, report.form.id, report.period)
    empty = Report(form, report.unit, post.role, report.period)
    narratives = {spec.id for spec in empty.form.narratives}
    allowed = set(empty.expected_cells)
    moved = replace(
        empty,
        cells={name: cell for name, cell in report.cells.items() if name in allowed},
        narratives={id: text for id, text in report.narratives.items() if id in narratives},
        tasks=tuple(task for task in report.tasks if task.id in empty.form.tasks),
        nominations=report.nominations if empty.form.nominations else (),
        explanations=report.explanations,
        as_of=report.as_of,
        estimate=report.estimate,
        revision=report.revision,
        supersedes=report.supersedes,
    )
    return with_news(work, moved)


def with_news(work: Work, report: Report) -> Report:
    """A draft with the items of its window, and the figures that follow from them."""
    return report.with_news(work.news.within(report.period)) if _follows_news(report) else report


def followed(work: Work, report: Report) -> Mapping[str, Cell]:
    """The cells of a draft that follow from the news ledger now."""
    items = work.news.within(report.period) if _follows_news(report) else ()
    return news_cells(report.form, report.period, items)


def typed(work: Work, report: Report) -> Report:
    """As a draft is kept: without the items, and without the figures that follow from them. Else those figures would
    stay when the items go, as if somebody had typed them."""
    derived = followed(work, report)
    cells = {name: beside(cell) if name in derived else cell for name, cell in report.cells.items()}
    return replace(report, news=(), cells={name: cell for name, cell in cells.items() if cell != BLANK})


def beside(cell: Cell) -> Cell:
    """What a person added to a figure that follows from the news: its note and its flag."""
    return Cell(note=cell.note, flagged=cell.flagged)


def context_of(
    work: Work, catalogue: Catalogue, report: Report, clock: Clock, units: OrgUnits | None = None
) -> Context:
    """Our earlier reports on the same form, and those where the same figures stand again; the plan's years, the machine's
    day, and, where the catalogue of units is at hand, what became of the unit."""
    related = {}
    for check in report.form.crosses:
        for year in report.form.counts[check.count].years or (report.period.year,):
            label = period_of(check, year)
            found = _where_known(work, catalogue, report, label)
            if found is not None and found.form.id == check.form:
                related[check.form, label] = found
    programme = catalogue.programme(report.form.programme, report.form.programme_version)
    until, heirs = _end_of(work, units, report.unit) if units else (None, "")
    earlier = tuple(_earlier(work, catalogue, report))
    waiting = refused_in(work, report_name(report))
    return Context(
        earlier,
        related,
        programme=programme,
        today=clock().date(),
        unit_until=until,
        heirs=heirs,
        own_tasks=_own_tasks(work, programme, report, units),
        refused=waiting,
    )


def _own_tasks(work: Work, programme: Programme, report: Report, units: OrgUnits | None) -> frozenset[str] | None:
    """Of an office that compiles: no office explains what others do."""
    if report.role is not Role.SUMMING or not report.form.tasks or units is None:
        return None
    office, on = work.office.get(), report.period.last
    known_units = units.with_units(work.units.all())
    below = answerers(programme, report.form, known_units, office.territory, report.period, compiler=office.unit)
    asked = [own_tasks(report.form, one.post) for one in below.asked]
    return left_to(report.form, office_post(programme, office, report.form, on), asked)


def _end_of(work: Work, units: OrgUnits, key: UnitKey) -> tuple[date | None, str]:
    """The last day of the unit, and the names of those that follow it."""
    unit = known(units, key)
    if unit is None:  # made by hand: nobody is known to follow it
        return next((made.valid_to for made in work.units.all() if made.key == key), None), ""
    after = units.successors(key) if unit.valid_to else ()
    return unit.valid_to, ", ".join(units.by_key(link.new_key).full_name for link in after)


def _must_be_near(programme: Programme, period: Period) -> None:
    """A draft may be begun for the plan's years, and for the one after: a new version may carry the plan on, and the draft
    is then moved to it. Until that it cannot be sealed."""
    if not programme.covers(period) and not programme.first_year <= period.years[0] <= programme.last_year + 1:
        raise InputRefused(
            "PERIOD_OUTSIDE",
            f"“{programme.short_title}” dành cho các năm {programme.years_words}, không có {period.words}. Chọn kỳ khác, hoặc "
            "chương trình của giai đoạn ấy.",
            period.label,
        )


def _earlier(work: Work, catalogue: Catalogue, report: Report) -> Iterator[Report]:
    first = catalogue.programme(report.form.programme).first_year
    period = report.period
    for _ in range(MOST):
        period = period.previous()
        if period.years[0] < first:
            return
        found = _where_known(work, catalogue, report, period.label)
        if found is not None and not found.is_blank:
            yield found


def _where_known(work: Work, catalogue: Catalogue, report: Report, label: str) -> Report | None:
    try:
        return current(work, catalogue, report.form.programme, Period.parse(label, report.period.basis))
    except InputRefused:  # the programme has no form for that period
        return None


def _pack(catalogue: Catalogue, programme: str, version: int | None, period: Period) -> Programme:
    newest = catalogue.programme(programme)
    if version in (None, newest.version):
        return newest
    try:
        return catalogue.programme(programme, version)
    except InputRefused as error:
        message = (
            f"Báo cáo {period.words} lập theo phiên bản {version} của “{newest.short_title}” mà phần mềm này không có. "
            "Nhập tệp chương trình của phiên bản đó rồi mở lại."
        )
        raise InputRefused("PROGRAMME_UNKNOWN", message, f"{programme}.v{version}") from error


def _under(work: Work, programme: Programme, form: str, period: Period) -> Report:
    office = work.office.get()
    asked, post = _form(work, programme, form, period)
    stored = work.reports.get(key_of(asked, period), asked)
    if stored is None:
        stored = Report(asked, office.unit, post.role, period)
    return with_news(work, stored)


def _form(work: Work, programme: Programme, id: str, period: Period) -> tuple[Form, ProgrammeRole]:
    """As the office sees it that fills it for the period, and in which role."""
    form = programme.form(id)
    if form is None:
        message = f"“{programme.short_title}” không có biểu “{id}”. Nhập lại tệp chương trình rồi mở lại."
        raise InputRefused("FORM_UNKNOWN", message, id)
    post = office_post(programme, work.office.get(), form, period.last)
    return form_at(form, post), post


def _follows_news(report: Report) -> bool:
    if report.state is not ReportState.DRAFT or report.role is Role.SUMMING:
        return False
    return report.form.has_news or any(count.from_news for count in report.form.counts.values())


_TEXTS = "draft_texts:"  # a setting: by section its text as written and as sealed


def remember(work: Work, written: Report, sealed: Report) -> None:
    """Where fields were told, what was written instead of what was sealed."""
    texts = {
        id: (text, sealed.narratives[id]) for id, text in written.narratives.items() if text != sealed.narratives[id]
    }
    work.office.set(_name(written), json.dumps(texts, ensure_ascii=False) if texts else None)


def as_written(work: Work, report: Report) -> Report:
    """With the fields of the sections that still stand as they were sealed."""
    kept = work.office.setting(_name(report))
    if kept is None:
        return report
    texts: dict[str, tuple[str, str]] = json.loads(kept)
    back = {id: text for id, (text, sealed) in texts.items() if report.narratives.get(id) == sealed}
    return replace(report, narratives={**report.narratives, **back})


def _name(report: Report) -> str:
    return _TEXTS + "/".join(report_key(report))
