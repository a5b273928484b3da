"""A workbook's bytes as plain cells, in the child process: limits first, then the bytes on its standard input, plain cells on
its output. The codes: WORKBOOK_KIND and those of archive and facts.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from exports.workbook import archive, ods_facts, xlsx_facts
from exports.workbook.archive import Archive, refused
from exports.workbook.facts import MOST_SHEETS, Facts, Size, packed
from forms.errors import InputRefused
from forms.model.number import canonical
from forms.workbooks.sheets import Plain, PlainKind, Sheet, Sheets, Spot

LONGEST_TEXT = 32_767  # Excel's own limit for a cell
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED, _VBA, *_BOOKS = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "_VBA_PROJECT", "Workbook", "Book")
)
_DIGITS = ".15g"  # as many as Excel keeps


def read(data: bytes) -> Sheets:
    """Raises InputRefused."""
    kind, known, epoch_1904 = _looked_at(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return Sheets(kind, tuple(_sheets(book, known)), epoch_1904)
    except PasswordError as error:
        raise refused("WORKBOOK_ENCRYPTED") from error
    except (CalamineError, OSError, ValueError) as error:
        raise refused("WORKBOOK_DAMAGED") from error


def _looked_at(data: bytes) -> tuple[str, list[Facts] | None, bool]:
    """Which kind it is, by what is inside, its facts, and its epoch; a file's name is nobody's promise."""
    if data.startswith(_OLE):
        # The names of what a compound file holds stand in it as UTF-16.
        if _ENCRYPTED in data:
            raise refused("WORKBOOK_ENCRYPTED")
        if _VBA in data:
            raise refused("WORKBOOK_MACRO")
        if not any(name in data for name in _BOOKS):
            raise refused("WORKBOOK_KIND")
        return "xls", None, False
    if not data.startswith(_ZIP):
        raise refused("WORKBOOK_KIND")
    archive = Archive(data)
    if xlsx_facts.BOOK in archive.names:
        archive.check()
        return ("xlsx", *xlsx_facts.facts_of(archive))
    if ods_facts.CONTENT in archive.names and archive.read("mimetype").startswith(_ODS):
        archive.check()
        return "ods", ods_facts.facts_of(archive), False
    raise refused("WORKBOOK_KIND")


def _sheets(book: CalamineWorkbook, known: list[Facts] | None) -> Iterator[Sheet]:
    described = book.sheets_metadata
    if len(described) > MOST_SHEETS or (known is not None and len(known) != len(described)):
        raise refused("WORKBOOK_DAMAGED")
    size = Size()
    for place, meta in enumerate(described):
        facts = known[place] if known is not None else Facts(meta.name)
        sheet = book.get_sheet_by_index(place)
        cells = dict(_cells(sheet, facts, size))
        hidden = facts.hidden or meta.visible is not SheetVisibleEnum.Visible
        merged = facts.merged or [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        rows, columns = frozenset(facts.hidden_rows), frozenset(facts.hidden_columns)
        yield Sheet(meta.name, cells, hidden, tuple(merged), rows, columns)


def _cells(sheet: CalamineSheet, facts: Facts, size: Size) -> Iterator[tuple[Spot, Plain]]:
    top, left = sheet.start or (0, 0)
    for spot, text in facts.errors.items():
        yield spot, Plain(PlainKind.ERROR, text, spot in facts.formulas)
    for spot in facts.pending:
        yield spot, Plain(PlainKind.EMPTY, "", formula=True)
    size.add(sheet.name, sheet.end or (0, 0), 0)
    for down, line in enumerate(sheet.to_python()):
        for across, value in enumerate(line):
            spot = (top + down, left + across)
            if value == "" or spot in facts.errors or spot in facts.pending:
                continue
            size.add(sheet.name, spot)
            kind, text = _plain(value)
            yield spot, Plain(kind, text, spot in facts.formulas, facts.percents.get(spot, 0))


def _plain(value: object) -> tuple[PlainKind, str]:
    match value:
        case bool():
            return PlainKind.TRUTH, str(int(value))
        case int():
            return PlainKind.NUMBER, str(value)
        case float() if math.isfinite(value):
            return PlainKind.NUMBER, canonical(Decimal(format(value, _DIGITS)))
        case date():  # a datetime too
            return PlainKind.DATE, value.isoformat()[:10]
        case time() | timedelta():
            return PlainKind.TEXT, str(value)
        case str():
            return PlainKind.TEXT, value[:LONGEST_TEXT]
    return PlainKind.ERROR, str(value)[:40]


def main() -> int:
    """Where the program goes when it was started as the child."""
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return 0


def serve(given: BinaryIO, back: BinaryIO) -> None:
    """The child's whole life. Whatever goes wrong in the reader is said in one line, or the process ends without a word."""
    archive.apply()
    try:
        said = packed(read(given.read()))
    except InputRefused as error:
        said = _said(error)
    except MemoryError:
        said = _said(refused("WORKBOOK_MEMORY"))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        said = _said(refused("WORKBOOK_DAMAGED"))
    back.write(said)
    back.flush()


def _said(error: InputRefused) -> bytes:
    return json.dumps({"refused": [error.code, error.message]}).encode()
