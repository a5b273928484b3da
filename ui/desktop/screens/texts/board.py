"""The task board as rows of words: who leads, how far each task is, what is late, what would bring percent and state in step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from forms.programme import Programme
from forms.report import Report
from forms.spec import TaskSpec
from forms.task import TASK_STATE_TITLES, Task, TaskState
from ui.desktop.screens.texts.open_report import OpenReport

NUMBER, TITLE, STATE, PERCENT, DUE, STARTED, FINISHED, PRODUCT, RESULT, EVIDENCE = range(10)
FIELDS = {PERCENT: "percent", DUE: "due", STARTED: "started", FINISHED: "finished"}
NAMES = {
    "state": "trạng thái",
    "percent": "tỷ lệ",
    "due": "hạn",
    "started": "ngày bắt đầu",
    "finished": "ngày xong",
    "product": "sản phẩm",
    "result": "kết quả",
    "evidence": "minh chứng",
}
STATE_KEYS = {
    "c": TaskState.NOT_STARTED,
    "0": TaskState.NOT_STARTED,
    "d": TaskState.RUNNING,
    "1": TaskState.RUNNING,
    "h": TaskState.DONE,
    "2": TaskState.DONE,
}
_TONES = {TaskState.NOT_STARTED: "muted", TaskState.RUNNING: "accent", TaskState.DONE: "good"}
ALL, LATE = "all", "late"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board. `texts` are what its columns show; `typed` holds a text that was refused, by field."""

    task: Task
    spec: TaskSpec
    who: str
    due: date | None
    late: int
    tone: str
    wrong: str
    texts: tuple[str, ...]
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def state_tone(self) -> str:
        return _TONES[self.task.state]

    @property
    def late_words(self) -> str:
        if not self.late:
            return ""
        return f"muộn {self.late} ngày" if self.task.state is TaskState.DONE else f"quá {self.late} ngày"


@dataclass(frozen=True, slots=True)
class TaskEdit:
    """One act on one task, so that it can be taken back: the fields it changes, before and after."""

    words: str
    id: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def board(opened: OpenReport, refused: Mapping[tuple[str, str], str]) -> list[BoardRow]:
    """Every task, in printed order."""
    report = opened.report
    day, programme = as_of(report, opened.today), opened.programme
    rows = []
    for spec in report.form.tasks.values():
        wrong = [one.level for one in opened.wrong(f"task:{spec.id}") if one.blocks]
        typed = {name: text for (id, name), text in refused.items() if id == spec.id}
        rows.append(_row(spec, report.task(spec.id), who_leads(spec, programme), day, wrong, typed))
    return rows


def narrowed(rows: Sequence[BoardRow], wanted: str) -> list[BoardRow]:
    """Those in a state, the late ones, or all."""
    if wanted == LATE:
        return [row for row in rows if row.late and row.task.state is not TaskState.DONE]
    return [row for row in rows if wanted in (ALL, row.task.state)]


def filters(rows: Sequence[BoardRow]) -> list[tuple[str, str]]:
    """(words with how many, key)"""
    offered = [
        ("Mọi nhiệm vụ", ALL),
        *((TASK_STATE_TITLES[state], state.value) for state in TaskState),
        ("Quá hạn", LATE),
    ]
    return [(f"{words} ({len(narrowed(rows, key))})", key) for words, key in offered]


def who_leads(spec: TaskSpec, programme: Programme) -> str:
    """In the plan's words, else the agencies by name: "Ban A; Ban B"."""
    titles = {agency.id: agency.title for agency in programme.agencies}
    return " ".join(spec.lead.split()) or "; ".join(titles.get(id, id) for id in spec.leads)


def as_of(report: Report, today: date) -> date:
    """The day that the report speaks of: its own, else today within its period."""
    return report.as_of or min(today, report.period.last)


def days_late(task: Task, due: date | None, day: date) -> int:
    """How many days after its due day a task was finished, or still is not."""
    until = task.finished if task.state is TaskState.DONE else day
    return max(0, (until - due).days) if due and until else 0


def proposed(before: Task, after: Task) -> Task | None:
    """What would bring state and percent in step again after one of them was changed; None when they are."""
    if after.state is not before.state:
        percent = {TaskState.DONE: 100, TaskState.NOT_STARTED: 0}.get(after.state, after.percent)
        return replace(after, percent=percent) if percent != after.percent else None
    if after.percent == before.percent:
        return None
    fitting = TaskState.DONE if after.percent == 100 else TaskState.RUNNING if after.percent else TaskState.NOT_STARTED
    is_fitting = after.state is fitting or (fitting is TaskState.NOT_STARTED and after.state is TaskState.RUNNING)
    return None if is_fitting else replace(after, state=fitting)


def _row(spec: TaskSpec, task: Task, who: str, day: date, wrong: Sequence[str], typed: Mapping[str, str]) -> BoardRow:
    due = spec.due or task.due
    late = days_late(task, due, day)
    texts = (
        spec.number,
        spec.title,
        TASK_STATE_TITLES[task.state],
        f"{task.percent}",
        *(f"{day:%d/%m/%Y}" if day else "" for day in (due, task.started, task.finished)),
        task.product,
        task.result,
        task.evidence,
    )
    tone = "error" if late and task.state is not TaskState.DONE else "warning" if late else "plain"
    return BoardRow(task, spec, who, due, late, tone, next(iter(wrong), ""), texts, typed)
