"""Workbooks that mean harm or are merely broken, made when asked for: none is stored. Names follow the list of bad inputs."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    'sheet.main+xml"/></Types>'
)
BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{NS}" xmlns:r="{RELS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>"
)
BOOK_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
ROOT_RELS = BOOK_RELS.replace("/worksheet", "/officeDocument").replace("worksheets/sheet1.xml", "xl/workbook.xml")
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


@dataclass(frozen=True)
class Case:
    """One file and the code that it meets; None: it is read, and what it holds is looked at by a test of its own."""

    name: str
    code: str | None
    data: Callable[[], bytes]
    slow: bool = False


def sheet(rows: str, before: str = "", after: str = "", head: str = '<?xml version="1.0"?>') -> str:
    return f'{head}<worksheet xmlns="{NS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx(body: str | bytes, more: Mapping[str, str | bytes] | None = None, **parts: str) -> bytes:
    """The smallest .xlsx around a sheet; `more` adds or replaces members."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": parts.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/worksheets/sheet1.xml": body,
    }
    return zipped({**members, **(more or {})})


def ods(table: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    content = (
        f'<?xml version="1.0"?><office:document-content {ODS_SPACES}><office:body><office:spreadsheet>{table}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS, "content.xml": content, **(more or {})})


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def cell(where: str, value: object = 1, more: str = "") -> str:
    return f'<c r="{where}" {more}><v>{value}</v></c>'


def row(number: int, cells: str, more: str = "") -> str:
    return f'<row r="{number}" {more}>{cells}</row>'


ONE = sheet(row(1, cell("A1")))


def billion_laughs() -> bytes:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{steps}]>'
    return xlsx(sheet(row(1, '<c r="A1" t="inlineStr"><is><t>&l9;</t></is></c>'), head=head))


def quadratic() -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "{"a" * 50_000}">]>'
    return xlsx(sheet(row(1, f'<c r="A1" t="inlineStr"><is><t>{"&a;" * 2_000}</t></is></c>'), head=head))


def external_entity() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return xlsx(sheet(row(1, '<c r="A1" t="inlineStr"><is><t>&x;</t></is></c>'), head=head))


def wide_entity() -> bytes:
    """The same in UTF-16, where a search for its bytes would miss it."""
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x "y">]><worksheet/>'
    return xlsx(text.encode("utf-16"))


def many_rows(count: int = 400_000) -> bytes:
    return xlsx(sheet("".join(row(n, cell(f"A{n}", n)) for n in range(1, count + 1))))


def macro() -> bytes:
    types = TYPES.replace("sheet.main+xml", "").replace(
        "vnd.openxmlformats", "vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    return xlsx(ONE, {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def macro_by_type() -> bytes:
    """Without the project itself, only announced."""
    return xlsx(ONE, {"[Content_Types].xml": TYPES.replace("spreadsheetml.", "spreadsheetml.macroEnabled.")})


def external_link() -> bytes:
    link = f'<externalLink xmlns="{NS}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    return xlsx(ONE, {"xl/externalLinks/externalLink1.xml": link})


def locked() -> bytes:
    """A compound file as Excel writes it for a workbook with a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


def macro_in_old_excel() -> bytes:
    return locked().replace("EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT_CUR".encode("utf-16-le"))


def lost_string() -> bytes:
    shared = f'<sst xmlns="{NS}" count="1" uniqueCount="1"><si><t>một</t></si></sst>'
    return xlsx(sheet(row(1, cell("A1", 4_000_000, 't="s"'))), {"xl/sharedStrings.xml": shared})


def bomb() -> bytes:
    return xlsx(ONE, {"xl/media/image1.png": bytes(210 << 20)})


def small_bomb() -> bytes:
    """Below the limit of all members, but packed as no sheet ever is."""
    return xlsx(ONE, {"xl/media/image1.png": bytes(60 << 20)})


def lying_size() -> bytes:
    """A sheet of 80 MB that is announced as 20 bytes, with the checksum of those."""
    data = bytearray(xlsx(sheet(row(1, f'<c r="A1" t="inlineStr"><is><t>{"a" * (80 << 20)}</t></is></c>'))))
    start = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<L", data, start + 24, 20)
    return bytes(data)


def twins() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("XL/workbook.xml", BOOK)
    return made.getvalue()


def many_members() -> bytes:
    return xlsx(ONE, {f"xl/media/{n}.bin": b"" for n in range(65_000)})


def named(name: str) -> bytes:
    return xlsx(ONE, {name: b"x"})


def repeated() -> bytes:
    """One cell of an .ods, said for a million rows of sixteen thousand."""
    one = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    return ods(
        f'<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">{one}</table:table-row></table:table>'
    )


def repeated_down() -> bytes:
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    return ods(
        f'<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">{one}</table:table-row></table:table>'
    )


def dde_in_ods() -> bytes:
    return ods('<table:table table:name="S"/><table:dde-links><table:dde-link/></table:dde-links>')


def locked_ods() -> bytes:
    return ods('<table:table table:name="S"/>', {"META-INF/manifest.xml": "<m><encryption-data/></m>"})


def cut() -> bytes:
    good = xlsx(ONE)
    return good[: len(good) // 2]


def many_sheets() -> bytes:
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 5000))
    return xlsx(ONE, book=BOOK.replace('<sheet name="S" sheetId="1" r:id="r1"/>', listed))


def many_merges() -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 60_000))
    return xlsx(sheet(row(1, cell("A1")), after=f"<mergeCells>{merges}</mergeCells>"))


def old_excel_without_end() -> bytes:
    """A compound file whose chain of sectors turns in a circle."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LLLLLLLLL", head, 44, 1, 1, 0, 4096, 0, 0xFFFFFFFE, 0xFFFFFFFE, 0, 0)
    fat = struct.pack("<128L", *([0] * 128))
    return bytes(head) + fat + "Workbook".encode("utf-16-le").ljust(512, b"\0")


