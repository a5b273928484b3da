"""The list of news items: which are shown, how they are counted, what each act does; every change can be taken back. The items of a year
are read once and then changed with every act, so that a key waits for no disk.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from forms.checks.news_search import Twins, Wanted, searched
from forms.errors import AppError, InputRefused
from forms.model.form import Form, NewsRule
from forms.model.news_item import CHANNEL_TITLES, CHANNELS, KIND_TITLES, NewsItem, NewsKind, Origin, merged, repeated
from forms.model.period import Basis, Period, PeriodKind, containing
from forms.model.report import Report, ReportState
from forms.programmes.programme import Programme
from forms.services import reports_on_offer
from forms.services.news import NewsLedger
from forms.services.report_session import Push
from forms.services.reports_on_offer import asked_of
from forms.summary.news_count import Months, Standard, Standards, Tally, around, tally
from ui.desktop.shell import Location

_DAY = timedelta(days=1)


def reports_within(desk: Services, period: Period) -> tuple[Report, ...]:
    """Those with a list of news, of the followed programmes, whose days meet the period's."""
    found = []
    for programme in desk.programmes.followed():
        basis = desk.programmes.basis(programme.id)
        for form in programme.forms:
            if form.has_news and form.period_kind is not PeriodKind.SPAN:
                found += [
                    _opened(desk, programme, one)
                    for one in _touched(programme, form.period_kind, basis, period)
                    if _is_ours(desk, programme, form, one)
                ]
    return tuple(report for report in found if report is not None and report.form.has_news)


def closed_words(report: Report) -> str:
    days = f"tin, bài từ {report.period.first:%d/%m} đến {report.period.last:%d/%m/%Y} đóng lại"
    if report.state is ReportState.CHECKED:
        return f"Báo cáo {report.period.words} đang chờ thủ trưởng duyệt nên {days}. Muốn sửa thì lấy lại báo cáo."
    return f"Báo cáo {report.period.words} đã niêm phong nên {days}."


def _is_ours(desk: Services, programme: Programme, form: Form, period: Period) -> bool:
    """Something of it is asked of this office."""
    return asked_of(programme, desk.office, form, period) is not None


def _touched(programme: Programme, kind: PeriodKind, basis: Basis, period: Period) -> Iterator[Period]:
    one = containing(period.first, kind, basis)
    while one.first <= period.last:
        if programme.first_year <= one.year <= programme.last_year:
            yield one
        one = containing(one.last + _DAY, kind, basis)


def _opened(desk: Services, programme: Programme, period: Period) -> Report | None:
    try:
        return desk.entry.open(programme.id, period)
    except InputRefused:  # filled under a version that is not here: its own screen says so
        return None


BASIS_TITLES = {Basis.CALENDAR: "Dương lịch", Basis.ND09: "Kỳ 15–14 (NĐ 09)"}
_KIND_TITLES = {PeriodKind.MONTH: "tháng", PeriodKind.QUARTER: "quý", PeriodKind.YEAR: "năm"}
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class BoardFigure:
    """One number of the board. `tone`: plain, good, warning; `note` is its tooltip."""

    text: str
    tone: str
    note: str


@dataclass(frozen=True)
class QuarterBoard:
    """`lines`: for each basis its name, whether it is the one that is looked at, and a figure under each head."""

    big: str
    words: str
    good: bool
    rule: str
    heads: tuple[str, ...] = ()
    lines: tuple[tuple[str, bool, tuple[BoardFigure, ...]], ...] = ()


def board(standard: Standard, period: Period, months: Months, with_typed: str) -> QuarterBoard:
    rule = standard.rule
    asks_longer = rule.period_kind is PeriodKind.QUARTER and period.kind is PeriodKind.MONTH
    looked_at = containing(period.last, PeriodKind.QUARTER, period.basis) if asks_longer else period
    here = tally(rule, looked_at, months)
    words = [_how(rule, here), f"trong {here.period.words}" if here.period != period else "", with_typed]
    big = f"{here.counted}/{here.minimum}" if here.minimum else str(here.counted)
    return QuarterBoard(
        f"{big} {standard.noun}",
        " · ".join(filter(None, words)),
        not here.lacks and here.met == here.asked,
        f"{standard.title}: {rule.words}" + ("" if rule.verified else " (cách đếm chưa đối chiếu)"),
        tuple(_head(one) for one in around(period, period.basis)),
        tuple(
            (
                title,
                basis is period.basis,
                tuple(_figure(rule, tally(rule, one, months)) for one in around(period, basis)),
            )
            for basis, title in BASIS_TITLES.items()
        ),
    )


