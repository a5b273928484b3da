"""Paper, margins, page numbers, practice mark and foot lines of a section."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from exports.document import Document
from exports.docx.head import style_id
from exports.docx.words import Sheet, element, paragraph, run
from exports.nd30 import PAGE, PRACTICE
from exports.pictures import png, qr

HEADER_FROM_EDGE, FOOTER_FROM_EDGE = 7.0, 8.0
QR_SIDE = 51.0  # points

# The text is the program's own and fixed; nothing typed comes near this markup.
_MARK = f"""<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>
<v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="mark" type="#_x0000_t136" style="position:absolute;width:420pt;height:110pt;rotation:315;z-index:-1;
mso-position-horizontal:center;mso-position-horizontal-relative:page;mso-position-vertical:center;
mso-position-vertical-relative:page" fillcolor="#d9d9d9" stroked="f">
<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold" string="{PRACTICE}"/>
</v:shape></w:pict></w:r>"""


def put_page(sheet: Sheet, document: Document) -> None:
    """The first section: its first page without a number; every later section goes by it."""
    section = sheet.file.sections[0]
    _measure(section, sheet)
    section.different_first_page_header_footer = True
    _fill(section.first_page_header, _header(sheet, document, numbered=False))
    _fill(section.header, _header(sheet, document, numbered=True))
    _fill(section.footer, _foot(sheet, document))
    _fill(section.first_page_footer, _foot(sheet, document))
    if document.qr:
        place = section.first_page_footer.paragraphs[0].insert_paragraph_before()
        picture = place.add_run().add_picture(BytesIO(png(qr(document.qr, QR_SIDE))), width=Pt(QR_SIDE))
        picture._inline.docPr.set("descr", document.qr)


def put_annex_page(sheet: Sheet, document: Document) -> None:
    """A new section on a new page, whose numbers begin at 1 again."""
    section = sheet.file.add_section(WD_SECTION.NEW_PAGE)
    _measure(section, sheet)
    if document.qr:  # which stands on page one only
        _fill(section.first_page_footer, _foot(sheet, document))
    properties = section._sectPr
    for old in properties.xpath("w:pgNumType"):
        properties.remove(old)
    at = properties.xpath("w:pgMar")[0]
    at.addnext(element("w:pgNumType", {"w:start": "1"}))
    ending = sheet.file.element.body.xpath("w:p[w:pPr/w:sectPr]")[-1].pPr
    spacing = element("w:spacing", {"w:before": "0", "w:after": "0", "w:line": "20", "w:lineRule": "exact"})
    ending.insert(0, spacing)  # the paragraph that ends a section takes no room of its own


def _measure(section: Any, sheet: Sheet) -> None:
    wide, high = PAGE[::-1] if sheet.landscape else PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    margins = sheet.margins
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance, section.footer_distance = Mm(HEADER_FROM_EDGE), Mm(FOOTER_FROM_EDGE)


def _header(sheet: Sheet, document: Document, *, numbered: bool) -> list[Any]:
    marks = [parse_xml(_MARK)] if document.practice else []
    return [paragraph(style_id(sheet, "page_number"), [*marks, *(_page_field() if numbered else [])])]


def _foot(sheet: Sheet, document: Document) -> list[Any]:
    return [paragraph(style_id(sheet, "foot"), [run(line)]) for line in document.foot]


def _page_field() -> list[Any]:
    """The field PAGE, which Word keeps up to date."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = " PAGE "
    shown = element("w:t")
    shown.text = "2"
    parts = [element("w:fldChar", {"w:fldCharType": kind}) for kind in ("begin", "separate", "end")]
    return [element("w:r", None, part) for part in (parts[0], code, parts[1], shown, parts[2])]


def _fill(part: Any, paragraphs: list[Any]) -> None:
    """The paragraphs of a header or footer; it may not be without one."""
    part.is_linked_to_previous = False
    if paragraphs:
        for old in list(part._element):
            part._element.remove(old)
        part._element.extend(paragraphs)
