"""Filling a report: open, type, explain, import, open a correction. Each verb is one transaction and is journalled.

What can be carried forward by choice: the same figure in another of our forms, else that of the period before. It is marked
until somebody confirms it, and blocks sealing until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from forms.checks.context import Context
from forms.checks.rules import same_figure
from forms.errors import InputRefused, ReportStateError, StorageError
from forms.exchange.statements import ReportKey
from forms.model.cell import MAX_NOTE, Cell, CellState
from forms.model.count import Role
from forms.model.news_counting import news_cells
from forms.model.period import Period
from forms.model.report import ImportedReport, Report, ReportState
from forms.model.task import Nomination, Task
from forms.model.text import clean
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Clock, Work
from forms.programmes.catalogue import Catalogue
from forms.services.drafts import (
    as_written,
    beside,
    context_of,
    current,
    followed,
    report_key,
    typed,
    under_newest,
    with_news,
)
from forms.services.import_report import as_kept, filled_in, narrative, nomination, ready, replace_news, task_as_kept
from forms.services.refused_entries import forget_refused, report_name


class Entry:
    """The draft reports of our own unit."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, clock: Clock, units: OrgUnits | None = None) -> None:
        self._begin, self._catalogue, self._clock, self._units = begin, catalogue, clock, units

    def open(self, programme: str, period: Period) -> Report:
        """The current report for the period: as sealed, as left, or empty. Writes nothing."""
        with self._begin() as work:
            return current(work, self._catalogue, programme, period)

    def begun(self) -> tuple[ReportKey, ...]:
        """The reports of which something is stored, whatever became of them."""
        with self._begin() as work:
            return work.reports.keys()

    def context(self, report: Report) -> Context:
        """What the checks compare the report with; read once, when it is opened."""
        with self._begin() as work:
            return context_of(work, self._catalogue, report, self._clock, self._units)

    def read(self, programme: str, period: Period) -> tuple[Report, Context, tuple[Report, ...], frozenset[str]]:
        """The report with all that is read beside it, at once: what the checks compare it with, the earlier reports whose words
        may be taken over (the one of the period before also where it holds no figure), and the cells that follow the news ledger,
        which has items for them. Raises as `open`."""
        with self._begin() as work:
            work.read_ahead(programme)
            report = current(work, self._catalogue, programme, period)
            context = context_of(work, self._catalogue, report, self._clock, self._units)
            last = self._just_before(work, report)
            items = () if report.role is Role.SUMMING or not _from_news(report) else work.news.within(period)
        return report, context, (*last, *context.earlier), frozenset(news_cells(report.form, period, items))

    def _just_before(self, work: Work, report: Report) -> tuple[Report, ...]:
        before, programme = report.period.previous(), report.form.programme
        version = self._catalogue.programme(programme, report.form.programme_version)
        if before.years[0] < version.first_year:
            return ()
        try:
            found = current(work, self._catalogue, programme, before)
        except InputRefused:  # no form for that period
            return ()
        return (found,) if found.form.id == report.form.id else ()

    def put_cell(self, report: Report, name: str, cell: Cell) -> Report:
        """One typed cell, stored before this returns. Raises as Report.with_cell does."""
        return self.put_cells(report, ((name, cell),))

    def put_cells(self, report: Report, cells: Iterable[tuple[str, Cell]]) -> Report:
        """Several cells at once, as a pasted block brings them: all or none."""
        changed, lines = report, []
        for name, cell in cells:
            kept = as_kept(name, cell)
            lines.append((name, changed.cell(name), kept))
            changed = changed.with_cell(name, kept)
        if not lines:
            return report
        key = "/".join(report_key(report))
        with self._begin() as work:
            from_news = any(report.form.count_of_cell[name].from_news for name, _, _ in lines)
            derived = followed(work, report) if from_news else {}
            try:
                work.reports.put_cells(
                    report, [(name, beside(new) if name in derived else new) for name, _, new in lines]
                )
            except StorageError as error:
                if error.code == "REPORT_NOT_OPEN":
                    self._kept(work, report)  # which says why it is not
                raise
            for name, old, new in lines:
                detail = {"report": key, "cell": name, "old": str(old.quantity), "new": str(new.quantity)}
                work.journal.append("cell", detail)
            return with_news(work, changed) if derived else changed

    def put_narrative(self, report: Report, id: str, text: str) -> Report:
        cleaned = narrative(report.form, id, text)
        return self._put(report, lambda now: now.with_narrative(id, cleaned), "narrative", id)

    def put_task(self, report: Report, task: Task) -> Report:
        """Raises InputRefused TASK_UNKNOWN, TASK_PERCENT and those of text.clean."""
        kept = task_as_kept(task)
        return self._put(report, lambda now: now.with_task(kept), "task", task.id)

    def put_nominations(self, report: Report, nominations: Iterable[Nomination]) -> Report:
        """The whole list, in its order. Raises InputRefused NAME_MISSING, NOMINATION_NOT_HERE."""
        kept = [nomination(one) for one in nominations]
        return self._put(report, lambda now: now.with_nominations(kept), "nominations", str(len(kept)))

    def explain(self, report: Report, check: str, reason: str) -> Report:
        """The reason given for a warning; empty takes it back."""
        cleaned = clean(reason, limit=MAX_NOTE, multiline=True, where=check)
        return self._put(report, lambda now: now.explained(check, cleaned), "explain", check)

    def date(self, report: Report, as_of: date | None, estimate: bool) -> Report:
        """ "Số liệu tính đến ngày …", and whether the figures are an estimate of the whole period."""
        return self._put(report, lambda now: replace(now, as_of=as_of, estimate=estimate), "as_of", f"{as_of or ''}")

    def take(self, filled: ImportedReport, *, correct: bool = False) -> Report:
        """An import: replaces the draft whole, or refuses and changes nothing. `correct`: of a sealed report, opens
        the next revision and fills that."""
        with self._begin() as work:
            start = current(work, self._catalogue, filled.programme, filled.period)
            content = ready(filled, start.form)
            if correct and start.state is not ReportState.DRAFT:
                start = _next_revision(work, start)
            report = filled_in(work, start, content)
            replace_news(work, self._catalogue, report, content)
            work.reports.put(typed(work, report))
            forget_refused(work, report_name(report))  # a whole report was given in its place
            key = "/".join(report_key(report))
            work.journal.append("import", {"report": key, "cells": len(content.cells), "news": len(content.news)})
            return current(work, self._catalogue, filled.programme, filled.period)

    def reopen(self, programme: str, period: Period) -> Report:
        """A draft of the next revision of a sealed report. Raises ReportStateError."""
        with self._begin() as work:
            _next_revision(work, current(work, self._catalogue, programme, period))
            return current(work, self._catalogue, programme, period)

    def renew(self, report: Report) -> tuple[Report, tuple[str, ...]]:
        """The draft under the newest version of its form, not stored yet, and what it would lose: cells, and places of
        texts, tasks and proposals (`text:…`, `task:…`, `nomination:…`). Raises InputRefused PERIOD_UNKNOWN, FORM_UNKNOWN."""
        with self._begin() as work:
            moved = under_newest(work, self._catalogue, self._stored(work, report))
        return moved, _lost(report, moved)

    def renewed(self, report: Report) -> Report:
        """Moved for good: from now on it is filled under the newest version. Raises as `renew`, ReportStateError."""
        with self._begin() as work:
            now = self._stored(work, report)
            moved = under_newest(work, self._catalogue, now)
            work.reports.put(typed(work, moved))
            detail = f"v{moved.form.programme_version}, {len(_lost(now, moved))}"
            work.journal.append("renew", {"report": "/".join(report_key(report)), "what": detail})
        return moved

    def _put(self, report: Report, change: Callable[[Report], Report], kind: str, detail: str) -> Report:
        """Changes what stands in the ledger, not what a screen remembers: another page may have typed since."""
        with self._begin() as work:
            changed = change(self._stored(work, report))
            work.reports.put(typed(work, changed))
            work.journal.append(kind, {"report": "/".join(report_key(report)), "what": detail})
            return with_news(work, changed)

    def _stored(self, work: Work, report: Report) -> Report:
        """The draft as the ledger has it; the one given where it has none. Raises ReportStateError."""
        kept = self._kept(work, report)
        if kept is None:
            report.must_be_draft()
            return report
        return with_news(work, kept)

    def _kept(self, work: Work, report: Report) -> Report | None:
        """What is kept of a draft: without what follows from the news. Raises ReportStateError."""
        key = report_key(report)
        kept = work.reports.get(key, report.form)
        if kept is None:
            return None
        kept.must_be_draft()
        if work.reports.version(key) != report.form.programme_version:
            raise ReportStateError(
                "REPORT_MOVED",
                f"Báo cáo {report.period.words} đã chuyển sang phiên bản khác của chương trình. Mở lại trang rồi làm tiếp.",
                report.period.label,
            )
        return kept


