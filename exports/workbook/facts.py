"""What the reader of spreadsheets does not tell of a sheet: formulas, errors, percentages, what is hidden, how far its cells go
(WORKBOOK_TOO_BIG before they are read); and the plain cells as JSON, as the child process hands them to ours. What comes
back is believed no further than its shape.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from forms.errors import InputRefused
from forms.workbooks.sheets import UNCLEAR, Area, Plain, PlainKind, Sheet, Sheets, Spot, address

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_SHEETS = 20_000, 200, 100_000, 60


@dataclass
class Facts:
    """Of one sheet, gathered while its XML streams by."""

    name: str
    hidden: bool = False
    formulas: set[Spot] = field(default_factory=set)
    pending: set[Spot] = field(default_factory=set)  # formulas without a result
    errors: dict[Spot, str] = field(default_factory=dict)
    percents: dict[Spot, int] = field(default_factory=dict)  # how often a number is shown times 100, where it is
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


class Size:
    """How many cells with content a workbook has, and how far out; stops it at the limits."""

    def __init__(self) -> None:
        self._cells = 0

    def add(self, name: str, spot: Spot, times: int = 1) -> None:
        """`times` cells that end at `spot`. Raises InputRefused."""
        self._cells += times
        if spot[0] >= MOST_ROWS or spot[1] >= MOST_COLUMNS:
            raise too_big(f"có nội dung tận ô {address(*spot)} của sheet “{name[:40]}”")
        if self._cells > MOST_CELLS:
            raise too_big("có quá nhiều ô có nội dung")


def too_big(problem: str) -> InputRefused:
    return InputRefused(
        "WORKBOOK_TOO_BIG",
        f"Bảng tính {problem}; phần mềm chỉ đọc {MOST_SHEETS} sheet, {MOST_ROWS} dòng, {MOST_COLUMNS} cột, {MOST_CELLS} ô. "
        "Chép phần cần nhập sang một tệp mới.",
    )


def hide(rows: set[int], first: int, count: int, most: int) -> None:
    """Adds `count` hidden rows or columns from `first`, as far as anything is read."""
    rows.update(range(first, min(first + count, most)))


_MOST_PERCENTS = 8  # more is no number that anybody reads
_FORMS = {
    PlainKind.NUMBER: re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?"),
    PlainKind.DATE: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    PlainKind.TRUTH: re.compile(r"[01]"),
}


def packed(sheets: Sheets) -> bytes:
    """As it is handed from the child to its parent."""
    listed = [
        {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "merged": sheet.merged,
            "hidden_rows": sorted(sheet.hidden_rows),
            "hidden_columns": sorted(sheet.hidden_columns),
            "cells": [
                [*spot, cell.kind, cell.text, cell.formula + 2 * (cell.percent - UNCLEAR)]
                for spot, cell in sheet.cells.items()
            ],
        }
        for sheet in sheets.sheets
    ]
    whole = {"kind": sheets.kind, "epoch_1904": sheets.epoch_1904, "sheets": listed}
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":")).encode()


def unpacked(whole: dict[str, Any]) -> Sheets:
    """What the child said. Raises ValueError, KeyError, TypeError where it has another shape."""
    sheets = tuple(_sheet(raw) for raw in whole["sheets"])
    return Sheets(str(whole["kind"]), sheets, whole["epoch_1904"] is True)


def _sheet(raw: dict[str, Any]) -> Sheet:
    cells = {(int(row), int(column)): _cell(kind, text, flags) for row, column, kind, text, flags in raw["cells"]}
    merged = tuple((int(top), int(left), int(bottom), int(right)) for top, left, bottom, right in raw["merged"])
    rows, columns = frozenset(map(int, raw["hidden_rows"])), frozenset(map(int, raw["hidden_columns"]))
    return Sheet(str(raw["name"]), cells, raw["hidden"] is True, merged, rows, columns)


def _cell(kind: str, text: object, flags: object) -> Plain:
    form = _FORMS.get(PlainKind(kind))
    if not isinstance(text, str) or (form and not form.fullmatch(text)):
        raise ValueError("a cell is of another shape")
    if type(flags) is not int or not 0 <= flags < 2 * _MOST_PERCENTS:
        raise ValueError("a cell is of another shape")
    return Plain(PlainKind(kind), text, bool(flags & 1), (flags >> 1) + UNCLEAR)
