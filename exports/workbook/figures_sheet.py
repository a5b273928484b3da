"""The sheet “Số liệu”: the form's rows in printed order. Parts stand side by side; in a form of years the years do, and the
parts below one another.

Indicators are formulas, so that who fills the workbook sees what the figures come to. They are for the eye only: what comes
back is computed anew from the counts.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from exports.reports.report_texts import UNVERIFIED
from exports.workbook.cell_styles import (
    ANY_NUMBER,
    CENTRE,
    COMPUTED,
    GROUP,
    GROUP_HEAD,
    HEAD,
    IDLE,
    ITALIC,
    ITALIC_CENTRE,
    PLAIN,
    TITLE,
    WHOLE,
    Allowed,
    CellStyle,
    SheetPainter,
)
from exports.workbook.template_keys import NOTE, TOTAL, SheetKind, keys_of
from forms.model.cell import STATE_SIGNS, CellState, at, place
from forms.model.count import Breakdown, Count
from forms.model.form import Section
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.number import format_number
from forms.model.report import Report

_FIRST = 5  # the column of the first figure; B, C, D are the number, the title and the measure
_TITLE_ROW, _HEAD_ROW = 2, 3
_NARROW, _WIDE = 9.5, 13.0


def add(book: Workbook, report: Report) -> None:
    """Adds the sheet, unless the form asks this unit for no figure."""
    sections = [(section, rows) for section in report.form.sections if (rows := _rows(report, section))]
    if sections:
        _Figures(book, report, [row for _, rows in sections for row in rows]).draw(sections)


def _rows(report: Report, section: Section) -> list[Count | Indicator]:
    """What this unit fills, and the indicators that can be computed from just that."""
    mine = {count.id for count in report.form.counts.values() if report.role in count.filled_by}
    rows: list[Count | Indicator] = []
    for row in section.rows:
        asked = row.id in mine if isinstance(row, Count) else _is_computable(row, report, mine)
        rows += [row] if asked else []
    return rows if any(isinstance(row, Count) for row in rows) else []


def _is_computable(row: Indicator, report: Report, mine: set[str]) -> bool:
    return report.role in row.computed_by and {name.partition(".")[0] for name in row.names} <= mine


@dataclass(frozen=True)
class _Columns:
    """Which key stands in which column: parts 1 … n and the total, then the years, then the note."""

    keys: tuple[str, ...]

    @classmethod
    def of(cls, counts: list[Count]) -> _Columns:
        plain = [count for count in counts if not count.years]
        parts = max((len(count.places) for count in plain if count.by), default=0)
        years = sorted({year for count in counts for year in count.years})
        keys = [str(part + 1) for part in range(parts)] + [TOTAL] * bool(plain) + [f"@{year}" for year in years]
        return cls((*keys, NOTE))

    def place(self, key: str) -> int:
        return _FIRST + self.keys.index(key)

    @property
    def parts(self) -> int:
        return sum(key.isdigit() for key in self.keys)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(int(key[1:]) for key in self.keys if key.startswith("@"))


class _Figures:
    """Draws row after row; knows where each cell came to stand, for the formulas below it."""

    def __init__(self, book: Workbook, report: Report, rows: list[Count | Indicator]) -> None:
        self._report = report
        counts = [row for row in rows if isinstance(row, Count)]
        self._columns = _Columns.of(counts)
        self._page = SheetPainter(book, SheetKind.FIGURES, landscape=len(self._columns.keys) > 4)
        self._spots: dict[str, tuple[int, int]] = {}
        self._row = _HEAD_ROW
        breakdowns = [count.by for count in counts if count.by and not count.years]
        self._single = breakdowns[0] if breakdowns and all(by == breakdowns[0] for by in breakdowns) else None
        self._shown: Breakdown | None = self._single

    def draw(self, sections: list[tuple[Section, list[Count | Indicator]]]) -> None:
        page = self._page
        for column, text in enumerate(("Số", "Nội dung", "Đơn vị tính"), 2):
            page.put(_HEAD_ROW, column, text, HEAD)
        widths = [_NARROW if key.startswith("@") else _WIDE for key in self._columns.keys[:-1]]
        page.widths(7.5, 46, 11, *widths, 30)
        required = {year for count in self._report.form.counts.values() for year in count.required_years}
        for key in self._columns.keys:
            column = self._columns.place(key)
            page.column_key(column, key)
            page.put(_HEAD_ROW, column, self._title_of(key, required), HEAD)
        if self._columns.parts and self._single is None:
            page.merge(_HEAD_ROW, _FIRST, _FIRST + self._columns.parts - 1)
        for section, rows in sections:
            self._section(section, rows)
            for row in rows:
                self._line(row)
        last = _FIRST + len(self._columns.keys) - 1
        self._page.put(_TITLE_ROW, 2, self._report.form.title.upper(), TITLE)
        self._page.merge(_TITLE_ROW, 2, last)
        self._page.freeze(_HEAD_ROW + 1, _FIRST, _HEAD_ROW)
        self._page.fit()

    def _title_of(self, key: str, required: set[int]) -> str:
        if key == NOTE:
            return "Ghi chú, nguồn số liệu"
        if key == TOTAL:
            return "Tổng số" if self._columns.parts else "Số liệu"
        if key.startswith("@"):
            return f"{key[1:]} *" if int(key[1:]) in required else key[1:]
        if self._single:
            return list(self._single.parts.values())[int(key) - 1]
        return "Chia theo" if key == "1" else ""

    def _section(self, section: Section, rows: list[Count | Indicator]) -> None:
        self._row += 1
        row, end = self._row, _FIRST + len(self._columns.keys)
        self._page.put(row, 2, section.number, GROUP_HEAD)
        self._page.put(row, 3, section.title.upper(), GROUP)
        for column in range(4, end):
            self._page.put(row, column, "", GROUP_HEAD)
        first = next((row for row in rows if isinstance(row, Count)), None)
        if first and self._single is None and first.by and not first.years:
            self._part_titles(row, first.by)

    def _part_titles(self, row: int, by: Breakdown) -> None:
        self._shown = by
        for part, title in enumerate(by.parts.values()):
            self._page.put(row, _FIRST + part, title, GROUP_HEAD)

    def _line(self, row: Count | Indicator) -> None:
        if isinstance(row, Indicator):
            title = _titled(row.title, verified=row.verified)
            self._begin(row.number, title, row.measure, (ITALIC, ITALIC_CENTRE))
            for year in row.years or (None,):
                key = f"@{year}" if year else TOTAL
                if key in self._columns.keys and self._holds(row.names, year):
                    self._computed(row, year, self._columns.place(key))
            parts = row.each_part.parts if row.each_part and not row.years else ()
            for number, part in enumerate(parts):
                if self._holds([f"{name}.{part}" for name in row.names], None):
                    self._computed(row, None, _FIRST + number, part)
            self._page.put(self._row, self._columns.place(NOTE), _aim(row, self._report), ITALIC)
        elif row.years and row.by:
            self._parts_by_years(row)
        else:
            self._count(row)

    def _count(self, count: Count) -> None:
        """One row: its parts side by side with their total, or its years, or one figure."""
        if count.by and count.by != self._shown:
            self._row += 1
            for column in range(2, _FIRST + len(self._columns.keys)):
                self._page.put(self._row, column, "", GROUP_HEAD)
            self._part_titles(self._row, count.by)
        self._begin(count.number, _titled(count.title, verified=count.verified), count.measure)
        cells = self._input(count, count.cells)
        if count.by:
            self._page.formula(self._row, self._columns.place(TOTAL), total_of(self._area(cells)))
        self._note(count, cells[0])

    def _parts_by_years(self, count: Count) -> None:
        """A row of totals, then one for each part."""
        self._begin(count.number, _titled(count.title, verified=count.verified), count.measure)
        top = self._row
        assert count.by is not None
        for bare, title in zip(count.places, count.by.parts.values(), strict=True):
            self._begin("", f"– {title}", count.measure)
            cells = self._input(count, [cell for cell in count.cells if place(cell)[0] == bare])
            self._note(count, cells[0])
        for year in count.years:
            cells = tuple(count.cells_at(year))
            self._page.formula(top, self._columns.place(f"@{year}"), total_of(self._area(cells)))

    def _begin(
        self, number: str, title: str, measure: str, looks: tuple[CellStyle, CellStyle] = (PLAIN, CENTRE)
    ) -> None:
        self._row += 1
        self._page.put(self._row, 2, number, looks[1])
        self._page.put(self._row, 3, title, looks[0])
        self._page.put(self._row, 4, measure, looks[1])
        for column in range(_FIRST, _FIRST + len(self._columns.keys)):
            self._page.put(self._row, column, "", IDLE)

    def _input(self, count: Count, cells: Any) -> tuple[str, ...]:
        """The cells of this row, opened and held to what may be typed."""
        required, listed = self._report.required_cells, tuple(cells)
        for cell in listed:
            row_key, column_key = keys_of(count, cell)
            self._page.row_key(self._row, row_key)
            column = self._columns.place(column_key)
            self._spots[cell] = self._row, column
            value, form = self._value(count, cell), ANY_NUMBER if count.decimals else WHOLE
            self._page.open(self._row, column, value, form, name=f"so.{cell}", asked=cell in required)
        self._page.allow(_figure(count), self._spots[listed[0]], self._spots[listed[-1]])
        return listed

    def _value(self, count: Count, cell: str) -> Any:
        """What the draft holds; what follows from a list of items is left to the list."""
        if count.from_news and self._report.news:
            return None
        held = self._report.cell(cell)
        return held.amount if held.amount is not None else STATE_SIGNS[held.state] or None

    def _note(self, count: Count, cell: str) -> None:
        """The note of a row is the note of its first cell."""
        note, column = self._report.cell(cell).note, self._columns.place(NOTE)
        self._page.open(self._row, column, note, name=f"ghi_chu.{keys_of(count, cell)[0]}", asked=False)

    def _computed(self, indicator: Indicator, year: int | None, column: int, part: str = "") -> None:
        def area(name: str) -> str:
            bare = f"{name}.{part}" if part else name
            count = self._report.form.counts.get(bare)
            return self._area(count.cells_at(year) if count else (at(bare, year),))

        places = f".{'0' * indicator.decimals}" if indicator.decimals else ""
        self._page.formula(self._row, column, formula_of(indicator, area), COMPUTED, f"#,##0{places}")

    def _holds(self, names: Any, year: int | None) -> bool:
        return all(cell in self._spots for name in names for cell in self._cells(name, year))

    def _cells(self, name: str, year: int | None) -> Iterator[str]:
        count = self._report.form.counts.get(name)
        yield from count.cells_at(year) if count else (at(name, year),)

    def _area(self, cells: Any) -> str:
        spots = sorted(self._spots[cell] for cell in cells)
        (top, left), (bottom, right) = spots[0], spots[-1]
        first, last = f"{get_column_letter(left)}{top}", f"{get_column_letter(right)}{bottom}"
        return first if first == last else f"{first}:{last}"


def _figure(count: Count) -> Allowed:
    """A number from 0 up, whole unless the count has decimals, or one of the signs."""
    bounds = ["ISNUMBER({cell})", "{cell}>=0"]
    bounds += [] if count.decimals else ["{cell}=INT({cell})"]
    bounds += [f"{{cell}}<={count.maximum:f}"] if count.maximum is not None else []
    signs = ",".join(f'{{cell}}="{sign}"' for sign in ("-", "x", "…", "..."))
    most = f" không quá {format_number(count.maximum)}" if count.maximum is not None else ""
    kind = f"số có nhiều nhất {count.decimals} chữ số thập phân" if count.decimals else "số nguyên"
    error = f"Gõ {kind} từ 0 trở lên{most}; không có số liệu thì gõ “-” (không phát sinh), “x” (không áp dụng) hoặc “...” (không thu thập)."
    formula = f"OR(AND({','.join(bounds)}),{signs})"
    return Allowed("custom", formula, error, prompt=count.help, title=f"{count.number}. {count.title}")


def _titled(title: str, *, verified: bool) -> str:
    return title if verified else f"{title} {UNVERIFIED}"


def _aim(indicator: Indicator, report: Report) -> str:
    """The next milestone, in the plan's words."""
    ahead = [target for target in indicator.targets if target.year >= report.period.year]
    target = min(ahead, key=lambda target: target.year, default=None)
    if target is None:
        return ""
    return f"Mốc năm {target.year}: {_titled(target.words, verified=target.verified)}"


