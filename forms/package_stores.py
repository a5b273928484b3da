"""What the services need of packages and issues that the ledger keeps: part of forms/ports.py, implemented in storage/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from forms.cell import Cell
    from forms.copies import Total
    from forms.exchange import Arrival, Head, Kept, Known, Link, Opened, Received, ReportKey, Sealed
    from forms.org_unit import UnitKey
    from forms.publication import Issue, Publication


class SentStore(Protocol):
    """The packages this office sealed, oldest first in a chain."""

    def add(
        self, key: ReportKey, revision: int, seq: int, keyids: Sequence[str], sealed: Sealed, at: datetime
    ) -> None: ...
    def last(self, key: ReportKey) -> Sealed | None: ...
    def raw(self, digest: str) -> bytes | None: ...
    def last_seq(self, keyid: str) -> int: ...
    def known(self) -> tuple[Known, ...]:
        """Every package, the oldest first."""


class ReceivedStore(Protocol):
    """What units below sent. Chains hold accepted packages only; the rest is kept as received, for questions."""

    def chains(self, key: ReportKey) -> Mapping[UnitKey, tuple[Link, ...]]: ...
    def kept(self, digests: Iterable[str]) -> Mapping[str, Kept]:
        """Of the given digests those that the ledger keeps, accepted or not, by the latest decision about each."""

    def conflicts(self) -> tuple[Kept, ...]:
        """Every package that is kept in conflict, as it was decided last, whatever report it is of."""

    def accepted(self, files: Mapping[str, bytes]) -> Mapping[str, Opened]:
        """Of these bytes, by the digest that they claim, those that were accepted byte for byte as they are. Without
        their content, which nobody needs of what is known."""

    def waiting(self) -> tuple[bytes, ...]:
        """The bytes of packages that are parked: neither accepted since, nor in conflict, which waits for a person."""

    def held(self, key: ReportKey) -> Mapping[UnitKey, Arrival]:
        """Units whose latest question is open: a package is kept aside, and nothing accepted since answers it."""

    def add(self, batch: str, at: datetime, person: str, packages: Sequence[Received]) -> None: ...
    def keys(self) -> tuple[ReportKey, ...]:
        """Every report of which something was accepted."""

    def senders(self, key: ReportKey) -> frozenset[UnitKey]:
        """The units of which something was accepted of this report."""

    def heads(self, key: ReportKey) -> tuple[Head, ...]: ...
    def totals(self, key: ReportKey) -> Iterable[tuple[UnitKey, str, Total, Callable[[], Mapping[str, Cell]]]]:
        """Of each head that has enough figures to be compared: whose it is, its digest, what they come to, and what reads
        them."""

    def raw(self, digest: str) -> bytes | None: ...
    def known(self) -> tuple[Known, ...]:
        """Every package that is kept, in the order of arrival."""

    def undo(self, batch: str) -> int:
        """Takes a whole batch back; returns how many packages. Raises StorageError BATCH_UNKNOWN, or BATCH_BUILT_ON
        when a later batch follows one of its packages."""

    def batches(self) -> tuple[tuple[str, datetime, int], ...]: ...


class PublicationStore(Protocol):
    """What was issued: added once, never changed but for what the clerk fills in afterwards."""

    def add(self, made: Publication) -> None: ...
    def all(self) -> tuple[Issue, ...]:
        """The newest first."""

    def get(self, id: str) -> Publication | None: ...
    def fill(self, id: str, fields: Mapping[str, str], reason: str, at: datetime, person: str) -> None: ...
