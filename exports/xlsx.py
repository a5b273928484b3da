"""A document as a workbook: `write(document)` gives the bytes, one sheet for each table, one for the words.

Text stays text whatever it begins with; figures are numbers; a total is a formula over just the cells above that add up to
it. A total that none explains stays a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.document import (
    Annex,
    Block,
    Bullet,
    Cell,
    Chart,
    Document,
    Figure,
    FormHead,
    FormSigning,
    Heading,
    Para,
    Row,
    Table,
    annex_label,
    annex_reference,
    as_lines,
    dated,
    lines_of,
    placed,
    plain,
    shown,
    words_of,
)
from exports.nd30 import ABOUT, ADDRESSEES, MOTTO, NATIONAL_NAME, PRACTICE, RECIPIENTS, STYLES
from forms.errors import ExportError
from forms.model.number import decimals_of

LONGEST = 8000  # letters; Excel takes 8192


def formula(rows: Sequence[Row], at: int, x: int, letter: str, first: int) -> str | None:
    """The formula of the total in row `at`, column `x`; `letter` and `first` are the column and the row of rows[0].

    A total may add its rows since the total before it, those rows without their parts, all rows, or the totals above.
    """
    cell = rows[at].cells[x]
    assert isinstance(cell, Figure)
    for wanted in _choices(rows, at, x):
        if wanted and sum((_amount(rows[line], x) for line in wanted), Decimal(0)) == cell.amount:
            made = f"=SUM({','.join(_ranges(wanted, letter, first))})"
            if len(made) <= LONGEST:
                return made
    return None


def _choices(rows: Sequence[Row], at: int, x: int) -> Iterator[list[int]]:
    since = max((line for line in range(at) if _is_total(rows[line], x)), default=-1) + 1
    near = list(range(since, at))
    yield near
    yield [line for line in near if rows[line].kind == "row"]
    yield [line for line in range(at) if rows[line].kind == "row" and not _is_total(rows[line], x)]
    yield [line for line in range(at) if _is_total(rows[line], x)]


def _is_total(row: Row, x: int) -> bool:
    cell = row.cells[x]
    return isinstance(cell, Figure) and cell.is_sum


def _amount(row: Row, x: int) -> Decimal:
    cell = row.cells[x]
    return cell.amount if isinstance(cell, Figure) else Decimal(0)


def _ranges(lines: Sequence[int], letter: str, first: int) -> Iterator[str]:
    """Neighbours as one range."""
    for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0]):
        numbers = [first + line for _, line in run]
        yield f"{letter}{numbers[0]}:{letter}{numbers[-1]}"


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


LONGEST_NAME, LONGEST_CELL = 31, 32_767  # letters that Excel takes
WORDS = "Lời văn"
LEFT = ("body", "heading_1", "heading_2", "heading_3", "recipients", "recipients_title", "table")
WIDTH_PORTRAIT, WIDTH_LANDSCAPE = 92.0, 138.0  # letters over the page's width
AROUND = 2  # letters of room beside a figure
TITLE_HEIGHT = 34.0
FACE = "Times New Roman"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_THIN = Side(style="thin")
_GRID = Border(_THIN, _THIN, _THIN, _THIN)
_ALIGN = {"text": "left", "centre": "center", "number": "right"}
_MOMENT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # openpyxl wants no zone


def write(document: Document) -> bytes:
    """The finished workbook. Raises ExportError NO_TABLE when the document has no table at all."""
    book = Workbook()
    book.remove(book.active)
    for name, annex, table in _tables(document):
        sheet = book.create_sheet(_legal(name, {other.lower() for other in book.sheetnames}))
        landscape = annex is not None and annex.landscape
        _columns(sheet, table, WIDTH_LANDSCAPE if landscape else WIDTH_PORTRAIT)
        # Issuer, marks, titles; answers the row where the table's head begins.
        marks = " – ".join(mark for mark in (PRACTICE if document.practice else "", document.circulation) if mark)
        issuer = document.head.issuer_name.upper() + (f"   [{marks}]" if marks else "")
        title, reference = (annex.title, annex_reference(document)) if annex else (document.subject, document.title)
        lines = [
            (issuer, Font(FACE, 12, bold=True), "left"),
            (title.upper(), Font(FACE, 14, bold=True), "center"),
            (reference, Font(FACE, 12, italic=True), "center"),
        ]
        if table.measure:
            lines.append((table.measure, Font(FACE, 11, italic=True), "right"))
        for line, (text, font, align) in enumerate(lines, start=1):
            _merged(sheet, line, table, text, font, align)
        first = len(lines) + 1
        body = _head(sheet, table, first)
        fonts = {kind: Font(FACE, 11, bold=kind in ("group", "total")) for kind in ("row", "part", "group", "total")}
        aligns = [Alignment(_ALIGN[column.kind], "center", wrap_text=True) for column in table.columns]
        for at, row in enumerate(table.rows):
            for x, cell in enumerate(row.cells):
                target = sheet.cell(body + at, x + 1)
                if isinstance(cell, Figure):
                    total = formula(table.rows, at, x, get_column_letter(x + 1), body) if cell.is_sum else None
                    _number(target, cell, total)
                    _dress(target, fonts[row.kind], aligns[x], _GRID)
                else:
                    _put(target, cell, fonts[row.kind], aligns[x], _GRID)
        if table.note:
            _merged(sheet, body + len(table.rows), table, table.note, Font(FACE, 11, italic=True), "left")
        sheet.freeze_panes = sheet.cell(body, 1)
        _printed(sheet, document, landscape, f"{first}:{body - 1}")
    if not book.sheetnames:
        raise ExportError(
            "NO_TABLE", f"“{document.title}” không có bảng biểu nên không xuất được ra Excel. Hãy xuất ra PDF."
        )
    _words(book.create_sheet(WORDS), document)
    properties = book.properties
    properties.title, properties.creator = plain(document.title), plain(document.head.issuer_name)
    properties.created = properties.modified = _MOMENT
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _words(sheet: Worksheet, document: Document) -> None:
    """What the document says beside its tables, a line in a row, as wide as the page. A cell holds so much; more goes on
    below it."""
    sheet.column_dimensions["A"].width = WIDTH_PORTRAIT
    line = 0
    for text, element in spoken(document):
        style = STYLES[element]
        words = plain(style.written(text))
        for start in range(0, len(words), LONGEST_CELL):
            line += 1
            font = Font(FACE, 11, bold=style.bold, italic=style.italic)
            align = Alignment("left" if element in LEFT else "center", "center", wrap_text=True)
            _put(sheet.cell(line, 1), words[start : start + LONGEST_CELL], font, align)
    _printed(sheet, document, document.landscape, None)


def _tables(document: Document) -> Iterator[tuple[str, Annex | None, Table]]:
    for position, table in enumerate(b for b in document.blocks if isinstance(b, Table)):
        yield f"Bảng {position + 1}", None, table
    for annex in document.annexes:
        for table in (b for b in annex.blocks if isinstance(b, Table)):
            yield annex_label(document, annex), annex, table


def _legal(name: str, taken: set[str]) -> str:
    """A name that Excel accepts and that no other sheet has."""
    base = _FORBIDDEN.sub("-", plain(name)).strip("' ")[:LONGEST_NAME] or "Bảng"
    made, copy = base, 2
    while made.lower() in taken:
        tail = f" ({copy})"
        made, copy = base[: LONGEST_NAME - len(tail)] + tail, copy + 1
    return made


def _columns(sheet: Worksheet, table: Table, letters: float) -> None:
    """By their shares of the page; Excel shows ##### for a figure that is wider than its column."""
    shares = sum(column.width for column in table.columns)
    for x, column in enumerate(table.columns):
        figures = (len(shown(row.cells[x])) for row in table.rows if isinstance(row.cells[x], Figure))
        width = max(letters * column.width / shares, max(figures, default=0) + AROUND)
        sheet.column_dimensions[get_column_letter(x + 1)].width = round(width, 1)


