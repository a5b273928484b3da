"""The line in which a news item is typed: what it offers, what it says while somebody types, which item comes of it. The day is typed
in a hurry: `5`, `5/10`, `05/10/2025`, `+1`, `hn` (today), `hq` (yesterday).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from forms.errors import AppError, InputRefused
from forms.model.finding import Refused
from forms.model.news_item import CHANNELS, NewsItem, NewsKind, Origin, checked, day_doubt
from forms.model.period import Period
from forms.services import reports_on_offer
from forms.services.refused_entries import Refusals, report_name
from ui.desktop.news.presenter import NewsChange, NewsPresenter, called, kind_words
from ui.desktop.shell import Dialogs

HELP = "5 · 5/10 · 05/10/2025 · +1 (ngày sau) · hn (hôm nay) · hq (hôm qua)"
_SHORT = re.compile(r"([0-9]{1,2})(?:[/.-]([0-9]{1,2}))?")
_STEP = re.compile(r"([+-])([0-9]{1,3})")
_SPOKEN = {"hn": 0, "hq": 1}  # days before today
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def read_day(text: str, last: date, period: Period, today: date) -> date | None:
    """`last`: the day that what is not typed is taken from, unless it then falls outside the period that is shown and
    another month or year does not. None when empty. Raises InputRefused DATE_UNREADABLE."""
    plain = text.strip().lower()
    if plain in _SPOKEN:
        return today - timedelta(days=_SPOKEN[plain])
    if step := _STEP.fullmatch(plain):
        return last + timedelta(days=int(f"{step[1]}{step[2]}"))
    short = _SHORT.fullmatch(plain)
    if short is None or not plain.isascii():
        return reports_on_offer.read_day(text)
    found = [day for month in _months(last, period, short[2]) if (day := _day(*month, int(short[1])))]
    if not found:
        return reports_on_offer.read_day(text)  # which says what is wrong with it
    return next((day for day in found if period.holds(day)), found[0])


def day_words(day: date) -> str:
    """How a day was understood: Thứ Hai, 05/10/2025."""
    return f"{_WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def _months(last: date, period: Period, typed: str | None) -> list[tuple[int, int]]:
    """(year, month) that may be meant, the likeliest first: of what is not typed the last one, then the period's, its last first."""
    if typed:
        return [(year, int(typed)) for year in dict.fromkeys((last.year, period.last.year, period.first.year))]
    days = (last, *(month.last for month in reversed(period.months())), period.first, period.last)
    return list(dict.fromkeys((day.year, day.month) for day in days))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_or_none(text: str, last: date, period: Period, today: date) -> date | None:
    """While it is still typed: None for what cannot be read yet."""
    try:
        return read_day(text, last, period, today)
    except (InputRefused, OverflowError):
        return None


KINDS = {"t": NewsKind.BRIEF, "b": NewsKind.FEATURE, "c": NewsKind.SLOT, "k": NewsKind.OTHER}
RELAYED = "p"
_LONGEST = 6  # digits of a number of airings, minutes or words


@dataclass(frozen=True)
class TypedNewsItem:
    """Texts as typed. `id` is empty for a new item."""

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
    author: str = ""
    topic: str = ""
    minutes: str = ""
    words: str = ""

    @property
    def has_details(self) -> bool:
        """Something stands in the fields that are seldom needed."""
        return any((self.reason, self.evidence, self.author, self.topic, self.minutes, self.words))


# What an item and the line that it is typed on have alike.
_SAME = ("id", "title", "kind", "origin", "channels", "counted", "reason", "evidence", "author", "topic")


def typed_of(item: NewsItem) -> TypedNewsItem:
    texts: dict[str, Any] = {name: getattr(item, name) for name in _SAME}
    numbers: dict[str, Any] = {
        name: "" if (n := getattr(item, name)) is None else str(n) for name in ("airings", "minutes", "words")
    }
    return TypedNewsItem(date=f"{item.date:%d/%m/%Y}", **texts, **numbers)


