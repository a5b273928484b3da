"""A figure is what people see: 60 shown as 60% by a quoted sign stays 60, 0.6 shown as 60% is 60, in .xlsx and .ods."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from exports.workbook.facts import packed, unpacked
from exports.workbook.foreign_workbook import read
from forms.errors import InputRefused
from forms.workbooks.cell_parsing import cell_answer
from tests.exports.workbook.hostile import ods


def seen(value, code: str):
    """What the cell answers after its way through the child process."""
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    data = BytesIO()
    book.save(data)
    return answer(data.getvalue())


def answer(data: bytes):
    (sheet,) = unpacked(json.loads(packed(read(data)))).sheets
    return cell_answer(sheet.cells[0, 0], 1)


@pytest.mark.parametrize(
    ("value", "code", "amount"),
    [
        (60, '0"%"', "60"),
        (12, '0" % nữ"', "12"),
        (60, "0\\%", "60"),
        (0.6, "0%", "60"),
        (0.085, "0.0%", "8.5"),
        (0.6, '0" "%', "60"),
        (12, "[>=1]0;0%", "12"),
        (0.5, "[>=1]0;0%", "50"),
        (3, "0;-0%", "3"),
        (0, '0%;-0%;"không"', "0"),
        (40, '[Red]0"%";0%', "40"),
        (0.006, "0%%", "60"),
    ],
)
def test_a_number_of_an_xlsx_is_the_one_that_people_see(value, code, amount):
    found = seen(value, code)
    assert found.cell.amount == Decimal(amount)
    assert bool(found.echo) == (found.cell.amount != Decimal(str(value)))


def test_a_format_that_programs_show_differently_is_asked_about():
    with pytest.raises(InputRefused) as asked:
        seen(0.5, "[>1]0;0%;0")
    assert asked.value.code == "CELL_PERCENT"
    assert "0,5 hay 50 %" in asked.value.message


def cell(kind: str, value: str, shown: str) -> bytes:
    return ods(
        '<table:table table:name="S"><table:table-row><table:table-cell '
        f'office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell></table:table-row></table:table>',
        {"META-INF/manifest.xml": "<manifest/>"},
    )


@pytest.mark.parametrize(
    ("kind", "value", "shown", "amount"),
    [
        ("percentage", "0.6", "60%", "60"),
        ("percentage", "0.085", "8,5%", "8.5"),
        ("percentage", "12.5", "1.250%", "1250"),
        ("percentage", "0.6", "", "60"),
        ("float", "60", "60%", "60"),
        ("float", "12", "12 % nữ", "12"),
        ("float", "8.5", "8,5%", "8.5"),
        ("float", "1250", "1.250%", "1250"),
        ("float", "0.5", "50%", "50"),
        ("percentage", "12", "12", "12"),
        ("percentage", "0", "0%", "0"),
    ],
)
def test_a_number_of_an_ods_is_the_one_that_people_see(kind, value, shown, amount):
    assert answer(cell(kind, value, shown)).cell.amount == Decimal(amount)
