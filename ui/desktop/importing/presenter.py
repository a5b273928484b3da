"""Taking a file into a report: reading it, what would change, the map that is kept.

Decides how a workbook comes into a report: for which report, from which file, what it would change, then one act.

What a workbook would change, in rows: what is wrong in it first, then every change, old text and what else is said.

The saved ways to read workbooks, as far as they suit one report: chosen, kept under a name, dropped.

Drop-down lists whose options come out of a workbook: as wide as there is room, filled anew at every turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, Cancelled, InputRefused
from forms.exchange.report_diff import KIND_TITLES, Difference, DifferenceKind
from forms.model.imported_report import ImportedReport
from forms.model.report import REPORT_STATE_TITLES, Report, ReportState
from forms.model.text import quoted
from forms.services import reports_on_offer
from forms.services.reports_on_offer import ReportOnOffer
from forms.services.workbooks import MAX_NAME, Given
from forms.workbooks.day_column import RealDays
from forms.workbooks.import_result import Remark
from forms.workbooks.legacy_text import ENCODING_TITLES, Conversion
from forms.workbooks.sheet_map import SheetMap
from forms.workbooks.sheets import Sheets
from ui.desktop.number_wording import counted
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.shell import Job, Location, Progress, Shell
from ui.desktop.widgets.fields import ChoiceField

NEW = ""  # no saved one: proposed anew from the workbook's own titles


class Keeping:
    """`suits`: which of the form's saved ways are of use here."""

    def __init__(self, desk: Services, frame: Shell, report: Report, suits: Callable[[SheetMap], bool]) -> None:
        self._mappings, self._frame = desk.mappings, frame
        self._form, self._suits = (report.form.programme, report.form.id), suits

    def names(self) -> tuple[str, ...]:
        return tuple(name for name in self._mappings.names() if self._fits(name))

    def get(self, name: str) -> SheetMap:
        """Raises InputRefused MAPPING_UNKNOWN."""
        return self._mappings.get(name)

    def keep(self, name: str, mapped: SheetMap, chosen: str) -> str:
        """Under this name; answers it as kept, empty where somebody would rather not write over another one. Raises
        InputRefused NAME_MISSING, TEXT_…"""
        wanted = name.strip()
        if wanted == chosen and chosen and self.get(chosen) == mapped:
            return chosen
        if wanted != chosen and wanted in self._mappings.names() and not self._may_replace(wanted):
            return ""
        return self._mappings.save(wanted, mapped)

    def drop(self, name: str) -> bool:
        """Once confirmed."""
        if not self._frame.ask.confirm(
            f"Bỏ bảng đối chiếu {quoted(name)}?", "Số liệu đã nhập bằng bảng này vẫn còn trong sổ.", "Bỏ bảng này"
        ):
            return False
        self._mappings.drop(name)
        return True

    def _may_replace(self, name: str) -> bool:
        return self._frame.ask.confirm(
            f"Thay bảng đối chiếu {quoted(name)}?", "Sổ đã có một bảng mang tên này; bảng cũ sẽ mất.", "Thay bảng cũ"
        )

    def _fits(self, name: str) -> bool:
        try:
            mapped = self.get(name)
        except AppError:  # one that this program cannot read: it stays, for the program that wrote it
            return False
        return (mapped.programme, mapped.form) == self._form and self._suits(mapped)


def proposed_name(stem: str) -> str:
    """What a new one is called until somebody says better: as the file."""
    return " ".join(stem.split())[:MAX_NAME]


def wide_choice(name: str, options: tuple[tuple[str, object], ...] = ()) -> ChoiceField:
    """One whose words may be longer than its room."""
    made = ChoiceField(name, options)
    made.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def refill(field: ChoiceField, options: Sequence[tuple[str, object]], chosen: object) -> None:
    """Other options; nothing is told of what is chosen then."""
    field.clear()
    for words, value in options:
        field.addItem(words, value)
    if options:
        field.choose(chosen)


COLUMNS = (
    ListColumnHead("Trong bảng tính", 160),
    ListColumnHead("Nội dung"),
    ListColumnHead("Đang có", 170),
    ListColumnHead("Sẽ thành", 270),
)
MOST = 300  # rows of a group that anybody would read
_NOTHING = ListItem("trống", "muted")


@dataclass(frozen=True)
class WorkbookLook:
    """A workbook that was read, and what taking it would change. `labels` of the form's cells, by the cell's name."""

    given: Given
    changes: tuple[Difference, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Difference, ...]:
        """Of the changes those of the news ledger."""
        return tuple(one for one in self.changes if one.kind is DifferenceKind.NEWS)

    @property
    def counted(self) -> tuple[Difference, ...]:
        """Figures that nobody typed: they follow from the items."""
        places = self.given.reading.places
        follows = bool(self.items)
        return tuple(
            one for one in self.changes if follows and one.kind is DifferenceKind.CELL and one.where not in places
        )

    @property
    def told(self) -> tuple[Difference, ...]:
        """What the file itself says, beside its items."""
        others = {*self.items, *self.counted}
        return tuple(one for one in self.changes if one not in others)

    @property
    def can_take(self) -> bool:
        return bool(self.changes) and not self.given.reading.problems and not self.given.waiting


