"""What the units below wrote beside their figures: read out of the packages that stand for their reports."""

from __future__ import annotations

from collections.abc import Mapping

from forms.catalogue import Catalogue
from forms.errors import AppError
from forms.exchange import Head
from forms.org_unit import UnitKey
from forms.ports import Codec, Work
from forms.report import Report
from forms.task import Task


class ReceivedReports:
    """Of packages that were verified when they came in; they are read again, not trusted anew."""

    def __init__(self, catalogue: Catalogue, codec: Codec) -> None:
        self._catalogue, self._codec = catalogue, codec

    def report(self, work: Work, head: Head) -> Report | None:
        """What the package says, under the version that it was sealed under; None where it can no longer be read:
        `verify --ledger` tells of it."""
        try:
            opened = self._codec.read(work.received.raw(head.digest) or b"", None)
            form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
            return self._codec.report(opened, form) if form else None
        except AppError:
            return None

    def tasks(self, work: Work, heads: Mapping[UnitKey, Head]) -> dict[UnitKey, tuple[Task, ...]]:
        """By unit the tasks that it told of."""
        read = ((unit, self.report(work, head)) for unit, head in heads.items())
        return {unit: report.tasks for unit, report in read if report is not None and report.tasks}
