"""A program without disk or crypto for the window's tests, and a window that only remembers what it was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import resources
from exports.packs import PackEditor
from forms.all_services import Services, open_services
from forms.errors import AppError, ExportError, StorageError
from forms.model.office import Office, PersonRole
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import Catalogue, load_all
from tests import fakes
from ui.desktop.shell import Location

CATALOGUE = load_all()
UNITS = OrgUnits.load(resources.path("org_units/org_units.tsv"))
PASSWORD, RECOVERY = "đúng mật khẩu", "ABCD-EFGH-JKMN-PQRS"


class FakeHouse:
    """Ledgers in memory, by folder."""

    def __init__(self) -> None:
        self.ledgers: dict[Path, fakes.FakeLedger] = {}
        self.problem: AppError | None = None
        self.recovered = ("", "")

    def people(self, folder: Path) -> tuple[tuple[str, str, PersonRole], ...]:
        if self.problem:
            raise self.problem
        if folder not in self.ledgers:
            raise StorageError("LEDGER_MISSING", "Không có sổ ở đây.")
        return tuple((p.keyid, p.name, p.role) for p in self.ledgers[folder].state.people)

    def open(self, folder: Path, password: str, person: str | None = None) -> fakes.FakeLedger:
        if password != PASSWORD:
            raise StorageError("PASSWORD_WRONG", "Mật khẩu không đúng. Gõ lại.")
        return self.ledgers[folder]

    def recover(self, folder: Path, code: str, person: str, password: str) -> fakes.FakeLedger:
        if code != RECOVERY:
            raise StorageError("RECOVERY_WRONG", "Mã khôi phục không mở được sổ này.")
        self.recovered = (person, password)
        return self.ledgers[folder]

    def create(self, folder: Path, office: Office, people) -> tuple[fakes.FakeLedger, str]:
        made = tuple(fakes.person(p.name, p.role) for p in people)
        self.ledgers[folder] = fakes.FakeLedger(office, made)
        self.ledgers[folder].folder = folder
        return self.ledgers[folder], RECOVERY


@dataclass
class FakeProgram:
    """`now` is the clock; `written` what was written to files."""

    now: datetime = fakes.TODAY
    home: Path = Path("/nowhere/so")
    house: FakeHouse = field(default_factory=FakeHouse)
    codec: fakes.FakeCodec = field(default_factory=fakes.FakeCodec)
    written: dict[Path, bytes] = field(default_factory=dict)
    version: str = "0.1.0"

    def __post_init__(self) -> None:
        self._ids = fakes.ids()
        self._edit = PackEditor()

    @cached_property
    def catalogue(self) -> Catalogue:
        return CATALOGUE

    @property
    def units(self) -> OrgUnits:
        return UNITS

    def clock(self) -> datetime:
        return self.now

    def new_id(self) -> str:
        return self._ids()

    def edit_pack(self, files, edits) -> dict[str, bytes]:
        return self._edit(files, edits)

    def read_files(self, paths: Iterable[Path]):
        return ()

    def is_workbook(self, name: str, data: bytes) -> bool:
        return name.endswith(".xlsx")

    def template(self, report, programme, office, due, to="") -> bytes:
        return f"{office.name} {report.period.label}".encode()

    def draw(self, summary, marks, past=None) -> bytes:
        return repr((summary.status.period.label, marks, past, summary.sums)).encode()

    def printed(self, document: bytes, format: str, filled, package: bytes = b"") -> bytes:
        return document

    def document(self, summary, format: str, marks) -> bytes:
        raise ExportError("NO_PAPER", "Không in ở đây.")

    def sheet(self, summary, format: str, marks) -> bytes:
        raise ExportError("NO_PAPER", "Không in ở đây.")

    def reminders(self, programme, status, format: str, *, merged: bool) -> dict[str, bytes]:
        units = [unit.code for unit in status.missing]
        return {whose: format.encode() for whose in (["tat_ca"] if merged and units else units)}

    def write_file(self, path: Path, data: bytes) -> Path:
        self.written[path] = data
        return path


def desk_of(program: FakeProgram, code: str = "19804", *, collates: bool = False, practice: bool = False) -> Services:
    """An open ledger in memory of the unit with this code; 46 is Huế, which sums up."""
    unit = UNITS.get(code, program.now.date())
    ledger = fakes.FakeLedger(
        Office(unit.key, unit.full_name, collates, unit.parent, practice=practice, kind=unit.kind)
    )
    return open_services(program, ledger)


@dataclass
class FakeAsk:
    """Answers as it was told to, and remembers what it was asked."""

    yes: bool = True
    place: Path | None = Path("/tmp")
    asked: list[str] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)

    def confirm(self, title: str, text: str, yes: str) -> bool:
        self.asked.append(title)
        return self.yes

    def refused(self, error: AppError) -> None:
        self.asked.append(error.code)

    def inform(self, title: str, text: str) -> None:
        self.asked.append(title)

    def text(self, title: str, label: str, value: str = "") -> str | None:
        self.asked.append(title)
        return value

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        return self.place

    def open_files(self, title: str, pattern: str, start: Path | None = None) -> list[Path]:
        return []

    def save_file(self, title: str, name: str, pattern: str, start: Path | None = None) -> Path | None:
        return self.place / name if self.place else None

    def open_folder(self, folder: Path) -> None:
        self.opened.append(folder)


@dataclass
class FakeFrame:
    """The window around a screen: long work runs at once."""

    ask: FakeAsk = field(default_factory=FakeAsk)
    said: list[str] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    looks: list[tuple[str, int]] = field(default_factory=list)
    working: Location | None = None

    def work_on(self, place: Location) -> None:
        self.working = place

    def toast(self, text: str) -> None:
        self.said.append(text)

    def status(self, text: str) -> None:
        self.said.append(text)

    def go(self, page: str, place: str = "") -> None:
        self.gone.append((page, place))

    def work(self, title: str, work, done):
        try:
            result = work(lambda done, total: None)
        except AppError as error:
            self.ask.refused(error)
        else:
            done(result)

    def reopen(self, page: str = "", place: str = "") -> None:
        self.gone.append((page, place)) if page else self.said.append("reopened")

    def look(self, theme: str, text_percent: int) -> None:
        self.looks.append((theme, text_percent))


class Shown:
    """What a presenter shows its pages to: has what the last one has; `pages` are all of them."""

    def __init__(self) -> None:
        self.pages: list[Any] = []

    def __call__(self, page: Any) -> None:
        self.pages.append(page)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pages[-1], name)
