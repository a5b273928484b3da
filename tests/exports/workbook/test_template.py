"""The fill-in workbook as a spreadsheet sees it: what is open, what is checked, what is computed, what is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.form import NarrativeSpec
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.programme_role import ProgrammeRole, form_at
from tests.exports.workbook.filling import HUE, Q4, UNIT, written
from tests.small_form import small_form
from tests.span_form import span_form, span_programme


def opened(report: Report, programme=HUE):
    return openpyxl.load_workbook(BytesIO(written(report, programme)))


def quarter(**more) -> Report:
    return Report(HUE.form("quarter_news"), UNIT, Role.REPORTING, Q4, **more)


def span(role: Role = Role.AGENCY, **more) -> Report:
    return Report(span_form(), UNIT, role, Period("2011..2020"), **more)


def small(**more) -> Report:
    return Report(small_form(), UNIT, Role.REPORTING, Period("2025"), **more)


def column(sheet, letter: str) -> list:
    return [cell.value for cell in sheet[letter]]


def open_cells(sheet) -> set[str]:
    return {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}


def test_the_sheets_are_those_that_the_form_has():
    assert opened(quarter()).sheetnames == ["Hướng dẫn", "Số liệu", "Tin, bài", "Lời văn", "Giải trình", "_sobinhdang"]
    assert opened(span(), span_programme()).sheetnames == [
        "Hướng dẫn",
        "Số liệu",
        "Nhiệm vụ",
        "Lời văn",
        "Khen thưởng",
        "_sobinhdang",
    ]


def test_the_stamp_is_hidden_and_says_which_report_it_is():
    sheet = opened(quarter())["_sobinhdang"]
    stamp = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)}
    assert sheet.sheet_state == "veryHidden"
    assert stamp["unit"] == "19804"
    assert (stamp["programme"], stamp["version"], stamp["sha256"]) == ("nq28_hue", str(HUE.version), HUE.sha256)
    assert (stamp["form"], stamp["period"], stamp["basis"], stamp["role"]) == (
        "quarter_news",
        "2025-Q4",
        "calendar",
        "reporting_unit",
    )


def test_only_the_yellow_cells_can_be_typed_into():
    """Số | Nội dung | ĐVT | Nữ | Nam | Tổng số | Ghi chú"""
    sheet = opened(small())["Số liệu"]
    assert sheet.protection.sheet
    assert open_cells(sheet) == {"E5", "F5", "H5", "E6", "F6", "H6"}
    assert {sheet[where].fill.fgColor.rgb for where in ("E5", "F6")} == {"00FFF2CC"}


def test_rows_read_as_the_form_does_with_its_numbers_and_measures():
    """1 | Dân số được tiếp cận | người | … and each indicator under its counts"""
    sheet = opened(small())["Số liệu"]
    assert [cell.value for cell in sheet[3]][1:] == [
        "Số",
        "Nội dung",
        "Đơn vị tính",
        "Nữ",
        "Nam",
        "Tổng số",
        "Ghi chú, nguồn số liệu",
    ]
    assert column(sheet, "B")[3:] == ["1", "1", "2", "6.1", "6.2", "6.3"]
    assert column(sheet, "D")[4:6] == ["người", "người"]


def test_totals_and_indicators_are_formulas_over_their_cells():
    sheet = opened(small())["Số liệu"]
    assert sheet["G5"].value.count("E5:F5") == 3
    assert "100*SUM(E5:F5))/SUM(E6:F6)" in sheet["G7"].value
    assert "SUM(E5)" in sheet["E8"].value  # 6.2 is judged part by part
    assert '"Đạt"' in sheet["G9"].value
    assert sheet["H7"].value == "Mốc năm 2025: ít nhất 60%"


def test_years_stand_side_by_side_and_parts_below_one_another():
    """1 | Dân số | người | 2011 … 2015 * … 2020 *   then   – Nữ, – Nam"""
    sheet = opened(span(), span_programme())["Số liệu"]
    head = [cell.value for cell in sheet[3]]
    assert head[4:9] == ["2011", "2012", "2013", "2014", "2015 *"]
    assert column(sheet, "C")[4:7] == ["Dân số được tiếp cận", "– Nữ", "– Nam"]
    assert "I6:I7" in sheet["I5"].value
    assert sheet["I6"].fill.fgColor.rgb != sheet["H6"].fill.fgColor.rgb  # 2015 is asked, 2014 may be given


def test_figures_are_whole_from_nought_or_a_sign():
    sheet = opened(small())["Số liệu"]
    rule = next(rule for rule in sheet.data_validations.dataValidation if "E5:F5" in str(rule.sqref))
    assert (rule.type, rule.errorStyle) == ("custom", "stop")
    for wanted in ("E5>=0", "E5=INT(E5)", 'E5="-"', 'E5="x"', 'E5="…"'):
        assert wanted in rule.formula1
    assert "số nguyên" in rule.error


def test_news_lines_choose_from_lists_and_days_of_the_period():
    sheet = opened(quarter())["Tin, bài"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["C5:C12"].formula1 == "DATE(2025,10,1)"
    assert rules["C5:C12"].formula2 == "DATE(2025,12,31)"
    assert rules["E5:E12"].formula1 == '"Tin,Bài,Chuyên mục,Khác"'
    assert len([rule for rule in rules.values() if rule.formula1 == '"x"']) == 8


def test_what_the_draft_holds_is_there_already():
    report = small(as_of=date(2025, 12, 31)).with_cell("reached.female", given(5))
    report = report.with_cell("reached.male", Cell(CellState.NOT_COLLECTED)).with_cell(
        "population.female", Cell(CellState.NONE, note="=1")
    )
    book = opened(report)
    assert [book["Số liệu"][where].value for where in ("E5", "F5", "E6")] == [5, "…", "-"]
    assert (book["Số liệu"]["H6"].value, book["Số liệu"]["H6"].data_type) == ("=1", "s")


def test_text_is_never_a_formula():
    item = NewsItem("a" * 32, date(2025, 10, 3), "=HYPERLINK(1)", NewsKind.BRIEF, ("website",), evidence="@x")
    book = opened(quarter(narratives={"highlights": "=cmd|x"}).with_news([item]))
    formulas = [
        cell.coordinate
        for sheet in (book["Tin, bài"], book["Lời văn"], book["Hướng dẫn"])
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]
    assert formulas == []
    assert book["Tin, bài"]["D5"].quotePrefix


def test_figures_that_follow_from_the_list_are_left_to_it():
    item = NewsItem("a" * 32, date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("website",))
    sheet = opened(quarter().with_news([item]))["Số liệu"]
    assert sheet["E5"].value is None


@pytest.mark.parametrize("name", ["Hướng dẫn", "Số liệu", "Tin, bài", "Lời văn"])
def test_every_sheet_prints_on_a4_one_page_wide(name):
    sheet = opened(quarter())[name]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 0)
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden


def test_head_rows_are_repeated_on_every_page():
    book = opened(quarter())
    assert [book[name].print_title_rows for name in ("Số liệu", "Tin, bài")] == ["$3:$3", "$4:$4"]


def test_the_guide_names_the_unit_the_period_and_the_day_it_is_due():
    said = "\n".join(
        str(cell.value) for line in opened(quarter())["Hướng dẫn"].iter_rows() for cell in line if cell.value
    )
    for wanted in ("Phường Thuận Hóa (mã 19804)", "Quý IV năm 2025", "15/01/2026", "BẢN THỬ", "01-Q"):
        assert wanted in said


def test_a_unit_sees_only_the_rows_that_it_fills():
    whole = HUE.form("year_indicators")
    numbers = {
        role: set(
            column(opened(Report(form_at(whole, ProgrammeRole(role)), UNIT, role, Period("2025")))["Số liệu"], "B")
        )
        for role in (Role.REPORTING, Role.SUMMING)
    }
    assert "6.1.1" in numbers[Role.REPORTING]
    assert "2.1.1" in numbers[Role.SUMMING] - numbers[Role.REPORTING]


def test_the_same_draft_gives_the_same_cells():
    first, second = (openpyxl.load_workbook(BytesIO(written(small()))) for _ in range(2))
    for sheet in first.sheetnames:
        assert [[c.value for c in line] for line in first[sheet].iter_rows()] == [
            [c.value for c in line] for line in second[sheet].iter_rows()
        ]


def test_texts_of_an_objective_stand_under_its_title():
    """1 | Y TẾ   then   1.a | Kết quả   …   then those of the whole"""
    form = span_form()
    mine = NarrativeSpec("results_1", "1.a", "Kết quả", section="1")
    report = replace(span(), form=replace(form, narratives=(mine, *form.narratives)))
    sheet = opened(report, span_programme())["Lời văn"]
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 3).value) for row in range(5, 9)] == [
        ("1", "Y TẾ"),
        ("1.a", "Kết quả"),
        (None, None),
        ("I", "Kết quả"),
    ]
