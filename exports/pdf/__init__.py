"""A `Document` as a PDF in the layout of NĐ 30/2020/NĐ-CP: `write(document)` gives the file's bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import chain, pairwise
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    Spacer,
)

from exports.columns import SetTable, settled
from exports.document import (
    Annex,
    Block,
    Bullet,
    Chart,
    Document,
    FormHead,
    FormSigning,
    Heading,
    Letterhead,
    Para,
    Run,
    plain,
    runs_of,
)
from exports.fonts import REGULAR, register
from exports.nd30 import INDENT, STYLES
from exports.pdf.head import (
    LONGEST_JUMP,
    addressees,
    annex_titles,
    form_head,
    form_signing,
    letterhead,
    signature,
    titles,
)
from exports.pdf.pages import (
    LANDSCAPE,
    LANGUAGE,
    PORTRAIT,
    PRODUCER,
    Numbering,
    PageCanvas,
    PaperSize,
    Picture,
    describe,
    first_id,
    pages,
)
from exports.pdf.paragraphs import Beside, SetParagraph, lines, prose
from exports.pdf.tables import RuledTable, ruled_table

KEPT_LINES = 3  # of the last paragraph, that go with the signature
GAP_BEFORE_SIGNATURE = 12
MOST_KEPT = 455.0  # points; a page lying on its side has 479


def flowables(blocks: Sequence[Block], head: Letterhead, width: float) -> list[Flowable]:
    """All blocks over so many points. A heading, a measure, a picture is on one page with what it belongs to."""
    parts = [_made(block, head, width) for block in blocks]
    for table, signers in pairwise(parts):
        if isinstance(table[-1], RuledTable) and isinstance(signers[-1], Beside) and len(signers) == 1:
            table[-1].tail = signers.pop()
    wanted, made = 0.0, list[list[Flowable]]()
    for block, part in zip(reversed(blocks), reversed(parts), strict=True):
        wanted = _least(part) + (wanted if isinstance(block, Heading) else 0.0)
        made.append([CondPageBreak(min(wanted, MOST_KEPT)), *part])
    return list(chain.from_iterable(reversed(made)))


def _least(part: Sequence[Flowable]) -> float:
    """Points that the beginning of a block takes: what must not be parted."""
    total = 0.0
    for thing in part:
        total += float(thing.getSpaceBefore())
        if isinstance(thing, SetParagraph | RuledTable):
            return total + thing.least
        total += float(thing.wrap(0, 0)[1])
    return total


def signed(body: list[Flowable], signature: Flowable) -> list[Flowable]:
    """The body with the signature, which never stands alone on a page: the last lines go with it."""
    *before, last = body
    if isinstance(last, SetParagraph) and len(last.lines) > 2 * KEPT_LINES:
        first, last = last.parted(len(last.lines) - KEPT_LINES)
        before.append(first)
    return [*before, KeepTogether([last, Spacer(1, GAP_BEFORE_SIGNATURE), signature])]


def _made(block: Block, head: Letterhead, width: float) -> list[Flowable]:
    match block:
        case Heading():
            return [_heading(block, width)]
        case Para(text, lead):
            opening = (Run(f"{lead} ", bold=True),) if lead else ()
            return [prose((*opening, *runs_of(text)), STYLES["body"], width, indent=INDENT * mm)]
        case Bullet(text, mark):
            return [prose((Run(f"{mark} "), *runs_of(text)), STYLES["body"], width, indent=INDENT * mm)]
        case Chart():
            return [Picture(block, width), lines(block.title, "caption", width, before=4)]
        case FormHead():
            return form_head(block, width)
        case FormSigning():
            return [form_signing(block, head, width)]
        case _:
            assert isinstance(block, SetTable)
            measure = [lines(block.measure, "note", width, "right", before=6)] if block.measure else []
            return [*measure, ruled_table(block)]


def _heading(block: Heading, width: float) -> SetParagraph:
    element = f"heading_{block.level}"
    text = f"{block.number} {STYLES[element].written(block.text)}".strip()
    made = prose((Run(text),), STYLES[element], width, indent=INDENT * mm, tag=f"H{block.level + 1}")
    made.jump = (text[:LONGEST_JUMP], block.level)
    return made


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
