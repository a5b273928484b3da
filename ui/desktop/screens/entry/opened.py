"""One report on the screen, with what is judged, found and marked of it. Figures are replaced, the rest stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from forms import findings
from forms.cell import CellState
from forms.checks.finding import Finding
from forms.count import Role
from forms.report import Report, ReportState, news_cells
from forms.services.desk import Desk
from forms.spec import Section
from ui.desktop.place import Place
from ui.desktop.screens.entry.table.judge import Judge, Results
from ui.desktop.screens.entry.table.layout import Layout, lay_out, sections_for
from ui.desktop.screens.entry.table.shown import Earlier, Figures
from ui.desktop.screens.entry.table.words import short_period

BESIDE = 2  # earlier periods beside this one


class Opened:
    """Reads the ledger once, when it is made."""

    def __init__(self, desk: Desk, place: Place) -> None:
        self.place = Place(place.programme, place.period)
        self.report = desk.entry.open(place.programme, place.period)
        self.context = desk.entry.context(self.report)
        self.programme = desk.catalogue.programme(place.programme)
        self.sections: tuple[Section, ...] = sections_for(self.report.form, self.report.role)
        self.locked = self._from_news(desk)
        self.refused: dict[str, str] = {}
        self._desk, self._judge = desk, Judge(desk, self.report)
        self._judged: dict[str, Earlier] = {}
        self._layouts: dict[int, Layout] = {}
        self.results: Results = self._judge.of(self.report)
        self.found: tuple[Finding, ...] = ()
        self.marks: Mapping[str, str] = {}
        self._check()

    @property
    def is_draft(self) -> bool:
        return self.report.state is ReportState.DRAFT

    @cached_property
    def earlier(self) -> tuple[Earlier, ...]:
        """Those that stand beside this one, the newest first."""
        return tuple(self.with_results(report) for report in self.context.earlier[:BESIDE])

    @property
    def open_cells(self) -> tuple[str, ...]:
        """The cells that are typed, in printed order."""
        return tuple(name for name in self.report.expected_cells if name not in self.locked)

    @property
    def blank(self) -> tuple[str, ...]:
        return tuple(name for name in self.open_cells if self.report.cell(name).state is CellState.BLANK)

    def with_results(self, report: Report) -> Earlier:
        """One of the earlier reports, judged once."""
        label = report.period.label
        if label not in self._judged:
            self._judged[label] = Earlier(report, Judge(self._desk, report).of(report))
        return self._judged[label]

    def now(self, report: Report, cells: Collection[str] | None = None) -> None:
        """The report after an act. `cells`: those that changed; None for anything."""
        self.report = report
        self.results = self._judge.of(report) if cells is None else self._judge.again(self.results, report, cells)
        self._check()

    def trial(self, report: Report, cell: str) -> Figures:
        """What would be shown if the report were so; nothing is kept."""
        return self._figures(report, self._judge.again(self.results, report, (cell,)))

    @property
    def figures(self) -> Figures:
        return self._figures(self.report, self.results)

    def layout(self, section: int) -> Layout:
        """The table of one section; always the same one."""
        if section not in self._layouts:
            before = [short_period(one.report.period) for one in self.earlier]
            now = short_period(self.report.period)
            self._layouts[section] = lay_out(self.sections[section], self.report.role, now, before)
        return self._layouts[section]

    def section_of(self, cell: str) -> int | None:
        """The number of the section in which it stands."""
        count = self.report.form.count_of_cell.get(cell)
        found = (number for number, section in enumerate(self.sections) if count in section.counts)
        return next(found, None) if count else None

    def label(self, cell: str) -> str:
        return self.report.form.count_of_cell[cell].label(cell)

    def is_whole(self, cell: str) -> bool:
        return not self.report.form.count_of_cell[cell].decimals

    def _figures(self, report: Report, results: Results) -> Figures:
        return Figures(report, results, self.earlier, self.refused, self.marks, self.locked)

    def _check(self) -> None:
        self.found = findings.find(self.report, self.context)
        blocking = [one for one in self.found if one.blocks and not one.says_blank and not _is_carried(one)]
        self.marks = {cell: one.level for one in reversed(blocking) for cell in one.cells}

    def _from_news(self, desk: Desk) -> frozenset[str]:
        """The cells that follow the news ledger, which has items for them."""
        form, period = self.report.form, self.report.period
        if self.report.role is Role.SUMMING or not any(count.from_news for count in form.counts.values()):
            return frozenset()
        return frozenset(news_cells(form, period, desk.news.list(period)))


def _is_carried(finding: Finding) -> bool:
    """It has a look of its own in the grid."""
    return finding.check.startswith("carried:")
