"""Sheets of plain cells, drawn: `| Nữ | 12 |` is one row; ~12~ a formula, 8% a percentage, an empty place nothing."""

from __future__ import annotations

import re

from forms.workbooks.sheets import Plain, PlainKind, Sheet, Sheets

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def drawn(text: str | None, name: str = "Biểu 1", **more) -> Sheet:
    cells = {}
    for row, line in enumerate(line for line in (text or "").splitlines() if line.strip().startswith("|")):
        for column, place in enumerate(line.strip().strip("|").split("|")):
            if place.strip():
                cells[row, column] = plain(place.strip())
    return Sheet(name, cells, **more)


def book(*sheets: Sheet, kind: str = "xlsx", epoch_1904: bool = False) -> Sheets:
    return Sheets(kind, sheets, epoch_1904)


def plain(text: str) -> Plain:
    """As the reader of workbooks gives it."""
    inside = text.strip("~")
    formula = inside != text
    if inside == "?":
        return Plain(PlainKind.EMPTY, "", formula=True)
    if inside.startswith("#"):
        return Plain(PlainKind.ERROR, inside, formula)
    if _DAY.fullmatch(inside):
        return Plain(PlainKind.DATE, inside, formula)
    if inside.endswith("%") and _NUMBER.fullmatch(inside[:-1]):
        return Plain(PlainKind.NUMBER, f"0.{inside[:-1].zfill(2)}", formula, percent=1)
    if _NUMBER.fullmatch(inside):
        return Plain(PlainKind.NUMBER, inside, formula)
    return Plain(PlainKind.TEXT, inside, formula)
