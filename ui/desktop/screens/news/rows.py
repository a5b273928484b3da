"""One line of the list of items, in words. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from forms.news import CHANNEL_TITLES, CHANNELS, KIND_TITLES, NewsItem, NewsKind, Origin

_SHORT = {channel.id: channel.short for channel in CHANNELS}


@dataclass(frozen=True)
class Row:
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


def row_of(item: NewsItem, twins: tuple[NewsItem, ...]) -> Row:
    in_order = [channel.id for channel in CHANNELS if channel.id in item.channels]
    return Row(
        item.id,
        f"{item.date:%d/%m/%Y}",
        item.title,
        kind_words(item.kind, item.origin),
        ", ".join(_SHORT[id] for id in in_order),
        ", ".join(CHANNEL_TITLES[id] for id in in_order),
        str(item.airings),
        "Có" if item.counted else "Không",
        item.reason,
        str(len(item.files)) if item.files else "",
        ", ".join(f"{file.name} ({size_words(file.size)})" for file in item.files) or item.evidence,
        f"Giống {called(twins[0])}. Bấm F6 để gộp." if twins else "",
    )


def kind_words(kind: NewsKind, origin: Origin) -> str:
    return KIND_TITLES[kind] + (", tiếp phát" if origin is Origin.RELAYED else "")


def called(item: NewsItem) -> str:
    """How an item is called in a sentence."""
    return f"tin ngày {item.date:%d/%m/%Y} “{item.title}”"


def size_words(size: int) -> str:
    """Bytes as people read them: 640 KB, 1,3 MB."""
    return f"{size / (1 << 20):.1f} MB".replace(".", ",") if size >= 1 << 20 else f"{-(-size >> 10)} KB"
