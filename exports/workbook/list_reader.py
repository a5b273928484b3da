"""The lists of a fill-in workbook coming back: news items, tasks, nominations. A line that is wrong is told and left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from exports.workbook.formulas import KeyedSheet
from exports.workbook.template_keys import MOST, TITLES
from forms.errors import InputRefused
from forms.model.news_item import CHANNELS, NewsItem, checked, identified
from forms.model.period import Period
from forms.model.report import Report
from forms.model.report_fields import NO_DEFAULT, fields_of
from forms.model.task import Nomination, Task
from forms.model.text import fold
from forms.services.import_report import nomination, task_as_kept
from forms.workbooks.cell_parsing import day_answer, text_answer, whole_answer, word_answer, yes_answer
from forms.workbooks.day_column import two_readings
from forms.workbooks.import_result import Remarks
from forms.workbooks.sheets import Plain

_RETYPE = "Gõ lại cả cột theo kiểu năm-tháng-ngày, ví dụ 2026-10-01, rồi cất tệp."
_APART = (
    "id",
    "language",
    "channels",
    "counted",
    "files",
)  # of an item: no column of their own, or read after the rest
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
    counted = line.take("counted", rule.counts(item) if rule else True, yes_answer)
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
