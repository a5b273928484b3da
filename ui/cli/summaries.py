"""Verbs about a period as a whole: who has sent, what the figures are, the printed report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from forms.all_services import Services
from forms.application import Application
from forms.errors import ExportError, InputRefused
from forms.exchange.adjustment import adjusted_words, adjustment_row
from forms.exchange.publication import IssueDetails
from forms.model.cell import STATE_TITLES, CellState
from forms.model.expression import Lack, Quantity
from forms.model.indicator import Indicator, Target
from forms.model.number import canonical, format_number, read_typed
from forms.model.period import Period
from forms.model.task import TASK_STATE_TITLES, TaskState
from forms.org_units.unit_words import units_called, units_counted
from forms.programmes.reporting_lines import AgencyQuestion
from forms.prose.wording import SIGNS, verdict_title
from forms.services.due_dates import SetDay
from forms.services.summary import Status, Summary
from forms.services.unit_tree import (
    SENT_BY_TITLES,
    UNIT_STATE_TITLES,
    UnitNode,
    UnitState,
    chosen_first,
    measures,
    quantity_of,
)
from forms.summary.task_rollup import TaskRollup
from forms.summary.totals import BELOW, Result, Sum
from forms.summary.verdict import VERDICT_TITLES
from ui.cli.command_context import Seat
from ui.cli.output import Output, picked

FORMATS = ("pdf", "docx", "xlsx")
_FINEST = Decimal("0.000001")


def status(seat: Seat) -> int:
    with seat.desk() as desk:
        root = desk.trees.tree(*seat.period(desk))
    found = root.status
    seat.out.give(
        adjustments_shape(found)
        | {
            "expected": len(found.expected),
            "received": len(found.received),
            "late": len(found.late),
            "returned": 0,
            "missing": [unit.code for unit in found.missing],
            "unit": found.office.unit.code,
            "programme": found.form.programme,
            "period": found.period.label,
            "due": found.due.isoformat() if found.due else None,
            "unit_dues": {key.code: day.isoformat() for key, day in found.unit_dues.items()},
            "called": units_counted(found.expected),
            "questions": [_question(one) for one in found.questions],
            "unnamed": [unit.code for unit in found.unnamed],
            "states": {state.value: root.states[state] for state in UnitState},
            "tree": _branch(root),
            "on_behalf": [
                {"unit": unit.code} | picked(found.heads[unit.key], "by", at="received_at") for unit in found.on_behalf
            ],
        }
    )
    tell_status(seat.out, found)
    tell_tree(seat.out, root)
    return 0


def _question(one: AgencyQuestion) -> dict[str, Any]:
    return {**picked(one.agency, "title", agency="id"), "units": [unit.code for unit in one.units]}


def agencies(seat: Seat) -> int:
    """Who answers as which agency of the plan; with --agency a choice among several."""
    args = seat.args
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        if args.agency is not None:
            desk.answering.choose(programme, period, args.agency, args.unit or "", args.reason)
        found, chosen = desk.summaries.status(programme, period), desk.answering.chosen(programme)
        plan = [one for one in desk.catalogue.programme(programme).agencies if not one.kinds]
    units = {one.id: [key.code for key, ids in found.agencies.items() if one.id in ids] for one in plan}
    asked = {one.agency.id for one in found.questions}
    shown = [
        {
            **picked(one, "title", agency="id"),
            "units": units[one.id],
            "question": one.id in asked,
            "chosen": chosen.get(one.id),
        }
        for one in plan
    ]
    seat.out.give({"agencies": shown, "unnamed": [unit.code for unit in found.unnamed]})
    marks = {True: "cần chọn một", False: ""}
    rows = [(one.id, one.title, ", ".join(units[one.id]), marks[one.id in asked]) for one in plan]
    seat.out.table(("Mã", "Cơ quan của kế hoạch", "Đơn vị trả lời", ""), rows)
    tell_questions(seat.out, found)
    return 0


def sources(seat: Seat) -> int:
    """The indicators of which two answers differ; with --indicator one of them is chosen, without --source given back."""
    args = seat.args
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        if args.indicator is not None:
            desk.answering.choose_source(programme, period, args.indicator, args.source, args.reason)
        made = desk.summaries.sum_up(programme, period, tasks=False)
    found = [_row(result) for result in made.results if result.sources]
    choices = [picked(one, "count", "source", "reason", "by", "at") for one in made.status.choices.values()]
    seat.out.give({"indicators": found, "choices": choices})
    tell_sources(seat.out, made)
    return 0


def tell_sources(out: Output, made: Summary) -> None:
    """What each source says where they differ, and which a person chose, with the reason."""
    for result in made.results:
        for one in result.sources:
            shown = f"{_shown(one.quantity, result.indicator.decimals)} {result.indicator.measure}"
            title, verdict = made.source_title(one.source), VERDICT_TITLES[one.verdict]
            out.say(f"  {result.indicator.number}: {title}: {shown} ({verdict})")
        if result.sources and (choice := made.choice_of(result)):
            title = made.source_title(choice.source)
            out.say(f"  {result.indicator.number}: {choice.by} chọn nguồn “{title}”: {choice.reason}")


def adjust(seat: Seat) -> int:
    """The adjustments of a period; with --unit one is made, with --drop taken back."""
    args = seat.args
    against: tuple[str, ...] = ()
    with seat.desk() as desk:
        report = seat.period(desk)
        if args.drop:
            desk.adjusting.drop(*report, args.unit or "", args.cell or "")
        elif args.unit is not None or args.cell is not None or args.amount is not None:
            typed = read_typed(args.amount or "")
            if typed is None:
                raise InputRefused("ADJUSTMENT_AMOUNT", "Ghi số điều chỉnh: --amount SỐ.", "amount")
            programme, period = report
            against = desk.adjusting.adjust(
                programme, period, args.unit or "", args.cell or "", typed.amount, args.reason, desk.ledger.person.name
            )
        found = desk.summaries.status(*report)
    seat.out.give({**adjustments_shape(found), "against": list(against)})
    for message in against:
        seat.out.note(f"Số của đơn vị sau điều chỉnh trái với biểu: {message}")
    if not found.adjustments and not found.void:
        seat.out.say("Chưa điều chỉnh số nào.")
    tell_adjustments(seat.out, found)
    return 0


def adjustments_shape(found: Status) -> dict[str, Any]:
    """Those that apply, and those to be decided again since the unit sent another figure."""
    return {
        "adjustments": [adjustment_row(one) for one in found.adjustments],
        "void": [adjustment_row(one) for one in found.void],
    }


def tell_adjustments(out: Output, found: Status) -> None:
    """Each with the figure that the unit sent, whose it is and why."""
    for title, which in (("Điều chỉnh", found.adjustments), ("Cần điều chỉnh lại, đơn vị đã sửa số", found.void)):
        for one in which:
            out.say(f"  {title}: {one.unit.unit.code} {one.unit.name}, {adjusted_words(one, found.form)}")


def due(seat: Seat) -> int:
    """The days that were set for single forms, periods and units; with --day, --days or --drop one of them is set."""
    args = seat.args
    with seat.desk() as desk:
        programme = args.programme or ("" if args.period is None else desk.office.programme)
        is_change = args.drop or args.day is not None or args.days is not None
        if is_change:
            label = "" if args.period is None else seat.period(desk)[1].label
            named = (programme or desk.office.programme, args.form, label, args.unit)
            wanted = SetDay(*named, args.day, args.days or 0)
            (desk.answering.drop_day if args.drop else desk.answering.set_day)(wanted)
        found = desk.answering.days(programme)
    seat.out.give({"due": [_set_day(one) for one in found]})
    head = ("Chương trình", "Biểu", "Kỳ", "Đơn vị", "Hạn")
    rows = [(one.programme, one.form, one.period, one.unit, _day_words(one)) for one in found]
    if rows:
        seat.out.table(head, rows)
    else:
        seat.out.say("Chưa đặt hạn riêng nào: theo hạn của chương trình.")
    return 0


def _set_day(one: SetDay) -> dict[str, Any]:
    return picked(one, "programme", "form", "period", "unit", "day") | {"days": None if one.day else one.days}


def _day_words(one: SetDay) -> str:
    return f"{one.day:%d/%m/%Y}" if one.day else f"{one.days} ngày sau khi hết kỳ"


def tell_questions(out: Output, found: Status) -> None:
    """Who may answer as one agency, and who is none of the plan's."""
    for one in found.questions:
        names = "; ".join(f"{unit.code} {unit.full_name}" for unit in one.units)
        out.say(f"  Cần chọn ai trả lời thay “{one.agency.title}” ({one.agency.id}): {names}")
    for unit in found.unnamed:
        out.say(f"  Kế hoạch không giao gì: {unit.code} {unit.full_name} (không trùng tên cơ quan nào)")


