"""Files of other makes taken into a report, and the named maps by which an office's own workbooks are read.

What a workbook's plain cells become: a reading that is looked at, agreed to, and only then taken into the draft.

sheets = program.read_workbook(data)                  apart, bounded
given = desk.workbooks.read(sheets)                   what it says, what is wrong, what is old text
changes, given = desk.workbooks.preview(given)        cell by cell, nothing written
report = desk.workbooks.take(given)                   all or nothing

The saved ways to read the province's own workbooks, by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from forms.errors import InputRefused
from forms.exchange.report_diff import Difference, differences
from forms.model.news_item import day_doubt
from forms.model.office import Office
from forms.model.period import Period
from forms.model.report import Report
from forms.model.text import clean, quoted
from forms.ports import BeginWork, Clock, Formats, Work
from forms.programmes.catalogue import Catalogue
from forms.services.entry import Entry
from forms.workbooks import foreign_workbook, legacy_text
from forms.workbooks.day_column import RealDays
from forms.workbooks.import_result import Reading, Remark
from forms.workbooks.legacy_text import ENCODING_TITLES, Conversion
from forms.workbooks.sheet_map import SheetMap, read, written
from forms.workbooks.sheets import Sheets

_PREFIX = "mapping:"  # a setting for each
MAX_NAME = 60


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
class Given:
    """What a file says, and the old text in it; `agreed`: the text was converted as shown."""

    reading: Reading
    conversions: tuple[Conversion, ...] = ()
    agreed: bool = True

    @property
    def waiting(self) -> tuple[Conversion, ...]:
        """The conversions that somebody has to agree to first."""
        return () if self.agreed else tuple(one for one in self.conversions if not one.doubtful)


class Workbooks:
    """Over an open ledger."""

    def __init__(
        self, begin: BeginWork, catalogue: Catalogue, mappings: Mappings, office: Office, formats: Formats, clock: Clock
    ) -> None:
        self._begin, self._mappings, self._office = begin, mappings, office
        self._formats, self._clock = formats, clock
        self._entry = Entry(begin, catalogue, clock)
        self._trial = Entry(self._undone, catalogue, clock)

    def read(self, sheets: Sheets, *, convert: bool = False) -> Given:
        """Our own fill-in workbook. Raises InputRefused WORKBOOK_FOREIGN, WORKBOOK_UNIT …"""
        conversions, text = self._text(sheets, convert)
        return self.doubted(
            Given(self._formats.read_template(text, self._office, self._entry.open), conversions, convert)
        )

    def read_mapped(
        self,
        sheets: Sheets,
        name: str,
        period: Period,
        *,
        convert: bool = False,
        only_news: bool = False,
        real_days: RealDays = RealDays.ASK,
    ) -> Given:
        """Somebody's own workbook, by a saved map. `real_days` is said for this file alone: the next one may come from
        another PC. Raises InputRefused MAPPING_…"""
        mapped = self._mappings.get(name)
        conversions, text = self._text(sheets, convert)
        report = self._entry.open(mapped.programme, period)
        reading = foreign_workbook.apply(mapped, text, report, only_news=only_news, real_days=real_days)
        return self.doubted(Given(reading, conversions, convert))

    def doubted(self, given: Given) -> Given:
        """With a note of every item of a day to come: the check will ask for its reason."""
        reading, today = given.reading, self._clock().date()
        notes = tuple(
            Remark("NEWS_FUTURE", reading.places.get(item.id, ""), f"Tin {quoted(item.title)}: {words}")
            for item in reading.filled.news
            if (words := day_doubt(item.date, today))
        )
        return replace(given, reading=replace(reading, notes=(*reading.notes, *notes))) if notes else given

    def preview(self, given: Given, *, correct: bool = False) -> tuple[tuple[Difference, ...], Given]:
        """What taking it would change; what would be refused then stands among its problems."""
        reading = given.reading
        try:
            before = self._entry.open(reading.filled.programme, reading.filled.period)
            after = self._trial.take(reading.filled, correct=correct)
        except InputRefused as error:
            found = _located(error, reading)
            problems = (*reading.problems, Remark(found.code, found.where, found.message))
            return (), replace(given, reading=replace(reading, problems=problems))
        return differences(before, after), given

    def take(self, given: Given, *, correct: bool = False) -> Report:
        """Into the draft, all or nothing. Raises InputRefused WORKBOOK_PROBLEMS, LEGACY_TEXT and as Entry.take does."""
        _must_be_sound(given)
        try:
            return self._entry.take(given.reading.filled, correct=correct)
        except InputRefused as error:
            raise _located(error, given.reading) from error

    @contextmanager
    def _undone(self) -> Iterator[Work]:
        """A transaction that is always rolled back: what is done in it shows what would be done."""
        with suppress(_Undone), self._begin() as work:
            yield work
            raise _Undone

    @staticmethod
    def _text(sheets: Sheets, convert: bool) -> tuple[tuple[Conversion, ...], Sheets]:
        conversions = legacy_text.proposed(sheets)
        return conversions, legacy_text.taken(sheets, conversions) if convert else sheets


def _must_be_sound(given: Given) -> None:
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
            f"Tệp có {len(waiting)} ô chữ {ENCODING_TITLES[waiting[0].encoding]} nên chưa nhập gì. Xem trước kết quả chuyển sang "
            "Unicode; đúng thì đồng ý chuyển (--convert) rồi nhập lại.",
            waiting[0].where,
        )


def _located(error: InputRefused, reading: Reading) -> InputRefused:
    """A refusal of a cell of the form is told with its place in the workbook."""
    return InputRefused(error.code, error.message, reading.places.get(error.where, error.where))