def _how(rule: NewsRule, here: Tally) -> str:
    if here.asked:
        return f"{here.met}/{here.asked} {_KIND_TITLES[rule.period_kind]} đạt"
    return f"còn thiếu {here.lacks}" if here.lacks else "đã đủ"


def _figure(rule: NewsRule, found: Tally) -> BoardFigure:
    window = f"{reports_on_offer.capitalised(found.period.words)}: {found.period.window_words}"
    if found.minimum:
        tone = "warning" if found.lacks else "good"
        return BoardFigure(f"{found.counted}/{found.minimum}", tone, f"{window}. {_how(rule, found).capitalize()}")
    note = f"{window}. {_how(rule, found)}" if found.asked else window
    return BoardFigure(str(found.counted), "plain", note)


def _head(period: Period) -> str:
    match period.kind:
        case PeriodKind.MONTH:
            return f"Th. {period.number}"
        case PeriodKind.QUARTER:
            return f"Quý {_ROMAN[period.number - 1]}"
    return f"Năm {period.year}"


_SHORT = {channel.id: channel.short for channel in CHANNELS}


@dataclass(frozen=True)
class NewsRow:
    """`twin` says what it looks like; empty where it looks like nothing else."""

    id: str
    date: str
    title: str
    kind: str
    channels: str
    channel_titles: str
    airings: str
    counted: str
    reason: str
    files: str
    file_names: str
    twin: str


def row_of(item: NewsItem, twins: tuple[NewsItem, ...]) -> NewsRow:
    in_order = [channel.id for channel in CHANNELS if channel.id in item.channels]
    return NewsRow(
        id=item.id,
        date=f"{item.date:%d/%m/%Y}",
        title=item.title,
        kind=kind_words(item.kind, item.origin),
        channels=", ".join(_SHORT[id] for id in in_order),
        channel_titles=", ".join(CHANNEL_TITLES[id] for id in in_order),
        airings=str(item.airings),
        counted="Có" if item.counted else "Không",
        reason=item.reason,
        files=str(len(item.files)) if item.files else "",
        file_names=", ".join(f"{file.name} ({size_words(file.size)})" for file in item.files) or item.evidence,
        twin=f"Giống {called(twins[0])}. Bấm F6 để gộp." if twins else "",
    )


def kind_words(kind: NewsKind, origin: Origin) -> str:
    return KIND_TITLES[kind] + (", tiếp phát" if origin is Origin.RELAYED else "")


def called(item: NewsItem) -> str:
    """How an item is called in a sentence."""
    return f"tin ngày {item.date:%d/%m/%Y} “{item.title}”"


def size_words(size: int) -> str:
    """Bytes as people read them: 640 KB, 1,3 MB."""
    return f"{size / (1 << 20):.1f} MB".replace(".", ",") if size >= 1 << 20 else f"{-(-size >> 10)} KB"


@dataclass(frozen=True)
class NewsChange:
    """One change of the ledger: these items gone, those in their place."""

    words: str
    gone: tuple[NewsItem, ...] = ()
    come: tuple[NewsItem, ...] = ()

    @property
    def back(self) -> NewsChange:
        return NewsChange(self.words, self.come, self.gone)

    @property
    def shown(self) -> NewsItem:
        """The item that the step is about."""
        return (*self.come, *self.gone)[0]


