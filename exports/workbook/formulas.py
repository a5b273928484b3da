"""Indicators as the spreadsheet computes them, so that who fills the workbook sees what the figures come to. They are for
the eye only: what comes back is computed anew from the counts."""

from __future__ import annotations

import ast
from collections.abc import Callable

from forms.cell import STATE_SIGNS, CellState
from forms.indicator import Indicator, IndicatorKind

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
