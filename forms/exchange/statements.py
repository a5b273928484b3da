"""What travels between offices, and what an office above keeps of it. The rules that decide: forms/exchange/arrival_rules.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from forms.model.cell import Cell
    from forms.model.news_item import Evidence
    from forms.model.office import PersonRole
    from forms.model.org_unit import UnitKey
    from forms.model.period import Basis
    from forms.model.report import Change


class ReportKey(NamedTuple):
    """Which report of a unit: one chain of revisions for each."""

    programme: str
    form: str
    period: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal on a package. `known`: the key is in the reader's register, which then also gave the role."""

    keyid: str
    role: PersonRole | None
    known: bool
    person: str = ""


@dataclass(frozen=True, slots=True)
class OpenedPackage:
    """A package whose container, JSON and seals have been verified. `payload` is the parsed payload.json.

    `unit_name` is what the sender calls the unit until the receiver puts its own name there. `in_pdf`: it lay in a PDF, of
    which nothing else was looked at.
    """

    digest: str
    digits: str
    unit: UnitKey
    unit_name: str
    key: ReportKey
    programme_version: int
    programme_sha256: str
    form_version: int
    revision: int
    supersedes: str | None
    seq: int
    practice: bool
    seals: tuple[Seal, ...]
    app_version: str
    payload: Mapping[str, object] = field(repr=False)
    raw: bytes = field(repr=False)
    files: tuple[Evidence, ...] = ()
    in_pdf: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the sealing office says about a package besides the report itself."""

    package_id: str
    unit_name: str
    seq: int
    audit_head: str
    audit_count: int
    created: datetime
    app_version: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package this office made: its bytes, its identity, the digits people compare."""

    digest: str
    digits: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrintStamp:
    """What a printed report is marked with: the digits of its package (empty while it is a draft), the head of the
    journal, and the package itself, which a PDF carries."""

    digits: str = ""
    audit_head: str = ""
    package: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A package before its seals: what every signer signs, and the members around it."""

    digest: str
    digits: str
    to_sign: bytes = field(repr=False)
    members: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pending:
    """A package that its preparer has sealed and the head has not: bytes that may not change any more. `head` is the
    keyid of who is to approve."""

    prepared: Prepared
    seq: int
    preparer: str
    head: str
    mark: bytes = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """A key file from a unit below: self-sealed, to be accepted only with the digits typed from paper.

    `fingerprint`: those thirty digits, in six groups.
    """

    keyid: str
    public_key: bytes
    fingerprint: str
    unit: UnitKey
    unit_name: str
    person: str
    title: str
    role: PersonRole


class Arrival(StrEnum):
    """What an office above makes of a file it is given (the `class` of `merge`)."""

    NEW = "new"
    SAME = "same"
    CORRECTION = "correction"
    CONFLICT = "conflict"
    PARKED = "parked"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    ON_BEHALF = "on_behalf"  # entered here for a unit, from its workbook or its paper


ARRIVAL_TITLES = {
    Arrival.NEW: "Mới",
    Arrival.SAME: "Đã nhận rồi",
    Arrival.CORRECTION: "Bản thay thế",
    Arrival.CONFLICT: "Mâu thuẫn",
    Arrival.PARKED: "Chờ bản trước",
    Arrival.REFUSED: "Từ chối",
    Arrival.QUARANTINED: "Giữ lại để hỏi",
    Arrival.ON_BEHALF: "Nhập thay",
}
MERGED = (Arrival.NEW, Arrival.CORRECTION)  # only these change figures


@dataclass(frozen=True, slots=True)
class Link:
    """One accepted package of a chain."""

    digest: str
    revision: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an arrival, with a stable code and a sentence."""

    arrival: Arrival
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a package stands that the ledger keeps: its line, its number, whom it names before it, and what was decided of
    it last."""

    digest: str
    unit: UnitKey
    key: ReportKey
    revision: int
    supersedes: str | None
    arrival: Arrival
    code: str


@dataclass(frozen=True, slots=True)
class Received:
    """A package that an office above keeps: original bytes, decision, and the cells that are added up."""

    opened: OpenedPackage
    arrival: Arrival
    code: str
    cells: Mapping[str, Cell]
    news_listed: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands for a unit's report now: the newest accepted package of its chain, else what was entered on its behalf.
    `first_received_at` tells whether the report came in time: a correction does not make it late. `by`: who entered it where
    the unit did not seal it, with the office where that is another one."""

    unit: UnitKey
    digest: str
    revision: int
    first_received_at: datetime
    received_at: datetime
    cells: Mapping[str, Cell]
    news_listed: bool
    source: str = "sealed"
    by: str = ""

    @property
    def is_on_behalf(self) -> bool:
        return self.source != "sealed"


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong at one place of a workbook: `where` is “Số liệu!D12”."""

    code: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Known:
    """One package that the ledger keeps, without its content. `unit_name` is empty and `arrival` None for our own."""

    digest: str
    unit: UnitKey | None
    unit_name: str
    key: ReportKey
    revision: int
    at: datetime
    arrival: Arrival | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that somebody should look at in a package that was accepted all the same."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one file of a batch. Fields that a refused file does not tell are empty. `changes` is what a
    correction says it corrects, or what differs from the entry on behalf whose place is taken. `in_pdf`: the package was taken
    out of a PDF, whose pages nobody read. `vouched_by`: the office
    below on whose word its key is trusted. `faults`: of a workbook, what is wrong in which cell."""

    path: str
    arrival: Arrival
    code: str
    message: str
    unit: str = ""
    unit_name: str = ""
    period: str = ""
    revision: int = 0
    digest: str = ""
    changes: tuple[Change, ...] = ()
    key: ReportKey | None = None
    warnings: tuple[Warned, ...] = ()
    in_pdf: bool = False
    vouched_by: str = ""
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """One act of receiving: all its files in one transaction. `id` is None for a preview."""

    id: str | None
    lines: tuple[BatchLine, ...]
