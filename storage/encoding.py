"""How the domain's values stand in a row: decimals, days and moments as text, small lists as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from forms.exchange.statements import Seal
from forms.model.cell import Cell, CellState
from forms.model.news_item import NewsItem
from forms.model.report import Change
from forms.model.report_fields import as_data, from_data
from forms.model.task import Nomination, Task

Record = TypeVar("Record")
# A roll-up reads hundreds of thousands of cells; looking a state up costs a third of calling the enumeration.
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
    row = as_data(item)
    return row | {"channels": to_json(row["channels"]), "files": to_json(row["files"]), "counted": int(item.counted)}


def news_from_row(row: Mapping[str, Any]) -> NewsItem:
    lists = {name: json.loads(row[name]) for name in ("channels", "files") if name in row}
    return from_data(NewsItem, {**row, **lists})


def news_to_json(items: Iterable[NewsItem]) -> str:
    return to_json([news_to_row(item) for item in items])


def news_from_json(text: str) -> tuple[NewsItem, ...]:
    return tuple(news_from_row(row) for row in json.loads(text))


def listed_to_json(values: Iterable[Task | Nomination | Change]) -> str:
    return to_json([as_data(value) for value in values])


def listed_from_json(kind: type[Record], text: str) -> tuple[Record, ...]:
    return tuple(from_data(kind, row) for row in json.loads(text))