class NewsCache:
    """`months` counts by month for each standard of the followed programmes."""

    def __init__(self, ledger: NewsLedger, standards: Standards) -> None:
        self._ledger, self.standards = ledger, standards
        self._order: list[tuple[date, str]] = []
        self._items: dict[str, NewsItem] = {}
        self._words: dict[str, str] = {}
        self._rows: dict[str, NewsRow] = {}
        self._year = 0
        self.twins = Twins()
        self.months: dict[Standard, Counter[Period]] = {}

    def open(self, period: Period) -> None:
        """Read the year that the period is of, under both bases, from the ledger."""
        self._year = period.year
        windows = [Period(str(period.year), basis) for basis in Basis]
        items = {item.id: item for window in windows for item in self._ledger.list(window)}
        self._items = items
        self._order = sorted((item.date, item.id) for item in items.values())
        self._words = {item.id: searched(item) for item in items.values()}
        self._rows = {}
        self.twins = Twins(items.values())
        by_month = self.standards.by_month
        self.months = {standard: by_month(standard, items.values()) for standard in self.standards.all}

    def holds(self, period: Period) -> bool:
        return period.year == self._year

    def items(self, period: Period) -> list[NewsItem]:
        """The period's, by day, the newest first."""
        return [self._items[id] for day, id in reversed(self._order) if period.holds(day)]

    def get(self, id: str) -> NewsItem | None:
        return self._items.get(id)

    def searched(self, item: NewsItem) -> str:
        return self._words[item.id]

    def row(self, item: NewsItem) -> NewsRow:
        """Its line of the list; made once, and again when it or what it looks like has changed."""
        if item.id not in self._rows:
            self._rows[item.id] = row_of(item, self.twins.of(item.id))
        return self._rows[item.id]

    def take(self, step: NewsChange) -> NewsChange:
        """Do it on the ledger and here; the step as it was done, with the ids of what is new. Raises AppError."""
        come = self._ledger.exchange(step.gone, step.come)
        self.keep(step.gone, come)
        return NewsChange(step.words, step.gone, come)

    def keep(self, gone: Iterable[NewsItem], come: Iterable[NewsItem]) -> None:
        """What the ledger has done already, here as well."""
        for item in gone:
            self._remove(item.id)
        for item in come:
            self._remove(item.id)
            self._add(item)

    def with_typed(self, standard: Standard, typed: NewsItem | None, old: NewsItem | None) -> Counter[Period]:
        """The months as they would be with what is being typed in place of the item that is changed."""
        months, count = self.months[standard], self.standards.by_month
        found = months + count(standard, [typed] if typed else [])
        found.subtract(count(standard, [old] if old else []))
        return found

    def _add(self, item: NewsItem) -> None:
        if any(Period(str(self._year), basis).holds(item.date) for basis in Basis):
            insort(self._order, (item.date, item.id))
            self._items[item.id], self._words[item.id] = item, searched(item)
            self.twins.put(item)
            self._forget_rows(item.id)
            self._count(item, 1)

    def _remove(self, id: str) -> None:
        item = self._items.pop(id, None)
        if item is not None:
            self._order.remove((item.date, id))
            del self._words[id]
            self._forget_rows(id)
            self.twins.drop(id)
            self._count(item, -1)

    def _forget_rows(self, id: str) -> None:
        for one in (id, *(twin.id for twin in self.twins.of(id))):
            self._rows.pop(one, None)

    def _count(self, item: NewsItem, by: int) -> None:
        for standard, months in self.months.items():
            for month, number in self.standards.by_month(standard, [item]).items():
                months[month] += by * number


_TYPED = "tính cả tin đang gõ"


class NewsListView(Protocol):
    """The list of items and what stands around it."""

    def show_period(self, years: Sequence[int], period: Period) -> None: ...
    def show_rows(self, rows: Sequence[NewsRow], of: int, stand_on: str) -> None:
        """The list; `stand_on` is the id of the row to stand on, empty for where one was."""

    def show_boards(self, boards: Sequence[QuarterBoard]) -> None: ...
    def show_closed(self, words: str, can_reopen: bool, all_days: bool) -> None:
        """Days that a sealed report closes; empty where there are none. `all_days`: nothing of the period is open."""

    def show_reports(self, places: Sequence[Location]) -> None:
        """The reports that are made of just what is shown; none of a period that is only looked at."""

    def refuse(self, words: str) -> None: ...
    def said(self, words: str) -> None:
        """Something was kept."""


