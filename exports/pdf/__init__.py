"""A `Document` as a PDF in the layout of NĐ 30/2020/NĐ-CP: `write(document)` gives the file's bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, NextPageTemplate, PageBreak, Paragraph, Spacer

from exports.document import (
    Annex,
    Block,
    Bullet,
    Document,
    Heading,
    Para,
    Table,
    annex_label,
    annex_reference,
    closed,
)
from exports.escape import markup
from exports.nd30 import INDENT, LINE_SPACING, PARAGRAPH_GAP, STYLES, SUBJECT_RULE
from exports.pdf.archive import LANGUAGE, PRODUCER, describe
from exports.pdf.flowables import Lines, addressees, letterhead, signature_block, together
from exports.pdf.fonts import REGULAR, font_of, register
from exports.pdf.pages import LANDSCAPE, PORTRAIT, Numbering, Sheet, first_id, pages
from exports.pdf.tables import ruled_table

MAIN = "main"


def write(document: Document) -> bytes:
    """The finished PDF. The same document always gives the same bytes."""
    register()
    numbering, made = Numbering(), BytesIO()
    templates = pages(MAIN, PORTRAIT, document, numbering)
    story = _main(document)
    for position, annex in enumerate(document.annexes, start=1):
        sheet = LANDSCAPE if annex.landscape else PORTRAIT
        templates += pages(f"annex{position}", sheet, document, numbering)
        story += [NextPageTemplate(first_id(f"annex{position}")), PageBreak()]
        story += _annex(document, annex, sheet)
    _template(made, document, templates).build(story)
    return made.getvalue()


class _Template(BaseDocTemplate):  # type: ignore[misc]  # ReportLab ships no types
    """ReportLab's document, told to describe itself."""

    def beforeDocument(self) -> None:
        """ReportLab's hook before page one."""
        describe(self.canv, self.title, self.author)


def _template(made: BytesIO, document: Document, templates: list[Any]) -> _Template:
    return _Template(
        made,
        pagesize=PORTRAIT.size,
        pageTemplates=templates,
        title=document.title,
        subject=document.title,
        author=document.head.issuer_name,
        creator=PRODUCER,
        producer=PRODUCER,
        lang=LANGUAGE,
        displayDocTitle=1,
        invariant=1,
        initialFontName=REGULAR,
        pageCompression=1,
    )


def _main(document: Document) -> list[Flowable]:
    width = PORTRAIT.text_width
    story = [
        letterhead(document.head, document.circulation, width),
        Lines(document.kind, "kind", before=18),
        Lines(document.subject, "subject", rule=SUBJECT_RULE),
    ]
    story += addressees(document.addressees, width) if document.addressees else []
    *blocks, last = [flowable for block in closed(document.blocks) for flowable in _block(block, PORTRAIT)]
    # The signature never stands alone on a page: the last sentence goes with it.
    signature = signature_block(document.signature, document.recipients, width)
    return [*story, Spacer(1, 8), *blocks, together([last, Spacer(1, 12), signature])]


def _annex(document: Document, annex: Annex, sheet: Sheet) -> list[Flowable]:
    story: list[Flowable] = [
        Lines(annex_label(document, annex), "annex_label"),
        Lines(annex.title, "annex_title"),
        Lines(annex_reference(document), "annex_reference", rule=SUBJECT_RULE),
        Spacer(1, 8),
    ]
    return story + [flowable for block in annex.blocks for flowable in _block(block, sheet)]


def _block(block: Block, sheet: Sheet) -> list[Flowable]:
    if isinstance(block, Table):
        measure = [Paragraph(markup(block.measure), _prose("note", alignment=2))] if block.measure else []
        return [*measure, ruled_table(block, sheet.text_width)]
    indent = INDENT * mm
    if isinstance(block, Heading):
        style = STYLES[f"heading_{block.level}"]
        text = markup(f"{block.number} {style.written(block.text)}".strip())
        return [Paragraph(text, _prose(f"heading_{block.level}", firstLineIndent=indent, keepWithNext=1))]
    lead = f"<b>{markup(block.lead)}</b> " if isinstance(block, Para) and block.lead else ""
    text = f"- {block.text}" if isinstance(block, Bullet) else block.text
    return [Paragraph(lead + markup(text), _prose("body", firstLineIndent=indent))]


def _prose(element: str, **more: Any) -> ParagraphStyle:
    """The paragraph style of an element: justified, with the decree's gaps."""
    style = STYLES[element]
    settings = {
        "fontName": font_of(style),
        "fontSize": style.size,
        "leading": style.size * LINE_SPACING,
        "alignment": TA_JUSTIFY,
        "spaceBefore": PARAGRAPH_GAP,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle(element, **settings | more)
