"""A programme pack as files: what a province copies, changes, releases and hands down (tệp cấp phát)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forms.catalogue import pack_sha256, parse_pack
from forms.org_unit import UnitKey
from forms.programme import Programme


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
        """Raises CatalogueError."""
        return parse_pack(self.folder, self.files)


@dataclass(frozen=True)
class SupplyOpened:
    """A supply file whose seal was verified: who issued it, and the packs it holds."""

    digest: str
    issuer: UnitKey
    issuer_name: str
    person: str
    packs: tuple[Pack, ...]
