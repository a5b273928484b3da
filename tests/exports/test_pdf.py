"""The finished page, measured against NĐ 30/2020/NĐ-CP Phụ lục I (research: the table of elements and sizes)."""

from __future__ import annotations

import io
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdf
import pytest

from exports import nd30, pdf
from exports.columns import settled
from exports.document import Annex, Column, Document, Figure, HeadCell, Letterhead, Para, Row, Signature, Table
from exports.pdf.pages import WATERMARK_SIZE
from exports.pdf.tables import ruled_table
from exports.reports import ReportTexts, build
from forms.services.summary import Summary
from tests.exports.page_reading import Line, lines_of, page_size, rules_of

TABLE = Table(
    (Column(1, "centre"), Column(6), Column(2, "number")),
    ((HeadCell("TT"), HeadCell("Đơn vị"), HeadCell("Số tin, bài")),),
    tuple(Row((str(n), f"Xã số {n}", Figure(Decimal(n)))) for n in range(80)),
    ("A", "B", "1"),
    note="Ghi chú: …",
)
REPORT = Document(
    Letterhead("UBND thành phố Huế", "Sở Nội vụ", "Số:        /BC-SNV", "Huế", 2026),
    "BÁO CÁO",
    "Kết quả công tác thông tin, truyền thông về bình đẳng giới quý IV năm 2025",
    (
        *(Para(f"Đoạn {n}. {'Công tác bình đẳng giới tiếp tục được quan tâm. ' * 6}") for n in range(12)),
        Para("Trên đây là báo cáo của Sở Nội vụ."),
    ),
    Signature(("GIÁM ĐỐC",), "Nguyễn Thị Bích Ngọc"),
    ("- Như trên;", "- Lưu: VT."),
    ("Bộ Nội vụ", "UBND thành phố"),
    (Annex("Biểu một", (TABLE,)), Annex("Biểu hai", (TABLE,), landscape=True)),
    circulation="LƯU HÀNH NỘI BỘ",
    practice=True,
    foot=("Mã niêm phong: 12345 67890",),
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.write(REPORT)


@pytest.fixture(scope="module")
def first_page(made: bytes) -> list[Line]:
    return lines_of(made, 0)


def line(lines: list[Line], text: str) -> Line:
    return next(found for found in lines if text in found.text)


ELEMENTS = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "national_name"),
    ("Độc lập - Tự do - Hạnh phúc", "motto"),
    ("UBND THÀNH PHỐ HUẾ", "superior"),
    ("SỞ NỘI VỤ", "issuer"),
    ("/BC-SNV", "number_sign"),
    ("Huế, ngày", "place_date"),
    ("BÁO CÁO", "kind"),
    ("Kết quả công tác", "subject"),
    ("Kính gửi:", "addressees"),
    ("Đoạn 0.", "body"),
    ("LƯU HÀNH NỘI BỘ", "circulation"),
]


@pytest.mark.parametrize(("text", "element"), ELEMENTS)
def test_each_element_has_its_letters(first_page: list[Line], text: str, element: str):
    style, found = nd30.STYLES[element], line(first_page, text)
    assert style.allowed[0] <= found.size <= style.allowed[1]
    assert ("Bold" in found.font, "Italic" in found.font) == (style.bold, style.italic)


@pytest.mark.parametrize("style", nd30.STYLES.values())
def test_every_chosen_size_is_one_the_decree_allows(style: nd30.Style):
    assert style.allowed[0] <= style.size <= style.allowed[1]


def test_text_stays_within_the_margins(made: bytes):
    left, right = nd30.MARGINS.left, 210 - nd30.MARGINS.right
    for found in lines_of(made, 0):
        if found.size in (nd30.STYLES["foot"].size, WATERMARK_SIZE) or found.text == "BẢN THỬ":
            continue
        assert left - 0.1 <= found.left
        assert found.right <= right + 0.6  # italics and the last full stop hang over by a hair
        assert nd30.MARGINS.top - 0.1 <= found.top
        assert found.bottom <= 297 - nd30.MARGINS.bottom
    for side, (least, most) in nd30.MARGINS_ALLOWED.items():
        assert least <= getattr(nd30.MARGINS, side) <= most


