"""What main.py puts together and both faces (window, command line) are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a description of parts loads none of them: the first window waits for nothing it does not show
    from forms.exchange.publication import IssueDetails
    from forms.exchange.statements import BatchLine, PrintStamp
    from forms.model.layout_deviation import Deviation
    from forms.model.office import Office
    from forms.org_units.catalogue import OrgUnits
    from forms.ports import Codec, LedgerStore
    from forms.programmes.catalogue import Catalogue
    from forms.programmes.programme import Programme
    from forms.services.summary import Status, Summary
    from forms.summary.disclosure import PriorDisclosure


from forms.ports import Formats


class Application(Formats, Protocol):
    """The parts of the program. Each is made when first asked for, so that a verb loads only what it uses."""

    version: str

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def units(self) -> OrgUnits: ...
    @property
    def codec(self) -> Codec: ...
    @property
    def house(self) -> LedgerStore: ...
    @property
    def home(self) -> Path:
        """The ledger folder used when none is named: --data, else the user's own data directory."""

    def clock(self) -> datetime: ...
    def new_id(self) -> str: ...
    def draw(self, summary: Summary, marks: PrintStamp, past: PriorDisclosure | None = None) -> bytes:
        """The report as the neutral document, in the text that is kept. With a `past` it is for the public, who was told
        that much before: small sensitive figures are withheld."""

    def printed(self, document: bytes, format: str, filled: IssueDetails, package: bytes = b"") -> bytes:
        """A drawn document as pdf, docx or xlsx, with what the clerk filled in; a PDF carries the package."""

    def document(self, summary: Summary, format: str, marks: PrintStamp) -> bytes:
        """The printed report as pdf, docx or xlsx; a PDF carries the package. Raises ExportError."""

    def sheet(self, summary: Summary, format: str, marks: PrintStamp) -> bytes:
        """The form itself as a statistical sheet, as `document` is the report on it."""

    def reminders(self, programme: Programme, status: Status, format: str, *, merged: bool) -> Mapping[str, bytes]:
        """Letters to the units whose report has not come: by the code of each, or one `merged` one to all."""

    def fault_letters(self, office: Office, lines: Sequence[BatchLine], format: str) -> Mapping[str, bytes]:
        """By the code of each unit whose workbook was refused or kept aside a letter that says what to mend where."""

    def layout_faults(self, data: bytes) -> Sequence[Deviation]:
        """Where a finished PDF or Word file deviates from NĐ 30/2020/NĐ-CP. Raises InputRefused LINT_…"""
