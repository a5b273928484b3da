"""A document as JSON for keeping, and back: `from_json(to_json(document)) == document`, and one document has one text.

The shape follows the classes of `exports.document`: an object for each part with the fields that differ from their
defaults, so that a field added later leaves old texts readable. Where a field may hold several kinds of parts, "is"
names which. Numbers that are figures are strings, days are ISO. UTF-8, sorted keys, no white space.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NoReturn, get_args, get_origin, get_type_hints

from exports.document import Document
from forms.errors import ExportError

FORMAT = 1
LARGEST = 64 * 2**20  # bytes; the largest report of a province takes about a hundredth
IS = "is"


class _Wrong(ValueError):
    """The text is no document of this format."""


def to_json(document: Document) -> bytes:
    """The one text of a document. Raises ExportError DOCUMENT_DAMAGED for text that no file can hold."""
    try:
        return _ENCODER.encode({"document": _given(document), "format": FORMAT}).encode()
    except UnicodeEncodeError as error:
        raise _damaged() from error


def from_json(data: bytes) -> Document:
    """The document of a text. Raises ExportError DOCUMENT_NEWER, or DOCUMENT_DAMAGED unless the text is the one that
    `to_json` gives."""
    if len(data) > LARGEST:
        raise _damaged()
    try:
        value = json.loads(data, parse_constant=_refuse)
        if isinstance(value, dict) and isinstance(value.get("format"), int) and value["format"] > FORMAT:
            raise ExportError(
                "DOCUMENT_NEWER", "Văn bản do phiên bản mới hơn của phần mềm ghi. Hãy cài phiên bản mới rồi mở lại."
            )
        if not isinstance(value, dict) or set(value) != {"document", "format"} or value["format"] != FORMAT:
            raise _Wrong
        document: Document = _part(Document, value["document"])
        if to_json(document) != data:
            raise _Wrong
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged() from error
    return document


def _damaged() -> ExportError:
    return ExportError(
        "DOCUMENT_DAMAGED", "Văn bản lưu trong sổ bị hỏng, không mở lại được. Hãy phục hồi sổ từ bản sao lưu gần nhất."
    )


def _given(value: Any, *, tagged: bool = False) -> Any:
    if isinstance(value, bool | int | str | NoneType):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_given(item, tagged=tagged) for item in value]
    kind: type = type(value)
    hints = _hints(kind)
    # A field that may hold parts of several classes is tagged.
    fields = {
        field.name: _given(getattr(value, field.name), tagged=len(_classes(hints[field.name])) > 1)
        for field in dataclasses.fields(value)
        if getattr(value, field.name) != field.default
    }
    return fields | {IS: type(value).__name__} if tagged else fields


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


@cache
def _classes(hint: Any) -> dict[str, type]:
    """The classes that a hint names, also inside a tuple."""
    if dataclasses.is_dataclass(hint):
        return {hint.__name__: hint}  # type: ignore[union-attr, dict-item]  # mypy takes a class for an instance here
    if get_origin(hint) in (UnionType, tuple):
        return {name: kind for inner in get_args(hint) if inner is not ... for name, kind in _classes(inner).items()}
    return {}


def _read(hint: Any, value: Any) -> Any:
    """The value as the hint wants it. Raises _Wrong."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return _of_several(inner, hint, value)
    if origin is tuple:
        if not isinstance(value, list):
            raise _Wrong
        return tuple(_read(inner[0], item) for item in value)
    if origin is Literal:
        if value not in inner or isinstance(value, bool):
            raise _Wrong
        return value
    if dataclasses.is_dataclass(hint):
        return _part(hint, value)
    if hint is Decimal or hint is date:
        # A figure or a day, which stand as strings.
        if not isinstance(value, str):
            raise _Wrong
        try:
            read = Decimal(value) if hint is Decimal else date.fromisoformat(value)
        except InvalidOperation as error:
            raise _Wrong from error
        if isinstance(read, Decimal) and not read.is_finite():
            raise _Wrong
        return read
    allowed = (int, float) if hint is float else (hint,)
    if type(value) not in allowed:
        raise _Wrong
    return value


def _of_several(kinds: tuple[Any, ...], hint: Any, value: Any) -> Any:
    """Of `str | Figure`, `str | tuple[…]`, `Decimal | None`, `Heading | Para | …` the one that the value can be."""
    if value is None and NoneType in kinds:
        return None
    if isinstance(value, dict):
        classes = _classes(hint)
        if len(classes) == 1:
            return _part(next(iter(classes.values())), value)
        return _part(_named(classes, value.get(IS)), {key: item for key, item in value.items() if key != IS})
    wanted = [kind for kind in kinds if kind is not NoneType and (get_origin(kind) is tuple) is isinstance(value, list)]
    plain = [kind for kind in wanted if not dataclasses.is_dataclass(kind)]
    if len(plain) != 1:
        raise _Wrong
    return _read(plain[0], value)


def _named(classes: dict[str, type], name: object) -> type:
    if not isinstance(name, str) or name not in classes:
        raise _Wrong
    return classes[name]


def _part(kind: Any, value: Any) -> Any:
    hints = _hints(kind)
    if not isinstance(value, dict) or not set(value) <= set(hints):
        raise _Wrong
    return kind(**{name: _read(hints[name], item) for name, item in value.items()})


def _refuse(name: str) -> NoReturn:
    raise _Wrong(name)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)
