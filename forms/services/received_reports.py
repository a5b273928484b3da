"""What the units below wrote beside their figures: read out of the packages that stand for their reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.catalogue import Catalogue
from forms.errors import PackageRefused
from forms.exchange import Head
from forms.org_unit import UnitKey
from forms.ports import Codec, Work
from forms.report import Report
from forms.task import Task


class ReceivedReports:
    """Of packages that were verified when they came in; they are read again, not trusted anew."""

    def __init__(self, catalogue: Catalogue, codec: Codec) -> None:
        self._catalogue, self._codec = catalogue, codec

    def tasks(self, work: Work, heads: Mapping[UnitKey, Head]) -> dict[UnitKey, tuple[Task, ...]]:
        """By unit the tasks that it told of."""
        return {unit: report.tasks for unit, report in self.read(work, heads) if report.tasks}

    def read(self, work: Work, heads: Mapping[UnitKey, Head]) -> Iterator[tuple[UnitKey, Report]]:
        """One after the other; a package that can no longer be read is left out: `verify --ledger` tells of it."""
        for unit, head in heads.items():
            try:
                opened = self._codec.read(work.received.raw(head.digest) or b"", None)
                form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
                if form is not None:
                    yield unit, self._codec.report(opened, form)
            except PackageRefused:
                continue
