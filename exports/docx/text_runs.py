"""Small parts of a Word file: paragraphs, rules, borderless tables, and a style for each element of the decree. What a person
typed is only ever a node's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import NamespacePrefixedTag, qn
from docx.oxml.parser import oxml_parser
from docx.shared import Mm, Pt

from exports.columns import SAFE
from exports.document import Run, plain
from exports.fonts import balanced, width_of
from exports.nd30 import (
    FACE,
    INDENT,
    LANDSCAPE_MARGINS,
    LINE_SPACING,
    MARGINS,
    PARAGRAPH_GAP,
    SIGNING_ROOM,
    SINGLE_LINE,
    STYLES,
    Margins,
    Style,
    text_width,
)

TWIPS = 20  # of a point
_CODE = re.compile(r"(?<=[0-9A-ZĐ])-(?=[0-9A-ZĐ])|(?<!\S)-(?=[0-9])")  # the hyphens of 12/BC-UBND, 2011-2020, -97,5
RULE_EIGHTHS = "6"  # of a point: 0,75


@dataclass(frozen=True)
class SectionWriter:
    """The file with the paper of the section being written."""

    file: Any
    landscape: bool
    ids: Mapping[str, str]  # how the file calls the style of each element

    @property
    def margins(self) -> Margins:
        """The margins in millimetres."""
        return LANDSCAPE_MARGINS if self.landscape else MARGINS

    @property
    def width(self) -> float:
        """Points between left and right margin."""
        return text_width(landscape=self.landscape)

    def put(self, *parts: Any) -> None:
        """Adds to the end of the section."""
        end = self.file.element.body.sectPr
        for part in parts:
            end.addprevious(part)


def element(tag: str, attributes: Mapping[str, str] | None = None, *inside: Any) -> Any:
    """A node with its attributes and the nodes inside it. Names are looked up once: a table of 3 000 rows has 150 000 nodes."""
    name, names = _named(tag)
    said = {_named(attribute)[0]: value for attribute, value in attributes.items()} if attributes else None
    made = oxml_parser.makeelement(name, said, names)
    made.extend(inside)
    return made


@cache
def _named(tag: str) -> tuple[str, dict[str, str]]:
    """w:tc as lxml names it, and the names that it needs."""
    whole = NamespacePrefixedTag(tag)
    return whole.clark_name, whole.nsmap


def paragraph(style_id: str, runs: Iterable[Any], *properties: Any) -> Any:
    """A paragraph; its properties must come in the order of the format (keepNext, pBdr, spacing, ind, jc)."""
    return element("w:p", None, element("w:pPr", None, element("w:pStyle", {"w:val": style_id}), *properties), *runs)


def run(words: str, *, bold: bool = False, italic: bool = False, size: float = 0.0, whole: bool = False) -> Any:
    """Words of one look; line breaks among them are kept. A size other than its style's is said with it. `whole`: a code is
    not parted after its hyphens, where Word would."""
    made = element("w:r")
    looks = [element(tag) for tag, holds in (("w:b", bold), ("w:i", italic)) if holds]
    looks += [element(tag, {"w:val": str(round(2 * size))}) for tag in ("w:sz", "w:szCs") if size]
    if looks:
        made.append(element("w:rPr", None, *looks))
    for at, line in enumerate(words.split("\n")):
        if at:
            made.append(element("w:br"))
        for hyphens, part in enumerate(_CODE.split(plain(line)) if whole and "-" in line else [plain(line)]):
            made.extend([element("w:noBreakHyphen")] if hyphens else [])
            text = element("w:t", {"xml:space": "preserve"})
            text.text = part
            made.append(text)
    return made


def runs(given: Sequence[Run]) -> list[Any]:
    """Runs of the document as runs of Word."""
    return [run(plain(part.text), bold=part.bold, italic=part.italic) for part in given]


def lines_of(text: str, name: str, width: float) -> list[str]:
    """A title in lines of about the same length, as the PDF breaks it."""
    style, room = STYLES[name], width * SAFE
    return [line for part in text.split("\n") for line in balanced(plain(style.written(part)), style, room)]


def rule(lines: Sequence[str], name: str, share: float, width: float) -> Any:
    """A stroke in the middle, as long as a share of the lines above it: the border of an empty paragraph."""
    long = share * sum(width_of(line, STYLES[name]) for line in lines) / len(lines)
    side = twips((width - long) / 2)
    return element(
        "w:p",
        None,
        element(
            "w:pPr",
            None,
            element("w:pBdr", None, border("w:top")),
            element("w:spacing", {"w:before": "50", "w:after": "0", "w:line": "60", "w:lineRule": "exact"}),
            element("w:ind", {"w:left": side, "w:right": side, "w:firstLine": "0"}),
            element("w:rPr", None, element("w:sz", {"w:val": "2"})),
        ),
    )


def border(tag: str, value: str = "single") -> Any:
    """One side of a frame."""
    if value == "none":
        return element(tag, {"w:val": "nil"})
    return element(tag, {"w:val": value, "w:sz": RULE_EIGHTHS, "w:space": "0", "w:color": "auto"})


def keep_next() -> Any:
    """On one page with what follows."""
    return element("w:keepNext")


def twips(points: float) -> str:
    """Twentieths of a point, as the format counts."""
    return str(round(points * TWIPS))


def columns(widths: Sequence[float], rows: Sequence[Sequence[Sequence[Any]]]) -> Any:
    """A table without rules: for each row the paragraphs of each column. Its rows are not parted by a page's end."""
    table = element(
        "w:tbl",
        None,
        table_properties(sum(widths), "none", 0),
        element("w:tblGrid", None, *(element("w:gridCol", {"w:w": twips(width)}) for width in widths)),
    )
    for row in rows:
        made = element("w:tr", None, element("w:trPr", None, element("w:cantSplit")))
        for width, inside in zip(widths, row, strict=True):
            made.append(element("w:tc", None, cell_properties(width), *(inside or [element("w:p")])))
        table.append(made)
    return table


