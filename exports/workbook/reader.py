"""A fill-in workbook coming back: plain cells → what an import brings. Everything wrong in it is told at once, place by place;
a line of a list that is wrong is left out.

Codes of the whole: WORKBOOK_FOREIGN, WORKBOOK_FORMAT, WORKBOOK_UNIT, WORKBOOK_VERSION. Codes of a place: WORKBOOK_KEYS,
CELL_…, LOCKED_CHANGED, DATE_UNREADABLE, COUNTER_UNREADABLE, WORD_UNKNOWN, NUMBER_…, TEXT_…, NEWS_…, TASK_…, NAME_MISSING.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from openpyxl.workbook import Workbook

from exports.workbook import figures_sheet, template
from exports.workbook.template_keys import (
    AS_OF,
    ESTIMATE,
    FORMAT,
    MARK,
    MOST,
    NOTE,
    SHEET_TITLES,
    TITLES,
    VALUE,
    KeyedSheet,
    SheetKind,
    keys_of,
    marked,
)
from forms.errors import InputRefused
from forms.exchange.report_diff import cell_words
from forms.model.cell import BLANK, MAX_NOTE, Cell
from forms.model.count import Role
from forms.model.form import Form
from forms.model.news_counting import counts, news_cells
from forms.model.news_item import CHANNELS, NewsItem, checked, identified
from forms.model.number import format_number
from forms.model.office import Office
from forms.model.org_unit import UnitKey
from forms.model.period import Basis, Period
from forms.model.report import ImportedReport, Report
from forms.model.report_fields import NO_DEFAULT, fields_of
from forms.model.task import Nomination, Task
from forms.model.text import clean, fold, nfc, quoted
from forms.services.import_report import as_kept, narrative, nomination, task_as_kept
from forms.workbooks.cell_parsing import (
    ParsedCell,
    cell_answer,
    day_answer,
    text_answer,
    two_readings,
    whole_answer,
    word_answer,
    yes_answer,
)
from forms.workbooks.import_result import OLD_EXCEL, Reading, Remarks
from forms.workbooks.sheets import Plain, PlainKind, Sheet, Sheets, Spot

_RETYPE = "Gõ lại cả cột theo kiểu năm-tháng-ngày, ví dụ 2026-10-01, rồi cất tệp."
# Of an item: what has no column of its own, or is read after the rest.
_APART = ("id", "language", "channels", "counted", "files")
_FIRST_CHANNEL = f"channel:{CHANNELS[0].id}"
Value = TypeVar("Value")
Given = ParamSpec("Given")
_WORDS = {kind: {fold(title): choice for choice, title in titles.items()} for kind, titles in TITLES.items()}


class _Line:
    """One row of a list; what cannot be read is told and makes the row unsound."""

    def __init__(self, grid: KeyedSheet, row: int, remarks: Remarks, *, epoch_1904: bool = False) -> None:
        self._grid, self._row, self._remarks, self._epoch_1904 = grid, row, remarks, epoch_1904
        self.cells = grid.line(row)
        self.sound = True

    def take(
        self,
        key: str,
        otherwise: Value,
        read: Callable[Concatenate[Plain, Given], Value],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Value:
        """What stands in a column; `otherwise` where nothing does."""
        plain = self.cells.get(key)
        return otherwise if plain is None else self.tried(key, otherwise, read, plain, *given, **named)

    def field(self, record: type, key: str) -> Any:
        """What stands in the column of a field, read by its type; where nothing does, as when nothing is said."""
        field = fields_of(record)[key]
        kind, otherwise = field.type, None if field.empty is NO_DEFAULT else field.empty
        if issubclass(kind, StrEnum):
            return self.take(key, otherwise, word_answer, _WORDS[kind], TITLES[kind].values())
        if kind is date:
            return self.take(key, None, day_answer, epoch_1904=self._epoch_1904)
        if kind is int:
            return self.take(key, otherwise, whole_answer, MOST[key])
        return self.take(key, "", text_answer)

    def need(self, key: str, code: str, message: str) -> None:
        if key not in self.cells:
            self.wrong(key, code, message)

    def wrong(self, key: str, code: str, message: str) -> None:
        self._remarks.wrong(code, self._grid.spot(self._row, key), message)
        self.sound = False

    def tried(
        self, key: str, otherwise: Value, act: Callable[Given, Value], *given: Given.args, **named: Given.kwargs
    ) -> Value:
        """What `act` gives; a refusal that names another column of this row is told there."""
        try:
            return act(*given, **named)
        except InputRefused as error:
            column = _FIRST_CHANNEL if error.where == "channels" else error.where
            self.wrong(column if column in self._grid.columns else key, error.code, error.message)
            return otherwise


def news(grid: KeyedSheet, report: Report, remarks: Remarks, *, epoch_1904: bool) -> dict[str, NewsItem]:
    """The items, each by its place in the workbook; the programme's rule says whether one counts of which the sheet is silent."""
    known = {item.id: item for item in report.news}
    items: dict[str, NewsItem] = {}
    rows = tuple(grid.entries())
    ours = {row: known[grid.key(row)].date for row in rows if grid.key(row) in known}
    if _asks_days(grid, "date", rows, ours, remarks, report.period, epoch_1904=epoch_1904):
        return {}
    for row in rows:
        line = _Line(grid, row, remarks, epoch_1904=epoch_1904)
        item = _item(line, known.pop(grid.key(row), None), report)
        if item is not None and line.sound:
            items[grid.spot(row, "title")] = item
    if report.news and not items and not remarks.problems:
        remarks.tell(
            "NEWS_KEPT", grid.sheet.name, "Danh mục trong phiếu trống; tin, bài đã có trong sổ được giữ nguyên."
        )
    return dict(zip(items, identified(items.values()), strict=True))


