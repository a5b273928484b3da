"""How the last session left the ledger: the journal's head and length then, and when everything was last checked.

Kept in the ledger's `lock` file and sealed by a key that grows from the database key, so that nobody without the ledger's
key can write another. With it an older file that was put in the place of the ledger is noticed.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.encoding import to_json
from storage.wrapping import key_for

_CHECK_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class LastEnd:
    """`ended` and `checked` are moments as the clock then said."""

    head: str
    count: int
    ended: str
    checked: str

    def needs_check(self, now: datetime) -> bool:
        """Whether everything is to be checked again: a week has gone by, or the clock was set back."""
        return not timedelta(0) <= now - datetime.fromisoformat(self.checked) < _CHECK_AFTER

    def sealed(self, database_key: bytes, ledger: str) -> dict[str, Any]:
        """As it is kept."""
        told = self._told()
        return told | {"seal": _seal(told, database_key, ledger)}

    def _told(self) -> dict[str, Any]:
        return {"head": self.head, "count": self.count, "ended": self.ended, "checked": self.checked}


def unsealed(note: Mapping[str, Any] | None, database_key: bytes, ledger: str) -> LastEnd | None:
    """None where there is no note, or one that this ledger's key did not seal."""
    if note is None:
        return None
    try:
        end = LastEnd(str(note["head"]), int(note["count"]), str(note["ended"]), str(note["checked"]))
        datetime.fromisoformat(end.ended), datetime.fromisoformat(end.checked)
        is_ours = hmac.compare_digest(str(note["seal"]).encode(), end.sealed(database_key, ledger)["seal"].encode())
    except (KeyError, ValueError, TypeError):
        return None
    return end if is_ours else None


def _seal(told: Mapping[str, Any], database_key: bytes, ledger: str) -> str:
    return hmac.new(key_for("last-end", database_key, ledger), to_json(told).encode(), hashlib.sha256).hexdigest()
