"""What the units below wrote beside their figures: read out of the packages that stand for their reports.

What the units below wrote in the sections of one form, as their packages say: heads keep cells only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from forms.errors import AppError
from forms.exchange.statements import Head
from forms.model.form import Form
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Task
from forms.ports import BeginWork, Codec, Work
from forms.programmes.catalogue import Catalogue
from forms.prose.unit_narratives import Compiled, compiled
from forms.services.summary import Summaries


class ReceivedReports:
    """Of packages that were verified when they came in; they are read again, not trusted anew. A package is named by its
    digest and never changes: what it told of tasks is read once as long as the ledger is open."""

    def __init__(self, catalogue: Catalogue, codec: Codec) -> None:
        self._catalogue, self._codec = catalogue, codec
        self._tasks: dict[str, tuple[Task, ...]] = {}

    def report(self, work: Work, head: Head) -> Report | None:
        """What the package says, under the version that it was sealed under; None where it can no longer be read:
        `verify --ledger` tells of it."""
        try:
            opened = self._codec.read(work.received.raw(head.digest) or b"", None)
            form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
            return self._codec.report(opened, form) if form else None
        except AppError:
            return None

    def tasks(self, work: Work, heads: Iterable[Head]) -> dict[UnitKey, tuple[Task, ...]]:
        """By unit the tasks that it told of."""
        told = ((head.unit, self._told(work, head)) for head in heads)
        return {unit: tasks for unit, tasks in told if tasks}

    def _told(self, work: Work, head: Head) -> tuple[Task, ...]:
        if head.digest not in self._tasks:
            report = self.report(work, head)
            if report is None:
                return ()
            self._tasks[head.digest] = report.tasks
        return self._tasks[head.digest]


Progress = Callable[[int, int], None]  # (done, total); may raise Cancelled


@dataclass(frozen=True)
class Gathered:
    """The sections of the form, each with what all units wrote there, by the section's id. `unread` are the units whose
    package this program cannot read."""

    form: Form
    sections: Mapping[str, Compiled]
    unread: tuple[str, ...] = ()


class Gathering:
    """Reads; changes nothing."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, summaries: Summaries, codec: Codec) -> None:
        self._begin, self._summaries, self._received = begin, summaries, ReceivedReports(catalogue, codec)

    def gather(self, programme: str, period: Period, progress: Progress = lambda _done, _total: None) -> Gathered:
        """Of every unit that has sent its report, in the order of the roll call."""
        status = self._summaries.status(programme, period)
        written: list[tuple[str, Mapping[str, str]]] = []
        unread: list[str] = []
        with self._begin() as work:
            for done, unit in enumerate(status.received):
                progress(done, len(status.received))
                report = self._received.report(work, status.heads[unit.key])
                if report is None:
                    unread.append(unit.full_name)
                else:
                    written.append((unit.full_name, report.narratives))
        progress(len(status.received), len(status.received))
        sections = {
            spec.id: compiled((name, texts.get(spec.id, "")) for name, texts in written)
            for spec in status.form.narratives
        }
        return Gathered(status.form, sections, tuple(unread))
