"""The JSON import file: one report's whole content (docs/command-line.md shows one).

Codes: those of exports/json_file.py, NUMBER_UNREADABLE, PERIOD_UNKNOWN and those of forms.model.text.clean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from exports.json_file import JsonObject, parsed, refuse
from forms.errors import InputRefused
from forms.model.cell import Cell, CellState
from forms.model.imported_report import ImportedReport
from forms.model.news_item import NewsItem, identified
from forms.model.number import read_canonical
from forms.model.period import Basis, Period
from forms.model.task import Nomination, Task
from forms.model.text import clean, quoted

_ZIP = b"PK\x03\x04"  # a workbook, which has a reader of its own
_ID = re.compile(r"[a-z0-9][a-z0-9_.@-]{0,159}")  # a cell's name with its part and its year
_CHECK = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,159}")
_NEWS_ID = re.compile(r"[0-9a-f]{32}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
Value = TypeVar("Value")


def read(data: bytes) -> ImportedReport:
    """What the file says. Whether the form has such cells is the service's to judge. Raises InputRefused."""
    if data.startswith(_ZIP):
        refuse(
            "FORMAT_UNKNOWN",
            "Tệp này là bảng tính hoặc tệp nén, không phải JSON. Nhập nó như một bảng tính (.xlsx, .ods).",
        )
    whole = parsed(data)
    top = JsonObject(whole, "")
    news, unsaid = _news(top)
    filled = ImportedReport(
        programme=top.text("programme"),
        period=Period.parse(top.text("period"), top.one_of("basis", Basis, Basis.CALENDAR)),
        form=top.text("form", ""),
        as_of=top.optional_day("as_of"),
        estimate=top.flag("estimate", False),
        cells=_unique(top.rows("cells"), "cell", _cell),
        news=news,
        counted_by_rule=unsaid,
        narratives=top.texts("narratives"),
        tasks=tuple(_unique(top.rows("tasks"), "id", _task).values()),
        nominations=tuple(_nomination(row) for row in top.rows("nominations")),
        explanations=_unique(top.rows("explanations"), "check", _reason),
        lists_news="news" in whole,
    )
    top.end()
    return filled


def _unique(rows: Iterator[JsonObject], key: str, make: Callable[[JsonObject, str], Value]) -> dict[str, Value]:
    """Rows by their name; a name twice is refused like a key twice."""
    found: dict[str, Value] = {}
    for row in rows:
        name = row.matching(key, _CHECK if key == "check" else _ID)
        if name in found:
            where = row.place(key)
            refuse("JSON_DUPLICATE_KEY", f"Tệp nhập ghi {quoted(name)} hai lần ({where}). Bỏ bớt một.", where)
        found[name] = make(row, name)
        row.end()
    return found


def _cell(row: JsonObject, name: str) -> Cell:
    state, note = row.one_of("state", CellState, CellState.GIVEN), row.line("note")
    text = row.take("amount", None)
    if (state is CellState.GIVEN) != (text is not None):
        row.wrong("amount", "có khi và chỉ khi state là “given”")
    if text is None:
        return Cell(state, None, note)
    if not isinstance(text, str):
        row.wrong(
            "amount", f'phải ghi trong ngoặc kép, ví dụ "{text}"' if isinstance(text, int) else "phải là chuỗi số"
        )
    try:
        return Cell(state, read_canonical(text), note)
    except InputRefused as error:
        raise InputRefused(error.code, f"Ô {name}: {error.message}", name) from error


def _news(top: JsonObject) -> tuple[tuple[NewsItem, ...], frozenset[str]]:
    """The items, and the ids of those of which the file does not say whether they are counted."""
    items, unsaid = [], []
    for row in top.rows("news"):
        is_counted = row.flag("counted", None)
        item = NewsItem(
            **row.fields(
                NewsItem,
                id=partial(row.matching, "id", _NEWS_ID, ""),
                channels=partial(row.words, "channels"),
                language=partial(row.matching, "language", _LANGUAGE, "vi"),
                counted=partial(bool, is_counted is not False),
                files=tuple,
            )
        )
        row.end()
        items.append(item)
        unsaid.append(is_counted is None)
    named = identified(items)
    return named, frozenset(item.id for item, silent in zip(named, unsaid, strict=True) if silent)


def _task(row: JsonObject, id: str) -> Task:
    task = Task(**row.fields(Task, id=lambda: id))
    if task.percent > 100:
        row.wrong("percent", "phải từ 0 đến 100")
    return task


def _nomination(row: JsonObject) -> Nomination:
    name = partial(clean, row.text("name"), limit=200, where=row.place("name"))
    made = Nomination(**row.fields(Nomination, name=name))
    if not made.name:
        row.wrong("name", "để trống")
    row.end()
    return made


def _reason(row: JsonObject, check: str) -> str:
    reason = row.line("reason")
    if not reason:
        row.wrong("reason", f"để trống cho {check}")
    return reason
