"""The news ledger (sổ tin, bài): add, change, delete, bring back. Sealed quarters are closed."""

from __future__ import annotations

from dataclasses import replace

from forms.catalogue import Catalogue
from forms.errors import InputRefused, ReportStateError
from forms.exchange import ReportKey
from forms.news import CHANNEL_TITLES, MAX_NOTE, MAX_TITLE, NewsItem
from forms.periods import Period
from forms.ports import BeginWork, NewId, Work
from forms.report import ReportState
from forms.text import clean

MAX_AIRINGS = 9999


class NewsLedger:
    """Our own items, by day of first publication."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, new_id: NewId) -> None:
        self._begin, self._catalogue, self._new_id = begin, catalogue, new_id

    def list(self, period: Period) -> tuple[NewsItem, ...]:
        with self._begin() as work:
            return work.news.within(period)

    def save(self, item: NewsItem) -> NewsItem:
        """A new item (empty id) or a changed one. Raises InputRefused with the field in `where`."""
        sound = checked(replace(item, id=item.id or self._new_id()))
        with self._begin() as work:
            old = work.news.get(sound.id)
            for day_of in filter(None, (old, sound)):
                self._must_be_open(work, day_of)
            work.news.put(sound)
            work.journal.append(
                "news_edit" if old else "news_add", {"id": sound.id, "date": f"{sound.date}", "title": sound.title}
            )
        return sound

    def delete(self, item: NewsItem) -> None:
        """Gone from the ledger; `save` with the same value brings it back (undo)."""
        with self._begin() as work:
            self._must_be_open(work, item)
            work.news.delete(item.id)
            work.journal.append("news_delete", {"id": item.id, "title": item.title})

    def _must_be_open(self, work: Work, item: NewsItem) -> None:
        """Whatever the programme: a report that was sealed with this day's news closes the day."""
        for key in work.reports.keys():  # noqa: SIM118 - a store, no mapping
            period = Period.parse(key.period, key.basis)
            if period.holds(item.date) and self._is_sealed_with_news(work, key, period):
                raise ReportStateError(
                    "REPORT_SEALED",
                    f"Báo cáo {period.words} đã niêm phong nên không sửa được tin ngày "
                    f"{item.date:%d/%m/%Y}. Mở bản thay thế của kỳ đó trước.",
                    period.label,
                )

    def _is_sealed_with_news(self, work: Work, key: ReportKey, period: Period) -> bool:
        form = self._catalogue.form_for(key.programme, period)
        report = work.reports.get(key, form) if form.has_news else None
        return report is not None and report.state is not ReportState.DRAFT


def checked(item: NewsItem) -> NewsItem:
    """The item as it may be kept; refuses by field."""
    title = clean(item.title, limit=MAX_TITLE, where="title")
    if not title:
        raise InputRefused("NEWS_TITLE", "Chưa nhập tiêu đề tin, bài. Gõ tiêu đề rồi cất lại.", "title")
    channels = tuple(sorted(set(item.channels)))
    unknown = [channel for channel in channels if channel not in CHANNEL_TITLES]
    if unknown:
        raise InputRefused(
            "NEWS_CHANNEL", f"Không có kênh “{unknown[0][:40]}”. Các kênh: {', '.join(CHANNEL_TITLES)}.", "channels"
        )
    if not channels:
        raise InputRefused("NEWS_CHANNEL", "Chưa chọn kênh đăng, phát tin. Chọn ít nhất một kênh.", "channels")
    if not 0 <= item.airings <= MAX_AIRINGS:
        raise InputRefused(
            "NEWS_AIRINGS", f"Số lượt phát {item.airings} phải từ 0 đến {MAX_AIRINGS}. Nhập lại số lượt.", "airings"
        )

    def tidy(name: str) -> str:
        return clean(getattr(item, name), limit=MAX_NOTE, where=name)

    return replace(
        item,
        title=title,
        channels=channels,
        topic=tidy("topic"),
        author=tidy("author"),
        evidence=tidy("evidence"),
        reason=tidy("reason"),
        language=tidy("language"),
    )
