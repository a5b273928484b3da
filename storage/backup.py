"""Making backups that are known to open, restoring one into a new folder, and keeping a sensible number of them.

The database is copied by SQLite's backup API, never by copying a file in use. The file `.sbdbackup` is a ZIP of three
stored members: `backup.json` (format, ledger, schema, head of the journal, size and SHA-256 of the other two),
`slots.json`, and `ledger.db`, which stays encrypted under the ledger's own key. The passwords and the recovery code of the
day of the backup open it.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import IO

from sqlcipher3 import dbapi2

from forms.errors import StorageError
from storage import slot_file
from storage.engine import SCHEMA_VERSION, create_file, engine_over, schema_of, verify_file, wrong_pages
from storage.failures import refusal, translated, why_not_written
from storage.files import make_folder, put_in_place, sync_file, sync_folder, write_whole
from storage.folders import DATABASE, new_folder, working_folder
from storage.stores import journal

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


SUFFIX = ".sbdbackup"
RESTORED = "restored.json"  # left in a restored folder until its first opening
_HOURS, _DAYS = 8, 14
_AUTOMATIC = "auto-"
_STAMP = "%Y%m%dT%H%M%S"


def make(source: dbapi2.Connection, folder: Path, key: bytes, target: Path, now: datetime) -> Path:
    """Back the open ledger of `folder` up to `target`; only a copy that opens and checks out gets that name.

    Raises StorageError FILE_EXISTS, DISK_FULL, FOLDER_READONLY, LEDGER_DAMAGED (then the ledger itself is damaged).
    """
    if target.exists():
        message = f"Đã có tệp {target}; phần mềm không ghi đè bản sao lưu. Hãy chọn tên khác."
        raise StorageError("FILE_EXISTS", message, str(target))
    make_folder(target.parent)
    with translated(target, writing=True), working_folder(target) as room:
        copy, container = room / DATABASE, room / f"made{SUFFIX}"
        about, slots = _copy(source, folder, key, copy, now)
        write(container, about, slots, copy)
        read(container)
        put_in_place(container, target)
        sync_folder(target.parent)
    return target


def restore(file: Path, folder: Path, now: datetime) -> Backup:
    """Unpack a checked backup into a new folder. The first opening verifies it with the key and journals it.

    Raises StorageError FILE_MISSING, BACKUP_DAMAGED, LEDGER_NEWER, LEDGER_EXISTS, DISK_FULL, FOLDER_READONLY.
    """
    about = read(file)
    if about.schema > SCHEMA_VERSION:
        message = f"Bản sao lưu {file} do bản phần mềm mới hơn ghi. Hãy cài bản mới rồi phục hồi lại."
        raise StorageError("LEDGER_NEWER", message, str(file))
    note = {"file": file.name, "created": about.created, "head": about.head, "count": about.count}
    with new_folder(folder) as temporary:
        unpack(file, about, temporary)
        slot_file.read(temporary / slot_file.NAME)
        write_whole(temporary / RESTORED, json.dumps(note | {"restored": now.isoformat()}).encode())
    return about


def automatic_name(folder: Path, now: datetime) -> Path:
    """Where the automatic backup of this moment goes; a second one of the same second stands, and sorts, behind the first."""
    stem = f"{_AUTOMATIC}{now.strftime(_STAMP)}"
    names = (f"{stem}{more}{SUFFIX}" for more in chain(("",), (f"_{number:03}" for number in count(2))))
    return next(folder / name for name in names if not (folder / name).exists())


def newest_automatic(folder: Path) -> Path | None:
    """The latest automatic backup, if there is one."""
    return max(folder.glob(f"{_AUTOMATIC}*{SUFFIX}"), default=None)


def rotate(folder: Path, made: Path) -> None:
    """Keep the newest automatic backup of each of the last 8 hours and 14 days that have one, and the one just `made`,
    which a clock set back may call an old one; drop the others."""
    names = sorted((file.name for file in folder.glob(f"{_AUTOMATIC}*{SUFFIX}")), reverse=True)
    kept = {*surviving(names), made.name}
    with translated(folder):
        for name in names:
            if name not in kept:
                (folder / name).unlink()


def surviving(names: list[str]) -> list[str]:
    """Which of these automatic backups, newest first, are kept."""
    day, hour = len(_AUTOMATIC) + len("20250101"), len(_AUTOMATIC) + len("20250101T00")
    kept = {*_newest_of_each(names, hour)[:_HOURS], *_newest_of_each(names, day)[:_DAYS]}
    return [name for name in names if name in kept]


def _newest_of_each(names: Iterable[str], length: int) -> list[str]:
    """Of the names that begin alike, the first."""
    newest: dict[str, str] = {}
    for name in names:
        newest.setdefault(name[:length], name)
    return list(newest.values())


def _copy(source: dbapi2.Connection, folder: Path, key: bytes, copy: Path, now: datetime) -> tuple[Backup, bytes]:
    """Copy and check the database; what the backup will say of itself, and the slots to go with it."""
    # The driver's copying writes noughts for a page that it cannot unseal, and says nothing of it.
    if wrong_pages(source):
        verify_file(source, folder)
    target = create_file(copy, key)
    try:
        # The driver does not say which of the two failed; the disk that the copy goes to does.
        try:
            source.backup(target)
        except dbapi2.Error:
            with translated(copy.parent if why_not_written(copy.parent) else folder / DATABASE):
                raise
        verify_file(target, folder)
        schema = schema_of(target)
        with engine_over(target).begin() as transaction:
            head, count = journal.verify(transaction)
        last = source.execute("SELECT hash, number FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    finally:
        target.close()
    if (head, count) != tuple(last or (journal.START, 0)):
        raise refusal("LEDGER_DAMAGED", folder)
    slots = slot_file.read(folder / slot_file.NAME)
    data = slot_file.to_bytes(slots)
    files = {slot_file.NAME: (len(data), hashlib.sha256(data).hexdigest()), DATABASE: measured(copy)}
    return Backup(slots.ledger, now.isoformat(), schema, head, count, files), data
