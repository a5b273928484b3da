"""The limits of a foreign workbook: what the process that reads it may use, what its ZIP may hold, and the refusals with advice.

The process limits itself before it reads a byte; the ZIP is held against limits before any reader of spreadsheets sees it.
Codes: WORKBOOK_ARCHIVE, WORKBOOK_BOMB, WORKBOOK_DAMAGED, WORKBOOK_ENCRYPTED, WORKBOOK_ENTITIES, WORKBOOK_KIND,
WORKBOOK_LINKS, WORKBOOK_MACRO, WORKBOOK_MEMORY.
"""

from __future__ import annotations

import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat

from forms.errors import InputRefused

MEMORY = 512 << 20  # bytes
SECONDS = 20  # of processor time; the parent's clock is the second guard

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED = 9  # JobObjectExtendedLimitInformation
    _PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x2, 0x8, 0x100, 0x2000
    _TICKS = 10_000_000  # of 100 ns in a second

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def apply() -> None:
        """A job of this process alone. Its handle stays open until the process ends. Raises OSError."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        wanted = _Extended()
        wanted.BasicLimitInformation.LimitFlags = _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _KILL_ON_CLOSE
        wanted.BasicLimitInformation.PerProcessUserTimeLimit = SECONDS * _TICKS
        wanted.BasicLimitInformation.ActiveProcessLimit = 1
        wanted.ProcessMemoryLimit = MEMORY
        done = (
            job
            and kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(wanted), ctypes.sizeof(wanted))
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        )
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())

else:
    import resource

    def apply() -> None:
        """No more memory, time or files than that; a pipe is no file, so the answer still goes out."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


MOST_MEMBERS = 200
MOST_BYTES = 200 << 20  # of all members, unpacked
MOST_RATIO, FREE_RATIO = 100, 4 << 20  # unpacked ÷ packed, of members larger than the second
CHUNK = 1 << 16
# What is said of a workbook that is not read.
_SENTENCES = {
    "WORKBOOK_DAMAGED": "Bảng tính hỏng hoặc không đúng dạng. Mở bằng Excel, cất lại thành tệp .xlsx mới rồi nhập.",
    "WORKBOOK_ENCRYPTED": "Bảng tính có mật khẩu mở tệp. Bỏ mật khẩu, cất lại rồi nhập.",
    "WORKBOOK_MACRO": "Bảng tính có macro. Mở tệp từ nguồn tin cậy, cất lại dạng “Excel Workbook (.xlsx)” không macro rồi nhập.",
    "WORKBOOK_LINKS": "Bảng tính lấy số liệu từ tệp hoặc nguồn khác. Trong Excel, vào Dữ liệu → Chỉnh sửa liên kết → Ngắt liên kết, "
    "cất lại rồi nhập.",
    "WORKBOOK_KIND": "Tệp này không phải bảng tính .xlsx, .ods hay .xls (có tệp mang đuôi .xls nhưng bên trong là trang web hoặc văn "
    "bản). Mở bằng Excel, cất lại dạng .xlsx rồi nhập.",
    "WORKBOOK_MEMORY": f"Đọc bảng tính cần hơn {MEMORY >> 20} MiB bộ nhớ hoặc làm hỏng trình đọc nên đã dừng. Chép phần cần nhập sang "
    "một tệp mới rồi nhập lại.",
    "WORKBOOK_ENTITIES": "Bảng tính có khai báo DTD, thực thể XML: Excel không ghi như vậy. Không đọc tệp này; hỏi lại nơi gửi.",
    "WORKBOOK_ARCHIVE": "Tệp nén của bảng tính bất thường: {problem}. Mở bằng Excel, cất lại thành tệp .xlsx mới rồi nhập.",
    "WORKBOOK_BOMB": f"Bảng tính giải nén ra quá lớn (hơn {MOST_BYTES >> 20} MiB, hoặc hơn {MOST_RATIO} lần tệp nén). Không đọc tệp "
    "này; hỏi lại nơi gửi.",
}


def refused(code: str, problem: str = "") -> InputRefused:
    return InputRefused(code, _SENTENCES[code].format(problem=problem))


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
            raise refused("WORKBOOK_DAMAGED") from error
        members = self._zip.infolist()
        self.names = frozenset(member.filename for member in members)
        if len(members) > MOST_MEMBERS or len({name.casefold() for name in self.names}) < len(members):
            raise refused("WORKBOOK_ARCHIVE", "có quá nhiều tệp con hoặc hai tệp con trùng tên")
        for member in members:
            _must_be_plain(member)
        if sum(member.file_size for member in members) > MOST_BYTES:
            raise refused("WORKBOOK_BOMB")
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
            raise refused("WORKBOOK_DAMAGED")
        try:
            with self._zip.open(self._members[name]) as file:
                while piece := file.read(CHUNK):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise refused("WORKBOOK_DAMAGED") from error

    def read(self, name: str, most: int = 1 << 20) -> bytes:
        """A small member whole. Raises InputRefused."""
        if name not in self._members or self._members[name].file_size > most:
            raise refused("WORKBOOK_DAMAGED")
        return b"".join(self.chunks(name))


def parse(pieces: Iterator[bytes], parser: expat.XMLParserType) -> None:
    """Feeds a parser; an XML that is not well-formed is damaged."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # LookupError: an encoding that nobody knows
        raise refused("WORKBOOK_DAMAGED") from error


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    guard(parser)
    return parser


def guard(parser: expat.XMLParserType) -> None:
    """No document type: what it would declare (entities, files from elsewhere) has no place in a workbook."""
    parser.StartDoctypeDeclHandler = _refuse_doctype


def _refuse_doctype(*_: object) -> NoReturn:
    raise refused("WORKBOOK_ENTITIES")


def _must_be_plain(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.flag_bits & _ENCRYPTED:
        raise refused("WORKBOOK_ENCRYPTED")
    if member.compress_type not in _KNOWN_METHODS or _UNSOUND.fullmatch(name):
        raise refused("WORKBOOK_ARCHIVE", "có tệp con mang tên hoặc cách nén lạ")
    if _MACRO.fullmatch(name):
        raise refused("WORKBOOK_MACRO")
    if _LINKS.fullmatch(name):
        raise refused("WORKBOOK_LINKS")
    if member.file_size > FREE_RATIO and member.file_size > MOST_RATIO * member.compress_size:
        raise refused("WORKBOOK_BOMB")
