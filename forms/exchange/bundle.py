"""The bundle (gói chuyển): what a compiling office sends up. Not a sum, but the packages that it counted, as they came.

The office above adds up the originals themselves, so a figure travels through any number of offices and is summed once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from forms.exchange.adjustment import Adjustment
from forms.exchange.on_behalf import BehalfEntry
from forms.exchange.statements import ReportKey, Seal
from forms.model.office import EnrolledKey
from forms.model.org_unit import NamedUnit, UnitKey


@dataclass(frozen=True, slots=True)
class BundleContent:
    """What an office puts into a bundle. `originals`: package files and bundles, byte for byte; `keys`: those of the
    originals' seals, for which the office vouches; `missing`: who was asked and has not sent; `on_behalf`: what was entered for
    units that sealed nothing; `adjustments`: this office's figures beside those of the originals, and those it was told."""

    key: ReportKey
    programme_version: int
    programme_sha256: str
    form_version: int
    revision: int
    supersedes: str | None
    originals: tuple[bytes, ...] = field(repr=False)
    keys: tuple[EnrolledKey, ...] = ()
    missing: tuple[NamedUnit, ...] = ()
    on_behalf: tuple[BehalfEntry, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A bundle whose container, statement, seals and list of originals have been verified; the originals themselves are
    verified one by one, under `register`, as if each had come alone. `digest` names the bundle."""

    digest: str
    digits: str
    unit: UnitKey
    unit_name: str
    content: BundleContent
    seq: int
    practice: bool
    created: datetime
    seals: tuple[Seal, ...]
    raw: bytes = field(repr=False)

    @property
    def key(self) -> ReportKey:
        return self.content.key

    @property
    def revision(self) -> int:
        return self.content.revision

    @property
    def supersedes(self) -> str | None:
        return self.content.supersedes


@dataclass(frozen=True, slots=True)
class KeptBundle:
    """The newest bundle of an office, as the ledger keeps it: `originals` are the digests of what lay in it and was kept."""

    unit: UnitKey
    digest: str
    revision: int
    at: datetime
    missing: tuple[NamedUnit, ...]
    originals: frozenset[str]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class VouchedKey:
    """A key that this office knows only because another vouches for it."""

    key: EnrolledKey
    by: NamedUnit