def _branch(node: UnitNode) -> dict[str, Any]:
    """A place of the tree. `sent`: what stands for a unit now; `forwarded`: what an office between sent up last."""
    head, bundle, (answered, asked) = node.head, node.bundle, node.answered
    sent = (
        {"digest": head.digest, "revision": head.revision, "received_at": head.received_at.isoformat()} if head else {}
    )
    shown, first = measures(node.status.form)
    return {
        "id": node.id,
        "unit": node.unit.code if node.unit else None,
        "name": node.title,
        "state": node.state.value if node.state else None,
        "expected": len(node.leaves),
        "received": node.received,
        "sent": sent | {"by": node.sent_by.value, "cells": answered, "asked": asked} if node.sent_by else None,
        "forwarded": {"revision": bundle.revision, "received_at": bundle.at.isoformat()} if bundle else None,
        "rates": {one.id: _amount(quantity_of(node, one)) for one in shown[:first]},
        "children": [_branch(child) for child in chosen_first(node.children, by_name=True)],
    }


def tell_tree(out: Output, root: UnitNode) -> None:
    """Who has sent what, each place under the one that it reports to, with the rates of a few indicators."""
    shown, first = measures(root.status.form)
    heads = [one.number if isinstance(one, Indicator) else one.measure for one in shown[:first]]

    def lines(node: UnitNode, depth: int) -> Iterator[tuple[str, ...]]:
        rates = [
            _shown(quantity_of(node, one), getattr(one, "decimals", 0)) if node.received else ""
            for one in shown[:first]
        ]
        yield ("  " * depth + node.title, _standing(node), "/".join(map(str, node.answered)), *rates)
        for child in chosen_first(node.children, by_name=True):
            yield from lines(child, depth + 1)

    out.table(("Đơn vị", "Trạng thái", "Đã có", *heads), [*lines(root, 0)], {*range(2, 3 + first)})


