"""The report inside a package: its shape in the file, and the way from and to the domain's Report.

Everything is text, counters or flags; amounts are canonical decimal texts. Lists that have a natural order
are sorted by it, so that one report has one text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from exports.package.manifest import MAX_ROWS
from exports.package.refusals import refused
from exports.package.strict_json import (
    Check,
    Shape,
    day,
    flag,
    in_order,
    integer,
    matching,
    nullable,
    one_of,
    record,
    rows,
    ruled,
    table,
    text,
)
from forms.exchange.statements import OpenedPackage
from forms.model.cell import MAX_NOTE, Cell, CellState
from forms.model.count import Role
from forms.model.form import Form
from forms.model.news_item import MAX_TITLE, Evidence, NewsItem
from forms.model.number import canonical
from forms.model.period import Period
from forms.model.report import Change, Report, ReportState
from forms.model.report_fields import as_data, fields_of, from_data
from forms.model.task import Nomination, Task

MAX_NARRATIVE = 20_000

AMOUNT = r"0|-?[1-9][0-9]{0,14}|-?(0|[1-9][0-9]{0,14})\.[0-9]{0,5}[1-9]"
COUNTED = AMOUNT.replace("-?", "")
_STATES = "|".join(CellState)
_STATE = {state.value: state for state in CellState}
_YEAR = "(@[12][0-9]{3})?"  # of a form that reports a span of years
cell_name = matching(rf"[a-z][a-z0-9_]{{0,63}}(\.[a-z0-9_]{{1,63}})?{_YEAR}")
_id = matching(r"[a-z0-9][a-z0-9_.-]{0,63}")
_check_id = matching(r"[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,159}")
_note = text(MAX_NOTE, multiline=True)
_reason = text(MAX_NOTE, multiline=True, blank=False)
_line = text(MAX_NOTE)
_cell = record(
    {"amount": matching(AMOUNT), "cell": cell_name, "note": _note, "state": one_of(*CellState)},
    optional=["amount"],
    rule=lambda row: ("amount" in row) == (row["state"] == "given"),
)


def _shape_of(kind: type, optional: Collection[str] = (), **own: Check) -> Check:
    """The shape of what a report lists, by the table of its fields; `own` are those with a rule of their own."""
    shapes: dict[str, Check] = {}
    for name, field in fields_of(kind).items():
        if issubclass(field.type, StrEnum):
            shapes[name] = one_of(*field.type)
        else:
            shapes[name] = {str: _line, int: integer(0, 1_000_000), bool: flag(), date: day()}.get(field.type, _line)
        if field.is_optional and name not in optional:
            shapes[name] = nullable(shapes[name])
    return record(shapes | own, optional)


_news = _shape_of(
    NewsItem,
    optional=["files"],
    id=matching("[0-9a-f]{32}"),
    title=text(MAX_TITLE, blank=False),
    channels=ruled(rows(matching("[a-z][a-z0-9_]{0,39}"), 40), in_order),
    evidence=_note,
    reason=_note,
    files=ruled(rows(matching("[0-9a-f]{64}"), 5), lambda found: len(set(found)) == len(found) > 0),
)
_task = _shape_of(Task, optional=["due"], id=_id, percent=integer(0, 100), product=_note, result=_note, evidence=_note)
_nomination = _shape_of(Nomination, name=text(200, blank=False), ground=_note)
_explanation = record({"check": _check_id, "reason": _reason})
_old_or_new = matching(f"{AMOUNT}|{_STATES}")
_change = _shape_of(Change, cell=cell_name, old=_old_or_new, new=_old_or_new, reason=_note)
report_shape = record(
    {
        "role": one_of(*Role),
        "as_of": nullable(day()),
        "estimate": flag(),
        "cells": rows(_cell, MAX_ROWS, key=lambda row: row["cell"]),
        "news": rows(_news, MAX_ROWS, key=lambda row: (row["date"], row["id"])),
        "narratives": table(_id, text(MAX_NARRATIVE, multiline=True, blank=False), 200),
        "tasks": rows(_task, 1000, key=lambda row: row["id"]),
        "nominations": rows(_nomination, 5000),
        "explanations": rows(_explanation, 5000, key=lambda row: row["check"]),
        "changes": rows(_change, MAX_ROWS, key=lambda row: row["cell"]),
    }
)
_shape = Shape(report_shape, "payload.json")


def read_payload(data: bytes) -> dict[str, Any]:
    """The `payload.json` of a report of format 1. Raises JSON_…"""
    return cast(dict[str, Any], _shape.parse(data))


def files_of(payload: Mapping[str, Any]) -> set[str]:
    """The digests of the attachments that its news items name."""
    return {digest for item in payload["news"] for digest in item.get("files", ())}


def beside_figures(data: bytes) -> bytes:
    """What a sound `payload.json` says beside its figures, as it stands there: texts, items, proposals, tasks. Its keys are
    sorted, and within a text every quotation mark has a backslash before it."""
    start, end = data.index(b'"narratives":'), data.rindex(b',"role":"')
    said = data[start:end] + data[data.index(b',"tasks":', end) : -1]
    return b"" if said == b'"narratives":{},"news":[],"nominations":[],"tasks":[]' else said


def summary_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown beside the seal: the rows, the sum of all amounts, the counted news items."""
    amounts = sum((Decimal(row["amount"]) for row in payload["cells"] if "amount" in row), Decimal(0))
    counted = sum(item["counted"] for item in payload["news"])
    length = sum(len(payload[part]) for part in ("cells", "news", "tasks", "nominations"))
    return {"rows": length, "control_totals": {"amounts": canonical(amounts), "news_counted": str(counted)}}


