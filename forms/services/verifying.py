"""Looking at package files without receiving them: what was checked of each, what was not, and whose it is."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.brought import Incoming
from forms.errors import AppError, unforeseen
from forms.exchange import Opened
from forms.org_units import OrgUnits, name_of
from forms.ports import Codec, Register

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verified:
    """A file and what is known of it. Refused: `problem`. Else `opened`, and `unit_name` as the catalogue or the register
    has it, empty where neither knows the unit: the name inside the package is the sender's word."""

    path: str
    opened: Opened | None = None
    problem: AppError | None = None
    unit_name: str = ""
    is_registered: bool = False

    @property
    def checked(self) -> tuple[str, ...]:
        """`structure`: container, content and digests; `seals`: their arithmetic; `keys`: whose they are."""
        if self.opened is None:
            return ()
        return ("structure", "seals", *(("keys",) if self.is_registered else ()))

    @property
    def not_checked(self) -> tuple[str, ...]:
        """`pages`: those of the PDF around the package, which anybody can change; `keys`: whose they are."""
        if self.opened is None:
            return ()
        return (*(("pages",) if self.opened.in_pdf else ()), *(() if self.is_registered else ("keys",)))


def verified(files: Sequence[Incoming], codec: Codec, register: Register | None, units: OrgUnits) -> Iterator[Verified]:
    """Each file by itself: none keeps the others from being looked at."""
    for file in files:
        try:
            if file.problem:
                raise file.problem
            opened = codec.read(file.data, register)
            name = name_of(units, opened.unit) or _registered(opened, register)
            yield Verified(file.path, opened, None, name, register is not None)
        except AppError as problem:
            yield Verified(file.path, problem=problem)
        except Exception as bug:  # noqa: BLE001 - of a file nobody knows what it holds
            _log.debug("bug", exc_info=bug)
            yield Verified(file.path, problem=unforeseen(bug))


def _registered(opened: Opened, register: Register | None) -> str:
    """The name under which its key was enrolled."""
    keys = [register.find(seal.keyid) for seal in opened.seals] if register else []
    return next((key.unit_name for key in keys if key), "")
