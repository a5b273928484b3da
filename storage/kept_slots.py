"""Which slots count. slots.json stands outside the encrypted file, where anybody may write, so the ledger keeps a copy of all of
it inside: the copy is written in the same transaction as the change and the journal's line about it, and it is what counts.

A ledger of an earlier program has no copy until the first change or backup. There the table of persons counts, which is encrypted
too.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlcipher3 import dbapi2

from forms.errors import StorageError
from storage import slot_file
from storage.slot_file import Slots, Unlocked
from storage.work import SqlWork

SETTING = "slots"
_REWRITTEN = (
    "Tệp khóa slots.json không đúng như sổ đã ghi (bị sửa, hoặc là bản cũ chép lại). Đã ghi lại theo sổ: tên, chức danh, vai trò và "
    "mật khẩu của mọi người là như sổ ghi."
)
_NEWCOMER = "Tệp khóa slots.json có thêm “{name}” mà sổ chưa ghi. Người này chỉ được ghi vào sổ khi tự mở sổ bằng mật khẩu của mình."


@dataclass(frozen=True)
class Settled:
    """The slots that count; whether what was opened is among them; what is to be told."""

    slots: Slots
    enters: bool = True
    notices: tuple[str, ...] = ()


def keep(work: SqlWork, slots: Slots) -> None:
    """Write the copy, in the transaction of whatever changes the slots."""
    work.office.set(SETTING, slot_file.to_bytes(slots).decode())


def adopt(work: SqlWork, slots: Slots) -> None:
    """A ledger of an earlier program gets its copy, once everybody in the file is a person whom the ledger knows."""
    if work.office.setting(SETTING) is None and set(slots.people) <= set(work.office.persons()):
        keep(work, slots)


def agree(connection: dbapi2.Connection, found: Slots, keyid: str) -> bool:
    """Whether the file is just what the ledger kept, and who opened it a person of the ledger: so it is nearly always."""
    query = "SELECT (SELECT value FROM setting WHERE name = ?), EXISTS (SELECT 1 FROM person WHERE keyid = ?)"
    ((kept, is_known),) = connection.execute(query, (SETTING, keyid)).fetchall()
    return bool(is_known) and kept == slot_file.to_bytes(found).decode()


def settle(work: SqlWork, found: Slots, unlocked: Unlocked) -> Settled:
    """What of the file's slots counts, now that a password or the recovery code has opened the database.

    Raises StorageError SLOTS_DAMAGED where the ledger's own copy cannot be read.
    """
    kept = work.office.setting(SETTING)
    counts = None if kept is None else slot_file.from_bytes(kept.encode())
    if counts is not None and counts != found and unlocked.slot not in counts.slots:
        return Settled(counts, enters=False)
    # Who opened a slot is a person of this ledger, also where an earlier program was cut off before it said so.
    me = unlocked.signer.person
    if unlocked.slot is not None and me not in work.office.persons():
        work.office.put_person(me)
        work.journal.append("people_settled", {"keyids": me.keyid})
    if counts is None:
        return _by_persons(work, found)
    return Settled(counts, notices=() if counts == found else (_REWRITTEN,))


def replaced(where: str) -> StorageError:
    """The password opened a slot of a file that does not count any more; the file has been written anew."""
    message = (
        "Tệp khóa slots.json trong thư mục sổ là bản cũ, nên mật khẩu vừa gõ không còn dùng được. "
        "Đã ghi lại tệp khóa theo sổ. Hãy mở lại bằng mật khẩu đang dùng."
    )
    return StorageError("SLOTS_REPLACED", message, where)


def _by_persons(work: SqlWork, found: Slots) -> Settled:
    known = {person.keyid: person for person in work.office.persons()}
    strangers = [person for person in found.people if person.keyid not in known]
    here = {person.keyid for person in found.people}
    gone = [
        person
        for person in known.values()
        if person.keyid not in here and person.name not in {p.name for p in strangers}
    ]
    for person in gone:
        work.office.drop_person(person.keyid)
    if gone:
        work.journal.append("people_settled", {"keyids": ",".join(sorted(person.keyid for person in gone))})
    counts = found.with_names_of(known.values())
    told = tuple(_NEWCOMER.format(name=person.name) for person in strangers)
    return Settled(counts, notices=(_REWRITTEN, *told) if counts != found else told)
