"""Small files written whole or not at all.

Writing what people take away: packages, key files, reports. Whole or not at all.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from forms.errors import StorageError
from storage.failures import refusal, translated

_HELD = {5, 32, 33}  # Windows: access denied, sharing violation, lock violation
_NO_SUCH_CALL = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
_SHOWN = 50  # letters: of at most four bytes each
_OURS = re.compile(r"\.[0-9a-f]{12}\.tmp$")
_PATIENCE = (0.05, 0.1, 0.2, 0.4)  # seconds; a virus scanner looks at a fresh file no longer


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`: a reader sees the old file or the new one, never half of either. Raises StorageError."""
    with staged(path, data) as put:
        put()


@contextmanager
def staged(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """`data` is down on the disk beside `path`; the function given puts it there, or it is thrown away.

    Order: temporary file, fsync, read back; then replace, fsync of the folder. Raises StorageError.
    """
    temporary = temporary_beside(path)

    def put() -> None:
        with translated(path, writing=True):
            put_in_place(temporary, path)
            sync_folder(path.parent)

    try:
        with translated(path, writing=True):
            with open(temporary, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if temporary.read_bytes() != data:
                raise StorageError("DISK_FAILED", f"Ghi {path} xong đọc lại không khớp. Hãy kiểm tra ổ đĩa.", str(path))
        yield put
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """The folder, and those above it, if need be; their names are down on the disk.

    Raises StorageError FOLDER_MISSING, FOLDER_READONLY, DISK_FULL, NAME_UNFIT.
    """
    with translated(folder):
        try:
            new = [level for level in (folder, *folder.parents) if not level.exists()]
            folder.mkdir(parents=True, exist_ok=True)
            for level in reversed(new):
                sync_folder(level.parent)
        except (FileExistsError, NotADirectoryError) as error:
            message = f"Không tạo được thư mục {folder} vì trên đường dẫn đã có một tệp. Chọn thư mục khác."
            raise StorageError("FOLDER_MISSING", message, str(folder)) from error
        except FileNotFoundError as error:  # Windows: a path too long, or a stick that was pulled out
            if error.filename and os.path.isdir(os.path.dirname(error.filename)):  # elsewhere: /proc and its like
                raise refusal("FOLDER_READONLY", folder) from error
            if os.path.exists(folder.absolute().anchor):
                raise refusal("NAME_UNFIT", folder) from error
            message = f"Không tạo được thư mục {folder} vì không có ổ đĩa đó. Cắm lại ổ đĩa hoặc chọn thư mục khác."
            raise StorageError("FOLDER_MISSING", message, str(folder)) from error


def put_in_place(temporary: Path, path: Path) -> None:
    """Rename over `path`. Windows refuses while another program holds either: scanners let go soon, Excel does not.

    Raises StorageError FILE_IN_USE, OSError.
    """
    for pause in (*_PATIENCE, None):
        try:
            os.replace(temporary, path)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            if pause is None:
                raise refusal("FILE_IN_USE", path) from error
            time.sleep(pause)


def temporary_beside(path: Path) -> Path:
    """A fresh name in the same folder, so that the later rename never crosses a file system.

    Raises StorageError NAME_UNFIT: on Windows what stands behind a colon is a hidden part of another file.
    """
    if ":" in path.name:
        raise refusal("NAME_UNFIT", path)
    shown = path.name[:_SHOWN]  # so that a name as long as the disk takes still has room for ours
    return path.with_name(f".{shown}.{secrets.token_hex(6)}.tmp")


def sweep(path: Path, *, older_than: float = 3600) -> None:
    """Forget what was left beside `path` when writing it was cut off so many seconds ago; fresher ones may be in use."""
    with suppress(OSError):
        for rest in path.parent.glob(f".{glob.escape(path.name[:_SHOWN])}.*.tmp"):
            if _OURS.search(rest.name) and rest.is_file() and time.time() - rest.stat().st_mtime > older_than:
                rest.unlink()


def sync_file(path: Path) -> None:
    """Force the bytes of `path` down to the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force the names inside `folder` down to the disk. Windows has no such call and needs none; some network and phone file
    systems refuse it, and a folder that may be written need not be readable: there nothing better can be done."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:
            raise
    finally:
        os.close(descriptor)


def write_file(path: Path, data: bytes) -> Path:
    """Put `data` at `path`, making its folder if need be. Raises StorageError FOLDER_MISSING, FOLDER_READONLY, DISK_FULL."""
    if path.is_dir():
        raise StorageError("FILE_IS_FOLDER", f"{path} là một thư mục. Ghi rõ tên tệp sau tên thư mục.", str(path))
    make_folder(path.parent)
    sweep(path)
    write_whole(path, data)
    return path
