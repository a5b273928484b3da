"""A Word file held against the decree: its paragraphs with the letters and measures that count in the end (their own, their
style's, the file's), its sections and tables.

The file may come from anywhere: its ZIP is held against limits before anything is unpacked, and no XML with a document type
is read.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

from lxml import etree

from exports.fonts import width_of
from exports.lint.elements import BODY, LaidOutWords, Named, Reader, damaged, measured, too_large
from exports.nd30 import (
    INDENTS_ALLOWED,
    LINE_SPACING_ALLOWED,
    MARGINS_ALLOWED,
    PAGE,
    PARAGRAPH_GAP,
    SHORT_RULE_ALLOWED,
    STYLES,
)
from forms.model.layout_deviation import Deviation, MeasuredItem

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_MEMBERS, MOST_BYTES = 2000, 128 << 20
TWIP_MM = 25.4 / 1440
DOCUMENT, STYLES_PART, RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"


@dataclass(frozen=True)
class WordParagraph(LaidOutWords):
    """One paragraph. Lengths are millimetres, gaps points; `line` is how many single lines one line is high, 0 if fixed.

    `room` is the width of its cell, 0 outside tables; `ruled` says that the table has strokes; `has_rule` that the
    paragraph is empty but for a stroke above it.
    """

    align: str = ""
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    line: float = 1.0
    keeps_next: bool = False
    column: int = -1
    room: float = 0.0
    ruled: bool = False
    has_rule: bool = False
    sizes: tuple[float, ...] = ()
    lines: int = 1  # that its own line breaks make


class WordFile:
    """The parts of the file that are measured. Raises InputRefused."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                members = archive.infolist()
                if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
                    raise too_large()
                self._parts = {
                    member.filename: _tree(archive.read(member))
                    for member in members
                    if member.filename.startswith("word/") and member.filename.endswith((".xml", ".rels"))
                }
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise damaged() from error
        if DOCUMENT not in self._parts or STYLES_PART not in self._parts:
            raise damaged()
        self.body = self._parts[DOCUMENT].find(f"{W}body")
        if self.body is None:
            raise damaged()
        self.styles = _Styles(self._parts[STYLES_PART])

    def part(self, relation: str) -> Any:
        """The header or footer that a relation leads to; None if it leads nowhere."""
        for entry in self._relations():
            if entry.get("Id") == relation:
                return self._parts.get(f"word/{entry.get('Target')}")
        return None

    def outside(self) -> Iterator[str]:
        """What the file would fetch from elsewhere; a link that a person clicks is none."""
        for entry in self._relations():
            if entry.get("TargetMode") == "External" and not entry.get("Type", "").endswith("/hyperlink"):
                yield entry.get("Target", "")

    def _relations(self) -> list[Any]:
        found = self._parts.get(RELATIONS)
        return [] if found is None else list(found)

    def paragraphs(self) -> list[WordParagraph]:
        """Every paragraph of the body in the order of reading, those of tables column by column within a row."""
        return [made for node in self.body for made in self._of(node, -1, 0.0, ruled=False)]

    def paragraph(self, node: Any) -> WordParagraph:
        """One paragraph by itself."""
        return self._made(node, -1, 0.0, ruled=False)

    def _of(self, node: Any, column: int, room: float, *, ruled: bool) -> Iterator[WordParagraph]:
        if node.tag == f"{W}p":
            yield self._made(node, column, room, ruled=ruled)
        elif node.tag == f"{W}tbl":
            strokes = node.find(f"{W}tblPr/{W}tblBorders/{W}top")
            has = strokes is not None and strokes.get(f"{W}val") not in ("nil", "none")
            for row in node.iter(f"{W}tr"):
                for at, cell in enumerate(row.findall(f"{W}tc")):
                    wide = number(cell.find(f"{W}tcPr/{W}tcW"), "w") * TWIP_MM
                    for inside in cell:
                        yield from self._of(inside, at, wide, ruled=has)

    def _made(self, node: Any, column: int, room: float, *, ruled: bool) -> WordParagraph:
        style = node.find(f"{W}pPr/{W}pStyle")
        look = self.styles.of(style.get(f"{W}val") if style is not None else "").changed(node.find(f"{W}pPr"))
        runs = [(run, look.changed(run.find(f"{W}rPr"))) for run in node.findall(f"{W}r")]
        told = [(_words(run), own) for run, own in runs if _words(run).strip()]
        first = told[0][1] if told else look
        border = node.find(f"{W}pPr/{W}pBdr/{W}top")
        return WordParagraph(
            " ".join("".join(_words(run) for run, _ in runs).split(" ")).strip(),
            first.face,
            first.size,
            bool(told) and all(own.bold for _, own in told) if told else look.bold,
            all(own.italic for _, own in told) if told else look.italic,
            align=look.align,
            first=look.first * TWIP_MM,
            left=look.left * TWIP_MM,
            right=look.right * TWIP_MM,
            before=look.before / 20,
            line=look.line,
            keeps_next=look.keeps_next,
            column=column,
            room=room,
            ruled=ruled,
            has_rule=border is not None and not told,
            lines=1 + len(list(node.iter(f"{W}br"))),
            sizes=tuple(sorted({own.size for _, own in told})),
        )


