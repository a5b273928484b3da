"""What the units below wrote beside their figures: read out of the packages that stand for their reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forms.errors import AppError
from forms.exchange.on_behalf import as_package
from forms.exchange.statements import Head
from forms.model.org_unit import UnitKey
from forms.model.report import Report
from forms.model.task import Nomination, Task
from forms.ports import Codec, Work
from forms.programmes.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a unit told beside its figures and texts. `reasons`: of each warning of its checks, by the check."""

    tasks: tuple[Task, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


class ReceivedReports:
    """Of packages that were verified when they came in; they are read again, not trusted anew. A package is named by its
    digest and never changes: what it told is read once as long as the ledger is open."""

    def __init__(self, catalogue: Catalogue, codec: Codec) -> None:
        self._catalogue, self._codec = catalogue, codec
        self._told: dict[str, UnitWords] = {}

    def report(self, work: Work, head: Head) -> Report | None:
        """What the package says, under the version that it was sealed under; None where it can no longer be read:
        `verify --ledger` tells of it."""
        if head.is_on_behalf:
            return self._entered(work, head)
        try:
            opened = self._codec.read(work.received.raw(head.digest) or b"", None)
            form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
            return self._codec.report(opened, form) if form else None
        except AppError:
            return None

    def _entered(self, work: Work, head: Head) -> Report | None:
        kept = work.on_behalf.get(head.digest)
        entry = kept.entry if kept else None
        form = entry and self._catalogue.find_form(entry.key.programme, entry.programme_version, entry.key.form)
        return self._codec.report(as_package(entry.unit, entry.key, entry.payload), form) if entry and form else None

    def told(self, work: Work, heads: Iterable[Head]) -> dict[UnitKey, UnitWords]:
        """By unit what it told."""
        return {head.unit: told for head in heads if (told := self._of(work, head))}

    def _of(self, work: Work, head: Head) -> UnitWords | None:
        if head.digest not in self._told:
            report = self.report(work, head)
            if report is None:
                return None
            self._told[head.digest] = UnitWords(report.tasks, report.nominations, dict(report.explanations))
        return self._told[head.digest]
