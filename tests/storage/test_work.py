"""One `with` is one transaction, and a failed commit is never taken for a success or a loss without looking."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlcipher3 import dbapi2

from forms.errors import StorageError
from storage.engine import open_file
from storage.work import Database
from tests.storage.conftest import KEY, clock


def settings(database, *names) -> list[str | None]:
    with database.begin() as work:
        return [work.office.setting(name) for name in names]


def write(database, name="a", value="1"):
    with database.begin() as work:
        work.office.set(name, value)
        work.journal.append("setting", {"name": name})


class Failing(dbapi2.Connection):
    """A disk that reports an error at the next commit, before or after the bytes got there."""

    fault: str | None = None
    code = dbapi2.SQLITE_IOERR

    def commit(self):
        fault, Failing.fault = Failing.fault, None
        if fault == "after":
            super().commit()
        if fault == "before":
            super().rollback()
        if fault:
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorcode = self.code
            raise error
        super().commit()


@pytest.fixture
def failing(file):
    """A database on that disk."""

    def reopen():
        connection = dbapi2.connect(file, isolation_level=None, check_same_thread=False, factory=Failing)
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        return connection

    database = Database(reopen, file, clock, "ab" * 16)
    yield database
    Failing.fault = None
    database.close()


def test_leaving_normally_commits(database):
    write(database)
    assert settings(database, "a") == ["1"]


def test_an_exception_rolls_everything_back(database):
    def fail():
        with database.begin() as work:
            work.office.set("a", "1")
            work.journal.append("setting", {})
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert settings(database, "a") == [None]
    with database.begin() as work:
        assert work.journal.head()[1] == 0


def test_transactions_are_never_nested(database):
    with database.begin(), pytest.raises(RuntimeError, match="nested"), database.begin():
        pass
    write(database)


def test_a_second_thread_waits_for_its_turn(database):
    """The autosave of the window while a batch is being received."""
    inside = threading.Event()

    def other():
        inside.wait()
        write(database, "b", "second")

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(other)
        with database.begin() as work:
            inside.set()
            work.office.set("b", "first")
            assert not done.done()
        done.result()
    assert settings(database, "b") == ["second"]


def test_reading_alone_writes_nothing(database, file):
    settings(database, "a")
    before = file.read_bytes()
    settings(database, "a")
    assert file.read_bytes() == before


@pytest.mark.parametrize(("fault", "stored", "words"), [("before", None, "chưa nằm"), ("after", "1", "đã nằm")])
def test_after_a_commit_error_the_truth_is_read_from_the_file(failing, fault, stored, words):
    Failing.fault = fault
    with pytest.raises(StorageError) as caught:
        write(failing)
    assert caught.value.code == "COMMIT_UNKNOWN"
    assert words in caught.value.message
    assert settings(failing, "a") == [stored]
    write(failing, "b", "2")
    assert settings(failing, "b") == ["2"]


def test_without_a_journal_line_the_outcome_stays_unknown(failing):
    Failing.fault = "after"
    with pytest.raises(StorageError) as caught, failing.begin() as work:
        work.office.set("a", "1")
    assert "Chưa đọc lại được" in caught.value.message


def test_a_disk_that_is_full_at_commit_is_called_full(failing, monkeypatch):
    monkeypatch.setattr(Failing, "code", dbapi2.SQLITE_FULL)
    Failing.fault = "before"
    with pytest.raises(StorageError) as caught:
        write(failing)
    assert caught.value.code == "DISK_FULL"


def test_a_database_that_cannot_be_reopened_refuses_until_it_can(file):
    """The USB disk was pulled out in mid-save and put back later."""
    gone = []

    def reopen():
        if gone:
            raise StorageError("LEDGER_MISSING", "Không tìm thấy sổ.")
        connection = dbapi2.connect(file, isolation_level=None, factory=Failing)
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        return connection

    database = Database(reopen, file, clock, "ab" * 16)
    Failing.fault = "before"
    gone.append(True)
    for code in ("COMMIT_UNKNOWN", "LEDGER_MISSING", "LEDGER_MISSING"):
        with pytest.raises(StorageError) as caught:
            write(database)
        assert caught.value.code == code
    gone.clear()
    write(database)
    assert settings(database, "a") == ["1"]
    database.close()


def test_a_full_disk_in_mid_transaction_leaves_what_was_there(database, file):
    write(database)
    with database.connection() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StorageError) as caught, database.begin() as work:
        work.journal.append("large", {"text": "x" * 100_000})
    assert caught.value.code == "DISK_FULL"
    assert settings(database, "a") == ["1"]
    database.close()
    connection = open_file(file, KEY)
    assert connection.execute("SELECT count(*) FROM journal").fetchone() == (1,)
    connection.close()
