"""The province's own tables: where our cells stand in them, proposed by titles; and what is taken from there."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from forms.errors import InputRefused
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.workbooks.foreign_workbook import apply, propose
from forms.workbooks.sheet_map import CellPlace, RowOrColumn, SheetMap
from forms.workbooks.title_labels import label
from tests.plain_sheets import book, drawn
from tests.small_form import small_form
from tests.span_form import span_form

UNIT = UnitKey("19804", date(2025, 7, 1))
SMALL = Report(small_form(), UNIT, Role.REPORTING, Period("2025"))
SPAN = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))


@pytest.fixture
def sheets(request):
    return book(drawn(inspect.getdoc(request.function)))


def mapped(row: RowOrColumn, column: RowOrColumn, name: str = "reached.female", sheet: str = "Biểu 1") -> SheetMap:
    return SheetMap("small", "year", {name: CellPlace(sheet, row, column)})


def taken(mapped_as: SheetMap, sheets, report: Report = SMALL):
    found = apply(mapped_as, sheets, report)
    return found.filled.cells, [(one.code, one.where) for one in found.problems]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.2. Tổng dân số:", "tong dan so"),
        ("a) Nữ", "nu"),
        ("- Nam", "nam"),
        ("IV. Y TẾ", "y te"),
        ("2015", "2015"),
        ("Tỷ lệ (%)", "ty le (%)"),
        ("Dân số (*)", "dan so"),
        ("1.1 Dân số", "dan so"),
    ],
)
def test_numbering_and_signs_are_no_part_of_a_title(text, found):
    assert label(text) == found


def test_parts_in_columns_are_proposed_by_their_titles(sheets):
    """
    | TT | Nội dung                     | Nữ | Nam |
    | 1  | Dân số được tiếp cận         | 60 | 40  |
    | 2  | Tổng dân số                  | 90 | 80  |
    """
    found, missing, _ = propose(SMALL, sheets)
    assert missing == ()
    assert found.cells["population.male"] == CellPlace(
        "Biểu 1", RowOrColumn(2), RowOrColumn(3), ("Tổng dân số",), ("Nam",)
    )
    cells, problems = taken(found, sheets)
    assert problems == []
    assert cells == {
        "reached.female": given(60),
        "reached.male": given(40),
        "population.female": given(90),
        "population.male": given(80),
    }


def test_parts_in_rows_below_are_proposed_too(sheets):
    """
    | Nội dung                      | Số liệu |
    | 1. Dân số được tiếp cận       | 100     |
    | - Nữ                          | 60      |
    | - Nam                         | 40      |
    | 2. Tổng dân số                | 170     |
    | - Nữ                          | 90      |
    | - Nam                         | 80      |
    """
    found, missing, _ = propose(SMALL, sheets)
    assert missing == ()
    assert found.cells["population.male"].title == ("2. Tổng dân số", "- Nam")
    assert taken(found, sheets)[0]["population.male"] == given(80)


def test_years_in_columns(sheets):
    """
    | Nội dung        | 2011 | 2012 | 2013 | 2014 | 2015 | 2016 | 2017 | 2018 | 2019 | 2020 |
    | Số việc làm mới | 1    | 2    | 3    | 4    | 5    | -    | 7    | 8    | 9    | 10   |
    """
    found, missing, _ = propose(SPAN, sheets)
    assert "jobs@2015" not in missing
    cells, _ = taken(found, sheets, SPAN)
    assert (cells["jobs@2015"], cells["jobs@2016"], cells["jobs@2020"]) == (given(5), Cell(CellState.NONE), given(10))


def test_what_no_title_tells_is_left_to_a_person(sheets):
    """
    | Doanh thu | 12 |
    """
    found, missing, _ = propose(SMALL, sheets)
    assert found.cells == {}
    assert missing == SMALL.expected_cells


def test_two_rows_that_are_equally_near_are_not_chosen_between(sheets):
    """
    | Nội dung    | Nữ | Nam |
    | Tổng dân số | 1  | 2   |
    | Tổng dân số | 3  | 4   |
    """
    assert propose(SMALL, sheets)[0].cells == {}


def test_a_line_that_was_added_does_no_harm_where_words_lead():
    before = book(drawn("| Nội dung | Nữ | Nam |\n| Tổng dân số | 90 | 80 |"))
    after = book(drawn("| Mới | | |\n| Nội dung | Nữ | Nam |\n| Khác | 1 | 1 |\n| Tổng dân số | 91 | 81 |"))
    found, *_ = propose(SMALL, before)
    assert taken(found, after)[0] == {"population.female": given(91), "population.male": given(81)}


def test_several_words_lead_one_inside_the_other(sheets):
    """
    |             | Năm 2024 |     | Năm 2025 |     |
    |             | Nữ       | Nam | Nữ       | Nam |
    | Tổng dân số | 1        | 2   | 3        | 4   |
    """
    place = mapped(RowOrColumn(words=("Tổng dân số",)), RowOrColumn(words=("Năm {year}", "Nữ")), "population.female")
    assert taken(place, sheets) == ({"population.female": given(3)}, [])


@pytest.mark.parametrize(
    ("row", "column", "sheet", "code"),
    [
        (RowOrColumn(words=("Không có",)), RowOrColumn(1), "Biểu 1", "MAPPING_LABEL"),
        (RowOrColumn(words=("Nữ",)), RowOrColumn(1), "Biểu 1", "MAPPING_LABEL"),
        (RowOrColumn(1), RowOrColumn(words=("Xa",)), "Biểu 1", "MAPPING_LABEL"),
        (RowOrColumn(1), RowOrColumn(1), "Biểu 9", "MAPPING_SHEET"),
    ],
)
def test_a_place_that_is_not_there_is_told(row, column, sheet, code):
    sheets = book(drawn("| a | b |\n| Nữ | 1 |\n| Nữ | 2 |"))
    cells, ((found, _),) = taken(mapped(row, column, sheet=sheet), sheets)
    assert (cells, found) == ({}, code)


def test_a_sheet_is_found_whatever_its_accents_or_when_it_is_the_only_one():
    sheets = book(drawn("| 5 |", "BIEU 1"), drawn("| 6 |", "ẩn", hidden=True))
    for name in ("Biểu 1", ""):
        assert taken(mapped(RowOrColumn(0), RowOrColumn(0), sheet=name), sheets)[0] == {"reached.female": given(5)}


def test_figures_are_held_to_the_form_and_wrong_ones_told_with_their_place(sheets):
    """
    | 12.5 | ~7~ | #REF! |  |
    """
    places = {
        "reached.female": CellPlace("", RowOrColumn(0), RowOrColumn(0)),
        "reached.male": CellPlace("", RowOrColumn(0), RowOrColumn(1)),
        "population.female": CellPlace("", RowOrColumn(0), RowOrColumn(2)),
        "population.male": CellPlace("", RowOrColumn(0), RowOrColumn(3)),
    }
    found = apply(SheetMap("small", "year", places), sheets, SMALL)
    assert [(one.code, one.where) for one in found.problems] == [
        ("NUMBER_NOT_WHOLE", "Biểu 1!A1"),
        ("CELL_ERROR", "Biểu 1!C1"),
    ]
    assert [(one.code, one.where) for one in found.notes] == [
        ("CELL_FORMULA", "Biểu 1!B1"),
        ("MAPPING_PLACE_ONLY", ""),
    ]
    assert found.filled.cells == {"reached.male": given(7)}


def test_what_the_workbook_does_not_say_stays_as_the_draft_has_it():
    draft = SMALL.with_cell("reached.male", given(40)).with_cell(
        "reached.female", Cell(CellState.GIVEN, given(1).amount, "sổ")
    )
    cells, _ = taken(mapped(RowOrColumn(0), RowOrColumn(0)), book(drawn("| 60 |")), draft)
    assert cells == {"reached.male": given(40), "reached.female": Cell(CellState.GIVEN, given(60).amount, "sổ")}


def test_a_map_of_another_form_or_with_cells_of_nobody_is_told():
    with pytest.raises(InputRefused) as refusal:
        apply(SheetMap("small", "another"), book(drawn("| 1 |")), SMALL)
    assert refusal.value.code == "MAPPING_FORM"
    assert taken(mapped(RowOrColumn(0), RowOrColumn(0), "nothing"), book(drawn("| 1 |")))[1] == [
        ("MAPPING_CELL", "nothing")
    ]
