"""What the clerk (văn thư) fills into a document that was issued: number, day and who signed. Nothing else moves."""

from __future__ import annotations

import re
from dataclasses import replace

from exports.document import Document
from forms.publication import Filled

_OPEN = re.compile(r"Số:\s+(?=/)")  # “Số:        /BC-UBND”


def filled(document: Document, told: Filled) -> Document:
    """The document as it stands in the register of the office; below 10 a number takes a zero (NĐ 30/2020, Phụ lục I)."""
    number = f"0{told.number}" if len(told.number) == 1 and told.number.isdigit() else told.number
    sign = document.head.number_sign
    if number:
        sign = f"Số: {number}" if "/" in number else _OPEN.sub(lambda _: f"Số: {number}", sign)
    head = replace(document.head, number_sign=sign, issued=told.issued or document.head.issued)
    signature = replace(document.signature, name=told.signer or document.signature.name)
    return replace(document, head=head, signature=signature)