def item_of(typed: TypedNewsItem, day: date, known: NewsItem | None) -> NewsItem:
    """The item that was typed, in place of the `known` one. Raises InputRefused with the field in `where`."""
    return replace(
        known or NewsItem("", day, typed.title, typed.kind, typed.channels),
        date=day,
        airings=_whole(typed.airings, "airings", "Số lượt phát") or 0,
        minutes=_whole(typed.minutes, "minutes", "Số phút", needed=False),
        words=_whole(typed.words, "words", "Số chữ", needed=False),
        **{name: getattr(typed, name) for name in _SAME if name != "id"},
    )


def written(typed: TypedNewsItem) -> str:
    """The line as a text that `read` gives back."""
    return json.dumps(asdict(typed), ensure_ascii=False)


def read(data: str) -> TypedNewsItem:
    known = json.loads(data)
    kind, origin = NewsKind(known.pop("kind")), Origin(known.pop("origin"))
    return TypedNewsItem(**{**known, "channels": tuple(known["channels"])}, kind=kind, origin=origin)


def channel_words(channels: Sequence[str]) -> str:
    """By their short names, in the order of their keys."""
    return ", ".join(channel.short for channel in CHANNELS if channel.id in channels)


def stored_words(typed: TypedNewsItem, day: date | None) -> str:
    """All that would be stored, because the fields are too narrow for some of it."""
    details = (
        ("minh chứng", typed.evidence),
        ("người thực hiện", typed.author),
        ("mục tiêu", typed.topic),
        ("phút", typed.minutes),
        ("số chữ", typed.words),
        ("lý do", typed.reason),
    )
    said = (
        day_words(day) if day else "chưa rõ ngày",
        f"“{typed.title.strip()}”",
        kind_words(typed.kind, typed.origin),
        channel_words(typed.channels) or "chưa có kênh",
        f"{typed.airings.strip() or '?'} lượt",
        "được tính" if typed.counted else "không tính",
        *(f"{name}: {words.strip()}" for name, words in details if words.strip()),
    )
    return f"Sẽ cất: {' · '.join(said)}"


def kept_words(typed: TypedNewsItem) -> str:
    """What an empty line has of the item before."""
    said = (typed.date, kind_words(typed.kind, typed.origin), channel_words(typed.channels))
    return f"Giữ của tin trước: {' · '.join(filter(None, said))}. Phím đầu tiên trong ô thay cả ô."


def toggled(typed: tuple[str, ...], channel: str) -> tuple[str, ...]:
    """With the channel, or without it where it was chosen."""
    return tuple(sorted({*typed} ^ {channel}))


def _whole(text: str, field: str, called: str, *, needed: bool = True) -> int | None:
    plain = text.strip()
    if not plain and not needed:
        return None
    if not plain.isascii() or not plain.isdecimal() or len(plain) > _LONGEST:
        raise InputRefused("NEWS_AIRINGS", f"{called} phải là số nguyên, ví dụ 2. Gõ lại.", field)
    return int(plain)


_TYPED, _WHERE = "Tin, bài đang gõ", "news:"


class LineView(Protocol):
    """The line that an item is typed on."""

    def show_line(self, typed: TypedNewsItem, editing: bool) -> None: ...
    def show_echo(self, words: str) -> None:
        """How the day was understood."""

    def show_stored(self, words: str) -> None:
        """All that will be stored, in full."""

    def show_twin(self, id: str, words: str) -> None:
        """An item that the typed one looks like; empty where there is none."""

    def show_problem(self, field: str, words: str) -> None: ...
    def begin(self, field: str) -> None:
        """Where typing goes on: `date`, or the list after a change."""


