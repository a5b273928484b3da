"""What the rules of forms/ need from outside: the ledger's stores, keys, clocks, codecs. storage/, exports/ and main.py give it.

A Work is one transaction: leaving the `with` normally commits, an exception rolls back. Stores neither begin nor
commit; what they return are frozen values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from forms.exchange.brought_files import Brought, Incoming
    from forms.exchange.bundle import BundleContent, KeptBundle, OpenedBundle, VouchedKey
    from forms.exchange.on_behalf import KeptEntry
    from forms.exchange.publication import Issue, Publication
    from forms.exchange.statements import (
        Arrival,
        EnrolmentRequest,
        Envelope,
        Head,
        Kept,
        Known,
        Link,
        OpenedPackage,
        Pending,
        Prepared,
        Received,
        ReportKey,
        Sealed,
    )
    from forms.model import report
    from forms.model.cell import Cell
    from forms.model.form import Form
    from forms.model.news_item import Evidence, NewsItem
    from forms.model.office import EnrolledKey, NewPerson, Office, Person, PersonRole
    from forms.model.org_unit import OrgUnit, UnitKey
    from forms.model.period import Period
    from forms.model.report import Report
    from forms.model.report_copies import Total
    from forms.programmes.pack import Pack, PackEdit, SupplyOpened
    from forms.programmes.programme import Programme
    from forms.workbooks.import_result import Reading
    from forms.workbooks.sheets import Sheets


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

    def accepted(self, files: Mapping[str, bytes]) -> Mapping[str, OpenedPackage]:
        """Of these bytes, by the digest that they claim, those that were accepted byte for byte as they are. Without
        their content, which nobody needs of what is known."""

    def waiting(self) -> tuple[bytes, ...]:
        """The bytes of packages that are parked: neither accepted since, nor in conflict, which waits for a person."""

    def held(self, key: ReportKey) -> Mapping[UnitKey, Arrival]:
        """Units whose latest question is open: a package is kept aside, and nothing accepted since answers it."""

    def add(self, batch: str, at: datetime, person: str, packages: Sequence[Received]) -> None: ...
    def keys(self) -> tuple[ReportKey, ...]:
        """Every report of which something was accepted."""

    def senders(self, keys: Iterable[ReportKey]) -> Mapping[ReportKey, frozenset[UnitKey]]:
        """Of each of these reports the units of which something was accepted, in one statement and without their figures."""

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


class BundleStore(Protocol):
    """Bundles of compiling offices: those that came in a batch, and (without one) those that this office made."""

    def add(self, batch: str | None, at: datetime, bundle: OpenedBundle, originals: Iterable[str]) -> None:
        """`originals`: the digests of what lay in it and is kept."""

    def chain(self, unit: UnitKey, key: ReportKey) -> tuple[Link, ...]:
        """The bundles of an office for a report, the oldest first."""

    def newest(self, key: ReportKey) -> tuple[KeptBundle, ...]:
        """The newest bundle of each office, in order of its code."""

    def vouched(self) -> tuple[VouchedKey, ...]:
        """The keys in the bundles that came, each once, by the first office that vouched for it."""


class OnBehalfStore(Protocol):
    """What was entered for units below, every entry of it, with the files; and what is being typed from paper."""

    def add(self, batch: str, entries: Sequence[KeptEntry]) -> None:
        """To a batch that there is."""

    def of(self, key: ReportKey) -> tuple[KeptEntry, ...]:
        """In the order of arrival, without their payloads and files."""

    def names(self) -> tuple[str, ...]:
        """The digest of every entry."""

    def get(self, digest: str) -> KeptEntry | None:
        """With its payload, and its file where this office has it."""

    def files(self, digests: Iterable[str]) -> Mapping[str, KeptEntry]:
        """Of the given SHA-256 of files those from which something was entered."""

    def undo(self, batch: str) -> int:
        """Takes those of a batch out; returns how many."""

    def draft(self, unit: UnitKey, key: ReportKey) -> tuple[int, bytes] | None:
        """The version of the programme and the payload of what is being typed."""

    def put_draft(self, unit: UnitKey, key: ReportKey, version: int, payload: bytes) -> None: ...
    def drop_draft(self, unit: UnitKey, key: ReportKey) -> None: ...


class PublicationStore(Protocol):
    """What was issued: added once, never changed but for what the clerk fills in afterwards."""

    def add(self, made: Publication) -> None: ...
    def all(self) -> tuple[Issue, ...]:
        """The newest first."""

    def get(self, id: str) -> Publication | None: ...
    def fill(self, id: str, fields: Mapping[str, str], reason: str, at: datetime, person: str) -> None: ...


Clock = Callable[[], datetime]  # local time, aware of its zone; informative only
NewId = Callable[[], str]  # 32 random hex digits
Register = Mapping[str, "EnrolledKey"]  # the keys this office trusts, as they stood at one moment, by their ids
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)  # no copy of this program has ever run before


def plausible(now: datetime, running: float) -> datetime:
    """The time by the PC's clock, or, where its battery is flat and it says 1980, `running` seconds after the release.

    No decision hangs on the hour, but units and periods are looked up as of today, and there were none of ours in 1980.
    """
    return now if now >= RELEASED else (RELEASED + timedelta(seconds=running)).astimezone()


class Signer(Protocol):
    """An unlocked key; lives only while sealing."""

    @property
    def person(self) -> Person: ...
    def sign(self, data: bytes) -> bytes: ...


class OfficeStore(Protocol):
    """Whose ledger it is, who seals in it, and its settings (text by name; None takes one away)."""

    def get(self) -> Office: ...
    def persons(self) -> tuple[Person, ...]: ...
    def setting(self, name: str) -> str | None: ...
    def settings(self, prefix: str) -> Mapping[str, str]:
        """Those whose name begins so, by the rest of the name."""

    def set(self, name: str, value: str | None) -> None: ...


class ReportStore(Protocol):
    """Our own unit's reports: one current row for each ReportKey, draft or sealed."""

    def version(self, key: ReportKey) -> int | None:
        """The version of the programme it was filled under; None where there is no such report."""

    def get(self, key: ReportKey, form: Form) -> Report | None:
        """Without news (they live in the news ledger) unless sealed: a sealed report keeps the items it was sealed with."""

    def keys(self) -> tuple[ReportKey, ...]: ...
    def put(self, report: Report) -> None: ...
    def put_cells(self, draft: Report, cells: Sequence[tuple[str, Cell]]) -> None:
        """Cells of the draft that has the key of this one, which the first of them begins; the autosave path."""


