"""Who can open a ledger, told without its database: the sign-in stands on the screen before SQL is loaded."""

from __future__ import annotations

from pathlib import Path

from forms.model.office import PersonRole
from storage import slot_file
from storage.failures import must_be_plain, refusal
from storage.folders import DATABASE


def people_of(folder: Path) -> tuple[tuple[str, str, PersonRole], ...]:
    """(keyid, name, role) of every person's slot, without a password. Raises LEDGER_MISSING, SLOTS_DAMAGED."""
    must_be_ledger(folder)
    found = slot_file.read(folder / slot_file.NAME).people
    return tuple((person.keyid, person.name, person.role) for person in found)


def must_be_ledger(folder: Path) -> None:
    """Raises StorageError LEDGER_MISSING unless both files of a ledger are there, FILE_NOT_PLAIN where something else is."""
    for name in (slot_file.NAME, DATABASE, f"{DATABASE}-journal"):
        must_be_plain(folder / name)
    for name in (slot_file.NAME, DATABASE):
        if not (folder / name).is_file():
            raise refusal("LEDGER_MISSING", folder)
