"""A fill-in workbook in a person's hands: opened, typed into by the names of its cells, saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from exports.workbook import template
from exports.workbook.foreign_workbook import read as plainly
from exports.workbook.reader import read
from exports.workbook.template_keys import defined_name
from forms.model.office import Office
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.catalogue import load_all
from forms.programmes.programme import Programme
from forms.workbooks.import_result import Reading

UNIT = UnitKey("19804", date(2025, 7, 1))
OFFICE = Office(UNIT, "Phường Thuận Hóa", practice=True)
HUE = load_all().programme("nq28_hue")
Q4 = Period("2025-Q4")


def written(report: Report, programme: Programme = HUE) -> bytes:
    return template.write(report, programme, OFFICE, date(2026, 1, 15))


def typed(data: bytes, values: Mapping[str, Any], change: Callable[[Workbook], None] | None = None) -> bytes:
    """The workbook with these values in its named cells; `change` does what names cannot say."""
    book = openpyxl.load_workbook(BytesIO(data))
    for name, value in values.items():
        sheet, where = next(iter(book.defined_names[defined_name(name)].destinations))
        assert not book[sheet][where.replace("$", "")].protection.locked, f"{name} is locked"
        book[sheet][where.replace("$", "")] = value
    if change:
        change(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def reading(data: bytes, draft: Report, office: Office = OFFICE) -> Reading:
    """Read in this process, for the sake of the tests' time."""
    return read(plainly(data), office, lambda _programme, _period: draft)


def codes(found: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in found.problems]
