"""How the sheets of a fill-in workbook look and what may be typed into them: only the yellow cells. Text is never a formula."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.document import plain
from exports.workbook.template_keys import MARK, SHEET_TITLES, SheetKind, defined_name
from exports.xlsx import FACE

LONGEST_PROMPT, LONGEST_ERROR = 250, 220  # Excel allows 255 and 225
LINE_HEIGHT, LETTERS = 1.3, 1.12  # points of height to one of size; letters to one of width
_LINE = Side(style="thin", color="808080")
BOX = Border(_LINE, _LINE, _LINE, _LINE)
_INPUT, _OPTIONAL = (PatternFill("solid", fgColor=colour) for colour in ("FFF2CC", "FFFBEE"))
_HEAD, _GROUP, _IDLE = (PatternFill("solid", fgColor=colour) for colour in ("D9E2EC", "EEF2F6", "F7F7F7"))
_OPEN = Protection(locked=False)
DAY, WHOLE, ANY_NUMBER, TEXT = "dd/mm/yyyy", "#,##0", "General", "@"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell that nobody types into is drawn."""

    bold: bool = False
    italic: bool = False
    size: int = 11
    align: str = "left"
    vertical: str = "center"
    fill: PatternFill | None = None
    boxed: bool = True
    upright: bool = False


