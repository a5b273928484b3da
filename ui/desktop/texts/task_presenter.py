"""Tasks of a report: filters, states, what is proposed.

Decides what the task board shows and what a key, a typed percent or day becomes. Each act can be taken back.

The task board as rows of words: who leads, how far each task is, what is late, what would bring percent and state in step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from forms.errors import AppError, InputRefused
from forms.model.form import TaskSpec
from forms.model.report import Report
from forms.model.task import TASK_STATE_TITLES, Task, TaskState
from forms.programmes.programme import Programme
from forms.services import reports_on_offer
from forms.services.report_session import TASK_FIELDS, Entries, Push
from ui.desktop.texts.open_texts import OpenTexts

NUMBER, TITLE, STATE, PERCENT, DUE, STARTED, FINISHED, PRODUCT, RESULT, EVIDENCE = range(10)
FIELDS = {PERCENT: "percent", DUE: "due", STARTED: "started", FINISHED: "finished"}
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


def board(opened: OpenTexts, refused: Mapping[tuple[str, str], str]) -> list[BoardRow]:
    """Every task, in printed order."""
    report = opened.report
    day, programme = as_of(report, opened.today), opened.session.programme
    rows = []
    for spec in report.form.tasks.values():
        wrong = [one.level for one in opened.session.wrong(f"task:{spec.id}") if one.blocks]
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


@dataclass(frozen=True)
class TaskProposal:
    """What would bring a task's state and percent in step. Nothing happens until it is taken."""

    words: str
    verb: str
    id: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class BoardPage:
    """`rows`: None leaves the table as it is; `row`: the chosen task in full, None when the filter leaves none. `anew`: another
    report, what was typed of the last one is of no account. `stand`: the keys go to the chosen row."""

    rows: Sequence[BoardRow] | None
    filters: Sequence[tuple[str, str]]
    chosen: str
    wanted: str
    row: BoardRow | None
    offer: TaskProposal | None
    closed: bool
    anew: bool = False
    stand: bool = False


class TaskPresenter:
    """Each act can be taken back by what `push` keeps."""

    def __init__(self, show: Callable[[BoardPage], None], opened: OpenTexts, push: Push) -> None:
        self._show, self._open, self._push = show, opened, push
        self._id, self._wanted, self._anew = "", ALL, False
        self._offer: TaskProposal | None = None

    def start(self) -> None:
        """Another report."""
        self._id = next(iter(self._open.report.form.tasks), "")
        self._wanted, self._offer, self._anew = ALL, None, True

    def show(self, *, table: bool = True, stand: bool = False) -> None:
        """The chosen task stays in sight even when what was done with it takes it out of the filter: the next key must not
        act upon another one."""
        every = board(self._open, self._refused)
        fitting = {row.spec.id for row in narrowed(every, self._wanted)}
        rows = [row for row in every if row.spec.id in fitting or row.spec.id == self._id]
        row = next((row for row in rows if row.spec.id == self._id), None)
        anew, self._anew = self._anew, False
        listed = rows if table else None
        choices = filters(every) if table else ()
        closed = self._open.is_closed
        self._show(BoardPage(listed, choices, self._id, self._wanted, row, self._offer, closed, anew, stand))

    def narrow(self, wanted: str) -> None:
        self._wanted = wanted
        if self._id not in {row.spec.id for row in narrowed(board(self._open, self._refused), wanted)}:
            self._id, self._offer = "", None
        self.show()

    def choose(self, id: str) -> None:
        """Of the table."""
        if id and id != self._id:
            self._id, self._offer = id, None
            self.show(table=False)

    def go_to(self, id: str) -> None:
        """Stand on a task, whatever the filter was, where the report has one of that id."""
        if id in self._open.report.form.tasks:
            self._wanted, self._id = ALL, id
            self.show(stand=True)

    def set_state(self, state: TaskState) -> None:
        if self._id:
            self._change(self._id, {"state": state})

    def put(self, field: str, text: str) -> bool:
        """A percent or a day of the chosen task, as typed. What cannot be read stays to be put right."""
        if not self._id:
            return False
        where = f"task:{self._id}:{field}"
        try:
            value = read_percent(text) if field == "percent" else reports_on_offer.read_day(text)
        except AppError as error:
            label = f"Nhiệm vụ {self._open.report.form.tasks[self._id].number}, {TASK_FIELDS[field]}"
            self._open.refuse(where, label, text.strip(), error.message)
            self._open.say(f"{label}: {error.message} Chưa cất ô này.")
            return False
        if (self._id, field) in self._refused:
            self._open.answer(where)
            self._open.say("")
        self._change(self._id, {field: value})
        return True

    def write(self, id: str, field: str, text: str) -> str | None:
        """A long text of a task. How it is stored; None when it was refused."""
        done = self._open.take(Entries(tasks={id: {field: text}}))
        return str(getattr(self._open.report.task(id), field)) if done else None

    def take_offer(self) -> None:
        if self._offer is not None:
            self._change(self._offer.id, self._offer.fields)

    def next_idle(self) -> str:
        """The id of a task that nothing is told of yet, after the chosen one; empty when there is none."""
        ids, told = list(self._open.report.form.tasks), {task.id for task in self._open.report.tasks}
        here = ids.index(self._id) if self._id in ids else -1
        idle = [id for id in ids if id not in told]
        return next((id for id in idle if ids.index(id) > here), idle[0] if idle else "")

    @property
    def _refused(self) -> dict[tuple[str, str], str]:
        """What was typed and not taken, by task and field."""
        places = ((where.split(":"), text) for where, text in self._open.session.refused.items())
        return {(parts[1], parts[2]): text for parts, text in places if parts[0] == "task"}

    def _change(self, id: str, fields: Mapping[str, Any]) -> None:
        words = f"{TASK_FIELDS[next(iter(fields))]} của nhiệm vụ {self._open.report.form.tasks[id].number}"
        if edit := self._open.session.edit(words, Entries(tasks={id: fields})):
            self._push(words, partial(self._take, id, edit.new), partial(self._take, id, edit.old))
        else:
            self.show()

    def _take(self, id: str, side: Entries) -> bool:
        """Do one side of an edit on the ledger. False when it was refused, and has been said."""
        before = self._open.report.task(id)
        self._id, self._offer = id, self._offered(before, replace(before, **side.tasks[id]))
        return self._open.take(side)

    def _offered(self, before: Task, after: Task) -> TaskProposal | None:
        fitting = proposed(before, after)
        if fitting is None:
            return None
        number, title = self._open.report.form.tasks[after.id].number, TASK_STATE_TITLES[after.state]
        if fitting.state is not after.state:
            words = f"Nhiệm vụ {number} ghi {after.percent}% mà “{title}”."
            return TaskProposal(
                words, f"Chuyển “{TASK_STATE_TITLES[fitting.state]}”", after.id, {"state": fitting.state}
            )
        words = f"Nhiệm vụ {number} “{title}” mà ghi {after.percent}%."
        return TaskProposal(words, f"Ghi {fitting.percent}%", after.id, {"percent": fitting.percent})


def read_percent(text: str) -> int:
    """What was typed, with or without its sign; nothing is nought. Raises InputRefused TASK_PERCENT."""
    plain = text.strip().removesuffix("%").strip() or "0"
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 3 and int(plain) <= 100):
        raise InputRefused(
            "TASK_PERCENT", f"“{text.strip()[:20]}” không phải là số nguyên từ 0 đến 100. Gõ lại.", "percent"
        )
    return int(plain)