def test_the_header_stands_in_two_columns_with_number_and_day_level(first_page: list[Line]):
    """
    UBND THÀNH PHỐ HUẾ      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        SỞ NỘI VỤ               Độc lập - Tự do - Hạnh phúc
      Số:     /BC-SNV       Huế, ngày    tháng    năm 2026
    """
    nation, motto = line(first_page, "CỘNG HÒA"), line(first_page, "Độc lập")
    issuer, number, day = line(first_page, "SỞ NỘI VỤ"), line(first_page, "/BC-SNV"), line(first_page, "Huế, ngày")
    assert nation.middle == pytest.approx(motto.middle, abs=0.5) == pytest.approx(day.middle, abs=1)
    assert issuer.middle == pytest.approx(number.middle, abs=1)
    assert issuer.right < nation.left
    assert number.top == pytest.approx(day.top, abs=0.2)


def test_rules_are_as_long_as_the_decree_says(made: bytes, first_page: list[Line]):
    rules = rules_of(made, 0)

    def below(found: Line) -> float:
        left, right, _ = next(r for r in rules if 0 < r[2] - found.bottom < 3 and r[0] < found.middle < r[1])
        return (right - left) / (found.right - found.left)

    assert below(line(first_page, "Độc lập")) == pytest.approx(1, abs=0.03)
    assert 1 / 3 <= below(line(first_page, "SỞ NỘI VỤ")) <= 1 / 2
    assert 1 / 3 <= below(line(first_page, "giới quý IV năm 2025")) <= 1 / 2


def test_body_lines_are_indented_and_justified(first_page: list[Line]):
    first = line(first_page, "Đoạn 0.")
    second = first_page[first_page.index(first) + 1]
    assert first.left == pytest.approx(30 + nd30.INDENT, abs=0.5)
    assert second.left == pytest.approx(30, abs=0.5)
    assert first.right == pytest.approx(190, abs=0.6) == pytest.approx(second.right, abs=0.6)


def test_names_to_whom_it_goes_stand_below_the_colon(first_page: list[Line]):
    title, first, last = (line(first_page, text) for text in ("Kính gửi:", "- Bộ Nội vụ;", "- UBND thành phố."))
    assert first.left == pytest.approx(last.left, abs=0.1)
    assert first.left == pytest.approx(title.right, abs=1.5)


def test_page_numbers_stand_in_the_top_margin_and_begin_anew_in_each_annex(made: bytes):
    numbers = []
    for page in range(len(pypdf.PdfReader(io.BytesIO(made)).pages)):
        found = [text for text in lines_of(made, page) if text.text.isdigit() and text.bottom < 20]
        numbers.append(found[0].text if found else "")
        for number in found:
            assert 13 <= number.size <= 14
            assert "Bold" not in number.font
            assert number.middle == pytest.approx(110 if page_size(made, page)[0] < 250 else 148.5, abs=0.5)
    assert numbers == ["", "2", "", "2", "3", "", "2", "3", "4"]


def test_the_signature_never_stands_alone(made: bytes):
    for length in range(4, 14):
        shorter = replace(REPORT, blocks=REPORT.blocks[-length:], annexes=())
        last = len(pypdf.PdfReader(io.BytesIO(data := pdf.write(shorter))).pages) - 1
        texts = [found.text for found in lines_of(data, last)]
        assert any("Trên đây là báo cáo" in text for text in texts)
        assert {"GIÁM ĐỐC", "Nguyễn Thị Bích Ngọc", "Nơi nhận:", "- Lưu: VT."} <= set(texts)


def test_the_end_mark_closes_the_body(made: bytes):
    assert any("Sở Nội vụ./." in found.text for found in lines_of(made, 1))


def test_signed_and_numbered_later_the_same_page_carries_number_and_day():
    head = replace(REPORT.head, number_sign="Số: 05/BC-SNV", issued=date(2026, 1, 5))
    lines = lines_of(pdf.write(replace(REPORT, head=head)), 0)
    assert line(lines, "Số: 05/BC-SNV")
    assert line(lines, "Huế, ngày 05 tháng 01 năm 2026")


