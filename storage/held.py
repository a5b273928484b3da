"""What an open ledger holds: the folder's lock, the open file, the slots that count, and when everything was last checked."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from forms.errors import StorageError
from storage.last_end import LastEnd
from storage.lock import LedgerLock
from storage.slot_file import Slots
from storage.work import Database


@dataclass
class Held:
    """`checked`: the moment of the last check of everything."""

    lock: LedgerLock
    database: Database
    slots: Slots
    checked: datetime
    _is_open: bool = True

    def let_go(self, database_key: bytes, now: datetime) -> None:
        """Close the file, then the lock, with a note of how things stood. A second time does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        end = self._end(now)
        self.database.close()
        note = end.sealed(database_key, self.slots.ledger) if end else None
        self.lock.release(note, clean=end is not None)

    def _end(self, now: datetime) -> LastEnd | None:
        """None where the disk failed: then the next opening is to check."""
        if self.database.had_trouble:
            return None
        try:
            with self.database.begin() as work:
                head, count = work.journal.head()
        except StorageError:
            logging.getLogger(__name__).debug("the end of the journal was not read", exc_info=True)
            return None
        return LastEnd(head, count, now.isoformat(), self.checked.isoformat())