def _standing(node: UnitNode) -> str:
    if node.state:
        way = SENT_BY_TITLES[node.sent_by] if node.sent_by else ""
        return f"{UNIT_STATE_TITLES[node.state]}{', ' if way else ''}{way}"
    if node.bundle:
        return f"gói chuyển lần {node.bundle.revision}"
    return "chưa chuyển lên" if node.gathers else ""


def tell_status(out: Output, found: Status) -> None:
    """The roll call in one line, then who is missing or late."""
    due = f", hạn gửi {found.due:%d/%m/%Y}" if found.due else ", chưa đặt hạn gửi"
    out.say(f"{found.office.name}, {found.period.words}{due}.")
    late = f", {len(found.late)} gửi muộn" if found.late else ""
    called = units_counted(found.expected)
    entered = f" ({len(found.on_behalf)} nhập thay)" if found.on_behalf else ""
    out.say(f"{called}: {len(found.received)} đã nhận{entered}, {len(found.missing)} còn thiếu{late}.")
    for title, units in (("Còn thiếu", found.missing), ("Gửi muộn", found.late)):
        for unit in units:
            own = f", hạn riêng {found.unit_dues[unit.key]:%d/%m/%Y}" if unit.key in found.unit_dues else ""
            out.say(f"  {title}: {unit.code} {unit.full_name}{own}")
    for unit in found.on_behalf:
        head = found.heads[unit.key]
        out.say(f"  Nhập thay: {unit.code} {unit.full_name} ({head.by}, {head.received_at:%d/%m/%Y})")
    tell_questions(out, found)
    tell_adjustments(out, found)


def table(seat: Seat) -> int:
    """Of the whole; of one place in the tree (`--unit`); or of the whole and every office between (`--by-district`)."""
    with seat.desk() as desk:
        period = seat.period(desk)
        root = desk.trees.tree(*period)
        assert root.whole is not None
        summary = desk.summaries.sum_up(*period) if root.whole.status.form.tasks else root.whole
    wanted, parts = seat.args.unit, []
    if wanted:
        parts = [
            one for one in root.every() if wanted in (one.id, one.unit.code if one.unit else "") and one is not root
        ][:1]
        if not parts:
            raise InputRefused("UNIT_NOT_BELOW", f"Kỳ này không có đơn vị mã {wanted[:20]} trong bảng.", wanted[:20])
    elif seat.args.by_district:
        parts = [one for one in root.every() if one.gathers]
    told = (
        {"unit": wanted, "rows": [_row(one) for one in parts[0].results]}
        | adjustments_shape(_of_place(summary.status, parts[0]))
        if wanted
        else {}
    )
    districts = {"districts": [_part(one) for one in parts]} if seat.args.by_district and not wanted else {}
    seat.out.give(table_shape(summary) | told | districts)
    if not wanted:
        tell_table(seat.out, summary)
    for one in parts:
        called = units_called(leaf.unit for leaf in one.leaves if leaf.unit)
        seat.out.say(f"{one.title}: {one.received}/{len(one.leaves)} {called}")
        if wanted:
            tell_adjustments(seat.out, _of_place(summary.status, one))
        _tell_results(seat.out, one.results)
    return 0


