"""A programme pack as files: what a province copies, changes, releases and hands down (tệp cấp phát)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.errors import CatalogueError, InputRefused
from forms.model.org_unit import UnitKey
from forms.programmes.catalogue import pack_sha256, parse_pack
from forms.programmes.programme import Programme

_MISSHAPEN = (InputRefused, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class PackState(StrEnum):
    """A draft may still change; a released or received one never does."""

    DRAFT = "draft"
    RELEASED = "released"
    RECEIVED = "received"


@dataclass(frozen=True)
class Pack:
    """The definition files of one version of a programme, by name, exactly as they are hashed."""

    id: str
    version: int
    files: Mapping[str, bytes]
    state: PackState = PackState.DRAFT

    @property
    def folder(self) -> str:
        return f"{self.id}.v{self.version}"

    @property
    def sha256(self) -> str:
        return pack_sha256(self.files)

    def programme(self) -> Programme:
        """Raises CatalogueError, whatever the files hold: they may come from anywhere."""
        try:
            return parse_pack(self.folder, self.files)
        except _MISSHAPEN as error:
            raise CatalogueError(self.folder, "shape", f"{type(error).__name__}: {error}"[:200]) from error


@dataclass(frozen=True)
class SupplyOpened:
    """A supply file whose seal was verified: who issued it, and the packs it holds. `practice` marks BẢN THỬ."""

    digest: str
    issuer: UnitKey
    issuer_name: str
    person: str
    packs: tuple[Pack, ...]
    practice: bool = False


Path = tuple[str | int, ...]  # keys and places in lists, from the top of a file: ("deadline", 0, "day")
Scalar = str | int | bool
Value = Scalar | list[str] | dict[str, Scalar] | dict[str, Scalar | list[str]]


@dataclass(frozen=True, slots=True)
class PackEdit:
    """One change of a definition file. A value of None takes away what is there; a table (dict) put at the place after
    the last one of a list is added to it."""

    file: str
    path: Path
    value: Value | None


# Definition files after these edits, with comments and layout kept (exports/packs.py).
EditPack = Callable[[Mapping[str, bytes], Sequence[PackEdit]], dict[str, bytes]]
