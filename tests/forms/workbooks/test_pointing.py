"""What somebody points by in a foreign sheet."""

from __future__ import annotations

import inspect

import pytest

from forms.workbooks.sheets import Sheet
from forms.workbooks.title_labels import head_of, title_of
from tests.plain_sheets import drawn


@pytest.fixture
def sheet(request) -> Sheet:
    return drawn(inspect.getdoc(request.function))


def test_the_titles_of_columns_are_the_first_row_with_the_most_texts(sheet):
    """
    | BIỂU SỐ LIỆU |          |        |
    | STT          | Nội dung | Kết quả |
    | 1            | Dân số   | 5      |
    | a            | b        | c      |
    """
    assert head_of(sheet) == 1
    assert [title_of(sheet, row) for row in (0, 1, 2)] == ["BIỂU SỐ LIỆU", "STT", "Dân số"]


def test_an_empty_sheet_has_its_head_in_the_first_row():
    assert head_of(drawn("")) == 0
