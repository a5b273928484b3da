r"""JSON read strictly: no duplicate names, no NaN, only the shapes that are told.

What a member of a package may look like, and its fast reader.

Shapes are put together like the page they describe: record, rows, table, text, matching … Records list their keys in
alphabetical order, which is the order in the file. pydantic-core reads the bytes straight into a checked value; writing
that value again must give the same bytes. Whatever fails is read once more by `strict_json`, which names the fault.

A strict subset of JSON in which one value has one text (byte for byte).

UTF-8 without BOM, NFC, sorted unique keys, no white space, whole numbers of at most 2⁵³−1, no fractions, no
escapes but \" \\ \n, no control, format, surrogate, private or unassigned characters, at most 8 levels. The
reader parses with refusing hooks, writes the value again and compares: whatever the hooks do not name
differs there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any
from unicodedata import category, is_normalized

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema, to_json

from exports.package.refusals import refused
from forms.errors import PackageRefused

MAX_DEPTH = 8
MAX_INTEGER = 2**53 - 1

_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Spelled three times: the engine skips along a leading class far faster than along a counted one.
_TOO_MANY_MARKS = re.compile("[\u0300-\u036f][\u0300-\u036f][\u0300-\u036f]")
_ESCAPE = re.compile(r'\\[\\"n]')
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_AS_SQUARE = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class _Number(ValueError):
    """A number outside the subset; becomes JSON_NUMBER."""


class _Twice(ValueError):
    """A key given twice; becomes JSON_DUPLICATE_KEY."""


def dumps(value: object) -> bytes:
    """The one text of a value. Texts outside the subset are written as they are, for `loads` to refuse."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def loads(data: bytes, where: str) -> Any:
    """The value of a text in the subset; `where` names the member in the refusal (JSON_…)."""
    text = decoded(data, where)
    check_text(text, where)
    if _is_deep(data):
        raise refused("JSON_DEPTH", where)
    try:
        value = _DECODER.decode(text)
        if _ENCODER.encode(value) != text:
            raise _why_not_canonical(text, where)
    except _Number as error:
        raise refused("JSON_NUMBER", where) from error
    except RecursionError as error:
        raise refused("JSON_DEPTH", where) from error
    except ValueError as error:
        raise refused("JSON_SYNTAX", where) from error
    return value


def check_text(text: str, where: str) -> None:
    """Whether the text of a member holds only allowed characters and escapes.

    Raises JSON_TEXT unless NFC, free of forbidden characters and of letters with three loose marks (a newline may
    stand only as an escape); JSON_NOT_CANONICAL for other escapes than the three.
    """
    if "\\" in text and "\\" in _ESCAPE.sub("", text):
        raise refused("JSON_NOT_CANONICAL", where)
    if text.isascii() and text.isprintable():
        return
    if not text.isprintable() and any(category(c) in _FORBIDDEN for c in text):
        raise refused("JSON_TEXT", where)
    if not is_normalized("NFC", text) or (_may_hold_marks(text) and _TOO_MANY_MARKS.search(text)):
        raise refused("JSON_TEXT", where)


def _may_hold_marks(text: str) -> bool:
    """In UTF-8 every loose mark begins with one of two bytes: looking for those costs a sixth of the pattern."""
    data = text.encode("utf-8", "surrogatepass")
    return b"\xcc" in data or b"\xcd" in data


