"""The tasks of the plan in print: how many are done, which are not and why, the table of all; and who is proposed for
commendation.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from exports.document import Block, Bullet, Cell, ColumnHead, Figure, Para, Row, Table, table_of
from exports.reports.indicators import group_cells
from exports.reports.report_texts import UNVERIFIED
from forms.model.form import TaskSpec
from forms.model.number import counted
from forms.model.org_unit import UnitKey
from forms.model.report import Report
from forms.model.task import NOMINEE_TITLES, TASK_STATE_TITLES, Nominee, Task, TaskState
from forms.org_units.unit_words import units_counted
from forms.services.summary import Summary
from forms.summary.task_rollup import TaskRollup

_PROGRESS: tuple[ColumnHead, ...] = (("%", 12, "number"), ("Thời gian thực hiện", 24, "centre"))
_ORDER = (TaskState.DONE, TaskState.RUNNING, TaskState.NOT_STARTED)


def done_words(summary: Summary, where: str) -> list[Block]:
    """ "Trong 09 nhiệm vụ: 05 hoàn thành, 04 đang thực hiện (chi tiết tại …)", then those that are not done. Of a territory a
    task is done when everybody has done it who was asked."""
    found = summary.task_states.values()
    tally = Counter(one.state for one in found)
    told = [f"{counted(tally[state])} nhiệm vụ {TASK_STATE_TITLES[state].lower()}" for state in _ORDER if tally[state]]
    told += [f"{counted(tally[None])} nhiệm vụ chưa có báo cáo"] if tally[None] else []
    blocks: list[Block] = [Para(f"Trong {counted(len(found))} nhiệm vụ: {', '.join(told)} (chi tiết tại {where}).")]
    blocks += [Bullet(_late_words(one, summary.own)) for one in found if _is_late(one, summary.own)]
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
            rows += [
                Row(_cells(summary.task_states[spec.id], summary))
                for spec in section.tasks
                if spec.id in summary.task_states
            ]
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


def _cells(one: TaskRollup, summary: Summary) -> tuple[Cell, ...]:
    """One who was asked alone tells all of it; of several how many have done it, what its lead made, else what those have
    achieved who are done."""
    spec = one.spec
    said = (spec.number, spec.title + ("" if spec.verified else f" {UNVERIFIED}"), " ".join(spec.lead.split()))
    if one.asked == 1 and one.told:
        (task,) = one.told.values()
        return (*said, _day(task.due or spec.due), *_how_far(task))
    names = {unit.key: unit.full_name for unit in summary.status.expected} | {
        summary.own.unit: summary.status.office.name
    }
    done = [f"{names[unit]}: {_came_of(task)}" for unit, task in one.told.items() if task.state is TaskState.DONE]
    results = [_came_of(one.lead)] if one.lead else [line for line in done if not line.endswith(": ")]
    return (*said, _day(spec.due), _standing(one), str(one.percent) if one.told else "", "", "\n".join(results))


def _came_of(task: Task) -> str:
    return "; ".join(" ".join(text.split()) for text in (task.product, task.result) if text.strip())


def _standing(one: TaskRollup) -> str:
    """12/14 hoàn thành, 01 đang thực hiện, 01 chưa báo cáo."""
    told = [
        f"{one.states[state]}/{one.asked} {TASK_STATE_TITLES[state].lower()}" for state in _ORDER if one.states[state]
    ]
    told += [f"{one.silent}/{one.asked} chưa báo cáo"] if one.silent else []
    return "\n".join(told)


def _due(one: TaskRollup) -> date | None:
    said = [task.due for task in one.told.values() if task.due] if one.asked == 1 else []
    return said[0] if said else one.spec.due


def _is_late(one: TaskRollup, own: Report) -> bool:
    """Not done, with something to say of it or past its day."""
    due, day = _due(one), own.as_of or own.period.last
    alone = one.asked == 1 and any(task.result.strip() for task in one.told.values())
    return one.state is not TaskState.DONE and (alone or bool(due and due < day))


def _late_words(one: TaskRollup, own: Report) -> str:
    due, state = _due(one), one.state
    how = "chưa có báo cáo" if state is None else TASK_STATE_TITLES[state].lower()
    how += f" {one.percent}%" if one.percent else ""
    how = how if one.asked == 1 else " ".join(_standing(one).split("\n")).replace(" nhiệm vụ", "")
    said = [f"Nhiệm vụ {one.spec.number}. {one.spec.title}: {how}"]
    said += [f"quá hạn {_day(due)}"] if due and due < (own.as_of or own.period.last) else []
    results = [" ".join(task.result.split()).rstrip(".") for task in one.told.values() if task.result.strip()]
    said += results if one.asked == 1 else []
    return "; ".join(said) + "."


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def nominated(summary: Summary, where: str) -> list[Block]:
    """ "Đề nghị khen thưởng 03 tập thể, 05 cá nhân (danh sách tại Phụ lục IV, Phụ lục V)."."""
    tally = Counter(one.kind for _, one in summary.nominations)
    told = ", ".join(f"{counted(tally[kind])} {NOMINEE_TITLES[kind].lower()}" for kind in Nominee if tally[kind])
    return [Para(f"Đề nghị khen thưởng {told} có thành tích (danh sách tại {where}).")]


def nomination_table(summary: Summary, kind: Nominee) -> Table | None:
    """One kind of nominee, in the order in which they were proposed; above several units with who proposes them."""
    rows, office = [one for one in summary.nominations if one[1].kind is kind], summary.status.office
    if not rows:
        return None
    proposing: list[ColumnHead] = [("Đơn vị đề nghị", 40, "text")] if office.collates else []
    heads: list[ColumnHead] = [
        ("TT", 10, "centre"), ("Tên", 60, "text"), *proposing, ("Hình thức khen thưởng", 52, "text"),
        ("Thành tích", 120 - 40 * len(proposing), "text"),
    ]  # fmt: skip
    lines = tuple(
        Row((str(n), one.name, *((unit or office.name,) * len(proposing)), one.form, one.ground))
        for n, (unit, one) in enumerate(rows, start=1)
    )
    return table_of(heads, lines)


def derogation_table(summary: Summary) -> Table | None:
    """The targets that units set themselves instead of the plan's, each with its reason."""
    heads: list[ColumnHead] = [
        ("TT", 10, "centre"), ("Đơn vị", 52, "text"), ("Chỉ tiêu", 80, "text"), ("Mức của đơn vị", 26, "number"),
        ("Lý do", 80, "text"),
    ]  # fmt: skip
    lines = tuple(
        Row(
            (
                str(n),
                unit.full_name,
                f"{indicator.number}. {indicator.title}",
                Figure(cell.amount or Decimal(0)),
                cell.note,
            )
        )
        for n, (unit, indicator, cell) in enumerate(summary.derogations, start=1)
    )
    return table_of(heads, lines) if lines else None
