"""What was typed into the report of a page and not taken: read with the report, kept in the ledger at once. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from forms.errors import AppError
from forms.model.finding import Refused
from forms.services.refused_entries import Refusals


class RefusedHere:
    """`name`: of which report, as forms/services/refused_entries.py calls it."""

    def __init__(self, refusals: Refusals, name: str, known: Mapping[str, Refused]) -> None:
        self._refusals, self._name = refusals, name
        self.all: dict[str, Refused] = dict(known)

    def text(self, where: str) -> str | None:
        """As it was typed; None where nothing waits."""
        found = self.all.get(where)
        return found.text if found else None

    def keep(self, where: str, refused: Refused) -> None:
        self.all[where] = refused
        with suppress(AppError):  # a disk that takes nothing: it still waits here, while the window is open
            self._refusals.keep(self._name, where, refused)

    def answer(self, where: Iterable[str]) -> bool:
        """Something was taken there, or somebody let go of it; whether anything waited. Raises StorageError."""
        mine = self.all.keys() & set(where)
        if mine:
            self._refusals.answer(self._name, mine)
            for one in mine:
                del self.all[one]
        return bool(mine)
