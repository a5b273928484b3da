"""The news ledger (sổ tin, bài): add, change, delete, bring back. Sealed quarters are closed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import count

from forms.catalogue import Catalogue
from forms.errors import InputRefused
from forms.news import CHANNEL_TITLES, MAX_NOTE, MAX_TITLE, Evidence, NewsItem, content_id
from forms.periods import Period
from forms.ports import BeginWork, Work
from forms.services.news_days import must_be_open
from forms.text import clean, quoted

MAX_AIRINGS = 9999
MAX_EVIDENCE, MOST_FILES, MAX_FILE_NAME = 4 << 20, 5, 200
EVIDENCE_STARTS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


class NewsLedger:
    """Our own items, by day of first publication."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue) -> None:
        self._begin, self._catalogue = begin, catalogue

    def list(self, period: Period) -> tuple[NewsItem, ...]:
        with self._begin() as work:
            return work.news.within(period)

    def save(self, item: NewsItem) -> NewsItem:
        """A new item (empty id) or a changed one. Raises InputRefused with the field in `where`."""
        sound = checked(item)
        with self._begin() as work:
            sound = self._with_id(work, sound)
            old = self._put(work, sound)
            work.journal.append(
                "news_edit" if old else "news_add", {"id": sound.id, "date": f"{sound.date}", "title": sound.title}
            )
        return sound

    def attach(self, item: NewsItem, name: str, data: bytes) -> NewsItem:
        """With a file that shows it (PDF, JPEG or PNG). Raises InputRefused EVIDENCE_KIND, EVIDENCE_TOO_BIG,
        EVIDENCE_MANY, EVIDENCE_THERE."""
        evidence = _evidence(item, name, data)
        sound = checked(replace(item, files=(*item.files, evidence)))
        with self._begin() as work:
            sound = self._with_id(work, sound)
            self._put(work, sound)
            work.evidence.put(evidence, data)
            work.journal.append("news_attach", {"id": sound.id, "file": evidence.name, "sha256": evidence.digest})
        return sound

    def file(self, digest: str) -> bytes:
        """The content of an attached file; empty where the ledger does not have it."""
        with self._begin() as work:
            return work.evidence.get(digest) or b""

    def delete(self, item: NewsItem) -> None:
        """Gone from the ledger; `save` with the same value brings it back (undo)."""
        with self._begin() as work:
            must_be_open(work, self._catalogue, {one.date for one in (item, work.news.get(item.id)) if one})
            work.news.delete(item.id)
            work.journal.append("news_delete", {"id": item.id, "title": item.title})

    def _put(self, work: Work, sound: NewsItem) -> NewsItem | None:
        """The item as it stood before, if it stood. Neither its old day nor its new one may be closed."""
        old = work.news.get(sound.id)
        must_be_open(work, self._catalogue, {one.date for one in (old, sound) if one})
        work.news.put(sound)
        return old

    def _with_id(self, work: Work, item: NewsItem) -> NewsItem:
        return item if item.id else replace(item, id=self._first_free(work, item))

    def _first_free(self, work: Work, item: NewsItem) -> str:
        """The id of its content; of several alike the next one."""
        return next(id for earlier in count() if work.news.get(id := content_id(item, earlier)) is None)


def _evidence(item: NewsItem, name: str, data: bytes) -> Evidence:
    shown = clean(name, limit=MAX_FILE_NAME, where="files") or "minh chứng"
    if not data.startswith(tuple(EVIDENCE_STARTS)):
        problem = f"{quoted(shown)} không phải tệp PDF, JPEG hay PNG. Chọn tệp khác, hoặc lưu lại thành PDF."
        raise InputRefused("EVIDENCE_KIND", problem, "files")
    if len(data) > MAX_EVIDENCE:
        problem = f"{quoted(shown)} lớn hơn {MAX_EVIDENCE >> 20} MiB. Chụp hoặc quét lại với cỡ nhỏ hơn."
        raise InputRefused("EVIDENCE_TOO_BIG", problem, "files")
    if len(item.files) >= MOST_FILES:
        raise InputRefused(
            "EVIDENCE_MANY", f"Mỗi tin kèm nhiều nhất {MOST_FILES} tệp. Bỏ bớt một tệp rồi thêm.", "files"
        )
    digest = hashlib.sha256(data).hexdigest()
    if any(file.digest == digest for file in item.files):
        raise InputRefused("EVIDENCE_THERE", f"{quoted(shown)} đã được đính kèm tin này. Chọn tệp khác.", "files")
    return Evidence(digest, shown, len(data))


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