def test_a_table_repeats_its_head_and_its_note_is_not_alone(made: bytes):
    pages = [lines_of(made, page) for page in (2, 3, 4)]
    for page in pages:
        assert line(page, "Đơn vị").font == "LiberationSerif-Bold"
    assert line(pages[-1], "Ghi chú").top > line(pages[-1], "Xã số 79").top


def test_practice_is_marked_on_every_page(made: bytes):
    for page in range(len(pypdf.PdfReader(io.BytesIO(made)).pages)):
        lines = lines_of(made, page)
        assert "BẢN THỬ" in [found.text for found in lines if found.size == nd30.STYLES["circulation"].size]
        assert "".join(found.text for found in lines if found.size == WATERMARK_SIZE).replace(" ", "") == "BẢNTHỬ"
    official = pdf.write(replace(REPORT, practice=False))
    assert not any("BẢN THỬ" in found.text for found in lines_of(official, 0))


def test_every_font_is_embedded_and_the_file_describes_itself(made: bytes):
    reader = pypdf.PdfReader(io.BytesIO(made))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()
            assert described["/FontDescriptor"]["/FontFile2"]
            assert "/ToUnicode" in described
    assert reader.metadata.title == REPORT.title
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"
    assert b"pdfaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.trailer["/Root"]["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"


def test_the_same_document_gives_the_same_bytes(made: bytes):
    assert pdf.write(REPORT) == made
    assert pdf.write(replace(REPORT, subject="Khác")) != made


def test_hostile_text_is_printed_as_text_and_does_not_stall():
    texts = ("<img src='/etc/passwd'/>", "</para> x", "a < b & c", "x" * 50_000, "e\u0302\u0301 NFD")
    table = replace(TABLE, rows=tuple(Row((text, text, text)) for text in texts), head=())
    began = time.perf_counter()
    data = pdf.write(replace(REPORT, blocks=(*map(Para, texts), REPORT.blocks[-1]), annexes=(Annex("A", (table,)),)))
    assert time.perf_counter() - began < 10
    lines = "\n".join(found.text for found in lines_of(data, 0))
    assert "<img src='/etc/passwd'/>" in lines
    assert "a < b & c" in lines
    assert not pypdf.PdfReader(io.BytesIO(data)).pages[0].images


def test_text_copied_from_the_page_is_the_source_in_nfc(summing_quarter: Summary, page_words: Callable[[bytes], str]):
    document = build(summing_quarter, ReportTexts(year=2026))
    words = page_words(pdf.write(document))
    assert unicodedata.is_normalized("NFC", words)
    for block in document.blocks:
        if isinstance(block, Para):
            assert " ".join(block.text.rstrip(".").split()) in words
    for unit in summing_quarter.status.expected:
        assert unit.full_name in words


@pytest.fixture
def page_words() -> Callable[[bytes], str]:
    def words(data: bytes) -> str:
        pages = range(len(pypdf.PdfReader(io.BytesIO(data)).pages))
        return " ".join(" ".join(found.text for page in pages for found in lines_of(data, page)).split())

    return words


def test_a_page_of_a_table_costs_the_same_however_long_the_table_is():
    """What a page leaves is the same rows from another one on: their heights were added up once."""
    rows = tuple(Row((str(n), f"Xã số {n}", Figure(Decimal(n)))) for n in range(3000))
    (annex,) = settled(replace(REPORT, annexes=(Annex("Biểu", (replace(TABLE, rows=rows),)),))).annexes
    rest, pages, tops = ruled_table(annex.blocks[0]), 0, None
    while parts := rest.split(450, 700):
        first, rest = parts
        assert first.wrap(450, 700)[1] <= 700
        assert tops in (None, id(rest.rows.tops))
        tops, pages = id(rest.rows.tops), pages + 1
    assert pages > 60
    assert rest.rows.last == len(rest.rows.all) == 3001  # with the note
