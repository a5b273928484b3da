"""One transaction from the schema that is found to the schema of this program, or nothing at all.

Without `BEGIN IMMEDIATE` around it, Alembic on SQLite commits half a migration when the power goes, and the retry
then fails for ever. The copy of the ledger is made before, by storage/ledger_store.py.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from storage.engine import APPLICATION_ID, SCHEMA_VERSION, engine_over

_SCRIPTS = Path(__file__).parent


def bring_up_to_date(connection: dbapi2.Connection) -> None:
    """Run the migrations that are missing. Raises what SQLite raises; the file is then as it was.

    Revision ids are the schema's numbers: "0001" leads to user_version 1.
    """
    # A no-op inside a transaction, so it stands before it; the check before the commit makes up for it.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with engine_over(connection).begin() as transaction:
            _run(transaction)
            broken = transaction.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise dbapi2.IntegrityError(f"the migration breaks {len(broken)} references")
            transaction.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            transaction.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _run(transaction: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = transaction
    command.upgrade(config, f"{SCHEMA_VERSION:04d}")
