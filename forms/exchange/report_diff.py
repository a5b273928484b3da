"""What is different between two reports of the same form: for the head before approving, for who reads a correction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forms.model.cell import BLANK, STATE_TITLES, Cell
from forms.model.news_item import CHANNEL_TITLES, ORIGIN_TITLES, NewsItem
from forms.model.news_item import KIND_TITLES as NEWS_KIND_TITLES
from forms.model.number import format_number
from forms.model.report import Report
from forms.model.task import NOMINEE_TITLES, TASK_STATE_TITLES, Nomination, Task


class DifferenceKind(StrEnum):
    """What sort of thing differs, in the order in which it is shown."""

    CELL = "cell"
    NEWS = "news"
    NARRATIVE = "narrative"
    TASK = "task"
    NOMINATION = "nomination"
    EXPLANATION = "explanation"
    REPORT = "report"


KIND_TITLES = {
    DifferenceKind.CELL: "Số liệu",
    DifferenceKind.NEWS: "Tin, bài",
    DifferenceKind.NARRATIVE: "Lời văn",
    DifferenceKind.TASK: "Nhiệm vụ",
    DifferenceKind.NOMINATION: "Khen thưởng",
    DifferenceKind.EXPLANATION: "Lý do",
    DifferenceKind.REPORT: "Chung",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new, gone or changed. `where` is a cell's name, a section's id …; `old` and `new` are words and
    never the same, whole and empty for what was not or is no longer there."""

    kind: DifferenceKind
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
    """Also those that only the older version of the form has."""
    for name, count in (new.form.count_of_cell | old.form.count_of_cell).items():
        before, after = old.cell(name).unmarked, new.cell(name).unmarked
        if before != after:
            yield Difference(DifferenceKind.CELL, name, count.label(name), cell_words(before), cell_words(after))


def _news(old: Report, new: Report) -> Iterator[Difference]:
    before, after = {item.id: item for item in old.news}, {item.id: item for item in new.news}
    for id in dict.fromkeys((*before, *after)):
        was, now = before.get(id), after.get(id)
        if was != now:
            shown = now or was
            assert shown is not None
            is_changed = was is not None and now is not None
            words = _told(_item(was, titled=is_changed), _item(now, titled=is_changed))
            yield Difference(DifferenceKind.NEWS, id, shown.title, *words)


def _item(item: NewsItem | None, *, titled: bool) -> dict[str, str] | None:
    if item is None:
        return None
    counted = "được tính" if item.counted else "không tính"
    return {
        "": f"{item.date:%d/%m/%Y}, {item.airings} lượt, {counted}",
        "tiêu đề": item.title if titled else "",
        "loại": f"{NEWS_KIND_TITLES[item.kind]}, {ORIGIN_TITLES[item.origin].lower()}",
        "kênh": ", ".join(CHANNEL_TITLES.get(channel, channel) for channel in item.channels),
        "thời lượng": f"{item.minutes} phút" if item.minutes is not None else "",
        "số chữ": f"{item.words}" if item.words is not None else "",
        "ngôn ngữ": item.language,
        "mục tiêu": item.topic,
        "tác giả": item.author,
        "minh chứng": "; ".join([*([item.evidence] if item.evidence else []), *(file.name for file in item.files)]),
        "lý do": item.reason,
    }


def _narratives(old: Report, new: Report) -> Iterator[Difference]:
    specs = {spec.id: spec for spec in (*new.form.narratives, *old.form.narratives)}
    for spec in specs.values():
        before, after = old.narratives.get(spec.id, ""), new.narratives.get(spec.id, "")
        if before != after:
            yield Difference(DifferenceKind.NARRATIVE, spec.id, f"{spec.number}. {spec.title}", before, after)


def _tasks(old: Report, new: Report) -> Iterator[Difference]:
    for spec in (new.form.tasks | old.form.tasks).values():
        before, after = old.task(spec.id), new.task(spec.id)
        if before != after:
            empty = Task(spec.id)
            words = _told(_task(before) if before != empty else None, _task(after) if after != empty else None)
            yield Difference(DifferenceKind.TASK, spec.id, f"{spec.number}. {spec.title}", *words)


def _task(task: Task) -> dict[str, str]:
    return {
        "": f"{TASK_STATE_TITLES[task.state]}, {task.percent}%",
        "kết quả": task.result,
        "sản phẩm": task.product,
        "minh chứng": task.evidence,
        "bắt đầu": _written(task.started),
        "xong": _written(task.finished),
        "hạn": _written(task.due),
    }


def _told(old: dict[str, str] | None, new: dict[str, str] | None) -> tuple[str, str]:
    """(old, new) in words: of what is new or gone all that it says, of what changed only what differs."""
    before, after = old or {}, new or {}
    names = [name for name in (new or before) if before.get(name, "") != after.get(name, "") or not (old and new)]

    def said(values: dict[str, str]) -> str:
        return "; ".join(f"{name}: {values[name]}" if name else values[name] for name in names if values.get(name))

    return said(before), said(after)


def _nominations(old: Report, new: Report) -> Iterator[Difference]:
    before, after = Counter(old.nominations), Counter(new.nominations)
    for one in dict.fromkeys((*old.nominations, *new.nominations)):
        if before[one] != after[one]:
            was, now = before[one] > after[one], after[one] > before[one]
            yield Difference(DifferenceKind.NOMINATION, one.name, one.name, _nominee(one) * was, _nominee(one) * now)
    if old.nominations != new.nominations and before == after:
        was_listed, is_listed = (", ".join(one.name for one in report.nominations) for report in (old, new))
        yield Difference(DifferenceKind.NOMINATION, "order", "Thứ tự của danh sách", was_listed, is_listed)


def _nominee(one: Nomination) -> str:
    said = f"{one.form or 'chưa ghi hình thức'}: {one.ground or 'chưa ghi thành tích'}"
    return f"{NOMINEE_TITLES[one.kind]}, {said}"


def _explanations(old: Report, new: Report) -> Iterator[Difference]:
    for check in sorted(set(old.explanations) | set(new.explanations)):
        before, after = old.explanations.get(check, ""), new.explanations.get(check, "")
        if before != after:
            yield Difference(DifferenceKind.EXPLANATION, check, _asked_of(check, new), before, after)


def _asked_of(check: str, report: Report) -> str:
    """What a reason was asked for, in words: the figure, or the rule."""
    cell, rules = check.rpartition(":")[2], {rule.id: rule.message for rule in report.form.checks}
    count = report.form.count_of_cell.get(cell)
    return count.label(cell) if count else rules.get(check.partition("@")[0], check)


def _report(old: Report, new: Report) -> Iterator[Difference]:
    before, after = (f"{_written(one.as_of)}{' (ước thực hiện)' * one.estimate}".strip() for one in (old, new))
    if before != after:
        yield Difference(DifferenceKind.REPORT, "as_of", "Số liệu tính đến ngày", before, after)


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
