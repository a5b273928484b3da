"""A Word file measured by what its paragraphs, sections and tables say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from exports.fonts import width_of
from exports.lint.elements import Piece, Reader
from exports.lint.letters import BODY, Named, measured
from exports.lint.word_reading import TWIP_MM, Paragraph, R, W, WordFile, number
from exports.nd30 import (
    INDENTS_ALLOWED,
    LINE_SPACING_ALLOWED,
    MARGINS_ALLOWED,
    PAGE,
    PARAGRAPH_GAP,
    SHORT_RULE_ALLOWED,
    STYLES,
)
from forms.deviation import Deviation, Item

MM = 72 / 25.4
LONG_TABLE = 12  # rows that may take more than a page


def measure(data: bytes) -> list[Deviation]:
    """All deviations. Raises InputRefused."""
    file = WordFile(data)
    every = file.paragraphs()
    named = list(Reader().named([each for each in every if each.text]))
    names = {id(piece): name for piece, name in named}
    found = [Deviation(Item.TYPEFACE, target[:40], "liên kết ra ngoài tệp", "không có") for target in file.outside()]
    found += _paper(file)
    found += measured([(piece, "" if _aside(piece, name) else name) for piece, name in named])
    if "national_name" in names.values():
        found += _head(named)
        found += _rules(every, names)
        found += _paragraphs(named)
        found += _signature(named)
    found += _numbers(file)
    found += _tables(file)
    return list(dict.fromkeys(found))


def _aside(piece: Piece, name: str) -> bool:
    """What stands in the body but is no text of it: cells, notes, titles of pictures."""
    return (
        name in BODY and isinstance(piece, Paragraph) and (piece.column >= 0 or piece.italic or piece.align == "center")
    )


def _sections(file: WordFile) -> list[Any]:
    return list(file.body.iter(f"{W}sectPr"))


def _paper(file: WordFile) -> Iterator[Deviation]:
    for at, section in enumerate(_sections(file), start=1):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        wide, high = number(size, "w") * TWIP_MM, number(size, "h") * TWIP_MM
        short, long = sorted((wide, high))
        if abs(short - PAGE[0]) > 1 or abs(long - PAGE[1]) > 1:
            yield Deviation(Item.PAPER, f"phần {at}", f"{wide:.0f} × {high:.0f} mm", "210 × 297 mm")
        if wide > high:
            continue
        for side, (least, most) in MARGINS_ALLOWED.items():
            found = number(margins, side) * TWIP_MM
            if not least - 0.1 <= found <= most + 0.1:
                yield Deviation(Item.MARGINS, f"lề {_SIDES[side]}, phần {at}", f"{found:.1f} mm", f"{least}–{most} mm")


_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


def _head(named: Named) -> Iterator[Deviation]:
    """Two columns of a table: issuer and number at left, national name and day at right, each in the middle."""
    wanted = {"issuer": 0, "number_sign": 0, "national_name": 1, "motto": 1, "place_date": 1}
    for piece, name in named:
        if name not in wanted or not isinstance(piece, Paragraph):
            continue
        if piece.column != wanted[name]:
            where = ("cột trái", "cột phải")[wanted[name]]
            yield Deviation(Item.COLUMNS, piece.start, "ở chỗ khác", where)
        if piece.align != "center":
            yield Deviation(Item.COLUMNS, piece.start, piece.align, "giữa cột")
    texts = {name: piece for piece, name in named if name in ("number_sign", "place_date")}
    if len(texts) == 2:
        number_sign, day = texts["number_sign"], texts["place_date"]
        if isinstance(number_sign, Paragraph) and isinstance(day, Paragraph) and number_sign.before != day.before:
            found = f"lệch {abs(number_sign.before - day.before):.0f}pt"
            yield Deviation(Item.LEVEL, number_sign.start, found, "cùng một dòng")


def _rules(every: Sequence[Paragraph], names: dict[int, str]) -> Iterator[Deviation]:
    """A stroke is the border of the empty paragraph below; its indents leave so much of the room."""
    wanted = {
        "motto": (Item.MOTTO_RULE, (0.97, 1.03)),
        "issuer": (Item.ISSUER_RULE, SHORT_RULE_ALLOWED),
        "subject": (Item.SUBJECT_RULE, SHORT_RULE_ALLOWED),
    }
    width = (PAGE[0] - 50) * MM
    for at, each in enumerate(every):
        name = names.get(id(each), "")
        after = every[at + 1] if at + 1 < len(every) else None
        if name not in wanted or (after is not None and names.get(id(after)) == name):
            continue
        item, (least, most) = wanted[name]
        room = each.room * MM or width
        share = 0.0
        if after is not None and after.has_rule:
            whole = width_of(each.text, STYLES[name])
            lines = max(each.lines, ceil(whole / room))
            share = (room - (after.left + after.right) * MM) / (whole / lines)
        if not least - 0.02 <= share <= most + 0.04:
            found = f"{share:.2f} dòng chữ" if share else "không có"
            yield Deviation(item, each.start, found, f"{least:.2f}–{most:.2f} dòng chữ")


def _paragraphs(named: Named) -> Iterator[Deviation]:
    for piece, name in named:
        if name not in BODY or not isinstance(piece, Paragraph) or _aside(piece, name):
            continue
        if not INDENTS_ALLOWED[0] - 0.1 <= piece.first <= INDENTS_ALLOWED[1] + 0.1:
            yield Deviation(Item.INDENT, piece.start, f"{piece.first:.1f} mm", "10–12,7 mm")
        if piece.before < PARAGRAPH_GAP - 0.1:
            yield Deviation(Item.GAP, piece.start, f"{piece.before:g}pt", f"ít nhất {PARAGRAPH_GAP:g}pt")
        if not LINE_SPACING_ALLOWED[0] - 0.01 <= piece.line <= LINE_SPACING_ALLOWED[1] + 0.01:
            yield Deviation(Item.SPACING, piece.start, f"{piece.line:.2f} dòng", "1–1,5 dòng")
        if piece.align != "both":
            yield Deviation(Item.JUSTIFIED, piece.start, piece.align, "canh đều hai lề")
        for size in piece.sizes[1:]:
            if not 12.9 <= size <= 14.1:
                yield Deviation(Item.SIZE, piece.start, f"{size:g}", "13 đến 14")


def _signature(named: Named) -> Iterator[Deviation]:
    """The last paragraph of the body is kept with what follows: recipients and signer."""
    body = [piece for piece, name in named if name in BODY and not _aside(piece, name)]
    if body and isinstance(body[-1], Paragraph) and not body[-1].keeps_next:
        yield Deviation(Item.SIGNATURE, body[-1].start, "có thể sang trang khác với chữ ký", "giữ cùng trang")


def _numbers(file: WordFile) -> Iterator[Deviation]:
    """The field PAGE in the middle of the header, none on a part's first page, each annex from 1."""
    known: dict[str, Any] = {}
    for at, section in enumerate(_sections(file), start=1):
        for reference in section.findall(f"{W}headerReference"):
            known[reference.get(f"{W}type", "default")] = file.part(reference.get(f"{R}id", ""))
        where = f"phần {at}"
        header, first = known.get("default"), known.get("first")
        if not _has_page(header):
            yield Deviation(Item.PAGE_NUMBER, where, "không có", "số trang ở giữa lề trên")
        else:
            yield from _page_letters(file, header, where)
        if section.find(f"{W}titlePg") is None or _has_page(first):
            yield Deviation(Item.PAGE_NUMBER, where, "có ở trang đầu", "không có ở trang đầu")
        begins = section.find(f"{W}pgNumType")
        if at > 1 and (begins is None or begins.get(f"{W}start") != "1"):
            yield Deviation(Item.PAGE_NUMBER, where, "đánh tiếp phần trước", "đánh riêng từng phụ lục")


def _page_letters(file: WordFile, header: Any, where: str) -> Iterator[Deviation]:
    for node in header.iter(f"{W}p"):
        if not _has_page(node):
            continue
        shown = file.paragraph(node)
        if shown.align != "center":
            yield Deviation(Item.PAGE_NUMBER, where, shown.align, "ở giữa")
        if not 13 <= shown.size <= 14 or shown.bold or shown.italic:
            yield Deviation(Item.PAGE_NUMBER, where, f"cỡ {shown.size:g}", "cỡ 13–14, đứng")


def _has_page(node: Any) -> bool:
    if node is None:
        return False
    codes = [text.text or "" for text in node.iter(f"{W}instrText")]
    codes += [field.get(f"{W}instr", "") for field in node.iter(f"{W}fldSimple")]
    return any("PAGE" in code.split() for code in codes)


def _tables(file: WordFile) -> Iterator[Deviation]:
    for table in file.body.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        if len(rows) > LONG_TABLE and rows[0].find(f"{W}trPr/{W}tblHeader") is None:
            words = "".join(text.text or "" for text in rows[0].iter(f"{W}t"))
            yield Deviation(Item.TABLE_HEAD, words[:40], "không lặp lại", "lặp lại ở mỗi trang")