def decoded(data: bytes, where: str) -> str:
    """The member as text. Raises JSON_ENCODING unless UTF-8 without BOM."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused("JSON_ENCODING", where) from error
    if text.startswith("\ufeff"):
        raise refused("JSON_ENCODING", where)
    return text


def _is_deep(data: bytes) -> bool:
    """Whether brackets nest too deep. Brackets inside texts are told apart only when it matters."""
    return _nests(data) and _nests(_STRING.sub(b"", data))


def _nests(data: bytes) -> bool:
    brackets = data.translate(_AS_SQUARE, _NOT_BRACKETS)
    for _ in range(MAX_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


def _integer(text: str) -> int:
    if len(text) > 17 or text == "-0":
        raise _Number(text[:20])
    number = int(text)
    if abs(number) > MAX_INTEGER:
        raise _Number(text)
    return number


def _no_number(text: str) -> Any:
    raise _Number(text[:20])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _why_not_canonical(text: str, where: str) -> PackageRefused:
    try:
        json.loads(text, object_pairs_hook=_unique)
    except _Twice:
        return refused("JSON_DUPLICATE_KEY", where)
    return refused("JSON_NOT_CANONICAL", where)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)
_DECODER = json.JSONDecoder(parse_int=_integer, parse_float=_no_number, parse_constant=_no_number)


_VALUE_FAULTS = frozenset(
    {
        "string_pattern_mismatch",
        "string_too_long",
        "string_too_short",
        "literal_error",
        "greater_than_equal",
        "less_than_equal",
        "value_error",
    }
)


class Shape:
    """A compiled shape of one member: `parse` reads bytes; `check` explains what is wrong with a value."""

    def __init__(self, schema: CoreSchema, where: str) -> None:
        self._validator, self._where = SchemaValidator(schema), where

    def parse(self, data: bytes) -> Any:
        """The value of a member in the strict subset and of this shape. Raises JSON_…"""
        check_text(decoded(data, self._where), self._where)
        try:
            value = self._validator.validate_json(data)
        except ValidationError:
            value = None
        if value is not None and to_json(value) == data:
            return value
        self.check(loads(data, self._where))
        raise refused("JSON_NOT_CANONICAL", self._where)

    def check(self, value: object) -> None:
        """Raises JSON_SHAPE or JSON_VALUE with the place, such as `payload.json: cells[3].amount`."""
        try:
            self._validator.validate_python(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            code = "JSON_VALUE" if first["type"] in _VALUE_FAULTS else "JSON_SHAPE"
            raise refused(code, f"{self._where}: {_path(first['loc'])}") from error


def record(fields: dict[str, CoreSchema], optional: Collection[str] = ()) -> CoreSchema:
    """An object with exactly these keys; the optional ones may be missing, never null."""
    return core_schema.typed_dict_schema(
        {name: core_schema.typed_dict_field(fields[name], required=name not in optional) for name in sorted(fields)},
        extra_behavior="forbid",
        strict=True,
    )


def table(key: CoreSchema, value: CoreSchema, limit: int) -> CoreSchema:
    """An object whose keys are data, sorted."""
    return ruled(
        core_schema.dict_schema(key, value, max_length=limit, strict=True), lambda found: in_order(list(found))
    )


def rows(row: CoreSchema, limit: int, key: Callable[[Any], Any] | None = None) -> CoreSchema:
    """A list of at most `limit` rows; with `key` sorted by it, each key once."""
    listed = core_schema.list_schema(row, max_length=limit, strict=True)
    return ruled(listed, lambda found: in_order([key(row) for row in found])) if key else listed


def ruled(schema: CoreSchema, holds: Callable[[Any], bool]) -> CoreSchema:
    """A shape with one more rule over the whole value."""

    def check(value: Any) -> Any:
        if not holds(value):
            raise ValueError
        return value

    return core_schema.no_info_after_validator_function(check, schema)


def in_order(keys: list[Any]) -> bool:
    """Sorted, each once."""
    return len(keys) < 2 or keys == sorted(set(keys))


def text(limit: int, *, multiline: bool = False, blank: bool = True) -> CoreSchema:
    """A text of at most `limit` characters; unless `blank` may be, one that begins and ends with something."""
    inner = r"[\s\S]" if multiline else r"[^\n]"
    pattern = rf"^{inner}*$" if blank else rf"^\S({inner}*\S)?$"
    free = blank and multiline
    return core_schema.str_schema(max_length=limit, pattern=None if free else pattern, strict=True)


def matching(pattern: str) -> CoreSchema:
    """A text that the whole pattern matches."""
    return core_schema.str_schema(pattern=f"^(?:{pattern})$", strict=True)


def one_of(*values: str) -> CoreSchema:
    return core_schema.literal_schema([str(value) for value in values])


def integer(low: int, high: int) -> CoreSchema:
    return core_schema.int_schema(ge=low, le=high, strict=True)


def nullable(inner: CoreSchema) -> CoreSchema:
    return core_schema.nullable_schema(inner, strict=True)


def flag() -> CoreSchema:
    return core_schema.bool_schema(strict=True)


def day() -> CoreSchema:
    """A date that exists: 2025-12-31."""
    return ruled(matching("[12][0-9]{3}-[01][0-9]-[0-3][0-9]"), lambda found: bool(date.fromisoformat(found)))


def _path(steps: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:60]}" for step in steps)
    return path.removeprefix(".")
