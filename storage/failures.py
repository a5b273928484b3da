"""Errors of the disk and of SQLite, said as refusals a person can act on.

Code                 when
DISK_FULL            no room left while writing
FOLDER_READONLY      the folder or file cannot be written
LEDGER_MISSING       there is no ledger at that place
LEDGER_BUSY          another process holds the database
LEDGER_DAMAGED       the bytes are not a sound ledger
FILE_NOT_PLAIN       a folder, a pipe or a device stands where a file of the ledger should
FILE_IN_USE          another program holds a file that is to be replaced (Windows)
NAME_UNFIT           no file can be called so (Windows)
DISK_FAILED          the disk reported an error that is none of the above
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from forms.errors import StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_ABSENT = {errno.ENOENT, errno.ENOTDIR}
# Windows says more than the errno that Python makes of it: a pulled stick would be "permission denied".
_BY_WINDOWS_CODE = {
    **dict.fromkeys((39, 112), "DISK_FULL"),
    **dict.fromkeys((21, 23, 25, 27, 29, 30, 31), "DISK_FAILED"),  # not ready, bad sectors, faults of the device
    **dict.fromkeys((32, 33), "FILE_IN_USE"),
    **dict.fromkeys((123, 161, 206, 267), "NAME_UNFIT"),
}
# Below this a failed write is explained better by a full disk than by a broken one.
_SCARCE_BYTES = 1 << 20

_SENTENCES = {
    "DISK_FULL": "Ổ đĩa đã đầy nên chưa ghi được vào {place}. Hãy xóa bớt tệp không cần rồi làm lại; "
    "những gì đã báo lưu vẫn còn nguyên.",
    "FOLDER_READONLY": "Không có quyền ghi vào {place}. Hãy chọn thư mục khác hoặc nhờ quản trị máy cấp quyền ghi.",
    "LEDGER_MISSING": "Không tìm thấy sổ tại {place}. Hãy kiểm tra lại đường dẫn, hoặc lập sổ mới.",
    "LEDGER_BUSY": "Sổ tại {place} đang được phần mềm khác mở. Hãy đóng phần mềm đó rồi mở lại.",
    "LEDGER_DAMAGED": "Tệp sổ tại {place} bị hỏng hoặc không phải sổ của phần mềm. "
    "Đừng sửa tệp này; hãy phục hồi từ bản sao lưu gần nhất.",
    "FILE_NOT_PLAIN": "{place} không phải tệp thường mà là thư mục, ống dẫn, thiết bị hoặc liên kết hỏng, nên sổ không dùng được. "
    "Hãy dời nó ra khỏi thư mục sổ rồi làm lại.",
    "FILE_IN_USE": "Chưa ghi được {place} vì tệp đang mở trong phần mềm khác (thí dụ Excel, phần mềm đọc PDF) "
    "hoặc chỉ cho đọc. Hãy đóng tệp đó rồi làm lại, hoặc ghi ra tên khác.",
    "NAME_UNFIT": 'Không dùng được tên {place}: Windows không nhận \\ / : * ? " < > | trong tên, cũng không nhận '
    "đường dẫn quá dài. Hãy chọn tên hoặc thư mục khác.",
    "DISK_FAILED": "Ổ đĩa báo lỗi khi đọc hoặc ghi {place}. Hãy kiểm tra ổ đĩa, sao lưu sổ sang nơi khác rồi làm lại.",
}

_BY_SQLITE_CODE = {
    dbapi2.SQLITE_BUSY: "LEDGER_BUSY",
    dbapi2.SQLITE_LOCKED: "LEDGER_BUSY",
    dbapi2.SQLITE_READONLY: "FOLDER_READONLY",
    dbapi2.SQLITE_IOERR: "DISK_FAILED",
    dbapi2.SQLITE_CORRUPT: "LEDGER_DAMAGED",
    dbapi2.SQLITE_NOTADB: "LEDGER_DAMAGED",
    dbapi2.SQLITE_FULL: "DISK_FULL",
    dbapi2.SQLITE_CANTOPEN: "FOLDER_READONLY",
}

# The driver's backup call loses SQLite's number and keeps its words.
_BY_SQLITE_WORDS = {
    "database is locked": "LEDGER_BUSY",
    "attempt to write a readonly database": "FOLDER_READONLY",
    "unable to open database file": "FOLDER_READONLY",
    "disk I/O error": "DISK_FAILED",
    "database disk image is malformed": "LEDGER_DAMAGED",
    "file is not a database": "LEDGER_DAMAGED",
    "database or disk is full": "DISK_FULL",
}


def must_be_plain(path: Path) -> None:
    """Raises FILE_NOT_PLAIN where a file of the ledger is to stand and a folder, a pipe or a device does."""
    if os.path.lexists(path) and not path.is_file():
        raise refusal("FILE_NOT_PLAIN", path)


def refusal(code: str, place: Path) -> StorageError:
    """The refusal `code` about `place`, in its usual words."""
    return StorageError(code, _SENTENCES[code].format(place=place), str(place))


@contextmanager
def translated(place: Path) -> Iterator[None]:
    """Turn what the disk or SQLite raises inside into a StorageError about `place`; bugs pass unchanged."""
    try:
        yield
    except Exception as error:
        code = code_of(error, place)
        if code is None:
            raise
        raise refusal(code, place) from error


def code_of(error: BaseException, place: Path) -> str | None:
    """The stable code for `error`, or None where it is a bug (a broken constraint, wrong SQL)."""
    if isinstance(error, OSError):
        return _BY_WINDOWS_CODE.get(getattr(error, "winerror", 0)) or _code_of_errno(error.errno)
    # SQLAlchemy hangs the driver's error on its own; asking for it by name keeps a fifth of a second of import from the sign-in.
    origin = getattr(error, "orig", error)
    if not isinstance(origin, dbapi2.Error):
        return None
    extended = getattr(origin, "sqlite_errorcode", None)
    by_words = _BY_SQLITE_WORDS.get(str(origin))
    code = _BY_SQLITE_CODE.get(extended & 0xFF) if isinstance(extended, int) else by_words
    if code == "DISK_FAILED" and _is_scarce(place):
        return "DISK_FULL"
    return code


def _code_of_errno(number: int | None) -> str:
    if number in _FULL:
        return "DISK_FULL"
    if number in _READONLY:
        return "FOLDER_READONLY"
    if number in _ABSENT:
        return "LEDGER_MISSING"
    return "DISK_FAILED"


def _is_scarce(place: Path) -> bool:
    folder = place if place.is_dir() else place.parent
    return folder.is_dir() and shutil.disk_usage(folder).free < _SCARCE_BYTES
