"""What no user of a ledger sees: the rows of its database."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any


def connection(ledger: Any) -> AbstractContextManager[Any]:
    """The open ledger's own connection, to spoil or to count rows beneath the stores."""
    return ledger._database.connection()
