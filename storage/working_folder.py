"""A folder of our own beside what is being made, in which a long act works; and what is left where such an act was killed.

As long as the act lives it holds a lock on a file in its folder: the operating system gives that free with the process. So a
folder of this kind that nobody holds is a rest, and the next act in the same place sweeps it.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.files import temporary_beside
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
