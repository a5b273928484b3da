"""News items on gender equality (tin, bài), and days that may be a slip of the hand. Which are counted: news_counting.py.

A day to come, or of another period than the one that is open, is never refused, since a clock may be wrong and an item
belong elsewhere: it is asked about, in both faces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Any

from forms.errors import InputRefused
from forms.model.period import Period
from forms.model.text import clean, fold

MAX_TITLE, MAX_NOTE = 300, 1000
MAX_AIRINGS = 9999
MAX_EVIDENCE, MOST_FILES, MAX_FILE_NAME = 4 << 20, 5, 200
MOST_EVIDENCE = 16 << 20  # of one report: its package carries no more
EVIDENCE_STARTS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
NEAR_DAYS = 7


class NewsKind(StrEnum):
    """What an item is; no document defines them, so the pack's counting rule names those that count."""

    BRIEF = "brief"  # tin
    FEATURE = "feature"  # bài
    SLOT = "slot"  # chuyên mục
    OTHER = "other"


class Origin(StrEnum):
    """Whose item it is; relayed ones count only where the pack says so."""

    OWN = "own"  # tự sản xuất
    RELAYED = "relayed"  # tiếp phát


KIND_TITLES = {NewsKind.BRIEF: "Tin", NewsKind.FEATURE: "Bài", NewsKind.SLOT: "Chuyên mục", NewsKind.OTHER: "Khác"}
ORIGIN_TITLES = {Origin.OWN: "Tự sản xuất", Origin.RELAYED: "Tiếp phát"}


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of grassroots media, valid within its decree's years. `short` is its name where there is little room."""

    id: str
    title: str
    short: str
    valid_from: date
    source: str
    verified: bool = True


# The eight kinds of hệ thống thông tin cơ sở, Nghị định 49/2024/NĐ-CP (in force 01/7/2024). The shorter list of
# QĐ 52/2016/QĐ-TTg before that date was not obtained: earlier items use the same kinds, marked "chưa đối chiếu".
_ND49, _ND49_DAY = "Nghị định 49/2024/NĐ-CP", date(2024, 7, 1)
CHANNELS = tuple(
    Channel(id, title, short, _ND49_DAY, _ND49)
    for id, title, short in (
        ("loudspeaker", "Đài truyền thanh cấp xã", "Truyền thanh"),
        ("public_board", "Bảng tin công cộng", "Bảng tin"),
        ("bulletin", "Bản tin thông tin cơ sở", "Bản tin"),
        ("document", "Tài liệu không kinh doanh", "Tài liệu"),
        ("communicator", "Tuyên truyền trực tiếp qua tuyên truyền viên cơ sở", "Trực tiếp"),
        ("website", "Cổng, trang thông tin điện tử", "Trang tin"),
        ("social_network", "Mạng xã hội, ứng dụng nhắn tin trên Internet", "Mạng xã hội"),
        ("text_message", "Tin nhắn viễn thông", "Tin nhắn"),
    )
)
CHANNEL_TITLES = {channel.id: channel.title for channel in CHANNELS}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows the item (minh chứng): its SHA-256 as hex, its own name, its size in bytes."""

    digest: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One item. `id` is 32 hex digits for ever; `reason` says why `counted` departs from the rule."""

    id: str
    date: date
    title: str
    kind: NewsKind
    channels: tuple[str, ...]
    origin: Origin = Origin.OWN
    language: str = "vi"
    minutes: int | None = None
    words: int | None = None
    airings: int = 1
    topic: str = ""  # the objective's number, or empty
    author: str = ""
    evidence: str = ""
    counted: bool = True
    reason: str = ""
    files: tuple[Evidence, ...] = ()


def content_id(item: NewsItem, earlier: int) -> str:
    """The id that follows from what was first written, so that the same list typed or imported is the same report;
    `earlier` is how many alike there were before."""
    content = f"{item.date}\n{item.title}\n{item.kind}\n{','.join(sorted(item.channels))}\n{item.origin}"
    return hashlib.sha256(f"{content}\n{earlier + 1}".encode()).hexdigest()[:32]


def repeated(item: NewsItem, channels: Iterable[str], airings: int) -> NewsItem:
    """The same item, also on these channels and aired so many times more: no new item, so it is not counted again."""
    return replace(item, channels=tuple(sorted({*item.channels, *channels})), airings=item.airings + airings)


def merged(one: NewsItem, other: NewsItem) -> NewsItem:
    """Two that turned out to be one: what was first published stays, with the airings, channels and evidence of both.

    It is ours where one of them is, and counts where one of them does.
    """
    first, second = in_order((one, other))
    kept = repeated(first, second.channels, second.airings)
    ours = Origin.OWN in (one.origin, other.origin)
    return replace(
        kept,
        origin=Origin.OWN if ours else Origin.RELAYED,
        minutes=kept.minutes or second.minutes,
        words=kept.words or second.words,
        topic=kept.topic or second.topic,
        author=kept.author or second.author,
        evidence=_joined(kept.evidence, second.evidence),
        counted=one.counted or other.counted,
        reason=_joined(kept.reason, second.reason),
        files=tuple({file.digest: file for file in (*kept.files, *second.files)}.values()),
    )


def _joined(one: str, other: str) -> str:
    return "; ".join(dict.fromkeys(filter(None, (one, other))))


def within(items: Iterable[NewsItem], period: Period) -> tuple[NewsItem, ...]:
    """The items first published in the period, in the order in which they are listed everywhere."""
    return in_order(item for item in items if period.holds(item.date))


def in_order(items: Iterable[NewsItem]) -> tuple[NewsItem, ...]:
    """By day of first publication, then id."""
    return tuple(sorted(items, key=lambda item: (item.date, item.id)))


def likely_duplicates(items: Sequence[NewsItem]) -> tuple[tuple[NewsItem, NewsItem], ...]:
    """Pairs with the same folded title within a week: shown, never removed."""
    seen: dict[str, list[NewsItem]] = {}
    pairs = []
    for item in in_order(items):
        same = seen.setdefault(fold(item.title), [])
        pairs += [(other, item) for other in same if (item.date - other.date).days <= NEAR_DAYS]
        same.append(item)
    return tuple(pairs)


def identified(items: Iterable[NewsItem]) -> tuple[NewsItem, ...]:
    """The items of a list with an id each: those that have none get the first free one of their content."""
    listed = tuple(items)
    taken = {item.id for item in listed}
    found = []
    for item in listed:
        id = item.id or next(id for earlier in count() if (id := content_id(item, earlier)) not in taken)
        taken.add(id)
        found.append(replace(item, id=id))
    return tuple(found)


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
    if len(item.files) > MOST_FILES:
        raise InputRefused(
            "EVIDENCE_MANY", f"Mỗi tin kèm nhiều nhất {MOST_FILES} tệp. Bỏ bớt tệp rồi làm lại.", "files"
        )

    texts = ("topic", "author", "evidence", "reason", "language")
    tidy: dict[str, Any] = {name: clean(getattr(item, name), limit=MAX_NOTE, where=name) for name in texts}
    return replace(item, title=title, channels=channels, **tidy)


def day_doubt(day: date, today: date, period: Period | None = None) -> str:
    """What is doubtful about it, in words; empty where nothing is. `period` is the one that items are being noted for."""
    said = []
    if day > today:
        said.append(f"chưa tới (hôm nay là {today:%d/%m/%Y})")
    if period is not None and not period.holds(day):
        said.append(f"ngoài {period.words} ({period.window_words})")
    return f"Ngày {day:%d/%m/%Y} {', và '.join(said)}." if said else ""
