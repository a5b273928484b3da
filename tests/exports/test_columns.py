"""Columns of tables: no number, code or syllable is ever parted, in PDF and Word; wide tables shrink, turn, divide."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import docx, pdf, xlsx
from exports.columns import PADDING, Columns, settled
from exports.document import Annex, Column, Document, Figure, HeadCell, Row, Table, shown
from exports.fonts import parts_of, width_of
from exports.nd30 import STYLES, TABLE_SIZES, text_width
from exports.reports import build, form_sheet
from forms.model.count import Role
from forms.programmes.catalogue import load_all
from tests.exports.documents import REPORT
from tests.exports.test_every_report import PAPER, summary_of

PORTRAIT, LANDSCAPE = text_width(landscape=False), text_width(landscape=True)
ADDRESS = "https://xabinhdien.hue.gov.vn/tin-tuc-su-kien/binh-dang-gioi-va-phong-ngua-bao-luc?id=20251003"


def table(years: int, amount: int, *, title: str = "Số người được tạo việc làm mới trong năm", note: str = "") -> Table:
    """
    | TT     | Số liệu            |            năm            | Đánh giá |
    |        |                    | 2011        | 2012        |          |
    | 1.1.1  | Số người được …    | 260.154.120 | 260.154.121 | Chưa đạt |
    """
    columns = (Column(11, "centre"), Column(62), *(Column(15, "number") for _ in range(years)), Column(22, "centre"))
    over = (HeadCell("TT", rows=2), HeadCell("Số liệu", rows=2), HeadCell("Năm", years), HeadCell("Đánh giá", rows=2))
    figures = (Figure(Decimal(amount + year)) for year in range(years))
    rows = (
        Row(("I", "Trong lĩnh vực kinh tế, lao động, việc làm", *[""] * (years + 1)), "group"),
        Row(("1.1.1", title, *figures, "Chưa đạt")),
        Row(("", "Tổng số", *(Figure(Decimal(7)) for _ in range(years)), "x"), "total"),
    )
    under = tuple(HeadCell(str(2011 + year)) for year in range(years))
    letters = tuple("ABCDEFGHIJKLMNOPQRSTUVXY"[: len(columns)])
    return Table(columns, (over, under), rows, letters, note=note)


def fitted(table: Table) -> Columns:
    """Its columns where it stands in the text of an upright page."""
    return settled(replace(REPORT, blocks=(table, *REPORT.blocks))).blocks[0].set


def annexed(*tables: Table, landscape: bool = False) -> Document:
    return replace(REPORT, annexes=(Annex("Biểu", tables, landscape),))


def words(data: bytes) -> Counter[str]:
    with pypdfium2.PdfDocument(data) as file:
        return Counter(word for page in file for word in page.get_textpage().get_text_range().split())


def lacking(data: bytes, document: Document) -> list[str]:
    """Figures and first codes of a row that the pages do not have whole, as often as the tables have them."""
    tables = [block for part in (document, *document.annexes) for block in part.blocks if isinstance(block, Table)]
    wanted = Counter(
        shown(cell)
        for one in tables
        for row in one.rows
        for cell in (row.cells if row.kind != "group" else row.cells[:1])
        if isinstance(cell, Figure) or (cell and cell is row.cells[0])
    )
    assert wanted
    return sorted((wanted - words(data)).elements())


@pytest.mark.slow
@pytest.mark.parametrize("make", [build, form_sheet])
def test_ten_years_of_hundred_millions_are_printed_whole(make, communes, monkeypatch):
    """260.154.120 in ten columns, codes as ĐX.3.2b: “260.15 / 4” was printed."""
    programme = load_all().programme("qd2351_hatinh")
    summary = summary_of(programme, programme.form("summing_up"), Role.SUMMING, communes)
    document = larger(make(summary, PAPER), 26_015_412)
    assert lacking(pdf.write(document), document) == []
    assert parted_in_word(docx.write(document)) == []


def larger(document: Document, times: int) -> Document:
    """Every figure so many times as large."""

    def grown(block):
        if not isinstance(block, Table):
            return block
        rows = (
            replace(row, cells=tuple(
                replace(cell, amount=cell.amount * times) if isinstance(cell, Figure) else cell for cell in row.cells
            ))
            for row in block.rows
        )  # fmt: skip
        return replace(block, rows=tuple(rows))

    annexes = (replace(annex, blocks=tuple(map(grown, annex.blocks))) for annex in document.annexes)
    return replace(document, blocks=tuple(map(grown, document.blocks)), annexes=tuple(annexes))


def parted_in_word(data: bytes) -> list[str]:
    """Words that are wider than the column that they stand in, measured by the face's own widths."""
    found = []
    for grid in WordDocument(BytesIO(data)).element.body.iter(qn("w:tbl")):
        widths = [int(column.get(qn("w:w"))) / 20 for column in grid.iter(qn("w:gridCol"))]
        for row in grid.iter(qn("w:tr")):
            x = 0
            for cell in row.findall(qn("w:tc")):
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                many = int(span.get(qn("w:val"))) if span is not None else 1
                room = sum(widths[x : x + many]) - 2 * PADDING
                found += wide_words(cell, room)
                x += many
    return found


