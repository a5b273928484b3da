"""What a report contains, before it is a page, a workbook or plain text.

Every writer takes the same `Document`, so the PDF, the workbook and the golden text tell the same. The parts
carry the names of NĐ 30/2020/NĐ-CP; how they look is said in `exports/nd30.py`, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from forms.numbers import format_number

END_MARK = "./."
GAP = "\u00a0" * 6  # room for pen; a line may not break in it


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


@dataclass(frozen=True)
class Heading:
    """A numbered title: level 1 "I. KẾT QUẢ" (mục), 2 "1. Mục tiêu 6" (khoản), 3 "a) …" (điểm)."""

    level: Literal[1, 2, 3]
    number: str
    text: str


@dataclass(frozen=True)
class Para:
    """A sentence or several, justified, first line indented. `lead` is printed bold before the text."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Bullet:
    """A paragraph opened by a hyphen ("- …"), the enumeration below a điểm."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell. `decimals` fixes how many are printed.

    `is_sum` says that it totals its column, so that Excel recomputes it from the rows above.
    """

    amount: Decimal
    decimals: int | None = None
    is_sum: bool = False


Cell = str | Figure
RowKind = Literal["row", "part", "group", "total"]


@dataclass(frozen=True)
class Column:
    """One table column. `width` is a share of the table's width; numbers align right, text wraps."""

    width: float
    kind: Literal["text", "centre", "number"] = "text"


@dataclass(frozen=True)
class HeadCell:
    """A title in the table's head, over so many columns and down so many head rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, a cell per column. Groups (a title) and totals are bold; a part follows its row."""

    cells: tuple[Cell, ...]
    kind: RowKind = "row"


@dataclass(frozen=True)
class Table:
    """A ruled table. `letters` prints the row A, B, C, 1, 2 … that statistical forms have under the head.

    `measure` stands above it at right ("Đơn vị tính: …"), `note` small below it ("Ghi chú: …").
    """

    columns: tuple[Column, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]
    letters: tuple[str, ...] = ()
    measure: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells for {len(self.columns)} columns: {row.cells}")


Block = Heading | Para | Bullet | Table


@dataclass(frozen=True)
class Annex:
    """A part numbered and paged for itself after the signature (phụ lục)."""

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
    """One administrative document of NĐ 30/2020 Mẫu 1.4 with its annexes.

    `circulation` is an instruction such as LƯU HÀNH NỘI BỘ; `practice` prints BẢN THỬ on every page; `foot`
    holds the small lines below every page (seal digits, journal head).
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

    def __post_init__(self) -> None:
        if not self.blocks or not isinstance(self.blocks[-1], Para | Bullet):
            raise ValueError("the body must end with a sentence: the end mark ./. follows it")

    @property
    def title(self) -> str:
        """The name of the document for lists and file properties: "Báo cáo về …"."""
        return f"{self.kind.capitalize()} {self.subject[:1].lower()}{self.subject[1:]}"


def annex_label(document: Document, annex: Annex) -> str:
    """ "Phụ lục", or with a Roman number where the document has several."""
    if len(document.annexes) == 1:
        return "Phụ lục"
    return f"Phụ lục {roman(document.annexes.index(annex) + 1)}"


def annex_reference(document: Document) -> str:
    """The line under an annex's title; number and day stay open until the clerk fills them."""
    number = document.head.number_sign.removeprefix("Số:").strip()
    gap = "" if number[:1].isdigit() else GAP
    day = dated(document.head.issued, document.head.year)
    return f"(Kèm theo {document.kind.capitalize()} số {gap}{number} {day} của {document.head.issuer_name})"


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


def shown(cell: Cell) -> str:
    """A cell as it is printed: figures the Vietnamese way (1.234,5), text as it is."""
    return cell if isinstance(cell, str) else format_number(cell.amount, cell.decimals)


def placed(head: tuple[tuple[HeadCell, ...], ...], columns: int) -> Iterator[tuple[int, int, HeadCell]]:
    """Each head cell with its row and column; cells above may reach down. Raises ValueError if too wide."""
    taken: set[tuple[int, int]] = set()
    for y, cells in enumerate(head):
        x = 0
        for cell in cells:
            while (y, x) in taken:
                x += 1
            if x + cell.columns > columns:
                raise ValueError(f"head row {y} is wider than {columns} columns")
            taken |= {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
            yield y, x, cell
            x += cell.columns


def closed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The body with the end mark after its last sentence."""
    *before, last = blocks
    if isinstance(last, Para | Bullet):
        return (*before, replace(last, text=last.text.rstrip(" .") + END_MARK))
    return tuple(blocks)


def as_text(document: Document) -> str:
    """The document as plain lines: what golden tests compare and a terminal can show."""
    head = document.head
    lines = [line for line in (" ".join(head.superior.split()), head.issuer_name, head.number_sign) if line]
    lines += [f"{head.place}, {dated(head.issued, head.year)}", "", f"# {document.kind}: {document.subject}"]
    lines += [f"[{mark}]" for mark in (document.circulation, "BẢN THỬ" if document.practice else "") if mark]
    lines += [f"Kính gửi: {name}" for name in document.addressees]
    lines += [line for block in closed(document.blocks) for line in _lines(block)]
    lines += ["", *document.signature.capacity, document.signature.name, "Nơi nhận:", *document.recipients]
    for annex in document.annexes:
        lines += ["", f"# {annex_label(document, annex)} · {annex.title}", annex_reference(document)]
        lines += [line for block in annex.blocks for line in _lines(block)]
    return "\n".join([*lines, *document.foot, ""]).replace("\u00a0", " ")


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(level, number, text):
            return ["", f"{'#' * (level + 1)} {number} {text}"]
        case Para(text, lead):
            return [f"{lead} {text}".strip()]
        case Bullet(text):
            return [f"- {text}"]
    titles = [" | ".join(cell.text for cell in row) for row in block.head]
    rows = [" | ".join(shown(cell) for cell in row.cells) for row in block.rows]
    letters = [" | ".join(block.letters)] if block.letters else []
    measure = [block.measure] if block.measure else []
    note = [block.note] if block.note else []
    return ["", *measure, *titles, *letters, "-" * 20, *rows, *note]