@dataclass(frozen=True)
class ImportPreview:
    """`is_mapped`: somebody said how the workbook is read. `offer`: what is asked about old text, empty where there is none.
    `days`: how the days of a column with two readings are read; None where no column has two. `problems`: for the
    clipboard, a line for each."""

    words: str
    advice: str
    rows: tuple[ListRow, ...]
    can_take: bool
    is_mapped: bool = False
    offer: str = ""
    agreed: bool = False
    days: RealDays | None = None
    problems: str = ""


def preview(look: WorkbookLook, *, is_mapped: bool = False, days: RealDays = RealDays.ASK) -> ImportPreview:
    reading, conversions = look.given.reading, look.given.conversions
    titles = {where: look.labels[name] for name, where in reading.places.items() if name in look.labels}
    old_text = [_conversion(n, one, agreed=look.given.agreed) for n, one in enumerate(conversions)]
    groups = [
        ("Chưa nhập được", [_problem(n, one, titles.get(one.where, "")) for n, one in enumerate(reading.problems)]),
        ("Sẽ thay đổi", _changes(look, look.told)),
        ("Tin, bài", _changes(look, look.items)),
        ("Số đếm theo danh mục tin, bài", _changes(look, look.counted)),
        ("Lưu ý", [_note(n, one) for n, one in enumerate(reading.notes)]),
    ]
    groups.insert(0 if look.given.waiting else 4, ("Chữ kiểu cũ", old_text))  # what is asked about stands first
    rows = tuple(line for title, found in groups for line in _group(title, found))
    return ImportPreview(
        _words(look),
        _advice(look, is_mapped=is_mapped),
        rows,
        look.can_take,
        is_mapped,
        _offer(conversions),
        look.given.agreed,
        days if reading.asks_days else None,
        "\n".join(_told(one, titles.get(one.where, "")) for one in reading.problems),
    )


def _words(look: WorkbookLook) -> str:
    problems, items = len(look.given.reading.problems), look.items
    parts = [f"{counted(len(look.told))} chỗ"] * bool(look.told) + [f"{counted(len(items))} tin, bài"] * bool(items)
    verb = "sẽ vào sổ" if items and not look.told and not any(one.old for one in items) else "sẽ thay đổi"
    said = f"{' và '.join(parts)} {verb}" if look.changes else "Không có gì khác với sổ"
    if not problems:
        return said
    wrong = f"{counted(problems)} chỗ chưa nhập được"
    return f"{wrong} · {said}" if look.changes else wrong


def _advice(look: WorkbookLook, *, is_mapped: bool) -> str:
    if look.given.waiting:
        return "Chưa ghi gì. Trong tệp có chữ kiểu cũ: xem kết quả chuyển, đúng thì đánh dấu ô đồng ý ở dưới."
    if any(one.code == "DATE_MIXED" for one in look.given.reading.problems) and is_mapped:
        return (
            "Chưa ghi gì. Cột ngày hiểu được hai cách: xem cả hai, chọn cách đọc ở dưới, hoặc gõ lại cột trong Excel."
        )
    if look.given.reading.problems:
        otherwise = ", hoặc sửa bảng đối chiếu" if is_mapped else ""
        return (
            f"Chưa ghi gì. Sửa các chỗ này trong Excel, cất tệp, rồi bấm “Đọc lại tệp”{otherwise}. "
            "Một chỗ sai thì cả tệp chưa nhập."
        )
    if not look.changes:
        return "Mọi thứ trong tệp đã có trong sổ."
    gone = sum(not one.new for one in look.changes)
    lost = f" Chú ý: {counted(gone)} chỗ đang có sẽ bị xóa, vì trong tệp không còn." if gone else ""
    return f"Chưa ghi gì. Xem từng chỗ; đúng thì nhập, tất cả vào sổ trong một lần.{lost}"


def _offer(conversions: Sequence[Conversion]) -> str:
    sure = [one for one in conversions if not one.doubtful]
    return f"Chuyển {counted(len(sure))} ô chữ {ENCODING_TITLES[sure[0].encoding]} sang Unicode" if sure else ""


def _group(title: str, found: Sequence[ListRow]) -> Iterator[ListRow]:
    if found:
        yield heading(f"{title} ({counted(len(found))})")
        yield from found[:MOST]
    if len(found) > MOST:
        yield row(f"{title}…", "", ListItem(f"… và {counted(len(found) - MOST)} chỗ nữa", "muted"))


def _problem(number: int, one: Remark, title: str) -> ListRow:
    """`title` of the form's cell that is filled there, if it is one."""
    words = f"{title}\n{one.message}" if title and title not in one.message else one.message
    return row(f"problem:{number}", ListItem(one.where or "cả tệp", "error", "error"), words, note=_told(one, title))