class NewsStore(Protocol):
    """The news ledger (sổ tin, bài) of our own unit, and the files its items are shown by: each content once, by its SHA-256."""

    def within(self, period: Period) -> tuple[NewsItem, ...]: ...
    def get(self, id: str) -> NewsItem | None: ...
    def put(self, item: NewsItem) -> None: ...
    def delete(self, id: str) -> None: ...
    def put_file(self, evidence: Evidence, data: bytes) -> None: ...
    def file(self, digest: str) -> bytes | None: ...
    def sweep_files(self) -> None:
        """Forget the files that no item names any more."""


class PendingStore(Protocol):
    """Packages that wait for the head's seal, at most one for each report."""

    def put(self, key: ReportKey, pending: Pending) -> None: ...
    def get(self, key: ReportKey) -> Pending | None: ...
    def drop(self, key: ReportKey) -> None: ...
    def keys(self) -> tuple[ReportKey, ...]: ...
    def hands(self) -> Mapping[ReportKey, tuple[datetime, str, str]]:
        """Of every report that waits: since when, and the keys of who has sealed it and of who is to."""

    def last_seq(self, keyid: str) -> int:
        """The highest number that a waiting package took of this key; 0 for none."""


class PackStore(Protocol):
    """Programme packs of this ledger: those it issues, drafts among them, and those it was handed down."""

    def all(self) -> tuple[Pack, ...]: ...
    def put(self, pack: Pack) -> None: ...
    def drop(self, id: str, version: int) -> None: ...


class RegisterStore(Protocol):
    """The register of keys (sổ khóa)."""

    def find(self, keyid: str) -> EnrolledKey | None: ...
    def add(self, key: EnrolledKey) -> None: ...
    def revoke(self, keyid: str, at: datetime) -> None: ...
    def all(self) -> tuple[EnrolledKey, ...]: ...


