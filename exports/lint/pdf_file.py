"""A finished PDF held against the decree: its lines, rules and boxes read back through PDFium, an eye other than the writer's."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw

from exports.lint.elements import BODY, MOST_PAGES, LaidOutWords, Named, Reader, damaged, measured, too_large
from exports.nd30 import (
    FACE,
    INDENTS_ALLOWED,
    LINE_SPACING_ALLOWED,
    MARGINS_ALLOWED,
    PAGE,
    PARAGRAPH_GAP,
    SHORT_RULE_ALLOWED,
    SINGLE_LINE,
)
from forms.model.layout_deviation import Deviation, MeasuredItem

MM = 72 / 25.4
MARK_SIZE = 60.0  # larger letters are a mark across the page
NAME_LONGEST = 100


@dataclass(frozen=True)
class PdfLine(LaidOutWords):
    """A line with its place in millimetres from the page's upper left corner; `base` is where its letters stand."""

    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    base: float = 0.0

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Box:
    """A stroke or frame, in millimetres."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def is_rule(self) -> bool:
        """A level stroke."""
        return self.bottom - self.top < 0.7

    @property
    def is_table(self) -> bool:
        """What text inside belongs to: a table's strokes, drawn as one."""
        return self.bottom - self.top > 5 and self.right - self.left > 60


@dataclass(frozen=True)
class PdfPage:
    """One page: millimetres wide and high, its lines in the order of drawing."""

    number: int
    width: float
    height: float
    lines: tuple[PdfLine, ...]
    boxes: tuple[Box, ...]

    def in_table(self, line: PdfLine) -> bool:
        """Whether the line is inside a table."""
        return any(
            box.is_table and box.left - 1 <= line.left and line.right <= box.right + 1
            and box.top - 1 <= line.top and line.bottom <= box.bottom + 1
            for box in self.boxes
        )  # fmt: skip


