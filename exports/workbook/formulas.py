"""Formulas of a fill-in workbook, and the sheet that is asked by keys instead of addresses.

A sheet of ours found again by its hidden marks, wherever its rows and columns are by now.

Indicators as the spreadsheet computes them, so that who fills the workbook sees what the figures come to. They are for
the eye only: what comes back is computed anew from the counts.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from exports.workbook.template_keys import HEAD, MARK, SheetKind
from forms.model.cell import STATE_SIGNS, CellState
from forms.model.indicator import Indicator, IndicatorKind
from forms.workbooks.import_result import Remarks
from forms.workbooks.sheets import Plain, Sheet, Sheets

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


_KEYS = 0  # the row and the column of the keys


class KeyedSheet:
    """One sheet of a fill-in workbook, asked by keys."""

    def __init__(self, sheet: Sheet, remarks: Remarks) -> None:
        self.sheet, self._remarks = sheet, remarks
        self.rows: dict[str, int] = {}
        self.columns: dict[str, int] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            if column == _KEYS and row > _KEYS:
                self._learn(self.rows, cell.text, row, row, column)
            elif row == _KEYS and column > _KEYS:
                self._learn(self.columns, cell.text, column, row, column)

    def _learn(self, known: dict[str, int], key: str, place: int, row: int, column: int) -> None:
        if key in known:
            problem = "Dòng hoặc cột này là bản chép của một dòng, cột khác trong phiếu. Xóa bản chép rồi cất lại."
            self._remarks.wrong("WORKBOOK_KEYS", self.sheet.where(row, column), problem)
        known.setdefault(key, place)

    def at(self, row: str, column: str) -> Plain | None:
        """What was typed there; a place that is gone is a problem."""
        if row not in self.rows or column not in self.columns:
            self._remarks.wrong("WORKBOOK_KEYS", f"{self.sheet.name}!{row}", self._gone)
            return None
        return self._remarks.plain(self.sheet, self.rows[row], self.columns[column])

    def where(self, row: str, column: str) -> str:
        if row in self.rows and column in self.columns:
            return self.sheet.where(self.rows[row], self.columns[column])
        return f"{self.sheet.name}!{row}"

    def line(self, row: int) -> dict[str, Plain]:
        """What was typed in a row, by the keys of the columns."""
        found = {key: self._remarks.plain(self.sheet, row, column) for key, column in self.columns.items()}
        return {key: cell for key, cell in found.items() if cell is not None and cell.text.strip(" \n") != ""}

    def spot(self, row: int, column: str) -> str:
        return self.sheet.where(row, self.columns.get(column, 1))

    def key(self, row: int) -> str:
        return self.sheet.text(row, _KEYS)

    def entries(self) -> Iterator[int]:
        """The rows below a list's head in which something was typed. A row that is hidden or filtered away is a problem."""
        if HEAD not in self.rows:
            self._remarks.wrong("WORKBOOK_KEYS", self.sheet.name, self._gone)
            return
        columns = set(self.columns.values())
        for row, line in self.sheet.rows():
            if row <= self.rows[HEAD] or not columns & line.keys():
                continue
            if row in self.sheet.hidden_rows:
                problem = "Dòng có nội dung nhưng đang bị ẩn hoặc bị lọc. Bỏ ẩn, bỏ lọc, xem lại rồi cất tệp."
                self._remarks.wrong("CELL_HIDDEN", f"{self.sheet.name}!{row + 1}", problem)
            else:
                yield row

    @property
    def _gone(self) -> str:
        return f"Sheet “{self.sheet.name}” thiếu dòng hoặc cột của phiếu (có thể đã xóa cột ẩn A). Xuất phiếu mới rồi chép số liệu sang."


def marked(sheets: Sheets) -> dict[SheetKind, Sheet]:
    """The sheets of ours in a workbook, by what they hold."""
    kinds = {MARK + kind: kind for kind in SheetKind}
    found: dict[SheetKind, Sheet] = {}
    for sheet in sheets.sheets:
        kind = kinds.get(sheet.text(_KEYS, _KEYS))
        if kind is not None:
            found.setdefault(kind, sheet)
    return found
