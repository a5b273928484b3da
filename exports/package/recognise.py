"""What a file is, by its bytes alone: mail programs, telephones and people rename packages."""

from __future__ import annotations

import re

from exports.package.carried import is_pdf
from exports.package.container import BEGINNING, second_member
from exports.package.kinds import ENROLMENT, SUPPLY
from forms.brought import Content

_TYPE = re.compile(rb'"type":"([^"\\]*)"')
_KINDS = {ENROLMENT.type.encode(): Content.KEY, SUPPLY.type.encode(): Content.SUPPLY}
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_FOREIGN = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")


def content_of(data: bytes) -> Content:
    """Of a whole file, or of its first kilobyte: that tells packages, PDFs, archives and the rest apart, not yet which
    kind of package it is nor whether the PDF carries one."""
    if is_pdf(data):
        return Content.CARRIER if BEGINNING in data else Content.PAPER
    if data.startswith(BEGINNING) or (len(data) > len(_ZIPS[0]) and BEGINNING.startswith(data)):
        return _KINDS.get(_said_type(data), Content.PACKAGE)
    if data.startswith(_ZIPS):
        return Content.ARCHIVE
    return Content.FOREIGN_ARCHIVE if data.startswith(_FOREIGN) else Content.OTHER


def _said_type(data: bytes) -> bytes:
    """The kind of statement that the file says it is; empty for one that is cut or spoiled before that."""
    found = _TYPE.search(second_member(data))
    return found[1] if found else b""
