"""A workbook as plain cells: how places are called, what is seen of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.workbooks.sheets import Sheet, address, column_of, letters
from tests.plain_sheets import book, drawn


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_called_as_the_spreadsheet_calls_them(column, name):
    assert letters(column) == name
    assert address(11, column) == f"{name}12"


@given(st.integers(0, 16383))
def test_a_column_is_found_again_by_its_letters(column):
    assert column_of(letters(column)) == column


def test_what_is_under_a_merged_cell_is_covered_and_its_first_place_is_not():
    sheet = Sheet("S", merged=((1, 1, 2, 2),))
    assert [spot for spot in ((1, 1), (1, 2), (2, 2), (3, 3)) if sheet.is_covered(*spot)] == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    "hidden", [{"hidden": True}, {"hidden_rows": frozenset({1})}, {"hidden_columns": frozenset({2})}]
)
def test_what_nobody_sees(hidden):
    assert Sheet("S", **hidden).is_unseen(1, 2)
    assert not Sheet("S").is_unseen(1, 2)


def test_rows_come_from_the_top_each_from_the_left():
    """
    | a |   | b |
    |   | c |   |
    """
    sheet = drawn(test_rows_come_from_the_top_each_from_the_left.__doc__)
    assert [(row, list(line)) for row, line in sheet.rows()] == [(0, [0, 2]), (1, [1])]
    assert (sheet.text(0, 2), sheet.text(5, 5), sheet.where(0, 2)) == ("b", "", "Biểu 1!C1")


def test_changing_texts_leaves_numbers_alone():
    """| x | 12 |"""
    changed = book(drawn("| x | 12 |")).with_texts(lambda text: text * 2)
    assert [cell.text for cell in changed.sheets[0].cells.values()] == ["xx", "12"]
    assert changed.named("Biểu 1Biểu 1") is not None
