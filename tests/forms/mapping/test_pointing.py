"""A place that somebody points at in a foreign sheet, and how it is found again next year."""

from __future__ import annotations

import inspect

import pytest

from forms.mapping.labels import Titled
from forms.mapping.pointing import head_of, pointed, spot_of, title_of
from forms.mapping.sheet_map import CellPlace, Line
from tests.plain_sheets import drawn


@pytest.fixture
def titled(request):
    return Titled(drawn(inspect.getdoc(request.function)))


def test_a_place_is_kept_by_the_words_of_its_row_and_column(titled):
    """
    | STT | Nội dung       | Năm 2024 | Năm 2025 |
    | 1   | Tổng dân số    | 100      | 120      |
    """
    found = pointed(titled, 1, 3, 0, 2025)
    assert found == CellPlace("Biểu 1", Line(words=("Tổng dân số",)), Line(words=("Năm {year}",)))
    assert spot_of(found, titled, 2025) == (1, 3)


def test_next_year_the_same_words_lead_to_next_years_column(titled):
    """
    | Nội dung    | Năm 2025 | Năm 2026 |
    | Ghi chú     |          |          |
    | Tổng dân số | 120      | 130      |
    """
    kept = CellPlace("Biểu 1", Line(words=("Tổng dân số",)), Line(words=("Năm {year}",)))
    assert spot_of(kept, titled, 2026) == (2, 2)


def test_words_that_stand_twice_are_no_way_to_find_a_row(titled):
    """
    | Nội dung | Số |
    | Nữ       | 1  |
    | Nữ       | 2  |
    """
    assert pointed(titled, 2, 1, 0, 2025).row == Line(2)


def test_where_nothing_is_written_numbers_are_kept(titled):
    """
    | 5 | 6 |
    """
    assert pointed(titled, 0, 1, 0, 2025) == CellPlace("Biểu 1", Line(0), Line(1))


def test_the_titles_of_columns_are_the_first_row_with_the_most_texts(titled):
    """
    | BIỂU SỐ LIỆU |          |        |
    | STT          | Nội dung | Kết quả |
    | 1            | Dân số   | 5      |
    | a            | b        | c      |
    """
    assert head_of(titled.sheet) == 1
    assert [title_of(titled.sheet, row) for row in (0, 1, 2)] == ["BIỂU SỐ LIỆU", "STT", "Dân số"]


def test_an_empty_sheet_has_its_head_in_the_first_row():
    assert head_of(drawn("")) == 0
