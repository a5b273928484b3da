"""A saved way to read somebody's own workbook (bảng đối chiếu), and the JSON that it is kept as.

A row is a number or words, a column letters or words; of several words each next one is looked for after the one before
(“Tổng dân số”, then “Nữ”). `{year}` in words is the year reported on. Version 2 keeps beside them every title of the row
and every head of the column, and holds only where they stand again; version 1 is read for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from forms.errors import InputRefused
from forms.model.news_item import CHANNEL_TITLES, NewsKind
from forms.model.text import nfc, quoted
from forms.workbooks.cell_parsing import DayOrder
from forms.workbooks.sheets import column_of, letters

VERSION, FIRST = 2, 1
MOST_CELLS = 5000
MOST_TITLES = 40
SCALES = tuple(10**power for power in range(10))
_LETTERS = re.compile(r"[A-Za-z]{1,3}")


@dataclass(frozen=True, slots=True)
class RowOrColumn:
    """A row or a column: its number from 0, or the words that stand in it."""

    number: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell of ours stands in their workbook.

    `title` and `heads`: the titles of its row and column, outermost first, by which it is found again; row and column are
    then where it stood last. `said`: what else the sheet said of it (year of the title, unit). `scale`: what a person said
    it is to be multiplied by. `nth`: of so many places with the very same titles it is this one, (1, 1) the only one.
    """

    sheet: str
    row: RowOrColumn
    column: RowOrColumn
    title: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    scale: int = 1
    nth: tuple[int, int] = (1, 1)

    @property
    def is_titled(self) -> bool:
        return bool(self.title or self.heads)


class NewsField(StrEnum):
    """What a column of a list of items may hold."""

    DATE = "date"
    TITLE = "title"
    KIND = "kind"
    CHANNELS = "channels"
    ORIGIN = "origin"
    AIRINGS = "airings"
    MINUTES = "minutes"
    TOPIC = "topic"
    AUTHOR = "author"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class NewsColumns:
    """How a list of items is read: the titles of its columns, how its days are written, what its words for kinds and channels
    mean (folded), and what every item is where there is no such column."""

    sheet: str
    columns: Mapping[NewsField, str]
    days: DayOrder = DayOrder.DAY_FIRST
    kinds: Mapping[str, NewsKind] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    kind: NewsKind | None = None
    channel: str = ""


@dataclass(frozen=True)
class SheetMap:
    """For one form of one programme, whichever version."""

    programme: str
    form: str
    cells: Mapping[str, CellPlace] = field(default_factory=dict)
    news: NewsColumns | None = None


def written(found: SheetMap) -> str:
    """As JSON; rows and columns are called as the spreadsheet calls them."""
    is_new = any(place.is_titled or place.scale != 1 for place in found.cells.values())
    whole: dict[str, Any] = {"version": VERSION if is_new else FIRST, "programme": found.programme, "form": found.form}
    whole["cells"] = {name: _written(place) for name, place in found.cells.items()}
    if found.news:
        whole["news"] = asdict(found.news) | {"kind": found.news.kind or ""}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def read(text: str) -> SheetMap:
    """Raises InputRefused MAPPING_SHAPE."""
    try:
        whole = json.loads(nfc(text))
        version = whole.pop("version", None) if isinstance(whole, dict) else None
        if version not in (FIRST, VERSION) or isinstance(version, bool):
            raise ValueError("version")
        raw = whole.pop("cells", {})
        if len(raw) > MOST_CELLS:
            raise ValueError("cells")
        cells = {_text(name): _place(place, version) for name, place in raw.items()}
        news = whole.pop("news", None)
        made = SheetMap(_text(whole.pop("programme")), _text(whole.pop("form")), cells, news and _news(news))
        _must_be_empty(whole)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        shown = quoted(str(error).strip("'\""))
        raise InputRefused(
            "MAPPING_SHAPE", f"Bảng đối chiếu không đúng dạng, ở {shown}. Sửa theo mẫu trong tài liệu rồi nhập lại."
        ) from error
    return made


def _written(place: CellPlace) -> dict[str, Any]:
    row, column = place.row, place.column
    made: dict[str, Any] = {
        "sheet": place.sheet,
        "row": list(row.words) if row.number is None else row.number + 1,
        "column": list(column.words) if column.number is None else letters(column.number),
    }
    if place.is_titled:
        made |= {"title": list(place.title), "heads": list(place.heads), "said": list(place.said)}
    if place.scale != 1:
        made["scale"] = place.scale
    if place.nth != (1, 1):
        made["nth"] = list(place.nth)
    return made


def _place(raw: dict[str, Any], version: int) -> CellPlace:
    row, column = raw.pop("row"), raw.pop("column")
    if isinstance(row, int) and not 1 <= row <= 1_000_000:
        raise ValueError(f"row {row}")
    is_letters = isinstance(column, str) and _LETTERS.fullmatch(column)
    place = CellPlace(
        _text(raw.pop("sheet", "")),
        RowOrColumn(row - 1) if isinstance(row, int) else RowOrColumn(words=_words(row)),
        RowOrColumn(column_of(column)) if is_letters else RowOrColumn(words=_words(column)),
    )
    if version != FIRST:
        place = replace(
            place,
            title=_titles(raw.pop("title", [])),
            heads=_titles(raw.pop("heads", [])),
            said=_titles(raw.pop("said", [])),
            scale=_scale(raw.pop("scale", 1)),
            nth=_nth(raw.pop("nth", [1, 1])),
        )
    _must_be_empty(raw)
    return place


def _news(raw: dict[str, Any]) -> NewsColumns:
    kind, channel = _text(raw.pop("kind", "")), _text(raw.pop("channel", ""))
    made = NewsColumns(
        columns={NewsField(key): _text(title) for key, title in raw.pop("columns").items()},
        channels={_text(word): _channel(meant) for word, meant in raw.pop("channels", {}).items()},
        sheet=_text(raw.pop("sheet", "")),
        days=DayOrder(raw.pop("days", DayOrder.DAY_FIRST)),
        kinds={_text(word): NewsKind(meant) for word, meant in raw.pop("kinds", {}).items()},
        kind=NewsKind(kind) if kind else None,
        channel=_channel(channel) if channel else "",
    )
    _must_be_empty(raw)
    return made


def _channel(id: str) -> str:
    if id not in CHANNEL_TITLES:
        raise ValueError(id)
    return id


def _titles(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_TITLES:
        raise ValueError("title, heads, said")
    return tuple(map(_text, raw))


def _scale(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw not in SCALES:
        raise ValueError("scale")
    return raw


def _nth(raw: Any) -> tuple[int, int]:
    place, of = raw
    if not all(type(one) is int for one in (place, of)) or not 1 <= place <= of <= MOST_CELLS:
        raise ValueError("nth")
    return place, of


def _words(raw: Any) -> tuple[str, ...]:
    words = tuple(_text(word) for word in ([raw] if isinstance(raw, str) else raw))
    if not words:
        raise ValueError("row, column")
    return words


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 500:
        raise ValueError(str(value)[:40])
    return value


def _must_be_empty(left: dict[str, Any]) -> None:
    if left:
        raise ValueError(next(iter(left)))