def wide_words(cell, room: float):
    for run in cell.iter(qn("w:r")):
        size = run.find(f"{qn('w:rPr')}/{qn('w:sz')}")
        style = replace(STYLES["table"], size=int(size.get(qn("w:val"))) / 2 if size is not None else 11)
        text = "".join({qn("w:t"): node.text, qn("w:noBreakHyphen"): "-"}.get(node.tag, " ") or "" for node in run)
        yield from (word for word in text.split() if max(width_of(part, style) for part in parts_of(word)) > room)


FIGURES = st.integers(0, 10**15 - 1).map(lambda amount: Figure(Decimal(amount)))
WORDS = st.lists(
    st.sampled_from(["nghiêng", "tỷ", "lệ", "bình", "đẳng", "1234/QĐ-UBND-VHXH", "2011-2020", "ĐX.3.2b"]), max_size=9
).map(" ".join)


@st.composite
def tables(draw) -> Table:
    """Any mixture of texts and figures that a form may ask for."""
    kinds = ["centre", "text", *draw(st.lists(st.sampled_from(["number", "number", "text"]), min_size=1, max_size=14))]
    columns = tuple(Column(draw(st.integers(8, 90)), kind) for kind in kinds)
    filled = [FIGURES if kind == "number" else WORDS for kind in kinds]
    rows = tuple(Row(tuple(draw(cell) for cell in filled)) for _ in range(draw(st.integers(1, 4))))
    return Table(columns, (tuple(HeadCell(draw(WORDS)) for _ in kinds),), rows)


@settings(max_examples=120)
@given(tables(), st.booleans())
def test_whatever_a_table_holds_its_parts_fit_their_columns(table, landscape):
    """No part is lost or told twice but for the columns that say what a row is; each fits the page it is on."""
    made = settled(annexed(table, landscape=landscape))
    (annex,) = made.annexes
    room = LANDSCAPE if annex.landscape else PORTRAIT
    for part in annex.blocks:
        columns = part.set
        assert sum(columns.widths) <= room + 1e-6
        assert columns.size in TABLE_SIZES
        for style, row in [(STYLES["table_head"], part.head[0]), *((STYLES["table"], row.cells) for row in part.rows)]:
            for x, cell in enumerate(row):
                text = cell.text if isinstance(cell, HeadCell) else shown(cell)
                for word in text.split(" "):
                    assert width_of(word, replace(style, size=columns.size)) <= columns.widths[x] - 2 * PADDING + 1e-6
    figures = [cell for row in table.rows for cell in row.cells if isinstance(cell, Figure)]
    told = [cell for part in annex.blocks for row in part.rows for cell in row.cells if isinstance(cell, Figure)]
    assert Counter(map(shown, told)) == Counter(map(shown, figures))


def test_a_table_that_fits_has_the_shares_that_it_asks_for():
    columns = fitted(table(2, 120))
    assert columns.size == STYLES["table"].size
    assert columns.widths == pytest.approx([PORTRAIT * share / 125 for share in (11, 62, 15, 15, 22)])


def test_a_column_takes_what_its_longest_figure_needs_from_those_with_room():
    """Two years of nine digits: the title gives, the letters stay."""
    columns = fitted(table(2, 260_154_120))
    assert columns.size == STYLES["table"].size
    assert columns.widths[2] == columns.widths[3] > PORTRAIT * 15 / 125
    assert columns.widths[1] < PORTRAIT * 62 / 125


def test_then_the_letters_shrink():
    columns = fitted(table(6, 26_015_412))
    assert TABLE_SIZES[-1] <= columns.size < TABLE_SIZES[0]
    assert len({round(width, 3) for width in columns.widths[2:8]}) == 1, "years are alike"


def test_then_an_annex_turns():
    (annex,) = settled(annexed(table(9, 26_015_412))).annexes
    assert annex.landscape
    assert len(annex.blocks) == 1
    (stays,) = settled(annexed(table(2, 120))).annexes
    assert not stays.landscape