def _of_place(found: Status, node: UnitNode) -> Status:
    """The status with the adjustments of the units of one place alone."""
    units = {one.unit.key for one in node.leaves if one.unit}
    standing, void = (tuple(one for one in of if one.unit.unit in units) for of in (found.adjustments, found.void))
    return replace(found, adjustments=standing, void=void)


def _part(node: UnitNode) -> dict[str, Any]:
    """An office between, as `table` tells the whole."""
    return {
        "unit": node.id,
        "name": node.title,
        "units_expected": len(node.leaves),
        "units_received": node.received,
        "rows": [_row(result) for result in node.results],
    }


def report(seat: Seat) -> int:
    format_must_be_known(seat.args.format)
    with seat.desk() as desk:
        report, out = seat.period(desk), seat.args.out
        if seat.args.sheet:
            file = print_sheet(seat.program, desk, report, seat.args.format, out)
        else:
            file = print_report(seat.program, desk, report, seat.args.format, out, is_public=seat.args.public)
    seat.out.give({"file": str(file)})
    seat.out.say(f"Đã in báo cáo: {file}")
    if seat.args.public:
        seat.out.note(
            "Bản này để xem trước. Bản đưa ra công chúng thì chốt bằng publish --public, để lần sau không lộ số cũ."
        )
    return 0


def format_must_be_known(format: str) -> None:
    """Before anything is opened. Raises ExportError FORMAT_UNKNOWN."""
    if format not in FORMATS:
        shown = format[:20]
        raise ExportError("FORMAT_UNKNOWN", f"Chưa xuất được dạng “{shown}”. Chọn pdf, docx hoặc xlsx.", shown)


def print_report(
    program: Application, desk: Services, report: tuple[str, Period], format: str, out: Path, *, is_public: bool = False
) -> Path:
    """The report of (programme, period) as a file; journalled. The public gets no package with its exact figures."""
    programme, period = report
    summary, marks = desk.summaries.sum_up(programme, period), desk.sealing.marks(programme, period)
    if is_public:
        drawn = program.draw(summary, marks, desk.publishing.past(programme, period))
        data = program.printed(drawn, format, IssueDetails())
    else:
        data = program.document(summary, format, marks)
    file = program.write_file(out, data)
    desk.sealing.printed(programme, period, str(file))
    return file


def print_sheet(program: Application, desk: Services, report: tuple[str, Period], format: str, out: Path) -> Path:
    """The form itself as a statistical sheet; journalled."""
    summary, marks = desk.summaries.sum_up(*report), desk.sealing.marks(*report)
    file = program.write_file(out, program.sheet(summary, format, marks))
    desk.sealing.printed(*report, str(file))
    return file


def remind(seat: Seat) -> int:
    """Letters to those whose report has not come; none is written where all have come."""
    format_must_be_known(seat.args.format)
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        found, pack = desk.summaries.status(programme, period), desk.catalogue.programme(programme)
        made = seat.program.reminders(pack, found, seat.args.format, merged=seat.args.merged)
    with suppress(OSError):  # then writing says why not
        seat.args.out.mkdir(parents=True, exist_ok=True)
    names = {whose: f"don-doc_{period.label}_{programme}_{whose}.{seat.args.format}" for whose in made}
    files = [str(seat.program.write_file(seat.args.out / names[whose], data)) for whose, data in made.items()]
    seat.out.give({"files": files, "missing": [unit.code for unit in found.missing]})
    seat.out.say(
        f"Đã ghi {len(files)} công văn vào {seat.args.out}." if files else "Không còn đơn vị nào thiếu báo cáo."
    )
    return 0


def table_shape(summary: Summary) -> dict[str, Any]:
    """The JSON of `table`. Amounts are exact to six decimals."""
    found = summary.status
    return {
        "unit": found.office.unit.code,
        "programme": found.form.programme,
        "period": found.period.label,
        "units_expected": len(found.expected),
        "units_received": len(found.received),
        "units_on_behalf": len(found.on_behalf),
        "questions": [_question(one) for one in found.questions],
        **adjustments_shape(found),
        "rows": [_row(result) for result in summary.results],
        "cells": [
            picked(entry, "cell", "expected", "reported")
            | {"amount": _amount(entry.quantity), "lack": _lack(entry.quantity), "source": entry.agency or BELOW}
            | ({"sources": _said(entry)} if entry.others or entry.beside is not None else {})
            for entry in summary.sums.values()
        ],
        "tasks": [_task_row(one) for one in summary.task_states.values()] if summary.status.form.tasks else [],
    }


