"""Decides which items the news ledger shows and how they are counted. Every change is one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from forms.errors import AppError, InputRefused
from forms.news import NewsItem, merged, repeated
from forms.news_count import Standard, Standards
from forms.news_search import Wanted
from forms.periods import Period, PeriodKind, containing
from forms.program import Program
from forms.report import Report, ReportState
from forms.services.desk import Desk
from ui.desktop import calendar
from ui.desktop.place import Place
from ui.desktop.screens.news.board import Board, board
from ui.desktop.screens.news.book import Act, Book, Step
from ui.desktop.screens.news.refused_lines import RefusedLines
from ui.desktop.screens.news.reports import closed_words, reports_within
from ui.desktop.screens.news.rows import Row, called

_TYPED = "tính cả tin đang gõ"


class NewsFace(Protocol):
    def show_period(self, years: Sequence[int], period: Period) -> None: ...
    def show_rows(self, rows: Sequence[Row], of: int, stand_on: str) -> None:
        """The list; `stand_on` is the id of the row to stand on, empty for where one was."""

    def show_boards(self, boards: Sequence[Board]) -> None: ...
    def show_closed(self, words: str, can_reopen: bool, all_days: bool) -> None:
        """Days that a sealed report closes; empty where there are none. `all_days`: nothing of the period is open."""

    def show_reports(self, places: Sequence[Place]) -> None:
        """The reports that are made of just what is shown; none of a period that is only looked at."""

    def refuse(self, words: str) -> None: ...
    def said(self, words: str) -> None:
        """Something was kept."""


class NewsPresenter:
    """`push` puts an act on the window's undo stack, which does it at once, and says whether it was done."""

    def __init__(self, face: NewsFace, desk: Desk, program: Program, push: Callable[[Act], bool]) -> None:
        self._face, self._desk, self._program, self._push = face, desk, program, push
        self._wanted = Wanted()
        self.reports: tuple[Report, ...] = ()
        self._read_programmes()
        self.book = Book(desk.news, self.standards)
        self.period = self._usual()
        self.refused_lines = RefusedLines(desk.refusals, lambda: self.reports)
        desk.news.sweep()

    def start(self, place: str) -> None:
        """At every visit: what the ledger and the followed programmes are by now."""
        self._read_programmes()
        self.book = Book(self._desk.news, self.standards)
        self.choose(_period(place) or self.period)

    def choose(self, period: Period) -> None:
        self.period = period
        self._face.show_period(self._years(), period)
        self.book.open(period)
        self.refresh()

    def turn(self, by: int) -> None:
        """To the next or the previous period of the same kind."""
        to = (
            containing(self.period.last, self.period.kind, self.period.basis).previous()
            if by < 0
            else _next(self.period)
        )
        if self._years()[-1] <= to.year <= self._years()[0]:
            self.choose(to)

    def look_for(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._show_rows()

    def refresh(self, stand_on: str = "") -> None:
        self.reports = reports_within(self._desk, self.period)
        closed = [report for report in self.reports if report.state is not ReportState.DRAFT]
        all_days = any(r.period.first <= self.period.first and self.period.last <= r.period.last for r in closed)
        can_reopen = len(closed) == 1 and closed[0].state is not ReportState.CHECKED
        mine = [report for report in self.reports if report.period == self.period]
        self._face.show_reports([Place(report.form.programme, report.period) for report in mine])
        self._face.show_closed(" ".join(closed_words(report) for report in closed[:2]), can_reopen, all_days)
        self._show_rows(stand_on)
        self.count()

    def count(self, typed: NewsItem | None = None, old: NewsItem | None = None) -> None:
        """The counters, as they would be with what is being typed."""
        book, boards = self.book, []
        for one in self.standards.all:
            is_in = typed is not None and self.period.holds(typed.date) and self.standards.counts(one, typed)
            boards.append(board(one, self.period, book.with_typed(one, typed, old), _TYPED if is_in else ""))
        self._face.show_boards(boards)

    def suggests(self, item: NewsItem) -> bool:
        """Whether the rule of its day counts such an item."""
        return self.standards.suggests(item)

    def commit(self, step: Step, first: Callable[[], Step] | None = None) -> bool:
        """Do a step on the ledger so that it can be taken back; False when it was refused, and the face has said why.
        `first`: how it is done the first time, where it is more than an exchange of items."""
        done: list[Step] = []

        def do() -> bool:
            act = first if first and not done else lambda: self.book.take(done[-1] if done else step)
            kept = self._take(act, f"Đã {step.words}")
            done.extend([kept] if kept else [])
            return kept is not None

        def undo() -> bool:
            return self._take(lambda: self.book.take(done[-1].back), f"Đã lấy lại việc {step.words}") is not None

        return self._push(Act(step.words, do, undo))

    def delete(self, id: str) -> None:
        if item := self.book.get(id):
            self.commit(Step("xóa tin", (item,)))

    def repeat(self, id: str, channels: Sequence[str], airings: int) -> bool:
        """The item was published again: the same item, on more channels, aired more often."""
        item = self.book.get(id)
        return item is not None and self.commit(Step("ghi lượt phát", (item,), (repeated(item, channels, airings),)))

    def merge(self, id: str, other: str) -> bool:
        """The two are one item."""
        one, two = self.book.get(id), self.book.get(other)
        if one is None or two is None:
            return False
        return self.commit(Step("gộp thành lượt phát", (one, two), (merged(one, two),)))

    def reopen(self) -> None:
        """The next revision of the sealed report, so that its days can be changed."""
        sealed = next((report for report in self.reports if report.state is not ReportState.DRAFT), None)
        try:
            if sealed is not None:
                self._desk.entry.reopen(sealed.form.programme, sealed.period)
        except AppError as error:
            self._face.refuse(error.message)
        else:
            self.refresh()

    @property
    def place(self) -> Place | None:
        """The last report that the shown period touches; None where it touches none."""
        return Place(self.reports[-1].form.programme, self.reports[-1].period) if self.reports else None

    @property
    def open_period(self) -> Period:
        """For which items are being noted: the shortest of our reports that has all of what is shown, else what is shown."""
        shown = self.period
        covering = [r.period for r in self.reports if r.period.first <= shown.first and shown.last <= r.period.last]
        return min(covering, key=lambda period: period.last - period.first, default=shown)

    @property
    def today(self) -> date:
        return self._program.clock().date()

    def _take(self, act: Callable[[], Step], did: str) -> Step | None:
        try:
            kept = act()
        except AppError as error:
            self._face.refuse(error.message)
            return None
        shown = kept.shown
        if self.period.holds(shown.date):
            self._show_rows(shown.id)
            self.count()
        else:
            self._go_where(shown)
        self._face.said(f"{did}: {called(shown)} lúc {self._program.clock():%H:%M}")
        return kept

    def _go_where(self, item: NewsItem) -> None:
        """To the period that has the item, so that nobody wonders where it went."""
        self.period = containing(item.date, self.period.kind, self.period.basis)
        self._face.show_period(self._years(), self.period)
        if not self.book.holds(self.period):
            self.book.open(self.period)
        self.refresh(item.id)

    def _show_rows(self, stand_on: str = "") -> None:
        items, book, words = self.book.items(self.period), self.book, self._wanted.words
        shown = [
            item
            for item in items
            if all(word in book.searched(item) for word in words) and self._wanted.fits(item, bool(book.row(item).twin))
        ]
        self._face.show_rows([book.row(item) for item in shown], len(items), stand_on)

    def _read_programmes(self) -> None:
        self._followed = self._desk.programmes.followed()
        self.standards = Standards(self._followed)

    def _usual(self) -> Period:
        """The period of the kind that the rule asks for, or the quarter, of today."""
        standard: Standard | None = self.standards.deciding(self.today)
        programme = standard.programmes[0] if standard else self._followed[0] if self._followed else None
        kind = standard.rule.period_kind if standard else PeriodKind.QUARTER
        if programme is None:
            return containing(self.today, kind)
        return calendar.current(programme, kind, self.today, self._desk.programmes.basis(programme.id))

    def _years(self) -> list[int]:
        """The newest first."""
        first = min((programme.first_year for programme in self._followed), default=self.period.year)
        return list(range(max(self.today.year, self.period.year), min(first, self.period.year) - 1, -1))


def _period(place: str) -> Period | None:
    """The place of a report, or the bare label of a period. A span of years has no news of its own."""
    if found := Place.read(place):
        return None if found.period.kind is PeriodKind.SPAN else found.period
    try:
        return Period.parse(place)
    except InputRefused:
        return None


def _next(period: Period) -> Period:
    return containing(date.fromordinal(period.last.toordinal() + 1), period.kind, period.basis)
