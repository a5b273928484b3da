"""Decides what the entry line offers, what it says while somebody types, and which item comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from forms.errors import AppError, InputRefused
from forms.news import NewsItem, NewsKind, Origin
from forms.news_day import doubt
from forms.refused import Refused
from forms.services.news_ledger import checked
from ui.desktop.frame import Ask
from ui.desktop.screens.news.book import Step
from ui.desktop.screens.news.days import day_words, read_day, read_or_none
from ui.desktop.screens.news.presenter import NewsPresenter
from ui.desktop.screens.news.rows import called
from ui.desktop.screens.news.typed import Typed, item_of, kept_words, read, stored_words, typed_of, written

_NO_CHANNEL: tuple[str, ...] = ()
_TYPED = "Tin, bài đang gõ"


class LineFace(Protocol):
    def show_line(self, typed: Typed, editing: bool) -> None: ...
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

    def __init__(self, face: LineFace, screen: NewsPresenter, ask: Ask) -> None:
        self._face, self._screen, self._ask = face, screen, ask
        self.is_dirty = False  # something was typed since the line was shown
        self._waits: tuple[str, str] | None = None  # under which report, and where, the line waits that was refused
        self._last: NewsItem | None = None
        self._twin = ""

    def new(self) -> None:
        """An empty line after the item before."""
        before, base = self._before(), self._base()
        kind, origin = (self._last.kind, self._last.origin) if self._last else (NewsKind.BRIEF, Origin.OWN)
        near = base in (self._screen.today, before.date if before else None)
        typed = Typed(
            date=f"{base:%d/%m/%Y}" if near else "",
            kind=kind,
            origin=origin,
            channels=before.channels if before else _NO_CHANNEL,
        )
        self._show(replace(typed, counted=self.suggests(typed)), editing=False)

    def begin_anew(self) -> bool:
        """On the way back to the screen: what is being typed stays, and what was refused another day stands there again.
        True where there is something like that; else an empty line."""
        if self.is_dirty:
            return True
        for name, where, refused in self._screen.refused_lines.all():
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

    def suggests(self, typed: Typed) -> bool:
        """What the counting rule says of what is typed."""
        day = self._day(typed) or self._base(typed)
        return self._screen.suggests(NewsItem("", day, "", typed.kind, (), typed.origin))

    def typing(self, typed: Typed) -> None:
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

    def save(self, typed: Typed) -> bool:
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
        step = Step("sửa tin" if known else "thêm tin", (known,) if known else (), (item,))
        if item != known and not self._screen.commit(step):
            self._wait(typed, "Sổ chưa nhận.")
            return False
        if known is None:
            self._last = item
        self.new()
        self._face.begin("list" if known else "date")
        return True

    def as_airings(self, typed: Typed) -> bool:
        """What is typed is no new item: its channels and airings go to the one that it looks like."""
        try:
            airings = item_of(typed, self._base(typed), None).airings
        except InputRefused as error:
            self._face.show_problem(error.where, error.message)
            return False
        known = self._screen.book.get(typed.id)
        if not self._twin:
            return False
        done = (
            self._screen.merge(typed.id, self._twin)
            if known
            else self._screen.repeat(self._twin, typed.channels, airings)
        )
        if done:
            self.new()
            self._face.begin("date")
        return done

    def normal_day(self, typed: Typed) -> str:
        """The day as it is written, once its field is left; what cannot be read stays as it was typed."""
        day = self._day(typed)
        return f"{day:%d/%m/%Y}" if day else typed.date

    def _wait(self, typed: Typed, why: str) -> None:
        """Until it is kept or given up no report is sealed without it."""
        self.is_dirty = True
        day = self._day(typed)
        refused = Refused(_TYPED, typed.title.strip(), why, written(typed))
        self._waits = self._screen.refused_lines.keep(day, self._screen.open_period, typed.id, refused)

    def _show(self, typed: Typed, *, editing: bool) -> None:
        self.is_dirty = False
        if self._waits:
            self._screen.refused_lines.answer(*self._waits)
            self._waits = None
        self._face.show_line(typed, editing)
        self._tell_stored(typed)
        self._face.show_problem("", "")
        self._face.show_echo("")
        self._say_twin(())

    def _is_meant(self, item: NewsItem, known: NewsItem | None) -> bool:
        """A day that may be a slip of the hand is asked about, once."""
        words = doubt(item.date, self._screen.today, self._screen.open_period)
        if not words or (known is not None and known.date == item.date):
            return True
        if self._ask.confirm(f"Ngày {item.date:%d/%m/%Y} có đúng không?", words, "Đúng, cất tin này"):
            return True
        self._wait(replace(typed_of(item), id=known.id if known else ""), words)
        self._face.show_problem("date", f"{words} Chưa cất; sửa ngày rồi cất lại.")
        return False

    def _tell_stored(self, typed: Typed) -> None:
        if typed.title.strip() or typed.id:
            self._face.show_stored(stored_words(typed, self._day(typed)))
        else:
            self._face.show_stored(kept_words(typed) if typed.channels else "")

    def _read(self, typed: Typed, known: NewsItem | None) -> NewsItem:
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

    def _day(self, typed: Typed) -> date | None:
        return read_or_none(typed.date, self._base(typed), self._screen.period, self._screen.today)

    def _before(self) -> NewsItem | None:
        """The item kept last, else the newest of the period."""
        if self._last is not None:
            return self._last
        return next(iter(self._screen.book.items(self._screen.period)), None)

    def _base(self, typed: Typed | None = None) -> date:
        """The day that a bare `5` is near to: of an item that is changed its own."""
        period, today = self._screen.period, self._screen.today
        before = (self._screen.book.get(typed.id) if typed else None) or self._before()
        if before is not None and period.holds(before.date):
            return before.date
        return today if period.holds(today) else period.first
