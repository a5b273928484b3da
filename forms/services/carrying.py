"""Carrying figures forward by choice: from the same figure in another of our forms, else from the period before.

What was carried is marked until somebody confirms it, and blocks sealing until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from forms.cell import Cell, CellState
from forms.checks.finding import Context
from forms.checks.rules import same_figure
from forms.report import Report
from forms.services.entry import Entry


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


class Carrying:
    """Both verbs change cells as typing does: stored at once, and to be undone the same way."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def carry(self, report: Report, context: Context, names: Iterable[str]) -> Report:
        """Into those of the cells that are blank and for which there is something."""
        offered = on_offer(report, context)
        blank = [name for name in names if report.cell(name).state is CellState.BLANK and name in offered]
        carried = [(name, replace(offered[name], note=report.cell(name).note)) for name in blank]
        return self._entry.put_cells(report, carried)

    def confirm(self, report: Report, names: Iterable[str]) -> Report:
        """They were looked at and are right."""
        mine = [(name, report.cell(name)) for name in names]
        return self._entry.put_cells(
            report, [(name, replace(cell, carried=False)) for name, cell in mine if cell.carried]
        )


def flagged(cell: Cell) -> Cell:
    """The cell with its mark to be looked at again set, or taken away."""
    return replace(cell, flagged=not cell.flagged)
