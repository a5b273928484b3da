"""Who may open a ledger (slots.json): the database key, wrapped once for each person and once for the recovery code.

A person leaves: the slot goes, the ledger stays. One run of Argon2id gives, by HKDF, both the key that wraps the
database key and the key that wraps that person's sealing key, so unlocking costs one run only. Everything else in a
slot is bound to the two wrapped values, so nobody can swap a name, a role or a cost. What a hostile file may ask for is
bounded before it is done.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm

from forms.errors import StorageError
from forms.model.fingerprint import key_id
from forms.model.office import NewPerson, Person, PersonRole
from storage import wrapping
from storage.failures import translated
from storage.files import write_whole
from storage.wrapping import (
    NONCE_BYTES,
    SECRET_BYTES,
    WRAPPED_BYTES,
    Kdf,
    LocalSigner,
    WrappedSecret,
    key_for,
    new_seed,
    read_password,
    unwrap,
    wrap,
)

FORMAT = 1
SALT_BYTES = 16
_NOT_YET = WrappedSecret("", "")
# What a wrapped value is for; part of its key and of what is bound to it.
_DATABASE, _SEALING = "database", "sealing"


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in. A person's slot opens by password and carries a sealing key; the recovery slot has neither."""

    id: str
    salt: str
    database_key: WrappedSecret
    person: Person | None = None
    kdf: Kdf | None = None
    sealing_key: WrappedSecret | None = None

    @property
    def is_recovery(self) -> bool:
        return self.person is None


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a password gives, and the slot that it opened (none where the recovery code did). The key is left out of
    repr: it must never reach a log."""

    database_key: bytes = field(repr=False)
    signer: LocalSigner
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one ledger. Immutable: a change gives new Slots, and slot_file.py puts them on disk."""

    ledger: str
    slots: tuple[Slot, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(slot.person for slot in self.slots if slot.person)

    def with_person(self, newcomer: NewPerson, database_key: bytes, cost: Kdf) -> tuple[Slots, LocalSigner]:
        """With a slot for the newcomer, and the new sealing key. Raises PASSWORD_UNFIT, PERSON_KNOWN."""
        if any(person.name == newcomer.name for person in self.people):
            message = f"Sổ đã có người dùng “{newcomer.name}”. Hãy thêm chức danh vào tên để phân biệt."
            raise StorageError("PERSON_KNOWN", message, newcomer.name)
        signer = LocalSigner(new_seed(), newcomer.name, newcomer.title, newcomer.role)
        slot = _person_slot(self.ledger, signer, newcomer.password, database_key, cost)
        return replace(self, slots=(*self.slots, slot)), signer

    def with_password(self, opened: Unlocked, password: str, cost: Kdf) -> Slots:
        """The same person and sealing key under a new password, salt and nonces. Raises PASSWORD_UNFIT."""
        fresh = _person_slot(self.ledger, opened.signer, password, opened.database_key, cost)
        mine = opened.signer.person
        return replace(self, slots=tuple(fresh if slot.person == mine else slot for slot in self.slots))

    def with_recovery(self, database_key: bytes) -> tuple[Slots, str]:
        """With a new recovery slot, and the code to print once. An older printed code stops working."""
        secret = wrapping.new_secret()
        slot = Slot(secrets.token_hex(8), secrets.token_hex(SALT_BYTES), _NOT_YET)
        slot = replace(slot, database_key=_wrap_for(_DATABASE, self.ledger, slot, secret, database_key))
        others = tuple(other for other in self.slots if not other.is_recovery)
        return replace(self, slots=(*others, slot)), wrapping.printed(secret)

    def with_names_of(self, persons: Iterable[Person]) -> Slots:
        """With name, title and role of each of these persons as they are given, by their key."""
        known = {person.keyid: person for person in persons}
        return replace(
            self,
            slots=tuple(
                replace(slot, person=known.get(slot.person.keyid, slot.person)) if slot.person else slot
                for slot in self.slots
            ),
        )

    def without(self, keyid: str) -> Slots:
        """Without that person. Raises SLOT_LAST when no password could open the ledger any more."""
        left = tuple(slot for slot in self.slots if slot.person is None or slot.person.keyid != keyid)
        if all(slot.is_recovery for slot in left):
            message = "Đây là người dùng cuối cùng của sổ. Hãy thêm người mới trước khi xóa người này."
            raise StorageError("SLOT_LAST", message, keyid)
        return replace(self, slots=left)

    def renewed(self, name: str, password: str, database_key: bytes, cost: Kdf) -> tuple[Slots, LocalSigner]:
        """The person of that name, title and role as before, with a new sealing key under a new password.

        Raises PERSON_UNKNOWN, PASSWORD_UNFIT.
        """
        (old, *_) = self._of(name)
        assert old.person is not None
        signer = LocalSigner(new_seed(), old.person.name, old.person.title, old.person.role)
        fresh = _person_slot(self.ledger, signer, password, database_key, cost)
        return replace(self, slots=tuple(fresh if slot is old else slot for slot in self.slots)), signer

    def unlock(self, password: str, who: str | None = None) -> Unlocked:
        """By password: the slot of `who` (name or keyid), or the first that fits.

        Raises PASSWORD_WRONG, PASSWORD_UNFIT, PERSON_UNKNOWN, MEMORY_SHORT.
        """
        text = read_password(password)
        for slot in self._of(who):
            opened = _open_person(self.ledger, slot, text)
            if opened is not None:
                return opened
        message = (
            "Mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại; "
            "nếu quên, hãy mở sổ bằng mã khôi phục đã in."
        )
        raise StorageError("PASSWORD_WRONG", message, who or "")

    def unlock_with_code(self, code: str) -> bytes:
        """The database key, by the printed recovery code. Raises RECOVERY_MISTYPED, RECOVERY_WRONG."""
        secret = wrapping.typed(code)
        for slot in self.slots:
            if slot.is_recovery:
                database_key = _unwrap_for(_DATABASE, self.ledger, slot, secret, slot.database_key)
                if database_key is not None:
                    return database_key
        message = "Mã khôi phục này không phải của sổ đang mở. Hãy tìm tờ mã được in khi lập sổ này."
        raise StorageError("RECOVERY_WRONG", message)

    def _of(self, who: str | None) -> Iterator[Slot]:
        found = False
        for slot in self.slots:
            if slot.person and who in (None, slot.person.name, slot.person.keyid):
                found = True
                yield slot
        if not found:
            message = f"Sổ không có người dùng “{who or ''}”. Hãy chọn tên trong danh sách người dùng của sổ."
            raise StorageError("PERSON_UNKNOWN", message, who or "")


def _person_slot(ledger: str, signer: LocalSigner, password: str, database_key: bytes, cost: Kdf) -> Slot:
    slot = Slot(
        id=secrets.token_hex(8),
        salt=secrets.token_hex(SALT_BYTES),
        database_key=_NOT_YET,
        person=signer.person,
        kdf=cost,
    )
    master = _derive(cost, read_password(password), slot)
    return replace(
        slot,
        database_key=_wrap_for(_DATABASE, ledger, slot, master, database_key),
        sealing_key=_wrap_for(_SEALING, ledger, slot, master, signer.seed),
    )


def _wrap_for(purpose: str, ledger: str, slot: Slot, master: bytes, secret: bytes) -> WrappedSecret:
    return wrap(key_for(purpose, master, slot.salt), secret, _bound(ledger, slot, purpose))


def _unwrap_for(purpose: str, ledger: str, slot: Slot, master: bytes, wrapped: WrappedSecret) -> bytes | None:
    return unwrap(key_for(purpose, master, slot.salt), wrapped, _bound(ledger, slot, purpose))


def _open_person(ledger: str, slot: Slot, password: bytes) -> Unlocked | None:
    if slot.person is None or slot.kdf is None or slot.sealing_key is None:
        return None
    master = _derive(slot.kdf, password, slot)
    database_key = _unwrap_for(_DATABASE, ledger, slot, master, slot.database_key)
    seed = _unwrap_for(_SEALING, ledger, slot, master, slot.sealing_key)
    if database_key is None or seed is None:
        return None
    person = slot.person
    return Unlocked(database_key, LocalSigner(seed, person.name, person.title, person.role), slot)


def _derive(cost: Kdf, password: bytes, slot: Slot) -> bytes:
    try:
        return cost.derive(password, bytes.fromhex(slot.salt))
    except (MemoryError, UnsupportedAlgorithm) as error:
        message = "Máy không đủ bộ nhớ để mở khóa sổ. Hãy đóng bớt phần mềm khác rồi mở lại."
        raise StorageError("MEMORY_SHORT", message) from error


def _bound(ledger: str, slot: Slot, purpose: str) -> bytes:
    """What a wrapped value is bound to: the ledger, the purpose, and all that stands open in the slot."""
    person = slot.person
    whose = [person.public_key.hex(), person.name, person.title, person.role.value] if person else []
    cost = asdict(slot.kdf) if slot.kdf else {}
    return json.dumps([FORMAT, ledger, purpose, slot.id, slot.salt, whose, cost], sort_keys=True).encode()


NAME = "slots.json"
MAX_BYTES = 1 << 20
_MAX_SLOTS = 64
_MAX_TEXT = 300
_ID_BYTES = 8
_LEDGER_BYTES = 16


def write(slots: Slots, path: Path) -> None:
    """Replace the file, whole or not at all. Raises StorageError DISK_FULL, FOLDER_READONLY."""
    write_whole(path, to_bytes(slots))


def read(path: Path) -> Slots:
    """Raises StorageError LEDGER_MISSING, SLOTS_DAMAGED."""
    with translated(path), open(path, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    return from_bytes(data, str(path))


def to_bytes(slots: Slots) -> bytes:
    """JSON, indented so that a person can see who has a slot."""
    content = {"format": FORMAT, "ledger": slots.ledger, "slots": [_as_json(slot) for slot in slots.slots]}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def from_bytes(data: bytes, where: str = NAME) -> Slots:
    """Raises StorageError SLOTS_DAMAGED: also for costs outside the bounds of `Kdf`, which are never run."""
    try:
        content = json.loads(data[: MAX_BYTES + 1])
        if content["format"] != FORMAT or not 0 < len(content["slots"]) <= _MAX_SLOTS:
            raise ValueError("format or number of slots")
        return Slots(_hex(content["ledger"], _LEDGER_BYTES), tuple(_slot(raw) for raw in content["slots"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = (
            f"Tệp khóa {where} bị hỏng hoặc do bản phần mềm mới hơn ghi. Đừng sửa tệp này; "
            "hãy cập nhật phần mềm hoặc phục hồi từ bản sao lưu."
        )
        raise StorageError("SLOTS_DAMAGED", message, where) from error


def _as_json(slot: Slot) -> dict[str, object]:
    raw: dict[str, object] = {"id": slot.id, "salt": slot.salt, "database_key": asdict(slot.database_key)}
    if slot.person is None or slot.kdf is None or slot.sealing_key is None:
        return {"kind": "recovery"} | raw
    person = slot.person
    return (
        {"kind": "person"}
        | raw
        | {
            "name": person.name,
            "title": person.title,
            "role": person.role.value,
            "public_key": person.public_key.hex(),
            "kdf": asdict(slot.kdf),
            "sealing_key": asdict(slot.sealing_key),
        }
    )


def _slot(raw: Mapping[str, Any]) -> Slot:
    kind, slot_id, salt = raw["kind"], _hex(raw["id"], _ID_BYTES), _hex(raw["salt"], SALT_BYTES)
    if kind == "recovery":
        return Slot(slot_id, salt, _wrapped(raw["database_key"]))
    if kind != "person":
        raise ValueError("kind")
    public_key = bytes.fromhex(_hex(raw["public_key"], SECRET_BYTES))
    role = PersonRole(raw["role"])
    person = Person(key_id(public_key), public_key, _text(raw["name"]), _text(raw["title"]), role)
    cost = Kdf(**raw["kdf"])
    return Slot(slot_id, salt, _wrapped(raw["database_key"]), person, cost, _wrapped(raw["sealing_key"]))


def _wrapped(raw: Mapping[str, Any]) -> WrappedSecret:
    return WrappedSecret(_hex(raw["nonce"], NONCE_BYTES), _hex(raw["ciphertext"], WRAPPED_BYTES))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise TypeError("text")
    return value


def _hex(text: str, size: int) -> str:
    value = bytes.fromhex(text)
    if len(value) != size or text != value.hex():
        raise ValueError("hex")
    return text
