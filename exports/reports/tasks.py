"""The tasks of the plan in print: how many are done, which are not and why, the table of all; and who is proposed for
commendation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from exports.document import Block, Bullet, Cell, ColumnHead, Para, Row, Table, table_of
from exports.reports.indicators import group_cells
from exports.reports.report_texts import UNVERIFIED
from forms.model.form import TaskSpec
from forms.model.number import counted
from forms.model.org_unit import UnitKey
from forms.model.report import Report
from forms.model.task import NOMINEE_TITLES, TASK_STATE_TITLES, Nomination, Nominee, Task, TaskState
from forms.org_units.unit_words import units_counted
from forms.services.summary import Summary

_PROGRESS: tuple[ColumnHead, ...] = (("%", 12, "number"), ("Thời gian thực hiện", 24, "centre"))
_ORDER = (TaskState.DONE, TaskState.RUNNING, TaskState.NOT_STARTED)


def done_words(summary: Summary, where: str) -> list[Block]:
    """ "Trong 09 nhiệm vụ: 05 hoàn thành, 04 đang thực hiện (chi tiết tại …)", then those that are not done."""
    own = summary.own
    tally = Counter(own.task(id).state for id in own.form.tasks)
    told = ", ".join(
        f"{counted(tally[state])} nhiệm vụ {TASK_STATE_TITLES[state].lower()}" for state in _ORDER if tally[state]
    )
    blocks: list[Block] = [Para(f"Trong {counted(len(own.form.tasks))} nhiệm vụ: {told} (chi tiết tại {where}).")]
    late = [spec for spec in own.form.tasks.values() if _is_late(spec, own)]
    blocks += [Bullet(_late_words(spec, own)) for spec in late]
    return blocks


def task_table(summary: Summary) -> Table:
    """Every task in printed order under its group: who leads, until when, how far, what came of it."""
    heads: list[ColumnHead] = [
        ("TT", 11, "centre"), ("Nhiệm vụ", 70, "text"), ("Cơ quan chủ trì", 38, "text"), ("Thời hạn", 21, "centre"),
        ("Trạng thái", 22, "centre"), *_PROGRESS, ("Sản phẩm, kết quả, minh chứng", 60, "text"),
    ]  # fmt: skip
    rows: list[Row] = []
    for section in summary.status.form.sections:
        if section.tasks:
            rows.append(Row(group_cells(section, len(heads)), "group"))
            rows += [Row(_cells(spec, summary.own.task(spec.id))) for spec in section.tasks]
    return table_of(heads, rows)


def below_words(summary: Summary, where: str) -> list[Block]:
    """How many units told of the tasks; nothing where none did."""
    if not summary.tasks:
        return []
    told = units_counted(unit for unit in summary.status.expected if unit.key in summary.tasks)
    return [Para(f"Có {told} báo cáo tình hình thực hiện nhiệm vụ của mình (chi tiết tại {where}).")]


def below_table(summary: Summary) -> Table:
    """Task by task what each unit below told of it, in printed order of the units."""
    heads: list[ColumnHead] = [
        ("TT", 11, "centre"), ("Đơn vị", 62, "text"), ("Trạng thái", 24, "centre"), *_PROGRESS,
        ("Sản phẩm, kết quả, minh chứng", 96, "text"),
    ]  # fmt: skip
    rows: list[Row] = []
    for spec in summary.status.form.tasks.values():
        told = [(unit, task) for unit in summary.status.received for task in _told(summary, unit.key, spec)]
        rows += [Row((spec.number, spec.title, *[""] * (len(heads) - 2)), "group")] if told else []
        rows += [
            Row((str(number), unit.full_name, *_how_far(task))) for number, (unit, task) in enumerate(told, start=1)
        ]
    return table_of(heads, rows)


def _told(summary: Summary, unit: UnitKey, spec: TaskSpec) -> list[Task]:
    return [task for task in summary.tasks.get(unit, ()) if task.id == spec.id]


def _how_far(task: Task) -> tuple[Cell, ...]:
    return (
        TASK_STATE_TITLES[task.state],
        str(task.percent),
        "\n".join(day for day in (_day(task.started), _day(task.finished)) if day),
        "\n".join(text for text in (task.product, task.result, task.evidence) if text.strip()),
    )


def _cells(spec: TaskSpec, task: Task) -> tuple[Cell, ...]:
    due = task.due or spec.due
    return (
        spec.number,
        spec.title + ("" if spec.verified else f" {UNVERIFIED}"),
        " ".join(spec.lead.split()),
        _day(due),
        *_how_far(task),
    )


def _is_late(spec: TaskSpec, own: Report) -> bool:
    """Not done, with something to say of it or past its day."""
    task = own.task(spec.id)
    due = task.due or spec.due
    day = own.as_of or own.period.last
    return task.state is not TaskState.DONE and bool(task.result.strip() or (due and due < day))


def _late_words(spec: TaskSpec, own: Report) -> str:
    task = own.task(spec.id)
    due = task.due or spec.due
    how = TASK_STATE_TITLES[task.state].lower() + (f" {task.percent}%" if task.percent else "")
    said = [f"Nhiệm vụ {spec.number}. {spec.title}: {how}"]
    said += [f"quá hạn {_day(due)}"] if due and due < (own.as_of or own.period.last) else []
    said += [" ".join(task.result.split()).rstrip(".")] if task.result.strip() else []
    return "; ".join(said) + "."


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def nominated(summary: Summary, where: str) -> list[Block]:
    """ "Đề nghị khen thưởng 03 tập thể, 05 cá nhân (danh sách tại Phụ lục IV, Phụ lục V)."."""
    rows = summary.own.nominations
    told = ", ".join(
        f"{counted(number)} {NOMINEE_TITLES[kind].lower()}"
        for kind in Nominee
        if (number := sum(one.kind is kind for one in rows))
    )
    return [Para(f"Đề nghị khen thưởng {told} có thành tích (danh sách tại {where}).")]


def nomination_table(rows: Sequence[Nomination]) -> Table:
    """One kind of nominee, in the order in which they were proposed."""
    heads: list[ColumnHead] = [
        ("TT", 10, "centre"), ("Tên", 60, "text"), ("Hình thức khen thưởng", 52, "text"), ("Thành tích", 120, "text"),
    ]  # fmt: skip
    lines = tuple(Row((str(n), one.name, one.form, one.ground)) for n, one in enumerate(rows, start=1))
    return table_of(heads, lines)
