"""The measure of NĐ 30/2020/NĐ-CP laid on finished files: none of ours deviates, and each planted fault is found."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from exports import docx, lint, nd30, pdf
from exports.document import Annex, Document, Para
from exports.lint import MeasuredItem
from exports.reports import ReportTexts, build
from forms.errors import InputRefused
from tests.exports.documents import FORM, LETTER, REPORT
from tests.exports.lint_faults import edited, in_style

WRITERS = {"pdf": pdf.write, "docx": docx.write}
KINDS = ("commune_quarter", "summing_quarter", "commune_year", "summing_year")


@pytest.fixture(scope="module")
def word() -> bytes:
    return docx.write(REPORT)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("document", [REPORT, LETTER, FORM], ids=["named", "letter", "form"])
def test_every_layout_is_by_the_decree(document: Document, writer: str):
    assert lint.measure(WRITERS[writer](document)) == ()


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_is_by_the_decree(kind: str, writer: str, request: pytest.FixtureRequest):
    document = build(request.getfixturevalue(kind), ReportTexts(year=2026))
    assert lint.measure(WRITERS[writer](document)) == ()


def found(data: bytes) -> set[MeasuredItem]:
    return {deviation.item for deviation in lint.measure(data)}


SPOILT_STYLES = [
    ("body", {"size": 12}, MeasuredItem.SIZE),
    ("national_name", {"bold": False}, MeasuredItem.WEIGHT),
    ("issuer", {"upper": False}, MeasuredItem.CAPITALS),
    ("number_sign", {"italic": True}, MeasuredItem.WEIGHT),
    ("subject", {"size": 16}, MeasuredItem.SIZE),
    ("recipients_title", {"italic": False}, MeasuredItem.WEIGHT),
    ("page_number", {"size": 10}, MeasuredItem.PAGE_NUMBER),
    ("annex_title", {"upper": False}, MeasuredItem.CAPITALS),
]
SPOILT_MEASURES = [
    ("exports.pdf.head.MOTTO_RULE", 0.6, MeasuredItem.MOTTO_RULE),
    ("exports.pdf.head.ISSUER_RULE", 0.9, MeasuredItem.ISSUER_RULE),
    ("exports.pdf.head.SUBJECT_RULE", 0.1, MeasuredItem.SUBJECT_RULE),
    ("exports.pdf.INDENT", 5.0, MeasuredItem.INDENT),
    ("exports.pdf.paragraphs.LINE_SPACING", 2.2, MeasuredItem.SPACING),
    ("exports.pdf.head.LEFT_SHARE", 0.55, MeasuredItem.PRESENT),  # the national name is broken in two
]


@pytest.mark.parametrize(("element", "change", "item"), SPOILT_STYLES, ids=[f"{e}-{c}" for e, c, _ in SPOILT_STYLES])
def test_a_pdf_with_other_letters_is_found(
    element: str, change: dict, item: MeasuredItem, monkeypatch: pytest.MonkeyPatch
):
    good = nd30.STYLES[element]
    monkeypatch.setitem(nd30.STYLES, element, replace(good, **change))
    data = pdf.write(REPORT)
    monkeypatch.setitem(nd30.STYLES, element, good)
    assert item in found(data)


@pytest.mark.parametrize(("name", "value", "item"), SPOILT_MEASURES, ids=[n for n, _, _ in SPOILT_MEASURES])
def test_a_pdf_with_other_measures_is_found(
    name: str, value: float, item: MeasuredItem, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(name, value)
    assert item in found(pdf.write(replace(REPORT, blocks=(Para("Một câu dài. " * 40), *REPORT.blocks))))


WORD_FAULTS: list[tuple[str, Callable[[str], str], MeasuredItem]] = [
    ("styles", in_style("Nội dung", 'w:sz w:val="28"', 'w:sz w:val="24"'), MeasuredItem.SIZE),
    ("styles", in_style("Nội dung", 'w:firstLine="720"', 'w:firstLine="200"'), MeasuredItem.INDENT),
    ("styles", in_style("Nội dung", 'w:jc w:val="both"', 'w:jc w:val="left"'), MeasuredItem.JUSTIFIED),
    ("styles", in_style("Nội dung", 'w:before="120"', 'w:before="0"'), MeasuredItem.GAP),
    ("styles", in_style("Nội dung", 'w:line="240"', 'w:line="480"'), MeasuredItem.SPACING),
    ("styles", in_style("Nội dung", "Times New Roman", "Arial"), MeasuredItem.TYPEFACE),
    ("styles", in_style("Quốc hiệu", "<w:b/>", '<w:b w:val="0"/>'), MeasuredItem.WEIGHT),
    ("styles", in_style("Số trang", 'w:jc w:val="center"', 'w:jc w:val="right"'), MeasuredItem.PAGE_NUMBER),
    ("styles", in_style("Địa danh, thời gian", 'w:jc w:val="center"', 'w:jc w:val="left"'), MeasuredItem.COLUMNS),
    ("document", lambda text: re.sub(r'w:left="1701"', 'w:left="850"', text), MeasuredItem.MARGINS),
    ("document", lambda text: text.replace('w:h="16838"', 'w:h="15840"', 1), MeasuredItem.PAPER),
    ("document", lambda text: text.replace("<w:tblHeader/>", ""), MeasuredItem.TABLE_HEAD),
    ("document", lambda text: text.replace('<w:pgNumType w:start="1"/>', "", 1), MeasuredItem.PAGE_NUMBER),
    ("document", lambda text: text.replace("./.", "."), MeasuredItem.END_MARK),
    (
        "document",
        lambda text: text.replace("Phụ lục II<", "Phụ lục 2<").replace("Phụ lục I<", "Phụ lục II<"),
        MeasuredItem.ANNEX,
    ),
    ("document", lambda text: text.replace("Độc lập - Tự do - Hạnh phúc", "Độc lập, Tự do"), MeasuredItem.PRESENT),
    ("document", lambda text: text.replace("- Lưu: VT.", "- Bộ Nội vụ"), MeasuredItem.RECIPIENTS),
    ("document", lambda text: text.replace("<w:keepNext/>", ""), MeasuredItem.SIGNATURE),
    ("document", lambda text: text.replace("SỞ NỘI VỤ", "Sở Nội vụ"), MeasuredItem.CAPITALS),
]


@pytest.mark.parametrize(
    ("part", "change", "item"), WORD_FAULTS, ids=[f"{n}-{f[2].name}" for n, f in enumerate(WORD_FAULTS)]
)
def test_a_word_file_that_a_hand_spoilt_is_found(
    word: bytes, part: str, change: Callable[[str], str], item: MeasuredItem
):
    assert item in found(edited(word, f"word/{part}.xml", change))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(
    ("change", "item"),
    [
        ({"annexes": (), "recipients": ("Như trên",)}, MeasuredItem.RECIPIENTS),
        ({"head": replace(REPORT.head, place="Huế, ngày 5 tháng 1 năm 2026 và Huế")}, MeasuredItem.DATES),
    ],
)
def test_words_against_the_decree_are_found(change: dict, item: MeasuredItem, writer: str):
    assert item in found(WRITERS[writer](replace(REPORT, **change)))


def test_a_deviation_says_where_what_and_what_is_allowed(monkeypatch: pytest.MonkeyPatch):
    good = nd30.STYLES["kind"]
    monkeypatch.setitem(nd30.STYLES, "kind", replace(good, size=18))
    data = pdf.write(REPORT)
    monkeypatch.setitem(nd30.STYLES, "kind", good)
    deviation = next(d for d in lint.measure(data) if d.item is MeasuredItem.SIZE)
    assert (deviation.where, deviation.found, deviation.allowed) == ("BÁO CÁO", "18", "13 đến 14")


def test_a_dated_paper_is_by_the_decree():
    head = replace(REPORT.head, number_sign="Số: 05/BC-SNV", issued=date(2026, 1, 5))
    for write in WRITERS.values():
        assert lint.measure(write(replace(REPORT, head=head, annexes=(Annex("Biểu", ()),)))) == ()


def test_a_page_of_another_size_and_a_face_that_is_not_carried_are_found():
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(612, 792)
    made = io.BytesIO()
    blank.save(made)
    assert found(made.getvalue()) == {MeasuredItem.PAPER}


def test_foreign_files_are_refused_by_name():
    doctype = io.BytesIO()
    with zipfile.ZipFile(doctype, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    for data, code in (
        (b"MZ", "LINT_KIND"),
        (b"%PDF-1.4 nothing", "LINT_DAMAGED"),
        (b"PK\x03\x04 nothing", "LINT_DAMAGED"),
        (doctype.getvalue(), "LINT_DAMAGED"),
    ):
        with pytest.raises(InputRefused) as refusal:
            lint.measure(data)
        assert refusal.value.code == code


def test_a_zip_that_unpacks_to_too_much_is_refused_unread():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in range(5):
            archive.writestr(f"word/{name}.bin", b"\0" * (30 << 20))
    with pytest.raises(InputRefused, match="quá lớn"):
        lint.measure(made.getvalue())
