"""The only file that knows every part. No arguments: the window; a verb: the command line. Wires, decides nothing.

Parts are imported when they are first asked for, so that `verify` needs neither Qt nor a database.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":  # before all else is loaded: Ctrl+C in the first second is told in a sentence
    from ui.cli import last_words

    last_words.speak_from_now_on()

import logging
import os
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from forms.errors import AppError, ExportError
from forms.ports import plausible
from ui.cli.parsing import CommandLine, UsageProblem, parse
from ui.cli.streams import speak_utf8

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

    from exports.document import Document
    from forms.application import Application as AnyProgram
    from forms.exchange.brought_files import Brought, Incoming
    from forms.exchange.publication import IssueDetails
    from forms.exchange.statements import BatchLine, PrintStamp
    from forms.model import report
    from forms.model.layout_deviation import Deviation
    from forms.model.office import NewPerson, Office, PersonRole
    from forms.model.period import Period
    from forms.model.report import Report
    from forms.org_units.catalogue import OrgUnits
    from forms.ports import Clock, Codec, Ledger, LedgerStore
    from forms.programmes.catalogue import Catalogue
    from forms.programmes.pack import EditPack, PackEdit
    from forms.programmes.programme import Programme
    from forms.services.summary import Status, Summary
    from forms.summary.disclosure import PriorDisclosure
    from forms.workbooks.import_result import Reading
    from forms.workbooks.sheets import Sheets
    from ui.desktop.ledger_view import LedgerView
    from ui.desktop.main_window import MainWindow
    from ui.desktop.wizard.view import WizardView

VERSION = "0.1.0"
_BEHIND_THE_DOOR = ("storage.ledger_store", "forms.all_services", "ui.desktop.ledger_view")
_CHILD = "_read-workbook"  # the program started by itself, to read a foreign workbook apart


class _Formats:
    """Implements forms.ports.Formats."""

    def read_import(self, data: bytes) -> report.ImportedReport:
        from exports import json_import

        return json_import.read(data)

    @cached_property
    def _packs(self) -> EditPack:
        from exports.packs import PackEditor

        return PackEditor()

    def edit_pack(self, files: Mapping[str, bytes], edits: Sequence[PackEdit]) -> dict[str, bytes]:
        return self._packs(files, edits)

    def read_workbook(self, data: bytes, waiting: Callable[[], None] = lambda: None) -> Sheets:
        from exports.workbook.reader_process import read_apart

        return read_apart([*_itself(), _CHILD], data, waiting=waiting)

    def read_template(self, sheets: Sheets, office: Office, open_report: Callable[[str, Period], Report]) -> Reading:
        from exports.workbook import reader

        return reader.read(sheets, office, open_report)

    def template(self, report: Report, programme: Programme, office: Office, due: date | None, to: str = "") -> bytes:
        from exports.workbook import template

        return template.write(report, programme, office, due, to)

    def is_workbook(self, name: str, data: bytes) -> bool:
        from exports.package import recognise

        return recognise.is_workbook(name, data)

    def template_stamp(self, sheets: Sheets) -> Mapping[str, str]:
        from exports.workbook import reader

        return reader.stamp(sheets)

    def read_files(self, paths: Iterable[Path]) -> Sequence[Incoming]:
        from storage import incoming

        return incoming.read_files(paths)

    def find_packages(self, paths: Iterable[Path], *, everything: bool = False) -> Brought:
        from exports.package.recognise import content_of
        from storage import incoming

        return incoming.find_packages(paths, content_of, everything=everything)

    def write_file(self, path: Path, data: bytes) -> Path:
        from storage import files

        return files.write_file(path, data)


class MainApplication(_Formats):
    """Implements forms.application.Program."""

    version = VERSION

    def __init__(self, home: Path | None = None, *, debug: bool = False) -> None:
        self._home, self.debug = home, debug

    @cached_property
    def catalogue(self) -> Catalogue:
        from forms.programmes.catalogue import load_all

        return load_all()

    @cached_property
    def units(self) -> OrgUnits:
        from forms.org_units.catalogue import OrgUnits

        return OrgUnits.load(resources.path("org_units/org_units.tsv"))

    @cached_property
    def codec(self) -> Codec:
        from exports.package.codec import PackageCodec

        return PackageCodec()

    @cached_property
    def house(self) -> LedgerStore:
        return _House(self.clock)

    @cached_property
    def home(self) -> Path:
        if self._home is not None:
            return self._home
        import platformdirs

        return Path(platformdirs.user_data_dir("so-binh-dang", appauthor=False)) / "so"

    def clock(self) -> datetime:
        return plausible(datetime.now().astimezone(), time.monotonic())

    def new_id(self) -> str:
        return secrets.token_hex(16)

    def draw(self, summary: Summary, marks: PrintStamp, past: PriorDisclosure | None = None) -> bytes:
        from exports import document_text

        return document_text.to_json(self._drawn(summary, marks, past))

    def printed(self, document: bytes, format: str, filled: IssueDetails, package: bytes = b"") -> bytes:
        from exports import document_text
        from exports.document import filled as with_details

        return self._written(with_details(document_text.from_json(document), filled), format, package)

    def document(self, summary: Summary, format: str, marks: PrintStamp) -> bytes:
        return self._written(self._drawn(summary, marks, None), format, marks.package)

    def sheet(self, summary: Summary, format: str, marks: PrintStamp) -> bytes:
        from exports import reports

        paper = reports.paper(summary, self.units, self.clock().date(), marks, None)
        return self._written(reports.form_sheet(summary, paper), format, marks.package)

    def reminders(self, programme: Programme, status: Status, format: str, *, merged: bool) -> Mapping[str, bytes]:
        from exports import reminder_letters, reports

        day = self.clock().date()
        paper = reports.paper_of(status.office, self.units, day)
        made = (reminder_letters.to_all if merged else reminder_letters.to_each)(programme, status, paper, day)
        return {whose: self._written(letter, format, b"") for whose, letter in made.items()}

    def fault_letters(self, office: Office, lines: Sequence[BatchLine], format: str) -> Mapping[str, bytes]:
        from exports import reminder_letters, reports

        day = self.clock().date()
        made = reminder_letters.about_faults(office, lines, reports.paper_of(office, self.units, day))
        return {whose: self._written(letter, format, b"") for whose, letter in made.items()}

    def layout_faults(self, data: bytes) -> Sequence[Deviation]:
        from exports import lint

        return lint.measure(data)

    def _drawn(self, summary: Summary, marks: PrintStamp, past: PriorDisclosure | None) -> Document:
        from exports import reports

        return reports.build(summary, reports.paper(summary, self.units, self.clock().date(), marks, past))

    def _written(self, made: Document, format: str, package: bytes) -> bytes:
        if format == "pdf":
            from exports import pdf, pdf_package

            drawn = pdf.write(made)
            return pdf_package.with_package(drawn, package) if package else drawn
        if format == "docx":
            from exports import docx

            return docx.write(made)
        if format == "xlsx":
            from exports import xlsx

            return xlsx.write(made)
        raise ExportError("FORMAT_UNKNOWN", "Chưa xuất được dạng này. Chọn pdf, docx hoặc xlsx.", format[:20])


class _House:
    """Implements forms.ports.LedgerHouse. The sign-in needs no more than the list of persons: the database comes after."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @cached_property
    def _whole(self) -> LedgerStore:
        from storage.ledger_store import SqlLedgerStore as LedgerFolder

        return LedgerFolder(self._clock, _upgrade)

    def create(self, folder: Path, office: Office, people: Sequence[NewPerson]) -> tuple[Ledger, str]:
        return self._whole.create(folder, office, people)

    def open(self, folder: Path, password: str, person: str | None = None) -> Ledger:
        return self._whole.open(folder, password, person)

    def recover(self, folder: Path, code: str, person: str, password: str) -> Ledger:
        return self._whole.recover(folder, code, person, password)

    def people(self, folder: Path) -> tuple[tuple[str, str, PersonRole], ...]:
        from storage.folders import people_of

        return people_of(folder)

    def restore(self, file: Path, folder: Path) -> None:
        self._whole.restore(file, folder)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 refused, 2 mistyped."""
    speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == [_CHILD]:
        from exports.workbook.foreign_workbook import main as read_workbook

        return read_workbook()
    try:
        options = parse(arguments)
    except AppError as problem:
        from ui.cli.output import Output

        Output(json="--json" in arguments).refuse(problem)
        return 2 if isinstance(problem, UsageProblem) else 1
    logging.basicConfig(level=logging.DEBUG if options.debug else logging.WARNING, stream=sys.stderr)
    program = MainApplication(options.data, debug=options.debug)
    return _window(program) if options.verb is None else _verb(program, options)


def _itself() -> list[str]:
    """How this program is started once more, frozen or from its source."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, str(Path(__file__).resolve())]


