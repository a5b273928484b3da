"""The body of a Word file: blocks, and the sections with their paper.

The blocks of a body in Word: paragraphs of real styles, tables with repeated heads, charts as pictures.

Paper, margins, page numbers, practice mark and foot lines of a section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from exports.charts import drawn, told
from exports.columns import PADDING, Columns, SetTable, bold, title_column
from exports.document import (
    Block,
    Bullet,
    Chart,
    Document,
    FormHead,
    FormSigning,
    Heading,
    Letterhead,
    Para,
    Run,
    Table,
    placed,
    runs_of,
    shown,
)
from exports.docx.page_head import form_head, form_signing, gap, style_id, styled, title
from exports.docx.text_runs import (
    SectionWriter,
    cell_properties,
    element,
    keep_next,
    paragraph,
    run,
    runs,
    table_properties,
    twips,
)
from exports.markup_escape import plain
from exports.nd30 import PAGE, PRACTICE, STYLES
from exports.qr import png, qr

CENTRED = {"w:val": "center"}
_ALIGN = {"text": "left", "centre": "center", "number": "right"}


def put_blocks(sheet: SectionWriter, blocks: Sequence[Block], head: Letterhead, *, signed: bool = False) -> None:
    """All blocks in order. Where a signature follows, the last paragraph stays on its page."""
    for at, block in enumerate(blocks, start=1):
        last = signed and at == len(blocks)
        before_signers = at < len(blocks) and isinstance(blocks[at], FormSigning)
        match block:
            case Heading(level, number, text):
                name = f"heading_{level}"
                words = f"{number} {STYLES[name].written(text)}".strip()
                sheet.put(paragraph(style_id(sheet, name), [run(plain(words))]))
            case Para(text, lead):
                opening = (Run(f"{lead} ", bold=True),) if lead else ()
                sheet.put(_prose(sheet, (*opening, *runs_of(text)), keep=last))
            case Bullet(text, mark):
                sheet.put(_prose(sheet, (Run(f"{mark} "), *runs_of(text)), keep=last))
            case SetTable():
                _put_table(sheet, block, keep=before_signers)
            case Chart():
                _put_chart(sheet, block)
            case FormHead():
                sheet.put(form_head(sheet, block), gap(8))
            case FormSigning():
                sheet.put(form_signing(sheet, block, head))


def _prose(sheet: SectionWriter, given: Sequence[Run], *, keep: bool) -> Any:
    return paragraph(style_id(sheet, "body"), runs(given), *([keep_next()] if keep else []))


def _put_chart(sheet: SectionWriter, chart: Chart) -> None:
    """The picture with its words for who cannot see it, its title below."""
    drawing = drawn(chart, sheet.width)
    place = sheet.file.add_paragraph()
    place.paragraph_format.keep_with_next, place.paragraph_format.space_before = True, Pt(8)
    inline = place.add_run().add_picture(BytesIO(png(drawing)), width=Pt(sheet.width))._inline
    inline.docPr.set("descr", told(chart))
    inline.docPr.set("name", plain(chart.title)[:100])
    sheet.put(*title(sheet, chart.title, "caption", sheet.width))


def _put_table(sheet: SectionWriter, table: SetTable, *, keep: bool) -> None:
    """The table with what stands above and below it; `keep` holds its last row on the page of what follows."""
    columns = table.set
    if table.measure:
        right = element("w:jc", {"w:val": "right"})
        sheet.put(styled(sheet, table.measure, "note", keep_next(), element("w:spacing", {"w:before": "120"}), right))
    else:
        sheet.put(gap(6, keep=True))
    made = element("w:tbl", None, table_properties(sum(columns.widths), "single", PADDING))
    made.append(element("w:tblGrid", None, *(element("w:gridCol", {"w:w": twips(width)}) for width in columns.widths)))
    made.extend(_head(sheet, table, columns))
    made.extend(_rows(sheet, table, columns, keep=keep))
    sheet.put(made)
    after = [keep_next()] if keep else []
    sheet.put(styled(sheet, table.note, "note", *after) if table.note else gap(2, keep=keep))


def _head(sheet: SectionWriter, table: Table, columns: Columns) -> Iterator[Any]:
    """The titles, each with its spans, and the row of letters; all repeated on every page."""
    widths = columns.widths
    owner = {
        (y + down, x + over): (cell, down, over)
        for y, x, cell in placed(table.head, len(widths))
        for down in range(cell.rows)
        for over in range(cell.columns)
    }
    for y in range(len(table.head)):
        cells = []
        for x, width in enumerate(widths):
            cell, down, over = owner.get((y, x), (None, 0, 0))
            if over:
                continue
            more = [element("w:gridSpan", {"w:val": str(cell.columns)})] if cell and cell.columns > 1 else []
            if cell and cell.rows > 1:
                more.append(element("w:vMerge", {} if down else {"w:val": "restart"}))
            wide = sum(widths[x : x + cell.columns]) if cell else width
            words = _cell(sheet, cell.text if cell and not down else "", "table_head", columns.size, keep_next())
            cells.append(element("w:tc", None, cell_properties(wide, *more, element("w:vAlign", CENTRED)), words))
        yield _row(cells, repeated=True)
    if table.letters:
        middle = element("w:jc", CENTRED)
        texts = [_cell(sheet, letter, "note", columns.size, keep_next(), copy(middle)) for letter in table.letters]
        yield _row(
            [element("w:tc", None, cell_properties(w), text) for w, text in zip(widths, texts, strict=False)],
            repeated=True,
        )


def _rows(sheet: SectionWriter, table: Table, columns: Columns, *, keep: bool) -> Iterator[Any]:
    widths = columns.widths
    for row, after in zip_longest(table.rows, table.rows[1:]):
        stays = row.kind == "group" or (after.kind in ("part", "total") if after else keep or bool(table.note))
        name = "table_head" if bold(row.kind) else "table"
        first = title_column(row)
        cells = []
        for x, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            if x > first:
                break
            wide, more = widths[x], [element("w:vAlign", CENTRED)]
            if x == first and x < len(widths) - 1:
                wide = sum(widths[x:])
                more.insert(0, element("w:gridSpan", {"w:val": str(len(widths) - x)}))
            align = element("w:jc", {"w:val": _ALIGN[column.kind]})
            words = _cell(sheet, shown(cell), name, columns.size, *([keep_next()] if stays else []), align)
            cells.append(element("w:tc", None, cell_properties(wide, *more), words))
        yield _row(cells, repeated=False, whole=not columns.is_tall(row))


def _cell(sheet: SectionWriter, text: str, name: str, size: float, *properties: Any) -> Any:
    """A cell's paragraph, in the letters of its table."""
    other = size if size != STYLES[name].size else 0.0
    return paragraph(style_id(sheet, name), [run(text, size=other, whole=True)] if text else [], *properties)


def _row(cells: list[Any], *, repeated: bool, whole: bool = True) -> Any:
    """`whole`: not parted by a page's end."""
    marks = [element("w:cantSplit")] * whole + [element("w:tblHeader")] * repeated
    return element("w:tr", None, element("w:trPr", None, *marks), *cells)


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


def put_page(sheet: SectionWriter, document: Document) -> None:
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


def put_annex_page(sheet: SectionWriter, document: Document) -> None:
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


def _measure(section: Any, sheet: SectionWriter) -> None:
    wide, high = PAGE[::-1] if sheet.landscape else PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    margins = sheet.margins
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance, section.footer_distance = Mm(HEADER_FROM_EDGE), Mm(FOOTER_FROM_EDGE)


def _header(sheet: SectionWriter, document: Document, *, numbered: bool) -> list[Any]:
    marks = [parse_xml(_MARK)] if document.practice else []
    return [paragraph(style_id(sheet, "page_number"), [*marks, *(_page_field() if numbered else [])])]


def _foot(sheet: SectionWriter, document: Document) -> list[Any]:
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
