"""ZIP archives that mail programs make of packages: looked into in memory, every member bounded, nothing unpacked to disk."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

_log = logging.getLogger(__name__)
HEAD = 1024
_SOUND = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")  # documents and programs, no archives of files


def members(
    file: BinaryIO, promises: Callable[[bytes], bool], most_bytes: int, most: int
) -> Iterator[tuple[str, bytes | None]]:
    """(name, content) of each file in the archive; only the first bytes of one whose first bytes promise nothing, at most
    `most_bytes` + 1 of any. None: it has a password or is spoiled. An archive that cannot be opened has no members."""
    try:
        with zipfile.ZipFile(file) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
            if any(info.filename in _OFFICE for info in files):
                return
            for info in files[:most]:
                yield _name(info), _content(archive, info, promises, most_bytes)
    except Exception as trouble:  # noqa: BLE001 - what a broken or hostile archive makes the library raise is no list to keep
        _log.debug("archive", exc_info=trouble)


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, promises: Callable[[bytes], bool], most: int
) -> bytes | None:
    if info.flag_bits & 1 or info.compress_type not in _SOUND:
        return None
    try:
        with archive.open(info) as file:
            head = file.read(HEAD)
            return head + file.read(most + 1 - len(head)) if promises(head) else head
    except Exception as trouble:  # noqa: BLE001 - as above
        _log.debug("member", exc_info=trouble)
        return None


def _name(info: zipfile.ZipInfo) -> str:
    """As it was meant: names in UTF-8 whose mark is missing are common."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
