"""An open, unlocked ledger folder: what main.py hands to the services.

ledger.db    everything, encrypted under a random key
slots.json   that key, wrapped for each person and for the recovery code
lock         who has the folder open
backups/     automatic backups
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from forms.errors import StorageError
from forms.office import Person, PersonRole
from forms.ports import Clock
from storage import backup, backup_file, slot_file
from storage.engine import engine_over, verify_file
from storage.kdf import Kdf
from storage.lock import LedgerLock
from storage.signer import LocalSigner
from storage.slots import Unlocked
from storage.stores import journal
from storage.work import Database, SqlWork

BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to get a slot."""

    name: str
    title: str
    role: PersonRole
    password: str = field(repr=False)


class OpenLedger:
    """Implements forms.ports.Ledger. Made by storage/house.py; `close` gives the folder free."""

    def __init__(
        self, folder: Path, lock: LedgerLock, database: Database, unlocked: Unlocked, cost: Kdf, clock: Clock
    ) -> None:
        self._folder, self._lock, self._database = folder, lock, database
        self._unlocked, self._cost, self._clock = unlocked, cost, clock

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def person(self) -> Person:
        return self.own_signer().person

    def begin(self) -> AbstractContextManager[SqlWork]:
        return self._database.begin()

    def own_signer(self) -> LocalSigner:
        return self._unlocked.signer

    def signer(self, keyid: str, password: str) -> LocalSigner:
        """Another person's key, for one sealing. Raises StorageError PASSWORD_WRONG, PERSON_UNKNOWN."""
        return slot_file.read(self._slots).unlock(password, keyid).signer

    def switch(self, keyid: str, password: str) -> None:
        """Somebody else signs in, or the same person again; until the password is right nothing changes. Journalled.

        Raises StorageError PASSWORD_WRONG, PERSON_UNKNOWN.
        """
        unlocked = slot_file.read(self._slots).unlock(password, keyid)
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
        newcomer = Newcomer(name, title, role, password)
        slots, signer = slot_file.read(self._slots).with_person(newcomer, self._unlocked.database_key, self._cost)
        person = signer.person
        # The slot first: a slot without its journal line can be used, a line without a slot would be untrue.
        slot_file.write(slots, self._slots)
        self._note_person("person_added", person)
        return person

    def note_recovery(self) -> None:
        """Write down that who is signed in came by the recovery code. Used by storage/house.py only."""
        self._note_person("recovered", self.person)

    def remove_person(self, keyid: str) -> None:
        """Take somebody's slot away; what they sealed stays. Raises SLOT_LAST."""
        slot_file.write(slot_file.read(self._slots).without(keyid), self._slots)
        with self._database.begin() as work:
            work.office.drop_person(keyid)
            work.journal.append("person_removed", {"keyid": keyid})

    def change_password(self, password: str) -> None:
        """A new password for who is signed in; the sealing key stays the same. Raises PASSWORD_UNFIT."""
        slots = slot_file.read(self._slots).with_password(self._unlocked, password, self._cost)
        slot_file.write(slots, self._slots)
        self._unlocked = slots.unlock(password, self.person.keyid)
        with self._database.begin() as work:
            work.journal.append("password_changed", {"keyid": self.person.keyid})

    def new_recovery_code(self) -> str:
        """A new code to print; the old paper stops working."""
        slots, code = slot_file.read(self._slots).with_recovery(self._unlocked.database_key)
        slot_file.write(slots, self._slots)
        with self._database.begin() as work:
            work.journal.append("recovery_renewed", {})
        return code

    def verify(self) -> tuple[str, int]:
        """(head of the journal, its length), after every page, reference and line has been checked. Raises as `whole`."""
        return whole(self._database, self._folder)

    def backup(self, target: Path) -> Path:
        """A checked backup at `target` (a folder: under a dated name in it). Raises StorageError."""
        now = self._clock()
        file = backup.automatic_name(target, now) if target.is_dir() else target
        with self._database.connection() as connection:
            made = backup.make(connection, self._folder, self._unlocked.database_key, file, now)
        with self._database.begin() as work:
            work.journal.append("backup", {"file": made.name})
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
        self._database.close()
        self._lock.release()

    def _note_person(self, kind: str, person: Person) -> None:
        detail = {"keyid": person.keyid, "name": person.name, "role": person.role.value}
        with self._database.begin() as work:
            work.office.put_person(person)
            work.journal.append(kind, detail)

    def _is_as_saved(self, file: Path) -> bool:
        """Whether the backup's own line is all that the journal has gained since."""
        with self._database.begin() as work:
            count = work.journal.head()[1]
        try:
            return count == backup_file.claimed(file).count + 1
        except StorageError:
            return False

    @property
    def _slots(self) -> Path:
        return self._folder / slot_file.NAME


def whole(database: Database, folder: Path) -> tuple[str, int]:
    """Pages, structure, references and the journal's chain; the chain's head and length.

    Raises StorageError LEDGER_DAMAGED, JOURNAL_BROKEN.
    """
    with database.connection() as connection:
        verify_file(connection, folder)
        with engine_over(connection).begin() as transaction:
            return journal.verify(transaction)