def read(data: bytes) -> tuple[tuple[PdfPage, ...], tuple[str, ...]]:
    """The pages, and the faces that the file names but does not carry. Raises InputRefused."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    with document:
        if len(document) > MOST_PAGES:
            raise too_large()
        outside: set[str] = set()
        pages = tuple(_page(document[number], number + 1, outside) for number in range(len(document)))
    return pages, tuple(sorted(outside))


def _page(sheet: Any, number: int, outside: set[str]) -> PdfPage:
    width, height = sheet.get_size()
    text = sheet.get_textpage()
    lines = tuple(_lines(text, number, height))
    text.close()
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(thing)
        if raw.FPDFFont_GetIsEmbedded(font) == 0:
            name = ctypes.create_string_buffer(NAME_LONGEST)
            raw.FPDFFont_GetBaseFontName(font, name, NAME_LONGEST)
            font_name = name.value.decode("latin-1")
            outside.add(font_name)
    boxes = [thing.get_bounds() for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    found = (Box(left / MM, right / MM, (height - top) / MM, (height - low) / MM) for left, low, right, top in boxes)
    return PdfPage(number, width / MM, height / MM, lines, tuple(found))


Letter = tuple[str, str, float, float, float, float, float, float]  # char, font, size, left, right, top, bottom, base


def _lines(text: Any, number: int, height: float) -> Iterator[PdfLine]:
    """Letters of one font and size on one base line, drawn one after the other, are a line."""
    line: list[Letter] = []
    for index in range(text.count_chars()):
        letter = _letter(text, index, height)
        if letter is None:
            continue
        if line and (line[-1][1:3] != letter[1:3] or abs(line[-1][7] - letter[7]) > 0.2):
            yield from _joined(line, number)
            line = []
        line.append(letter)
    yield from _joined(line, number)


def _letter(text: Any, index: int, height: float) -> Letter | None:
    char = chr(raw.FPDFText_GetUnicode(text, index))
    if char in "\r\n":
        return None
    name = ctypes.create_string_buffer(NAME_LONGEST)
    raw.FPDFText_GetFontInfo(text, index, name, NAME_LONGEST, ctypes.c_int())
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    left, low, right, top = text.get_charbox(index, loose=False)
    font = name.value.decode("latin-1").partition("+")[2] or name.value.decode("latin-1")
    size = round(raw.FPDFText_GetFontSize(text, index), 1)
    return char, font, size, left / MM, right / MM, (height - top) / MM, (height - low) / MM, (height - y.value) / MM


def _joined(letters: list[Letter], number: int) -> Iterator[PdfLine]:
    seen = [letter for letter in letters if letter[0].strip()]
    if not seen or letters[0][2] > MARK_SIZE:
        return
    font = letters[0][1]
    yield PdfLine(
        "".join(letter[0] for letter in letters).strip(),
        font,
        letters[0][2],
        "Bold" in font,
        "Italic" in font,
        number,
        left=min(letter[3] for letter in seen),
        right=max(letter[4] for letter in seen),
        top=min(letter[5] for letter in seen),
        bottom=max(letter[6] for letter in seen),
        base=letters[0][7],
    )


POINT = 25.4 / 72
NEAR = 0.7  # mm: side bearings and italics hang over by a hair
SMALLEST = 10.0  # points; smaller letters at the foot are no part of the text
BOTTOM = 20.0


def measure(data: bytes) -> list[Deviation]:
    """All deviations. Raises InputRefused."""
    pages, outside = read(data)
    lines = [line for page in pages for line in _text(page)]
    named = [(piece, name) for piece, name in Reader().named(lines)]
    found = [Deviation(MeasuredItem.TYPEFACE, name, "không nhúng", f"nhúng {FACE}") for name in outside]
    found += _paper(pages)
    found += measured([(piece, "" if _unmeasured(pages, piece, name) else name) for piece, name in named])
    places = {name: piece for piece, name in reversed(named) if isinstance(piece, PdfLine)}
    if "national_name" in places:
        found += _head(places)
        found += _rules(pages, named)
        found += _paragraphs(pages, named)
        found += _signature(named)
    found += _numbers(pages, named)
    found += _heads_of_tables(pages)
    return list(dict.fromkeys(found))


def _text(page: PdfPage) -> Iterator[PdfLine]:
    """Lines between the margins, without the small ones at the foot, page numbers and practice mark."""
    for line in page.lines:
        if line.base > 20 - NEAR and line.base < page.height - BOTTOM + NEAR and line.size >= SMALLEST:
            yield line


def _unmeasured(pages: Sequence[PdfPage], piece: LaidOutWords, name: str) -> bool:
    """What stands in the body but is no text of it: tables, notes, labels and titles of pictures."""
    if name not in BODY or not isinstance(piece, PdfLine):
        return False
    return pages[piece.page - 1].in_table(piece) or piece.size < 11.5 or piece.italic


def _paper(pages: Sequence[PdfPage]) -> Iterator[Deviation]:
    for page in pages:
        short, long = sorted((page.width, page.height))
        if abs(short - PAGE[0]) > 1 or abs(long - PAGE[1]) > 1:
            found = f"{page.width:.0f} × {page.height:.0f} mm"
            yield Deviation(MeasuredItem.PAPER, f"trang {page.number}", found, "210 × 297 mm")
    for page in pages:
        lines = list(_text(page))
        if page.width > page.height or not lines:
            continue
        left, right = min(line.left for line in lines), page.width - max(line.right for line in lines)
        for side, words, room in (("left", "trái", left), ("right", "phải", right)):
            least, most = MARGINS_ALLOWED[side]
            wide = side == "left" and room > most + NEAR and any(_fills(line) for line in lines)
            if room < least - NEAR or wide:
                where = f"lề {words}, trang {page.number}"
                yield Deviation(MeasuredItem.MARGINS, where, f"{room:.1f} mm", f"{least}–{most} mm")


def _fills(line: PdfLine) -> bool:
    """A line as long as the text is wide; titles of pictures, in italics, stand in the middle."""
    return line.right - line.left > 120 and not line.italic


def _head(places: dict[str, PdfLine]) -> Iterator[Deviation]:
    """The first line of each element, against those above and beside it."""
    nation, motto, day = (places.get(name) for name in ("national_name", "motto", "place_date"))
    issuer, number = places.get("issuer"), places.get("number_sign")
    for upper, lower, reach in ((nation, motto, 1.0), (nation, day, 2.0), (issuer, number, 2.0)):
        if upper and lower and abs(upper.middle - lower.middle) > reach:
            found = f"lệch {abs(upper.middle - lower.middle):.1f} mm"
            yield Deviation(MeasuredItem.COLUMNS, lower.start, found, "giữa cột, dưới dòng trên")
    if issuer and nation and issuer.right > nation.left:
        yield Deviation(MeasuredItem.COLUMNS, issuer.start, "lấn sang cột phải", "ở cột trái")
    if number and day and abs(number.base - day.base) > 0.5:
        found = f"lệch {abs(number.base - day.base):.1f} mm"
        yield Deviation(MeasuredItem.LEVEL, number.start, found, "cùng một dòng")


def _rules(pages: Sequence[PdfPage], named: Named) -> Iterator[Deviation]:
    wanted = (
        ("motto", MeasuredItem.MOTTO_RULE, (0.97, 1.03)),
        ("issuer", MeasuredItem.ISSUER_RULE, SHORT_RULE_ALLOWED),
        ("subject", MeasuredItem.SUBJECT_RULE, SHORT_RULE_ALLOWED),
    )
    for name, item, (least, most) in wanted:
        lines = [piece for piece, found in named if found == name and isinstance(piece, PdfLine)]
        if not lines:
            continue
        last = lines[-1]
        long = sum(line.right - line.left for line in lines) / len(lines)
        below = [
            box.right - box.left
            for box in pages[last.page - 1].boxes
            if box.is_rule and 0 < box.top - last.base < 4 and box.left < last.middle < box.right
        ]
        share = below[0] / long if below else 0.0
        if not least - 0.02 <= share <= most + 0.02:
            found = f"{share:.2f} dòng chữ" if below else "không có"
            yield Deviation(item, last.start, found, f"{least:.2f}–{most:.2f} dòng chữ")


def _paragraphs(pages: Sequence[PdfPage], named: Named) -> Iterator[Deviation]:
    """Lines of the body one below the other: indents, gaps, spacing, both margins."""
    rows: list[list[PdfLine]] = []
    for piece, name in named:
        if name not in BODY or not isinstance(piece, PdfLine) or _unmeasured(pages, piece, name):
            continue
        if rows and rows[-1][0].page == piece.page and abs(rows[-1][0].base - piece.base) < 0.5:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    if not rows:
        return
    wide = [row for row in rows if row[-1].right - row[0].left > 100]
    right = max((row[-1].right for row in wide), default=0.0)
    left = min(row[0].left for row in rows)
    for row in rows:
        indent = row[0].left - left
        if indent > 2 * NEAR and not INDENTS_ALLOWED[0] - 2 * NEAR <= indent <= INDENTS_ALLOWED[1] + 2 * NEAR:
            yield Deviation(MeasuredItem.INDENT, row[0].start, f"{indent:.1f} mm", "10–12,7 mm")
    if all(row[0].left - left < 2 * NEAR for row in rows) and len(rows) > 1:
        yield Deviation(MeasuredItem.INDENT, rows[0][0].start, "không lùi", "10–12,7 mm")
    for above, row in pairwise(rows):
        if above[0].page != row[0].page:
            continue
        step, size = (row[0].base - above[0].base) / POINT, max(piece.size for piece in row)
        opens = row[0].left - left > 2 * NEAR
        yield from _step(row[0], step, size, opens=opens)
        if not opens and step < 2 * size and right - above[-1].right > 1.5:
            found = f"hụt {right - above[-1].right:.1f} mm"
            yield Deviation(MeasuredItem.JUSTIFIED, above[0].start, found, "canh đều hai lề")


def _step(line: PdfLine, step: float, size: float, *, opens: bool) -> Iterator[Deviation]:
    """From one base line to the next; a paragraph's first has the gap above it. A picture between is no gap."""
    least, most = (size * share * SINGLE_LINE for share in LINE_SPACING_ALLOWED)
    if opens:
        if step < size * 1.0 + PARAGRAPH_GAP:
            yield Deviation(
                MeasuredItem.GAP, line.start, f"{max(0.0, step - least):.1f}pt", f"ít nhất {PARAGRAPH_GAP:g}pt"
            )
    elif not least - 1.5 <= step <= most + 1.5:
        yield Deviation(MeasuredItem.SPACING, line.start, f"{step / size / SINGLE_LINE:.2f} dòng", "1–1,5 dòng")


