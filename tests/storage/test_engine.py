"""The encrypted file is opened the careful way, or not at all and untouched."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2

from forms.errors import StorageError
from storage.engine import SCHEMA_VERSION, create_file, engine_over, open_file, schema_of, verify_file
from storage.tables import metadata
from tests.storage.conftest import KEY


def refused(file, key=KEY) -> str:
    with pytest.raises(StorageError) as caught:
        open_file(file, key)
    assert str(file) in caught.value.message
    return caught.value.code


@pytest.fixture
def connection(file):
    opened = open_file(file, KEY)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("synchronous", 3),
        ("journal_mode", "truncate"),
        ("locking_mode", "exclusive"),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("application_id", 0x53424431),
        ("user_version", SCHEMA_VERSION),
    ],
)
def test_every_setting_is_in_force(connection, pragma, value):
    assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_nothing_of_the_file_is_readable_without_the_key(connection, file):
    connection.execute("INSERT INTO setting VALUES ('name', 'Bình Đẳng')")
    assert b"SQLite format" not in file.read_bytes()
    assert "Bình Đẳng".encode() not in file.read_bytes()


def test_a_wrong_key_opens_nothing(file, capfd):
    assert refused(file, bytes(32)) == "LEDGER_DAMAGED"
    assert capfd.readouterr().err == ""


def test_a_missing_file_is_not_made(tmp_path):
    assert refused(tmp_path / "none.db") == "LEDGER_MISSING"
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_not_made_anew(file):
    before = file.read_bytes()
    with pytest.raises(StorageError) as caught:
        create_file(file, KEY)
    assert caught.value.code == "LEDGER_EXISTS"
    assert file.read_bytes() == before


def test_a_newer_ledger_is_refused_and_left_byte_for_byte(file):
    newer = open_file(file, KEY)
    newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    newer.close()
    before = file.read_bytes()
    assert refused(file) == "LEDGER_NEWER"
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path):
    file = tmp_path / "other.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE t (a)")
    other.close()
    assert refused(file) == "LEDGER_DAMAGED"


def test_an_encrypted_database_of_another_program_is_refused(tmp_path):
    file = tmp_path / "other.db"
    other = create_file(file, KEY)
    other.execute("CREATE TABLE t (a)")
    other.close()
    assert refused(file) == "LEDGER_DAMAGED"


def test_a_second_connection_finds_the_file_busy(connection, file, monkeypatch):
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 0.01)
    assert refused(file) == "LEDGER_BUSY"


def test_one_changed_byte_in_any_page_is_found(file):
    """integrity_check alone does not see a changed value; the cipher's seal on each page does."""
    sound = file.read_bytes()
    for page in range(1, len(sound) // 4096, 7):
        place = page * 4096 + 1000
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        with pytest.raises(StorageError) as caught, closing(open_file(file, KEY)) as connection:
            verify_file(connection, file)
        assert caught.value.code == "LEDGER_DAMAGED"


def test_a_transaction_takes_the_write_lock_when_it_begins(connection):
    with engine_over(connection).begin() as transaction:
        assert connection.in_transaction
        with pytest.raises(dbapi2.OperationalError, match="within a transaction"):
            connection.execute("BEGIN")
        transaction.exec_driver_sql("INSERT INTO setting VALUES ('a', 'b')")
    assert not connection.in_transaction


def test_every_table_of_ours_is_strict(connection):
    rows = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    loose = {name for name, strict in rows if not strict}
    assert loose == {"alembic_version", "sqlite_schema", "sqlite_temp_schema"}
    assert set(metadata.tables) <= {name for name, _ in rows}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO office VALUES (2, '19804', '2025-07-01', 'Xã', 0, NULL, 'nq28', 0, 'commune')",
        "INSERT INTO office VALUES (1, '19804', '2025-07-01', 'Xã', 'yes', NULL, 'nq28', 0, 'commune')",
        "INSERT INTO report_cell VALUES (1, 'a', 'given', NULL, '', 0, 0)",
        "INSERT INTO report_cell VALUES (1, 'a', 'blank', '3', '', 0, 0)",
        "INSERT INTO report_cell VALUES (1, 'a', 'given', '3', '', 0, 0)",  # no such report
        "INSERT INTO journal VALUES (1, 'not json', '" + "0" * 64 + "')",
    ],
)
def test_the_tables_refuse_what_is_not_true(connection, statement):
    with pytest.raises(dbapi2.IntegrityError):
        connection.execute(statement)


def test_an_unfinished_file_is_not_taken_for_a_ledger(tmp_path):
    file = tmp_path / "half.db"
    half = create_file(file, KEY)
    assert schema_of(half) == 0
    half.close()
    assert refused(file) == "LEDGER_DAMAGED"