def to_payload(report: Report) -> dict[str, Any]:
    """What a sealed report says, ready for `write`. Form, unit, period and revision are the statement's."""
    return {
        "role": report.role.value,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "estimate": report.estimate,
        "cells": [_cell_to(name, cell) for name, cell in sorted(report.cells.items())],
        "news": [_news_to(item) for item in sorted(report.news, key=lambda item: (item.date, item.id))],
        "narratives": dict(report.narratives),
        "tasks": [_task_to(task) for task in sorted(report.tasks, key=lambda task: task.id)],
        "nominations": [as_data(one) for one in report.nominations],
        "explanations": [{"check": check, "reason": reason} for check, reason in sorted(report.explanations.items())],
        "changes": [as_data(change) for change in sorted(report.changes, key=lambda change: change.cell)],
    }


def from_payload(payload: Mapping[str, Any], opened: OpenedPackage, form: Form) -> Report:
    """The sealed report. The payload's shape was checked by `read`; here the names must be the form's.

    Raises JSON_VALUE for a cell, text section or task that the form does not have, or proposals where it asks none.
    """
    _check_names(payload, form)
    files = {file.digest: file for file in opened.files}
    return Report(
        form,
        opened.unit,
        Role(payload["role"]),
        Period(opened.key.period, opened.key.basis),
        cells={row["cell"]: _cell_from(row["state"], row.get("amount"), row["note"]) for row in payload["cells"]},
        news=tuple(_news_from(row, files) for row in payload["news"]),
        narratives=dict(payload["narratives"]),
        tasks=tuple(from_data(Task, row) for row in payload["tasks"]),
        nominations=tuple(from_data(Nomination, row) for row in payload["nominations"]),
        explanations={row["check"]: row["reason"] for row in payload["explanations"]},
        as_of=date.fromisoformat(payload["as_of"]) if payload["as_of"] else None,
        estimate=payload["estimate"],
        state=ReportState.SEALED,
        revision=opened.revision,
        supersedes=opened.supersedes,
        changes=tuple(from_data(Change, row) for row in payload["changes"]),
    )


def _check_names(payload: Mapping[str, Any], form: Form) -> None:
    cells, narratives = form.count_of_cell, {narrative.id for narrative in form.narratives}
    for row in payload["cells"]:
        if row["cell"] not in cells:
            raise refused("JSON_VALUE", f"payload.json: cells {row['cell']}")
    for id in payload["narratives"]:
        if id not in narratives:
            raise refused("JSON_VALUE", f"payload.json: narratives {id}")
    for row in payload["tasks"]:
        if row["id"] not in form.tasks:
            raise refused("JSON_VALUE", f"payload.json: tasks {row['id']}")
    if payload["nominations"] and form.nominations is None:
        raise refused("JSON_VALUE", "payload.json: nominations")


def _cell_to(name: str, cell: Cell) -> dict[str, str]:
    row = {"cell": name, "state": cell.state.value, "note": cell.note}
    return row if cell.amount is None else row | {"amount": canonical(cell.amount)}


@lru_cache(maxsize=8192)
def _cell_from(state: str, amount: str | None, note: str) -> Cell:
    """Remembered: most figures of a commune are small and without a note, and thousands of packages hold them."""
    return Cell(_STATE[state], None if amount is None else Decimal(amount), note)


def _news_to(item: NewsItem) -> dict[str, Any]:
    """Files by their digests alone; what they are called, the statement says."""
    row = as_data(item) | {"channels": sorted(set(item.channels)), "files": [file.digest for file in item.files]}
    return row if item.files else _without(row, "files")


def _news_from(row: Mapping[str, Any], files: Mapping[str, Evidence]) -> NewsItem:
    item = from_data(NewsItem, _without(row, "files"))
    return replace(item, files=tuple(files[digest] for digest in row["files"])) if "files" in row else item


def _task_to(task: Task) -> dict[str, Any]:
    row = as_data(task)
    return row if task.due else _without(row, "due")


def _without(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}
