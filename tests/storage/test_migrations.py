"""Both ways to a schema end in the same schema; a migration is done or not begun."""

from __future__ import annotations

import pytest

from storage.engine import APPLICATION_ID, SCHEMA_VERSION, create_file, open_file
from storage.migrations.upgrade import bring_up_to_date
from tests.storage.conftest import KEY


def schema(connection) -> dict[str, list[str]]:
    """Every table and index, its lines sorted: the order of constraints is nobody's promise."""
    rows = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: sorted(line.strip(" \t,") for line in sql.splitlines()) for name, sql in rows}


def state(connection) -> tuple[object, ...]:
    pragmas = ("application_id", "user_version", "foreign_keys")
    return tuple(connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas)


@pytest.fixture
def migrated(tmp_path):
    connection = create_file(tmp_path / "migrated.db", KEY)
    bring_up_to_date(connection)
    yield connection
    connection.close()


def test_a_migrated_ledger_is_like_a_new_one(migrated, file):
    fresh = open_file(file, KEY)
    assert schema(migrated) == schema(fresh)
    assert state(migrated) == state(fresh) == (APPLICATION_ID, SCHEMA_VERSION, 1)
    version = "SELECT version_num FROM alembic_version"
    assert migrated.execute(version).fetchall() == fresh.execute(version).fetchall() == [("0005",)]
    fresh.close()


def test_a_new_ledger_needs_no_migration(file):
    connection = open_file(file, KEY)
    before = schema(connection)
    bring_up_to_date(connection)
    assert schema(connection) == before
    connection.close()


def test_a_migration_that_breaks_half_way_leaves_nothing(tmp_path):
    """A table that stands in the way of the eighth statement."""
    connection = create_file(tmp_path / "old.db", KEY)
    connection.execute("CREATE TABLE package (a)")
    before = schema(connection)
    with pytest.raises(Exception, match="already exists"):
        bring_up_to_date(connection)
    assert schema(connection) == before
    assert state(connection) == (0, 0, 1)
    connection.execute("DROP TABLE package")
    bring_up_to_date(connection)
    assert state(connection)[1] == SCHEMA_VERSION
    connection.close()
