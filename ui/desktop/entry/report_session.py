"""One report on the screen, with what is judged, found and marked of it. Figures are replaced, the rest stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from forms.all_services import Services
from forms.checks import all_checks
from forms.model.cell import CellState
from forms.model.count import Role
from forms.model.finding import Finding, Refused
from forms.model.form import Section
from forms.model.news_counting import news_cells
from forms.model.report import Report, ReportState
from forms.services.refused_entries import report_name
from ui.desktop.entry.cell_words import IndicatorCache, Results, short_period
from ui.desktop.entry.grid_layout import EarlierReport, GridLayout, ReportFigures, lay_out, sections_for
from ui.desktop.refused_entries import RefusedHere
from ui.desktop.shell import Location

BESIDE = 2  # earlier periods beside this one


class OpenEntry:
    """Reads the ledger once, when it is made."""

    def __init__(self, desk: Services, place: Location) -> None:
        self.place = Location(place.programme, place.period)
        self.report = desk.entry.open(place.programme, place.period)
        self.context = desk.entry.context(self.report)
        self.programme = desk.catalogue.programme(place.programme)
        self.sections: tuple[Section, ...] = sections_for(self.report.form, self.report.role)
        self.locked = self._from_news(desk)
        self.waiting = RefusedHere(desk.refusals, report_name(self.report), self.context.refused)
        self._desk, self._judge = desk, IndicatorCache(desk, self.report)
        self._judged: dict[str, EarlierReport] = {}
        self._layouts: dict[int, GridLayout] = {}
        self.results: Results = self._judge.of(self.report)
        self.found: tuple[Finding, ...] = ()
        self.marks: Mapping[str, str] = {}
        self._check()

    @property
    def refused(self) -> dict[str, str]:
        """What was typed and not taken, by where it was typed: a cell by its name."""
        return {where: one.text for where, one in self.waiting.all.items()}

    def refuse(self, where: str, refused: Refused) -> None:
        """It waits for an answer, and is an error of the report until then."""
        self.waiting.keep(where, refused)
        self._check()

    def answer(self, where: Iterable[str]) -> None:
        if self.waiting.answer(where):
            self._check()

    @property
    def is_draft(self) -> bool:
        return self.report.state is ReportState.DRAFT

    @cached_property
    def earlier(self) -> tuple[EarlierReport, ...]:
        """Those that stand beside this one, the newest first."""
        return tuple(self.with_results(report) for report in self.context.earlier[:BESIDE])

    @property
    def open_cells(self) -> tuple[str, ...]:
        """The cells that are typed, in printed order."""
        return tuple(name for name in self.report.expected_cells if name not in self.locked)

    @property
    def blank(self) -> tuple[str, ...]:
        return tuple(name for name in self.open_cells if self.report.cell(name).state is CellState.BLANK)

    def with_results(self, report: Report) -> EarlierReport:
        """One of the earlier reports, judged once."""
        label = report.period.label
        if label not in self._judged:
            self._judged[label] = EarlierReport(report, IndicatorCache(self._desk, report).of(report))
        return self._judged[label]

    def now(self, report: Report, cells: Collection[str] | None = None) -> None:
        """The report after an act. `cells`: those that changed; None for anything."""
        self.report = report
        self.results = self._judge.of(report) if cells is None else self._judge.again(self.results, report, cells)
        self._check()

    def trial(self, report: Report, cell: str) -> ReportFigures:
        """What would be shown if the report were so; nothing is kept."""
        return self._figures(report, self._judge.again(self.results, report, (cell,)))

    @property
    def figures(self) -> ReportFigures:
        return self._figures(self.report, self.results)

    def layout(self, section: int) -> GridLayout:
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

    def _figures(self, report: Report, results: Results) -> ReportFigures:
        return ReportFigures(report, results, self.earlier, self.refused, self.marks, self.locked)

    def _check(self) -> None:
        self.found = all_checks.find(self.report, replace(self.context, refused=self.waiting.all))
        blocking = [one for one in self.found if one.blocks and not one.says_blank and not _is_carried(one)]
        self.marks = {cell: one.level for one in reversed(blocking) for cell in one.cells}

    def _from_news(self, desk: Services) -> frozenset[str]:
        """The cells that follow the news ledger, which has items for them."""
        form, period = self.report.form, self.report.period
        if self.report.role is Role.SUMMING or not any(count.from_news for count in form.counts.values()):
            return frozenset()
        return frozenset(news_cells(form, period, desk.news.list(period)))


def _is_carried(finding: Finding) -> bool:
    """It has a look of its own in the grid."""
    return finding.check.startswith("carried:")