def test_then_the_table_is_divided_and_each_part_says_what_its_rows_are():
    """Ten years of 15 digits: 2011–2015 and 2016–2020, each with TT, Số liệu, the spans of its head, its letters."""
    whole = table(10, 260_154_120_000_000, note="Ghi chú: …")
    (annex,) = settled(annexed(whole)).annexes
    first, *_, last = annex.blocks
    assert annex.landscape
    assert [part.measure for part in annex.blocks] == [
        f"Phần {n}/{len(annex.blocks)}" for n in range(1, 1 + len(annex.blocks))
    ]
    assert all([cell.text for cell in part.head[0]][:3] == ["TT", "Số liệu", "Năm"] for part in annex.blocks)
    assert sum(part.head[0][2].columns for part in annex.blocks) == 10
    assert [cell.text for part in annex.blocks for cell in part.head[1]] == [str(year) for year in range(2011, 2021)]
    assert all(part.rows[1].cells[:2] == whole.rows[1].cells[:2] for part in annex.blocks)
    assert all(part.rows[0].kind == "group" and part.rows[2].kind == "total" for part in annex.blocks)
    assert (first.letters[:3], last.letters[-1]) == (("A", "B", "C"), whole.letters[-1])
    assert [part.note for part in annex.blocks] == [""] * (len(annex.blocks) - 1) + ["Ghi chú: …"]
    assert lacking(pdf.write(annexed(whole)), annexed(whole)) == []


def test_a_table_in_the_text_is_divided_where_it_cannot_turn():
    document = replace(REPORT, blocks=(table(8, 26_015_412_000), *REPORT.blocks), annexes=())
    assert sum(isinstance(block, Table) for block in settled(document).blocks) > 1
    assert lacking(pdf.write(document), document) == []


def test_a_web_address_goes_on_after_its_own_marks_and_a_number_never():
    assert parts_of("123.456.789.012.345,123456") == ["123.456.789.012.345,123456"]
    assert parts_of("1234/QĐ-UBND-VHXH") == ["1234/QĐ-UBND-VHXH"]
    assert parts_of(ADDRESS)[:5] == ["https://", "xabinhdien.", "hue.", "gov.", "vn/"]
    assert "".join(parts_of(ADDRESS)) == ADDRESS
    assert max(map(len, parts_of("a" * 100))) <= 32


def evidence(items: int) -> Table:
    """A list of news whose evidence is as long as it may be, in the narrow column that it has."""
    columns = (Column(9, "centre"), Column(72), Column(54), Column(14, "number"), Column(32), Column(22))
    head = tuple(HeadCell(title) for title in ("TT", "Tên tin, bài", "Kênh", "Số lượt", "Minh chứng", "Được tính"))
    long = (f"{ADDRESS} sổ nhật ký phát thanh của xã; " * 9)[:1000]
    rows = (Row((str(n), "Hưởng ứng Tháng hành động", "Loa", Figure(Decimal(n)), long, "Có")) for n in range(items))
    return Table(columns, (head,), tuple(rows))


def test_long_evidence_takes_no_page_for_each_item():
    """Forty items with 1 000 letters each were 80 pages: the column of the evidence grows, and a row begins where there is room."""
    data, bare = pdf.write(annexed(evidence(40), landscape=True)), pdf.write(replace(REPORT, annexes=()))
    assert len(pypdfium2.PdfDocument(data)) - len(pypdfium2.PdfDocument(bare)) < 25


def test_a_tall_row_fills_the_page_that_it_begins_on_in_word_too():
    cut = WordDocument(BytesIO(docx.write(annexed(table(1, 1, title="bình đẳng " * 400))))).element.body
    rows = [
        row
        for grid in cut.iter(qn("w:tbl"))
        for row in grid.iter(qn("w:tr"))
        if "bình đẳng bình" in "".join(row.itertext())
    ]
    assert [row.find(f".//{qn('w:cantSplit')}") for row in rows] == [None]


def test_a_code_in_word_is_not_parted_after_its_hyphens():
    """Word breaks a line after the hyphen of 12/BC-UBND and of 2011-2020."""
    made = docx.write(annexed(table(1, 1, title="Kế hoạch 12/KH-UBND giai đoạn 2011-2020, tăng -97,5 điểm - nữ")))
    (text,) = (
        cell.text
        for grid in WordDocument(BytesIO(made)).tables
        for row in grid.rows
        for cell in row.cells
        if "12/KH" in cell.text
    )
    assert text == "Kế hoạch 12/KH-UBND giai đoạn 2011-2020, tăng -97,5 điểm - nữ"
    body = WordDocument(BytesIO(made)).element.body
    (paragraph,) = (p for p in body.iter(qn("w:p")) if "giai đoạn" in "".join(p.itertext()))
    assert len(list(paragraph.iter(qn("w:noBreakHyphen")))) == 3


def test_excel_shows_every_figure_and_no_row_of_hashes():
    book = openpyxl.load_workbook(BytesIO(xlsx.write(annexed(table(10, 260_154_120_000_000)))))
    sheet = book.worksheets[0]
    longest = len("260.154.120.000.000")
    assert all(sheet.column_dimensions[letter].width > longest for letter in "CDEFGHIJKL")
    assert not re.search(r"#", "".join(str(cell.value) for row in sheet.iter_rows() for cell in row))
