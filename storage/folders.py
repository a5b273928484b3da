"""A ledger folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from forms.errors import StorageError
from storage import slot_file
from storage.failures import translated
from storage.files import make_folder, put_in_place, sync_folder
from storage.working_folder import finished, is_held, rests, sweep, working_folder

DATABASE = "ledger.db"  # beside slot_file.NAME
_MOVED = (DATABASE, f"{DATABASE}-journal", "backups", "restored.json")


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder to fill; its content becomes that of `folder` when the `with` ends well and vanishes otherwise.
    What an earlier act of the kind left when it was killed is swept before.

    Raises StorageError LEDGER_EXISTS when `folder` holds anything, FOLDER_MISSING, FOLDER_READONLY, DISK_FULL.
    """
    folder = folder.absolute()  # "." has no name to put a temporary one beside
    with translated(folder, writing=True):
        _must_be_free(folder)
        make_folder(folder.parent)
        working = ExitStack()
        temporary = working.enter_context(working_folder(folder / "so" if folder.exists() else folder))
    with working:
        yield temporary
        with translated(folder, writing=True):
            finished(temporary)
            _put_in_place(temporary, folder)


def _must_be_free(folder: Path) -> None:
    if folder.is_dir():
        _take_back(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} đã có sẵn và không trống; phần mềm không ghi đè. Hãy chọn một thư mục mới hoặc trống."
        raise StorageError("LEDGER_EXISTS", message, str(folder))


def _take_back(folder: Path) -> None:
    """What an act that was killed had already moved up. Its slots come last, so without them in `folder` it was never
    reported done; and it began in an empty folder, so the rest is its own."""
    unfinished = [rest for rest in rests(folder) if (rest / slot_file.NAME).is_file()]
    if unfinished and not is_held(unfinished[0]) and not (folder / slot_file.NAME).exists():
        for name in _MOVED:
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    sweep(folder)


def _put_in_place(temporary: Path, folder: Path) -> None:
    sync_folder(temporary)
    if temporary.parent == folder:
        _move_up(temporary, folder)
    else:
        put_in_place(temporary, folder)
        sync_folder(folder.parent)


def _move_up(temporary: Path, folder: Path) -> None:
    """An empty folder is filled rather than replaced: somebody may stand in it, or a disk be mounted there.

    Without its slots it is no ledger yet, so they come last, when all else is down on the disk.
    """
    moved: list[Path] = []
    sync_folder(folder)  # that there is a temporary folder in it is how what was moved up is known for a rest
    try:
        for item in sorted(temporary.iterdir(), key=lambda item: item.name == slot_file.NAME):
            if item.name == slot_file.NAME:
                sync_folder(folder)
            put_in_place(item, folder / item.name)
            moved.append(folder / item.name)
        sync_folder(folder)
    except OSError:
        for item in moved:
            os.rename(item, temporary / item.name)
        raise
