"""Decides how a workbook comes into a report: for which report, from which file, what it would change, then one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from forms.day_column import RealDays
from forms.errors import AppError, Cancelled, InputRefused
from forms.program import Program
from forms.report import REPORT_STATE_TITLES, Report, ReportState
from forms.services.desk import Desk
from forms.services.intake import Filled
from forms.sheets import Sheets
from ui.desktop import calendar, choices
from ui.desktop.choices import Choice
from ui.desktop.figures import counted
from ui.desktop.frame import Frame, Job, Progress
from ui.desktop.place import Place
from ui.desktop.screens.importing.preview import Look, Preview, preview

_HAS_NEWS = attrgetter("has_news")
WORKBOOKS = "Bảng tính (*.xlsx *.ods *.xls)"


@dataclass(frozen=True)
class Source:
    """A file and the plain cells that were read out of it."""

    path: Path
    sheets: Sheets


class ImportFace(Protocol):
    def show_start(self, offered: Sequence[Choice], place: Place, words: str) -> None:
        """Where the report is chosen; `words` say how far it is."""

    def show_mapping(self, report: Report, source: Source, mapping: str) -> None:
        """The workbook is none of ours: how it is to be read has to be said first. `mapping`: what was said last."""

    def show_preview(self, title: str, shown: Preview) -> None: ...
    def leave(self, taken: Place | None) -> None:
        """All is done; `taken`: the report that was filled."""


class ImportPresenter:
    """`only_news`: nothing but the items of a list is taken."""

    def __init__(
        self, face: ImportFace, desk: Desk, program: Program, frame: Frame, *, only_news: bool = False
    ) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._only_news = only_news
        self._today = program.clock().date()
        self._offered = choices.own(desk, self._today, _HAS_NEWS if only_news else bool)
        self._place: Place
        self._source: Source | None = None
        self._mapping, self._convert, self._correct = "", False, False
        self._real_days = RealDays.ASK
        self._look: Look | None = None
        self._job: Job | None = None
        self._busy = self._gone = False

    @property
    def can_start(self) -> bool:
        """Something is asked of this office that a workbook could bring."""
        return bool(self._offered)

    def start(self, place: Place | None) -> None:
        found = choices.where(self._offered, place, self._today)
        if found is not None:
            self.choose(found)

    def choose(self, place: Place) -> None:
        self._place = Place(place.programme, place.period)
        self._source, self._look = None, None
        self._mapping, self._convert, self._correct = "", False, False
        self._face.show_start(self._offered, self._place, _standing(self._report, only_news=self._only_news))

    def back(self) -> None:
        """To the choice of report and file; nothing was written."""
        self.choose(self._place)

    def stop(self) -> None:
        """Nobody looks any more: what is under way ends without a word."""
        self._gone = True
        if self._job and self._busy:
            self._job.cancel()

    def save_template(self) -> None:
        """The fill-in workbook of the report, for somebody without the program."""
        file = self._frame.ask.save_file("Xuất mẫu Excel", self._template_name, "Bảng tính Excel (*.xlsx)")
        if file is None:
            return
        path = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")

        def write(_step: Progress) -> Path:
            report, desk = self._report, self._desk
            programme = desk.catalogue.programme(report.form.programme, report.form.programme_version)
            due = desk.summaries.due(programme.id, report.period)
            return self._program.write_file(path, self._program.template(report, programme, desk.office, due))

        self._run("Đang xuất mẫu Excel", write, self._saved)

    def choose_file(self) -> None:
        """Ask for a workbook and read it."""
        if self._may_fill() and (paths := self._frame.ask.open_files("Chọn bảng tính", WORKBOOKS)):
            self.read(paths[0])

    def read(self, path: Path) -> None:
        self._real_days = RealDays.ASK  # what was said of one file holds for no other

        def work(step: Progress) -> tuple[Source, Look | None]:
            source = Source(path, self._sheets(path, step))
            return source, self._look_at(source)

        self._run(f"Đang đọc {path.name}", work, lambda found: self._show(*found))

    def read_again(self) -> None:
        """The same file, after it was put right."""
        if self._source:
            self.read(self._source.path)

    def read_as(self, mapping: str) -> None:
        """The workbook by this saved way to read it."""
        self._mapping = mapping
        self._look_again()

    def map_again(self) -> None:
        """Say anew how the workbook is read."""
        if self._source:
            self._show(self._source, None)

    def agree(self, convert: bool) -> None:
        """Whether the old text is taken as it was shown converted."""
        self._convert = convert
        self._look_again()

    def read_days(self, how: RealDays) -> None:
        """How the real dates of a column with two readings are to be read."""
        self._real_days = how
        self._look_again()

    def take(self) -> None:
        """What was looked at, into the draft: all of it in one act."""
        if self._look is None or not self._look.can_take:
            return
        look, correct = self._look, self._correct
        self._run(
            "Đang nhập vào sổ",
            lambda _step: self._desk.workbooks.take(look.given, correct=correct),
            lambda report: self._taken(report, look),
        )

    @property
    def _report(self) -> Report:
        return self._desk.entry.open(self._place.programme, self._place.period)

    @property
    def _template_name(self) -> str:
        place = self._place
        return f"{self._desk.office.unit.code}_{place.period.label.replace('..', '-')}_{place.programme}_phieu.xlsx"

    def _may_fill(self) -> bool:
        """A sealed report is filled as its correction, once that is agreed to."""
        report = self._report
        if report.state is ReportState.DRAFT:
            return True
        if report.state is ReportState.CHECKED:
            try:
                report.must_be_draft()
            except AppError as error:
                self._frame.ask.refused(error)
            return False
        self._correct = self._frame.ask.confirm(
            f"Nhập thành bản thay thế {report.period.words}?",
            f"Báo cáo đã niêm phong, lần gửi {report.revision}, vẫn giữ nguyên. Số liệu trong tệp vào bản thay thế, lần gửi "
            f"{report.revision + 1}; xem trước rồi mới ghi.",
            "Chọn tệp",
        )
        return self._correct

    def _sheets(self, path: Path, step: Progress) -> Sheets:
        (file,) = self._program.read_files([path])
        if file.problem:
            raise file.problem
        return self._program.read_workbook(file.data, lambda: step(0, 0))

    def _look_at(self, source: Source) -> Look | None:
        """What it says; None where it has to be said first how it is read."""
        books, convert = self._desk.workbooks, self._convert
        if self._mapping:
            given = books.read_mapped(
                source.sheets,
                self._mapping,
                self._place.period,
                convert=convert,
                only_news=self._only_news,
                real_days=self._real_days,
            )
        elif self._only_news:
            return None
        else:
            try:
                given = books.read(source.sheets, convert=convert)
            except InputRefused as refusal:
                if refusal.code == "WORKBOOK_FOREIGN":
                    return None
                raise
            self._must_be_for_here(given.reading.filled)
        changes, given = books.preview(given, correct=self._correct)
        counts = self._report.form.count_of_cell
        return Look(given, changes, {name: counts[name].label(name) for name in given.reading.places if name in counts})

    def _must_be_for_here(self, filled: Filled) -> None:
        if (filled.programme, filled.period) != (self._place.programme, self._place.period):
            called = self._desk.catalogue.programme(filled.programme).short_title
            raise InputRefused(
                "WORKBOOK_PERIOD",
                f"Phiếu điền này là của {filled.period.words}, chương trình “{called}”, không phải báo cáo đang chọn "
                f"({self._place.period.words}). Chọn đúng báo cáo rồi chọn lại tệp.",
                filled.period.label,
            )

    def _look_again(self) -> None:
        source = self._source
        if source:
            self._run(
                f"Đang đọc {source.path.name}", lambda _: self._look_at(source), lambda look: self._show(source, look)
            )

    def _show(self, source: Source, look: Look | None) -> None:
        self._source, self._look = source, look
        if look is None:
            self._face.show_mapping(self._report, source, self._mapping)
        else:
            self._face.show_preview(
                f"{source.path.name} → {_called(self._report)}",
                preview(look, is_mapped=bool(self._mapping), days=self._real_days),
            )

    def _saved(self, file: Path) -> None:
        self._frame.toast(f"Đã xuất {file.name} vào {file.parent}. Gửi cho nơi điền; điền xong thì nhập lại tệp ấy.")

    def _taken(self, report: Report, look: Look) -> None:
        parts = [f"{counted(len(look.told))} chỗ"] * bool(look.told)
        parts += [f"{counted(len(look.items))} tin, bài"] * bool(look.items)
        self._frame.toast(f"Đã nhập {' và '.join(parts)} vào báo cáo {report.period.words}.")
        self._face.leave(self._place)

    def _run(self, title: str, act: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        """Long work, one at a time; a refusal is said and one may go on from where one was."""
        if self._busy:
            return
        self._busy = True

        def work(step: Progress) -> Any:
            try:
                return act(step)
            except AppError as error:
                return error

        self._job = self._frame.work(title, work, lambda result: self._ended(result, done))

    def _ended(self, result: Any, done: Callable[[Any], None]) -> None:
        self._busy = False
        if self._gone:
            return
        if isinstance(result, Cancelled):
            self._frame.toast(result.message)
        elif isinstance(result, AppError):
            self._frame.ask.refused(result)
        else:
            done(result)


def _called(report: Report) -> str:
    return f"biểu {report.form.number}, {report.period.words}"


def _standing(report: Report, *, only_news: bool) -> str:
    """How far the report is that a file would fill."""
    words = f"{calendar.capitalised(report.period.words)}: {REPORT_STATE_TITLES[report.state].lower()}"
    if only_news:
        return f"{words}, sổ đã có {counted(len(report.news))} tin, bài."
    filled = sum(name in report.cells for name in report.expected_cells)
    return f"{words}, đã có {counted(filled)}/{counted(len(report.expected_cells))} ô."
