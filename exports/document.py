"""What a report contains, before it is a page, a workbook or plain text.

Every writer takes the same `Document`, so the PDF, the Word file, the workbook and the golden text tell the same. The
parts carry the names of NĐ 30/2020/NĐ-CP; how they look is said in `exports/nd30.py`, not here.

What the clerk (văn thư) fills into a document that was issued: number, day and who signed. Nothing else moves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from exports.blocks import (
    Block,
    Bullet,
    Cell,
    Chart,
    Column,
    Figure,
    FormHead,
    FormSigner,
    FormSigning,
    HeadCell,
    Heading,
    Limit,
    Para,
    Row,
    RowKind,
    Run,
    Series,
    Table,
    Text,
    placed,
    runs_of,
    shown,
    words_of,
)
from forms.exchange.publication import IssueDetails

END_MARK = "./."
GAP = "\u00a0" * 6  # room for pen; a line may not break in it
Authority = Literal["", "Q.", "KT.", "TL.", "TUQ."]


@dataclass(frozen=True)
class Letterhead:
    """The two columns on top of page one (ô 1–4). A line break in a name says where it should break.

    `number_sign` has blanks where the number will stand ("Số:        /BC-UBND"); `issued` stays None until
    the clerk (văn thư) numbers and dates the signed paper: day and month, and the year if it is not certain
    either, are then left blank.
    """

    superior: str
    issuer: str
    number_sign: str
    place: str
    year: int | None = None
    issued: date | None = None

    @property
    def issuer_name(self) -> str:
        """The issuer on one line, as it is written inside a sentence."""
        return " ".join(self.issuer.split())

    @property
    def place_date(self) -> str:
        """Ô 4: "Huế, ngày 05 tháng 01 năm 2026"."""
        return f"{self.place}, {dated(self.issued, self.year)}"


@dataclass(frozen=True)
class Annex:
    """A part numbered and paged for itself after the signature (phụ lục). A statistical form brings its own title."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signs (ô 7): lines of capacity ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), the name once it is known."""

    capacity: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Document:
    """One administrative document of NĐ 30/2020 with its annexes.

    `layout`: `named` is a text with a name of its kind (Mẫu 1.4), `letter` a công văn (Mẫu 1.5, where `subject` stands
    as “V/v …” under the number), `form` a statistical form that brings its head and signatures as blocks. `circulation`
    is an instruction such as LƯU HÀNH NỘI BỘ; `practice` prints BẢN THỬ on every page; `foot` holds the small lines
    below every page (seal digits, journal head); `qr` what the code at the foot of page one says when it is scanned.
    """

    head: Letterhead
    kind: str
    subject: str
    blocks: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    circulation: str = ""
    practice: bool = False
    foot: tuple[str, ...] = ()
    layout: Literal["named", "letter", "form"] = "named"
    landscape: bool = False
    qr: str = ""

    def __post_init__(self) -> None:
        if self.layout != "form" and (not self.blocks or not isinstance(self.blocks[-1], Para | Bullet)):
            raise ValueError("the body must end with a sentence: the end mark ./. follows it")

    @property
    def title(self) -> str:
        """The name of the document for lists and file properties: "Báo cáo về …"."""
        return f"{self.kind.capitalize()} {self.subject[:1].lower()}{self.subject[1:]}"

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks as they are printed: the end mark follows the last sentence."""
        return self.blocks if self.layout == "form" else closed(self.blocks)


def capacity(head: str, *, collective: str = "", authority: Authority = "", signer: str = "") -> tuple[str, ...]:
    """The lines over a signature (Phụ lục I, II.7b). `head` is the office of who heads the unit ("Chủ tịch").

    `collective` signs through the head (TM.); `authority` Q. is the head's own, with KT., TL., TUQ. `signer` is the
    office of who signs in the head's place: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH.
    """
    lines = (f"TM. {collective}" if collective else "", f"{authority} {head}".strip(), signer)
    return tuple(line.upper() for line in lines if line)


def annex_label(document: Document, annex: Annex) -> str:
    """ "Phụ lục", or with a Roman number where the document has several."""
    if len(document.annexes) == 1:
        return "Phụ lục"
    return f"Phụ lục {roman(document.annexes.index(annex) + 1)}"


def annex_reference(document: Document) -> str:
    """The line under an annex's title; number and day stay open until the clerk fills them."""
    number = document.head.number_sign.removeprefix("Số:").strip()
    gap = "" if number[:1].isdigit() else GAP
    kind = "Công văn" if document.layout == "letter" else document.kind.capitalize()
    day = dated(document.head.issued, document.head.year)
    return f"(Kèm theo {kind} số {gap}{number} {day} của {document.head.issuer_name})"


def dated(day: date | None, year: int | None) -> str:
    """ "ngày 05 tháng 01 năm 2026": days below 10 and months 1, 2 take a zero; None leaves blanks."""
    if day is None:
        return f"ngày{GAP}tháng{GAP}năm\u00a0{year or f'20{GAP}'}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def roman(number: int) -> str:
    """1 → I, up to 39, which no document reaches."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def closed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The body with the end mark after its last sentence."""
    *before, last = blocks
    if isinstance(last, Para | Bullet):
        return (*before, replace(last, text=_ended(last.text)))
    return tuple(blocks)


def _ended(text: Text) -> Text:
    if isinstance(text, str):
        return text.rstrip(" .") + END_MARK
    *before, last = text
    return (*before, replace(last, text=last.text.rstrip(" .")), Run(END_MARK))


__all__ = [
    "END_MARK",
    "GAP",
    "Annex",
    "Authority",
    "Block",
    "Bullet",
    "Cell",
    "Chart",
    "Column",
    "Document",
    "Figure",
    "FormHead",
    "FormSigner",
    "FormSigning",
    "HeadCell",
    "Heading",
    "Letterhead",
    "Limit",
    "Para",
    "Row",
    "RowKind",
    "Run",
    "Series",
    "Signature",
    "Table",
    "Text",
    "annex_label",
    "annex_reference",
    "capacity",
    "closed",
    "dated",
    "placed",
    "roman",
    "runs_of",
    "shown",
    "words_of",
]


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
    authority, office, name = told.signed
    if not authority:
        return replace(usual, name=name or usual.name)
    *collective, head = usual.capacity
    above = [] if authority in ("TL.", "TUQ.") else collective
    lines = (*above, f"{authority} {head}", *([office.upper()] if office else []))
    return Signature(lines, name)
