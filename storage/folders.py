"""A ledger folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forms.errors import StorageError
from storage import slot_file
from storage.failures import translated
from storage.files import make_folder, put_in_place, sync_folder, temporary_beside

DATABASE = "ledger.db"  # beside slot_file.NAME


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder to fill; its content becomes that of `folder` when the `with` ends well and vanishes otherwise.

    Raises StorageError LEDGER_EXISTS when `folder` holds anything, FOLDER_MISSING, FOLDER_READONLY, DISK_FULL.
    """
    folder = folder.absolute()  # "." has no name to put a temporary one beside
    with translated(folder):
        _must_be_free(folder)
        make_folder(folder.parent)
        temporary = temporary_beside(folder / "so" if folder.exists() else folder)
        temporary.mkdir(mode=0o700)
    try:
        yield temporary
        with translated(folder):
            _put_in_place(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _must_be_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} đã có sẵn và không trống; phần mềm không ghi đè. Hãy chọn một thư mục mới hoặc trống."
        raise StorageError("LEDGER_EXISTS", message, str(folder))


def _put_in_place(temporary: Path, folder: Path) -> None:
    sync_folder(temporary)
    if temporary.parent == folder:
        _move_up(temporary, folder)
    else:
        put_in_place(temporary, folder)
        sync_folder(folder.parent)


def _move_up(temporary: Path, folder: Path) -> None:
    """An empty folder is filled rather than replaced: somebody may stand in it, or a disk be mounted there.

    Without its slots it is no ledger yet, so they come last.
    """
    moved: list[Path] = []
    try:
        for item in sorted(temporary.iterdir(), key=lambda item: item.name == slot_file.NAME):
            put_in_place(item, folder / item.name)
            moved.append(folder / item.name)
        sync_folder(folder)
    except OSError:
        for item in moved:
            os.rename(item, temporary / item.name)
        raise
