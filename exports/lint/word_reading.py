"""A Word file as paragraphs with the letters and measures that count in the end: their own, their style's, the file's.

The file may come from anywhere: its ZIP is held against limits before anything is unpacked, and no XML with a document type
is read.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from exports.lint.elements import Piece
from exports.lint.refusals import damaged, too_large

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_MEMBERS, MOST_BYTES = 2000, 128 << 20
TWIP_MM = 25.4 / 1440
DOCUMENT, STYLES_PART, RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"


@dataclass(frozen=True)
class Paragraph(Piece):
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

    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph of the body in the order of reading, those of tables column by column within a row."""
        return [made for node in self.body for made in self._of(node, -1, 0.0, ruled=False)]

    def paragraph(self, node: Any) -> Paragraph:
        """One paragraph by itself."""
        return self._made(node, -1, 0.0, ruled=False)

    def _of(self, node: Any, column: int, room: float, *, ruled: bool) -> Iterator[Paragraph]:
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

    def _made(self, node: Any, column: int, room: float, *, ruled: bool) -> Paragraph:
        style = node.find(f"{W}pPr/{W}pStyle")
        look = self.styles.of(style.get(f"{W}val") if style is not None else "").changed(node.find(f"{W}pPr"))
        runs = [(run, look.changed(run.find(f"{W}rPr"))) for run in node.findall(f"{W}r")]
        told = [(_words(run), own) for run, own in runs if _words(run).strip()]
        first = told[0][1] if told else look
        border = node.find(f"{W}pPr/{W}pBdr/{W}top")
        return Paragraph(
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
class Look:
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

    def changed(self, *nodes: Any) -> Look:
        """The look with what `pPr` and `rPr` nodes say."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for node in nodes:
            for child in node if node is not None else ():
                _apply(values, child)
        return Look(**values)


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
        self._base = Look().changed(*nodes)
        self._nodes = {node.get(f"{W}styleId"): node for node in root.findall(f"{W}style")}
        self._default = next(
            (
                name
                for name, node in self._nodes.items()
                if node.get(f"{W}default") == "1" and node.get(f"{W}type") == "paragraph"
            ),
            "",
        )
        self._known: dict[str, Look] = {}

    def of(self, name: str) -> Look:
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
