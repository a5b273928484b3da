"""Errors of the disk and of SQLite, said as refusals a person can act on.

Code                 when
DISK_FULL            no room left while writing
FOLDER_READONLY      the folder or file cannot be written
FOLDER_MISSING       the folder to write in is not there (any more)
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
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from forms.errors import StorageError

_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "DISK_FULL"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "FOLDER_READONLY"),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), "LEDGER_MISSING"),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), "FILE_IN_USE"),
    errno.ENAMETOOLONG: "NAME_UNFIT",
}
# Windows says more than the errno that Python makes of it: a pulled stick would be "permission denied".
_BY_WINDOWS_CODE = {
    **dict.fromkeys((39, 112), "DISK_FULL"),
    **dict.fromkeys((21, 23, 25, 27, 29, 30, 31), "DISK_FAILED"),  # not ready, bad sectors, faults of the device
    **dict.fromkeys((32, 33), "FILE_IN_USE"),
    **dict.fromkeys((123, 161, 206, 267), "NAME_UNFIT"),
}
# Below this a failed write is explained better by a full disk than by a broken one.
_SCARCE_BYTES = 1 << 20
_PROBE_BYTES = 1 << 13
_UNCLEAR = ("DISK_FAILED", "FOLDER_READONLY")

_SENTENCES = {
    "DISK_FULL": "Ổ đĩa đã đầy nên chưa ghi được vào {place}. Hãy xóa bớt tệp không cần rồi làm lại; "
    "những gì đã báo lưu vẫn còn nguyên.",
    "FOLDER_READONLY": "Không có quyền ghi vào {place}. Hãy chọn thư mục khác hoặc nhờ quản trị máy cấp quyền ghi.",
    "FOLDER_MISSING": "Không ghi được {place} vì không có thư mục chứa nó: ổ đĩa đã tháo ra, hoặc thư mục đã bị xóa, đổi tên. "
    "Hãy kiểm tra lại đường dẫn, cắm lại ổ đĩa hoặc chọn thư mục khác.",
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
def translated(place: Path, *, writing: bool = False) -> Iterator[None]:
    """Turn what the disk or SQLite raises inside into a StorageError about `place`; bugs pass unchanged. `writing`: what is
    not there is no ledger that is looked for but the folder that `place` is to be written in."""
    try:
        yield
    except Exception as error:
        code = code_of(error, place)
        if code is None:
            raise
        if code == "LEDGER_MISSING" and writing:
            # Where the folder is there all the same, as in /proc, nothing can be made in it.
            code = "FOLDER_READONLY" if place.parent.is_dir() else "FOLDER_MISSING"
        raise refusal(code, place) from error


def code_of(error: BaseException, place: Path) -> str | None:
    """The stable code for `error`, or None where it is a bug (a broken constraint, wrong SQL)."""
    if isinstance(error, OSError):
        by_system = _BY_ERRNO.get(error.errno or 0, "DISK_FAILED")
        return _BY_WINDOWS_CODE.get(getattr(error, "winerror", 0), by_system)
    # SQLAlchemy hangs the driver's error on its own; asking for it by name keeps a fifth of a second of import from the sign-in.
    origin = getattr(error, "orig", error)
    if not isinstance(origin, dbapi2.Error):
        return None
    extended = getattr(origin, "sqlite_errorcode", None)
    by_words = _BY_SQLITE_WORDS.get(str(origin))
    code = _BY_SQLITE_CODE.get(extended & 0xFF) if isinstance(extended, int) else by_words
    return _asked_again(code, place) if code in _UNCLEAR else code


def _asked_again(code: str, place: Path) -> str:
    """SQLite keeps what the system said to itself, and calls it by the file that it could not make, read or write. So the
    disk is asked once more."""
    folder = place if place.is_dir() else place.parent
    if not folder.is_dir():
        return code
    said = why_not_written(folder)
    if said is None and code == "DISK_FAILED" and shutil.disk_usage(folder).free < _SCARCE_BYTES:
        return "DISK_FULL"
    if said is None and code == "FOLDER_READONLY" and _may_be_written(place):
        return "LEDGER_DAMAGED"  # after a page that it cannot unseal SQLCipher writes no more
    return said or code


def why_not_written(folder: Path) -> str | None:
    """The code for a small file that cannot be written there; None where it can."""
    probe = folder / f".probe.{secrets.token_hex(6)}.tmp"
    try:
        descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, bytes(_PROBE_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return code_of(error, folder)
    finally:
        with suppress(OSError):
            probe.unlink()
    return None


def _may_be_written(file: Path) -> bool:
    """Never by opening it: closing it again would give up SQLite's locks on it."""
    beside = file.with_name(f"{file.name}-journal")
    return (
        file.is_file()
        and all(
            os.access(one, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids)
            for one in (file, beside)
            if one.exists()
        )
        and (beside.is_file() or not beside.exists())
    )
