"""The one connection to the encrypted ledger file, opened the careful way.

Settings and their order come from measured power cuts: `synchronous` must be strict *before* the journal mode is
chosen. Every setting is read back, because SQLite may keep the old value in silence.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from forms.errors import StorageError
from storage.failures import refusal, translated

APPLICATION_ID = 0x53424431  # "SBD1", the file type in SQLite's header
SCHEMA_VERSION = 5  # user_version of the schema that storage/tables.py describes
KEY_BYTES = 32
BUSY_SECONDS = 5.0
_PAGES_AT_ONCE = 1 << 14
_PAGE = 4096
_IN_A_PAGE = _PAGE - 80 - 4  # without the cipher's seal and the number of the next page

# (pragma, value to set, value that must be read back)
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("synchronous", "EXTRA", 3),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
)


def open_file(path: Path, key: bytes) -> dbapi2.Connection:
    """Open the ledger file at `path`; the schema may be older than this program's (see `schema_of`).

    Raises StorageError: LEDGER_MISSING, LEDGER_BUSY, LEDGER_DAMAGED (also a wrong key), LEDGER_NEWER. A newer file
    is left as it was, byte for byte: identity is read before any setting is touched.
    """
    if not path.is_file():
        raise refusal("LEDGER_MISSING", path)
    return _connect(path, key, "rw", check_identity=True)


def create_file(path: Path, key: bytes) -> dbapi2.Connection:
    """Make an empty encrypted file at `path`. Raises StorageError LEDGER_EXISTS, FOLDER_READONLY, DISK_FULL."""
    if path.exists():
        message = f"Đã có tệp {path}; phần mềm không ghi đè. Hãy chọn thư mục khác."
        raise StorageError("LEDGER_EXISTS", message, str(path))
    return _connect(path, key, "rwc", check_identity=False)


def schema_of(connection: dbapi2.Connection) -> int:
    """Schema version in the file's header; 0 for a file that was never finished."""
    return _number(connection, "user_version")


def engine_over(connection: dbapi2.Connection) -> Engine:
    """An SQLAlchemy engine that always uses this one connection and begins every transaction immediately.

    A deferred transaction that reads first and writes later is refused at once when another connection wrote in
    between, whatever the timeout; BEGIN IMMEDIATE is not.
    """
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def verify_file(connection: dbapi2.Connection, place: Path) -> None:
    """Everything that is in use: SQLite's structure, by which every such page is read and its seal checked, and the foreign
    keys. Raises LEDGER_DAMAGED."""
    with translated(place):
        sound = (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchall() == []
        )
    if not sound:
        raise refusal("LEDGER_DAMAGED", place)


def torn_pages(connection: dbapi2.Connection, file: Path) -> int:
    """How many pages of the open `file` carry a wrong seal; of one that was found sound these are free, or stand behind its end."""
    if not _number(connection, "freelist_count") and not _is_longer(connection, file):
        return 0
    return wrong_pages(connection)


def wrong_pages(connection: dbapi2.Connection) -> int:
    """How many pages carry a wrong seal, in use or not. The file is read past the cache; a few milliseconds for a mebibyte."""
    return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def renew_free_pages(connection: dbapi2.Connection, file: Path) -> None:
    """Write every page that nothing uses anew, sealed and empty, in one transaction: a table takes them all and is dropped.

    Pages taken from the free list are not read before, so that torn ones do no harm; `secure_delete` writes them out again.
    Raises what SQLite raises; the file is then as it was.
    """
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE free_page (filler BLOB)")
    while (free := _number(connection, "freelist_count")) or _is_longer(connection, file):
        filler = min(max(free - 1, 1), _PAGES_AT_ONCE) * _IN_A_PAGE
        connection.execute("INSERT INTO free_page VALUES (zeroblob(?))", (filler,))
    connection.execute("DROP TABLE free_page")
    connection.execute("COMMIT")


def _is_longer(connection: dbapi2.Connection, file: Path) -> bool:
    """Whether it goes on behind its last page: where it was to grow when the power went."""
    return file.stat().st_size > _number(connection, "page_count") * _PAGE


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _connect(path: Path, key: bytes, mode: str, *, check_identity: bool) -> dbapi2.Connection:
    if len(key) != KEY_BYTES:
        raise ValueError("the database key must be 32 bytes")
    with translated(path):
        connection = dbapi2.connect(
            f"file:{quote(os.fsencode(path))}?mode={mode}",  # also a name that is no UTF-8
            uri=True,
            isolation_level=None,  # transactions are begun by engine_over, never behind our back
            check_same_thread=False,  # storage/work.py lets one thread in at a time
            timeout=BUSY_SECONDS,
        )
        try:
            # A damaged file is reported by our own refusal; the cipher's log would only repeat it on the terminal.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            if check_identity:
                _check_identity(connection, path)
            for name, value, wanted in _SETTINGS:
                connection.execute(f"PRAGMA {name} = {value}")
                found = _read(connection, name)
                if found != wanted:
                    message = (
                        f"Cơ sở dữ liệu không nhận thiết đặt an toàn {name} = {value} (đang là {found}). "
                        "Hãy cài lại phần mềm từ bộ cài gốc."
                    )
                    raise StorageError("SETTING_REFUSED", message, name)
            # Exclusive mode takes its lock at the first write; taken now, a second program is refused at its door.
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    return connection


def _check_identity(connection: dbapi2.Connection, path: Path) -> None:
    if _number(connection, "application_id") != APPLICATION_ID:
        raise refusal("LEDGER_DAMAGED", path)
    schema = schema_of(connection)
    if schema > SCHEMA_VERSION:
        message = (
            f"Sổ tại {path} do bản phần mềm mới hơn lập (dạng {schema}; bản này đọc đến dạng {SCHEMA_VERSION}). "
            "Sổ chưa bị thay đổi. Hãy cài bản phần mềm mới rồi mở lại."
        )
        raise StorageError("LEDGER_NEWER", message, str(path))


def _read(connection: dbapi2.Connection, pragma: str) -> object:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return row[0] if row else None


def _number(connection: dbapi2.Connection, pragma: str) -> int:
    value = _read(connection, pragma)
    return value if isinstance(value, int) else 0
