"""The ZIP that a workbook is, held against limits before any reader of spreadsheets sees it. Runs in the child process.

Codes: WORKBOOK_ARCHIVE, WORKBOOK_BOMB, WORKBOOK_DAMAGED, WORKBOOK_ENCRYPTED, WORKBOOK_ENTITIES, WORKBOOK_LINKS,
WORKBOOK_MACRO.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat

from exports.workbook.limits import damaged, encrypted, has_links, has_macro
from forms.errors import InputRefused

MOST_MEMBERS = 200
MOST_BYTES = 200 << 20  # of all members, unpacked
MOST_RATIO, FREE_RATIO = 100, 4 << 20  # unpacked ÷ packed, of members larger than the second
CHUNK = 1 << 16
_ENCRYPTED = 0x1
_KNOWN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACRO = re.compile(r"(?i)(.*/)?vbaProject.*\.bin|xl/(macrosheets|dialogsheets)/.*|(Basic|Scripts)/.+")
_LINKS = re.compile(r"(?i)xl/(externalLinks/.*|connections\.xml|queryTables/.*)")
_UNSOUND = re.compile(r"(?s)(.*/)?\.\.?(/.*)?|/.*|[A-Za-z]:.*|.*[\\\0].*")


class Archive:
    """A ZIP whose members are known to be plain, few, small and whole."""

    def __init__(self, data: bytes) -> None:
        """Raises InputRefused."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged() from error
        members = self._zip.infolist()
        self.names = frozenset(member.filename for member in members)
        if len(members) > MOST_MEMBERS or len({name.casefold() for name in self.names}) < len(members):
            _refuse_archive("có quá nhiều tệp con hoặc hai tệp con trùng tên")
        for member in members:
            _must_be_plain(member)
        if sum(member.file_size for member in members) > MOST_BYTES:
            _refuse_bomb()
        self._members = {member.filename: member for member in members}

    def check(self) -> None:
        """Every member unpacks to just what is announced, and no XML has a document type. Raises InputRefused."""
        for name, member in self._members.items():
            if member.is_dir():
                continue
            if name.lower().endswith((".xml", ".rels")):
                parse(self.chunks(name), _parser())
            else:
                for _ in self.chunks(name):
                    pass

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member piece by piece. Raises InputRefused."""
        if name not in self._members:
            raise damaged()
        try:
            with self._zip.open(self._members[name]) as file:
                while piece := file.read(CHUNK):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise damaged() from error

    def read(self, name: str, most: int = 1 << 20) -> bytes:
        """A small member whole. Raises InputRefused."""
        if name not in self._members or self._members[name].file_size > most:
            raise damaged()
        return b"".join(self.chunks(name))


def parse(pieces: Iterator[bytes], parser: expat.XMLParserType) -> None:
    """Feeds a parser; an XML that is not well-formed is damaged."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # LookupError: an encoding that nobody knows
        raise damaged() from error


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    guard(parser)
    return parser


def guard(parser: expat.XMLParserType) -> None:
    """No document type: what it would declare (entities, files from elsewhere) has no place in a workbook."""
    parser.StartDoctypeDeclHandler = _refuse_doctype


def _refuse_doctype(*_: object) -> NoReturn:
    raise InputRefused(
        "WORKBOOK_ENTITIES",
        "Bảng tính có khai báo DTD, thực thể XML: Excel không ghi như vậy. Không đọc tệp này; hỏi lại nơi gửi.",
    )


def _must_be_plain(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.flag_bits & _ENCRYPTED:
        raise encrypted()
    if member.compress_type not in _KNOWN_METHODS or _UNSOUND.fullmatch(name):
        _refuse_archive("có tệp con mang tên hoặc cách nén lạ")
    if _MACRO.fullmatch(name):
        raise has_macro()
    if _LINKS.fullmatch(name):
        raise has_links()
    if member.file_size > FREE_RATIO and member.file_size > MOST_RATIO * member.compress_size:
        _refuse_bomb()


def _refuse_archive(problem: str) -> NoReturn:
    raise InputRefused(
        "WORKBOOK_ARCHIVE",
        f"Tệp nén của bảng tính bất thường: {problem}. Mở bằng Excel, cất lại thành tệp .xlsx mới rồi nhập.",
    )


def _refuse_bomb() -> NoReturn:
    raise InputRefused(
        "WORKBOOK_BOMB",
        f"Bảng tính giải nén ra quá lớn (hơn {MOST_BYTES >> 20} MiB, hoặc hơn {MOST_RATIO} lần tệp nén). Không đọc tệp này; "
        "hỏi lại nơi gửi.",
    )
