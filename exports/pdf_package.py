"""The package inside its PDF: an embedded, associated file of PDF/A-3b, stored uncompressed so that an office above
finds it without reading PDF (exports/package/recognise.py).

Works on the files of exports/pdf alone: one table of references, the description as plain text. The file is put
together anew, so it stays one revision without leftovers; the same report and package always give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from exports.package.recognise import unwrapped

NAME = "goi-bao-cao.bdg"
DESCRIPTION = "Gói báo cáo đã niêm phong (Sổ Bình Đẳng)"
_MIME = "application#2Fvnd.sobinhdang.package+zip"  # a slash inside a PDF name
_MOMENT = "D:20000101000000+00'00'"  # the moment that files which must not vary carry
_PART_2, _PART_3 = b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:part>3</pdfaid:part>"
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ENTRY = 20  # bytes of one line of the table of references


@dataclass(frozen=True)
class _File:
    """A PDF taken apart: everything before the table of references, where each object begins, the trailer."""

    body: bytes
    offsets: tuple[int, ...]
    trailer: bytes

    @property
    def catalog(self) -> int:
        """The number of the object at the root."""
        return int(_found(rb"/Root (\d+) 0 R", self.trailer))


def with_package(pdf: bytes, package: bytes) -> bytes:
    """The PDF with the package as its associated file, relationship Source. `pdf` comes from exports.pdf.write.

    Raises ValueError for a PDF of another making, PackageRefused for what is no package.
    """
    at = int(_found(_END.pattern, pdf[-64:]))
    table, marked, trailer = pdf[at:].partition(b"trailer\n")
    count, _, lines = table.removeprefix(b"xref\n0 ").partition(b"\n")
    size = int(count) if count.isdigit() else -1
    if not marked or len(lines) != size * _ENTRY:
        raise ValueError("not a PDF of this program: its table of references is of another kind")
    offsets = tuple(int(lines[n * _ENTRY : n * _ENTRY + 10]) for n in range(size))
    taken_apart = _File(pdf[:at], offsets, trailer)
    # Called PDF/A-3, which may carry any file. The two names are of one length, so nothing moves.
    if taken_apart.body.count(_PART_2) != 1:
        raise ValueError("not a PDF of this program: it does not call itself PDF/A-2")
    file = _File(taken_apart.body.replace(_PART_2, _PART_3), taken_apart.offsets, taken_apart.trailer)
    filespec = len(file.offsets)
    linked = _with_links(file, filespec)
    added = [_filespec(filespec, filespec + 1), _stream(filespec + 1, package)]
    made = _put_together(linked, added, hashlib.sha256(pdf + package).hexdigest()[:32])
    if unwrapped(made) != package:
        raise ValueError("the package would not be found again")
    return made


def _with_links(file: _File, filespec: int) -> _File:
    """The catalog names the file twice: among the attachments that a reader shows, and as associated."""
    start = file.offsets[file.catalog]
    opening = b"%d 0 obj\n<<\n" % file.catalog
    catalog = file.body[start : file.body.index(b"endobj", start)]
    if not catalog.startswith(opening) or re.search(rb"/(AF|Names)\b", catalog):
        raise ValueError("not a PDF of this program: its catalog has attachments already")
    names = f"/AF [ {filespec} 0 R ] /Names << /EmbeddedFiles << /Names [ ({NAME}) {filespec} 0 R ] >> >>\n".encode()
    at = start + len(opening)
    offsets = tuple(offset + len(names) if offset > start else offset for offset in file.offsets)
    return _File(file.body[:at] + names + file.body[at:], offsets, file.trailer)


def _filespec(number: int, stream: int) -> bytes:
    told = (b"\xfe\xff" + DESCRIPTION.encode("utf-16-be")).hex()
    return (
        f"{number} 0 obj\n<< /Type /Filespec /F ({NAME}) /UF ({NAME}) /Desc <{told}>\n"
        f"/AFRelationship /Source /EF << /F {stream} 0 R /UF {stream} 0 R >> >>\nendobj\n"
    ).encode()


def _stream(number: int, package: bytes) -> bytes:
    check = hashlib.md5(package, usedforsecurity=False).hexdigest()
    dates = f"/CreationDate ({_MOMENT}) /ModDate ({_MOMENT})"
    head = (
        f"{number} 0 obj\n<< /Type /EmbeddedFile /Subtype /{_MIME} /Length {len(package)}\n"
        f"/Params << /Size {len(package)} {dates} /CheckSum <{check}> >> >>\nstream\n"
    )
    return head.encode() + package + b"\nendstream\nendobj\n"


def _put_together(file: _File, added: list[bytes], identity: str) -> bytes:
    offsets, at = list(file.offsets), len(file.body)
    for piece in added:
        offsets.append(at)
        at += len(piece)
    entries = [b"%010d 00000 n \n" % offset for offset in offsets[1:]]
    table = b"".join([b"xref\n0 %d\n0000000000 65535 f \n" % len(offsets), *entries])
    info = int(_found(rb"/Info (\d+) 0 R", file.trailer))
    trailer = (
        f"trailer\n<<\n/ID [<{identity}><{identity}>]\n/Info {info} 0 R\n/Root {file.catalog} 0 R\n"
        f"/Size {len(offsets)}\n>>\nstartxref\n{at}\n%%EOF\n"
    )
    return b"".join([file.body, *added, table, trailer.encode()])


def _found(pattern: bytes, text: bytes) -> bytes:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"not a PDF of this program: {pattern!r} is missing")
    return match[1]
