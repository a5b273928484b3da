"""Decides how a file comes into a report: for which report, from which file, what it would change, then one act. What it would
change is shown in rows: what is wrong in it first, then every change, old text and what else is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, Cancelled, InputRefused
from forms.exchange.report_diff import KIND_TITLES, Difference, DifferenceKind
from forms.model.report import REPORT_STATE_TITLES, Report, ReportState
from forms.services.reports_on_offer import ReportOnOffer, capitalised, holding, instead, where
from forms.services.workbooks import ImportAnswers, ImportLook
from forms.workbooks.cell_parsing import RealDays
from forms.workbooks.import_result import Remark
from forms.workbooks.legacy_text import ENCODING_TITLES, Conversion
from forms.workbooks.sheets import Sheets
from ui.desktop.number_wording import counted
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.shell import Job, Location, Progress, Shell

COLUMNS = (
    ListColumnHead("Trong bảng tính", 160),
    ListColumnHead("Nội dung"),
    ListColumnHead("Đang có", 170),
    ListColumnHead("Sẽ thành", 270),
)
MOST = 300  # rows of a group that anybody would read
_NOTHING = ListItem("trống", "muted")


@dataclass(frozen=True)
class SourceFile:
    """A file and the plain cells that were read out of it."""

    path: Path
    sheets: Sheets


@dataclass(frozen=True)
class ImportStart:
    """Where the report is chosen; `words` say how far it is."""

    offered: tuple[ReportOnOffer, ...]
    place: Location
    words: str


@dataclass(frozen=True)
class MapWanted:
    """The workbook is none of ours: how it is to be read has to be said first. `mapping`: what was said last."""

    report: Report
    source: SourceFile
    mapping: str


@dataclass(frozen=True)
class ImportPreview:
    """What taking the file would do. `is_mapped`: somebody said how the workbook is read. `offer`: what is asked about old
    text, empty where there is none. `days`: how the days of a column with two readings are read; None where no column has
    two. `problems`: for the clipboard, a line for each."""

    title: str
    words: str
    advice: str
    rows: tuple[ListRow, ...]
    can_take: bool
    is_mapped: bool = False
    offer: str = ""
    agreed: bool = False
    days: RealDays | None = None
    problems: str = ""


@dataclass(frozen=True)
class Imported:
    """All is done: the report that was filled."""

    place: Location


def preview(title: str, look: ImportLook, *, is_mapped: bool = False, days: RealDays = RealDays.ASK) -> ImportPreview:
    reading, conversions = look.given.reading, look.given.conversions
    titles = {where: look.labels[name] for name, where in reading.places.items() if name in look.labels}
    old_text = [_conversion(n, one, agreed=look.given.agreed) for n, one in enumerate(conversions)]

    def changes(found: Sequence[Difference]) -> list[ListRow]:
        return [_change(one, reading.places.get(one.where, "")) for one in found]

    notes = [
        row(f"note:{n}", ListItem(one.where, "muted", "hint"), one.message, note=one.message)
        for n, one in enumerate(reading.notes)
    ]
    groups = [
        ("Chưa nhập được", [_problem(n, one, titles.get(one.where, "")) for n, one in enumerate(reading.problems)]),
        ("Sẽ thay đổi", changes(look.told)),
        ("Tin, bài", changes(look.items)),
        ("Số đếm theo danh mục tin, bài", changes(look.counted)),
        ("Lưu ý", notes),
    ]
    groups.insert(0 if look.given.waiting else 4, ("Chữ kiểu cũ", old_text))  # what is asked about stands first
    rows: list[ListRow] = []
    for name, found in groups:
        if found:
            rows += [heading(f"{name} ({counted(len(found))})"), *found[:MOST]]
        if len(found) > MOST:
            rows.append(row(f"{name}…", "", ListItem(f"… và {counted(len(found) - MOST)} chỗ nữa", "muted")))
    sure = [one for one in conversions if not one.doubtful]
    return ImportPreview(
        title,
        _words(look),
        _advice(look, is_mapped=is_mapped),
        tuple(rows),
        look.can_take,
        is_mapped,
        f"Chuyển {counted(len(sure))} ô chữ {ENCODING_TITLES[sure[0].encoding]} sang Unicode" if sure else "",
        look.given.agreed,
        days if reading.asks_days else None,
        "\n".join(_problem_words(one, titles.get(one.where, "")) for one in reading.problems),
    )


def _amounts(look: ImportLook) -> str:
    amounts = ((len(look.told), "chỗ"), (len(look.items), "tin, bài"))
    return " và ".join(f"{counted(number)} {noun}" for number, noun in amounts if number)


def _words(look: ImportLook) -> str:
    problems, items = len(look.given.reading.problems), look.items
    verb = "sẽ vào sổ" if items and not look.told and not any(one.old for one in items) else "sẽ thay đổi"
    said = f"{_amounts(look)} {verb}" if look.changes else "Không có gì khác với sổ"
    if not problems:
        return said
    wrong = f"{counted(problems)} chỗ chưa nhập được"
    return f"{wrong} · {said}" if look.changes else wrong


def _advice(look: ImportLook, *, is_mapped: bool) -> str:
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


def _problem(number: int, one: Remark, title: str) -> ListRow:
    """`title` of the form's cell that is filled there, if it is one."""
    words = f"{title}\n{one.message}" if title and title not in one.message else one.message
    return row(
        f"problem:{number}", ListItem(one.where or "cả tệp", "error", "error"), words, note=_problem_words(one, title)
    )


