"""A period without a list: only totals are typed, into the very cells of the report that items would be counted into.

Items and totals are never both: where the ledger has items the report's figures follow from them. No Qt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from forms.all_services import Services
from forms.checks import all_checks
from forms.errors import AppError
from forms.model.cell import BLANK, Cell
from forms.model.count import Count
from forms.model.location import Location
from forms.model.news_counting import news_windows
from forms.model.period import Period
from forms.model.report import Report, ReportState
from forms.services import reports_on_offer
from forms.services.refused_entries import RefusedHere
from forms.services.report_session import Entries, Push, ReportSession
from forms.summary.news_count import Standard, Standards
from ui.desktop.news.presenter import NewsCache, QuarterBoard, board
from ui.desktop.number_wording import cell_text, quantity_words, read_cell

_NO_LIST = "số tổng, không có danh mục"


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


@dataclass(frozen=True)
class TotalsPage:
    """`offer`: the words of the button that turns to totals or back, empty where there is no choice. `totals`: None while the list is
    shown."""

    offer: str
    totals: Totals | None = None
    boards: Sequence[QuarterBoard] = ()


class TotalsPresenter:
    """`problem(cell, words)`: why what was typed there was not taken; without words it was."""

    def __init__(
        self, show: Callable[[TotalsPage], None], problem: Callable[[str, str], None], desk: Services, push: Push
    ) -> None:
        self._show_page, self._problem, self._desk, self._push = show, problem, desk, push
        self._standards = Standards(())
        self._chosen: set[Location] = set()  # reports of which somebody wants totals, none being typed yet
        self._session: ReportSession | None = None

    @property
    def is_on(self) -> bool:
        return self._session is not None and (self._session.place in self._chosen or self.has_typed)

    @property
    def has_typed(self) -> bool:
        """Something stands in a total, or waits there to be put right."""
        if self._session is None:
            return False
        report, waiting = self._session.report, self._session.refused
        return any(report.cell(name) != BLANK or name in waiting for name in _cells(report))

    def show(self, period: Period, reports: Sequence[Report], book: NewsCache) -> None:
        """After every visit, choice of a period or change of the list: the one report that totals could go into."""
        self._standards = book.standards
        around = [one for one in reports if one.period.first <= period.first and period.last <= one.period.last]
        self._session = None
        if len(around) == 1 and _is_without_list(around[0], book):
            self._session = self._desk.session(Location(around[0].form.programme, around[0].period))
        self._show()

    def turn(self) -> None:
        """To totals, or back to the list: what was typed as totals is then taken out."""
        session = self._session
        if session is None:
            return
        if not self.is_on:
            self._chosen.add(session.place)
        else:
            self._chosen.discard(session.place)
            if self.has_typed:
                cells = _cells(session.report)
                session.answer(*cells)
                self._change("bỏ số tổng", [(cell, BLANK) for cell in cells])
        self._show()

    def put(self, name: str, text: str) -> bool:
        """What was typed into a place; False when it was refused, and that has been said."""
        session = self._session
        assert session is not None
        try:
            new, echo = read_cell(text, session.report.cell(name), whole=session.is_whole(name))
        except AppError as error:
            session.refuse(name, session.label(name), text, error.message)
            self._show()
            self._problem(name, f"{error.message} Chưa cất ô này.")
            return False
        done = self._change("nhập số tổng", [(name, new)])
        if done:
            if session.answer(name):
                self._show()
            self._problem("", echo)
        return done

    def place(self) -> str:
        """Where the whole report is filled."""
        return str(self._session.place) if self._session else ""

    def _change(self, words: str, new: Sequence[tuple[str, Cell]]) -> bool:
        assert self._session is not None
        edit = self._session.edit(words, Entries(tuple(new)))
        return edit is None or self._push(
            words, partial(self._take, edit.place, edit.new), partial(self._take, edit.place, edit.old)
        )

    def _take(self, place: Location, side: Entries) -> bool:
        mine = self._session if self._session is not None and self._session.place == place else None
        session = mine or self._desk.session(place)
        if not session.take(side):
            self._problem(side.cells[0][0], session.why_refused)
            return False
        if mine:
            self._chosen |= {place} if any(cell != BLANK for _, cell in side.cells) else set()
            self._show()
        return True

    def _show(self) -> None:
        session, on = self._session, self.is_on
        offer = "" if session is None else "Ghi từng tin, bài" if on else "Chỉ ghi số tổng"
        if session is None or not on:
            self._show_page(TotalsPage(offer))
        else:
            boards = _boards(session.report, self._standards)
            self._show_page(TotalsPage(offer, _totals(session.report, session.waiting), boards))


def _is_without_list(report: Report, book: NewsCache) -> bool:
    """It is open, and the ledger has no item of its days."""
    return report.state is ReportState.DRAFT and bool(_counts(report)) and not book.items(report.period)


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
