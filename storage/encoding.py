"""How the domain's values stand in a row: decimals, days and moments as text, small lists as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from forms.exchange.statements import Seal
from forms.model.cell import Cell, CellState
from forms.model.news_item import Evidence, NewsItem, NewsKind, Origin
from forms.model.report import Change
from forms.model.task import Nomination, Nominee, Task, TaskState

# A roll-up reads hundreds of thousands of cells; looking a state up costs a third of calling the enumeration.
_TASK_DAYS = ("started", "finished", "due")
_STATES = {state.value: state for state in CellState}


def to_json(value: object) -> str:
    """Canonical: sorted keys, no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    """An aware moment, as it was written."""
    return datetime.fromisoformat(text)


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def amount(value: Decimal | None) -> str | None:
    """Plain digits, never an exponent."""
    if value is None:
        return None
    text = str(value)  # four times as fast as formatting, and a merge writes hundreds of thousands
    return text if "E" not in text else f"{value:f}"


def cell_of(state: str, text: str | None, note: str) -> Cell:
    return Cell(_STATES[state], Decimal(text) if text is not None else None, note)


def cells_to_json(cells: Mapping[str, Cell]) -> str:
    """Name to [state, amount, note]; blank cells without a note are left out, absence says the same."""
    return to_json(
        {
            name: [cell.state.value, amount(cell.amount), cell.note]
            for name, cell in cells.items()
            if cell.state is not CellState.BLANK or cell.note
        }
    )


def cells_from_json(text: str) -> dict[str, Cell]:
    return {name: cell_of(*parts) for name, parts in json.loads(text).items()}


def amounts_from_json(text: str) -> Iterator[Decimal]:
    """The amounts alone."""
    return (Decimal(amount) for _, amount, _ in json.loads(text).values() if amount)


def seals_to_json(seals: Iterable[Seal]) -> str:
    return to_json(
        [{"keyid": seal.keyid, "role": seal.role, "known": seal.known, "person": seal.person} for seal in seals]
    )


def news_to_row(item: NewsItem) -> dict[str, Any]:
    """The columns of table `news`."""
    row = {field.name: getattr(item, field.name) for field in fields(item)}
    return row | {
        "date": item.date.isoformat(),
        "kind": item.kind.value,
        "origin": item.origin.value,
        "channels": to_json(item.channels),
        "files": to_json([asdict(file) for file in item.files]),
        "counted": int(item.counted),
    }


def news_from_row(row: Mapping[str, Any]) -> NewsItem:
    return NewsItem(
        **{
            **row,
            "date": date.fromisoformat(row["date"]),
            "kind": NewsKind(row["kind"]),
            "origin": Origin(row["origin"]),
            "channels": tuple(json.loads(row["channels"])),
            "files": tuple(Evidence(**file) for file in json.loads(row.get("files", "[]"))),
            "counted": bool(row["counted"]),
        }
    )


def news_to_json(items: Iterable[NewsItem]) -> str:
    return to_json([news_to_row(item) for item in items])


def news_from_json(text: str) -> tuple[NewsItem, ...]:
    return tuple(news_from_row(row) for row in json.loads(text))


def tasks_to_json(tasks: Iterable[Task]) -> str:
    return to_json([asdict(task) | {name: iso(getattr(task, name)) for name in _TASK_DAYS} for task in tasks])


def tasks_from_json(text: str) -> tuple[Task, ...]:
    return tuple(
        Task(**row | {"state": TaskState(row["state"])} | {name: day(row.get(name)) for name in _TASK_DAYS})
        for row in json.loads(text)
    )


def nominations_to_json(nominations: Iterable[Nomination]) -> str:
    return to_json([asdict(nomination) for nomination in nominations])


def nominations_from_json(text: str) -> tuple[Nomination, ...]:
    return tuple(Nomination(**row | {"kind": Nominee(row["kind"])}) for row in json.loads(text))


def changes_to_json(changes: Iterable[Change]) -> str:
    return to_json([asdict(change) for change in changes])


def changes_from_json(text: str) -> tuple[Change, ...]:
    return tuple(Change(**row) for row in json.loads(text))
