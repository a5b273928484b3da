"""An office's own workbooks, drawn and saved as real .xlsx: `|` between cells, `<` merged with the cell to the left, `^` with
the one above, a line of `---` an empty row, `== Name` another sheet, `!` before a row or a head hides that row or column."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from io import BytesIO

import openpyxl
from openpyxl.utils import get_column_letter

from exports.workbook.foreign import read
from forms.catalogue import load_all
from forms.count import Role
from forms.mapping.whole import Proposal, apply, propose
from forms.org_unit import UnitKey
from forms.periods import Period
from forms.report import Report
from forms.sheets import Sheets

UNIT = UnitKey("19804", date(2025, 7, 1))
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@cache
def report(period: str = "2026", role: Role = Role.REPORTING, programme: str = "nq28_hue", form: str = "") -> Report:
    """An empty one."""
    kind = form or ("quarter_news" if "Q" in period else "year_indicators")
    forms = load_all().programme(programme).forms
    return Report(next(one for one in forms if one.id == kind), UNIT, role, Period(period))


def drawn(text: str, name: str = "Biểu 01") -> Sheets:
    """As the program reads it."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for part in re.split(r"(?m)^\s*== ", text.strip("\n")) if "== " in text else [f"{name}\n{text}"]:
        title, _, rows = part.partition("\n")
        if rows.strip():
            _draw(made.create_sheet(title.strip() or name), rows)
    data = BytesIO()
    made.save(data)
    return read(data.getvalue())


def _draw(sheet, rows: str) -> None:
    lines = [line.strip() for line in rows.splitlines() if line.strip()]
    table = [
        [] if line == "---" else [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
        for line in lines
    ]
    origins: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(table, 1):
        for column, text in enumerate(cells, 1):
            place = (row, column)
            if text in ("<", "^"):
                before = (row, column - 1) if text == "<" else (row - 1, column)
                origins[place] = origins.get(before, before)
                continue
            shown = text.removeprefix("!")
            if shown != text:
                if column == 1:
                    sheet.row_dimensions[row].hidden = True
                else:
                    sheet.column_dimensions[get_column_letter(column)].hidden = True
            if shown:
                sheet.cell(row, column, float(shown) if _NUMBER.fullmatch(shown) else shown)
    for origin in dict.fromkeys(origins.values()):
        covered = [place for place, one in origins.items() if one == origin]
        sheet.merge_cells(
            start_row=origin[0],
            start_column=origin[1],
            end_row=max(row for row, _ in covered),
            end_column=max(column for _, column in covered),
        )


def taken(sheets: Sheets, of: Report | None = None) -> tuple[dict[str, float], Proposal]:
    """What would come into the report without a person's word, by cell; and what was proposed and asked."""
    filled = of or report()
    proposal = propose(filled, sheets)
    reading = apply(proposal.mapped, sheets, filled)
    cells = {name: reading.filled.cells[name] for name in reading.places if name in reading.filled.cells}
    return {name: float(cell.amount) for name, cell in cells.items() if cell.amount is not None}, proposal
