r"""JSON read strictly: what a member of a package may look like, and nothing else (docs/adr/0006-reading-json.md).

A strict subset of JSON in which one value has one text, byte for byte: UTF-8 without BOM, NFC, sorted unique keys, no
white space, whole numbers of at most 2⁵³−1, no fractions, no escapes but \" \\ \n, no control, format, surrogate,
private or unassigned characters, at most 8 levels. The reader parses with refusing hooks, writes the value again and
compares: whatever the hooks do not name differs there.

Shapes are put together like the page they describe: record, rows, table, text, matching … Each is a function that
checks a value and raises at the first thing that does not fit; the keys of a record in alphabetical order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any
from unicodedata import category, is_normalized

from exports.package.refusals import refused

MAX_DEPTH = 8
MAX_INTEGER = 2**53 - 1
REMEMBERED = 4096  # texts of one pattern

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
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused("JSON_ENCODING", where) from error
    if text.startswith("\ufeff"):
        raise refused("JSON_ENCODING", where)
    _check_text(text, data, where)
    if _nests(data) and _nests(_STRING.sub(b"", data)):  # brackets inside texts are told apart only when it matters
        raise refused("JSON_DEPTH", where)
    try:
        value = _DECODER.decode(text)
        if _ENCODER.encode(value) == text:
            return value
        json.loads(text, object_pairs_hook=_unique)
    except _Twice as error:
        raise refused("JSON_DUPLICATE_KEY", where) from error
    except _Number as error:
        raise refused("JSON_NUMBER", where) from error
    except RecursionError as error:
        raise refused("JSON_DEPTH", where) from error
    except ValueError as error:
        raise refused("JSON_SYNTAX", where) from error
    raise refused("JSON_NOT_CANONICAL", where)


def _check_text(text: str, data: bytes, where: str) -> None:
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
    # In UTF-8 every loose mark begins with one of two bytes: looking for those costs a sixth of the pattern.
    may_hold_marks = b"\xcc" in data or b"\xcd" in data
    if not is_normalized("NFC", text) or (may_hold_marks and _TOO_MANY_MARKS.search(text)):
        raise refused("JSON_TEXT", where)


def _nests(data: bytes) -> bool:
    """Whether brackets, wherever they stand, nest too deep."""
    brackets = data.translate(_AS_SQUARE, _NOT_BRACKETS)
    for _ in range(MAX_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


def _integer(text: str) -> int:
    if len(text) > 17 or text == "-0" or abs(number := int(text)) > MAX_INTEGER:
        raise _Number(text[:20])
    return number


def _no_number(text: str) -> Any:
    raise _Number(text[:20])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)
_DECODER = json.JSONDecoder(parse_int=_integer, parse_float=_no_number, parse_constant=_no_number)


class _Misfit(Exception):
    """A value that is not of its shape: the code of the refusal, and the steps to the place, the innermost first."""

    def __init__(self, code: str) -> None:
        self.code, self.steps = code, list[int | str]()


Check = Callable[[Any], None]


class Shape:
    """The shape of one member of a package; `where` names the member in a refusal."""

    def __init__(self, check: Check, where: str) -> None:
        self._check, self._where = check, where

    def parse(self, data: bytes) -> Any:
        """The value of a member in the strict subset and of this shape. Raises JSON_…, JSON_SHAPE and JSON_VALUE with
        the place, such as `payload.json: cells[3].amount`."""
        value = loads(data, self._where)
        try:
            self._check(value)
        except _Misfit as misfit:
            steps = (f"[{step}]" if isinstance(step, int) else f".{step[:60]}" for step in reversed(misfit.steps))
            raise refused(misfit.code, f"{self._where}: {''.join(steps).removeprefix('.')}") from misfit
        return value


def record(
    fields: dict[str, Check], optional: Collection[str] = (), rule: Callable[[Any], bool] = lambda _: True
) -> Check:
    """An object with exactly these keys; the optional ones may be missing, never null. `rule` is over the whole of it."""
    checks, needed, known = sorted(fields.items()), fields.keys() - optional, fields.keys()

    def check(value: Any) -> None:
        if type(value) is not dict:
            raise _Misfit("JSON_SHAPE")
        step = ""
        try:
            for step, inner in checks:
                if step in value:
                    inner(value[step])
                elif step in needed:
                    raise _Misfit("JSON_SHAPE")
            if not value.keys() <= known:
                step = next(key for key in value if key not in known)
                raise _Misfit("JSON_SHAPE")
        except _Misfit as misfit:
            misfit.steps.append(step)
            raise
        if not rule(value):
            raise _Misfit("JSON_VALUE")

    return check


def table(key: Check, value: Check, limit: int) -> Check:
    """An object whose keys are data; that they are sorted is said by the text."""

    def check(found: Any) -> None:
        if type(found) is not dict or len(found) > limit:
            raise _Misfit("JSON_SHAPE")
        step = ""
        try:
            for step, item in found.items():
                value(item)
                key(step)
        except _Misfit as misfit:
            misfit.steps.append(step)
            raise

    return check


def rows(row: Check, limit: int, key: Callable[[Any], Any] | None = None) -> Check:
    """A list of at most `limit` rows; with `key` sorted by it, each key once."""

    def check(value: Any) -> None:
        if type(value) is not list or len(value) > limit:
            raise _Misfit("JSON_SHAPE")
        step = 0
        try:
            for step, item in enumerate(value):  # noqa: B007 - told where one does not fit
                row(item)
        except _Misfit as misfit:
            misfit.steps.append(step)
            raise
        if key and not in_order([key(item) for item in value]):
            raise _Misfit("JSON_VALUE")

    return check


def ruled(inner: Check, holds: Callable[[Any], object]) -> Check:
    """A shape with one more rule over the whole value; it may raise ValueError."""

    def check(value: Any) -> None:
        inner(value)
        try:
            is_held = holds(value)
        except ValueError:
            is_held = False
        if not is_held:
            raise _Misfit("JSON_VALUE")

    return check


def in_order(keys: list[Any]) -> bool:
    """Sorted, each once."""
    return len(keys) < 2 or keys == sorted(set(keys))


def text(limit: int, *, multiline: bool = False, blank: bool = True) -> Check:
    """A text of at most `limit` characters; unless `blank` may be, one that begins and ends with something."""

    def check(value: Any) -> None:
        if type(value) is not str:
            raise _Misfit("JSON_SHAPE")
        if value == "" and blank:
            return
        if (
            len(value) > limit
            or (not multiline and "\n" in value)
            or (not blank and (not value or value != value.strip()))
        ):
            raise _Misfit("JSON_VALUE")

    return check


def matching(pattern: str) -> Check:
    """A text that the whole pattern matches. Some that did are remembered: thousands of packages name the same cells."""
    matches, seen = re.compile(pattern).fullmatch, set[str]()

    def check(value: Any) -> None:
        if type(value) is not str:
            raise _Misfit("JSON_SHAPE")
        if value in seen:
            return
        if matches(value) is None:
            raise _Misfit("JSON_VALUE")
        if len(seen) < REMEMBERED:
            seen.add(value)

    return check


def one_of(*values: str) -> Check:
    known = [str(value) for value in values]

    def check(value: Any) -> None:
        if value not in known:
            raise _Misfit("JSON_VALUE")

    return check


def integer(low: int, high: int) -> Check:
    def check(value: Any) -> None:
        if type(value) is not int:
            raise _Misfit("JSON_SHAPE")
        if not low <= value <= high:
            raise _Misfit("JSON_VALUE")

    return check


def nullable(inner: Check) -> Check:
    def check(value: Any) -> None:
        if value is not None:
            inner(value)

    return check


def flag() -> Check:
    def check(value: Any) -> None:
        if type(value) is not bool:
            raise _Misfit("JSON_SHAPE")

    return check


def day() -> Check:
    """A date that exists: 2025-12-31."""
    return ruled(matching("[12][0-9]{3}-[01][0-9]-[0-3][0-9]"), date.fromisoformat)
