"""Every row, every sentence, every name of a document stands in the Word file and in the PDF, in its order; nothing twice.

Each is read back by another library and held against the neutral document, thing by thing: the last of each is what a writer
loses most easily.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from exports import docx, pdf
from exports.document import (
    Annex,
    Bullet,
    Chart,
    Column,
    Document,
    HeadCell,
    Heading,
    Para,
    Row,
    Run,
    Table,
    annex_label,
    placed,
    shown,
    words_of,
)
from exports.nd30 import STYLES
from exports.reports import ReportTexts, build
from tests.exports.documents import FORM, LETTER, REPORT
from tests.exports.page_reading import lines_of

KINDS = ("commune_quarter", "summing_quarter", "commune_year", "summing_year")
DOCUMENTS = {"report": REPORT, "letter": LETTER, "form": FORM}
BODY_STYLES = {"Nội dung", "Mục", "Khoản", "Điểm"}


@pytest.fixture(params=[*DOCUMENTS, *KINDS])
def document(request: pytest.FixtureRequest) -> Document:
    if request.param in DOCUMENTS:
        return DOCUMENTS[request.param]
    paper = ReportTexts(year=2026, recipients=("- Như trên;", "- Sở Nội vụ;", "- Lưu: VT."), digits="12345 67890")
    return build(request.getfixturevalue(request.param), paper)


@cache
def word(document: Document) -> bytes:
    return docx.write(document)


def test_word_has_every_row_of_every_table(document: Document):
    """| TT | Đơn vị | … | as lists of texts: heads, letters, rows to the last one, nothing else."""
    file = python_docx.Document(io.BytesIO(word(document)))
    ruled = [
        grid
        for grid in file.element.body.iter(qn("w:tbl"))
        if grid.xpath("w:tblPr/w:tblBorders/w:top[@w:val='single']")
    ]
    assert [list(map(texts, grid.iter(qn("w:tr")))) for grid in ruled] == [written(table) for table in tables(document)]


def tables(document: Document) -> list[Table]:
    return [block for part in (document, *document.annexes) for block in part.blocks if isinstance(block, Table)]


def texts(row) -> list[str]:
    """Of each cell; a break in it is a break."""
    read = {qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
    nodes = [cell.iter(qn("w:t"), *read) for cell in row.iter(qn("w:tc"))]
    return ["".join(read.get(node.tag, node.text or "") for node in cell) for cell in nodes]


def written(table: Table) -> list[list[str]]:
    """As Word is to have it: a title over several columns is one cell, one that reaches down is empty below."""
    many = len(table.columns)
    heads = [{} for _ in table.head]
    for y, x, cell in placed(table.head, many):
        for down in range(cell.rows):
            heads[y + down][x] = "" if down else cell.text
    rows = [[head[x] for x in sorted(head)] for head in heads] + ([list(table.letters)] if table.letters else [])
    for row in table.rows:
        cells = [shown(cell) for cell in row.cells]
        last = max((x for x, text in enumerate(cells) if text), default=0) if row.kind == "group" else many - 1
        rows.append(cells[: last + 1])
    return rows


def test_word_has_every_sentence_measure_note_and_title(document: Document):
    file = python_docx.Document(io.BytesIO(word(document)))
    told = [(p.style.name, p.text.replace("\n", " ").strip()) for p in file.paragraphs]
    assert [text for style, text in told if style in BODY_STYLES] == list(sentences(document))
    notes = [text for table in tables(document) for text in (table.measure, table.note) if text]
    assert [text for style, text in told if style == "Ghi chú bảng"] == notes
    charts = [block for part in (document, *document.annexes) for block in part.blocks if isinstance(block, Chart)]
    assert [text for style, text in told if style == "Tên biểu đồ"] == [chart.title for chart in charts]
    assert len(file.inline_shapes) == len(charts)
    labels = [annex_label(document, annex) for annex in document.annexes]
    assert [text for style, text in told if style == "Số phụ lục"] == labels
    titles = [annex.title.upper() for annex in document.annexes]
    assert [text for style, text in told if style == "Tên phụ lục"] == titles


def sentences(document: Document) -> Iterator[str]:
    for block in (*document.body, *(block for annex in document.annexes for block in annex.blocks)):
        match block:
            case Heading(level, number, text):
                yield f"{number} {STYLES[f'heading_{level}'].written(text)}".strip()
            case Para(text, lead):
                yield f"{lead} {words_of(text)}".strip()
            case Bullet(text, mark):
                yield f"{mark} {words_of(text)}".strip()


def test_word_keeps_bold_and_italic_where_they_were():
    """**đậm**, *nghiêng*, ***cả hai***, then plain words."""
    looks = (
        Run("đậm", bold=True),
        Run(" nghiêng", italic=True),
        Run(" cả hai", bold=True, italic=True),
        Run(" thường."),
    )
    document = replace(LETTER, blocks=(Para(looks), Bullet(looks), Para("Hết.")))
    file = python_docx.Document(io.BytesIO(word(document)))
    told = [
        [(run.text, bool(run.bold), bool(run.italic)) for run in p.runs]
        for p in file.paragraphs
        if p.style.name == "Nội dung"
    ]
    wanted = [(run.text, run.bold, run.italic) for run in looks]
    assert told == [wanted, [("- ", False, False), *wanted], [("Hết./.", False, False)]]


def test_the_pages_have_all_of_a_row_that_is_higher_than_a_page():
    """The cell counts from 1 to 900; beside it one that is shorter, and the row after it."""
    numbers = " ".join(str(number) for number in range(1, 901))
    rows = (Row(("1", numbers, "hết", "x")), Row(("2", "sau", "cùng", "y")))
    columns = (Column(1, "centre"), Column(3), Column(20), Column(1))
    table = Table(columns, ((HeadCell("A"), HeadCell("B"), HeadCell("C"), HeadCell("D")),), rows)
    data = pdf.write(replace(REPORT, annexes=(Annex("Biểu", (table,)),)))
    drawn = [w for page in range(pages(data)) for line in lines_of(data, page) for w in line.text.split()]
    counted = [int(word) for word in drawn if word.isdecimal()]
    assert [number for number in counted if 200 < number <= 900] == list(range(201, 901))  # charts have smaller ones
    assert drawn.index("hết") < drawn.index("900") < drawn.index("sau") < drawn.index("cùng")


def test_word_names_all_who_receive_and_all_who_sign(document: Document):
    file = python_docx.Document(io.BytesIO(word(document)))
    by_style = defaultdict(list)
    for node in (node for grid in file.element.body.iter(qn("w:tbl")) for node in grid.iter(qn("w:p"))):
        paragraph = Paragraph(node, file)
        if paragraph.text:
            by_style[paragraph.style.name].append(paragraph.text.replace("\n", " "))
    if document.layout == "form":
        (signing,) = (block for block in document.blocks if hasattr(block, "signers"))
        assert by_style["Người ký biểu"] == [who.title.upper() for who in signing.signers]
        assert by_style["Cách ký biểu"] == [who.note for who in signing.signers]
        assert by_style["Họ tên trên biểu"] == [who.name for who in signing.signers if who.name]
        return
    assert by_style["Nơi nhận"] == list(document.recipients)
    assert " ".join(by_style["Quyền hạn, chức vụ"]) == " ".join(document.signature.capacity).upper()
    assert by_style.get("Họ tên người ký", []) == [name for name in (document.signature.name,) if name]


def test_the_pages_have_every_word_in_its_order(document: Document):
    """What is drawn between (heads of tables on later pages, page numbers, small lines) may stand in between."""
    data = pdf.write(document)
    drawn = [
        word
        for page in range(pages(data))
        for line in lines_of(data, page)
        for word in line.text.replace("\u00a0", " ").split()
    ]
    at = 0
    for word in (word for text in in_order(document) for word in text.replace("\u00a0", " ").split()):
        found = next((place for place in range(at, len(drawn)) if drawn[place] == word), None)
        assert found is not None, f"“{word}” is not there after “{' '.join(drawn[max(0, at - 8) : at])}”"
        at = found + 1


def pages(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as file:
        return len(file)


def in_order(document: Document) -> Iterator[str]:
    """Tables row by row; the sentences between them; recipients before the signer, as they are drawn."""
    yield from _blocks(document.body)
    if document.layout != "form":
        yield from document.recipients
        yield document.signature.name
    for annex in document.annexes:
        yield annex_label(document, annex)
        yield annex.title.upper()
        yield from _blocks(annex.blocks)


def _blocks(blocks) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield block.measure
            yield from block.letters
            for row in block.rows:
                yield from (shown(cell) for cell in row.cells)
            yield block.note
        elif isinstance(block, Chart):
            yield block.title
        elif isinstance(block, Heading | Para | Bullet):
            yield from sentences_of(block)


def sentences_of(block) -> Iterator[str]:
    yield from sentences(replace(LETTER, layout="form", blocks=(block,), annexes=()))