def _task_row(one: TaskRollup) -> dict[str, Any]:
    states = {state.value: one.states[state] for state in TaskState}
    return picked(one.spec, "id", "number") | picked(one, "asked", "silent", "percent") | states


def _said(entry: Sum) -> dict[str, str | None]:
    """By source what it says of a cell, where more than one speaks."""
    stands = {entry.agency or BELOW: entry.quantity} if entry.quantity is not Lack.TWO_SOURCES else {}
    beside = {BELOW: entry.beside} if entry.beside is not None else {}
    return {source: _amount(quantity) for source, quantity in (stands | beside | dict(entry.others)).items()}


def tell_table(out: Output, summary: Summary) -> None:
    """The indicators as aligned columns."""
    out.say(f"{summary.programme.short_title}, {summary.status.period.words}, {summary.status.office.name}")
    if entered := summary.status.on_behalf:
        had = units_counted(summary.status.received)
        out.say(f"Trong {had} đã có báo cáo, {units_counted(entered)} được nhập thay.")
    _tell_results(out, summary.results)
    tell_sources(out, summary)
    if summary.status.form.tasks:
        tell_tasks(out, summary.task_states.values())
    tell_questions(out, replace(summary.status, unnamed=()))
    tell_adjustments(out, summary.status)


def tell_tasks(out: Output, found: Iterable[TaskRollup]) -> None:
    """Of each task how many of those who were asked have done it."""
    order = (TaskState.DONE, TaskState.RUNNING, TaskState.NOT_STARTED)
    head = ("Số", "Nhiệm vụ", "Được giao", *(TASK_STATE_TITLES[state] for state in order), "Chưa báo cáo")
    rows = [
        (one.spec.number, _short(one.spec.title), str(one.asked), *(str(one.states[s]) for s in order), str(one.silent))
        for one in found
    ]
    out.table(head, rows, {2, 3, 4, 5, 6})


def _tell_results(out: Output, results: Sequence[Result]) -> None:
    has_years = any(result.year for result in results)
    rows = [
        (
            result.indicator.number,
            *([str(result.year)] if has_years else []),
            _short(result.indicator.title),
            _shown(result.quantity, result.indicator.decimals),
            result.indicator.measure,
            _short(result.target.words, 30) if result.target else "",
            verdict_title(result),
            f"{result.reported}/{result.expected}",
        )
        for result in results
    ]
    head = ("Số", *(["Năm"] if has_years else []), "Chỉ tiêu", "Kết quả", "ĐVT", "Mốc", "Đánh giá", "Đơn vị có số")
    out.table(head, rows, {head.index("Kết quả"), head.index("Đơn vị có số")})


def _row(result: Result) -> dict[str, Any]:
    return {
        **picked(result, "year", "expected", "reported", "verdict", "gap_count"),
        **picked(result.indicator, "number", "measure", indicator="id"),
        "operands": {name: _amount(quantity) for name, quantity in result.operands.items()},
        "amount": _amount(result.quantity),
        "lack": _lack(result.quantity),
        "target": _target(result.target),
        "gap": None if result.gap is None else _amount(result.gap),
        "verdict_so_far": result.so_far,
        "sources": [
            picked(one, "source", "verdict") | {"amount": _amount(one.quantity), "lack": _lack(one.quantity)}
            for one in result.sources
        ],
        "parts": {part: _amount(quantity) for part, quantity in result.parts},
        "gap_parts": {
            part: {"verdict": verdict.value, "gap": None if gap is None else _amount(gap), "gap_count": count}
            for part, verdict, gap, count in result.judged_parts
        },
    }


def _target(target: Target | None) -> Mapping[str, Any] | None:
    if target is None:
        return None
    return picked(target, "year", "operator", "words", "verified") | {"amount": canonical(target.amount)}


def _amount(quantity: Quantity) -> str | None:
    """Canonical, at most six decimals: a quotient may have no end."""
    if isinstance(quantity, Lack):
        return None
    return canonical(quantity.quantize(_FINEST, ROUND_HALF_UP))


def _lack(quantity: Quantity) -> str | None:
    return quantity.value if isinstance(quantity, Lack) else None


def _shown(quantity: Quantity, decimals: int) -> str:
    if isinstance(quantity, Lack):
        return SIGNS[quantity] or STATE_TITLES[CellState(quantity.value)]
    return format_number(quantity, decimals)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
