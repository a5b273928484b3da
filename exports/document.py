"""What a report contains, before it is a page, a workbook or plain text: a document of NĐ 30/2020/NĐ-CP and its blocks.

Every writer takes the same `Document`, so the PDF, the Word file, the workbook and the golden text tell the same. How it
looks is said in `exports/nd30.py`, not here. `filled` adds what the clerk (văn thư) says of one that was issued.

The one gate between what people typed and the libraries that make files.

No writer builds markup: text is drawn, or set as the text of an element, so `<b>` stays three letters everywhere. What
remains to be decided is which characters a file can hold at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from forms.exchange.publication import IssueDetails
from forms.model.number import format_number


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look, without a line break."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[Run, ...]


def runs_of(text: Text) -> tuple[Run, ...]:
    """The text as runs; plain words are one run."""
    return (Run(text),) if isinstance(text, str) else text


def words_of(text: Text) -> str:
    """The text without its looks."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


@dataclass(frozen=True)
class Heading:
    """A numbered title: level 1 "I. KẾT QUẢ" (mục), 2 "1. Mục tiêu 6" (khoản), 3 "a) …" (điểm)."""

    level: Literal[1, 2, 3]
    number: str
    text: str


@dataclass(frozen=True)
class Para:
    """A sentence or several, justified, first line indented. `lead` is printed bold before the text."""

    text: Text
    lead: str = ""


@dataclass(frozen=True)
class Bullet:
    """A paragraph of an enumeration: opened by a hyphen, the one below a điểm, or by the number of a list ("1.")."""

    text: Text
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell. `decimals` fixes how many are printed.

    `is_sum` says that it totals its column, so that Excel recomputes it from the rows above.
    """

    amount: Decimal
    decimals: int | None = None
    is_sum: bool = False


Cell = str | Figure  # a line break in a text begins a new line in the cell
RowKind = Literal["row", "part", "group", "total"]
ColumnKind = Literal["text", "centre", "number"]
ColumnHead = tuple[str, float, ColumnKind]  # title, share of the width, kind


@dataclass(frozen=True)
class Column:
    """One table column. `width` is a share of the table's width; numbers align right, text wraps."""

    width: float
    kind: ColumnKind = "text"


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


def table_of(heads: Sequence[ColumnHead], rows: Iterable[Row], lettered: int = 0, note: str = "") -> Table:
    """A table with one row of titles: `lettered`: below the titles stand A, B, C for so
    many columns and 1, 2 … for the others."""
    numbers = range(1, len(heads) - lettered + 1)
    return Table(
        tuple(Column(width, kind) for _, width, kind in heads),
        (tuple(HeadCell(title) for title, _, _ in heads),),
        tuple(rows),
        (*"ABC"[:lettered], *map(str, numbers)) if lettered else (),
        note=note,
    )


@dataclass(frozen=True)
class Series:
    """One row of figures of a chart, a figure for each label; None where there is none."""

    name: str
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Limit:
    """A line across a chart: "Yêu cầu: ≥ 4 tin, bài"."""

    amount: Decimal
    words: str


@dataclass(frozen=True)
class Chart:
    """A picture of figures, drawn by `exports/charts.py`, with its title below.

    `units`: one series, a bar for each unit, beside the limit. `years`: a series over years, the second one is its
    targets. `pairs`: two series (women, men), beside each other, or on each other where `stacked`.
    """

    kind: Literal["units", "years", "pairs"]
    title: str
    measure: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    limit: Limit | None = None
    decimals: int | None = None
    stacked: bool = False

    def __post_init__(self) -> None:
        for row in self.series:
            if len(row.amounts) != len(self.labels):
                raise ValueError(f"{len(row.amounts)} figures for {len(self.labels)} labels: {row.name}")

    def shown(self, amount: Decimal) -> str:
        """A figure of the chart, the Vietnamese way."""
        return format_number(amount, self.decimals)


def as_lines(chart: Chart) -> list[str]:
    """A chart in words: its title, then its figures label by label."""
    limit = [f"{chart.limit.words} ({chart.shown(chart.limit.amount)})"] if chart.limit else []
    names = " | ".join([chart.measure, *(row.name for row in chart.series)])
    figures = zip(chart.labels, *(row.amounts for row in chart.series), strict=True)
    rows = [
        " | ".join([label, *("" if amount is None else chart.shown(amount) for amount in amounts)])
        for label, *amounts in figures
    ]
    return ["", f"[Biểu đồ] {chart.title}", names, *rows, *limit]


@dataclass(frozen=True)
class FormHead:
    """The head of a statistical form: which form and by what order, its title and period, who reports to whom; `mark` is an
    instruction on circulation."""

    left: tuple[str, ...]
    title: str
    under: tuple[str, ...]
    right: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class FormSigner:
    """One of those who sign a statistical form: "NGƯỜI LẬP BIỂU", "(Ký, họ tên)", the name once it is known."""

    title: str
    note: str = ""
    name: str = ""


@dataclass(frozen=True)
class FormSigning:
    """The foot of a statistical form: place and day at right, the signers side by side. The day is the paper's."""

    place: str
    signers: tuple[FormSigner, ...]


Block = Heading | Para | Bullet | Table | Chart | FormHead | FormSigning


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


_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = frozenset("\n\r\t\u2028\u2029")


def plain(text: str) -> str:
    """The text as it may be drawn or written: NFC, no control, format, surrogate or unassigned character.

    Line breaks and tabs become single blanks, because a line break in a name or a sentence is never meant.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", " "))
    if composed.isprintable():
        return composed
    return "".join(_kept(char) for char in composed)


def lines_of(text: str) -> list[str]:
    """The lines of a table cell, where a break is meant; each one `plain`."""
    return [plain(line) for line in text.replace("\r\n", "\n").split("\n")]


def _kept(char: str) -> str:
    if char in _BREAKS:
        return " "
    return "" if unicodedata.category(char) in _UNPRINTABLE else char
