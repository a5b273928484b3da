"""Writing what people take away: packages, key files, reports. Whole or not at all."""

from __future__ import annotations

from pathlib import Path

from forms.errors import StorageError
from storage.files import make_folder, sweep, write_whole


def write_file(path: Path, data: bytes) -> Path:
    """Put `data` at `path`, making its folder if need be. Raises StorageError FOLDER_MISSING, FOLDER_READONLY, DISK_FULL."""
    if path.is_dir():
        raise StorageError("FILE_IS_FOLDER", f"{path} là một thư mục. Ghi rõ tên tệp sau tên thư mục.", str(path))
    make_folder(path.parent)
    sweep(path)
    write_whole(path, data)
    return path
