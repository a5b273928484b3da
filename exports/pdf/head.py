"""What stands around the body: the two-column head, titles, addressees, the signature, the marks of a statistical form."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports.document import Annex, Document, FormHead, FormSigning, Letterhead, annex_label, annex_reference, dated
from exports.fonts import width_of
from exports.nd30 import (
    ABOUT,
    ADDRESSEE_INDENT,
    ADDRESSEES,
    ISSUER_RULE,
    LEFT_SHARE,
    LETTER_SUBJECT_GAP,
    MOTTO,
    MOTTO_RULE,
    NATIONAL_NAME,
    RECIPIENTS,
    SIGNATURE_SHARE,
    SIGNING_ROOM,
    STYLES,
    SUBJECT_RULE,
)
from exports.pdf.paragraphs import STROKE, Beside, Lines, lines

BOX_PADDING = 3.5
FORM_SHARES = (0.28, 0.44, 0.28)
LONGEST_JUMP = 150  # letters of a line in the outline


class Boxed(Lines):
    """Lines in a frame: an instruction on circulation."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.height += 2 * BOX_PADDING

    def draw(self) -> None:
        """The frame is as wide as the words."""
        wide = max(width_of(line, self.style) for line in self.lines) + 4 * BOX_PADDING
        with self.canv.aside():
            self.canv.setLineWidth(STROKE)
            self.canv.rect((self.width - wide) / 2, 0, wide, self.height)
        self.canv.translate(0, -BOX_PADDING)
        super().draw()


def letterhead(document: Document, width: float) -> list[Flowable]:
    """Issuer and number at left, national name, place and day at right; a letter has its subject below the number."""
    head, left, right = document.head, LEFT_SHARE * width, (1 - LEFT_SHARE) * width
    issuer = [lines(head.superior, "superior", left)] if head.superior else []
    issuer.append(lines(head.issuer, "issuer", left, rule=ISSUER_RULE))
    nation = [lines(NATIONAL_NAME, "national_name", right), lines(MOTTO, "motto", right, rule=MOTTO_RULE)]
    under = [lines(head.number_sign, "number_sign", left)]
    if document.layout == "letter":
        about = f"{ABOUT} {document.subject}"
        under.append(_jumping(lines(about, "letter_subject", left, before=LETTER_SUBJECT_GAP, tag="H1"), about, 0))
    if document.circulation:
        under.append(_boxed(document.circulation, left))
    day = [lines(head.place_date, "place_date", right)]
    return [Beside([issuer, nation], [left, right]), Spacer(1, 4), Beside([under, day], [left, right])]


def _boxed(text: str, width: float) -> Boxed:
    mark = lines(text, "circulation", width - 4 * BOX_PADDING)
    return Boxed(mark.lines, mark.style, width, before=6)


def titles(document: Document, width: float) -> list[Flowable]:
    """The name of the kind and what it is about (ô 5a)."""
    kind = _jumping(lines(document.kind, "kind", width, before=18, tag="H1"), document.title, 0)
    return [kind, lines(document.subject, "subject", width, rule=SUBJECT_RULE)]


def annex_titles(document: Document, annex: Annex, width: float) -> list[Flowable]:
    """Number, title and reference of an annex; a form in it brings its own title."""
    label = annex_label(document, annex)
    made = [_jumping(lines(label, "annex_label", width, tag="H1"), f"{label}. {annex.title}".rstrip(". "), 0)]
    made += [lines(annex.title, "annex_title", width)] if annex.title else []
    return [*made, lines(annex_reference(document), "annex_reference", width, rule=SUBJECT_RULE), Spacer(1, 8)]


def addressees(names: tuple[str, ...], width: float) -> list[Flowable]:
    """ "Kính gửi": one name on the same line; several below, their hyphens under the colon."""
    if len(names) == 1:
        return [lines(f"{ADDRESSEES} {names[0]}", "addressees", width, before=12)]
    begin = ADDRESSEE_INDENT * width
    colon = begin + width_of(ADDRESSEES.rstrip(":"), STYLES["addressees"])
    ends = [";"] * (len(names) - 1) + ["."]
    made = [lines(ADDRESSEES, "addressees", width, "left", indent=begin, before=12)]
    for name, end in zip(names, ends, strict=True):
        made.append(lines(f"- {name}{end}", "addressees", width, "left", indent=colon, before=2))
    return list(made)


def signature(document: Document, width: float) -> Flowable:
    """Recipients at left, level with the signer's capacity at right, and room for pen and stamp."""
    left, right = SIGNATURE_SHARE * width, (1 - SIGNATURE_SHARE) * width
    who = document.signature
    told: list[Flowable] = [lines(RECIPIENTS, "recipients_title", left, "left")]
    told += [lines(text, "recipients", left, "left") for text in document.recipients]
    signed: list[Flowable] = [lines(line, "capacity", right) for line in who.capacity]
    signed.append(Spacer(1, SIGNING_ROOM * mm))
    signed += [lines(who.name, "signer", right)] if who.name else []
    return Beside([told, signed], [left, right])


def form_head(block: FormHead, width: float) -> list[Flowable]:
    """Which form at left, its title in the middle, who reports to whom at right."""
    sides = [share * width for share in FORM_SHARES]
    middle = [_jumping(lines(block.title, "form_title", sides[1], tag="H1"), block.title, 0)]
    middle += [lines(text, "form_under", sides[1]) for text in block.under]
    left: list[Flowable] = [lines(text, "form_side", sides[0] - 6, "left") for text in block.left]
    left += [_boxed(block.mark, sides[0] - 6)] if block.mark else []
    right = [lines(text, "form_side", sides[2] - 6, "left", indent=6) for text in block.right]
    return [Beside([left, middle, right], sides), Spacer(1, 8)]


def form_signing(block: FormSigning, head: Letterhead, width: float) -> Flowable:
    """Place and day over the last signer; each signer has room for a pen above the name."""
    room = width / max(1, len(block.signers))
    columns: list[list[Flowable]] = []
    for at, signer in enumerate(block.signers, start=1):
        last = at == len(block.signers)
        day = f"{block.place}, {dated(head.issued, head.year)}" if last else " "
        column: list[Flowable] = [lines(day, "form_day", room), lines(signer.title, "form_signer", room, before=2)]
        column += [lines(signer.note, "form_note", room)] if signer.note else []
        column += [Spacer(1, SIGNING_ROOM * mm)]
        columns.append([*column, *([lines(signer.name, "form_name", room)] if signer.name else [])])
    return Beside(columns, [room] * len(columns))


def _jumping(thing: Lines, title: str, level: int) -> Lines:
    """The lines, with a line of the outline that leads to them."""
    thing.jump = (" ".join(title.split())[:LONGEST_JUMP], level)
    return thing
