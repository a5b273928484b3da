"""Cells, figures and verdicts as they are typed and in the words of the screen: a number, or a sign for why there is none. No Qt."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from forms.model.cell import STATE_SIGNS, Cell, CellState, place
from forms.model.count import Count
from forms.model.expression import Lack, Quantity
from forms.model.indicator import Direction, Indicator, IndicatorKind, Operator, Target
from forms.model.number import canonical, decimals_of, format_number, read_typed
from forms.model.period import Period, PeriodKind
from forms.prose.wording import parts_lacking, verdict_title
from forms.summary.totals import Result
from forms.summary.verdict import VERDICT_TITLES, Verdict
from ui.desktop.rows import ListItem

_LACK_SIGNS = {
    Lack.BLANK: "",
    Lack.NOT_ARISEN: "-",
    Lack.NOT_APPLICABLE: "x",
    Lack.NOT_COLLECTED: "…",
    Lack.TWO_SOURCES: "hai nguồn",
}
_VERDICT_LOOKS = {
    Verdict.MET: ("good", "done"),
    Verdict.NOT_MET: ("warning", "warning"),
    Verdict.NOT_ARISEN: ("muted", ""),
    Verdict.NOT_COMPARABLE: ("muted", "hint"),
    Verdict.TWO_SOURCES: ("warning", "warning"),
    Verdict.NO_TARGET: ("muted", ""),
}


def quantity_words(quantity: Quantity, decimals: int | None = None) -> str:
    """A number as it is printed, or the sign that stands for its absence; blank is empty."""
    return _LACK_SIGNS[quantity] if isinstance(quantity, Lack) else format_number(quantity, decimals)


def value_words(result: Result) -> str:
    """An indicator's value with its measure: 62,5 %."""
    indicator = result.indicator
    if indicator.kind is IndicatorKind.YES_NO and result.amount is not None:
        return "Có" if result.amount == 1 else "Chưa"
    words = quantity_words(result.quantity, indicator.decimals)
    return f"{words} {indicator.measure}" if result.amount is not None else words


def operand_words(result: Result) -> str:
    """Numerator over denominator, where the indicator is a quotient."""
    known = result.operands
    if result.indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        return " / ".join(quantity_words(known[name]) for name in ("units_meeting", "units_expected"))
    formula = result.indicator.formula
    ratio = formula.ratio(lambda name: known.get(name, Lack.BLANK)) if formula else None
    return " / ".join(format_number(part) for part in ratio[:2]) if ratio else ""


def gap_words(result: Result) -> str:
    """What lacks where the target is missed: in persons or units of the numerator, and in points."""
    if result.verdict is not Verdict.NOT_MET or not result.gap:
        return ""
    if result.indicator.kind is IndicatorKind.YES_NO:
        return ""
    parts = parts_lacking(result)
    persons, points = _lacks(result.indicator, result.gap, result.gap_count)
    return ", ".join(filter(None, (f"{persons}{parts}", points))) if persons else points


def part_gap_words(result: Result, gap: Decimal | None, count: int | None) -> str:
    """The same of one part that must pass by itself; nothing where it passes."""
    return ", ".join(filter(None, _lacks(result.indicator, gap, count))) if gap and count else ""


def _lacks(indicator: Indicator, gap: Decimal, count: int | None) -> tuple[str, str]:
    """In persons or units of the numerator, where they have a name; and in points."""
    measure = "điểm %" if indicator.measure == "%" else indicator.measure
    points = f"{'thấp' if gap < 0 else 'cao'} hơn {format_number(abs(gap), indicator.decimals)} {measure}"
    if not count or not indicator.gap_noun:
        return "", points
    verb = "thiếu" if indicator.direction is Direction.HIGHER else "vượt"
    is_said = indicator.measure != "%" and abs(gap) == count  # “thiếu 01 cơ sở” is how much lower it is
    return f"{verb} {counted(count)} {indicator.gap_noun}", "" if is_said else points


def part_words(count: Count, cell: str, of_year: str) -> str:
    """The part and the year of a cell: Nữ, năm 2015. `of_year`: how the year is told, at `{}`."""
    bare, year = place(cell)
    part = bare.partition(".")[2]
    names = [count.by.parts[part]] if count.by and part else []
    return ", ".join([*names, *([of_year.format(year)] if year else [])])


def counted(number: int) -> str:
    """How many of something, with the thousands apart."""
    return format_number(Decimal(number))


def verdict_item(result: Result) -> ListItem:
    tone, icon = _VERDICT_LOOKS[result.verdict]
    return ListItem(verdict_title(result), tone, icon)


def in_two_lines(digits: str) -> str:
    """Thirty digits as they are read out: two lines of three groups."""
    groups = digits.split()
    half = (len(groups) + 1) // 2
    return "\n".join([" ".join(groups[:half]), " ".join(groups[half:])])


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
    said, tone = VERDICT_TITLES[result.verdict], {Verdict.MET: "good", Verdict.NOT_MET: "warning"}
    if result.so_far:
        return verdict_title(result), "muted"
    if result.verdict is Verdict.NOT_MET and result.gap_count:
        verb = "thiếu" if result.indicator.direction is Direction.HIGHER else "vượt"
        lacking = f"{counted(result.gap_count)} {result.indicator.gap_noun}".rstrip()
        said = f"{said}, {verb} {lacking}{parts_lacking(result)}"
    return said, tone.get(result.verdict, "muted")


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
