"""A ledger folder: whether it is one and who can open it, and how it appears, whole or not at all.

A long act works in a folder of our own beside what is being made. As long as it lives it holds a lock on a file in there:
the operating system gives that free with the process. So a folder of this kind that nobody holds is a rest of an act that
was killed, and the next act in the same place sweeps it.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from forms.errors import StorageError
from forms.model.office import PersonRole
from storage import slot_file
from storage.failures import must_be_plain, refusal, translated
from storage.files import make_folder, put_in_place, sync_folder, temporary_beside
from storage.lock import give_free, seize

_IN_USE = "in-use"
_RANDOM = "0123456789ab.tmp"  # so long is what ends the name of such a folder
_FRESH = 60  # seconds
_BACKUP = ".sbdbackup"
_NAME = re.compile(r"\..+\.[0-9a-f]{12}\.tmp")
# What acts put into such a folder; anything else in it says that it is not ours.
_OURS = re.compile(
    rf"{_IN_USE}|ledger\.db(-journal)?|lock|backups|(slots|restored)\.json|\.(slots|restored)\.json\.[0-9a-f]{{12}}\.tmp|made\.sbdbackup"
)
# Earlier programs worked in files beside the backup, with nothing to hold.
_FILE_OF_EARLIER = re.compile(r"\..+\.sbdbackup\.[0-9a-f]{12}\.tmp(-journal)?")


@contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside `target`, gone when the `with` ends unless it was given another name. Raises OSError.

    Swept before are the rests of the same target, of any backup where this is one, and others that are a minute old: between its
    end and its new name nobody holds what another founding beside this one has made.
    """
    folder = temporary_beside(target)
    same = folder.name[: -len(_RANDOM)]
    backup = target.suffix == _BACKUP
    sweep(target.parent, lambda rest: rest.name.startswith(same) or _is_old(rest) or (backup and _BACKUP in rest.name))
    folder.mkdir(mode=0o700)
    held = os.open(folder / _IN_USE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        seize(held)
        try:
            yield folder
        finally:
            os.close(held)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def finished(folder: Path) -> None:
    """The act in it is done but for its new name: the folder holds only what was made."""
    (folder / _IN_USE).unlink(missing_ok=True)


def sweep(folder: Path, wanted: Callable[[Path], bool] = lambda _rest: True) -> list[Path]:
    """Remove the rests of acts that were killed in `folder`, as far as that can be done; those still held are returned."""
    held = []
    for path in rests(folder):
        if not wanted(path):
            continue
        if path.is_file():
            with suppress(OSError):
                path.unlink()
        elif is_held(path):
            held.append(path)
        else:
            shutil.rmtree(path, ignore_errors=True)
    return held


def rests(folder: Path) -> list[Path]:
    """What such acts have in `folder`, held or not."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in found if _is_ours(path)]


def _is_ours(path: Path) -> bool:
    with suppress(OSError):
        kind = path.lstat().st_mode
        if stat.S_ISREG(kind):
            return bool(_FILE_OF_EARLIER.fullmatch(path.name))
        if stat.S_ISDIR(kind) and _NAME.fullmatch(path.name):
            return all(_OURS.fullmatch(inside.name) for inside in path.iterdir())
    return False


def _is_old(path: Path) -> bool:
    with suppress(OSError):
        return abs(time.time() - path.lstat().st_mtime) > _FRESH
    return False


def is_held(folder: Path) -> bool:
    """Whether the act that works there still lives; where nobody can tell, it does."""
    try:
        descriptor = os.open(folder / _IN_USE, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        seize(descriptor)
        give_free(descriptor)
        return False
    except OSError:
        return True
    finally:
        os.close(descriptor)


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
        if folder.is_dir():
            _take_back(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            message = f"{folder} đã có sẵn và không trống; phần mềm không ghi đè. Hãy chọn một thư mục mới hoặc trống."
            raise StorageError("LEDGER_EXISTS", message, str(folder))
        make_folder(folder.parent)
        working = ExitStack()
        temporary = working.enter_context(working_folder(folder / "so" if folder.exists() else folder))
    with working:
        yield temporary
        with translated(folder, writing=True):
            finished(temporary)
            _put_in_place(temporary, folder)


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
        # An empty folder is filled rather than replaced: somebody may stand in it, or a disk be mounted
        # there. Without its slots it is no ledger yet, so they come last, when all else is down on the disk.
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
    else:
        put_in_place(temporary, folder)
        sync_folder(folder.parent)


def people_of(folder: Path) -> tuple[tuple[str, str, PersonRole], ...]:
    """(keyid, name, role) of every person's slot, without a password. Raises LEDGER_MISSING, SLOTS_DAMAGED."""
    must_be_ledger(folder)
    found = slot_file.read(folder / slot_file.NAME).people
    return tuple((person.keyid, person.name, person.role) for person in found)


def must_be_ledger(folder: Path) -> None:
    """Raises StorageError LEDGER_MISSING unless both files of a ledger are there, FILE_NOT_PLAIN where something else is."""
    for name in (slot_file.NAME, DATABASE, f"{DATABASE}-journal"):
        must_be_plain(folder / name)
    for name in (slot_file.NAME, DATABASE):
        if not (folder / name).is_file():
            raise refusal("LEDGER_MISSING", folder)
