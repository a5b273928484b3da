"""What is different between two reports of the same form: for the head before approving, for who reads a correction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.cell import BLANK, STATE_TITLES, Cell
from forms.news import NewsItem
from forms.numbers import format_number
from forms.report import Report
from forms.task import TASK_STATE_TITLES, Nomination, Task

_LONGEST = 400


class Kind(StrEnum):
    """What sort of thing differs, in the order in which it is shown."""

    CELL = "cell"
    NEWS = "news"
    NARRATIVE = "narrative"
    TASK = "task"
    NOMINATION = "nomination"
    EXPLANATION = "explanation"
    REPORT = "report"


KIND_TITLES = {
    Kind.CELL: "Số liệu",
    Kind.NEWS: "Tin, bài",
    Kind.NARRATIVE: "Lời văn",
    Kind.TASK: "Nhiệm vụ",
    Kind.NOMINATION: "Khen thưởng",
    Kind.EXPLANATION: "Lý do",
    Kind.REPORT: "Chung",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new, gone or changed. `where` is a cell's name, a section's id …; `old` and `new` are words, empty
    for what was not or is no longer there."""

    kind: Kind
    where: str
    title: str
    old: str
    new: str


def differences(before: Report | None, after: Report) -> tuple[Difference, ...]:
    """In printed order; before None means: all that the report says."""
    empty = before or Report(after.form, after.unit, after.role, after.period)
    found = (*_cells(empty, after), *_news(empty, after), *_narratives(empty, after), *_tasks(empty, after))
    return (*found, *_nominations(empty, after), *_explanations(empty, after), *_report(empty, after))


def cell_words(cell: Cell) -> str:
    """A cell in words, with its note."""
    said = format_number(cell.amount) if cell.amount is not None else STATE_TITLES[cell.state] if cell != BLANK else ""
    return f"{said} ({cell.note})" if cell.note else said


def _cells(old: Report, new: Report) -> Iterator[Difference]:
    for name, count in new.form.count_of_cell.items():
        before, after = old.cell(name).unmarked, new.cell(name).unmarked
        if before != after:
            yield Difference(Kind.CELL, name, count.label(name), cell_words(before), cell_words(after))


def _news(old: Report, new: Report) -> Iterator[Difference]:
    before, after = {item.id: item for item in old.news}, {item.id: item for item in new.news}
    for id in dict.fromkeys((*before, *after)):
        was, now = before.get(id), after.get(id)
        if was != now:
            shown = now or was
            assert shown is not None
            yield Difference(Kind.NEWS, id, shown.title, _item(was), _item(now))


def _item(item: NewsItem | None) -> str:
    if item is None:
        return ""
    counted = "được tính" if item.counted else f"không tính{f': {item.reason}' if item.reason else ''}"
    return f"{item.date:%d/%m/%Y}, {item.airings} lượt, {counted}"


def _narratives(old: Report, new: Report) -> Iterator[Difference]:
    for spec in new.form.narratives:
        before, after = old.narratives.get(spec.id, ""), new.narratives.get(spec.id, "")
        if before != after:
            yield Difference(Kind.NARRATIVE, spec.id, f"{spec.number}. {spec.title}", _short(before), _short(after))


def _tasks(old: Report, new: Report) -> Iterator[Difference]:
    for spec in new.form.tasks.values():
        before, after = old.task(spec.id), new.task(spec.id)
        if before != after:
            yield Difference(Kind.TASK, spec.id, f"{spec.number}. {spec.title}", _task(before), _task(after))


def _task(task: Task) -> str:
    if task == Task(task.id):
        return ""
    return _short(f"{TASK_STATE_TITLES[task.state]}, {task.percent}%{f': {task.result}' if task.result else ''}")


def _nominations(old: Report, new: Report) -> Iterator[Difference]:
    for one in dict.fromkeys((*old.nominations, *new.nominations)):
        was, now = one in old.nominations, one in new.nominations
        if was != now:
            yield Difference(Kind.NOMINATION, one.name, one.name, _nominee(one) * was, _nominee(one) * now)


def _nominee(one: Nomination) -> str:
    return _short(f"{one.form or 'chưa ghi hình thức'}: {one.ground or 'chưa ghi thành tích'}")


def _explanations(old: Report, new: Report) -> Iterator[Difference]:
    for check in sorted(set(old.explanations) | set(new.explanations)):
        before, after = old.explanations.get(check, ""), new.explanations.get(check, "")
        if before != after:
            yield Difference(Kind.EXPLANATION, check, check, before, after)


def _report(old: Report, new: Report) -> Iterator[Difference]:
    before, after = _day(old), _day(new)
    if before != after:
        yield Difference(Kind.REPORT, "as_of", "Số liệu tính đến ngày", before, after)


def _day(report: Report) -> str:
    day = f"{report.as_of:%d/%m/%Y}" if report.as_of else ""
    return f"{day} (ước thực hiện)".strip() if report.estimate else day


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