def _asks_days(
    grid: KeyedSheet,
    key: str,
    rows: Sequence[int],
    ours: Mapping[int, date | None],
    remarks: Remarks,
    period: Period | None,
    *,
    epoch_1904: bool,
) -> bool:
    """Whether a column of days has two readings, which is then a problem. A day that we wrote ourselves has one."""

    def is_theirs(row: int) -> bool:
        plain = grid.sheet.at(row, grid.columns[key])
        with suppress(InputRefused):
            return plain is not None and day_answer(plain, epoch_1904=epoch_1904) != ours.get(row)
        return False

    theirs = [row for row in rows if key in grid.columns and is_theirs(row)]
    read = partial(day_answer, epoch_1904=epoch_1904)
    found = two_readings(grid.sheet, grid.columns.get(key), theirs, read, period)
    if found is not None:
        remarks.wrong("DATE_MIXED", found[0], f"{found[1]} {_RETYPE}")
    return found is not None


def _item(line: _Line, old: NewsItem | None, report: Report) -> NewsItem | None:
    """An item of one line. What the sheet does not show of an item that the ledger has (language, files) stays."""
    line.need("date", "NEWS_DATE", "Chưa ghi ngày đăng, phát lần đầu. Gõ ngày/tháng/năm.")
    line.need("kind", "NEWS_KIND", "Chưa chọn loại tin, bài. Chọn trong danh sách.")
    said = {key: line.field(NewsItem, key) for key in fields_of(NewsItem) if key not in _APART}
    day = said["date"]
    if day is None or said["kind"] is None:
        return None
    if not report.period.holds(day):
        words = f"{report.period.words} ({report.period.window_words})"
        line.wrong("date", "NEWS_OUTSIDE", f"Ngày {day:%d/%m/%Y} ngoài {words}. Sửa ngày hoặc bỏ dòng này.")
    said["channels"] = tuple(one.id for one in CHANNELS if line.take(f"channel:{one.id}", False, yes_answer))
    item = replace(old, **said) if old else NewsItem("", **said)
    rule = report.form.news_rule
    counted = line.take("counted", counts(rule, item) if rule else True, yes_answer)
    return line.tried("title", None, checked, replace(item, counted=counted))


def tasks(grid: KeyedSheet, report: Report, remarks: Remarks, *, epoch_1904: bool) -> tuple[Task, ...]:
    """The tasks of which something is told, in the order in which a report keeps them."""
    found = []
    for key in ("started", "finished", "due"):
        ours = {row: getattr(report.task(id), key) for id, row in grid.rows.items() if id in report.form.tasks}
        _asks_days(grid, key, tuple(ours), ours, remarks, None, epoch_1904=epoch_1904)
    for id in sorted(report.form.tasks):
        if id not in grid.rows:
            grid.at(id, "state")  # told as gone
            continue
        line = _Line(grid, grid.rows[id], remarks, epoch_1904=epoch_1904)
        if line.cells:
            line.need("state", "TASK_INCOMPLETE", "Chưa chọn trạng thái của nhiệm vụ. Chọn trong danh sách.")
            said = {key: line.field(Task, key) for key in fields_of(Task) if key != "id"}
            task = line.tried("state", None, task_as_kept, Task(id, **said))
            found += [task] if line.sound and task is not None else []
    return tuple(found)


