"""The report inside a package: its shape in the file, and the way from and to the domain's Report.

Everything is text, counters or flags; amounts are canonical decimal texts. Lists that have a natural order
are sorted by it, so that one report has one text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from exports.package.manifest import MAX_ROWS
from exports.package.refusals import refused
from exports.package.strict_json import (
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
from forms.model.news_item import MAX_TITLE, Evidence, NewsItem, NewsKind, Origin
from forms.model.number import canonical
from forms.model.period import Period
from forms.model.report import Change, Report, ReportState
from forms.model.task import Nomination, Nominee, Task, TaskState

MAX_NARRATIVE = 20_000

_AMOUNT = r"0|-?[1-9][0-9]{0,14}|-?(0|[1-9][0-9]{0,14})\.[0-9]{0,5}[1-9]"
_STATES = "|".join(CellState)
_KIND, _ORIGIN = {kind.value: kind for kind in NewsKind}, {origin.value: origin for origin in Origin}
_STATE = {state.value: state for state in CellState}
_YEAR = "(@[12][0-9]{3})?"  # of a form that reports a span of years
_cell_name = matching(rf"[a-z][a-z0-9_]{{0,63}}(\.[a-z0-9_]{{1,63}})?{_YEAR}")
_id = matching(r"[a-z0-9][a-z0-9_.-]{0,63}")
_check_id = matching(r"[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,159}")
_note = text(MAX_NOTE, multiline=True)
_reason = text(MAX_NOTE, multiline=True, blank=False)
_line = text(MAX_NOTE)
_cell = record(
    {"amount": matching(_AMOUNT), "cell": _cell_name, "note": _note, "state": one_of(*CellState)},
    optional=["amount"],
    rule=lambda row: ("amount" in row) == (row["state"] == "given"),
)
_channels = ruled(rows(matching("[a-z][a-z0-9_]{0,39}"), 40), in_order)
_news = record(
    {
        "id": matching("[0-9a-f]{32}"),
        "date": day(),
        "title": text(MAX_TITLE, blank=False),
        "kind": one_of(*NewsKind),
        "channels": _channels,
        "origin": one_of(*Origin),
        "language": _line,
        "minutes": nullable(integer(0, 1_000_000)),
        "words": nullable(integer(0, 1_000_000)),
        "airings": integer(0, 1_000_000),
        "topic": _line,
        "author": _line,
        "evidence": _note,
        "counted": flag(),
        "reason": _note,
        "files": ruled(rows(matching("[0-9a-f]{64}"), 5), lambda found: len(set(found)) == len(found) > 0),
    },
    optional=["files"],
)
_task = record(
    {
        "id": _id,
        "state": one_of(*TaskState),
        "percent": integer(0, 100),
        "started": nullable(day()),
        "finished": nullable(day()),
        "product": _note,
        "result": _note,
        "evidence": _note,
        "due": day(),
    },
    optional=["due"],
)
_nomination = record(
    {
        "kind": one_of(*Nominee),
        "name": text(200, blank=False),
        "form": _line,
        "ground": _note,
    }
)
_explanation = record({"check": _check_id, "reason": _reason})
_old_or_new = matching(f"{_AMOUNT}|{_STATES}")
_change = record({"cell": _cell_name, "old": _old_or_new, "new": _old_or_new, "reason": _note})
_shape = Shape(
    record(
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
    ),
    "payload.json",
)


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
        "as_of": _day_text(report.as_of),
        "estimate": report.estimate,
        "cells": [_cell_to(name, cell) for name, cell in sorted(report.cells.items())],
        "news": [_news_to(item) for item in sorted(report.news, key=lambda item: (item.date, item.id))],
        "narratives": dict(report.narratives),
        "tasks": [_task_to(task) for task in sorted(report.tasks, key=lambda task: task.id)],
        "nominations": [
            {"kind": n.kind.value, "name": n.name, "form": n.form, "ground": n.ground} for n in report.nominations
        ],
        "explanations": [{"check": check, "reason": reason} for check, reason in sorted(report.explanations.items())],
        "changes": [
            {"cell": c.cell, "old": c.old, "new": c.new, "reason": c.reason}
            for c in sorted(report.changes, key=lambda change: change.cell)
        ],
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
        tasks=tuple(_task_from(row) for row in payload["tasks"]),
        nominations=tuple(Nomination(**row | {"kind": Nominee(row["kind"])}) for row in payload["nominations"]),
        explanations={row["check"]: row["reason"] for row in payload["explanations"]},
        as_of=_day_from(payload["as_of"]),
        estimate=payload["estimate"],
        state=ReportState.SEALED,
        revision=opened.revision,
        supersedes=opened.supersedes,
        changes=tuple(Change(**row) for row in payload["changes"]),
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
    files = {"files": [file.digest for file in item.files]} if item.files else {}
    return files | {
        "id": item.id,
        "date": item.date.isoformat(),
        "title": item.title,
        "kind": item.kind.value,
        "channels": sorted(set(item.channels)),
        "origin": item.origin.value,
        "language": item.language,
        "minutes": item.minutes,
        "words": item.words,
        "airings": item.airings,
        "topic": item.topic,
        "author": item.author,
        "evidence": item.evidence,
        "counted": item.counted,
        "reason": item.reason,
    }


def _news_from(row: Mapping[str, Any], files: Mapping[str, Evidence]) -> NewsItem:
    return NewsItem(
        id=row["id"],
        date=date.fromisoformat(row["date"]),
        title=row["title"],
        kind=_KIND[row["kind"]],
        channels=tuple(row["channels"]),
        origin=_ORIGIN[row["origin"]],
        language=row["language"],
        minutes=row["minutes"],
        words=row["words"],
        airings=row["airings"],
        topic=row["topic"],
        author=row["author"],
        evidence=row["evidence"],
        counted=row["counted"],
        reason=row["reason"],
        files=tuple(files[digest] for digest in row.get("files", ())),
    )


def _task_to(task: Task) -> dict[str, Any]:
    due = {"due": task.due.isoformat()} if task.due else {}
    return due | {
        "id": task.id,
        "state": task.state.value,
        "percent": task.percent,
        "started": _day_text(task.started),
        "finished": _day_text(task.finished),
        "product": task.product,
        "result": task.result,
        "evidence": task.evidence,
    }


def _task_from(row: Mapping[str, Any]) -> Task:
    days = {name: _day_from(row.get(name)) for name in ("started", "finished", "due")}
    return Task(**dict(row) | days | {"state": TaskState(row["state"])})


def _day_text(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _day_from(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
