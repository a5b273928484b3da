"""A period without a list: only totals are typed, into the very cells of the report that items would be counted into.

Items and totals are never both: where the ledger has items the report's figures follow from them. No Qt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forms.all_services import Services
from forms.checks import all_checks
from forms.errors import AppError
from forms.model.cell import BLANK, Cell
from forms.model.count import Count
from forms.model.finding import Refused
from forms.model.news_counting import news_windows
from forms.model.period import Period
from forms.model.report import Report, ReportState
from forms.services import reports_on_offer
from forms.services.refused_entries import RefusedHere, report_name
from forms.summary.news_count import Standard, Standards
from ui.desktop.entry.cell_words import cell_text, read_cell
from ui.desktop.news.presenter import NewsAct, NewsCache, QuarterBoard, board
from ui.desktop.number_wording import quantity_words
from ui.desktop.shell import Location

_WORDS, _NO_LIST = "nhập số tổng", "số tổng, không có danh mục"


@dataclass(frozen=True, slots=True)
class TotalsPlace:
    """A place of the table: the `cell` that is typed, else words only."""

    text: str = ""
    cell: str = ""
    label: str = ""
    wrong: bool = False  # what stands here was typed and not taken


@dataclass(frozen=True)
class Totals:
    """Months across, counts down; the last column is the whole period. `wrong` are the findings of these cells."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[TotalsPlace, ...]], ...]
    wrong: tuple[str, ...]


class TotalsFace(Protocol):
    def show_offer(self, words: str) -> None:
        """The words of the button that turns to totals or back; empty where there is no choice."""

    def show_totals(self, totals: Totals | None, boards: Sequence[QuarterBoard]) -> None:
        """None: the list is shown."""

    def show_total_problem(self, cell: str, words: str) -> None: ...


class TotalsPresenter:
    """`push` as that of NewsPresenter."""

    def __init__(self, face: TotalsFace, desk: Services, push: Callable[[NewsAct], bool]) -> None:
        self._face, self._desk, self._push = face, desk, push
        self._standards = Standards(())
        self._chosen: set[str] = set()  # reports of which somebody wants totals, none being typed yet
        self._report: Report | None = None
        self._waiting = RefusedHere(desk.refusals, "", {})

    @property
    def is_on(self) -> bool:
        report = self._report
        return report is not None and (str(_place(report)) in self._chosen or self.has_typed)

    @property
    def has_typed(self) -> bool:
        """Something stands in a total, or waits there to be put right."""
        report, waiting = self._report, self._waiting.all
        return report is not None and any(report.cell(name) != BLANK or name in waiting for name in _cells(report))

    def show(self, period: Period, reports: Sequence[Report], book: NewsCache) -> None:
        """After every visit, choice of a period or change of the list: the one report that totals could go into."""
        self._standards = book.standards
        around = [report for report in reports if _is_for(report, period)]
        self._report = None
        if len(around) == 1 and _is_without_list(around[0], book):
            self._report = self._desk.entry.open(around[0].form.programme, around[0].period)
            name = report_name(self._report)
            self._waiting = RefusedHere(self._desk.refusals, name, self._desk.refusals.of(name))
        self._show()

    def turn(self) -> None:
        """To totals, or back to the list: what was typed as totals is then taken out."""
        if self._report is None:
            return
        name = str(_place(self._report))
        if not self.is_on:
            self._chosen.add(name)
        else:
            self._chosen.discard(name)
            if self.has_typed:
                self._waiting.answer(_cells(self._report))
                self._change("bỏ số tổng", [(cell, BLANK) for cell in _cells(self._report)])
        self._show()

    def put(self, name: str, text: str) -> bool:
        """What was typed into a place; False when it was refused, and the face has said why."""
        assert self._report is not None
        old = self._report.cell(name)
        try:
            new, echo = read_cell(text, old, whole=not self._report.form.count_of_cell[name].decimals)
        except AppError as error:
            label = self._report.form.count_of_cell[name].label(name)
            self._waiting.keep(name, Refused(label, text, error.message))
            self._show()
            self._face.show_total_problem(name, f"{error.message} Chưa cất ô này.")
            return False
        done = new == old or self._change(_WORDS, [(name, new)])
        if done:
            if self._waiting.answer([name]):
                self._show()
            self._face.show_total_problem("", echo)
        return done

    def place(self) -> str:
        """Where the whole report is filled."""
        return str(_place(self._report)) if self._report else ""

    def _change(self, words: str, new: Sequence[tuple[str, Cell]]) -> bool:
        assert self._report is not None
        at = _place(self._report)
        old = [(name, self._report.cell(name)) for name, _ in new]
        return self._push(NewsAct(words, lambda: self._store(at, new), lambda: self._store(at, old)))

    def _store(self, at: Location, cells: Sequence[tuple[str, Cell]]) -> bool:
        entry = self._desk.entry
        try:
            report = entry.put_cells(entry.open(at.programme, at.period), cells)
        except AppError as error:
            self._face.show_total_problem(cells[0][0], error.message)
            return False
        if self._report is not None and _place(self._report) == at:
            self._report = report
            self._chosen |= {str(at)} if any(cell != BLANK for _, cell in cells) else set()
            self._waiting.answer([name for name, _ in cells])
            self._show()
        return True

    def _show(self) -> None:
        on = self.is_on
        self._face.show_offer("" if self._report is None else "Ghi từng tin, bài" if on else "Chỉ ghi số tổng")
        report = self._report if on else None
        self._face.show_totals(
            _totals(report, self._waiting) if report else None, _boards(report, self._standards) if report else ()
        )


