"""The backup file `.sbdbackup`: all that is needed to open a ledger again, in one file that can be checked.

A ZIP of three stored members: `backup.json` (format, ledger, schema, head of the journal, size and SHA-256 of the
other two), `slots.json`, and `ledger.db`, which stays encrypted under the ledger's own key. The passwords and the
recovery code of the day of the backup open it.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from forms.errors import StorageError
from storage import slot_file
from storage.failures import translated
from storage.files import sync_file
from storage.folders import DATABASE

FORMAT = 1
_MANIFEST = "backup.json"
_MEMBERS = [_MANIFEST, slot_file.NAME, DATABASE]
_CHUNK = 1 << 20
# What zipfile raises on bytes that are no ZIP, or half of one.
_UNREADABLE = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says about itself. `head` and `count` are the journal's at that moment."""

    ledger: str
    created: str
    schema: int
    head: str
    count: int
    files: Mapping[str, tuple[int, str]]


def measured(file: Path) -> tuple[int, str]:
    """Size and SHA-256, as the manifest lists them."""
    with open(file, "rb") as content:
        return file.stat().st_size, _digest(content)


def write(container: Path, about: Backup, slots: bytes, database: Path) -> None:
    """Put the three members together and force them to the disk."""
    manifest = {
        "format": FORMAT,
        "ledger": about.ledger,
        "created": about.created,
        "schema": about.schema,
        "journal": {"head": about.head, "count": about.count},
        "files": {name: {"size": size, "sha256": digest} for name, (size, digest) in about.files.items()},
    }
    with open(container, "xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        archive.writestr(slot_file.NAME, slots)
        archive.write(database, DATABASE)
    sync_file(container)


def read(file: Path) -> Backup:
    """What the backup says, after every byte of it has been checked. Raises FILE_MISSING, BACKUP_DAMAGED."""
    if not file.is_file():
        message = f"Không tìm thấy bản sao lưu {file}. Hãy kiểm tra lại đường dẫn."
        raise StorageError("FILE_MISSING", message, str(file))
    with _opened(file) as archive:
        about = _about(archive)
        for name, (size, digest) in about.files.items():
            with archive.open(name) as member:
                if archive.getinfo(name).file_size != size or _digest(member) != digest:
                    raise ValueError(name)
    return about


def claimed(file: Path) -> Backup:
    """What the backup says, its members unread: for a quick look. Raises BACKUP_DAMAGED."""
    with _opened(file) as archive:
        return _about(archive)


def unpack(file: Path, about: Backup, folder: Path) -> None:
    """Write the slots and the database into `folder`, synced and checked again."""
    with _opened(file) as archive:
        for name, expected in about.files.items():
            with archive.open(name) as member, open(folder / name, "xb") as out:
                while chunk := member.read(_CHUNK):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            if measured(folder / name) != expected:
                raise ValueError(name)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with translated(file), zipfile.ZipFile(file) as archive:
            stored = all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())
            if archive.namelist() != _MEMBERS or not stored:
                raise ValueError("members")
            yield archive
    except _UNREADABLE as error:
        message = f"Bản sao lưu {file} bị hỏng hoặc không đầy đủ. Hãy dùng một bản sao lưu khác."
        raise StorageError("BACKUP_DAMAGED", message, str(file)) from error


def _about(archive: zipfile.ZipFile) -> Backup:
    if archive.getinfo(_MANIFEST).file_size > slot_file.MAX_BYTES:
        raise ValueError(_MANIFEST)
    raw = json.loads(archive.read(_MANIFEST))
    if raw["format"] != FORMAT or set(raw["files"]) != {slot_file.NAME, DATABASE}:
        raise ValueError(_MANIFEST)
    return Backup(
        ledger=str(raw["ledger"]),
        created=str(raw["created"]),
        schema=int(raw["schema"]),
        head=str(raw["journal"]["head"]),
        count=int(raw["journal"]["count"]),
        files={name: (int(entry["size"]), str(entry["sha256"])) for name, entry in raw["files"].items()},
    )


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