def _verb(program: MainApplication, options: CommandLine) -> int:
    from ui.cli.app import run

    return run(program, options, _show_once)


def _window(program: MainApplication) -> int:
    from ui.cli.last_words import ready
    from ui.desktop.app import run

    ready()
    return run(program, first_run, workbench, partial(get_ready, program), debug=program.debug)


def get_ready(program: AnyProgram) -> None:
    """Loads what an open ledger needs, on a thread beside the sign-in: it is there before the password has been typed."""
    with suppress(Exception):  # who opens the ledger is told what is wrong
        for name in _BEHIND_THE_DOOR:
            import_module(name)
        _ = program.codec, program.units


def first_run(program: AnyProgram, window: MainWindow, then: Callable[[], None]) -> WizardView:
    """The pages of the first run: loaded when there is no ledger yet."""
    from ui.desktop.wizard.view import WizardView

    return WizardView(program, window.ask, window.open_ledger, then)


def workbench(program: AnyProgram, ledger: Ledger, window: MainWindow) -> LedgerView:
    """The screens over an open ledger: loaded when somebody has signed in."""
    from forms.all_services import open_services
    from ui.desktop.ledger_view import LedgerView

    return LedgerView(open_services(program, ledger), program, window)


def _show_once(folder: Path, password: str) -> None:
    """For `selftest`: the window with a ledger open, drawn without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.desktop.app import application, open_window
    from ui.desktop.theme import check_style

    program = MainApplication(folder)
    app = application()
    check_style(app)
    window = open_window(program, first_run, workbench)
    window.open_ledger(program.house.open(folder, password))
    window.show()
    app.processEvents()
    if window.grab().isNull():
        raise ExportError("WINDOW_BLANK", "Cửa sổ mở ra nhưng không vẽ được gì. Cài lại phần mềm.")
    window.close()


def _upgrade(connection: dbapi2.Connection) -> None:
    from storage.migrations.upgrade import bring_up_to_date

    bring_up_to_date(connection)


if __name__ == "__main__":
    last_words.leave(main())
