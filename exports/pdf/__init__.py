"""A `Document` as a PDF in the layout of NĐ 30/2020/NĐ-CP: `write(document)` gives the file's bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.platypus import BaseDocTemplate, Flowable, NextPageTemplate, PageBreak, Spacer

from exports.columns import settled
from exports.document import Annex, Document
from exports.fonts import REGULAR, register
from exports.markup_escape import plain
from exports.pdf.blocks import flowables, signed
from exports.pdf.canvas import PageCanvas
from exports.pdf.head import addressees, annex_titles, letterhead, signature, titles
from exports.pdf.pages import LANDSCAPE, LANGUAGE, PORTRAIT, PRODUCER, Numbering, PaperSize, describe, first_id, pages

MAIN = "main"
rl_config.useA85 = 0  # pages as compressed bytes, not as letters besides: a fifth less time, and less of a file


def write(document: Document) -> bytes:
    """The finished PDF. The same document always gives the same bytes."""
    register()
    document = settled(document)
    numbering, made = Numbering(), BytesIO()
    sheet = LANDSCAPE if document.landscape else PORTRAIT
    templates = pages(MAIN, sheet, document, numbering)
    story = _form(document, sheet) if document.layout == "form" else _main(document, sheet)
    for position, annex in enumerate(document.annexes, start=1):
        part, paper = f"annex{position}", LANDSCAPE if annex.landscape else PORTRAIT
        templates += pages(part, paper, document, numbering, position)
        story += [NextPageTemplate(first_id(part)), PageBreak(), *_annex(document, annex, paper)]
    _template(made, document, templates).build(story, canvasmaker=PageCanvas)
    return made.getvalue()


class _Template(BaseDocTemplate):  # type: ignore[misc]  # ReportLab ships no types
    """ReportLab's document, told to describe itself."""

    def beforeDocument(self) -> None:
        """ReportLab's hook before page one."""
        describe(self.canv, self.title, self.author)


def _template(made: BytesIO, document: Document, templates: list[Any]) -> _Template:
    title, author = plain(document.title), plain(document.head.issuer_name)
    return _Template(
        made,
        pagesize=templates[0].sheet.size,
        pageTemplates=templates,
        title=title,
        subject=title,
        author=author,
        creator=PRODUCER,
        producer=PRODUCER,
        lang=LANGUAGE,
        displayDocTitle=1,
        invariant=1,
        initialFontName=REGULAR,
        pageCompression=1,
    )


def _main(document: Document, sheet: PaperSize) -> list[Flowable]:
    width = sheet.text_width
    story = letterhead(document, width)
    story += titles(document, width) if document.layout == "named" else []
    story += addressees(document.addressees, width) if document.addressees else []
    body = flowables(document.body, document.head, width)
    return [*story, Spacer(1, 8), *signed(body, signature(document, width))]


def _form(document: Document, sheet: PaperSize) -> list[Flowable]:
    """A statistical form is its blocks and nothing else. A page cannot be without anything on it."""
    return flowables(document.blocks, document.head, sheet.text_width) or [Spacer(1, 1)]


def _annex(document: Document, annex: Annex, sheet: PaperSize) -> list[Flowable]:
    width = sheet.text_width
    return [*annex_titles(document, annex, width), *flowables(annex.blocks, document.head, width)]
