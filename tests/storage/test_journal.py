"""The audit trail: every entry holds the one before."""

from __future__ import annotations

import hashlib

import pytest

from forms.errors import StorageError
from storage.engine import engine_over
from storage.stores import journal


def grow(database, count: int) -> tuple[str, int]:
    with database.begin() as work:
        for number in range(count):
            work.journal.append("cell", {"cell": "people_reached.female", "old": None, "new": number})
        return work.journal.head()


def verify(database):
    with database.connection() as connection, engine_over(connection).begin() as transaction:
        return journal.verify(transaction)


def test_the_chain_is_what_the_docstring_says(database):
    head, count = grow(database, 1)
    with database.connection() as connection:
        event = connection.execute("SELECT event FROM journal").fetchone()[0]
    assert event.startswith('{"at":"2025-12-31T10:32:00+00:00","detail":{"cell":')
    assert (head, count) == (hashlib.sha256(b"audit1" + bytes(32) + bytes(7) + b"\x01" + event.encode()).hexdigest(), 1)


def test_the_chain_goes_on_across_transactions(database):
    grow(database, 2)
    assert grow(database, 3) == verify(database)
    assert verify(database)[1] == 5


def test_an_empty_journal_has_a_head_too(database):
    assert grow(database, 0) == verify(database) == ("00" * 32, 0)


@pytest.mark.parametrize(
    ("forgery", "where"),
    [
        ("UPDATE journal SET event = json_set(event, '$.detail.new', 9) WHERE number = 3", "3"),
        ("DELETE FROM journal WHERE number = 2", "2"),
        ("DELETE FROM journal WHERE number = 1", "1"),
        ("UPDATE journal SET hash = '" + "0" * 64 + "' WHERE number = 4", "4"),
        ("UPDATE journal SET number = 9 WHERE number = 4", "4"),
        ("INSERT INTO journal VALUES (5, '{}', '" + "0" * 64 + "')", "5"),
    ],
)
def test_a_changed_line_is_found(database, forgery, where):
    grow(database, 4)
    with database.connection() as connection:
        connection.execute(forgery)
    with pytest.raises(StorageError) as caught:
        verify(database)
    assert (caught.value.code, caught.value.where) == ("JOURNAL_BROKEN", where)


def test_cutting_off_the_end_shows_only_in_the_head(database):
    """Why the head travels in every package: the file alone cannot tell that its last lines are gone."""
    head = grow(database, 4)
    with database.connection() as connection:
        connection.execute("DELETE FROM journal WHERE number = 4")
    assert verify(database) != head
