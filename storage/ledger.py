"""An open, unlocked ledger folder: what main.py hands to the services.

ledger.db    everything, encrypted under a random key
slots.json   that key, wrapped for each person and for the recovery code
lock         who has the folder open
backups/     automatic backups
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forms.errors import StorageError
from forms.model.office import NewPerson, Person, PersonRole
from forms.ports import Clock
from storage import backup, kept_slots, slot_file, soundness
from storage.engine import wrong_pages
from storage.files import staged
from storage.lock import LastEnd, LedgerLock
from storage.slot_file import Slots, Unlocked
from storage.work import Database, SqlWork
from storage.wrapping import Kdf, LocalSigner


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


BACKUPS = "backups"


class OpenLedger:
    """Implements forms.ports.Ledger. Made by storage/ledger_store.py; `close` gives the folder free."""

    def __init__(
        self, folder: Path, held: Held, unlocked: Unlocked, cost: Kdf, clock: Clock, notices: Sequence[str] = ()
    ) -> None:
        self._folder, self._held, self._database = folder, held, held.database
        self._unlocked, self._cost, self._clock = unlocked, cost, clock
        self._notices = list(notices)

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def person(self) -> Person:
        return self.own_signer().person

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found and mended without asking, at the opening and since: for the person to read."""
        return tuple(self._notices)

    def begin(self) -> AbstractContextManager[SqlWork]:
        return self._database.begin()

    def own_signer(self) -> LocalSigner:
        return self._unlocked.signer

    def signer(self, keyid: str, password: str) -> LocalSigner:
        """Another person's key, for one sealing. Raises StorageError PASSWORD_WRONG, PERSON_UNKNOWN."""
        return self._held.slots.unlock(password, keyid).signer

    def switch(self, keyid: str, password: str) -> None:
        """Somebody else signs in, or the same person again; until the password is right nothing changes. Journalled.

        Raises StorageError PASSWORD_WRONG, PERSON_UNKNOWN.
        """
        unlocked = self._held.slots.unlock(password, keyid)
        self._database.sign_in(keyid)
        try:
            with self._database.begin() as work:
                work.journal.append("signed_in", {"keyid": keyid})
        except BaseException:
            self._database.sign_in(self.person.keyid)
            raise
        self._unlocked = unlocked

    def add_person(self, name: str, title: str, role: PersonRole, password: str) -> Person:
        """Give somebody a slot and a sealing key of their own. Raises PERSON_KNOWN, PASSWORD_UNFIT."""
        newcomer = NewPerson(name, title, role, password)
        slots, signer = self._held.slots.with_person(newcomer, self._unlocked.database_key, self._cost)
        self._change(slots, "person_added", _called(signer.person), lambda work: work.office.put_person(signer.person))
        return signer.person

    def remove_person(self, keyid: str) -> None:
        """Take somebody's slot away; what they sealed stays. Raises SLOT_LAST."""
        slots = self._held.slots.without(keyid)
        self._change(slots, "person_removed", {"keyid": keyid}, lambda work: work.office.drop_person(keyid))

    def change_password(self, password: str) -> None:
        """A new password for who is signed in; the sealing key stays the same. Raises PASSWORD_UNFIT."""
        slots = self._held.slots.with_password(self._unlocked, password, self._cost)
        unlocked = slots.unlock(password, self.person.keyid)  # a slot that does not open is not put in anybody's place
        self._change(slots, "password_changed", {"keyid": self.person.keyid})
        self._unlocked = unlocked

    def new_recovery_code(self) -> str:
        """A new code to print; the old paper stops working."""
        slots, code = self._held.slots.with_recovery(self._unlocked.database_key)
        self._change(slots, "recovery_renewed", {})
        return code

    def verify(self) -> tuple[str, int]:
        """(head of the journal, its length), after every page in use, reference and line has been checked; free pages that
        a power cut tore are written anew, which `notices` tell. Raises StorageError LEDGER_DAMAGED, JOURNAL_BROKEN."""
        with self._database.connection() as connection:
            found = soundness.everything(connection, self._folder)
        self._held.checked = self._clock()
        self._tell(found.notices)
        return found.head, found.count

    def backup(self, target: Path) -> Path:
        """A checked backup at `target` (a folder: under a dated name in it). Raises StorageError."""
        now = self._clock()
        file = backup.automatic_name(target, now) if target.is_dir() else target
        with self._database.connection() as connection:
            is_wrong = wrong_pages(connection) > 0
        if is_wrong:  # whether it is more than free pages that nobody needs is seen by checking
            self.verify()
        with self._database.connection() as connection:
            made = backup.make(connection, self._folder, self._unlocked.database_key, file, now)
        if is_wrong:
            self._database.start_over()
        # The journal's line. The backup is made and checked: a ledger's disk that fails now is a reason to be
        # glad of it.
        try:
            with self._database.begin() as work:
                work.journal.append("backup", {"file": made.name})
                kept_slots.adopt(work, self._held.slots)
        except StorageError as error:
            self._tell(
                (f"Bản sao lưu {made} đã xong và đã kiểm tra, nhưng sổ chưa ghi được dòng nhật ký. {error.message}",)
            )
        return made

    def automatic_backup(self) -> Path:
        """A backup into the ledger's own folder, then older ones are thinned out: 8 hours, 14 days.

        When nothing has changed since the newest one, that one is as good and is returned.
        """
        folder = self._folder / BACKUPS
        newest = backup.newest_automatic(folder)
        if newest is not None and self._is_as_saved(newest):
            return newest
        made = self.backup(backup.automatic_name(folder, self._clock()))
        backup.rotate(folder, made)
        return made

    def close(self) -> None:
        """Give the folder free. Raises nothing for a disk that is gone: what was done is done, and the next opening checks."""
        self._held.let_go(self._unlocked.database_key, self._clock())

    def _change(
        self, slots: Slots, kind: str, detail: Mapping[str, str], people: Callable[[SqlWork], None] = lambda _: None
    ) -> None:
        """The slots, the persons and the journal's line stand or fall together, by one transaction. slots.json follows;
        where it cannot, the next opening writes it."""
        file = self._folder / slot_file.NAME
        with staged(file, slot_file.to_bytes(slots)) as put:
            with self._database.begin() as work:
                people(work)
                kept_slots.keep(work, slots)
                work.journal.append(kind, detail)
            self._held.slots = slots
            try:
                put()
            except StorageError as error:
                self._tell((f"Đã ghi vào sổ, nhưng chưa ghi lại được tệp khóa; lần mở sổ sau sẽ ghi. {error.message}",))

    def _is_as_saved(self, file: Path) -> bool:
        """Whether the backup's own line is all that the journal has gained since."""
        with self._database.begin() as work:
            count = work.journal.head()[1]
        try:
            return count == backup.claimed(file).count + 1
        except StorageError:
            return False

    def _tell(self, notices: Sequence[str]) -> None:
        self._notices += [notice for notice in notices if notice not in self._notices]


def note_recovery(ledger: OpenLedger, slots: Slots) -> None:
    """Who is signed in came by the recovery code and has a new slot. Used by storage/ledger_store.py only."""
    person = ledger.person
    ledger._change(slots, "recovered", _called(person), lambda work: work.office.put_person(person))  # noqa: SLF001 - of this module


def _called(person: Person) -> dict[str, str]:
    return {"keyid": person.keyid, "name": person.name, "role": person.role.value}