@dataclass(frozen=True)
class WordStyle:
    """What a style says; a paragraph or run may change it."""

    face: str = ""
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    align: str = "left"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    line: float = 1.0
    keeps_next: bool = False

    def changed(self, *nodes: Any) -> WordStyle:
        """The look with what `pPr` and `rPr` nodes say."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for node in nodes:
            for child in node if node is not None else ():
                _apply(values, child)
        return WordStyle(**values)


def _apply(values: dict[str, Any], child: Any) -> None:
    tag = etree.QName(child).localname
    if tag == "rFonts":
        values["face"] = child.get(f"{W}ascii") or child.get(f"{W}hAnsi") or values["face"]
    elif tag == "sz":
        values["size"] = number(child, "val") / 2
    elif tag in ("b", "i", "keepNext"):
        name = {"b": "bold", "i": "italic", "keepNext": "keeps_next"}[tag]
        values[name] = child.get(f"{W}val") not in ("0", "false", "off")
    elif tag == "jc":
        values["align"] = child.get(f"{W}val")
    elif tag == "ind":
        for name, key in (("first", "firstLine"), ("left", "left"), ("right", "right")):
            if child.get(f"{W}{key}") is not None:
                values[name] = number(child, key)
    elif tag == "spacing":
        if child.get(f"{W}before") is not None:
            values["before"] = number(child, "before")
        if child.get(f"{W}line") is not None:
            values["line"] = number(child, "line") / 240 if child.get(f"{W}lineRule", "auto") == "auto" else 0.0


class _Styles:
    """The looks of the paragraph styles, each with those it is based on."""

    def __init__(self, root: Any) -> None:
        defaults = root.find(f"{W}docDefaults")
        nodes = (
            [] if defaults is None else [defaults.find(f"{W}pPrDefault/{W}pPr"), defaults.find(f"{W}rPrDefault/{W}rPr")]
        )
        self._base = WordStyle().changed(*nodes)
        self._nodes = {node.get(f"{W}styleId"): node for node in root.findall(f"{W}style")}
        self._default = next(
            (
                name
                for name, node in self._nodes.items()
                if node.get(f"{W}default") == "1" and node.get(f"{W}type") == "paragraph"
            ),
            "",
        )
        self._known: dict[str, WordStyle] = {}

    def of(self, name: str) -> WordStyle:
        """The look of a style by its id; an unknown one looks as the default does."""
        name = name if name in self._nodes else self._default
        if name not in self._known:
            chain: list[Any] = []
            while name in self._nodes and self._nodes[name] not in chain:
                chain.append(self._nodes[name])
                based = chain[-1].find(f"{W}basedOn")
                name = based.get(f"{W}val") if based is not None else ""
            nodes = [part for node in reversed(chain) for part in (node.find(f"{W}pPr"), node.find(f"{W}rPr"))]
            self._known[chain[0].get(f"{W}styleId") if chain else ""] = self._base.changed(*nodes)
            name = chain[0].get(f"{W}styleId") if chain else ""
        return self._known[name]


def number(node: Any, name: str) -> float:
    """An attribute as a number; 0 where there is none."""
    try:
        return float(node.get(f"{W}{name}", "0")) if node is not None else 0.0
    except ValueError:
        return 0.0


def _words(run: Any) -> str:
    """The words of a run; a line break is a blank."""
    blanks = (f"{W}br", f"{W}tab")
    return "".join(node.text or "" if node.tag == f"{W}t" else " " for node in run if node.tag in (f"{W}t", *blanks))


def _tree(data: bytes) -> Any:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise damaged()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged() from error


MM = 72 / 25.4
LONG_TABLE = 12  # rows that may take more than a page


def measure(data: bytes) -> list[Deviation]:
    """All deviations. Raises InputRefused."""
    file = WordFile(data)
    every = file.paragraphs()
    named = list(Reader().named([each for each in every if each.text]))
    names = {id(piece): name for piece, name in named}
    found = [
        Deviation(MeasuredItem.TYPEFACE, target[:40], "liên kết ra ngoài tệp", "không có") for target in file.outside()
    ]
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


def _aside(piece: LaidOutWords, name: str) -> bool:
    """What stands in the body but is no text of it: cells, notes, titles of pictures."""
    return (
        name in BODY
        and isinstance(piece, WordParagraph)
        and (piece.column >= 0 or piece.italic or piece.align == "center")
    )


def _sections(file: WordFile) -> list[Any]:
    return list(file.body.iter(f"{W}sectPr"))


def _paper(file: WordFile) -> Iterator[Deviation]:
    for at, section in enumerate(_sections(file), start=1):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        wide, high = number(size, "w") * TWIP_MM, number(size, "h") * TWIP_MM
        short, long = sorted((wide, high))
        if abs(short - PAGE[0]) > 1 or abs(long - PAGE[1]) > 1:
            yield Deviation(MeasuredItem.PAPER, f"phần {at}", f"{wide:.0f} × {high:.0f} mm", "210 × 297 mm")
        if wide > high:
            continue
        for side, (least, most) in MARGINS_ALLOWED.items():
            found = number(margins, side) * TWIP_MM
            if not least - 0.1 <= found <= most + 0.1:
                yield Deviation(
                    MeasuredItem.MARGINS, f"lề {_SIDES[side]}, phần {at}", f"{found:.1f} mm", f"{least}–{most} mm"
                )


_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


def _head(named: Named) -> Iterator[Deviation]:
    """Two columns of a table: issuer and number at left, national name and day at right, each in the middle."""
    wanted = {"issuer": 0, "number_sign": 0, "national_name": 1, "motto": 1, "place_date": 1}
    for piece, name in named:
        if name not in wanted or not isinstance(piece, WordParagraph):
            continue
        if piece.column != wanted[name]:
            where = ("cột trái", "cột phải")[wanted[name]]
            yield Deviation(MeasuredItem.COLUMNS, piece.start, "ở chỗ khác", where)
        if piece.align != "center":
            yield Deviation(MeasuredItem.COLUMNS, piece.start, piece.align, "giữa cột")
    texts = {name: piece for piece, name in named if name in ("number_sign", "place_date")}
    if len(texts) == 2:
        number_sign, day = texts["number_sign"], texts["place_date"]
        if (
            isinstance(number_sign, WordParagraph)
            and isinstance(day, WordParagraph)
            and number_sign.before != day.before
        ):
            found = f"lệch {abs(number_sign.before - day.before):.0f}pt"
            yield Deviation(MeasuredItem.LEVEL, number_sign.start, found, "cùng một dòng")


def _rules(every: Sequence[WordParagraph], names: dict[int, str]) -> Iterator[Deviation]:
    """A stroke is the border of the empty paragraph below; its indents leave so much of the room."""
    wanted = {
        "motto": (MeasuredItem.MOTTO_RULE, (0.97, 1.03)),
        "issuer": (MeasuredItem.ISSUER_RULE, SHORT_RULE_ALLOWED),
        "subject": (MeasuredItem.SUBJECT_RULE, SHORT_RULE_ALLOWED),
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
        if name not in BODY or not isinstance(piece, WordParagraph) or _aside(piece, name):
            continue
        if not INDENTS_ALLOWED[0] - 0.1 <= piece.first <= INDENTS_ALLOWED[1] + 0.1:
            yield Deviation(MeasuredItem.INDENT, piece.start, f"{piece.first:.1f} mm", "10–12,7 mm")
        if piece.before < PARAGRAPH_GAP - 0.1:
            yield Deviation(MeasuredItem.GAP, piece.start, f"{piece.before:g}pt", f"ít nhất {PARAGRAPH_GAP:g}pt")
        if not LINE_SPACING_ALLOWED[0] - 0.01 <= piece.line <= LINE_SPACING_ALLOWED[1] + 0.01:
            yield Deviation(MeasuredItem.SPACING, piece.start, f"{piece.line:.2f} dòng", "1–1,5 dòng")
        if piece.align != "both":
            yield Deviation(MeasuredItem.JUSTIFIED, piece.start, piece.align, "canh đều hai lề")
        for size in piece.sizes[1:]:
            if not 12.9 <= size <= 14.1:
                yield Deviation(MeasuredItem.SIZE, piece.start, f"{size:g}", "13 đến 14")


def _signature(named: Named) -> Iterator[Deviation]:
    """The last paragraph of the body is kept with what follows: recipients and signer."""
    body = [piece for piece, name in named if name in BODY and not _aside(piece, name)]
    if body and isinstance(body[-1], WordParagraph) and not body[-1].keeps_next:
        yield Deviation(MeasuredItem.SIGNATURE, body[-1].start, "có thể sang trang khác với chữ ký", "giữ cùng trang")


def _numbers(file: WordFile) -> Iterator[Deviation]:
    """The field PAGE in the middle of the header, none on a part's first page, each annex from 1."""
    known: dict[str, Any] = {}
    for at, section in enumerate(_sections(file), start=1):
        for reference in section.findall(f"{W}headerReference"):
            known[reference.get(f"{W}type", "default")] = file.part(reference.get(f"{R}id", ""))
        where = f"phần {at}"
        header, first = known.get("default"), known.get("first")
        if header is None or not _has_page(header):
            yield Deviation(MeasuredItem.PAGE_NUMBER, where, "không có", "số trang ở giữa lề trên")
        else:
            for node in header.iter(f"{W}p"):
                if not _has_page(node):
                    continue
                shown = file.paragraph(node)
                if shown.align != "center":
                    yield Deviation(MeasuredItem.PAGE_NUMBER, where, shown.align, "ở giữa")
                if not 13 <= shown.size <= 14 or shown.bold or shown.italic:
                    yield Deviation(MeasuredItem.PAGE_NUMBER, where, f"cỡ {shown.size:g}", "cỡ 13–14, đứng")
        if section.find(f"{W}titlePg") is None or _has_page(first):
            yield Deviation(MeasuredItem.PAGE_NUMBER, where, "có ở trang đầu", "không có ở trang đầu")
        begins = section.find(f"{W}pgNumType")
        if at > 1 and (begins is None or begins.get(f"{W}start") != "1"):
            yield Deviation(MeasuredItem.PAGE_NUMBER, where, "đánh tiếp phần trước", "đánh riêng từng phụ lục")


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
            yield Deviation(MeasuredItem.TABLE_HEAD, words[:40], "không lặp lại", "lặp lại ở mỗi trang")
