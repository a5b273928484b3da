"""Cells and indicators as they are typed and shown in the grid: a number, or a sign for why there is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from forms.model.cell import STATE_SIGNS, Cell, CellState
from forms.model.expression import Lack
from forms.model.indicator import Direction, IndicatorKind, Operator, Target
from forms.model.number import canonical, decimals_of, format_number, read_typed
from forms.model.period import Period, PeriodKind
from forms.prose.wording import parts_lacking
from forms.summary.totals import Result
from forms.summary.verdict import VERDICT_TITLES, Verdict
from ui.desktop.number_wording import quantity_words

TYPED_SIGNS = {
    "-": CellState.NONE,
    "–": CellState.NONE,
    "x": CellState.NOT_APPLICABLE,
    "X": CellState.NOT_APPLICABLE,
    "…": CellState.NOT_COLLECTED,
    "...": CellState.NOT_COLLECTED,
    ".": CellState.NOT_COLLECTED,
}
_THOUSANDTHS = 3
_OPERATORS = {
    Operator.AT_LEAST: "ít nhất",
    Operator.ABOVE: "trên",
    Operator.EQUAL: "đạt",
    Operator.AT_MOST: "không quá",
    Operator.BELOW: "dưới",
    Operator.ABOUT: "khoảng",
}


def read_cell(text: str, old: Cell, *, whole: bool) -> tuple[Cell, str]:
    """What was typed over a cell, and how it was understood when the writing was unusual. Its note and the mark to look
    at it again stay; what was carried forward is then somebody's own. `whole`: its count takes whole numbers only.
    Raises InputRefused."""
    plain = text.strip()
    state = TYPED_SIGNS.get(plain)
    typed = None if state else read_typed(plain, whole=whole)
    if typed is not None:
        return replace(old, state=CellState.GIVEN, amount=typed.amount, carried=False), typed.echo
    return replace(old, state=state or CellState.BLANK, amount=None, carried=False), ""


def cell_text(cell: Cell) -> str:
    """As it is read: 1.234."""
    return format_number(cell.amount) if cell.amount is not None else STATE_SIGNS[cell.state]


def editable_text(cell: Cell) -> str:
    """As it is typed, and as other programs take it whatever their country: 1234; 8,5."""
    if cell.amount is None:
        return STATE_SIGNS[cell.state]
    text = canonical(cell.amount).replace(".", ",")
    return f"{text}0" if decimals_of(cell.amount) == _THOUSANDTHS else text  # 1,234 alone could be 1234


def value_text(result: Result, part: str = "") -> str:
    """An indicator, or one part of it, without its measure."""
    quantity = dict(result.parts).get(part, Lack.BLANK) if part else result.quantity
    if result.indicator.kind is IndicatorKind.YES_NO and isinstance(quantity, Decimal):
        return "Có" if quantity == 1 else "Chưa"
    return quantity_words(quantity, result.indicator.decimals)


def target_text(target: Target, measure: str) -> str:
    """A target in short: ít nhất 60 %."""
    sign = "\u00a0%" if measure == "%" else ""
    return f"{_OPERATORS[target.operator]} {format_number(target.amount)}{sign}"


def target_words(result: Result) -> str:
    """A target in the plan's own words, told where they were never held against the plan."""
    if result.target is None:
        return ""
    said = f"Mốc {result.target.year}: {result.target.words}"
    return said if result.target.verified and result.indicator.verified else f"{said} (chưa đối chiếu)"


def verdict_words(result: Result) -> tuple[str, str]:
    """How an indicator stands against its target, what lacks in persons or units, and the tone of it."""
    if result.target is None or (result.verdict is Verdict.NOT_COMPARABLE and result.amount is None):
        return "", "muted"
    tone = {Verdict.MET: "good", Verdict.NOT_MET: "warning"}.get(result.verdict, "muted")
    return f"{VERDICT_TITLES[result.verdict]}{_lacking(result)}", tone


def short_period(period: Period) -> str:
    """A period as the heading of a narrow column: Q4/2025, T11/2025, 2025."""
    match period.kind:
        case PeriodKind.QUARTER:
            return f"Q{period.number}/{period.year}"
        case PeriodKind.MONTH:
            return f"T{period.number}/{period.year}"
        case PeriodKind.HALF:
            return f"{'Đầu' if period.number == 1 else 'Cuối'} {period.year}"
    return period.label.replace("..", "-")


def _lacking(result: Result) -> str:
    if result.verdict is not Verdict.NOT_MET or not result.gap_count:
        return ""
    verb = "thiếu" if result.indicator.direction is Direction.HIGHER else "vượt"
    lacking = f"{format_number(Decimal(result.gap_count))} {result.indicator.gap_noun}".rstrip()
    return f", {verb} {lacking}{parts_lacking(result)}"
