"""ZIP archives that mail programs make of packages: looked into in memory, every member bounded, nothing unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

HEAD = 1024
_SOUND = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Whatever a broken or hostile archive makes the library raise, its members are merely not to be had.
_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, LookupError, OverflowError)
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
    except _TROUBLES:
        return


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, promises: Callable[[bytes], bool], most: int
) -> bytes | None:
    if info.flag_bits & 1 or info.compress_type not in _SOUND:
        return None
    try:
        with archive.open(info) as file:
            head = file.read(HEAD)
            return head + file.read(most + 1 - len(head)) if promises(head) else head
    except _TROUBLES:
        return None


def _name(info: zipfile.ZipInfo) -> str:
    """As it was meant: names in UTF-8 whose mark is missing are common."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
