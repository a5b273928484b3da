"""The blocks of a body as what ReportLab sets one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from exports.columns import SetTable
from exports.document import Block, Bullet, Chart, FormHead, FormSigning, Heading, Letterhead, Para, Run, runs_of
from exports.nd30 import INDENT, STYLES
from exports.pdf.head import LONGEST_JUMP, form_head, form_signing
from exports.pdf.pages import Picture
from exports.pdf.paragraphs import SetParagraph, lines, prose
from exports.pdf.side_by_side import Beside
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
