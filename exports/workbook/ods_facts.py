"""Facts of an .ods (LibreOffice): its XML streamed through expat. Cells and rows may be said once for many. Runs in the
child process."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from xml.parsers import expat

from exports.workbook.archive import Archive, guard, parse, refused
from exports.workbook.facts import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Facts, Size, hide, too_big

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
_LONGEST = 80  # letters of what is seen; a number with its words is shorter
_SEEN = re.compile(r"[0-9](?:[0-9.,\u00a0\u202f ]*[0-9])?")
_VALUE = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?")
_LINKED = ("table:dde-links", "table:table-source", "table:cell-range-source", "office:dde-source")
Attributes = dict[str, str]


def facts_of(archive: Archive) -> list[Facts]:
    """The sheets in the workbook's order. Raises InputRefused."""
    if MANIFEST in archive.names and b"encryption-data" in archive.read(MANIFEST):
        raise refused("WORKBOOK_ENCRYPTED")
    content = _Content()
    parse(archive.chunks(CONTENT), content.parser)
    if not content.sheets:
        raise refused("WORKBOOK_DAMAGED")
    return content.sheets


class _Content:
    """A cell is noted at its end, when it is known whether anything stands in it; a row's cells are then many at once."""

    def __init__(self) -> None:
        self.sheets: list[Facts] = []
        self._size = Size()
        self._row = self._column = self._row_times = 0
        self._in_row = 0  # cells with content in this row
        self._last = -1
        self._attributes: Attributes = {}
        self._has_text, self._text = False, ""  # as people see the cell
        self._deep = 0  # tables inside cells, notes: not ours
        self.parser = expat.ParserCreate()
        guard(self.parser)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if name in _LINKED:
            raise refused("WORKBOOK_LINKS")
        if name == "office:annotation":
            self._deep += 1
        elif name == "table:table":
            self.sheets.append(Facts(attributes.get("table:name", "")))
            self._row = self._column = 0
            if len(self.sheets) > MOST_SHEETS:
                raise too_big("có quá nhiều sheet")
        elif name == "table:table-column":
            self._columns(attributes)
        elif name == "table:table-row":
            self._column, self._in_row, self._last = 0, 0, -1
            self._row_times = _times(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                hide(self._facts.hidden_rows, self._row, self._row_times, MOST_ROWS)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._attributes, self._has_text, self._text = attributes, False, ""
        elif name == "text:p" and not self._deep:
            self._has_text = True
            self.parser.CharacterDataHandler = self._read

    def _read(self, text: str) -> None:
        if len(self._text) < _LONGEST:
            self._text += text

    @property
    def _facts(self) -> Facts:
        if not self.sheets:
            raise refused("WORKBOOK_DAMAGED")
        return self.sheets[-1]

    def _columns(self, attributes: Attributes) -> None:
        times = _times(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility", "visible") != "visible":
            hide(self._facts.hidden_columns, self._column, times, MOST_COLUMNS)
        self._column += times

    def _end(self, name: str) -> None:
        if name == "office:annotation":
            self._deep -= 1
        elif name == "text:p" and not self._deep:
            self.parser.CharacterDataHandler = None
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(self._attributes)
        elif name == "table:table-row":
            self._end_row()

    def _cell(self, attributes: Attributes) -> None:
        times = _times(attributes, "table:number-columns-repeated")
        formula, kind = "table:formula" in attributes, attributes.get("office:value-type")
        if formula or kind or self._has_text:
            self._in_row += times
            self._last = self._column + times - 1
            self._size.add(self._facts.name, (self._row, self._last), 0)
            for column in range(self._column, self._column + times):
                self._note(column, formula=formula, kind=kind, attributes=attributes)
        rows = _times(attributes, "table:number-rows-spanned")
        columns = _times(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self._facts.merged.append((self._row, self._column, self._row + rows - 1, self._column + columns - 1))
        self._column += times

    def _note(self, column: int, *, formula: bool, kind: str | None, attributes: Attributes) -> None:
        facts, spot = self._facts, (self._row, column)
        if formula:
            (facts.formulas if kind or self._has_text else facts.pending).add(spot)
        if attributes.get("calcext:value-type") == "error":
            facts.errors[spot] = ""
        if kind in ("percentage", "float") and (times := _percents(attributes, kind, self._text)):
            facts.percents[spot] = times

    def _end_row(self) -> None:
        if self._in_row:
            last = self._row + self._row_times - 1
            self._size.add(self._facts.name, (last, self._last), min(self._in_row * self._row_times, MOST_CELLS + 1))
        self._row += self._row_times


def _percents(attributes: Attributes, kind: str, seen: str) -> int:
    """How often the number is shown times 100. The cell's kind tells that of its whole format; of the section that is in
    force only what is seen tells it."""
    if not seen or (kind == "float" and "%" not in seen):
        return int(kind == "percentage")
    found, value = _SEEN.search(seen), attributes.get("office:value", "")
    if found is None or not _VALUE.fullmatch(value):
        return int(kind == "percentage")
    as_it_is, multiplied = (_is_shown(Decimal(value).scaleb(places), found[0]) for places in (0, 2))
    if as_it_is == multiplied:
        return int(kind == "percentage")
    return int(multiplied)


def _is_shown(amount: Decimal, seen: str) -> bool:
    """Whether the digits are those of the amount, whichever sign stands before decimals and which between thousands."""
    digits = re.sub("[^0-9]", "", seen)
    behind = len(re.split("[.,]", seen)[-1]) if re.search("[.,]", seen) else 0
    shown = (abs(amount).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for places in {0, behind})
    return any(digits.lstrip("0") == f"{one:f}".replace(".", "").lstrip("0") for one in shown)


def _times(attributes: Attributes, key: str) -> int:
    text = attributes.get(key, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise refused("WORKBOOK_DAMAGED")
    return max(int(text), 1)
