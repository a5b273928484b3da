"""Whether a ledger is sound: what is read when, and what is mended without asking.

Damage is decided by what is read: every page that a table, an index or the schema uses (each carries the cipher's seal), SQLite's
structure, the references, and the journal's chain. Pages on the free list hold nothing; SQLite does not journal them, so a
power cut may tear them. They are written anew, in one ordinary transaction, and the finding is told.

everything   after an unclean end, a restore, a week, and for `verify`
glance       at each other opening: the schema, the journal's last lines, and of the rest all of a small file, a sample of a large one
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlcipher3 import dbapi2

from forms.errors import StorageError
from storage.engine import renew_free_pages, torn_pages, verify_file
from storage.failures import refusal, translated
from storage.folders import DATABASE
from storage.stores import journal
from storage.tables import is_complete

SMALL_PAGES = 128  # 512 KiB, read whole in five milliseconds
_LINES = 64  # of the journal, at its end and somewhere
_TABLES, _ROWS = 6, 16  # so many of them, and in each of those so many from somewhere on


@dataclass(frozen=True)
class Soundness:
    """The journal's head and length; how many free pages were torn, and how many could not be written anew."""

    head: str
    count: int
    torn: int = 0
    left: int = 0

    @property
    def notices(self) -> tuple[str, ...]:
        return torn_notices(self.torn, self.left)


def torn_notices(torn: int, left: int) -> tuple[str, ...]:
    """What is said of free pages that were torn, where any were; `left` could not be written anew."""
    if not torn:
        return ()
    then = (
        "Chưa ghi lại được các trang trống đó; lần kiểm tra sau sẽ làm tiếp."
        if left
        else "Đã ghi lại các trang trống đó."
    )
    said = (
        f"Tệp sổ có {torn} trang trống bị rách, thường do mất điện. Trang trống không chứa số liệu; mọi trang đang dùng và "
        f"nhật ký đã được kiểm tra, còn nguyên vẹn. {then}"
    )
    return (said,)


def everything(connection: dbapi2.Connection, folder: Path) -> Soundness:
    """All of the ledger in `folder`, from end to end. Raises StorageError LEDGER_DAMAGED, JOURNAL_BROKEN."""
    torn, left = mend_free_pages(connection, folder)
    with translated(folder):
        if not is_complete(connection):
            raise refusal("LEDGER_DAMAGED", folder)
        return Soundness(*_lines(connection, 1), torn, left)


def mend_free_pages(connection: dbapi2.Connection, folder: Path) -> tuple[int, int]:
    """How many were torn, and how many still are: they harm nobody, and where there is no room to write them anew the next
    check tries again. Raises StorageError LEDGER_DAMAGED where a page in use is wrong."""
    file = folder / DATABASE
    verify_file(connection, folder)
    with translated(folder):
        torn = torn_pages(connection, file)
        if not torn:
            return 0, 0
        try:
            renew_free_pages(connection, file)
        except (StorageError, dbapi2.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        return torn, torn_pages(connection, file)


def glance(connection: dbapi2.Connection, place: Path, dice: Random) -> Soundness:
    """Enough to see at an opening that this is the ledger that was closed. Raises LEDGER_DAMAGED, JOURNAL_BROKEN."""
    with translated(place):
        ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
        is_small = pages <= SMALL_PAGES
        sound = is_complete(connection) and (
            not is_small or connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        )
        if not sound:
            raise refusal("LEDGER_DAMAGED", place)
        if is_small:
            return Soundness(*_lines(connection, 1))
        # Of some tables: the pages they stand on, and those on the way to them, are unsealed by being read.
        tables = connection.execute("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        known = tables.fetchall()
        for name, without_rowid in dice.sample(known, min(_TABLES, len(known))):
            rows = f'SELECT * FROM "{name}"'  # noqa: S608 - a name that stands in the schema
            if without_rowid:
                connection.execute(f"{rows} LIMIT {_ROWS}").fetchall()
                continue
            ((last,),) = connection.execute(f'SELECT max(rowid) FROM "{name}"').fetchall()  # noqa: S608
            if last is not None:
                start = dice.randint(min(last, 1), last)
                connection.execute(f"{rows} WHERE rowid >= ? LIMIT {_ROWS}", (start,)).fetchall()
        ((count,),) = connection.execute("SELECT coalesce(max(number), 0) FROM journal").fetchall()
        _lines(connection, dice.randint(1, max(count - _LINES, 1)), _LINES)
        return Soundness(*_lines(connection, max(count - _LINES + 1, 1)))


def line(connection: dbapi2.Connection, number: int) -> str | None:
    """The hash of that line of the journal; of line 0 what the chain starts with; None where there is no such line."""
    if number == 0:
        return journal.START
    row = connection.execute("SELECT hash FROM journal WHERE number = ?", (number,)).fetchone()
    return row[0] if row else None


def _lines(connection: dbapi2.Connection, first: int, most: int = -1) -> tuple[str, int]:
    """The chain from that line on; hash and number of the last line walked."""
    rows = connection.execute(
        "SELECT number, event, hash FROM journal WHERE number >= ? ORDER BY number LIMIT ?", (first, most)
    )
    return journal.walk(rows, line(connection, first - 1) or "", first - 1)
