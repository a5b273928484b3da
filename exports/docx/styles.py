"""The styles of the file, one for each element of the decree, under Vietnamese names."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from exports.docx.text_runs import element
from exports.nd30 import FACE, INDENT, LINE_SPACING, PARAGRAPH_GAP, SIGNING_ROOM, SINGLE_LINE, STYLES, Style

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
    _default(file)
    for name, style in STYLES.items():
        made = file.styles.add_style(NAMES[name], WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.quick_style = file.styles["Normal"], True
        _letters(made, style)
        _paragraph(made, name)
    settings = file.settings.element
    settings.append(element("w:themeFontLang", {"w:val": LANGUAGE}))
    return {name: file.styles[NAMES[name]].style_id for name in STYLES}


def _default(file: Any) -> None:
    """Latin and every other script in the decree's face; no theme that would change it."""
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


def _letters(made: Any, style: Style) -> None:
    made.font.name, made.font.size = FACE, Pt(style.size)
    made.font.bold, made.font.italic = style.bold, style.italic
    made.element.rPr.rFonts.set(qn("w:cs"), FACE)
    made.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)


def _paragraph(made: Any, name: str) -> None:
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
