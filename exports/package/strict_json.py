r"""A strict subset of JSON in which one value has one text (byte for byte).

UTF-8 without BOM, NFC, sorted unique keys, no white space, whole numbers of at most 2⁵³−1, no fractions, no
escapes but \" \\ \n, no control, format, surrogate, private or unassigned characters, at most 8 levels. The
reader parses with refusing hooks, writes the value again and compares: whatever the hooks do not name
differs there.
"""

from __future__ import annotations

import json
import re
from typing import Any
from unicodedata import category, is_normalized

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
