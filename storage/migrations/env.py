"""What Alembic runs: the migrations, on the connection and inside the transaction that upgrade.py has opened."""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
