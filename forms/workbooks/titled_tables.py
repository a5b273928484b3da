"""A foreign workbook as its tables, every title taken apart, with what the lines above a table and the sheet's name say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from forms.workbooks.sheet_tables import Line, SheetTable, tables_of
from forms.workbooks.sheets import Sheet, Sheets, address
from forms.workbooks.title_matching import (
    FigureKind,
    Sex,
    Span,
    Words,
    bare,
    measured,
    rule,
    said,
    says_unit,
    scale_in,
    words,
)

LEAST = 0.5  # of two titles' words that must be shared for one to be shown as near the other
_NARROW_TABLE = rule(
    "thôn|tổ dân phố|khu vực|thành thị|nông thôn|dân tộc|thiểu số|vùng|nhóm|tuổi|riêng|miền núi|nghèo|khuyết tật|khối|chi bộ"
)
_NARROW_SHEET = rule("(?:đơn vị |tên )?(?:thôn|bản|làng|tổ dân phố|khu vực|khu phố|vùng|nhóm|khối)")
_PLANNED = rule("kế hoạch|kh|dự kiến|dự toán|chỉ tiêu giao|giao chỉ tiêu|phấn đấu|đăng ký")
_DONE = rule("kết quả|kq|thực hiện|th|theo kế hoạch|kế hoạch số")
_NO_CONTEXT = rule(
    "kèm theo|ban hành|căn cứ|kính gửi|nơi nhận|người lập|thủ trưởng|chủ tịch|số [0-9]+|theo (?:công văn|quyết định|kế hoạch số)"
)
_SIGNED = rule("ngày [0-9]+ tháng [0-9]+ năm [0-9]+|ngày tháng năm")
_UNTIL = rule("(?:tính|số liệu) đến|đến ngày|đến hết")
SPAN_WORDS = {
    "quarter": "quý {}",
    "month": "tháng {}",
    "half": "nửa năm thứ {}",
    "months": "{} tháng",
    "year": "cả năm",
    "days": "một khoảng ngày",
}


@dataclass(frozen=True)
class CellCandidate:
    """One place. `rows` and `heads`: its titles, outermost first. `said`: what else of the sheet its meaning hangs on (year
    of the title line, unit). `scale`: what the sheet's unit says it has to be multiplied by."""

    sheet: str
    row: int
    column: int
    rows: tuple[str, ...]
    heads: tuple[str, ...]
    value: str = ""
    said: tuple[str, ...] = ()
    scale: int = 1
    doubts: tuple[str, ...] = ()
    is_ours: bool = True  # its title is ours, not only like it
    is_total: bool = False  # all that makes it doubtful is that it counts women and men together

    @property
    def place(self) -> str:
        return address(self.row, self.column)

    @property
    def why(self) -> str:
        return "; ".join(self.doubts)


@dataclass(frozen=True)
class TableContext:
    """What a table's title lines and its sheet's name say of all its figures."""

    years: frozenset[int] = frozenset()
    spans: frozenset[Span] = frozenset()
    kinds: frozenset[FigureKind] = frozenset()
    sexes: frozenset[Sex] = frozenset()
    narrow: str = ""
    units: tuple[tuple[int, tuple[Words, ...]], ...] = ()
    unit_text: str = ""


class ReadTable:
    """A table with what is said over it, and its rows by their titles."""

    def __init__(self, table: SheetTable) -> None:
        self.sheet, self.rows, self.columns = table.sheet, table.rows, table.columns
        self.context = _context(table)
        self._by_title: dict[Words, list[int]] = {}
        for at, row in enumerate(self.rows):  # by each title by itself, and with the one over it
            alone = [one.left for one in row.titles]
            for left in {*alone, *(bare((*a, *b)) for a, b in pairwise(alone) if a and b)} - {()}:
                self._by_title.setdefault(left, []).append(at)
        self._worth: dict[Words, tuple[Line, ...]] = {}

    def worth(self, title: Words) -> tuple[Line, ...]:
        """The rows that have this title or one like it, or a piece of it that a head may complete."""
        if title not in self._worth:
            heads = {left for column in self.columns for one in column.titles if (left := one.left)}
            found = set[int]()
            for left, rows in self._by_title.items():
                shared, both = {*left} & {*title}, {*left, *title}
                is_like = len(shared) == len({*title}) or len(shared) >= LEAST * len(both)
                if shared and (is_like or any(joined(left, title, head) for head in heads)):
                    found.update(rows)
            self._worth[title] = tuple(self.rows[at] for at in sorted(found))
        return self._worth[title]

    def candidate(self, row: Line, column: Line) -> CellCandidate:
        """As it stands, whatever it may be for."""
        scale = max((scale for scale, _ in self.measures(row, column) if scale != 1), default=1)
        place, value = (row.number, column.number), self.sheet.text(row.number, column.number)
        return CellCandidate(self.sheet.name, *place, row.texts, column.texts, value, tuple(self._signs(row)), scale)

    def measures(self, row: Line, column: Line) -> list[tuple[int, tuple[Words, ...]]]:
        """(scale, units) as the column ĐVT, the heads, the title say; the line “Đơn vị tính” where they say nothing."""
        own = [measured(row.unit)] if words(row.unit) and words(row.unit) != ("nt",) else []
        own += [(one.scale, one.units) for one in (*row.heads, *column.heads) if one.units or one.scale != 1]
        above = [one for one in self.context.units if not own or one[0] != 1]
        return own + above

    def _signs(self, row: Line) -> Iterator[str]:
        context = self.context
        yield from (f"năm {year}" for year in sorted(context.years))
        yield from (SPAN_WORDS[name].format(number) for name, number in sorted(context.spans))
        yield from sorted(context.kinds)
        yield from sorted(context.sexes)
        yield from (text for text in (row.unit, context.unit_text) if text)


