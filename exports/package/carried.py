"""A package that travels inside a PDF (docs/package-format.md §11): found by its first bytes, walked to its own end.

The PDF is never parsed. It carries its package uncompressed, so the 76 bytes that open every package stand in it as
they are; from there the container says itself where it ends. Evidence inside a package may be such a PDF again: what
lies within a package is part of it and is not searched.
"""

from __future__ import annotations

from exports.package.container import BEGINNING, MAX_FILE, leading
from exports.package.refusals import refused

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
