"""Writing what people take away: packages, key files, reports. Whole or not at all."""

from __future__ import annotations

from pathlib import Path

from forms.errors import StorageError
from storage.failures import translated
from storage.files import write_whole


def write_file(path: Path, data: bytes) -> Path:
    """Put `data` at `path`, making its folder if need be. Raises StorageError FOLDER_MISSING, FOLDER_READONLY, DISK_FULL."""
    if path.is_dir():
        raise StorageError("FILE_IS_FOLDER", f"{path} là một thư mục. Ghi rõ tên tệp sau tên thư mục.", str(path))
    with translated(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            message = f"Không tạo được thư mục {path.parent} vì trên đường dẫn đã có một tệp. Chọn thư mục khác."
            raise StorageError("FOLDER_MISSING", message, str(path.parent)) from error
    write_whole(path, data)
    return path
