"""What a file is, by its bytes alone (mail programs, telephones and people rename packages), and the package that a PDF carries.

The PDF is never parsed (docs/package-format.md §11). It carries its package uncompressed, so the 76 bytes that open every
package stand in it as they are; from there the container says itself where it ends. Evidence inside a package may be such
a PDF again: what lies within a package is part of it and is not searched.
"""

from __future__ import annotations

import re

from exports.package.container import BEGINNING, MAX_FILE, leading, statement_of
from exports.package.manifest import ENROLMENT, SUPPLY
from exports.package.refusals import refused
from forms.exchange.brought_files import FileContent

PDF, SEARCHED = b"%PDF-", 1024  # a PDF says so within its first 1024 bytes
MAX_PDF = 32 << 20  # a package and 11 MiB of pages around it


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF rather than a package, whose names and notes might hold the same letters."""
    return not data.startswith(BEGINNING[:4]) and PDF in data[:SEARCHED]


def unwrapped(data: bytes) -> bytes:
    """The one package in a PDF; anything else as it is.

    Raises PackageRefused PDF_NO_PACKAGE, PDF_TWO_PACKAGES, PKG_TOO_BIG, and PKG_… for a package that is cut or damaged.
    """
    if not is_pdf(data):
        return data
    if len(data) > MAX_PDF:
        raise refused("PKG_TOO_BIG")
    start = data.find(BEGINNING)
    if start < 0:
        raise refused("PDF_NO_PACKAGE")
    package = leading(data[start : start + MAX_FILE])
    if data.find(BEGINNING, start + len(package)) >= 0:
        raise refused("PDF_TWO_PACKAGES")
    return package


_TYPE = re.compile(rb'"type":"([^"\\]*)"')
_KINDS = {ENROLMENT.type.encode(): FileContent.KEY, SUPPLY.type.encode(): FileContent.SUPPLY}
_WORKBOOKS = (b"xl/workbook.xml", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".ods", ".xls")
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_FOREIGN = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")


def content_of(data: bytes) -> FileContent:
    """Of a whole file, or of its first kilobyte: that tells packages, PDFs, archives and the rest apart, not yet which
    kind of package it is nor whether the PDF carries one."""
    if is_pdf(data):
        return FileContent.CARRIER if BEGINNING in data else FileContent.PAPER
    if data.startswith(BEGINNING) or (len(data) > len(_ZIPS[0]) and BEGINNING.startswith(data)):
        # The kind of statement that the file says it is; empty for one that is cut or spoiled before that.
        found = _TYPE.search(statement_of(data) or b"")
        said_type = found[1] if found else b""
        return _KINDS.get(said_type, FileContent.PACKAGE)
    if data.startswith(_ZIPS):
        return FileContent.WORKBOOK if any(mark in data for mark in _WORKBOOKS) else FileContent.ARCHIVE
    return FileContent.FOREIGN_ARCHIVE if data.startswith(_FOREIGN) else FileContent.OTHER


def is_workbook(name: str, data: bytes) -> bool:
    """Whether it is a workbook, or called one and nothing else of ours: a damaged one is told as what it is meant to be."""
    content = content_of(data)
    meant = content in (FileContent.ARCHIVE, FileContent.OTHER) and name.lower().endswith(WORKBOOK_NAMES)
    return meant or content is FileContent.WORKBOOK