def _merged(sheet: Worksheet, line: int, table: Table, text: str, font: Font, align: str) -> None:
    """A line over the table's whole width. Merged cells do not grow by themselves: it has room for two."""
    _put(sheet.cell(line, 1), text, font, Alignment(align, "center", wrap_text=True))
    sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(table.columns))
    sheet.row_dimensions[line].height = TITLE_HEIGHT if len(text) > 60 else TITLE_HEIGHT / 2


def _head(sheet: Worksheet, table: Table, first: int) -> int:
    """The titles of the columns; answers the first row of the body."""
    font, centre = Font(FACE, 11, bold=True), Alignment("center", "center", wrap_text=True)
    for y in range(len(table.head)):
        for x in range(len(table.columns)):
            sheet.cell(first + y, x + 1).border = _GRID
    for y, x, cell in placed(table.head, len(table.columns)):
        _put(sheet.cell(first + y, x + 1), cell.text, font, centre)
        if cell.columns > 1 or cell.rows > 1:
            sheet.merge_cells(
                start_row=first + y, end_row=first + y + cell.rows - 1, start_column=x + 1, end_column=x + cell.columns
            )
    body = first + len(table.head)
    for x, letter in enumerate(table.letters, start=1):
        _put(sheet.cell(body, x), letter, Font(FACE, 11, italic=True), centre, _GRID)
    return body + bool(table.letters)


def _number(target: Any, figure: Figure, total: str | None) -> None:
    target.value = figure.amount if total is None else total
    decimals = decimals_of(figure.amount) if figure.decimals is None else figure.decimals
    target.number_format = "#,##0" + (f".{'0' * decimals}" if decimals else "")


def _put(target: Any, text: Cell, font: Font, align: Alignment, border: Border | None = None) -> None:
    """Text as text: neither on opening nor on editing does Excel take it for a formula."""
    target.value = "\n".join(lines_of(str(text)))[:LONGEST_CELL]
    if target.value:
        target.data_type, target.quotePrefix = "s", True
    _dress(target, font, align, border)


def _dress(target: Any, font: Font, align: Alignment, border: Border | None) -> None:
    target.font, target.alignment = font, align
    if border:
        target.border = border


def _printed(sheet: Worksheet, document: Document, landscape: bool, head_rows: str | None) -> None:
    """A4, one page wide, the head on every page, practice mark and page number outside the table."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if head_rows:
        sheet.print_title_rows = head_rows
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.75)
    sheet.oddHeader.center.text = "&P"
    sheet.oddHeader.right.text = PRACTICE if document.practice else None
    sheet.oddFooter.center.text = " ".join(plain(line) for line in document.foot).replace("&", "&&") or None