def table_properties(width: float, value: str, padding: float) -> Any:
    """Width, rules, room around the words (a little less above and below them), and fixed columns."""
    sides = ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV")
    side, level = ({"w:w": twips(room), "w:type": "dxa"} for room in (padding, 0.8 * padding))
    room = (("w:top", level), ("w:left", side), ("w:bottom", level), ("w:right", side))
    return element(
        "w:tblPr",
        None,
        element("w:tblW", {"w:w": twips(width), "w:type": "dxa"}),
        element("w:tblInd", {"w:w": "0", "w:type": "dxa"}),
        element("w:tblBorders", None, *(border(side, value) for side in sides)),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblCellMar", None, *(element(edge, width) for edge, width in room)),
    )


def cell_properties(width: float, *more: Any) -> Any:
    """Width of a cell and what else is special about it (gridSpan, vMerge, vAlign, in this order)."""
    return element("w:tcPr", None, element("w:tcW", {"w:w": twips(width), "w:type": "dxa"}), *more)


LANGUAGE = "vi-VN"
NAMES = {
    "national_name": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "superior": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành",
    "number_sign": "Số, ký hiệu",
    "place_date": "Địa danh, thời gian",
    "letter_subject": "Trích yếu công văn",
    "kind": "Tên loại văn bản",
    "subject": "Trích yếu nội dung",
    "addressees": "Kính gửi",
    "body": "Nội dung",
    "heading_1": "Mục",
    "heading_2": "Khoản",
    "heading_3": "Điểm",
    "capacity": "Quyền hạn, chức vụ",
    "signer": "Họ tên người ký",
    "recipients_title": "Nơi nhận (từ)",
    "recipients": "Nơi nhận",
    "annex_label": "Số phụ lục",
    "annex_title": "Tên phụ lục",
    "annex_reference": "Phụ lục kèm theo",
    "circulation": "Phạm vi lưu hành",
    "page_number": "Số trang",
    "table": "Ô bảng",
    "table_head": "Đầu bảng",
    "note": "Ghi chú bảng",
    "caption": "Tên biểu đồ",
    "form_side": "Góc biểu",
    "form_title": "Tên biểu",
    "form_under": "Kỳ của biểu",
    "form_day": "Ngày lập biểu",
    "form_signer": "Người ký biểu",
    "form_note": "Cách ký biểu",
    "form_name": "Họ tên trên biểu",
    "foot": "Chân trang",
}
_LEFT = {"recipients_title", "recipients", "table", "note", "form_side"}
_JUSTIFIED = {"body", "heading_1", "heading_2", "heading_3"}
_BEFORE = {
    "kind": 18.0,
    "addressees": 6.0,
    "number_sign": 4.0,
    "place_date": 4.0,
    "letter_subject": 6.0,
    "circulation": 6.0,
    "form_day": 8.0,
    "caption": 4.0,
    "signer": SIGNING_ROOM * 72 / 25.4,
    "form_name": SIGNING_ROOM * 72 / 25.4,
}
_OUTLINE = {"kind": 0, "letter_subject": 0, "annex_label": 0, "heading_1": 1, "heading_2": 2, "heading_3": 3}


def make_styles(file: Any) -> dict[str, str]:
    """Adds the styles to the file and makes Vietnamese its language; answers the id of each element's style."""
    # Latin and every other script in the decree's face; no theme that would change it.
    for properties in file.styles.element.iter(qn("w:rPrDefault")):
        fonts, language = properties.find(f".//{qn('w:rFonts')}"), properties.find(f".//{qn('w:lang')}")
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FACE)
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(STYLES["body"].size)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for name, style in STYLES.items():
        made = file.styles.add_style(NAMES[name], WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.quick_style = file.styles["Normal"], True
        _letters(made, style)
        shape = made.paragraph_format
        shape.alignment = ALIGN.LEFT if name in _LEFT else ALIGN.JUSTIFY if name in _JUSTIFIED else ALIGN.CENTER
        shape.space_before, shape.space_after = Pt(_BEFORE.get(name, 0.0)), Pt(0)
        shape.widow_control = True
        if name in _JUSTIFIED:
            shape.first_line_indent, shape.line_spacing = Mm(INDENT), LINE_SPACING / SINGLE_LINE
            shape.space_before = Pt(PARAGRAPH_GAP)
        shape.keep_with_next = name.startswith("heading")
        if name in _OUTLINE:
            made.element.get_or_add_pPr().append(element("w:outlineLvl", {"w:val": str(_OUTLINE[name])}))
    settings = file.settings.element
    settings.append(element("w:themeFontLang", {"w:val": LANGUAGE}))
    return {name: file.styles[NAMES[name]].style_id for name in STYLES}


def _letters(made: Any, style: Style) -> None:
    made.font.name, made.font.size = FACE, Pt(style.size)
    made.font.bold, made.font.italic = style.bold, style.italic
    made.element.rPr.rFonts.set(qn("w:cs"), FACE)
    made.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