def nominations(grid: KeyedSheet, remarks: Remarks) -> tuple[Nomination, ...]:
    """In the order of the lines."""
    found = []
    for row in grid.entries():
        line = _Line(grid, row, remarks)
        line.need("kind", "NAME_MISSING", "Chưa chọn Tập thể hay Cá nhân. Chọn trong danh sách.")
        said = {key: line.field(Nomination, key) for key in fields_of(Nomination)}
        if said["kind"] is not None:
            kept = line.tried("name", None, nomination, Nomination(**said))
            found += [kept] if line.sound and kept is not None else []
    return tuple(found)


OpenReport = Callable[[str, Period], Report]
NO_ANSWER = ParsedCell(BLANK)
_REASON = partial(clean, limit=MAX_NOTE, multiline=True)


def read(sheets: Sheets, office: Office, open_report: OpenReport) -> Reading:
    """What the workbook says; `open_report` gives the draft that it is held against. Raises InputRefused."""
    report = _expected(stamp(sheets), office, open_report)
    return _Workbook(marked(sheets), sheets, report).reading()


def stamp(sheets: Sheets) -> dict[str, str]:
    """Which report it says it is of. Raises InputRefused WORKBOOK_FOREIGN, WORKBOOK_FORMAT."""
    found = marked(sheets)
    if SheetKind.STAMP not in found:
        raise InputRefused(
            "WORKBOOK_FOREIGN",
            "Bảng tính này không phải phiếu điền do phần mềm xuất ra. Chọn một bảng đối chiếu cột (--mapping) để đọc bảng tính "
            "riêng, hoặc xuất phiếu mới.",
        )
    sheet = found[SheetKind.STAMP]
    grid = KeyedSheet(sheet, Remarks())
    column = grid.columns.get(VALUE, 1)
    said = {key: sheet.text(row, column) for key, row in grid.rows.items()}
    if said.get("format") != FORMAT:
        raise InputRefused(
            "WORKBOOK_FORMAT",
            "Phiếu điền này do bản phần mềm khác xuất ra, bản đang dùng không đọc được. Xuất phiếu mới, hoặc cập nhật phần mềm.",
        )
    return said


def _expected(stamp: Mapping[str, str], office: Office, open_report: OpenReport) -> Report:
    """The report that the workbook is for, if it is one of this ledger."""
    if (stamp.get("unit"), stamp.get("practice")) != (office.unit.code, str(int(office.practice))):
        raise InputRefused(
            "WORKBOOK_UNIT",
            f"Phiếu điền này của {stamp.get('unit_name', '')[:80]} (mã {stamp.get('unit', '')[:20]}), không phải của sổ đang mở. "
            "Mở đúng sổ, hoặc hỏi lại nơi gửi.",
            stamp.get("unit", "")[:20],
        )
    if stamp.get("basis") not in list(Basis):
        raise InputRefused("WORKBOOK_FORMAT", "Phiếu điền ghi cách tính kỳ lạ. Xuất phiếu mới.")
    period = Period.parse(stamp.get("period", ""), Basis(stamp["basis"]))
    report = open_report(stamp.get("programme", ""), period)
    if (stamp.get("sha256"), stamp.get("form")) != (report.form.programme_sha256, report.form.id):
        raise InputRefused(
            "WORKBOOK_VERSION",
            f"Phiếu điền theo bản {stamp.get('version', '')[:9]} của chương trình, báo cáo {period.words} đang theo bản "
            f"{report.form.programme_version}. Xuất phiếu mới rồi chép số liệu sang.",
        )
    return report


