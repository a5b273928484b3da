"""What is different between two reports of the same form: for the head before approving, for who reads a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forms.cell import BLANK, STATE_TITLES, Cell
from forms.news import CHANNEL_TITLES, ORIGIN_TITLES, NewsItem
from forms.news import KIND_TITLES as ITEM_TITLES
from forms.numbers import format_number
from forms.report import Report
from forms.task import NOMINEE_TITLES, TASK_STATE_TITLES, Nomination, Task


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
    """One thing that is new, gone or changed. `where` is a cell's name, a section's id …; `old` and `new` are words, never
    shortened, empty for what was not or is no longer there. Of an item or task that stays only what differs is told."""

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
        shown = now or was
        if was != now and shown is not None:
            told = _told(_item(was) if was else {}, _item(now) if now else {}, titled="Tên")
            yield Difference(Kind.NEWS, id, shown.title, *told)


def _item(item: NewsItem) -> dict[str, str]:
    reason = f": {item.reason}" if item.reason else ""
    return {
        "Tên": item.title,
        "Ngày": _day(item.date),
        "Loại": ITEM_TITLES[item.kind],
        "Kênh": ", ".join(CHANNEL_TITLES.get(channel, channel) for channel in item.channels),
        "Nguồn": ORIGIN_TITLES[item.origin],
        "Số lượt": str(item.airings),
        "Tính": f"có{reason}" if item.counted else f"không{reason}",
        "Ngôn ngữ": "" if item.language == "vi" else item.language,
        "Số phút": "" if item.minutes is None else str(item.minutes),
        "Số chữ": "" if item.words is None else str(item.words),
        "Chủ đề": item.topic,
        "Tác giả": item.author,
        "Minh chứng": item.evidence,
        "Tệp": ", ".join(f"{file.name} ({file.digest[:8]})" for file in item.files),
    }


def _narratives(old: Report, new: Report) -> Iterator[Difference]:
    for spec in new.form.narratives:
        before, after = old.narratives.get(spec.id, ""), new.narratives.get(spec.id, "")
        if before != after:
            yield Difference(Kind.NARRATIVE, spec.id, f"{spec.number}. {spec.title}", before, after)


def _tasks(old: Report, new: Report) -> Iterator[Difference]:
    for spec in new.form.tasks.values():
        before, after = old.task(spec.id), new.task(spec.id)
        if before != after:
            told = _told(_task(before), _task(after))
            yield Difference(Kind.TASK, spec.id, f"{spec.number}. {spec.title}", *told)


def _task(task: Task) -> dict[str, str]:
    """Empty of one that nobody began."""
    if task == Task(task.id):
        return {}
    return {
        "Tình trạng": TASK_STATE_TITLES[task.state],
        "Tiến độ": f"{task.percent}%",
        "Hạn": _day(task.due),
        "Bắt đầu": _day(task.started),
        "Hoàn thành": _day(task.finished),
        "Sản phẩm": task.product,
        "Kết quả": task.result,
        "Minh chứng": task.evidence,
    }


def _told(before: Mapping[str, str], after: Mapping[str, str], titled: str = "") -> tuple[str, str]:
    """What was and what is: of two only what differs, else all that is known but the fact that is its title."""
    if before and after:
        differ = [name for name in after if before[name] != after[name]]
        return _facts(before, differ), _facts(after, differ)
    before_all, after_all = ([n for n in facts if facts[n] and n != titled] for facts in (before, after))
    return _facts(before, before_all), _facts(after, after_all)


def _facts(known: Mapping[str, str], names: list[str]) -> str:
    return "; ".join(f"{name}: {known[name] or 'không ghi'}" for name in names)


def _nominations(old: Report, new: Report) -> Iterator[Difference]:
    for one in dict.fromkeys((*old.nominations, *new.nominations)):
        was, now = one in old.nominations, one in new.nominations
        if was != now:
            yield Difference(Kind.NOMINATION, one.name, one.name, _nominee(one) * was, _nominee(one) * now)
    if old.nominations != new.nominations and set(old.nominations) == set(new.nominations):
        title = "Thứ tự của danh sách"
        yield Difference(Kind.NOMINATION, "order", title, _names(old.nominations), _names(new.nominations))


def _nominee(one: Nomination) -> str:
    form, ground = one.form or "chưa ghi hình thức", one.ground or "chưa ghi thành tích"
    return f"{NOMINEE_TITLES[one.kind]}, {form}: {ground}"


def _names(nominations: tuple[Nomination, ...]) -> str:
    return ", ".join(one.name for one in nominations)


def _explanations(old: Report, new: Report) -> Iterator[Difference]:
    for check in sorted(set(old.explanations) | set(new.explanations)):
        before, after = old.explanations.get(check, ""), new.explanations.get(check, "")
        if before != after:
            yield Difference(Kind.EXPLANATION, check, check, before, after)


def _report(old: Report, new: Report) -> Iterator[Difference]:
    before, after = _as_of(old), _as_of(new)
    if before != after:
        yield Difference(Kind.REPORT, "as_of", "Số liệu tính đến ngày", before, after)


def _as_of(report: Report) -> str:
    return f"{_day(report.as_of)} (ước thực hiện)".strip() if report.estimate else _day(report.as_of)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