class NewsPresenter:
    def __init__(self, face: NewsListView, desk: Services, program: Application, push: Push) -> None:
        self._face, self._desk, self._program, self._push = face, desk, program, push
        self._wanted = Wanted()
        self.reports: tuple[Report, ...] = ()
        self._read_programmes()
        self.book = NewsCache(desk.news, self.standards)
        self.period = self._usual()
        desk.news.sweep()

    def start(self, place: str) -> None:
        """At every visit: what the ledger and the followed programmes are by now."""
        self._read_programmes()
        self.book = NewsCache(self._desk.news, self.standards)
        self.choose(_period(place) or self.period)

    def choose(self, period: Period) -> None:
        self.period = period
        self._face.show_period(self._years(), period)
        self.book.open(period)
        self.refresh()

    def turn(self, by: int) -> None:
        """To the next or the previous period of the same kind."""
        here = self.period
        to = (
            containing(here.last, here.kind, here.basis).previous()
            if by < 0
            else containing(here.last + _DAY, here.kind, here.basis)
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
        self._face.show_reports([Location(report.form.programme, report.period) for report in mine])
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

    def commit(self, step: NewsChange, first: Callable[[], NewsChange] | None = None) -> bool:
        """Do a step on the ledger so that it can be taken back; False when it was refused, and the face has said why.
        `first`: how it is done the first time, where it is more than an exchange of items."""
        done: list[NewsChange] = []

        def do() -> bool:
            act = first if first and not done else lambda: self.book.take(done[-1] if done else step)
            kept = self._take(act, f"Đã {step.words}")
            done.extend([kept] if kept else [])
            return kept is not None

        def undo() -> bool:
            return self._take(lambda: self.book.take(done[-1].back), f"Đã lấy lại việc {step.words}") is not None

        return self._push(step.words, do, undo)

    def delete(self, id: str) -> None:
        if item := self.book.get(id):
            self.commit(NewsChange("xóa tin", (item,)))

    def repeat(self, id: str, channels: Sequence[str], airings: int) -> bool:
        """The item was published again: the same item, on more channels, aired more often."""
        item = self.book.get(id)
        return item is not None and self.commit(
            NewsChange("ghi lượt phát", (item,), (repeated(item, channels, airings),))
        )

    def merge(self, id: str, other: str) -> bool:
        """The two are one item."""
        one, two = self.book.get(id), self.book.get(other)
        if one is None or two is None:
            return False
        return self.commit(NewsChange("gộp thành lượt phát", (one, two), (merged(one, two),)))

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
    def place(self) -> Location | None:
        """The last report that the shown period touches; None where it touches none."""
        return Location(self.reports[-1].form.programme, self.reports[-1].period) if self.reports else None

    @property
    def open_period(self) -> Period:
        """For which items are being noted: the shortest of our reports that has all of what is shown, else what is shown."""
        shown = self.period
        covering = [r.period for r in self.reports if r.period.first <= shown.first and shown.last <= r.period.last]
        return min(covering, key=lambda period: period.last - period.first, default=shown)

    @property
    def today(self) -> date:
        return self._program.clock().date()

    def _take(self, act: Callable[[], NewsChange], did: str) -> NewsChange | None:
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
        return reports_on_offer.current(programme, kind, self.today, self._desk.programmes.basis(programme.id))

    def _years(self) -> list[int]:
        """The newest first."""
        first = min((programme.first_year for programme in self._followed), default=self.period.year)
        return list(range(max(self.today.year, self.period.year), min(first, self.period.year) - 1, -1))


def _period(place: str) -> Period | None:
    """The place of a report, or the bare label of a period. A span of years has no news of its own."""
    if found := Location.read(place):
        return None if found.period.kind is PeriodKind.SPAN else found.period
    try:
        return Period.parse(place)
    except InputRefused:
        return None
