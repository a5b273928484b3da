"""The Word file: what an office can edit, and what it says is what the PDF and the workbook say."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx as python_docx
import openpyxl
import pytest

from exports import docx, pdf, xlsx
from exports.document import Annex, Document, Figure, Para, Row, words_of
from exports.docx.text_runs import NAMES
from exports.nd30 import STYLES
from exports.reports import ReportTexts, build
from forms.services.summary import Summary
from tests.exports.documents import FORM, LETTER, REPORT, TABLE
from tests.exports.page_reading import lines_of

HOSTILE = (
    "<b>đậm</b>",
    "</para> x",
    "<img src='/etc/passwd'/>",
    "=cmd|' /C calc'!A0",
    "a < b & c > d",
    "{{7*7}} %s ${x}",
    "]]><w:p/>",
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx.write(REPORT)


def opened(data: bytes) -> python_docx.document.Document:
    return python_docx.Document(io.BytesIO(data))


def words_of_docx(data: bytes) -> str:
    """All words of the body, the head and table cells included, in the order of reading."""
    return " ".join(
        " ".join("".join(node.itertext()).replace("\u00a0", " ").split())
        for node in opened(data).element.body.iter("{*}p")
    )


def words_of_pdf(data: bytes) -> str:
    import pypdf

    pages = range(len(pypdf.PdfReader(io.BytesIO(data)).pages))
    return " ".join(
        " ".join(line.text for page in pages for line in lines_of(data, page)).replace("\u00a0", " ").split()
    )


def words_of_xlsx(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return " ".join(" ".join(str(cell).replace("\u00a0", " ").split()) for cell in cells if cell is not None)


def sentences(document: Document) -> list[str]:
    blocks = [block for part in (document, *document.annexes) for block in part.blocks]
    told = [words_of(block.text) for block in blocks if isinstance(block, Para)]
    return [" ".join(text.split()).rstrip(". ") for text in told]


def test_the_same_document_gives_the_same_bytes(made: bytes):
    assert docx.write(REPORT) == made
    assert docx.write(replace(REPORT, subject="Khác")) != made


def test_every_element_has_a_style_of_its_own(made: bytes):
    styles = opened(made).styles
    for element, name in NAMES.items():
        assert styles[name].font.size.pt == STYLES[element].size
        assert (styles[name].font.bold, styles[name].font.italic) == (STYLES[element].bold, STYLES[element].italic)
    used = {node.style.name for node in opened(made).paragraphs}
    assert {"Tên loại văn bản", "Trích yếu nội dung", "Nội dung", "Mục", "Khoản", "Số phụ lục"} <= used


def test_pages_are_numbered_by_fields_that_begin_anew_in_each_annex(made: bytes):
    sections = opened(made).sections
    assert len(sections) == 3
    assert " PAGE " in "".join(sections[0].header._element.itertext())
    assert " PAGE " not in "".join(sections[0].first_page_header._element.itertext())
    starts = [section._sectPr.xpath("string(w:pgNumType/@w:start)") for section in sections]
    assert starts == ["", "1", "1"]
    assert [section.page_width > section.page_height for section in sections] == [False, False, True]


def test_heads_of_tables_are_repeated_and_rows_are_not_parted(made: bytes):
    table = next(table for table in opened(made).tables if len(table.rows) > 20)
    marks = [row._tr.xpath("boolean(w:trPr/w:tblHeader)") for row in table.rows]
    assert marks == [True] * 3 + [False] * (len(marks) - 3)
    assert all(row._tr.xpath("boolean(w:trPr/w:cantSplit)") for row in table.rows)


def test_pictures_are_told_in_words(made: bytes):
    told = [shape._inline.docPr.get("descr") for shape in opened(made).inline_shapes]
    assert len(told) == 4
    assert told[1].startswith("[Biểu đồ] Biểu đồ 2. Tỷ lệ nữ cấp ủy; ")
    assert "25,3" in told[1]


def test_nothing_in_the_file_leads_outside(made: bytes):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            assert b'TargetMode="External"' not in archive.read(name)
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_the_file_describes_itself_in_vietnamese(made: bytes):
    properties = opened(made).core_properties
    assert (properties.title, properties.author, properties.language) == (REPORT.title, "Sở Nội vụ", "vi-VN")


@pytest.mark.parametrize("kind", ["commune_quarter", "summing_quarter", "commune_year", "summing_year"])
def test_pdf_word_and_excel_say_the_same(kind: str, request: pytest.FixtureRequest):
    summary: Summary = request.getfixturevalue(kind)
    document = build(summary, ReportTexts(year=2026))
    told = [words_of_pdf(pdf.write(document)), words_of_docx(docx.write(document)), words_of_xlsx(xlsx.write(document))]
    for sentence in sentences(document):
        assert [sentence in words for words in told] == [True] * 3, sentence


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_typed_in_every_field(text: str):
    head = replace(REPORT.head, superior=text, issuer=text, number_sign=f"Số: {text}", place=text)
    row = Row((text, text, text, text))
    document = replace(
        REPORT,
        head=head,
        subject=text,
        blocks=(Para(text), Para(text, lead=text)),
        recipients=(text, "- Lưu: VT."),
        addressees=(text, text),
        annexes=(Annex(text, (replace(TABLE, rows=(row,), measure=text, note=text),)),),
        signature=replace(REPORT.signature, name=text),
    )
    for words in (
        words_of_pdf(pdf.write(document)),
        words_of_docx(docx.write(document)),
        words_of_xlsx(xlsx.write(document)),
    ):
        assert words.count(text) >= 8


def test_a_word_without_a_blank_of_200_000_letters_is_written():
    document = replace(REPORT, blocks=(Para("x" * 200_000), REPORT.blocks[-1]), annexes=(Annex("A", (TABLE,)),))
    assert words_of_pdf(pdf.write(document)).replace(" ", "").count("x") >= 200_000
    assert "x" * 200_000 in words_of_docx(docx.write(document))
    assert words_of_xlsx(xlsx.write(document)).replace(" ", "").count("x") >= 200_000


def test_totals_of_the_workbook_are_formulas_that_give_the_same():
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(FORM)))
    sheet = book.worksheets[0]
    total = next(row for row in sheet.iter_rows() if row[1].value == "Tổng số")
    assert total[2].value == f"=SUM(C{total[0].row - 60}:C{total[0].row - 1})"
    wrong = replace(TABLE, rows=(*TABLE.rows[:-1], Row(("", "Tổng số", Figure(Decimal(5), is_sum=True), "x"), "total")))
    told = openpyxl.load_workbook(io.BytesIO(xlsx.write(replace(FORM, blocks=(wrong,))))).worksheets[0]
    assert next(row for row in told.iter_rows() if row[1].value == "Tổng số")[2].value == 5


def test_letters_and_forms_are_written():
    assert "V/v đôn đốc gửi báo cáo" in words_of_docx(docx.write(LETTER))
    assert "NGƯỜI LẬP BIỂU" in words_of_docx(docx.write(FORM))