def _from_news(report: Report) -> bool:
    return any(count.from_news for count in report.form.counts.values())


def _lost(old: Report, new: Report) -> tuple[str, ...]:
    texts = (f"text:{id}" for id in old.narratives if id not in new.narratives)
    tasks = (f"task:{task.id}" for task in old.tasks if task not in new.tasks)
    proposals = (f"nomination:{n}" for n, _ in enumerate(old.nominations, 1) if not new.nominations)
    return (*(name for name in old.cells if name not in new.cells), *texts, *tasks, *proposals)


def _next_revision(work: Work, report: Report) -> Report:
    """The sealed report as a draft that follows it, stored. Raises ReportStateError."""
    key = report_key(report)
    if report.state is ReportState.CHECKED:
        report.must_be_draft()
    last = work.sent.last(key)
    if last is None:
        raise ReportStateError(
            "NOT_SEALED",
            f"Báo cáo {report.period.words} chưa niêm phong nên không có gì để thay thế. Sửa thẳng vào bản đang nhập.",
        )
    draft = typed(work, as_written(work, report.reopened(last.digest)))
    work.reports.put(draft)
    work.journal.append("reopen", {"report": "/".join(key), "revision": draft.revision})
    return draft


def on_offer(report: Report, context: Context) -> Mapping[str, Cell]:
    """Each cell of ours with the figure that could be carried into it, marked as carried."""
    mine = set(report.expected_cells)
    found: dict[str, Cell] = {}
    if context.earlier:
        found |= {name: context.earlier[0].cell(name) for name in mine}
    for check in report.form.crosses:
        found |= dict(same_figure(report, check, context))
    known = (CellState.GIVEN, CellState.NONE, CellState.NOT_APPLICABLE)
    return {
        name: replace(cell.unmarked, note="", carried=True)
        for name, cell in found.items()
        if cell.state in known and name in mine
    }
