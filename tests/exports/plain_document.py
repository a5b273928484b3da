"""A document as plain lines: what golden texts are compared with."""

from __future__ import annotations

from exports.document import (
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
    Table,
    Text,
    annex_label,
    annex_reference,
    as_lines,
    runs_of,
    shown,
)

RULE = "-" * 20


def as_text(document: Document) -> str:
    """Every word of the document in reading order; bold and italic as **words** and *words*."""
    lines = [] if document.layout == "form" else _opening(document)
    lines += [f"[{mark}]" for mark in (document.circulation, "BẢN THỬ" if document.practice else "") if mark]
    lines += [f"Kính gửi: {name}" for name in document.addressees]
    lines += [line for block in document.body for line in _lines(block, document.head)]
    if document.layout != "form":
        lines += ["", *document.signature.capacity, document.signature.name, "Nơi nhận:", *document.recipients]
    for annex in document.annexes:
        lines += ["", f"# {annex_label(document, annex)} · {annex.title}".rstrip(" ·"), annex_reference(document)]
        lines += [line for block in annex.blocks for line in _lines(block, document.head)]
    lines += [*document.foot, *([f"[QR: {document.qr}]"] if document.qr else []), ""]
    return "\n".join(lines).replace("\u00a0", " ")


def _opening(document: Document) -> list[str]:
    head = document.head
    lines = [line for line in (" ".join(head.superior.split()), head.issuer_name, head.number_sign) if line]
    if document.layout == "letter":
        return [*lines, f"V/v {document.subject}", head.place_date, ""]
    return [*lines, head.place_date, "", f"# {document.kind}: {document.subject}"]


def _lines(block: Block, head: Letterhead) -> list[str]:
    match block:
        case Heading(level, number, text):
            return ["", f"{'#' * (level + 1)} {number} {text}"]
        case Para(text, lead):
            return [f"{lead} {_marked(text)}".strip()]
        case Bullet(text, mark):
            return [f"{mark} {_marked(text)}"]
        case Table():
            return _table(block)
        case Chart():
            return as_lines(block)
        case FormHead():
            circulation = [block.mark] if block.mark else []
            return ["", *block.left, *circulation, f"# {block.title}", *block.under, *block.right]
        case FormSigning():
            signers = [" ".join(filter(None, (who.title, who.note, who.name))) for who in block.signers]
            return ["", f"{block.place}, {head.place_date.partition(', ')[2]}", " | ".join(signers)]


def _table(table: Table) -> list[str]:
    titles = [" | ".join(cell.text for cell in row) for row in table.head]
    rows = [" | ".join(shown(cell).replace("\n", " / ") for cell in row.cells) for row in table.rows]
    letters = [" | ".join(table.letters)] if table.letters else []
    measure = [table.measure] if table.measure else []
    note = [table.note] if table.note else []
    return ["", *measure, *titles, *letters, RULE, *rows, *note]


def _marked(text: Text) -> str:
    return "".join(_run(run) for run in runs_of(text))


def _run(run: Run) -> str:
    stars = "*" * (2 * run.bold + run.italic)
    return f"{stars}{run.text}{stars}"
