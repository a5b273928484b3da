"""Decides what the news ledger shows and what a typed item becomes. Every change is one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from forms.errors import AppError, InputRefused
from forms.news import CHANNEL_TITLES, KIND_TITLES, NewsItem, NewsKind, Origin, likely_duplicates, tally
from forms.periods import Period, PeriodKind
from forms.program import Program
from forms.programme import Programme
from forms.report import ReportState
from forms.services.desk import Desk
from forms.services.news_ledger import checked
from forms.spec import NewsRule
from forms.text import fold
from ui.desktop import calendar
from ui.desktop.place import Place


@dataclass(frozen=True)
class Typed:
    """The entry form as it stands: texts as typed. `id` is empty for a new item."""

    id: str = ""
    date: str = ""
    title: str = ""
    kind: NewsKind = NewsKind.BRIEF
    origin: Origin = Origin.OWN
    channels: tuple[str, ...] = ()
    airings: str = "1"
    counted: bool = True
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Row:
    """One item in the list."""

    item: NewsItem
    date: str
    title: str
    kind: str
    channels: str
    channel_titles: str
    airings: str
    counted: str
    twin: bool


@dataclass(frozen=True)
class Step:
    """One change of the ledger: old None adds, new None deletes."""

    words: str
    old: NewsItem | None
    new: NewsItem | None

    @property
    def back(self) -> Step:
        return Step(self.words, self.new, self.old)


class NewsFace(Protocol):
    def show_periods(self, periods: Sequence[Period], chosen: Period) -> None: ...
    def show_rows(self, rows: Sequence[Row], shown_of: int) -> None: ...
    def show_counter(self, counted: int, minimum: int, words: str, with_typed: str) -> None: ...
    def show_form(self, typed: Typed, heading: str) -> None: ...
    def show_twin(self, words: str) -> None: ...
    def show_problem(self, field: str, words: str) -> None: ...
    def show_closed(self, words: str) -> None:
        """The quarter is sealed; empty opens it again."""

    def saved(self, words: str) -> None: ...


class NewsPresenter:
    """`push` hands a step to the window's undo stack, which calls `take` at once and again for every undo and redo."""

    def __init__(self, face: NewsFace, desk: Desk, program: Program, push: Callable[[Step], None]) -> None:
        self._face, self._desk, self._program, self._push = face, desk, program, push
        self._programme: Programme = program.catalogue.programme(desk.office.programme)
        self._period = calendar.current(self._programme, PeriodKind.QUARTER, self._today)
        self._items: tuple[NewsItem, ...] = ()
        self._query = ""

    @property
    def rule(self) -> NewsRule | None:
        return self._programme.news

    def start(self, place: str) -> None:
        if place:
            asked = Place.read(place)
            self._period = asked.period if asked else Period.parse(place)
        self._face.show_periods(calendar.choices(self._programme, PeriodKind.QUARTER, self._today), self._period)
        self.refresh()
        self.new()

    def choose(self, period: Period) -> None:
        self._period = period
        self.refresh()
        self.new()

    def search(self, query: str) -> None:
        self._query = query
        self._show_rows()

    def refresh(self) -> None:
        self._items = self._desk.news.list(self._period)
        report = self._desk.entry.open(self._programme.id, self._period)
        sealed = report.state is not ReportState.DRAFT
        self._face.show_closed(
            f"Báo cáo {self._period.words} đã niêm phong nên sổ của quý này đóng lại." if sealed else ""
        )
        self._show_rows()
        self._show_counter("")

    def new(self) -> None:
        """An empty form. The day is left for the person to type; the channels of the last item are offered again."""
        channels = self._items[-1].channels if self._items else ()
        self._face.show_form(Typed(channels=channels, counted=self.counts(NewsKind.BRIEF, Origin.OWN)), "Thêm tin, bài")
        self._face.show_twin("")

    def edit(self, item: NewsItem) -> None:
        typed = Typed(
            item.id,
            f"{item.date:%d/%m/%Y}",
            item.title,
            item.kind,
            item.origin,
            item.channels,
            str(item.airings),
            item.counted,
            item.reason,
            item.evidence,
        )
        self._face.show_form(typed, "Sửa tin, bài")
        self._face.show_twin("")

    def counts(self, kind: NewsKind, origin: Origin) -> bool:
        """What the programme's counting rule says of such an item."""
        return self.rule is None or self.rule.counts(NewsItem("", self._today, "", kind, (), origin))

    def typing(self, typed: Typed) -> None:
        """While the form is filled: what the counter would say, and whether such an item is there already."""
        day = _day_or_none(typed.date)
        inside = day is not None and self._period.holds(day)
        self._show_counter(
            "Tính cả tin đang nhập" if inside and typed.counted and typed.title.strip() and not typed.id else ""
        )
        twin = self._twin(typed, day) if inside and day and typed.title.strip() else None
        self._face.show_twin(
            f"Giống tin ngày {twin.date:%d/%m/%Y}: “{twin.title}”. Nếu là phát lại, hãy tăng số lượt của tin đó."
            if twin
            else ""
        )

    def save(self, typed: Typed) -> None:
        try:
            item = self._read(typed)
        except AppError as error:
            self._face.show_problem(error.where, error.message)
            return
        old = next((one for one in self._items if one.id == typed.id), None) if typed.id else None
        if old != item:
            self._push(Step("sửa tin" if old else "thêm tin", old, item))

    def delete(self, item: NewsItem) -> None:
        self._push(Step("xóa tin", item, None))

    def take(self, step: Step) -> bool:
        """Do a step on the ledger; False when it was refused, and the face has said why."""
        try:
            if step.new is None:
                assert step.old is not None
                self._desk.news.delete(step.old)
            else:
                self._desk.news.save(step.new)
        except AppError as error:
            self._face.show_problem(error.where, error.message)
            return False
        self._after(step)
        return True

    def reopen(self) -> None:
        """Open the next revision of the sealed report, so that its quarter can be changed."""
        try:
            self._desk.entry.reopen(self._programme.id, self._period)
        except AppError as error:
            self._face.show_problem("", error.message)
        else:
            self.refresh()

    def _after(self, step: Step) -> None:
        shown = step.new or step.old
        assert shown is not None
        if not self._period.holds(shown.date):
            self._period = calendar.containing(shown.date, PeriodKind.QUARTER)
            self._face.show_periods(calendar.choices(self._programme, PeriodKind.QUARTER, self._today), self._period)
        self.refresh()
        self.new()
        did = "Đã thêm" if step.old is None else "Đã xóa" if step.new is None else "Đã sửa"
        self._face.saved(f"{did} “{shown.title}” lúc {self._program.clock():%H:%M}")

    def _read(self, typed: Typed) -> NewsItem:
        day = calendar.read_day(typed.date)
        if day is None:
            raise InputRefused("NEWS_DATE", "Chưa nhập ngày đăng, phát lần đầu. Gõ ngày, ví dụ 05/10/2025.", "date")
        if not typed.airings.strip().isascii() or not typed.airings.strip().isdecimal():
            raise InputRefused("NEWS_AIRINGS", "Số lượt phát phải là số nguyên, ví dụ 2. Gõ lại.", "airings")
        if typed.counted != self.counts(typed.kind, typed.origin) and not typed.reason.strip():
            raise InputRefused("NEWS_REASON", "Tin này được tính khác quy tắc đếm. Ghi lý do.", "reason")
        known = next((one for one in self._items if one.id == typed.id), None)
        base = known or NewsItem(self._program.new_id(), day, typed.title, typed.kind, typed.channels)
        item = replace(
            base,
            date=day,
            title=typed.title,
            kind=typed.kind,
            origin=typed.origin,
            channels=typed.channels,
            airings=int(typed.airings),
            counted=typed.counted,
            reason=typed.reason,
            evidence=typed.evidence,
        )
        return checked(item)

    def _twin(self, typed: Typed, day: date) -> NewsItem | None:
        trial = NewsItem("~", day, typed.title, typed.kind, ())
        others = [item for item in self._items if item.id != typed.id]
        pairs = likely_duplicates([*others, trial])
        return next((other for pair in pairs if trial in pair for other in pair if other is not trial), None)

    def _show_rows(self) -> None:
        wanted = fold(self._query)
        twins = {item.id for pair in likely_duplicates(self._items) for item in pair}
        rows = [
            _row(item, item.id in twins)
            for item in self._items
            if wanted in fold(f"{item.title} {item.evidence} {item.author}")
        ]
        self._face.show_rows(rows, len(self._items))

    def _show_counter(self, with_typed: str) -> None:
        counted = tally(self._items) + bool(with_typed)
        minimum = self.rule.minimum if self.rule else 0
        words = f"còn thiếu {minimum - counted}" if counted < minimum else "đã đủ"
        self._face.show_counter(counted, minimum, words, with_typed)

    @property
    def _today(self) -> date:
        return self._program.clock().date()


def _row(item: NewsItem, twin: bool) -> Row:
    titles = [CHANNEL_TITLES.get(channel, channel) for channel in item.channels]
    return Row(
        item,
        f"{item.date:%d/%m/%Y}",
        item.title,
        KIND_TITLES[item.kind],
        f"{len(titles)} kênh",
        ", ".join(titles),
        str(item.airings),
        "Có" if item.counted else "Không",
        twin,
    )


def _day_or_none(text: str) -> date | None:
    try:
        return calendar.read_day(text)
    except InputRefused:
        return None