class LinePresenter:
    """The line keeps the day and the channels of the item before, and the kind of the one just typed: mostly only the
    title is left to type."""

    def __init__(self, face: LineView, screen: NewsPresenter, ask: Dialogs, refusals: Refusals) -> None:
        self._face, self._screen, self._ask, self._refusals = face, screen, ask, refusals
        self.is_dirty = False  # something was typed since the line was shown
        self._waits: tuple[str, str] | None = None  # under which report, and where, the line waits that was refused
        self._last: NewsItem | None = None
        self._twin = ""

    def new(self) -> None:
        """An empty line after the item before."""
        before, base = self._before(), self._base()
        kind, origin = (self._last.kind, self._last.origin) if self._last else (NewsKind.BRIEF, Origin.OWN)
        near = base in (self._screen.today, before.date if before else None)
        typed = TypedNewsItem(
            date=f"{base:%d/%m/%Y}" if near else "",
            kind=kind,
            origin=origin,
            channels=before.channels if before else (),
        )
        self._show(replace(typed, counted=self.suggests(typed)), editing=False)

    def begin_anew(self) -> bool:
        """On the way back to the screen: what is being typed stays, and what was refused another day stands there again.
        True where there is something like that; else an empty line."""
        if self.is_dirty:
            return True
        names = map(report_name, self._screen.reports)
        waiting = ((name, *one) for name in names for one in self._refusals.of(name).items())
        for name, where, refused in waiting:
            if where.startswith(_WHERE):
                self._show(typed := read(refused.data), editing=self._screen.book.get(typed.id) is not None)
                self.is_dirty, self._waits = True, (name, where)
                self._face.show_problem("", refused.why)
                return True
        self.new()
        return False

    def again(self) -> None:
        """The item before once more, to be changed before it is kept."""
        if before := self._before():
            self._show(replace(typed_of(before), id=""), editing=False)

    def edit(self, id: str) -> None:
        if item := self._screen.book.get(id):
            self._show(typed_of(item), editing=True)

    def suggests(self, typed: TypedNewsItem) -> bool:
        """What the counting rule says of what is typed."""
        day = self._day(typed) or self._base(typed)
        return self._screen.suggests(NewsItem("", day, "", typed.kind, (), typed.origin))

    def typing(self, typed: TypedNewsItem) -> None:
        """At every key: the day as it is understood, the counters with this item, and what it looks like."""
        self.is_dirty = True
        day, book = self._day(typed), self._screen.book
        self._face.show_problem("", "")
        self._face.show_echo(day_words(day) if day else "")
        self._tell_stored(typed)
        known = book.get(typed.id)
        if day is None or not typed.title.strip():
            self._say_twin(())
            self._screen.count()
            return
        trial = NewsItem(typed.id, day, typed.title, typed.kind, typed.channels, typed.origin, counted=typed.counted)
        self._screen.count(trial, known)
        if known is None or known.title != typed.title or known.date != day:
            self._say_twin(book.twins.like(typed.title, day, typed.id))
        else:
            self._say_twin(())

    def save(self, typed: TypedNewsItem) -> bool:
        """Keep it and stand on a new line, or back in the list after a change."""
        known = self._screen.book.get(typed.id)
        try:
            item = self._read(typed, known)
        except AppError as error:
            self._wait(typed, error.message)
            self._face.show_problem(error.where, error.message)
            return False
        if not self._is_meant(item, known):
            return False
        step = NewsChange("sửa tin" if known else "thêm tin", (known,) if known else (), (item,))
        if item != known and not self._screen.commit(step):
            self._wait(typed, "Sổ chưa nhận.")
            return False
        if known is None:
            self._last = item
        self.new()
        self._face.begin("list" if known else "date")
        return True

    def as_airings(self, typed: TypedNewsItem) -> bool:
        """What is typed is no new item: its channels and airings go to the one that it looks like."""
        try:
            airings = item_of(typed, self._base(typed), None).airings
        except InputRefused as error:
            self._face.show_problem(error.where, error.message)
            return False
        known = self._screen.book.get(typed.id)
        if not self._twin:
            return False
        screen, twin = self._screen, self._twin
        done = screen.merge(typed.id, twin) if known else screen.repeat(twin, typed.channels, airings)
        if done:
            self.new()
            self._face.begin("date")
        return done

    def normal_day(self, typed: TypedNewsItem) -> str:
        """The day as it is written, once its field is left; what cannot be read stays as it was typed."""
        day = self._day(typed)
        return f"{day:%d/%m/%Y}" if day else typed.date

    def _wait(self, typed: TypedNewsItem, why: str) -> None:
        """Until it is kept or given up it waits under the report of its day, else under the one of the period that is open: that is
        not sealed without it."""
        self.is_dirty, self._waits = True, None
        day, known = self._day(typed), self._screen.reports
        of_day = [report for report in known if day is not None and report.period.holds(day)]
        shown = [report for report in known if report.period == self._screen.open_period]
        for report in (of_day or shown or known)[:1]:
            self._waits = report_name(report), f"{_WHERE}{typed.id or 'new'}"
            self._refusals.keep(*self._waits, Refused(_TYPED, typed.title.strip(), why, written(typed)))

    def _show(self, typed: TypedNewsItem, *, editing: bool) -> None:
        self.is_dirty = False
        if self._waits:
            self._refusals.answer(self._waits[0], [self._waits[1]])
            self._waits = None
        self._face.show_line(typed, editing)
        self._tell_stored(typed)
        self._face.show_problem("", "")
        self._face.show_echo("")
        self._say_twin(())

    def _is_meant(self, item: NewsItem, known: NewsItem | None) -> bool:
        """A day that may be a slip of the hand is asked about, once."""
        words = day_doubt(item.date, self._screen.today, self._screen.open_period)
        if not words or (known is not None and known.date == item.date):
            return True
        if self._ask.confirm(f"Ngày {item.date:%d/%m/%Y} có đúng không?", words, "Đúng, cất tin này"):
            return True
        self._wait(replace(typed_of(item), id=known.id if known else ""), words)
        self._face.show_problem("date", f"{words} Chưa cất; sửa ngày rồi cất lại.")
        return False

    def _tell_stored(self, typed: TypedNewsItem) -> None:
        if typed.title.strip() or typed.id:
            self._face.show_stored(stored_words(typed, self._day(typed)))
        else:
            self._face.show_stored(kept_words(typed) if typed.channels else "")

    def _read(self, typed: TypedNewsItem, known: NewsItem | None) -> NewsItem:
        day = read_day(typed.date, self._base(typed), self._screen.period, self._screen.today)
        if day is None:
            raise InputRefused("NEWS_DATE", "Chưa nhập ngày đăng, phát lần đầu. Gõ ngày, ví dụ 05/10/2025.", "date")
        item = checked(item_of(typed, day, known))
        if item.counted != self._screen.suggests(item) and not item.reason:
            raise InputRefused("NEWS_REASON", "Tin này được tính khác quy tắc đếm. Ghi lý do.", "reason")
        return item

    def _say_twin(self, found: Sequence[NewsItem]) -> None:
        self._twin = found[0].id if found else ""
        more = f" và {len(found) - 1} tin khác" if len(found) > 1 else ""
        self._face.show_twin(self._twin, f"Giống {called(found[0])}{more}." if found else "")

    def _day(self, typed: TypedNewsItem) -> date | None:
        return read_or_none(typed.date, self._base(typed), self._screen.period, self._screen.today)

    def _before(self) -> NewsItem | None:
        """The item kept last, else the newest of the period."""
        if self._last is not None:
            return self._last
        return next(iter(self._screen.book.items(self._screen.period)), None)

    def _base(self, typed: TypedNewsItem | None = None) -> date:
        """The day that a bare `5` is near to: of an item that is changed its own."""
        period, today = self._screen.period, self._screen.today
        before = (self._screen.book.get(typed.id) if typed else None) or self._before()
        if before is not None and period.holds(before.date):
            return before.date
        return today if period.holds(today) else period.first
