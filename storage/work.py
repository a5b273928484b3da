"""One `with begin() as work:` is one transaction: leaving normally commits, an exception rolls back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from forms.errors import StorageError
from forms.ports import Clock, Work
from storage.engine import engine_over
from storage.failures import code_of, refusal, translated
from storage.stores.bundles import SqlBundles
from storage.stores.journal import SqlJournal
from storage.stores.news import SqlNews
from storage.stores.office import SqlOffice, SqlPacks, SqlRegister, SqlUnits
from storage.stores.on_behalf import SqlOnBehalf
from storage.stores.publications import SqlPublications
from storage.stores.received import SqlReceived
from storage.stores.reports import SqlReports
from storage.stores.sent import SqlPending, SqlSent

_LOG = logging.getLogger(__name__)
Reopen = Callable[[], dbapi2.Connection]

# After these everything ought to be checked before long.
_TROUBLE = ("LEDGER_DAMAGED", "DISK_FAILED")
# After these SQLite has rolled back itself, and says so truthfully once the file has been read again.
_SURELY_UNDONE = ("DISK_FULL", "FOLDER_READONLY")


_STORES = {
    "office": SqlOffice,
    "news": SqlNews,
    "pending": SqlPending,
    "packs": SqlPacks,
    "sent": SqlSent,
    "received": SqlReceived,
    "bundles": SqlBundles,
    "on_behalf": SqlOnBehalf,
    "register": SqlRegister,
    "units": SqlUnits,
    "publications": SqlPublications,
}


class SqlWork(Work):
    """The stores over one open transaction."""

    office: SqlOffice
    reports: SqlReports
    news: SqlNews
    journal: SqlJournal

    def __init__(self, connection: Connection, clock: Clock, keyid: str) -> None:
        self._over = connection, clock, keyid

    def __getattr__(self, name: str) -> Any:
        """A store is made when it is first asked for: a typed cell needs two of them."""
        connection, clock, keyid = self._over
        if name == "journal":
            made: Any = SqlJournal(connection, clock, keyid)
        elif name == "reports":
            made = SqlReports(connection, clock)
        elif name in _STORES:
            made = _STORES[name](connection)
        else:
            raise AttributeError(name)
        setattr(self, name, made)
        return made

    def read_ahead(self, programme: str = "") -> None:
        """Read each kind of thing that is asked for again and again only once."""
        self.office.read_ahead()
        self.news.read_ahead()
        self.reports.read_ahead(programme)


class Database:
    """The open ledger file. One connection, one thread at a time; a second thread waits for its turn."""

    def __init__(self, reopen: Reopen, place: Path, clock: Clock, keyid: str) -> None:
        """`reopen` gives a fresh connection, now and after a failed commit; `keyid` signs the journal's lines.
        `had_trouble`: the disk failed at some time, so that everything ought to be checked before long."""
        self._reopen, self._place, self._clock, self._keyid = reopen, place, clock, keyid
        self._raw = reopen()
        self._engine: Engine = engine_over(self._raw)
        self._is_lost = False
        self.had_trouble = False
        self._turn = threading.Lock()
        self._owner: int | None = None

    @contextmanager
    def begin(self) -> Iterator[SqlWork]:
        """One transaction. Raises StorageError DISK_FULL, COMMIT_UNKNOWN and the others of failures.py."""
        with self._own_turn(), translated(self._place):
            if self._is_lost:
                self._start_again()
            connection = self._engine.connect()
            transaction = connection.begin()
            work = SqlWork(connection, self._clock, self._keyid)
            try:
                yield work
            except BaseException as error:
                self._roll_back(connection, transaction)
                self.had_trouble = self.had_trouble or code_of(error, self._place) in _TROUBLE
                raise
            self._commit(connection, transaction, work)

    @contextmanager
    def connection(self) -> Iterator[dbapi2.Connection]:
        """The driver's own connection between transactions: for backup and checks."""
        with self._own_turn(), translated(self._place):
            if self._is_lost:
                self._start_again()
            yield self._raw

    def start_over(self) -> None:
        """A fresh connection: after a page that it could not unseal SQLCipher's old one serves for nothing any more."""
        with self._own_turn(), translated(self._place):
            self._let_go()
            self._start_again()

    def sign_in(self, keyid: str) -> None:
        """From the next transaction on the journal's lines are signed with this key."""
        with self._own_turn():
            self._keyid = keyid

    def close(self) -> None:
        """Close the file; a transaction under way in another thread ends first. What was committed is on the disk
        already: a disk that is gone by now refuses nothing here."""
        with self._own_turn():
            self._let_go()

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        if self._owner == threading.get_ident():
            raise RuntimeError("a transaction is open already: transactions are never nested")
        with self._turn:
            self._owner = threading.get_ident()
            try:
                yield
            finally:
                self._owner = None

    def _commit(self, connection: Connection, transaction: RootTransaction, work: SqlWork) -> None:
        try:
            transaction.commit()
        except (DBAPIError, dbapi2.Error) as error:
            written = work.journal.head() if work.journal.has_grown else None
            connection.invalidate()
            raise self._outcome(error, written) from error
        else:
            connection.close()

    def _outcome(self, error: Exception, written: tuple[str, int] | None) -> StorageError:
        """After an error at commit nothing is known until the file has been opened and read again."""
        code = code_of(error, self._place)
        is_stored = self._read_again(written)
        if code in _SURELY_UNDONE and is_stored is False:
            return refusal(code, self._place)
        state = {
            True: "Đọc lại thì thấy thay đổi vừa rồi đã nằm trong sổ.",
            False: "Đọc lại thì thấy thay đổi vừa rồi chưa nằm trong sổ.",
            None: "Chưa đọc lại được để biết thay đổi vừa rồi đã vào sổ hay chưa.",
        }[is_stored]
        message = (
            f"Ổ đĩa báo lỗi đúng lúc ghi sổ tại {self._place}. {state} "
            "Hãy sao lưu sổ sang ổ khác, mở lại trang đang làm và kiểm tra số liệu vừa nhập."
        )
        return StorageError("COMMIT_UNKNOWN", message, str(self._place))

    def _read_again(self, written: tuple[str, int] | None) -> bool | None:
        """Reopen, and say whether the journal ends with what the transaction wrote; None when it cannot be told."""
        self.had_trouble = True
        self._let_go()
        try:
            self._start_again()
            with translated(self._place), self._engine.begin() as connection:
                head = SqlJournal(connection, self._clock, self._keyid).head()
        except StorageError:
            self._is_lost = True
            return None
        return None if written is None else head == written

    def _roll_back(self, connection: Connection, transaction: RootTransaction) -> None:
        """What is being refused is told, not that the disk does not even roll back: SQLite does at the next opening."""
        try:
            transaction.rollback()
            connection.close()
        except (DBAPIError, dbapi2.Error):
            _LOG.debug("not rolled back", exc_info=True)
            self.had_trouble = True
            with suppress(DBAPIError, dbapi2.Error):
                connection.invalidate()
            self._let_go()

    def _let_go(self) -> None:
        """Of a connection that may be beyond use."""
        self._is_lost = True
        try:
            self._engine.dispose()
            self._raw.close()
        except (DBAPIError, dbapi2.Error):
            _LOG.debug("not closed", exc_info=True)

    def _start_again(self) -> None:
        self._raw = self._reopen()
        self._engine = engine_over(self._raw)
        self._is_lost = False
