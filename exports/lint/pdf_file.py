"""A finished PDF measured on the page: paper, margins, the head's columns and rules, paragraphs, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from exports.lint.elements import Piece, Reader
from exports.lint.letters import BODY, Named, measured
from exports.lint.pdf_reading import Line, Page, read
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
from forms.deviation import Deviation, Item

POINT = 25.4 / 72
NEAR = 0.7  # mm: side bearings and italics hang over by a hair
SMALLEST = 10.0  # points; smaller letters at the foot are no part of the text
BOTTOM = 20.0


def measure(data: bytes) -> list[Deviation]:
    """All deviations. Raises InputRefused."""
    pages, outside = read(data)
    lines = [line for page in pages for line in _text(page)]
    named = [(piece, name) for piece, name in Reader().named(lines)]
    found = [Deviation(Item.TYPEFACE, name, "không nhúng", f"nhúng {FACE}") for name in outside]
    found += _paper(pages)
    found += measured([(piece, "" if _unmeasured(pages, piece, name) else name) for piece, name in named])
    places = {name: piece for piece, name in reversed(named) if isinstance(piece, Line)}
    if "national_name" in places:
        found += _head(places)
        found += _rules(pages, named)
        found += _paragraphs(pages, named)
        found += _signature(named)
    found += _numbers(pages, named)
    found += _heads_of_tables(pages)
    return list(dict.fromkeys(found))


def _text(page: Page) -> Iterator[Line]:
    """Lines between the margins, without the small ones at the foot, page numbers and practice mark."""
    for line in page.lines:
        if line.base > 20 - NEAR and line.base < page.height - BOTTOM + NEAR and line.size >= SMALLEST:
            yield line


def _unmeasured(pages: Sequence[Page], piece: Piece, name: str) -> bool:
    """What stands in the body but is no text of it: tables, notes, labels and titles of pictures."""
    if name not in BODY or not isinstance(piece, Line):
        return False
    return pages[piece.page - 1].in_table(piece) or piece.size < 11.5 or piece.italic


def _paper(pages: Sequence[Page]) -> Iterator[Deviation]:
    for page in pages:
        short, long = sorted((page.width, page.height))
        if abs(short - PAGE[0]) > 1 or abs(long - PAGE[1]) > 1:
            found = f"{page.width:.0f} × {page.height:.0f} mm"
            yield Deviation(Item.PAPER, f"trang {page.number}", found, "210 × 297 mm")
    for page in pages:
        lines = list(_text(page))
        if page.width > page.height or not lines:
            continue
        left, right = min(line.left for line in lines), page.width - max(line.right for line in lines)
        for side, words, room in (("left", "trái", left), ("right", "phải", right)):
            least, most = MARGINS_ALLOWED[side]
            wide = side == "left" and room > most + NEAR and any(line.right - line.left > 120 for line in lines)
            if room < least - NEAR or wide:
                where = f"lề {words}, trang {page.number}"
                yield Deviation(Item.MARGINS, where, f"{room:.1f} mm", f"{least}–{most} mm")


def _head(places: dict[str, Line]) -> Iterator[Deviation]:
    """The first line of each element, against those above and beside it."""
    nation, motto, day = (places.get(name) for name in ("national_name", "motto", "place_date"))
    issuer, number = places.get("issuer"), places.get("number_sign")
    for upper, lower, reach in ((nation, motto, 1.0), (nation, day, 2.0), (issuer, number, 2.0)):
        if upper and lower and abs(upper.middle - lower.middle) > reach:
            found = f"lệch {abs(upper.middle - lower.middle):.1f} mm"
            yield Deviation(Item.COLUMNS, lower.start, found, "giữa cột, dưới dòng trên")
    if issuer and nation and issuer.right > nation.left:
        yield Deviation(Item.COLUMNS, issuer.start, "lấn sang cột phải", "ở cột trái")
    if number and day and abs(number.base - day.base) > 0.5:
        found = f"lệch {abs(number.base - day.base):.1f} mm"
        yield Deviation(Item.LEVEL, number.start, found, "cùng một dòng")


def _rules(pages: Sequence[Page], named: Named) -> Iterator[Deviation]:
    wanted = (
        ("motto", Item.MOTTO_RULE, (0.97, 1.03)),
        ("issuer", Item.ISSUER_RULE, SHORT_RULE_ALLOWED),
        ("subject", Item.SUBJECT_RULE, SHORT_RULE_ALLOWED),
    )
    for name, item, (least, most) in wanted:
        lines = [piece for piece, found in named if found == name and isinstance(piece, Line)]
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


def _paragraphs(pages: Sequence[Page], named: Named) -> Iterator[Deviation]:
    """Lines of the body one below the other: indents, gaps, spacing, both margins."""
    rows: list[list[Line]] = []
    for piece, name in named:
        if name not in BODY or not isinstance(piece, Line) or _unmeasured(pages, piece, name):
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
            yield Deviation(Item.INDENT, row[0].start, f"{indent:.1f} mm", "10–12,7 mm")
    if all(row[0].left - left < 2 * NEAR for row in rows) and len(rows) > 1:
        yield Deviation(Item.INDENT, rows[0][0].start, "không lùi", "10–12,7 mm")
    for above, row in pairwise(rows):
        if above[0].page != row[0].page:
            continue
        step, size = (row[0].base - above[0].base) / POINT, max(piece.size for piece in row)
        opens = row[0].left - left > 2 * NEAR
        yield from _step(row[0], step, size, opens=opens)
        if not opens and step < 2 * size and right - above[-1].right > 1.5:
            found = f"hụt {right - above[-1].right:.1f} mm"
            yield Deviation(Item.JUSTIFIED, above[0].start, found, "canh đều hai lề")


def _step(line: Line, step: float, size: float, *, opens: bool) -> Iterator[Deviation]:
    """From one base line to the next; a paragraph's first has the gap above it. A picture between is no gap."""
    least, most = (size * share * SINGLE_LINE for share in LINE_SPACING_ALLOWED)
    if opens:
        if step < size * 1.0 + PARAGRAPH_GAP:
            yield Deviation(Item.GAP, line.start, f"{max(0.0, step - least):.1f}pt", f"ít nhất {PARAGRAPH_GAP:g}pt")
    elif not least - 1.5 <= step <= most + 1.5:
        yield Deviation(Item.SPACING, line.start, f"{step / size / SINGLE_LINE:.2f} dòng", "1–1,5 dòng")


