"""The workbook, read back by another library and recomputed by hand."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from exports import xlsx
from exports.document import (
    Annex,
    Chart,
    Column,
    Document,
    Figure,
    HeadCell,
    Letterhead,
    Para,
    Row,
    Signature,
    Table,
    shown,
)
from exports.reports import ReportTexts, build
from forms.errors import ExportError
from forms.services.summary import Summary

HEAD = (
    (HeadCell("TT", rows=2), HeadCell("Đơn vị", rows=2), HeadCell("Số liệu", columns=2)),
    (HeadCell("Số tin"), HeadCell("Tỷ lệ")),
)
COLUMNS = (Column(1, "centre"), Column(5), Column(2, "number"), Column(2, "number"))


def document(*rows: Row, titles: tuple[str, ...] = ("Biểu một",), practice: bool = False) -> Document:
    table = Table(COLUMNS, HEAD, rows, ("A", "B", "1", "2"), "Đơn vị tính: tin", "Ghi chú: thử.")
    return Document(
        Letterhead("", "Ủy ban nhân dân\nxã A", "Số:   /BC-UBND", "A", 2026),
        "BÁO CÁO",
        "Kết quả",
        (Para("Hết"),),
        Signature(()),
        (),
        annexes=tuple(Annex(title, (table,)) for title in titles),
        practice=practice,
    )


def sheet_of(made: Document):
    return openpyxl.load_workbook(io.BytesIO(xlsx.write(made))).worksheets[0]


def row_of(sheet, text: str):
    return next(row for row in sheet.iter_rows() if any(cell.value == text for cell in row))


def total(text: str, amount: int, is_sum: bool) -> Row:
    return Row(("", text, Figure(Decimal(amount), is_sum=is_sum), ""), "total" if is_sum else "row")


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+84", "-", "@SUM(A1)", "＝1", "\t=1", "0123"])
def test_text_is_never_a_formula_or_a_number(text: str):
    cell = row_of(sheet_of(document(Row(("1", "Xã A", text, "")))), "Xã A")[2]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\t", " ")
    assert cell.quotePrefix


def test_figures_are_numbers_with_the_decimals_they_are_printed_with():
    row = row_of(sheet_of(document(Row(("1", "Xã A", Figure(Decimal(1234)), Figure(Decimal("62.5"), 2))))), "Xã A")
    assert [(cell.value, cell.number_format) for cell in row[2:]] == [(1234, "#,##0"), (62.5, "#,##0.00")]


def test_a_total_is_a_formula_over_the_rows_since_the_last_total():
    """
    Xã A 3 · Xã B 4 · Cộng =7 · Xã C 5 · Cộng phường =5
    """
    sheet = sheet_of(
        document(
            total("Xã A", 3, False),
            total("Xã B", 4, False),
            total("Cộng", 7, True),
            total("Xã C", 5, False),
            total("Cộng phường", 5, True),
        )
    )
    first = row_of(sheet, "Xã A")[0].row
    assert row_of(sheet, "Cộng")[2].value == f"=SUM(C{first}:C{first + 1})"
    assert row_of(sheet, "Cộng phường")[2].value == f"=SUM(C{first + 3}:C{first + 3})"


def test_the_head_stays_on_screen_and_on_every_printed_page():
    sheet = sheet_of(document(Row(("1", "Xã A", "", "")), practice=True))
    body = row_of(sheet, "Xã A")[0].row
    assert sheet.freeze_panes == f"A{body}"
    assert sheet.print_title_rows == f"${body - 3}:${body - 1}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.right.text == "BẢN THỬ"


def test_sheets_have_legal_names_that_differ():
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(document(Row(("", "", "", "")), titles=("Một", "Hai")))))
    assert book.sheetnames == ["Phụ lục I", "Phụ lục II", "Lời văn"]
    assert xlsx._legal("06/BĐG: [tin]*?", set()) == "06-BĐG- -tin---"
    assert xlsx._legal("Biểu " * 20, set()) == ("Biểu " * 20)[:31].strip()
    assert xlsx._legal("Biểu", {"biểu", "biểu (2)"}) == "Biểu (3)"


def test_a_document_without_a_table_is_refused_in_words():
    with pytest.raises(ExportError) as refused:
        xlsx.write(document(titles=()))
    assert refused.value.code == "NO_TABLE"


@pytest.mark.parametrize("name", ["commune_quarter", "summing_quarter", "commune_year", "summing_year"])
def test_the_workbook_holds_the_same_cells_as_the_document(name: str, request: pytest.FixtureRequest):
    summary: Summary = request.getfixturevalue(name)
    made = build(summary, ReportTexts())
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.write(made)))
    with_tables = [annex for annex in made.annexes if not isinstance(annex.blocks[0], Chart)]
    for annex, sheet in zip(with_tables, book.sheet_names[:-1], strict=True):
        rows = book.get_sheet_by_name(sheet).to_python()
        table = annex.blocks[0]
        assert isinstance(table, Table)
        start = len(rows) - len(table.rows) - bool(table.note)
        for wanted, found in zip(table.rows, rows[start:], strict=False):
            for cell, value in zip(wanted.cells, found, strict=False):
                assert _same(cell, value), (wanted, found)


def _same(cell: str | Figure, value: object) -> bool:
    if isinstance(cell, str):
        return value == cell
    return cell.is_sum or float(str(value)) == pytest.approx(float(cell.amount))


def test_totals_equal_the_sum_of_what_stands_above(summing_quarter: Summary):
    table = build(summing_quarter, ReportTexts()).annexes[1].blocks[0]
    assert isinstance(table, Table)
    *units, last = table.rows
    for column in range(2, 8):
        figures = [row.cells[column] for row in units]
        assert shown(last.cells[column]) == str(sum(f.amount for f in figures if isinstance(f, Figure)))
