"""Making, opening, recovering and restoring ledgers."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlcipher3 import dbapi2

from forms.office import Office, Person, PersonRole
from forms.ports import Clock, NewPerson
from storage import backup, slot_file
from storage.engine import KEY_BYTES, SCHEMA_VERSION, create_file, open_file, schema_of
from storage.failures import refusal, translated
from storage.files import sync_folder
from storage.folders import DATABASE, new_folder
from storage.kdf import Kdf
from storage.ledger import BACKUPS, OpenLedger, whole
from storage.lock import LedgerLock
from storage.people import must_be_ledger, people_of
from storage.schema import create_schema
from storage.slots import Slots, Unlocked
from storage.work import Database

Upgrade = Callable[[dbapi2.Connection], None]
INSTANCE = "instance"  # setting: which copy of the ledger this is; a restored one is another
_LEDGER_BYTES = 16


class LedgerHouse:
    """Implements forms.ports.LedgerHouse.

    `upgrade` brings an older file to this schema (storage/migrations/upgrade.py); it is given from outside because
    Alembic takes half a second to import and is hardly ever needed. `cost` is what one guess of a password costs.
    """

    def __init__(self, clock: Clock, upgrade: Upgrade, cost: Kdf | None = None) -> None:
        self._clock, self._upgrade, self._cost = clock, upgrade, cost or Kdf()

    def create(self, folder: Path, office: Office, people: Sequence[NewPerson]) -> tuple[OpenLedger, str]:
        """The open ledger, signed in as the first person, and the recovery code to print. All or nothing.

        Raises StorageError LEDGER_EXISTS, FOLDER_READONLY, DISK_FULL, PASSWORD_UNFIT, PERSON_KNOWN.
        """
        key = secrets.token_bytes(KEY_BYTES)
        slots, code = Slots(secrets.token_hex(_LEDGER_BYTES)).with_recovery(key)
        opened: list[Unlocked] = []
        for newcomer in people:
            slots, signer = slots.with_person(newcomer, key, self._cost)
            opened.append(Unlocked(key, signer))
        with new_folder(folder) as temporary, translated(folder):
            slot_file.write(slots, temporary / slot_file.NAME)
            (temporary / BACKUPS).mkdir()
            connection = create_file(temporary / DATABASE, key)
            try:
                create_schema(connection)
            finally:
                connection.close()
            self._first_entries(temporary, office, opened[0], slots)
        return self._open(folder, lambda _slots: opened[0]), code

    def open(self, folder: Path, password: str, person: str | None = None) -> OpenLedger:
        """`person`: a name or keyid; None tries every slot.

        Raises StorageError LEDGER_MISSING, LEDGER_BUSY, LEDGER_NEWER, LEDGER_DAMAGED, SLOTS_DAMAGED,
        PASSWORD_WRONG, PERSON_UNKNOWN, JOURNAL_BROKEN.
        """
        ledger = self._open(folder, lambda slots: slots.unlock(password, person))
        try:
            _settle_people(slot_file.read(folder / slot_file.NAME).people, ledger)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def recover(self, folder: Path, code: str, person: str, password: str) -> OpenLedger:
        """Open with the printed code and give `person`, named or by keyid, a new password and a new sealing key.

        A lost password is a lost sealing key: the office above has to enrol the new one.
        Raises as `open` does, and RECOVERY_MISTYPED, RECOVERY_WRONG, PASSWORD_UNFIT.
        """

        def renewed(slots: Slots) -> Unlocked:
            database_key = slots.unlock_with_code(code)
            changed, signer = slots.renewed(person, password, database_key, self._cost)
            slot_file.write(changed, folder / slot_file.NAME)
            return Unlocked(database_key, signer)

        ledger = self._open(folder, renewed)
        try:
            ledger.note_recovery()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def people(self, folder: Path) -> tuple[tuple[str, str, PersonRole], ...]:
        """(keyid, name, role) of every person's slot, without a password."""
        return people_of(folder)

    def restore(self, file: Path, folder: Path) -> None:
        """Unpack a backup into a new folder. Raises StorageError; see storage/backup.py."""
        backup.restore(file, folder, self._clock())

    def _open(self, folder: Path, way: Callable[[Slots], Unlocked]) -> OpenLedger:
        must_be_ledger(folder)
        lock = LedgerLock(folder)
        try:
            unlocked = way(slot_file.read(folder / slot_file.NAME))
            self._bring_up_to_date(folder, unlocked.database_key)
            database = self._database(folder, unlocked)
            self._settle(folder, database, was_left_open=lock.was_left_open)
        except BaseException:
            lock.release(clean=not lock.was_left_open)
            raise
        return OpenLedger(folder, lock, database, unlocked, self._cost, self._clock)

    def _database(self, folder: Path, unlocked: Unlocked) -> Database:
        place = folder / DATABASE
        return Database(
            lambda: open_file(place, unlocked.database_key), place, self._clock, unlocked.signer.person.keyid
        )

    def _bring_up_to_date(self, folder: Path, key: bytes) -> None:
        place = folder / DATABASE
        connection = open_file(place, key)
        try:
            found = schema_of(connection)
            if found < SCHEMA_VERSION:
                name = f"before-schema-{SCHEMA_VERSION}-from-{found}-{secrets.token_hex(4)}{backup.SUFFIX}"
                backup.make(connection, folder, key, folder / BACKUPS / name, self._clock())
                with translated(place):
                    self._upgrade(connection)
        finally:
            connection.close()

    def _settle(self, folder: Path, database: Database, *, was_left_open: bool) -> None:
        """After a crash or a restore the file is checked from end to end before anybody works in it."""
        try:
            note = folder / backup.RESTORED
            if was_left_open or note.exists():
                whole(database, folder)
            if note.exists():
                self._welcome_back(note, database)
        except BaseException:
            database.close()
            raise

    def _welcome_back(self, note: Path, database: Database) -> None:
        told = json.loads(note.read_bytes())
        with database.begin() as work:
            if work.journal.head() != (told["head"], told["count"]):
                raise refusal("LEDGER_DAMAGED", note.parent)
            # A new instance: two copies of one ledger that both go on must be told apart.
            work.office.set(INSTANCE, secrets.token_hex(_LEDGER_BYTES))
            work.journal.append("restored", {"file": told["file"], "created": told["created"]})
        note.unlink()
        sync_folder(note.parent)

    def _first_entries(self, folder: Path, office: Office, founder: Unlocked, slots: Slots) -> None:
        database = self._database(folder, founder)
        try:
            with database.begin() as work:
                work.office.put(office)
                work.office.set(INSTANCE, secrets.token_hex(_LEDGER_BYTES))
                for person in slots.people:
                    work.office.put_person(person)
                work.journal.append("ledger_created", {"ledger": slots.ledger, "unit": office.unit.code})
        finally:
            database.close()


def _settle_people(slots: Sequence[Person], ledger: OpenLedger) -> None:
    """Who has a slot is who stands in the database; they part when the disk fails between the two writes."""
    with ledger.begin() as work:
        known = work.office.persons()
        if set(known) == set(slots):
            return
        for gone in set(known) - set(slots):
            work.office.drop_person(gone.keyid)
        for person in set(slots) - set(known):
            work.office.put_person(person)
        work.journal.append("people_settled", {"keyids": ",".join(sorted(person.keyid for person in slots))})
