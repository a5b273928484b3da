"""Files of other makes taken into a report, and the named maps by which an office's own workbooks are read.

A file is read once; what it says is read anew with every answer that a person gives, looked at, and only then taken.

source = desk.workbooks.open(data, name)              a workbook's plain cells (read apart, bounded), or a JSON report
given = desk.workbooks.read(source, answers)          what it says, what is wrong, what is old text
look = desk.workbooks.look(given)                     what would change, place by place; nothing is written
report = desk.workbooks.take(given)                   all or nothing
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from forms.errors import InputRefused
from forms.exchange.report_diff import Difference, DifferenceKind, differences
from forms.model.news_item import day_doubt
from forms.model.office import Office
from forms.model.period import Period
from forms.model.report import ImportedReport, Report
from forms.model.text import clean, quoted
from forms.ports import BeginWork, Clock, Formats, Work
from forms.programmes.catalogue import Catalogue
from forms.services.due_dates import due
from forms.services.entry import Entry
from forms.workbooks import foreign_workbook, legacy_text
from forms.workbooks.cell_parsing import RealDays
from forms.workbooks.import_result import Reading, Remark
from forms.workbooks.legacy_text import ENCODING_TITLES, Conversion
from forms.workbooks.sheet_map import SheetMap, read, written
from forms.workbooks.sheets import Sheets

_PREFIX = "mapping:"  # a setting for each
MAX_NAME = 60
_WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")  # a ZIP, an old Excel
_WORKBOOK_NAMES = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")


class Mappings:
    """Of an open ledger."""

    def __init__(self, begin: BeginWork) -> None:
        self._begin = begin

    def names(self) -> tuple[str, ...]:
        with self._begin() as work:
            return tuple(sorted(work.office.settings(_PREFIX)))

    def get(self, name: str) -> SheetMap:
        """Raises InputRefused MAPPING_UNKNOWN."""
        with self._begin() as work:
            text = work.office.setting(_PREFIX + name)
        if text is None:
            known = ", ".join(self.names()) or "chưa có bảng nào"
            raise InputRefused(
                "MAPPING_UNKNOWN", f"Sổ không có bảng đối chiếu {quoted(name)}. Các bảng: {known}.", name[:60]
            )
        return read(text)

    def save(self, name: str, mapped: SheetMap) -> str:
        """Under this name, whatever it held before; answers the name as kept. Raises InputRefused NAME_MISSING, TEXT_…"""
        kept = clean(name, limit=MAX_NAME, where="name")
        if not kept:
            raise InputRefused("NAME_MISSING", "Chưa đặt tên cho bảng đối chiếu. Gõ tên rồi cất lại.", "name")
        with self._begin() as work:
            work.office.set(_PREFIX + kept, written(mapped))
            work.journal.append("mapping", {"name": kept, "form": mapped.form, "cells": len(mapped.cells)})
        return kept

    def drop(self, name: str) -> None:
        """Raises InputRefused MAPPING_UNKNOWN."""
        self.get(name)
        with self._begin() as work:
            work.office.set(_PREFIX + name, None)
            work.journal.append("mapping", {"name": name, "form": "", "cells": 0})


class _Undone(Exception):
    """Ends a trial."""


@dataclass(frozen=True)
class ImportAnswers:
    """What a person said of a file. `mapping`: the saved map by which it is read, empty for our own fill-in workbook, with
    the `period` that such a file does not tell. `convert`: old text is converted as proposed. `real_days`: how days with two
    readings are read, in this file alone: the next one may come from another PC. `only_news`: of a list nothing but its
    items is taken. `correct`: a sealed report is filled as its correction."""

    mapping: str = ""
    period: Period | None = None
    convert: bool = False
    real_days: RealDays = RealDays.ASK
    only_news: bool = False
    correct: bool = False


@dataclass(frozen=True)
class Given:
    """What a file says, and the old text in it; `agreed`: the text was converted as shown."""

    reading: Reading
    conversions: tuple[Conversion, ...] = ()
    agreed: bool = True
    correct: bool = False

    @property
    def waiting(self) -> tuple[Conversion, ...]:
        """The conversions that somebody has to agree to first."""
        return () if self.agreed else tuple(one for one in self.conversions if not one.doubtful)


@dataclass(frozen=True)
class ImportLook:
    """What taking a file would change; `given` has what would be refused then among its problems. `items` are changes of the
    news ledger, `counted` figures that nobody typed but that follow from them, `told` what the file says beside its items.
    `labels` of the form's cells that are filled, by the cell's name."""

    given: Given
    changes: tuple[Difference, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.changes if one.kind is DifferenceKind.NEWS)

    @property
    def counted(self) -> tuple[Difference, ...]:
        places, cells = self.given.reading.places, (one for one in self.changes if one.kind is DifferenceKind.CELL)
        return tuple(one for one in cells if one.where not in places) if self.items else ()

    @property
    def told(self) -> tuple[Difference, ...]:
        others = {*self.items, *self.counted}
        return tuple(one for one in self.changes if one not in others)

    @property
    def can_take(self) -> bool:
        return bool(self.changes) and not self.given.reading.problems and not self.given.waiting


_NO_ANSWERS = ImportAnswers()


class Workbooks:
    """Over an open ledger."""

    def __init__(
        self, begin: BeginWork, catalogue: Catalogue, mappings: Mappings, office: Office, formats: Formats, clock: Clock
    ) -> None:
        self._begin, self._catalogue, self._mappings, self._office = begin, catalogue, mappings, office
        self._formats, self._clock = formats, clock
        self._entry = Entry(begin, catalogue, clock)
        self._trial = Entry(self._undone, catalogue, clock)

    def open(
        self, data: bytes, name: str, *, mapped: bool = False, waiting: Callable[[], None] = lambda: None
    ) -> Sheets | ImportedReport:
        """A workbook, by what it begins with or is called, or where it is `mapped`; else JSON. Raises InputRefused
        WORKBOOK_…, JSON_…"""
        is_workbook = data.startswith(_WORKBOOK_STARTS) or name.lower().endswith(_WORKBOOK_NAMES) or mapped
        return self._formats.read_workbook(data, waiting) if is_workbook else self._formats.read_import(data)

    def read(
        self,
        source: Sheets | ImportedReport,
        answers: ImportAnswers = _NO_ANSWERS,
        wanted: tuple[str, Period] | None = None,
    ) -> Given:
        """What it says, with a note of every item of a day to come: the check will ask for its reason. `wanted`: the
        programme and period that it must be for. Raises InputRefused WORKBOOK_FOREIGN where it is no workbook of ours and no
        map was named, WORKBOOK_PERIOD, MAPPING_UNKNOWN …"""
        if isinstance(source, ImportedReport):
            return self._doubted(Given(Reading(source), correct=answers.correct))
        conversions = legacy_text.proposed(source)
        text = legacy_text.taken(source, conversions) if answers.convert else source
        if answers.mapping:
            mapped = self._mappings.get(answers.mapping)
            assert answers.period is not None
            report = self._entry.open(mapped.programme, answers.period)
            reading = foreign_workbook.apply(
                mapped, text, report, only_news=answers.only_news, real_days=answers.real_days
            )
        else:
            reading = self._formats.read_template(text, self._office, self._entry.open)
            if wanted:
                self._must_be_for(reading.filled, *wanted)
        return self._doubted(Given(reading, conversions, answers.convert, answers.correct))

    def look(self, given: Given) -> ImportLook:
        """What taking it would change; what would be refused then stands among its problems."""
        reading = given.reading
        try:
            before = self._entry.open(reading.filled.programme, reading.filled.period)
            after = self._trial.take(reading.filled, correct=given.correct)
        except InputRefused as error:
            found = _located(error, reading)
            problems = (*reading.problems, Remark(found.code, found.where, found.message))
            return ImportLook(replace(given, reading=replace(reading, problems=problems)), ())
        counts = before.form.count_of_cell
        labels = {name: counts[name].label(name) for name in reading.places if name in counts}
        return ImportLook(given, differences(before, after), labels)

    def take(self, given: Given) -> Report:
        """Into the draft, all or nothing. Raises InputRefused WORKBOOK_PROBLEMS, LEGACY_TEXT and as Entry.take does."""
        problems, waiting = given.reading.problems, given.waiting
        if problems:
            raise InputRefused(
                "WORKBOOK_PROBLEMS",
                f"Tệp có {len(problems)} chỗ chưa nhập được nên chưa nhập gì. Sửa các chỗ đó rồi nhập lại.",
                problems[0].where,
            )
        if waiting:
            raise InputRefused(
                "LEGACY_TEXT",
                f"Tệp có {len(waiting)} ô chữ {ENCODING_TITLES[waiting[0].encoding]} nên chưa nhập gì. Xem trước kết quả chuyển "
                "sang Unicode; đúng thì đồng ý chuyển (--convert) rồi nhập lại.",
                waiting[0].where,
            )
        try:
            return self._entry.take(given.reading.filled, correct=given.correct)
        except InputRefused as error:
            raise _located(error, given.reading) from error

    def template(self, programme: str, period: Period) -> tuple[Report, bytes]:
        """The fill-in workbook of the report, with what its draft holds, for somebody without the program."""
        report = self._entry.open(programme, period)
        pack = self._catalogue.programme(programme, report.form.programme_version)
        with self._begin() as work:
            last = due(work, pack, period, report.role, self._office.unit)
        return report, self._formats.template(report, pack, self._office, last)

    def _doubted(self, given: Given) -> Given:
        reading, today = given.reading, self._clock().date()
        notes = tuple(
            Remark("NEWS_FUTURE", reading.places.get(item.id, ""), f"Tin {quoted(item.title)}: {words}")
            for item in reading.filled.news
            if (words := day_doubt(item.date, today))
        )
        return replace(given, reading=replace(reading, notes=(*reading.notes, *notes)))

    def _must_be_for(self, filled: ImportedReport, programme: str, period: Period) -> None:
        if (filled.programme, filled.period) != (programme, period):
            called = self._catalogue.programme(filled.programme).short_title
            raise InputRefused(
                "WORKBOOK_PERIOD",
                f"Phiếu điền này là của {filled.period.words}, chương trình “{called}”, không phải báo cáo đang chọn "
                f"({period.words}). Chọn đúng báo cáo rồi chọn lại tệp.",
                filled.period.label,
            )

    @contextmanager
    def _undone(self) -> Iterator[Work]:
        """A transaction that is always rolled back: what is done in it shows what would be done."""
        with suppress(_Undone), self._begin() as work:
            yield work
            raise _Undone


def _located(error: InputRefused, reading: Reading) -> InputRefused:
    """A refusal of a cell of the form is told with its place in the workbook."""
    return InputRefused(error.code, error.message, reading.places.get(error.where, error.where))
