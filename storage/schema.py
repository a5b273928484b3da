"""Making the tables of a new ledger: all of them and the file's identity in one transaction; and whether they are all there."""

from __future__ import annotations

import re

from sqlalchemy import insert
from sqlcipher3 import dbapi2

from storage import publication_tables, received_tables, tables
from storage.columns import metadata
from storage.engine import APPLICATION_ID, SCHEMA_VERSION, engine_over

_WORD = re.compile(r"\w+")
MODULES = (tables, received_tables, publication_tables)  # loaded, all: from them metadata knows every table


def create_schema(connection: dbapi2.Connection) -> None:
    """Schema version SCHEMA_VERSION in an empty file; the same that the migrations lead to."""
    with engine_over(connection).begin() as transaction:
        metadata.create_all(transaction, checkfirst=False)
        transaction.execute(insert(tables.alembic_version).values(version_num=f"{SCHEMA_VERSION:04d}"))
        transaction.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        transaction.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def is_complete(connection: dbapi2.Connection) -> bool:
    """Whether every table and index of this program is there, every column in it, and nothing that acts by itself."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    made = {name: sql or "" for kind, name, sql in rows if kind in ("table", "index")}
    for table in metadata.tables.values():
        words = set(_WORD.findall(made.get(table.name, "")))
        if not words >= {column.name for column in table.columns}:
            return False
        if not all(index.name in made for index in table.indexes):
            return False
    return all(kind in ("table", "index") for kind, _, _ in rows)