def empty_rows(count: int = 1_500_000) -> bytes:
    """Formatted cells without content, row after row: small, allowed, and slow to look through."""
    piece = "".join(f'<c r="{column}{{0}}" s="1"/>' for column in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{n}" ht="{n % 97}.{n % 89}">{piece.format(n)}</row>' for n in range(1, count // 10 + 1))
    return xlsx(sheet(rows))


def epoch(is_1904: bool) -> bytes:
    book = openpyxl.Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2025, 12, 31)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def cases() -> Iterator[Case]:
    yield Case("A1 billion laughs", "WORKBOOK_ENTITIES", billion_laughs)
    yield Case("A2 quadratic entities", "WORKBOOK_ENTITIES", quadratic)
    yield Case("A3 external entity", "WORKBOOK_ENTITIES", external_entity)
    yield Case("A3b a document type in UTF-16", "WORKBOOK_ENTITIES", wide_entity)
    yield Case("A4 a cell at XFD1048576", "WORKBOOK_TOO_BIG", lambda: xlsx(sheet(row(1048576, cell("XFD1048576")))))
    yield Case("A5 400,000 rows", "WORKBOOK_TOO_BIG", many_rows)
    yield Case("A6 macros renamed .xlsx", "WORKBOOK_MACRO", macro)
    yield Case("A6b macros by content type", "WORKBOOK_MACRO", macro_by_type)
    yield Case("A7 external link, DDE", "WORKBOOK_LINKS", external_link)
    yield Case("A8 password", "WORKBOOK_ENCRYPTED", locked)
    yield Case("A9 shared string out of range", "WORKBOOK_DAMAGED", lost_string)
    yield Case("A10 dates of 1900", None, lambda: epoch(False))
    yield Case("A10b dates of 1904", None, lambda: epoch(True))
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    yield Case(
        "A11 merged over data", None, lambda: xlsx(sheet(row(1, cell("A1")) + row(2, cell("B2", 7)), after=merged))
    )
    yield Case("A12 hidden row", None, lambda: xlsx(sheet(row(1, cell("A1")) + row(2, cell("A2"), 'hidden="1"'))))
    yield Case("B1 zip bomb of 210 MB", "WORKBOOK_BOMB", bomb)
    yield Case("B2 zip bomb by ratio", "WORKBOOK_BOMB", small_bomb)
    yield Case("B3 a size that lies", "WORKBOOK_DAMAGED", lying_size)
    yield Case("B4 two members of one name", "WORKBOOK_ARCHIVE", twins)
    yield Case("B5 65,000 members", "WORKBOOK_ARCHIVE", many_members, slow=True)
    for number, name in enumerate(("../../x.xml", "/abs.xml", "C:\\x.xml", "xl\\x.xml")):
        yield Case(f"B6 name {number}", "WORKBOOK_ARCHIVE", partial(named, name))
    yield Case("B7 cut in half", "WORKBOOK_DAMAGED", cut)
    yield Case("B8 xlsb", "WORKBOOK_KIND", lambda: zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": TYPES}))
    yield Case("B9 a web page called .xls", "WORKBOOK_KIND", lambda: b"<html><table><tr><td>1</td></tr></table></html>")
    yield Case("B10 empty file", "WORKBOOK_KIND", lambda: b"")
    yield Case("B11 ods: one cell said for all", "WORKBOOK_TOO_BIG", repeated)
    yield Case("B12 ods: one cell down all rows", "WORKBOOK_TOO_BIG", repeated_down)
    yield Case("B13 ods: DDE", "WORKBOOK_LINKS", dde_in_ods)
    yield Case("B14 ods: password", "WORKBOOK_ENCRYPTED", locked_ods)
    yield Case(
        "B15 ods: macros",
        "WORKBOOK_MACRO",
        lambda: ods('<table:table table:name="S"/>', {"Basic/script-lc.xml": "<x/>"}),
    )
    yield Case("B16 5,000 sheets", "WORKBOOK_TOO_BIG", many_sheets)
    yield Case("B17 60,000 merged cells", "WORKBOOK_TOO_BIG", many_merges)
    yield Case("B18 xls that turns in a circle", "WORKBOOK_MEMORY", old_excel_without_end)
    yield Case("B19 xls with macros", "WORKBOOK_MACRO", macro_in_old_excel)
    yield Case("B20 XML that ends early", "WORKBOOK_DAMAGED", lambda: xlsx(ONE[:-20]))
    yield Case("B21 1.5 million empty cells", None, empty_rows, slow=True)