class UnitStore(Protocol):
    """Units added by hand."""

    def all(self) -> tuple[OrgUnit, ...]: ...
    def put(self, unit: OrgUnit) -> None: ...


class JournalStore(Protocol):
    """The hash-chained audit trail (nhật ký)."""

    def append(self, kind: str, detail: Mapping[str, str | int | None]) -> None: ...
    def head(self) -> tuple[str, int]:
        """(hex head, number of entries)."""


class Work:
    """One transaction over the ledger."""

    office: OfficeStore
    reports: ReportStore
    news: NewsStore
    pending: PendingStore
    packs: PackStore
    sent: SentStore
    received: ReceivedStore
    bundles: BundleStore
    on_behalf: OnBehalfStore
    register: RegisterStore
    units: UnitStore
    publications: PublicationStore
    journal: JournalStore

    def read_ahead(self, programme: str = "") -> None:
        """Settings, news and reports, of one programme or of all, are asked for again and again in this transaction: each kind is
        read once and whole, in one statement (two for reports and their cells), when it is first asked for. Writing ends it for
        that kind."""


BeginWork = Callable[[], AbstractContextManager[Work]]


class Codec(Protocol):
    """The package format (exports/package): bytes in, verified values out."""

    def prepare(
        self, report: Report, envelope: Envelope, people: Sequence[Person], files: Mapping[str, bytes]
    ) -> Prepared:
        """The bytes that these people are to seal; `files` are the contents of the evidence, by digest.
        Raises ExportError REPORT_TOO_BIG, EVIDENCE_TOO_MUCH."""

    def finish(self, prepared: Prepared, marks: Sequence[tuple[str, bytes]]) -> Sealed:
        """The package around (keyid, signature) of everybody who was to seal it."""

    def read(self, data: bytes, register: Register | None) -> OpenedPackage:
        """Raises PackageRefused."""

    def claimed_digest(self, data: bytes) -> str | None:
        """The digest by which a file would be known if it were sound, found quickly and without any check."""

    def report(self, opened: OpenedPackage, form: Form) -> Report:
        """The payload as a Report under this form. Raises PackageRefused for cells the form does not know."""

    def beside_figures(self, raw: bytes) -> bytes:
        """What a package that was verified before says beside its figures (items, texts, tasks, proposals): equal exactly
        when that is, empty where it is nothing."""

    def evidence(self, data: bytes) -> Mapping[str, bytes]:
        """The contents of a package's files, by digest."""

    def payload(self, report: Report) -> bytes:
        """What a package of this report would say. Raises PackageRefused, ExportError REPORT_TOO_BIG."""

    def is_bundle(self, data: bytes) -> bool:
        """Whether a file says that it is a bundle; nothing is checked."""

    def write_bundle(self, content: BundleContent, envelope: Envelope, office: Office, signer: Signer) -> Sealed:
        """Raises ExportError BUNDLE_TOO_BIG, PackageRefused."""

    def read_bundle(self, data: bytes, register: Register | None) -> OpenedBundle:
        """Verified but for its originals, which are read one by one. Raises PackageRefused."""

    def write_enrolment(self, office: Office, signer: Signer, created: datetime, app_version: str) -> bytes: ...
    def read_enrolment(self, data: bytes) -> EnrolmentRequest:
        """Its fingerprint, 30 digits in six groups, covers key, unit, person, title and role. Raises PackageRefused."""

    def write_supply(
        self, packs: Sequence[Pack], office: Office, signer: Signer, created: datetime, app_version: str
    ) -> bytes: ...
    def read_supply(self, data: bytes, register: Register) -> SupplyOpened:
        """What an office above hands down, sealed by a key of the register. Raises PackageRefused."""