Area = Callable[[str], str]  # the cells of a count or of one part of it: "E12:F12"
_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.LtE: "<=",
    ast.Lt: "<",
    ast.GtE: ">=",
    ast.Gt: ">",
    ast.Eq: "=",
    ast.NotEq: "<>",
}


def formula_of(indicator: Indicator, area: Area) -> str:
    """The formula of an indicator over the cells that `area` names: empty while one is blank, a sign where one says so."""
    asked = indicator.rule if indicator.kind is IndicatorKind.SHARE_OF_UNITS else indicator.formula
    if asked is None:
        return ""
    areas = [area(name) for name in asked.names]
    blank = "+".join(f"COUNTBLANK({cells})" for cells in areas)
    result = _result(indicator, _written(ast.parse(asked.text, mode="eval").body, area))
    for state in (CellState.NOT_APPLICABLE, CellState.NOT_COLLECTED):
        sign = STATE_SIGNS[state]
        lacking = ",".join(f'COUNTIF({cells},"{sign}")=ROWS({cells})*COLUMNS({cells})' for cells in areas)
        result = f'IF(OR({lacking}),"{sign}",{result})'
    return f'=IF({blank}>0,"",{result})'


def total_of(cells: str) -> str:
    """The parts together, as soon as all are there."""
    return f'=IF(COUNTBLANK({cells})>0,"",IF(COUNT({cells})=0,"{STATE_SIGNS[CellState.NONE]}",SUM({cells})))'


def _result(indicator: Indicator, value: str) -> str:
    if indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        return f'IF({value},"Đạt","Chưa đạt")'
    if indicator.kind is IndicatorKind.YES_NO:
        return f'IF({value}=1,"Có","Chưa")'
    return f'IFERROR(ROUND({value},{indicator.decimals}),"{STATE_SIGNS[CellState.NONE]}")'


def _written(node: ast.expr, area: Area) -> str:
    """As Excel writes it. A sum of one cell is that cell, with “không phát sinh” as nought."""
    match node:
        case ast.Constant(value=value):
            return str(value)
        case ast.Name() | ast.Attribute():
            return f"SUM({area(ast.unparse(node))})"
        case ast.BinOp(left=left, op=op, right=right):
            return f"({_written(left, area)}{_SIGNS[type(op)]}{_written(right, area)})"
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return f"{_written(left, area)}{_SIGNS[type(op)]}{_written(right, area)}"
        case ast.BoolOp(values=values):
            return f"AND({','.join(_written(value, area) for value in values)})"
    raise ValueError(f"{ast.unparse(node)!r} is no expression of a form")
