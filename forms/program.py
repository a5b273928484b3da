"""What main.py puts together and both faces (window, command line) are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a description of parts loads none of them: the first window waits for nothing it does not show
    from forms.brought import Brought, Incoming
    from forms.catalogue import Catalogue
    from forms.deviation import Deviation
    from forms.exchange import Marks
    from forms.office import Office
    from forms.org_units import OrgUnits
    from forms.pack import Edit
    from forms.periods import Period
    from forms.ports import Codec, LedgerHouse
    from forms.programme import Programme
    from forms.publication import Filled
    from forms.reading import Reading
    from forms.report import Report
    from forms.services import intake
    from forms.services.summary import Status, Summary
    from forms.sheets import Sheets
    from forms.suppression import Past


RELEASED = datetime(2026, 1, 1, tzinfo=UTC)  # no copy of this program has ever run before


def plausible(now: datetime, running: float) -> datetime:
    """The time by the PC's clock, or, where its battery is flat and it says 1980, `running` seconds after the release.

    No decision hangs on the hour, but units and periods are looked up as of today, and there were none of ours in 1980.
    """
    return now if now >= RELEASED else (RELEASED + timedelta(seconds=running)).astimezone()


class Formats(Protocol):
    """Files of other makes, read and written; nothing of them is loaded before."""

    def read_import(self, data: bytes) -> intake.Filled:
        """A JSON import (DESIGN §8). Raises InputRefused."""

    def edit_pack(self, files: Mapping[str, bytes], edits: Sequence[Edit]) -> dict[str, bytes]:
        """Definition files after these edits, with their comments and layout (forms.pack.EditPack)."""

    def read_workbook(self, data: bytes, waiting: Callable[[], None] = ...) -> Sheets:
        """The plain cells of an .xlsx, .ods or .xls, read in a process of its own. `waiting` is called ten times a second
        meanwhile; what it raises stops the reading. Raises InputRefused WORKBOOK_…"""

    def read_template(self, sheets: Sheets, office: Office, open_report: Callable[[str, Period], Report]) -> Reading:
        """Our own fill-in workbook coming back, held against the draft. Raises InputRefused WORKBOOK_…"""

    def template(self, report: Report, programme: Programme, office: Office, due: date | None) -> bytes:
        """The fill-in workbook (.xlsx) of a report, with what its draft holds."""


class Files(Protocol):
    """What people bring, and what is written for them."""

    def read_files(self, paths: Iterable[Path]) -> Sequence[Incoming]:
        """Files as named, each read once and bounded. Never raises for one bad file."""

    def find_packages(self, paths: Iterable[Path], *, everything: bool = False) -> Brought:
        """Files as named, and folders and archives searched for packages by what they hold; with `everything` in hidden
        files and linked folders too. Never raises for one bad file."""

    def write_file(self, path: Path, data: bytes) -> Path:
        """Whole or not at all. Raises StorageError DISK_FULL, FOLDER_READONLY …"""


class Program(Formats, Files, Protocol):
    """The parts of the program. Each is made when first asked for, so that a verb loads only what it uses."""

    version: str

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def units(self) -> OrgUnits: ...
    @property
    def codec(self) -> Codec: ...
    @property
    def house(self) -> LedgerHouse: ...
    @property
    def home(self) -> Path:
        """The ledger folder used when none is named: --data, else the user's own data directory."""

    def clock(self) -> datetime: ...
    def new_id(self) -> str: ...
    def draw(self, summary: Summary, marks: Marks, past: Past | None = None) -> bytes:
        """The report as the neutral document, in the text that is kept. With a `past` it is for the public, who was told
        that much before: small sensitive figures are withheld."""

    def printed(self, document: bytes, format: str, filled: Filled, package: bytes = b"") -> bytes:
        """A drawn document as pdf, docx or xlsx, with what the clerk filled in; a PDF carries the package."""

    def document(self, summary: Summary, format: str, marks: Marks) -> bytes:
        """The printed report as pdf, docx or xlsx; a PDF carries the package. Raises ExportError."""

    def sheet(self, summary: Summary, format: str, marks: Marks) -> bytes:
        """The form itself as a statistical sheet, as `document` is the report on it."""

    def reminders(self, programme: Programme, status: Status, format: str, *, merged: bool) -> Mapping[str, bytes]:
        """Letters to the units whose report has not come: by the code of each, or one `merged` one to all."""

    def layout_faults(self, data: bytes) -> Sequence[Deviation]:
        """Where a finished PDF or Word file deviates from NĐ 30/2020/NĐ-CP. Raises InputRefused LINT_…"""