PLAIN = CellStyle()
CENTRE = CellStyle(align="center")
HEAD = CellStyle(bold=True, align="center", fill=_HEAD)
HEAD_UPRIGHT = CellStyle(bold=True, align="center", vertical="bottom", fill=_HEAD, upright=True)
GROUP = CellStyle(bold=True, fill=_GROUP)
GROUP_HEAD = CellStyle(bold=True, align="center", fill=_GROUP)
ITALIC = CellStyle(italic=True)
ITALIC_CENTRE = CellStyle(italic=True, align="center")
COMPUTED = CellStyle(italic=True, align="right", fill=_IDLE)
IDLE = CellStyle(fill=_IDLE)
BARE = CellStyle(boxed=False)
TITLE = CellStyle(bold=True, size=14, align="center", boxed=False)
SUBTITLE = CellStyle(bold=True, size=12, align="left", boxed=False)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be typed: `kind` and `formula` as Excel's data validation has them. Not `strict`: another value is asked about
    and may stay."""

    kind: str
    formula: str
    error: str
    second: str | None = None
    operator: str | None = None
    strict: bool = True
    prompt: str = ""
    title: str = ""


def listed(words: Sequence[str], error: str, *, strict: bool = True) -> Allowed:
    """One of a few words, none with a comma in it."""
    return Allowed("list", f'"{",".join(words)}"', error, strict=strict)


class SheetPainter:
    """One sheet of the workbook: hidden keys, locked text, open cells."""

    def __init__(self, book: Workbook, kind: SheetKind, *, landscape: bool = False) -> None:
        self.sheet: Worksheet = book.create_sheet(SHEET_TITLES[kind])
        self._book = book
        self.sheet.cell(1, 1).value = MARK + kind
        self.sheet.row_dimensions[1].hidden = True
        self.sheet.column_dimensions["A"].hidden = True
        self.sheet.sheet_view.showGridLines = False
        self._paper(landscape)
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = False  # allowed, in Excel's words

    def widths(self, *letters: float) -> None:
        """Of the columns from B on."""
        for column, width in enumerate(letters, 2):
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def column_key(self, column: int, key: str) -> None:
        self.sheet.cell(1, column).value = key

    def row_key(self, row: int, key: str) -> None:
        cell = self.sheet.cell(row, 1)
        cell.value, cell.data_type = key, "s"

    def put(self, row: int, column: int, text: str, look: CellStyle = PLAIN) -> None:
        """Locked text."""
        cell = self.sheet.cell(row, column)
        _write_text(cell, plain(text))
        _dress(cell, look)

    def formula(
        self, row: int, column: int, formula: str, look: CellStyle = COMPUTED, number_format: str = WHOLE
    ) -> None:
        """A locked cell that the spreadsheet computes."""
        cell = self.sheet.cell(row, column)
        cell.value, cell.number_format = formula, number_format
        _dress(cell, look)

    def merge(self, row: int, first: int, last: int, height: int = 1) -> None:
        if last > first or height > 1:
            self.sheet.merge_cells(start_row=row, end_row=row + height - 1, start_column=first, end_column=last)

    def open(
        self,
        row: int,
        column: int,
        value: Any = None,
        number_format: str = TEXT,
        *,
        name: str = "",
        asked: bool = True,
        tall: bool = False,
        align: str = "",
    ) -> None:
        """A cell to type into; `value` is what the draft holds already, text or number or day. `tall`: for many lines."""
        cell = self.sheet.cell(row, column)
        if isinstance(value, str):
            _write_text(cell, value)
        else:
            cell.value = value
        is_text = number_format == TEXT
        cell.number_format, cell.protection, cell.border = number_format, _OPEN, BOX
        cell.font, cell.fill = Font(FACE, 11), _INPUT if asked else _OPTIONAL
        cell.alignment = Alignment(
            align or ("left" if is_text else "right"),
            "top" if tall else "center",
            wrap_text=is_text,
            indent=0 if is_text else 1,
        )
        if name:
            self._name(row, column, name)

    def allow(self, allowed: Allowed, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        """What may be typed into the cells from `first` to `last`. `{cell}` in its formula is the first of them."""
        bottom, right = last or first
        area = f"{get_column_letter(first[1])}{first[0]}:{get_column_letter(right)}{bottom}"
        start = area.partition(":")[0]
        rule = DataValidation(
            type=allowed.kind,
            formula1=allowed.formula.replace("{cell}", start),
            formula2=allowed.second,
            operator=allowed.operator,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="stop" if allowed.strict else "warning",
            errorTitle="Chưa nhận được",
            error=plain(allowed.error)[:LONGEST_ERROR],
            sqref=area if last else start,
        )
        if allowed.prompt:
            rule.showInputMessage = True
            rule.promptTitle, rule.prompt = plain(allowed.title)[:32], _cut(plain(allowed.prompt))
        self.sheet.add_data_validation(rule)

    def freeze(self, row: int, column: int, head: int) -> None:
        """What stands above and left of the cell stays in sight; the head row is printed on every page."""
        self.sheet.freeze_panes = f"{get_column_letter(column)}{row}"
        self.sheet.print_title_rows = f"{head}:{row - 1}"

    def fit(self) -> None:
        """Every row as high as its text needs: neither Excel nor LibreOffice does it for a file that somebody else made."""
        wide = {(area.min_row, area.min_col): area.max_col for area in self.sheet.merged_cells.ranges}
        for line in self.sheet.iter_rows(min_row=2, min_col=2):
            shown = [cell for cell in line if isinstance(cell.value, str) and not cell.value.startswith("=")]
            if self.sheet.row_dimensions[line[0].row].height is None and shown:
                lines = max(_lines(cell, self._width(cell.column, wide.get((cell.row, cell.column)))) for cell in shown)
                size = max(cell.font.size for cell in shown)
                self.sheet.row_dimensions[line[0].row].height = lines * size * LINE_HEIGHT + 3

    def _width(self, first: int, last: int | None) -> float:
        """Of one column, or of those that are merged, in letters."""
        columns = range(first, (last or first) + 1)
        return sum(float(self.sheet.column_dimensions[get_column_letter(column)].width) for column in columns)

    def _name(self, row: int, column: int, name: str) -> None:
        at = absolute_coordinate(f"{get_column_letter(column)}{row}")
        key = defined_name(name)
        self._book.defined_names[key] = DefinedName(key, attr_text=f"{quote_sheetname(self.sheet.title)}!{at}")

    def _paper(self, landscape: bool) -> None:
        sheet = self.sheet
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = 0.6
        margins.bottom, margins.footer = 0.75, 0.35
        sheet.oddFooter.center.text = "Trang &P/&N"


def _lines(cell: Any, width: float) -> int:
    """How many lines the text of a cell takes: letters of this face are narrower than those that widths are counted in."""
    if cell.alignment.textRotation:
        return 1
    wide = 1.15 if cell.font.bold or cell.value.isupper() else 1.0
    letters = width * 11 / cell.font.size * LETTERS
    return sum(max(math.ceil(len(part) * wide / letters), 1) for part in cell.value.split("\n"))


def _write_text(cell: Any, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@'"


def _dress(cell: Any, look: CellStyle) -> None:
    cell.font = Font(FACE, look.size, bold=look.bold, italic=look.italic)
    indent = 1 if look.align == "right" else 0
    cell.alignment = Alignment(look.align, look.vertical, 90 if look.upright else 0, wrap_text=True, indent=indent)
    if look.boxed:
        cell.border = BOX
    if look.fill:
        cell.fill = look.fill


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_PROMPT else f"{text[: LONGEST_PROMPT - 1].rstrip()}…"
