"""Workbooks before the window: a program that writes and reads them in this process, and a person with Excel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from exports.workbook import reader, template
from exports.workbook.foreign_workbook import read as plainly
from exports.workbook.template_keys import defined_name
from tests.ui.desktop.parts import FakeFrame, desk_of
from tests.ui.desktop.sticks import ChoosingAsk, StickProgram
from ui.desktop.importing.presenter import Imported, ImportPresenter, ImportPreview, ImportStart, MapWanted, SourceFile
from ui.desktop.shell import Location

FORM = Path("/stick/phieu.xlsx")


@dataclass
class ExcelProgram(StickProgram):
    """On a day on which the fourth quarter of 2025 is reported; `reads` counts the files that were read."""

    now: datetime = datetime(2025, 12, 30, 9, 5)
    reads: int = 0

    def read_workbook(self, data: bytes, waiting=lambda: None):
        self.reads += 1
        waiting()
        return plainly(data)

    def read_template(self, sheets, office, open_report):
        return reader.read(sheets, office, open_report)

    def template(self, report, programme, office, due: date | None) -> bytes:
        return template.write(report, programme, office, due)


def filled(data: bytes, values: dict[str, Any], change=None) -> bytes:
    """The fill-in workbook with these values in its named cells, saved."""
    book = openpyxl.load_workbook(BytesIO(data))
    for name, value in values.items():
        sheet, where = next(iter(book.defined_names[defined_name(name)].destinations))
        book[sheet][where.replace("$", "")] = value
    if change:
        change(book)
    return _saved(book)


def table(*lines: tuple, title: str = "Biểu 1") -> bytes:
    """Somebody's own workbook."""
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@dataclass
class Face:
    """Remembers what was shown last."""

    words: str = ""
    place: Location | None = None
    offered: tuple = ()
    source: SourceFile | None = None
    mapping: str = ""
    report: Any = None
    title: str = ""
    shown: ImportPreview | None = None
    left: list = field(default_factory=list)

    def show(self, page) -> None:
        match page:
            case ImportStart():
                self.offered, self.place, self.words, self.shown = page.offered, page.place, page.words, None
            case MapWanted():
                self.report, self.source, self.mapping = page.report, page.source, page.mapping
            case ImportPreview():
                self.title, self.shown = page.title, page
            case Imported():
                self.left.append(page.place)

    def lines(self) -> list[list[str]]:
        """What the list says, row by row; a heading is one word."""
        assert self.shown
        return [[item.text for item in row.items] for row in self.shown.rows]


class Office:
    """A commune's ledger, its window's face, and the file on the stick."""

    def __init__(self, *, only_news: bool = False, programme: str = "") -> None:
        self.program, self.face, self.ask = ExcelProgram(), Face(), ChoosingAsk()
        self.frame = FakeFrame(self.ask)
        self.desk = desk_of(self.program)
        self.screen = ImportPresenter(self.face.show, self.desk, self.program, self.frame, only_news=only_news)

    def template(self, place: Location) -> bytes:
        self.screen.start(place)
        self.screen.save_template()
        return next(reversed(self.program.written.values()))

    def bring(self, data: bytes, file: Path = FORM) -> None:
        """The file is chosen."""
        self.program.stick[file] = data
        self.ask.files = [file]
        self.screen.choose_file()