def _problem_words(one: Remark, title: str) -> str:
    """For somebody who has not the window before him."""
    called = f" ({title})" if title and title not in one.message else ""
    return f"{one.where or 'Cả tệp'}{called}: {one.message}"


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


def short(text: str, most: int = 72) -> str:
    """In one look; the whole stands below the list."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


_HAS_NEWS = attrgetter("has_news")
WORKBOOKS = "Bảng tính (*.xlsx *.ods *.xls)"


class ImportPresenter:
    """`only_news`: nothing but the items of a list is taken."""

    def __init__(
        self,
        show: Callable[[ImportStart | MapWanted | ImportPreview | Imported], object],
        desk: Services,
        program: Application,
        frame: Shell,
        *,
        only_news: bool = False,
    ) -> None:
        self._show, self._desk, self._program, self._frame = show, desk, program, frame
        self._only_news = only_news
        self._today = program.clock().date()
        self._offered = desk.on_offer.own(self._today, _HAS_NEWS if only_news else bool)
        self._place: Location
        self._source: SourceFile | None = None
        self._answers = ImportAnswers(only_news=only_news)
        self._look: ImportLook | None = None
        self._job: Job | None = None
        self._busy = self._gone = False

    @property
    def can_start(self) -> bool:
        """Something is asked of this office that a workbook could bring."""
        return bool(self._offered)

    def start(self, place: Location | None) -> None:
        if place is not None:
            self._offered = holding(self._offered, place)
        found = where(self._offered, place, self._today)
        if found is None and place is not None:
            found = instead(self._offered, place, self._today)
        if found is not None:
            self.choose(found)

    def choose(self, place: Location) -> None:
        self._place = Location(place.programme, place.period)
        self._source, self._look = None, None
        self._answers = ImportAnswers(only_news=self._only_news, period=place.period)
        report = self._report
        words = f"{capitalised(report.period.words)}: {REPORT_STATE_TITLES[report.state].lower()}"
        cells = report.expected_cells
        filled = f"đã có {counted(sum(name in report.cells for name in cells))}/{counted(len(cells))} ô."
        so_far = f"sổ đã có {counted(len(report.news))} tin, bài." if self._only_news else filled
        self._show(ImportStart(self._offered, self._place, f"{words}, {so_far}"))

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
        place = self._place
        name = f"{self._desk.office.unit.code}_{place.period.label.replace('..', '-')}_{place.programme}_phieu.xlsx"
        file = self._frame.ask.save_file("Xuất mẫu Excel", name, "Bảng tính Excel (*.xlsx)")
        if file is None:
            return
        path = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")

        def write(_step: Progress) -> Path:
            _, data = self._desk.workbooks.template(place.programme, place.period)
            return self._program.write_file(path, data)

        def saved(file: Path) -> None:
            self._frame.toast(
                f"Đã xuất {file.name} vào {file.parent}. Gửi cho nơi điền; điền xong thì nhập lại tệp ấy."
            )

        self._run("Đang xuất mẫu Excel", write, saved)

    def choose_file(self) -> None:
        if self._may_fill() and (paths := self._frame.ask.open_files("Chọn bảng tính", WORKBOOKS)):
            self.read(paths[0])

    def read(self, path: Path) -> None:
        self._answers = replace(self._answers, real_days=RealDays.ASK)  # what was said of one file holds for no other

        def work(step: Progress) -> tuple[SourceFile, ImportLook | None]:
            (file,) = self._program.read_files([path])
            if file.problem:
                raise file.problem
            source = SourceFile(path, self._program.read_workbook(file.data, lambda: step(0, 0)))
            return source, self._look_at(source)

        self._run(f"Đang đọc {path.name}", work, lambda found: self._looked(*found))

    def read_again(self) -> None:
        """The same file, after it was put right."""
        if self._source:
            self.read(self._source.path)

    def read_as(self, mapping: str) -> None:
        """The workbook by this saved way to read it."""
        self._answer(mapping=mapping)

    def map_again(self) -> None:
        if self._source:
            self._looked(self._source, None)

    def agree(self, convert: bool) -> None:
        """Whether the old text is taken as it was shown converted."""
        self._answer(convert=convert)

    def read_days(self, how: RealDays) -> None:
        """How the real dates of a column with two readings are to be read."""
        self._answer(real_days=how)

    def take(self) -> None:
        """What was looked at, into the draft: all of it in one act."""
        look = self._look
        if look is None or not look.can_take:
            return

        def taken(report: Report) -> None:
            self._frame.toast(f"Đã nhập {_amounts(look)} vào báo cáo {report.period.words}.")
            self._show(Imported(self._place))

        self._run("Đang nhập vào sổ", lambda _step: self._desk.workbooks.take(look.given), taken)

    @property
    def _report(self) -> Report:
        return self._desk.entry.open(self._place.programme, self._place.period)

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
        agreed = self._frame.ask.confirm(
            f"Nhập thành bản thay thế {report.period.words}?",
            f"Báo cáo đã niêm phong, lần gửi {report.revision}, vẫn giữ nguyên. Số liệu trong tệp vào bản thay thế, lần gửi "
            f"{report.revision + 1}; xem trước rồi mới ghi.",
            "Chọn tệp",
        )
        self._answers = replace(self._answers, correct=agreed)
        return agreed

    def _look_at(self, source: SourceFile) -> ImportLook | None:
        """What it says; None where it has to be said first how it is read."""
        books, answers = self._desk.workbooks, self._answers
        if self._only_news and not answers.mapping:
            return None
        try:
            return books.look(books.read(source.sheets, answers, (self._place.programme, self._place.period)))
        except InputRefused as refusal:
            if refusal.code == "WORKBOOK_FOREIGN":
                return None
            raise

    def _answer(self, **said: Any) -> None:
        """The same file in the light of another answer."""
        self._answers = replace(self._answers, **said)
        if source := self._source:
            self._run(
                f"Đang đọc {source.path.name}", lambda _: self._look_at(source), lambda look: self._looked(source, look)
            )

    def _looked(self, source: SourceFile, look: ImportLook | None) -> None:
        self._source, self._look = source, look
        report, answers = self._report, self._answers
        if look is None:
            self._show(MapWanted(report, source, answers.mapping))
            return
        title = f"{source.path.name} → biểu {report.form.number}, {report.period.words}"
        self._show(preview(title, look, is_mapped=bool(answers.mapping), days=answers.real_days))

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

        def ended(result: Any) -> None:
            self._busy = False
            if self._gone:
                return
            if isinstance(result, Cancelled):
                self._frame.toast(result.message)
            elif isinstance(result, AppError):
                self._frame.ask.refused(result)
            else:
                done(result)

        self._job = self._frame.work(title, work, ended)
