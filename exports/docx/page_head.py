"""What stands around the body: the two-column head, titles, addressees, the signature, a form's head and foot."""

from __future__ import annotations

from typing import Any

from exports.document import Annex, Document, FormHead, FormSigning, Letterhead, annex_label, annex_reference, dated
from exports.docx.text_runs import (
    SectionWriter,
    border,
    columns,
    element,
    keep_next,
    lines_of,
    paragraph,
    rule,
    run,
    twips,
)
from exports.fonts import width_of
from exports.nd30 import (
    ABOUT,
    ADDRESSEE_INDENT,
    ADDRESSEES,
    ISSUER_RULE,
    LEFT_SHARE,
    MOTTO,
    MOTTO_RULE,
    NATIONAL_NAME,
    RECIPIENTS,
    SIGNATURE_SHARE,
    STYLES,
    SUBJECT_RULE,
)

BOX_ROOM = 7.0
FORM_SHARES = (0.28, 0.44, 0.28)


def put_head(sheet: SectionWriter, document: Document) -> None:
    """Letterhead, name and subject, addressees."""
    width, head = sheet.width, document.head
    left, right = LEFT_SHARE * width, (1 - LEFT_SHARE) * width
    issuer = title(sheet, head.superior, "superior", left) if head.superior else []
    issuer += title(sheet, head.issuer, "issuer", left, ISSUER_RULE)
    nation = title(sheet, NATIONAL_NAME, "national_name", right) + title(sheet, MOTTO, "motto", right, MOTTO_RULE)
    under = title(sheet, head.number_sign, "number_sign", left)
    if document.layout == "letter":
        under += title(sheet, f"{ABOUT} {document.subject}", "letter_subject", left)
    if document.circulation:
        under.append(_boxed(sheet, document.circulation, left))
    day = title(sheet, head.place_date, "place_date", right)
    sheet.put(columns([left, right], [[issuer, nation], [under, day]]))
    if document.layout == "named":
        sheet.put(*title(sheet, document.kind, "kind", width))
        sheet.put(*title(sheet, document.subject, "subject", width, SUBJECT_RULE))
    if document.addressees:
        sheet.put(*_addressees(sheet, document.addressees))
    sheet.put(gap(8))


def put_annex_titles(sheet: SectionWriter, document: Document, annex: Annex) -> None:
    """Number, title and reference of an annex."""
    sheet.put(*title(sheet, annex_label(document, annex), "annex_label", sheet.width))
    if annex.title:
        sheet.put(*title(sheet, annex.title, "annex_title", sheet.width))
    sheet.put(*title(sheet, annex_reference(document), "annex_reference", sheet.width, SUBJECT_RULE))


def put_signature(sheet: SectionWriter, document: Document) -> None:
    """Recipients at left, the signer at right; the row is not parted, and the last sentence stays with it."""
    left, right = SIGNATURE_SHARE * sheet.width, (1 - SIGNATURE_SHARE) * sheet.width
    told = [styled(sheet, RECIPIENTS, "recipients_title")]
    told += [styled(sheet, text, "recipients") for text in document.recipients]
    signed = [part for line in document.signature.capacity for part in title(sheet, line, "capacity", right)]
    signed.append(styled(sheet, document.signature.name, "signer"))
    sheet.put(gap(6, keep=True), columns([left, right], [[told, signed]]))


def form_head(sheet: SectionWriter, block: FormHead) -> Any:
    """Which form at left, its title in the middle, who reports to whom at right."""
    sides = [share * sheet.width for share in FORM_SHARES]
    middle = title(sheet, block.title, "form_title", sides[1])
    middle += [part for text in block.under for part in title(sheet, text, "form_under", sides[1])]
    left, right = ([styled(sheet, text, "form_side") for text in texts] for texts in (block.left, block.right))
    left += [_boxed(sheet, block.mark, sides[0])] if block.mark else []
    return columns(sides, [[left, middle, right]])


def form_signing(sheet: SectionWriter, block: FormSigning, head: Letterhead) -> Any:
    """Place and day over the last signer; each signer has room for a pen above the name."""
    room = sheet.width / max(1, len(block.signers))
    made = []
    for at, signer in enumerate(block.signers, start=1):
        day = f"{block.place}, {dated(head.issued, head.year)}" if at == len(block.signers) else ""
        column = [styled(sheet, day, "form_day"), *title(sheet, signer.title, "form_signer", room)]
        column += [styled(sheet, signer.note, "form_note")] if signer.note else []
        made.append([*column, styled(sheet, signer.name, "form_name")])
    return columns([room] * len(made), [made])


def title(sheet: SectionWriter, text: str, name: str, width: float, share: float = 0.0) -> list[Any]:
    """A title broken as in the PDF, with the rule below it as long as a share of it."""
    lines = lines_of(text, name, width)
    made = [paragraph(style_id(sheet, name), [run("\n".join(lines))])]
    return [*made, rule(lines, name, share, width)] if share else made


def styled(sheet: SectionWriter, text: str, name: str, *properties: Any) -> Any:
    """A paragraph of one element, broken by Word."""
    words = STYLES[name].written(text)
    return paragraph(style_id(sheet, name), [run(words)] if words else [], *properties)


def style_id(sheet: SectionWriter, name: str) -> str:
    """How the file calls the style of an element."""
    return str(sheet.ids[name])


def gap(points: float, *, keep: bool = False) -> Any:
    """Room of so many points, where two tables must not grow together."""
    spacing = {"w:before": "0", "w:after": "0", "w:line": twips(points), "w:lineRule": "exact"}
    parts = ([keep_next()] if keep else []) + [element("w:spacing", spacing)]
    return element("w:p", None, element("w:pPr", None, *parts))


def _boxed(sheet: SectionWriter, text: str, width: float) -> Any:
    style = STYLES["circulation"]
    side = twips(max(0.0, (width - width_of(style.written(text), style)) / 2 - BOX_ROOM))
    frame = element("w:pBdr", None, *(border(f"w:{edge}") for edge in ("top", "left", "bottom", "right")))
    return styled(sheet, text, "circulation", frame, element("w:ind", {"w:left": side, "w:right": side}))


def _addressees(sheet: SectionWriter, names: tuple[str, ...]) -> list[Any]:
    """ "Kính gửi": one name on the same line; several below, their hyphens under the colon."""
    if len(names) == 1:
        return [styled(sheet, f"{ADDRESSEES} {names[0]}", "addressees", _before(12))]
    begin = ADDRESSEE_INDENT * sheet.width
    colon = begin + width_of(ADDRESSEES.rstrip(":"), STYLES["addressees"])
    ends = [";"] * (len(names) - 1) + ["."]
    made = [styled(sheet, ADDRESSEES, "addressees", _before(12), *_at(begin))]
    for name, end in zip(names, ends, strict=True):
        made.append(styled(sheet, f"- {name}{end}", "addressees", _before(2), *_at(colon)))
    return made


def _before(points: float) -> Any:
    return element("w:spacing", {"w:before": twips(points)})


def _at(points: float) -> tuple[Any, Any]:
    return element("w:ind", {"w:left": twips(points)}), element("w:jc", {"w:val": "left"})
