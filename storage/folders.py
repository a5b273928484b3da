"""A ledger folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forms.errors import StorageError
from storage.failures import translated
from storage.files import sync_folder, temporary_beside


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder to fill; it becomes `folder` when the `with` ends well and vanishes otherwise.

    Raises StorageError LEDGER_EXISTS when `folder` holds anything, FOLDER_READONLY, DISK_FULL.
    """
    with translated(folder):
        _must_be_free(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = temporary_beside(folder)
        temporary.mkdir(mode=0o700)
    try:
        yield temporary
        with translated(folder):
            _put_in_place(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _must_be_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} đã có sẵn và không trống; chương trình không ghi đè. Hãy chọn một thư mục mới hoặc trống."
        raise StorageError("LEDGER_EXISTS", message, str(folder))


def _put_in_place(temporary: Path, folder: Path) -> None:
    sync_folder(temporary)
    if folder.exists():
        folder.rmdir()
    os.rename(temporary, folder)
    sync_folder(folder.parent)
