"""The body of a Word file: blocks, what stands around them (head, titles, signature), and sections with their paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from exports.charts import drawn, png, qr, told
from exports.columns import PADDING, Columns, SetTable, bold, title_column
from exports.document import (
    Annex,
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
    annex_label,
    annex_reference,
    dated,
    placed,
    plain,
    runs_of,
    shown,
)
from exports.docx.text_runs import (
    SectionWriter,
    border,
    cell_properties,
    columns,
    element,
    keep_next,
    lines_of,
    paragraph,
    rule,
    run,
    runs,
    table_properties,
    twips,
)
from exports.fonts import width_of
from exports.nd30 import (
    ABOUT,
    ADDRESSEE_INDENT,
    ADDRESSEES,
    ISSUER_RULE,
    LEFT_SHARE,
    MOTTO,
    MOTTO_RULE,
    NATIONAL_NAME,
    PAGE,
    PRACTICE,
    RECIPIENTS,
    SIGNATURE_SHARE,
    STYLES,
    SUBJECT_RULE,
)

BOX_ROOM = 7.0
FORM_SHARES = (0.28, 0.44, 0.28)


def put_head(sheet: SectionWriter, document: Document) -> None:
    """Letterhead, name and subject, addressees."""
    width, head = sheet.width, document.head
    left, right = LEFT_SHARE * width, (1 - LEFT_SHARE) * width
    issuer = title(sheet, head.superior, "superior", left) if head.superior else []
    issuer += title(sheet, head.issuer, "issuer", left, ISSUER_RULE)
    nation = title(sheet, NATIONAL_NAME, "national_name", right) + title(sheet, MOTTO, "motto", right, MOTTO_RULE)
    under = title(sheet, head.number_sign, "number_sign", left)
    if document.layout == "letter":
        under += title(sheet, f"{ABOUT} {document.subject}", "letter_subject", left)
    if document.circulation:
        under.append(_boxed(sheet, document.circulation, left))
    day = title(sheet, head.place_date, "place_date", right)
    sheet.put(columns([left, right], [[issuer, nation], [under, day]]))
    if document.layout == "named":
        sheet.put(*title(sheet, document.kind, "kind", width))
        sheet.put(*title(sheet, document.subject, "subject", width, SUBJECT_RULE))
    if document.addressees:
        sheet.put(*_addressees(sheet, document.addressees))
    sheet.put(gap(8))


def put_annex_titles(sheet: SectionWriter, document: Document, annex: Annex) -> None:
    """Number, title and reference of an annex."""
    sheet.put(*title(sheet, annex_label(document, annex), "annex_label", sheet.width))
    if annex.title:
        sheet.put(*title(sheet, annex.title, "annex_title", sheet.width))
    sheet.put(*title(sheet, annex_reference(document), "annex_reference", sheet.width, SUBJECT_RULE))


def put_signature(sheet: SectionWriter, document: Document) -> None:
    """Recipients at left, the signer at right; the row is not parted, and the last sentence stays with it."""
    left, right = SIGNATURE_SHARE * sheet.width, (1 - SIGNATURE_SHARE) * sheet.width
    told = [styled(sheet, RECIPIENTS, "recipients_title")]
    told += [styled(sheet, text, "recipients") for text in document.recipients]
    signed = [part for line in document.signature.capacity for part in title(sheet, line, "capacity", right)]
    signed.append(styled(sheet, document.signature.name, "signer"))
    sheet.put(gap(6, keep=True), columns([left, right], [[told, signed]]))


def form_head(sheet: SectionWriter, block: FormHead) -> Any:
    """Which form at left, its title in the middle, who reports to whom at right."""
    sides = [share * sheet.width for share in FORM_SHARES]
    middle = title(sheet, block.title, "form_title", sides[1])
    middle += [part for text in block.under for part in title(sheet, text, "form_under", sides[1])]
    left, right = ([styled(sheet, text, "form_side") for text in texts] for texts in (block.left, block.right))
    left += [_boxed(sheet, block.mark, sides[0])] if block.mark else []
    return columns(sides, [[left, middle, right]])


def form_signing(sheet: SectionWriter, block: FormSigning, head: Letterhead) -> Any:
    """Place and day over the last signer; each signer has room for a pen above the name."""
    room = sheet.width / max(1, len(block.signers))
    made = []
    for at, signer in enumerate(block.signers, start=1):
        day = f"{block.place}, {dated(head.issued, head.year)}" if at == len(block.signers) else ""
        column = [styled(sheet, day, "form_day"), *title(sheet, signer.title, "form_signer", room)]
        column += [styled(sheet, signer.note, "form_note")] if signer.note else []
        made.append([*column, styled(sheet, signer.name, "form_name")])
    return columns([room] * len(made), [made])


def title(sheet: SectionWriter, text: str, name: str, width: float, share: float = 0.0) -> list[Any]:
    """A title broken as in the PDF, with the rule below it as long as a share of it."""
    lines = lines_of(text, name, width)
    made = [paragraph(style_id(sheet, name), [run("\n".join(lines))])]
    return [*made, rule(lines, name, share, width)] if share else made


def styled(sheet: SectionWriter, text: str, name: str, *properties: Any) -> Any:
    """A paragraph of one element, broken by Word."""
    words = STYLES[name].written(text)
    return paragraph(style_id(sheet, name), [run(words)] if words else [], *properties)


def style_id(sheet: SectionWriter, name: str) -> str:
    """How the file calls the style of an element."""
    return str(sheet.ids[name])


def gap(points: float, *, keep: bool = False) -> Any:
    """Room of so many points, where two tables must not grow together."""
    spacing = {"w:before": "0", "w:after": "0", "w:line": twips(points), "w:lineRule": "exact"}
    parts = ([keep_next()] if keep else []) + [element("w:spacing", spacing)]
    return element("w:p", None, element("w:pPr", None, *parts))


def _boxed(sheet: SectionWriter, text: str, width: float) -> Any:
    style = STYLES["circulation"]
    side = twips(max(0.0, (width - width_of(style.written(text), style)) / 2 - BOX_ROOM))
    frame = element("w:pBdr", None, *(border(f"w:{edge}") for edge in ("top", "left", "bottom", "right")))
    return styled(sheet, text, "circulation", frame, element("w:ind", {"w:left": side, "w:right": side}))


def _addressees(sheet: SectionWriter, names: tuple[str, ...]) -> list[Any]:
    """ "Kính gửi": one name on the same line; several below, their hyphens under the colon."""
    if len(names) == 1:
        return [styled(sheet, f"{ADDRESSEES} {names[0]}", "addressees", _before(12))]
    begin = ADDRESSEE_INDENT * sheet.width
    colon = begin + width_of(ADDRESSEES.rstrip(":"), STYLES["addressees"])
    ends = [";"] * (len(names) - 1) + ["."]
    made = [styled(sheet, ADDRESSEES, "addressees", _before(12), *_at(begin))]
    for name, end in zip(names, ends, strict=True):
        made.append(styled(sheet, f"- {name}{end}", "addressees", _before(2), *_at(colon)))
    return made


def _before(points: float) -> Any:
    return element("w:spacing", {"w:before": twips(points)})


def _at(points: float) -> tuple[Any, Any]:
    return element("w:ind", {"w:left": twips(points)}), element("w:jc", {"w:val": "left"})


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
                # The picture with its words for who cannot see it, its title below.
                drawing = drawn(block, sheet.width)
                place = sheet.file.add_paragraph()
                place.paragraph_format.keep_with_next, place.paragraph_format.space_before = True, Pt(8)
                inline = place.add_run().add_picture(BytesIO(png(drawing)), width=Pt(sheet.width))._inline
                inline.docPr.set("descr", told(block))
                inline.docPr.set("name", plain(block.title)[:100])
                sheet.put(*title(sheet, block.title, "caption", sheet.width))
            case FormHead():
                sheet.put(form_head(sheet, block), gap(8))
            case FormSigning():
                sheet.put(form_signing(sheet, block, head))


def _prose(sheet: SectionWriter, given: Sequence[Run], *, keep: bool) -> Any:
    return paragraph(style_id(sheet, "body"), runs(given), *([keep_next()] if keep else []))


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