def _told(one: Remark, title: str) -> str:
    """For somebody who has not the window before him."""
    called = f" ({title})" if title and title not in one.message else ""
    return f"{one.where or 'Cả tệp'}{called}: {one.message}"


def _changes(look: WorkbookLook, changes: Sequence[Difference]) -> list[ListRow]:
    places = look.given.reading.places
    return [_change(one, places.get(one.where, "")) for one in changes]


def _change(one: Difference, where: str) -> ListRow:
    title = (
        one.title if one.kind in (DifferenceKind.CELL, DifferenceKind.NEWS) else f"{KIND_TITLES[one.kind]}: {one.title}"
    )
    new = ListItem(short(one.new), "accent") if one.new else ListItem("xóa", "warning", "warning")
    old = ListItem(short(one.old)) if one.old else _NOTHING
    told = f"{title}\n{one.old or 'trống'} → {one.new or 'trống'}"
    return row(f"{one.kind}:{one.where}", ListItem(where, "muted"), short(title), old, new, note=told)


def _conversion(number: int, one: Conversion, *, agreed: bool) -> ListRow:
    said = "đọc được hai cách: giữ nguyên" if one.doubtful else ENCODING_TITLES[one.encoding]
    tone = "muted" if one.doubtful else "good" if agreed else "warning"
    told = f"{one.before} → {one.after}"
    after = ListItem("giữ nguyên", "muted") if one.doubtful else ListItem(short(one.after), tone)
    return row(f"text:{number}", ListItem(one.where, "muted"), said, short(one.before), after, note=told)


def _note(number: int, one: Remark) -> ListRow:
    return row(f"note:{number}", ListItem(one.where, "muted", "hint"), one.message, note=one.message)


def short(text: str, most: int = 72) -> str:
    """In one look; the whole stands below the list."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


_HAS_NEWS = attrgetter("has_news")
WORKBOOKS = "Bảng tính (*.xlsx *.ods *.xls)"


@dataclass(frozen=True)
class SourceFile:
    """A file and the plain cells that were read out of it."""

    path: Path
    sheets: Sheets


class ImportFace(Protocol):
    def show_start(self, offered: Sequence[ReportOnOffer], place: Location, words: str) -> None:
        """Where the report is chosen; `words` say how far it is."""

    def show_mapping(self, report: Report, source: SourceFile, mapping: str) -> None:
        """The workbook is none of ours: how it is to be read has to be said first. `mapping`: what was said last."""

    def show_preview(self, title: str, shown: ImportPreview) -> None: ...
    def leave(self, taken: Location | None) -> None:
        """All is done; `taken`: the report that was filled."""


class ImportPresenter:
    """`only_news`: nothing but the items of a list is taken."""

    def __init__(
        self, face: ImportFace, desk: Services, program: Application, frame: Shell, *, only_news: bool = False
    ) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._only_news = only_news
        self._today = program.clock().date()
        self._offered = desk.on_offer.own(self._today, _HAS_NEWS if only_news else bool)
        self._place: Location
        self._source: SourceFile | None = None
        self._mapping, self._convert, self._correct = "", False, False
        self._real_days = RealDays.ASK
        self._look: WorkbookLook | None = None
        self._job: Job | None = None
        self._busy = self._gone = False

    @property
    def can_start(self) -> bool:
        """Something is asked of this office that a workbook could bring."""
        return bool(self._offered)

    def start(self, place: Location | None) -> None:
        if place is not None:
            self._offered = reports_on_offer.holding(self._offered, place)
        found = reports_on_offer.where(self._offered, place, self._today)
        if found is None and place is not None:
            found = reports_on_offer.instead(self._offered, place, self._today)
        if found is not None:
            self.choose(found)

    def choose(self, place: Location) -> None:
        self._place = Location(place.programme, place.period)
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

        def work(step: Progress) -> tuple[SourceFile, WorkbookLook | None]:
            source = SourceFile(path, self._sheets(path, step))
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

    def _look_at(self, source: SourceFile) -> WorkbookLook | None:
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
        return WorkbookLook(
            given, changes, {name: counts[name].label(name) for name in given.reading.places if name in counts}
        )

    def _must_be_for_here(self, filled: ImportedReport) -> None:
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

    def _show(self, source: SourceFile, look: WorkbookLook | None) -> None:
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

    def _taken(self, report: Report, look: WorkbookLook) -> None:
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
    words = f"{reports_on_offer.capitalised(report.period.words)}: {REPORT_STATE_TITLES[report.state].lower()}"
    if only_news:
        return f"{words}, sổ đã có {counted(len(report.news))} tin, bài."
    filled = sum(name in report.cells for name in report.expected_cells)
    return f"{words}, đã có {counted(filled)}/{counted(len(report.expected_cells))} ô."