class Book:
    """A workbook with the tables of its visible sheets."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets.sheets if not sheet.hidden and sheet.cells}
        self._read: dict[str, tuple[ReadTable, ...]] = {}

    def of(self, sheet: Sheet) -> tuple[ReadTable, ...]:
        if sheet.name not in self._read:
            self._read[sheet.name] = tuple(map(ReadTable, tables_of(sheet)))
        return self._read[sheet.name]

    @property
    def tables(self) -> tuple[ReadTable, ...]:
        return tuple(titles for sheet in self._sheets.values() for titles in self.of(sheet))

    def at(self, sheet: str, row: int, column: int) -> CellCandidate | None:
        """The figure that stands there with its titles; None outside of every table."""
        for titles in self.of(self._sheets[sheet]) if sheet in self._sheets else ():
            down = next((one for one in titles.rows if one.number == row), None)
            across = next((one for one in titles.columns if one.number == column), None)
            if down and across:
                return titles.candidate(down, across)
        return None


def joined(inner: Words, title: Words, head: Words) -> bool:
    """The words of a row and those of a head are together the title."""
    if not inner or not head or abs(len(inner) + len(head) - len(title)) > 2:
        return False
    return title in (bare((*inner, *head)), bare((*head, *inner)))


def _context(table: SheetTable) -> TableContext:
    """The nearest title line that names a year or period holds; the sheet's name may not contradict it."""
    years, spans = _when_of(table.lines)
    top_years, top_spans = _when_of(table.top)
    years, spans = years or top_years, spans or top_spans
    name = re.sub(r"([^\W\d_qQtT])(?=[0-9])", r"\1 ", table.sheet.name)  # “Biểu1” is “Biểu 1”, but “Q4” stays
    named = said(name)
    years, spans = years | named.years, spans | {one for one in named.spans if one[0] in SPAN_WORDS}
    kinds: set[FigureKind] = set()
    for line in (*_told(table.lines or table.top), name):
        joined = " ".join(words(line))
        if _PLANNED.search(joined) and not _DONE.search(joined):
            kinds.add(FigureKind.PLAN)
        if FigureKind.ESTIMATE in said(line).kinds:
            kinds.add(FigureKind.ESTIMATE)
    units = sorted((line for line in table.lines if says_unit(line)), key=len)
    units = units or sorted((line for line in table.top if says_unit(line)), key=len)
    measures = [measured(line.rpartition(":")[2]) for line in units[:1]]
    lines = (*table.lines, *table.top, *table.notes)
    scaled = next((line for line in lines if line not in units and scale_in(line) != 1), "")
    if scaled:
        measures.append((scale_in(scaled), ()))
    narrow = next((line for line in table.lines if _NARROW_TABLE.search(" ".join(words(line)))), "")
    narrow = narrow or next((line for line in table.top if _NARROW_SHEET.match(" ".join(words(line)))), "")
    sexes = named.sexes if named.is_plain else frozenset()
    shown = " ".join((*units[:1], *([scaled] if scaled else [])))
    return TableContext(frozenset(years), frozenset(spans), frozenset(kinds), sexes, narrow, tuple(measures), shown)


def _told(lines: Iterable[str]) -> list[str]:
    """Without signatures, letter heads, references to other papers."""
    return [
        line
        for line in lines
        if not _NO_CONTEXT.search(joined := " ".join(words(line)))
        and (not _SIGNED.search(joined) or _UNTIL.search(joined))
    ]


def _when_of(lines: Iterable[str]) -> tuple[set[int], set[Span]]:
    found = [said(line) for line in _told(lines)]
    spans = {span for one in found for span in one.spans if span[0] in SPAN_WORDS}
    return {year for one in found for year in one.years}, spans