def _is_without_list(report: Report, book: NewsCache) -> bool:
    """It is open, and the ledger has no item of its days."""
    return report.state is ReportState.DRAFT and bool(_counts(report)) and not book.items(report.period)


def _place(report: Report) -> Location:
    return Location(report.form.programme, report.period)


def _is_for(report: Report, period: Period) -> bool:
    """The period is the report's, or lies in it."""
    return report.period.first <= period.first and period.last <= report.period.last


def _counts(report: Report) -> list[Count]:
    return [count for count in report.form.counts.values() if count.from_news and report.role in count.filled_by]


def _cells(report: Report) -> list[str]:
    return [cell for count in _counts(report) for cell in count.cells]


def _totals(report: Report, waiting: RefusedHere) -> Totals:
    months = report.period.months() if any(count.by or count.month for count in _counts(report)) else ()
    mine = set(_cells(report))
    wrong = [
        found.message
        for found in all_checks.find(report)
        if mine.intersection(found.cells) and not found.says_blank and (found.blocks or found.level == "hint")
    ]
    return Totals(
        f"Số tổng của {report.period.words} ({report.period.window_words})",
        (*(f"Tháng {month.number}" for month in months), f"Cả {report.period.words.partition(' ')[0]}"),
        tuple((count.number, count.title, _spots(report, count, months, waiting)) for count in _counts(report)),
        tuple(wrong),
    )


def _spots(report: Report, count: Count, months: Sequence[Period], waiting: RefusedHere) -> tuple[TotalsPlace, ...]:
    """A count by months stands under each of them, one of a single month under that, any other under the whole."""
    windows = dict(zip(news_windows(count, report.period), count.cells, strict=True))
    under = [_typed(report, count, windows[month], waiting) if month in windows else TotalsPlace() for month in months]
    if count.by and months:
        return (*under, TotalsPlace(quantity_words(report.quantity(count.id))))
    return (
        *under,
        TotalsPlace() if any(spot.cell for spot in under) else _typed(report, count, count.cells[0], waiting),
    )


def _typed(report: Report, count: Count, cell: str, waiting: RefusedHere) -> TotalsPlace:
    refused = waiting.text(cell)
    text = cell_text(report.cell(cell)) if refused is None else refused
    return TotalsPlace(text, cell, reports_on_offer.capitalised(count.label(cell)), wrong=refused is not None)


def _boards(report: Report, standards: Standards) -> list[QuarterBoard]:
    """The counter over what was typed. Totals have no days, so there is no other basis to show."""
    mine = [one for one in standards.all if any(p.id == report.form.programme for p in one.programmes)]
    made = [board(one, report.period, _months(report, one), _NO_LIST) for one in mine]
    return [replace(one, heads=(), lines=()) for one in made]


def _months(report: Report, standard: Standard) -> Counter[Period]:
    """What was typed by month; a total of the whole period stands in its first month."""
    counts = _counts(report)
    whole = [count for count in counts if count.from_news == "counted"]
    found = Counter[Period]()
    for count in whole or [count for count in counts if count.from_news in standard.rule.counted_kinds]:
        for window, cell in zip(news_windows(count, report.period), count.cells, strict=True):
            found[window.months()[0]] += int(report.cell(cell).amount or 0)
    return found
