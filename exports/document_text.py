"""A document as plain text and as JSON, for golden files and the command line.

A document as text for keeping, and back: `from_json(to_json(document)) == document`, and one document has one text.

The shape follows the classes of `exports.document`: an object for each part with the fields that differ from their
defaults, so that a field added later leaves old texts readable. Where a field may hold several kinds of parts, "is"
names which. Numbers that are figures are strings, days are ISO. UTF-8, sorted keys, no white space.

A document as plain lines: what golden tests compare and a terminal can show.
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

from exports.document import (
    Block,
    Bullet,
    Chart,
    Document,
    FormHead,
    FormSigning,
    Heading,
    Letterhead,
    Para,
    Run,
    Table,
    Text,
    annex_label,
    annex_reference,
    runs_of,
    shown,
)
from forms.errors import ExportError

RULE = "-" * 20


def as_text(document: Document) -> str:
    """Every word of the document in reading order; bold and italic as **words** and *words*."""
    lines = [] if document.layout == "form" else _opening(document)
    lines += [f"[{mark}]" for mark in (document.circulation, "BẢN THỬ" if document.practice else "") if mark]
    lines += [f"Kính gửi: {name}" for name in document.addressees]
    lines += [line for block in document.body for line in _lines(block, document.head)]
    if document.layout != "form":
        lines += ["", *document.signature.capacity, document.signature.name, "Nơi nhận:", *document.recipients]
    for annex in document.annexes:
        lines += ["", f"# {annex_label(document, annex)} · {annex.title}".rstrip(" ·"), annex_reference(document)]
        lines += [line for block in annex.blocks for line in _lines(block, document.head)]
    lines += [*document.foot, *([f"[QR: {document.qr}]"] if document.qr else []), ""]
    return "\n".join(lines).replace("\u00a0", " ")


def _opening(document: Document) -> list[str]:
    head = document.head
    lines = [line for line in (" ".join(head.superior.split()), head.issuer_name, head.number_sign) if line]
    if document.layout == "letter":
        return [*lines, f"V/v {document.subject}", head.place_date, ""]
    return [*lines, head.place_date, "", f"# {document.kind}: {document.subject}"]


def _lines(block: Block, head: Letterhead) -> list[str]:
    match block:
        case Heading(level, number, text):
            return ["", f"{'#' * (level + 1)} {number} {text}"]
        case Para(text, lead):
            return [f"{lead} {_marked(text)}".strip()]
        case Bullet(text, mark):
            return [f"{mark} {_marked(text)}"]
        case Table():
            return _table(block)
        case Chart():
            return as_lines(block)
        case FormHead():
            circulation = [block.mark] if block.mark else []
            return ["", *block.left, *circulation, f"# {block.title}", *block.under, *block.right]
        case FormSigning():
            signers = [" ".join(filter(None, (who.title, who.note, who.name))) for who in block.signers]
            return ["", f"{block.place}, {head.place_date.partition(', ')[2]}", " | ".join(signers)]


def _table(table: Table) -> list[str]:
    titles = [" | ".join(cell.text for cell in row) for row in table.head]
    rows = [" | ".join(shown(cell).replace("\n", " / ") for cell in row.cells) for row in table.rows]
    letters = [" | ".join(table.letters)] if table.letters else []
    measure = [table.measure] if table.measure else []
    note = [table.note] if table.note else []
    return ["", *measure, *titles, *letters, RULE, *rows, *note]


def as_lines(chart: Chart) -> list[str]:
    """A chart in words: its title, then its figures label by label."""
    limit = [f"{chart.limit.words} ({chart.shown(chart.limit.amount)})"] if chart.limit else []
    names = " | ".join([chart.measure, *(row.name for row in chart.series)])
    figures = zip(chart.labels, *(row.amounts for row in chart.series), strict=True)
    rows = [
        " | ".join([label, *("" if amount is None else chart.shown(amount) for amount in amounts)])
        for label, *amounts in figures
    ]
    return ["", f"[Biểu đồ] {chart.title}", names, *rows, *limit]


def _marked(text: Text) -> str:
    return "".join(_run(run) for run in runs_of(text))


def _run(run: Run) -> str:
    stars = "*" * (2 * run.bold + run.italic)
    return f"{stars}{run.text}{stars}"


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
