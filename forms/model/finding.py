"""What a check says of a report, and what was typed and not taken: that waits for an answer, and until then is an error."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forms.model.report import Report

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


@dataclass(frozen=True, slots=True)
class Refused:
    """`label`: what it was typed into, in words; `text` as it was typed; `why` it was not taken. `data` is what a screen
    needs to show it again where the text alone is not enough."""

    label: str
    text: str
    why: str
    data: str = ""