@lru_cache(maxsize=8)
def _labels(form: Form, role: Role, period: Period) -> tuple[tuple[SheetKind, str, int, str], ...]:
    """(sheet, key of the row, column, text) of what is locked beside the answers; the same for every unit that sees this form."""
    book, report = Workbook(), Report(form, UnitKey("", date.min), role, period)
    figures_sheet.add(book, report)
    template.add_tasks(book, report)
    template.add_texts(book, report)
    found = []
    for page in book.worksheets[1:]:  # the first one is empty
        keys, *lines = page.iter_rows(values_only=True)
        kind = SheetKind(str(keys[0]).removeprefix(MARK))
        for line in lines:
            labels = enumerate(line[1:], 1) if line[0] else ()
            found += [(kind, str(line[0]), at, str(label)) for at, label in labels if label and keys[at] is None]
    return tuple(found)


class _Workbook:
    """Reads sheet after sheet against the draft."""

    def __init__(self, found: Mapping[SheetKind, Sheet], sheets: Sheets, report: Report) -> None:
        self._remarks = Remarks()
        self._report, self._sheets = report, sheets
        self._grids: dict[SheetKind, KeyedSheet] = {
            kind: KeyedSheet(sheet, self._remarks) for kind, sheet in found.items() if kind is not SheetKind.STAMP
        }
        self._places: dict[str, str] = {}
        self._list_is_whole = True

    def reading(self) -> Reading:
        report, remarks = self._report, self._remarks
        if self._sheets.kind == "xls":
            remarks.tell("WORKBOOK_OLD", "", OLD_EXCEL)
        self._check_locked()
        items = self._news()
        filled = ImportedReport(
            report.form.programme,
            report.period,
            *self._general(),
            report.form.id,
            cells=self._with_derived(self._cells(), items or report.news),
            news=items,
            narratives=self._narratives(),
            tasks=self._tasks(),
            nominations=self._nominations(),
            explanations=self._explanations(),
        )
        return Reading(filled, tuple(remarks.problems), tuple(remarks.notes), self._places)

    def _check_locked(self) -> None:
        """What stands beside an answer is the form's: where it was changed nobody knows any more what the answer is of."""
        report = self._report
        for kind, key, column, label in _labels(report.form, report.role, report.period):
            grid = self._grids.get(kind)
            if grid is not None and key in grid.rows:
                self._must_say(grid.sheet, (grid.rows[key], column), label)

    def _must_say(self, sheet: Sheet, spot: Spot, label: str) -> None:
        was, found = (" ".join(nfc(text).split()) for text in (label, sheet.text(*spot)))
        if was != found:
            problem = (
                f"Chữ trong ô khóa đã bị sửa: nay là {quoted(found)}, phiếu gốc ghi {quoted(was)}. Ghi lại như cũ."
            )
            self._remarks.wrong("LOCKED_CHANGED", sheet.where(*spot), problem)

    def _news(self) -> tuple[NewsItem, ...]:
        grid = self._grid(SheetKind.NEWS) if self._report.form.has_news else None
        known = len(self._remarks.problems)
        found = news(grid, self._report, self._remarks, epoch_1904=self._sheets.epoch_1904) if grid else {}
        self._list_is_whole = len(self._remarks.problems) == known
        self._places |= {item.id: where for where, item in found.items()}
        return tuple(found.values())

    def _tasks(self) -> tuple[Task, ...]:
        grid = self._grid(SheetKind.TASKS) if self._report.form.tasks else None
        return tasks(grid, self._report, self._remarks, epoch_1904=self._sheets.epoch_1904) if grid else ()

    def _nominations(self) -> tuple[Nomination, ...]:
        grid = self._grid(SheetKind.NOMINATIONS) if self._report.form.nominations else None
        return nominations(grid, self._remarks) if grid else ()

    def _grid(self, kind: SheetKind) -> KeyedSheet | None:
        if kind not in self._grids:
            problem = f"Thiếu sheet “{SHEET_TITLES[kind]}” của phiếu. Xuất phiếu mới rồi chép số liệu sang."
            self._remarks.wrong("WORKBOOK_KEYS", SHEET_TITLES[kind], problem)
        return self._grids.get(kind)

    def _general(self) -> tuple[date | None, bool]:
        grid = self._grid(SheetKind.GENERAL)
        if grid is None:
            return None, False
        day, estimate = grid.at(AS_OF, VALUE), grid.at(ESTIMATE, VALUE)
        as_of, is_estimate = None, False
        if day is not None:
            epoch = self._sheets.epoch_1904
            as_of = self._remarks.tried(grid.where(AS_OF, VALUE), None, day_answer, day, epoch_1904=epoch)
        if estimate is not None:
            is_estimate = self._remarks.tried(grid.where(ESTIMATE, VALUE), False, yes_answer, estimate)
        return as_of, is_estimate

    def _cells(self) -> dict[str, Cell]:
        """Every cell that this unit fills, blank ones too."""
        report = self._report
        grid = self._grid(SheetKind.FIGURES) if report.expected_cells else None
        if grid is None:
            return {}
        found = {name: self._cell(grid, name) for name in report.expected_cells}
        # Numbers in rows that somebody added are not taken, and that is said.
        known = set(grid.rows.values())
        columns = {column for key, column in grid.columns.items() if key != NOTE}
        for row, line in grid.sheet.rows() if self._sheets.kind != "xls" else ():
            typed = [c for c in columns & line.keys() if line[c].kind is PlainKind.NUMBER and not line[c].formula]
            if row and row not in known and typed:
                self._remarks.tell(
                    "ROW_EXTRA", f"{grid.sheet.name}!{row + 1}", "Dòng thêm vào, biểu không có: không lấy số liệu."
                )
        return found

    def _cell(self, grid: KeyedSheet, name: str) -> Cell:
        """A cell as it stands there. The note of a row belongs to its first cell; the office's own marks stay."""
        count = self._report.form.count_of_cell[name]
        row, column = keys_of(count, name)
        where = self._places[name] = grid.where(row, column)
        plain, old = grid.at(row, column), self._report.cell(name)
        answer = self._remarks.tried(where, NO_ANSWER, cell_answer, plain, count.decimals)
        if answer.echo:
            self._remarks.tell("NUMBER_ECHO", where, answer.echo)
        note = old.note
        if name == next(cell for cell in count.cells if keys_of(count, cell)[0] == row):
            note = self._remarks.tried(grid.where(row, NOTE), "", text_answer, grid.at(row, NOTE))
        cell = replace(answer.cell, note=note)
        cell = self._remarks.tried(grid.where(row, NOTE), answer.cell, as_kept, name, cell)
        same = (cell.state, cell.amount) == (old.state, old.amount)
        return replace(cell, flagged=old.flagged, carried=old.carried and same)

    def _with_derived(self, cells: dict[str, Cell], items: tuple[NewsItem, ...]) -> dict[str, Cell]:
        """Where there is a list the figures follow it; one typed beside it has to agree."""
        form = self._report.form
        derived = news_cells(form, self._report.period, items) if form.has_news else {}
        for name, counted in derived.items():
            typed = cells.get(name, BLANK)
            said = cell_words(replace(typed, note=""))
            if self._list_is_whole and said not in ("", cell_words(counted)):
                problem = (
                    f"Ghi {said} nhưng danh mục tin, bài đếm được {format_number(counted.amount)}. "
                    "Sửa một trong hai, hoặc để trống ô này."
                )
                self._remarks.wrong("NEWS_TOTAL_DIFFERS", self._places.get(name, name), problem)
            cells[name] = replace(typed, state=counted.state, amount=counted.amount)
        return {name: cell for name, cell in cells.items() if cell != BLANK}

    def _narratives(self) -> dict[str, str]:
        form = self._report.form
        grid = self._grid(SheetKind.TEXTS) if form.narratives else None
        if grid is None:
            return {}
        texts = {spec.id: self._text(grid, spec.id, partial(narrative, form, spec.id)) for spec in form.narratives}
        return {id: text for id, text in texts.items() if text}

    def _explanations(self) -> dict[str, str]:
        """The reasons of the sheet; those for what only the program finds stay as the draft has them."""
        grid = self._grids.get(SheetKind.REASONS)
        if grid is None:
            return dict(self._report.explanations)
        reasons = {check: self._text(grid, check, _REASON) for check in grid.rows}
        kept = {check: text for check, text in self._report.explanations.items() if check not in reasons}
        return kept | {check: text for check, text in reasons.items() if text}

    def _text(self, grid: KeyedSheet, key: str, keep: Callable[[str], str]) -> str:
        written = self._remarks.tried(grid.where(key, VALUE), "", text_answer, grid.at(key, VALUE))
        return self._remarks.tried(grid.where(key, VALUE), "", keep, written)
