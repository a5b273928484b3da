"""The entry line as it stands, and the item it becomes. No Qt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from forms.errors import InputRefused
from forms.news import CHANNELS, NewsItem, NewsKind, Origin
from ui.desktop.screens.news.days import day_words
from ui.desktop.screens.news.rows import kind_words

KINDS = {"t": NewsKind.BRIEF, "b": NewsKind.FEATURE, "c": NewsKind.SLOT, "k": NewsKind.OTHER}
RELAYED = "p"
_LONGEST = 6  # digits of a number of airings, minutes or words


@dataclass(frozen=True)
class Typed:
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


def typed_of(item: NewsItem) -> Typed:
    return Typed(
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
        item.author,
        item.topic,
        _number_text(item.minutes),
        _number_text(item.words),
    )


def item_of(typed: Typed, day: date, known: NewsItem | None) -> NewsItem:
    """The item that was typed, in place of the `known` one. Raises InputRefused with the field in `where`."""
    base = known or NewsItem("", day, typed.title, typed.kind, typed.channels)
    return replace(
        base,
        date=day,
        title=typed.title,
        kind=typed.kind,
        origin=typed.origin,
        channels=typed.channels,
        airings=_whole(typed.airings, "airings", "Số lượt phát") or 0,
        counted=typed.counted,
        reason=typed.reason,
        evidence=typed.evidence,
        author=typed.author,
        topic=typed.topic,
        minutes=_whole(typed.minutes, "minutes", "Số phút", needed=False),
        words=_whole(typed.words, "words", "Số chữ", needed=False),
    )


def written(typed: Typed) -> str:
    """The line as a text that `read` gives back."""
    return json.dumps(asdict(typed), ensure_ascii=False)


def read(data: str) -> Typed:
    known = json.loads(data)
    kind, origin = NewsKind(known.pop("kind")), Origin(known.pop("origin"))
    return Typed(**{**known, "channels": tuple(known["channels"])}, kind=kind, origin=origin)


def channel_words(channels: Sequence[str]) -> str:
    """By their short names, in the order of their keys."""
    return ", ".join(channel.short for channel in CHANNELS if channel.id in channels)


def stored_words(typed: Typed, day: date | None) -> str:
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


def kept_words(typed: Typed) -> str:
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


def _number_text(number: int | None) -> str:
    return "" if number is None else str(number)
