"""Plain cells as JSON: how the child process hands a workbook to ours. What comes back is believed no further than its shape."""

from __future__ import annotations

import json
import re
from typing import Any

from forms.sheets import UNCLEAR, Plain, PlainKind, Sheet, Sheets

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
