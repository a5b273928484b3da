"""An office's own workbooks, drawn and saved as real .xlsx: `|` between cells, `<` merged with the cell to the left, `^` with
the one above, a line of `---` an empty row, `== Name` another sheet, `!` before a row or a head hides that row or column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO

import openpyxl
from openpyxl.utils import get_column_letter

from exports.workbook.foreign_workbook import read
from forms.model.count import Role
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.catalogue import load_all
from forms.workbooks.foreign_workbook import MapProposal, apply, propose
from forms.workbooks.sheets import Area, Plain, PlainKind, Sheet, Sheets, Spot

UNIT = UnitKey("19804", date(2025, 7, 1))
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@cache
def report(period: str = "2026", role: Role = Role.REPORTING, programme: str = "nq28_hue", form: str = "") -> Report:
    """An empty one."""
    kind = form or ("quarter_news" if "Q" in period else "year_indicators")
    forms = load_all().programme(programme).forms
    return Report(next(one for one in forms if one.id == kind), UNIT, role, Period(period))


def drawn(text: str, name: str = "Biểu 01") -> Sheets:
    """As the program reads it once it was saved."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, drawing in _parts(text, name):
        sheet = made.create_sheet(title)
        for (row, column), value in drawing.cells.items():
            sheet.cell(row + 1, column + 1, value)
        for top, left, bottom, right in drawing.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in drawing.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in drawing.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    data = BytesIO()
    made.save(data)
    return read(data.getvalue())


def plainly(text: str, name: str = "Biểu 01") -> Sheets:
    """The same without a file between, where there are hundreds."""
    return Sheets("xlsx", tuple(_plain(title, drawing) for title, drawing in _parts(text, name)))


@dataclass
class _Drawing:
    cells: dict[Spot, str | float] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def _parts(text: str, name: str) -> list[tuple[str, _Drawing]]:
    parts = re.split(r"(?m)^\s*== ", text.strip("\n")) if "== " in text else [f"{name}\n{text}"]
    found = [part.partition("\n") for part in parts]
    return [(title.strip(), _read(rows)) for title, _, rows in found if rows.strip()]


def _read(rows: str) -> _Drawing:
    lines = [line.strip() for line in rows.splitlines() if line.strip()]
    made, origins = _Drawing(), dict[Spot, Spot]()
    for row, line in enumerate(lines):
        cells = [] if line == "---" else line.removeprefix("|").removesuffix("|").split("|")
        for column, text in enumerate(map(str.strip, cells)):
            if text in ("<", "^"):
                before = (row, column - 1) if text == "<" else (row - 1, column)
                origins[row, column] = origins.get(before, before)
                continue
            if text.startswith("!"):
                (made.hidden_columns if column else made.hidden_rows).add(column or row)
            shown = text.removeprefix("!")
            if shown:
                made.cells[row, column] = float(shown) if _NUMBER.fullmatch(shown) else shown
    for origin in dict.fromkeys(origins.values()):
        covered = [place for place, one in origins.items() if one == origin]
        made.merged.append((*origin, max(row for row, _ in covered), max(column for _, column in covered)))
    return made


def _plain(name: str, drawing: _Drawing) -> Sheet:
    cells = {
        spot: Plain(PlainKind.TEXT, value) if isinstance(value, str) else Plain(PlainKind.NUMBER, f"{value:g}")
        for spot, value in drawing.cells.items()
    }
    hidden = frozenset(drawing.hidden_rows), frozenset(drawing.hidden_columns)
    return Sheet(name, cells, False, tuple(drawing.merged), *hidden)


def taken(sheets: Sheets, of: Report | None = None) -> tuple[dict[str, float], MapProposal]:
    """What would come into the report without a person's word, by cell; and what was proposed and asked."""
    filled = of or report()
    proposal = propose(filled, sheets)
    reading = apply(proposal.mapped, sheets, filled)
    cells = {name: reading.filled.cells[name] for name in reading.places if name in reading.filled.cells}
    return {name: float(cell.amount) for name, cell in cells.items() if cell.amount is not None}, proposal
