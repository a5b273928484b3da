"""What a check says, and what it may look at besides the report itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from forms.figures import Figures
from forms.programme import Programme
from forms.report import Report

REQUIRED = "required:"  # and what has to be filled


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. `check` is stable, so that the reason given for it can follow, also next year.

    `error` blocks sealing; `warning` needs a reason, which travels with the package; `hint` only shows. `spot` is where
    it is put right when that is no cell: `task:t-1`, `text:results_1`, `nomination:2`.
    """

    level: str
    check: str
    message: str
    cells: tuple[str, ...] = ()
    explained: bool = False
    spot: str = ""

    @property
    def blocks(self) -> bool:
        """It keeps the report from being sealed."""
        return self.level == "error" or (self.level == "warning" and not self.explained)

    @property
    def says_blank(self) -> bool:
        """It only says that something is not filled yet: unfinished rather than wrong."""
        return self.check.startswith(REQUIRED)

    @property
    def place(self) -> str:
        """Where to go to put it right; empty where it is about the whole."""
        return self.spot or next(iter(self.cells), "")

    def marked(self, report: Report) -> Finding:
        """With whether the report gives a reason for it."""
        return replace(self, explained=True) if self.check in report.explanations else self


@dataclass(frozen=True)
class Context:
    """Our other reports: the same form's for earlier periods, the newest first, and those of other forms by (form,
    period label). `figures` are what an office that sums up may write of. `programme` is that of
    the report, `today` is the machine's day, `unit_until` the unit's last day, with the names of those that follow it in `heirs`:
    None where that is not known."""

    earlier: tuple[Report, ...] = ()
    related: Mapping[tuple[str, str], Report] = field(default_factory=dict)
    figures: Figures | None = None
    programme: Programme | None = None
    today: date | None = None
    unit_until: date | None = None
    heirs: str = ""


ALONE = Context()
