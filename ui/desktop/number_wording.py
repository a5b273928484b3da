"""Figures and verdicts in the words of the screen. No Qt."""

from __future__ import annotations

from decimal import Decimal

from forms.model.expression import Lack, Quantity
from forms.model.indicator import Direction, Indicator, IndicatorKind
from forms.model.number import format_number
from forms.prose.wording import parts_lacking
from forms.summary.totals import Result
from forms.summary.verdict import VERDICT_TITLES, Verdict
from ui.desktop.rows import ListItem

_LACK_SIGNS = {Lack.BLANK: "", Lack.NOT_ARISEN: "-", Lack.NOT_APPLICABLE: "x", Lack.NOT_COLLECTED: "…"}
_VERDICT_LOOKS = {
    Verdict.MET: ("good", "done"),
    Verdict.NOT_MET: ("warning", "warning"),
    Verdict.NOT_ARISEN: ("muted", ""),
    Verdict.NOT_COMPARABLE: ("muted", "hint"),
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
    return f"{persons}{parts}, {points}" if persons else points


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
    return f"{verb} {counted(count)} {indicator.gap_noun}", points


def counted(number: int) -> str:
    """How many of something, with the thousands apart."""
    return format_number(Decimal(number))


def verdict_item(result: Result) -> ListItem:
    tone, icon = _VERDICT_LOOKS[result.verdict]
    return ListItem(VERDICT_TITLES[result.verdict], tone, icon)


def in_two_lines(digits: str) -> str:
    """Thirty digits as they are read out: two lines of three groups."""
    groups = digits.split()
    half = (len(groups) + 1) // 2
    return "\n".join([" ".join(groups[:half]), " ".join(groups[half:])])