def _numbers(pages: Sequence[Page], named: Named) -> Iterator[Deviation]:
    """No number where a part opens; from its second page on the number, in the middle of the upper margin."""
    opens = {1} | {piece.page for piece, name in named if name == "annex_label"}
    number = 0
    for page in pages:
        number = 1 if page.number in opens else number + 1
        above = [line for line in page.lines if line.base < 20 and line.text.isdigit()]
        shown = above[0].text if above else "không có"
        wanted = "không có" if number == 1 else str(number)
        if shown != wanted:
            yield Deviation(Item.PAGE_NUMBER, f"trang {page.number}", shown, wanted)
        for line in above:
            margins = (30, 20) if page.width < page.height else (20, 20)
            middle = (margins[0] + page.width - margins[1]) / 2
            if min(abs(line.middle - middle), abs(line.middle - page.width / 2)) > 3:
                yield Deviation(Item.PAGE_NUMBER, f"trang {page.number}", f"cách trái {line.middle:.0f} mm", "ở giữa")
            if not 13 - 0.3 <= line.size <= 14 + 0.3 or line.bold or line.italic:
                yield Deviation(Item.PAGE_NUMBER, f"trang {page.number}", f"cỡ {line.size:g}", "cỡ 13–14, đứng")


def _heads_of_tables(pages: Sequence[Page]) -> Iterator[Deviation]:
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
            yield Deviation(Item.TABLE_HEAD, f"trang {page.number}", heads[1][:40] or "không có", heads[0][:40])


def _first_words(page: Page, top: float) -> str:
    """The bold words in the first centimetre of a table."""
    return " ".join(line.text for line in page.lines if line.bold and top - 1 <= line.top <= top + 10)


def _signature(named: Named) -> Iterator[Deviation]:
    pages = {piece.page for piece, name in named if name == "capacity"}
    for page in pages:
        if not any(piece.page == page and name in BODY for piece, name in named):
            yield Deviation(Item.SIGNATURE, f"trang {page}", "không có nội dung", "có ít nhất hai dòng nội dung")
