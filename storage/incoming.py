"""Reading what people bring: files and folders from sticks and mail boxes, each bounded, each once.

Knows neither SQL nor formats, so that `verify` stays small.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from forms.errors import AppError, StorageError
from forms.services.receiving import Incoming
from forms.text import one_line

MAX_BYTES = 32 << 20  # no package is larger (payload 4 MiB, evidence 16 MiB), nor the PDF around it
MAX_BATCH_BYTES = 512 << 20  # of one act: a stick full of large files shall not take the memory of an old PC
# What a folder is searched for; a file that is named is read whatever it is called.
SUFFIX, CARRIER = ".bdg", ".pdf"
# Windows: EINVAL for a name that no file can have
_NO_SUCH_NAME = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)

_SENTENCES = {
    "FILE_MISSING": "Không tìm thấy {place}. Kiểm tra lại đường dẫn hoặc cắm lại ổ USB.",
    "FILE_UNREADABLE": "Không đọc được {place}. Kiểm tra quyền đọc và ổ đĩa, hoặc chép tệp sang nơi khác rồi làm lại.",
    "FILE_NOT_PLAIN": "{place} không phải tệp thường nên không đọc. Chọn đúng tệp.",
    "FILE_TOO_BIG": "{place} lớn hơn mọi gói mà phần mềm tạo ra nên không đọc. Chọn đúng tệp.",
    "BATCH_TOO_BIG": "Các tệp của một lần nhận quá lớn nên chưa đọc {place}. Bỏ tệp không phải gói, hoặc nhận tệp này riêng.",
    "FOLDER_EMPTY": "Không có gói nào (tệp .bdg, hoặc tệp PDF mang theo gói) trong thư mục {place}. Chọn đúng thư mục.",
}


def read_files(paths: Iterable[Path], carries: Callable[[bytes], bool]) -> tuple[Incoming, ...]:
    """Files as named, folders searched for packages in the order of their names. `carries`: whether a PDF has a package
    inside; a folder may be full of scanned letters, which are passed over. Never raises for one bad file."""
    found: list[Incoming] = []
    left = MAX_BATCH_BYTES
    for path in dict.fromkeys(file for place in paths for file in _files(place, carries)):
        read = _read(path)
        if len(read.data) > left:
            read = Incoming(str(path), problem=_refusal("BATCH_TOO_BIG", path))
        left -= len(read.data)
        found.append(read)
    return tuple(found)


def _files(path: Path, carries: Callable[[bytes], bool]) -> Iterator[Path]:
    """The path itself, what its pattern finds, or the packages below a folder; links to folders are not followed."""
    if not os.path.isdir(path):
        yield from _matching(path) or (path,)
        return
    found = False
    for folder, below, names in os.walk(path):
        below.sort()
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith(".") and (
                _ends(name, SUFFIX) or (_ends(name, CARRIER) and carries(_read(file).data))
            ):
                found = True
                yield file
    if not found:
        yield path


def _ends(name: str, suffix: str) -> bool:
    return name.lower().endswith(suffix)


def _matching(path: Path) -> list[Path]:
    """For `goi\\*.bdg`: the console of Windows leaves patterns to the program."""
    wanted = "*" in path.name and not os.path.lexists(path)
    return sorted(path.parent.glob(path.name)) if wanted else []


def _read(path: Path) -> Incoming:
    try:
        if os.path.isdir(path):
            raise _refusal("FOLDER_EMPTY", path)
        return Incoming(str(path), _bounded(path))
    except AppError as problem:
        return Incoming(str(path), problem=problem)
    except ValueError:  # a NUL in the name
        return Incoming(str(path), problem=_refusal("FILE_MISSING", path))
    except OSError as error:
        code = "FILE_MISSING" if error.errno in _NO_SUCH_NAME else "FILE_UNREADABLE"
        return Incoming(str(path), problem=_refusal(code, path))


def _bounded(path: Path) -> bytes:
    # Without O_NONBLOCK a named pipe would keep the program waiting for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _refusal("FILE_NOT_PLAIN", path)
        if found.st_size > MAX_BYTES:
            raise _refusal("FILE_TOO_BIG", path)
        return file.read(found.st_size)


def _refusal(code: str, path: Path) -> StorageError:
    return StorageError(code, _SENTENCES[code].format(place=one_line(str(path))), str(path))
