"""What the clerk (văn thư) fills into a document that was issued: number, day and who signed. Nothing else moves."""

from __future__ import annotations

import re
from dataclasses import replace

from exports.document import Document, Signature
from forms.exchange.publication import IssueDetails

_IN_PLACE = re.compile(
    r"(KT\.|TL\.|TUQ\.|Q\.) *([^:]*): *(.+)", re.IGNORECASE
)  # in the head's place: right, office, name
_OPEN = re.compile(r"Số:\s+(?=/)")  # “Số:        /BC-UBND”


def filled(document: Document, told: IssueDetails) -> Document:
    """The document as it stands in the register of the office; below 10 a number takes a zero (NĐ 30/2020, Phụ lục I)."""
    number = f"0{told.number}" if len(told.number) == 1 and told.number.isdigit() else told.number
    sign = document.head.number_sign
    if number:
        sign = f"Số: {number}" if "/" in number else _OPEN.sub(lambda _: f"Số: {number}", sign)
    head = replace(document.head, number_sign=sign, issued=told.issued or document.head.issued)
    return replace(document, head=head, signature=_signed(document.signature, told))


def _signed(usual: Signature, told: IssueDetails) -> Signature:
    """TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH; who signs by order (TL.) or mandate (TUQ.) does so for the head, not
    for the committee (NĐ 30/2020, Phụ lục I, II.7b)."""
    in_place = _IN_PLACE.fullmatch(told.signer.strip())
    if not in_place:
        return replace(usual, name=told.signer.strip() or usual.name)
    authority, office, name = in_place[1].upper(), in_place[2].strip(), in_place[3].strip()
    *collective, head = usual.capacity
    above = [] if authority in ("TL.", "TUQ.") else collective
    lines = (*above, f"{authority} {head}", *([office.upper()] if office else []))
    return Signature(lines, name)
