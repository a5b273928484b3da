"""slots.json: how Slots are written and read back. What a hostile file may ask for is bounded before it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from forms.errors import StorageError
from forms.keys import key_id
from forms.office import Person, PersonRole
from storage.failures import translated
from storage.files import write_whole
from storage.kdf import Kdf
from storage.slots import FORMAT, SALT_BYTES, Slot, Slots
from storage.wrapping import NONCE_BYTES, SECRET_BYTES, WRAPPED_BYTES, Wrapped

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


def _wrapped(raw: Mapping[str, Any]) -> Wrapped:
    return Wrapped(_hex(raw["nonce"], NONCE_BYTES), _hex(raw["ciphertext"], WRAPPED_BYTES))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise TypeError("text")
    return value


def _hex(text: str, size: int) -> str:
    value = bytes.fromhex(text)
    if len(value) != size or text != value.hex():
        raise ValueError("hex")
    return text