class Ledger(Protocol):
    """An open, unlocked ledger folder (storage/ledger.py). Closing releases the lock."""

    @property
    def folder(self) -> Path: ...
    @property
    def person(self) -> Person:
        """Who signed in."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what was found and mended without asking, when it was opened and since."""

    def begin(self) -> AbstractContextManager[Work]: ...
    def signer(self, keyid: str, password: str) -> Signer:
        """Raises StorageError PASSWORD_WRONG."""

    def own_signer(self) -> Signer:
        """The signed-in person's key, unlocked at sign-in."""

    def switch(self, keyid: str, password: str) -> None:
        """Somebody else signs in, or the same person again, without closing. Raises StorageError PASSWORD_WRONG,
        PERSON_UNKNOWN; who was signed in stays so."""

    def add_person(self, name: str, title: str, role: PersonRole, password: str) -> Person: ...
    def change_password(self, password: str) -> None:
        """For who is signed in; the sealing key stays."""

    def verify(self) -> tuple[str, int]:
        """Every page in use, reference and journal line: (the journal's head, its length). Raises StorageError LEDGER_DAMAGED,
        JOURNAL_BROKEN."""

    def backup(self, target: Path) -> Path:
        """A checked copy as one file."""

    def automatic_backup(self) -> Path:
        """A backup into the ledger's own folder; older ones are thinned out."""

    def close(self) -> None:
        """Raises nothing: what was done is done, also where the disk has gone since."""


class LedgerStore(Protocol):
    """Makes and opens ledgers (storage/ledger_store.py)."""

    def create(self, folder: Path, office: Office, people: Sequence[NewPerson]) -> tuple[Ledger, str]:
        """The open ledger, signed in as the first person, and the recovery code to print. All or nothing."""

    def open(self, folder: Path, password: str, person: str | None = None) -> Ledger:
        """`person`: a name or keyid; None tries every slot. Raises StorageError."""

    def recover(self, folder: Path, code: str, person: str, password: str) -> Ledger:
        """Open with the printed code; `person` (name or keyid) gets a new password and a new sealing key, which the
        office above has to enrol. Journalled. Raises StorageError RECOVERY_MISTYPED, RECOVERY_WRONG, PERSON_UNKNOWN …"""

    def people(self, folder: Path) -> tuple[tuple[str, str, PersonRole], ...]:
        """(keyid, name, role) of every slot, without a password: for the sign-in list."""

    def restore(self, file: Path, folder: Path) -> None: ...


class Formats(Protocol):
    """What people bring and what is written for them, files of other makes among it; nothing of them is loaded before."""

    def read_import(self, data: bytes) -> report.ImportedReport:
        """A JSON import (DESIGN §8). Raises InputRefused."""

    def edit_pack(self, files: Mapping[str, bytes], edits: Sequence[PackEdit]) -> dict[str, bytes]:
        """Definition files after these edits, with their comments and layout (forms.programmes.pack.EditPack)."""

    def read_workbook(self, data: bytes, waiting: Callable[[], None] = ...) -> Sheets:
        """The plain cells of an .xlsx, .ods or .xls, read in a process of its own. `waiting` is called ten times a second
        meanwhile; what it raises stops the reading. Raises InputRefused WORKBOOK_…"""

    def read_template(self, sheets: Sheets, office: Office, open_report: Callable[[str, Period], Report]) -> Reading:
        """Our own fill-in workbook coming back, held against the draft. Raises InputRefused WORKBOOK_…"""

    def template(self, report: Report, programme: Programme, office: Office, due: date | None, to: str = "") -> bytes:
        """The fill-in workbook (.xlsx) of a report, with what its draft holds; `to`: who takes it back, where it is not the
        office itself."""

    def is_workbook(self, name: str, data: bytes) -> bool:
        """Whether a file is a workbook, or called one and nothing else of ours."""

    def template_stamp(self, sheets: Sheets) -> Mapping[str, str]:
        """Which report a fill-in workbook says it is of. Raises InputRefused WORKBOOK_FOREIGN, WORKBOOK_FORMAT."""

    def read_files(self, paths: Iterable[Path]) -> Sequence[Incoming]:
        """Files as named, each read once and bounded. Never raises for one bad file."""

    def find_packages(self, paths: Iterable[Path], *, everything: bool = False) -> Brought:
        """Files as named, and folders and archives searched for packages by what they hold; with `everything` in hidden
        files and linked folders too. Never raises for one bad file."""

    def write_file(self, path: Path, data: bytes) -> Path:
        """Whole or not at all. Raises StorageError DISK_FULL, FOLDER_READONLY …"""
