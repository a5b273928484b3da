"""The blocks of a body in Word: paragraphs of real styles, tables with repeated heads, charts as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx.shared import Pt

from exports.charts import drawn, told
from exports.columns import PADDING, Columns, SetTable, bold, title_column
from exports.document import (
    Block,
    Bullet,
    Chart,
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
from exports.docx.head import form_head, form_signing, gap, style_id, styled, title
from exports.docx.words import Sheet, cell_properties, element, keep_next, paragraph, run, runs, table_properties, twips
from exports.escape import plain
from exports.nd30 import STYLES
from exports.pictures import png

CENTRED = {"w:val": "center"}
_ALIGN = {"text": "left", "centre": "center", "number": "right"}


def put_blocks(sheet: Sheet, blocks: Sequence[Block], head: Letterhead, *, signed: bool = False) -> None:
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


def _prose(sheet: Sheet, given: Sequence[Run], *, keep: bool) -> Any:
    return paragraph(style_id(sheet, "body"), runs(given), *([keep_next()] if keep else []))


def _put_chart(sheet: Sheet, chart: Chart) -> None:
    """The picture with its words for who cannot see it, its title below."""
    drawing = drawn(chart, sheet.width)
    place = sheet.file.add_paragraph()
    place.paragraph_format.keep_with_next, place.paragraph_format.space_before = True, Pt(8)
    inline = place.add_run().add_picture(BytesIO(png(drawing)), width=Pt(sheet.width))._inline
    inline.docPr.set("descr", told(chart))
    inline.docPr.set("name", plain(chart.title)[:100])
    sheet.put(*title(sheet, chart.title, "caption", sheet.width))


def _put_table(sheet: Sheet, table: SetTable, *, keep: bool) -> None:
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


def _head(sheet: Sheet, table: Table, columns: Columns) -> Iterator[Any]:
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


def _rows(sheet: Sheet, table: Table, columns: Columns, *, keep: bool) -> Iterator[Any]:
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


def _cell(sheet: Sheet, text: str, name: str, size: float, *properties: Any) -> Any:
    """A cell's paragraph, in the letters of its table."""
    other = size if size != STYLES[name].size else 0.0
    return paragraph(style_id(sheet, name), [run(text, size=other, whole=True)] if text else [], *properties)


def _row(cells: list[Any], *, repeated: bool, whole: bool = True) -> Any:
    """`whole`: not parted by a page's end."""
    marks = [element("w:cantSplit")] * whole + [element("w:tblHeader")] * repeated
    return element("w:tr", None, element("w:trPr", None, *marks), *cells)