def _numbers(pages: Sequence[PdfPage], named: Named) -> Iterator[Deviation]:
    """No number where a part opens; from its second page on the number, in the middle of the upper margin."""
    opens = {1} | {piece.page for piece, name in named if name == "annex_label"}
    number = 0
    for page in pages:
        number = 1 if page.number in opens else number + 1
        above = [line for line in page.lines if line.base < 20 and line.text.isdigit()]
        shown = above[0].text if above else "không có"
        wanted = "không có" if number == 1 else str(number)
        if shown != wanted:
            yield Deviation(MeasuredItem.PAGE_NUMBER, f"trang {page.number}", shown, wanted)
        for line in above:
            margins = (30, 20) if page.width < page.height else (20, 20)
            middle = (margins[0] + page.width - margins[1]) / 2
            if min(abs(line.middle - middle), abs(line.middle - page.width / 2)) > 3:
                yield Deviation(
                    MeasuredItem.PAGE_NUMBER, f"trang {page.number}", f"cách trái {line.middle:.0f} mm", "ở giữa"
                )
            if not 13 - 0.3 <= line.size <= 14 + 0.3 or line.bold or line.italic:
                yield Deviation(MeasuredItem.PAGE_NUMBER, f"trang {page.number}", f"cỡ {line.size:g}", "cỡ 13–14, đứng")


