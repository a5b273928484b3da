"""Making, opening, recovering and restoring ledgers."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from random import SystemRandom

from sqlcipher3 import dbapi2

from forms.errors import StorageError
from forms.model.office import NewPerson, Office, PersonRole
from forms.ports import Clock
from storage import backup, kept_slots, slot_file, soundness
from storage.engine import KEY_BYTES, SCHEMA_VERSION, create_file, open_file, schema_of, wrong_pages
from storage.failures import refusal, translated
from storage.files import sweep
from storage.folders import DATABASE, must_be_ledger, new_folder, people_of
from storage.ledger import BACKUPS, Held, OpenLedger, note_recovery
from storage.lock import LastEnd, LedgerLock, unsealed
from storage.slot_file import Slots, Unlocked
from storage.tables import create_schema
from storage.work import Database
from storage.wrapping import Kdf

Upgrade = Callable[[dbapi2.Connection], None]
INSTANCE = "instance"  # setting: which copy of the ledger this is; a restored one is another
_LEDGER_BYTES = 16
_UNSOUND = ("LEDGER_DAMAGED", "JOURNAL_BROKEN", "DISK_FAILED")  # what a sample found once, all of it is looked at for
_OLDER = (
    "Tệp sổ đang mở KHÔNG PHẢI tệp của lần đóng sổ gần nhất ({ended:%H:%M ngày %d/%m/%Y}): nhật ký khi đó có {before} dòng, tệp này "
    "có {count} dòng. Có thể ai đó, hoặc phần mềm đồng bộ, đã chép một tệp cũ đè lên: số liệu nhập sau đó không có ở đây. Nếu "
    "không chủ ý làm vậy, hãy đóng sổ và phục hồi từ bản sao lưu mới nhất trong thư mục backups."
)


class SqlLedgerStore:
    """Implements forms.ports.LedgerHouse.

    `upgrade` brings an older file to this schema (storage/migrations/upgrade.py); it is given from outside because
    Alembic takes half a second to import and is hardly ever needed. `cost` is what one guess of a password costs.
    """

    def __init__(self, clock: Clock, upgrade: Upgrade, cost: Kdf | None = None) -> None:
        self._clock, self._upgrade, self._cost = clock, upgrade, cost or Kdf()
        self._dice = SystemRandom()  # which part of a large file is looked at this time

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
        with new_folder(folder) as temporary, translated(folder, writing=True):
            slot_file.write(slots, temporary / slot_file.NAME)
            (temporary / BACKUPS).mkdir()
            connection = create_file(temporary / DATABASE, key)
            try:
                create_schema(connection)
            finally:
                connection.close()
            database = self._database(temporary, opened[0])
            try:
                with database.begin() as work:
                    work.office.put(office)
                    work.office.set(INSTANCE, secrets.token_hex(_LEDGER_BYTES))
                    kept_slots.keep(work, slots)
                    for person in slots.people:
                        work.office.put_person(person)
                    work.journal.append("ledger_created", {"ledger": slots.ledger, "unit": office.unit.code})
            finally:
                database.close()
        return self._open(folder, lambda _slots: opened[0]), code

    def open(self, folder: Path, password: str, person: str | None = None) -> OpenLedger:
        """`person`: a name or keyid; None tries every slot.

        Raises StorageError LEDGER_MISSING, LEDGER_BUSY, LEDGER_NEWER, LEDGER_DAMAGED, SLOTS_DAMAGED, SLOTS_REPLACED,
        PASSWORD_WRONG, PERSON_UNKNOWN, JOURNAL_BROKEN.
        """
        return self._open(folder, lambda slots: slots.unlock(password, person))

    def recover(self, folder: Path, code: str, person: str, password: str) -> OpenLedger:
        """Open with the printed code and give `person`, named or by keyid, a new password and a new sealing key.

        A lost password is a lost sealing key: the office above has to enrol the new one.
        Raises as `open` does, and RECOVERY_MISTYPED, RECOVERY_WRONG, PASSWORD_UNFIT.
        """
        changed: list[Slots] = []

        def renewed(slots: Slots) -> Unlocked:
            database_key = slots.unlock_with_code(code)
            fresh, signer = slots.renewed(person, password, database_key, self._cost)
            changed.append(fresh)
            return Unlocked(database_key, signer)

        ledger = self._open(folder, renewed)
        try:
            note_recovery(ledger, changed[0])
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
            sweep(folder / slot_file.NAME, older_than=float("-inf"))  # nobody else is in here
            found = slot_file.read(folder / slot_file.NAME)
            unlocked = way(found)
            database = self._database(folder, unlocked)
            try:
                mended = self._bring_up_to_date(folder, database, unlocked.database_key)
                last = unsealed(lock.note, unlocked.database_key, found.ledger)
                checked, notices = self._checked(folder, database, last, was_left_open=lock.was_left_open)
                slots, more = self._settled(folder, database, found, unlocked)
            except BaseException:
                database.close()
                raise
        except BaseException as error:
            is_unsound = isinstance(error, StorageError) and error.code in _UNSOUND
            lock.release(lock.note, clean=not lock.was_left_open and not is_unsound)
            raise
        held = Held(lock, database, slots, checked)
        return OpenLedger(folder, held, unlocked, self._cost, self._clock, (*mended, *notices, *more))

    def _database(self, folder: Path, unlocked: Unlocked) -> Database:
        place = folder / DATABASE
        return Database(
            lambda: open_file(place, unlocked.database_key), place, self._clock, unlocked.signer.person.keyid
        )

    def _bring_up_to_date(self, folder: Path, database: Database, key: bytes) -> tuple[str, ...]:
        """What was found on the way and mended: the copy that is kept would read torn pages, and spoil the connection."""
        mended: tuple[str, ...] = ()
        with database.connection() as connection:
            found = schema_of(connection)
            if found < SCHEMA_VERSION:
                if wrong_pages(connection):
                    mended = soundness.torn_notices(*soundness.mend_free_pages(connection, folder))
                name = f"before-schema-{SCHEMA_VERSION}-from-{found}-{secrets.token_hex(4)}{backup.SUFFIX}"
                backup.make(connection, folder, key, folder / BACKUPS / name, self._clock())
                self._upgrade(connection)
        return mended

    def _checked(
        self, folder: Path, database: Database, last: LastEnd | None, *, was_left_open: bool
    ) -> tuple[datetime, tuple[str, ...]]:
        """When everything was last checked, and what was found. After a crash, a restore or a week, and where nobody knows,
        that is now; otherwise enough is looked at to see that this is the ledger that was closed."""
        now, note = self._clock(), folder / backup.RESTORED
        with database.connection() as connection:
            with translated(folder):
                is_other = last is not None and soundness.line(connection, last.count) != last.head
            if last is None or last.needs_check(now) or was_left_open or is_other or note.exists():
                checked, found = now, soundness.everything(connection, folder)
            else:
                checked, found = datetime.fromisoformat(last.checked), soundness.glance(connection, folder, self._dice)
        if note.exists():
            self._welcome_back(note, database)
        elif last is not None and is_other:
            return checked, (*found.notices, self._welcome_older(database, last, found.count))
        return checked, found.notices

    def _welcome_older(self, database: Database, last: LastEnd, count: int) -> str:
        """The journal has not the line that was its last one when the ledger was closed: an older file, or another. It may be
        all that is left, so it goes on, as another instance, and that is told."""
        with database.begin() as work:
            work.office.set(INSTANCE, secrets.token_hex(_LEDGER_BYTES))
            work.journal.append("older_file", {"lines": count, "closed_with": last.count})
        return _OLDER.format(ended=datetime.fromisoformat(last.ended), count=count, before=last.count)

    def _settled(
        self, folder: Path, database: Database, found: Slots, unlocked: Unlocked
    ) -> tuple[Slots, tuple[str, ...]]:
        """The slots that count, written over a file that says otherwise. Raises SLOTS_REPLACED."""
        with database.connection() as connection, translated(folder):
            if kept_slots.agree(connection, found, unlocked.signer.person.keyid):
                return found, ()
        with database.begin() as work:
            settled = kept_slots.settle(work, found, unlocked)
        notices = settled.notices
        if settled.slots != found:
            try:
                slot_file.write(settled.slots, folder / slot_file.NAME)
            except StorageError as error:
                notices += (error.message,)
        if not settled.enters:
            raise kept_slots.replaced(str(folder))
        return settled.slots, notices

    def _welcome_back(self, note: Path, database: Database) -> None:
        told = json.loads(note.read_bytes())
        with database.connection() as connection:
            if soundness.line(connection, told["count"]) != told["head"]:
                raise refusal("LEDGER_DAMAGED", note.parent)
        with database.begin() as work:
            _, count = work.journal.head()
            if count == told["count"]:  # else a first opening was cut off between its line and the end of the note
                # A new instance: two copies of one ledger that both go on must be told apart.
                work.office.set(INSTANCE, secrets.token_hex(_LEDGER_BYTES))
                work.journal.append("restored", {"file": told["file"], "created": told["created"]})
        note.unlink()  # where a power cut brings it back, the line is found to be there
