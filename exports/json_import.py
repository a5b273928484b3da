"""The JSON import file: one report's whole content (docs/command-line.md shows one). What is not meant is never guessed.

White space and the order of keys are free. Everything else is strict: UTF-8 without a mark at its start, NFC, no key
twice, no unknown key, no fractions, no NaN, at most 4 MiB and 8 levels. Codes: FILE_TOO_BIG, JSON_ENCODING,
JSON_SYNTAX, JSON_DUPLICATE_KEY, JSON_NUMBER, JSON_DEPTH, JSON_SHAPE, JSON_VALUE, TEXT_NOT_NFC, NUMBER_UNREADABLE,
PERIOD_UNKNOWN and those of forms.model.text.clean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, NoReturn, TypeVar
from unicodedata import is_normalized

from forms.errors import InputRefused
from forms.model.cell import Cell, CellState
from forms.model.news_item import NewsItem, identified
from forms.model.number import read_canonical
from forms.model.period import Basis, Period
from forms.model.report import ImportedReport
from forms.model.report_fields import NO_DEFAULT, fields_of
from forms.model.task import Nomination, Task
from forms.model.text import clean, quoted

MAX_BYTES = 4 << 20
MAX_DEPTH = 8
MAX_TEXT = 20_000  # the services hold each text to its own, smaller limit
MAX_ROWS = 20_000
MAX_COUNTER = 1_000_000
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
Kind = TypeVar("Kind", bound=StrEnum)


def refuse(code: str, message: str, where: str = "") -> NoReturn:
    raise InputRefused(code, message, where)


def parsed(data: bytes) -> Any:
    """The value of a text in the strict subset, every key and text NFC. Raises InputRefused."""
    if len(data) > MAX_BYTES:
        refuse("FILE_TOO_BIG", "Tệp nhập lớn hơn 4 MiB. Kiểm tra xem có chọn đúng tệp không.")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        refuse("JSON_ENCODING", "Tệp nhập phải lưu dạng UTF-8 không có dấu BOM. Lưu lại tệp với mã “UTF-8”.")
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except UnicodeDecodeError:
        refuse("JSON_ENCODING", "Tệp nhập không phải văn bản UTF-8. Lưu lại tệp với mã “UTF-8”.")
    except json.JSONDecodeError as error:
        place = f"dòng {error.lineno}, cột {error.colno}"
        refuse("JSON_SYNTAX", f"Tệp nhập không phải JSON đúng dạng, ở {place}. Sửa chỗ đó rồi nhập lại.", place)
    except RecursionError:
        refuse("JSON_DEPTH", "Tệp nhập lồng nhau quá sâu. Viết lại theo mẫu trong hướng dẫn dòng lệnh.")
    _check_texts(value, "", 0)
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            refuse(
                "JSON_DUPLICATE_KEY", f"Tệp nhập ghi mục {quoted(key)} hai lần. Bỏ bớt một rồi nhập lại.", quoted(key)
            )
        found[key] = value
    return found


def _no_number(text: str) -> NoReturn:
    shown = quoted(text)
    refuse(
        "JSON_NUMBER",
        f"Tệp nhập có {shown} là số lẻ hoặc không phải số. Số liệu ghi trong ngoặc kép, ví dụ “1250” hoặc “8.5”.",
        shown,
    )


def _counter(text: str) -> int:
    return int(text) if len(text) <= 16 else _no_number(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_doubles, parse_float=_no_number, parse_constant=_no_number, parse_int=_counter
)


def _check_texts(value: Any, where: str, depth: int) -> None:
    """Every key and text NFC, nothing deeper than the shape needs."""
    if depth > MAX_DEPTH:
        refuse("JSON_DEPTH", f"Tệp nhập lồng nhau quá sâu, ở {where}. Viết lại theo mẫu trong hướng dẫn.", where)
    if isinstance(value, str) and not is_normalized("NFC", value):
        refuse(
            "TEXT_NOT_NFC",
            f"Trong tệp nhập, {_place(where)} có chữ Unicode tổ hợp (dấu rời khỏi chữ). "
            "Chuyển văn bản sang Unicode dựng sẵn (NFC) rồi nhập lại.",
            where,
        )
    if isinstance(value, list):
        for number, item in enumerate(value):
            _check_texts(item, f"{where}[{number}]", depth + 1)
    if isinstance(value, dict):
        for key, item in value.items():
            _check_texts(key, where, depth)
            _check_texts(item, _join(where, quoted(key).strip("“”")), depth + 1)


class JsonObject:
    """An object of the file; takes each key once and refuses what is left."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            refuse("JSON_SHAPE", f"Trong tệp nhập, {_place(where)} phải là một đối tượng {{…}}. Sửa theo mẫu.", where)
        self._left, self.where = dict(value), where

    def text(self, key: str, *default: str) -> str:
        """A text; without a default it must be there."""
        value = self.take(key, *default)
        if not isinstance(value, str):
            self._misfit(key, "phải là chuỗi trong ngoặc kép")
        return value

    def line(self, key: str) -> str:
        return clean(self.text(key, ""), limit=MAX_TEXT, multiline=True, where=self.place(key))

    def matching(self, key: str, pattern: re.Pattern[str], *default: str) -> str:
        value = self.text(key, *default)
        if value not in default and not pattern.fullmatch(value):
            self.wrong(key, f"ghi {quoted(value)} không đúng dạng")
        return value

    def one_of(self, key: str, kind: type[Kind], *default: Kind) -> Kind:
        value = self.text(key, *default)
        if value not in list(kind):
            self.wrong(key, f"ghi {quoted(value)}; chỉ được ghi {', '.join(kind)}")
        return kind(value)

    def flag(self, key: str, default: Value) -> bool | Value:
        value = self._left.pop(key, default)
        if value is default:
            return default
        if not isinstance(value, bool):
            self._misfit(key, "phải là true hoặc false")
        return value

    def counter(self, key: str, default: Value) -> int | Value:
        value = self._left.pop(key, default)
        if value is default:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self._misfit(key, "phải là số nguyên, không có ngoặc kép")
        if not 0 <= value <= MAX_COUNTER:
            self.wrong(key, f"phải từ 0 đến {MAX_COUNTER}")
        return value

    def optional_day(self, key: str) -> date | None:
        if self._left.get(key) is None:
            self._left.pop(key, None)
            return None
        return self.day(key)

    def day(self, key: str) -> date:
        value = self.take(key)
        found = _day(value) if isinstance(value, str) else None
        if found is None:
            self.wrong(key, "phải là ngày có thật, viết dạng “2025-12-31”")
        return found

    def rows(self, key: str) -> Iterator[JsonObject]:
        value = self._left.pop(key, [])
        if not isinstance(value, list) or len(value) > MAX_ROWS:
            self._misfit(key, f"phải là danh sách [ … ] không quá {MAX_ROWS} dòng")
        return (JsonObject(row, f"{self.place(key)}[{number}]") for number, row in enumerate(value))

    def _words(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if not isinstance(value, list) or len(value) > 40 or not all(isinstance(word, str) for word in value):
            self._misfit(key, "phải là danh sách các chuỗi")
        return tuple(value)

    def fields(self, record: type, **own: Callable[[], Any]) -> dict[str, Any]:
        """The fields of a record by the table of them, in its order; `own` are those that are read another way."""
        found: dict[str, Any] = {}
        for name, field in fields_of(record).items():
            default = () if field.empty is NO_DEFAULT else (field.empty,)
            if name in own:
                found[name] = own[name]()
            elif field.is_list:
                found[name] = self._words(name)
            elif issubclass(field.type, StrEnum):
                found[name] = self.one_of(name, field.type, *default)
            elif field.type is date:
                found[name] = self.optional_day(name) if field.is_optional else self.day(name)
            elif field.type is int:
                found[name] = self.counter(name, field.empty)
            else:
                found[name] = self.line(name)
        return found

    def texts(self, key: str) -> dict[str, str]:
        inner = JsonObject(self._left.pop(key, {}), self.place(key))
        return {id: inner.line(id) for id in tuple(inner._left)}

    def end(self) -> None:
        """Raises JSON_SHAPE for a key that nobody asked for."""
        for key in self._left:
            where = self.place(quoted(key).strip("“”"))
            refuse("JSON_SHAPE", f"Tệp nhập có mục {quoted(key)} mà phần mềm không biết. Bỏ hoặc sửa tên mục.", where)

    def place(self, key: str) -> str:
        return _join(self.where, key)

    def take(self, key: str, *default: Any) -> Any:
        if key not in self._left and not default:
            refuse("JSON_SHAPE", f"Tệp nhập thiếu mục {self.place(key)}. Thêm mục này rồi nhập lại.", self.place(key))
        return self._left.pop(key, *default)

    def _misfit(self, key: str, problem: str) -> NoReturn:
        refuse("JSON_SHAPE", f"Trong tệp nhập, mục {self.place(key)} {problem}. Sửa rồi nhập lại.", self.place(key))

    def wrong(self, key: str, problem: str) -> NoReturn:
        """Refuses the value of a key; `problem` completes the sentence "mục … ……"."""
        refuse("JSON_VALUE", f"Trong tệp nhập, mục {self.place(key)} {problem}. Sửa rồi nhập lại.", self.place(key))


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _place(where: str) -> str:
    return f"mục {where}" if where else "nội dung"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:  # the 31st of February
        return None


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
