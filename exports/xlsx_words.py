"""The words of a document, line by line, for the sheet that stands beside its tables."""

from __future__ import annotations

from collections.abc import Iterator

from exports.document import (
    Block,
    Bullet,
    Chart,
    Document,
    FormHead,
    FormSigning,
    Heading,
    Para,
    annex_label,
    dated,
    words_of,
)
from exports.document_text import as_lines
from exports.nd30 import ABOUT, ADDRESSEES, MOTTO, NATIONAL_NAME, RECIPIENTS, STYLES


def spoken(document: Document) -> Iterator[tuple[str, str]]:
    """Every line with the name of its element in `nd30.STYLES`; tables stand in sheets of their own."""
    if document.layout != "form":
        yield from _opening(document)
    for block in document.body:
        yield from _lines(block, document)
    if document.layout != "form":
        for line in document.signature.capacity:
            yield line, "capacity"
        yield document.signature.name, "signer"
        yield RECIPIENTS, "recipients_title"
        for name in document.recipients:
            yield name, "recipients"
    for annex in document.annexes:
        yield annex_label(document, annex), "annex_label"
        yield annex.title, "annex_title"
        for block in annex.blocks:
            yield from _lines(block, document)


def _opening(document: Document) -> Iterator[tuple[str, str]]:
    head = document.head
    yield " ".join(head.superior.split()), "superior"
    yield head.issuer_name, "issuer"
    yield NATIONAL_NAME, "national_name"
    yield MOTTO, "motto"
    yield head.number_sign, "number_sign"
    if document.layout == "letter":
        yield f"{ABOUT} {document.subject}", "letter_subject"
    yield head.place_date, "place_date"
    if document.layout == "named":
        yield document.kind, "kind"
        yield document.subject, "subject"
    names = document.addressees
    if len(names) == 1:
        yield f"{ADDRESSEES} {names[0]}", "addressees"
    elif names:
        yield ADDRESSEES, "addressees"
        ends = [";"] * (len(names) - 1) + ["."]
        yield from ((f"- {name}{end}", "addressees") for name, end in zip(names, ends, strict=True))


def _lines(block: Block, document: Document) -> Iterator[tuple[str, str]]:
    match block:
        case Heading(level, number, text):
            yield f"{number} {STYLES[f'heading_{level}'].written(text)}".strip(), f"heading_{level}"
        case Para(text, lead):
            yield f"{lead} {words_of(text)}".strip(), "body"
        case Bullet(text, mark):
            yield f"{mark} {words_of(text)}", "body"
        case Chart():
            yield block.title, "caption"
            yield from ((line, "table") for line in as_lines(block)[2:])
        case FormHead():
            yield block.title, "form_title"
            yield from ((line, "form_under") for line in (*block.under, *block.left, *block.right))
            yield from ((line, "circulation") for line in [block.mark] if line)
        case FormSigning():
            yield f"{block.place}, {dated(document.head.issued, document.head.year)}", "form_day"
            for signer in block.signers:
                yield " ".join(filter(None, (signer.title, signer.note, signer.name))), "form_name"
