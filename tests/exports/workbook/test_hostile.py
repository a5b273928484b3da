"""Hostile and broken workbooks: each meets its code, whatever its name; what only misleads is told or kept out."""

from __future__ import annotations

import pytest

from exports.workbook.foreign_workbook import read
from forms.errors import InputRefused
from forms.workbooks.import_result import Remarks
from tests.exports.workbook.hostile import Case, cases, epoch, old_excel_without_end

# The last asks for so much memory that only a process with limits may be given it: see test_apart.py.
CASES = [case for case in cases() if case.data is not old_excel_without_end]
REFUSED = [pytest.param(case, marks=[pytest.mark.slow] * case.slow, id=case.name) for case in CASES if case.code]
READ = {case.name: case for case in CASES if case.code is None}


@pytest.mark.parametrize("case", REFUSED)
def test_each_has_its_code(case: Case):
    with pytest.raises(InputRefused) as refusal:
        read(case.data())
    assert refusal.value.code == case.code


def test_the_days_of_both_epochs_are_the_same_day():
    """A10: 31/12/2025 counted from 1900 and from 1904."""
    for is_1904 in (False, True):
        sheets = read(epoch(is_1904))
        assert sheets.sheets[0].text(0, 0) == "2025-12-31"
        assert sheets.epoch_1904 is is_1904


@pytest.mark.parametrize(
    ("name", "spot", "code"),
    [("A11 merged over data", (1, 1), "CELL_COVERED"), ("A12 hidden row", (1, 0), "CELL_HIDDEN")],
)
def test_what_is_covered_or_hidden_is_no_answer(name, spot, code):
    sheet = read(READ[name].data()).sheets[0]
    remarks = Remarks()
    assert sheet.at(*spot) is not None
    assert remarks.plain(sheet, *spot) is None
    assert [one.code for one in remarks.problems] == [code]
    assert remarks.plain(sheet, 0, 0) is not None


@pytest.mark.slow
def test_formatted_cells_without_content_cost_time_and_nothing_else():
    case = READ["B21 1.5 million empty cells"]
    assert read(case.data()).sheets[0].cells == {}