def _heads_of_tables(pages: Sequence[PdfPage]) -> Iterator[Deviation]:
    """A table that goes on begins with the words it began with."""
    for before, page in pairwise(pages):
        tables = [box for box in before.boxes if box.is_table], [box for box in page.boxes if box.is_table]
        if not tables[0] or not tables[1]:
            continue
        last, first = max(tables[0], key=lambda box: box.bottom), min(tables[1], key=lambda box: box.top)
        if last.bottom < before.height - 60 or first.top > 32 or abs(last.left - first.left) > 1:
            continue
        if abs(last.right - first.right) > 1 or page.width != before.width:
            continue
        heads = [_first_words(sheet, box.top) for sheet, box in ((before, last), (page, first))]
        if heads[0] and heads[0] != heads[1]:
            yield Deviation(MeasuredItem.TABLE_HEAD, f"trang {page.number}", heads[1][:40] or "không có", heads[0][:40])


def _first_words(page: PdfPage, top: float) -> str:
    """The bold words in the first centimetre of a table."""
    return " ".join(line.text for line in page.lines if line.bold and top - 1 <= line.top <= top + 10)


def _signature(named: Named) -> Iterator[Deviation]:
    pages = {piece.page for piece, name in named if name == "capacity"}
    for page in pages:
        if not any(piece.page == page and name in BODY for piece, name in named):
            yield Deviation(
                MeasuredItem.SIGNATURE, f"trang {page}", "không có nội dung", "có ít nhất hai dòng nội dung"
            )
