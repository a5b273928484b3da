"""How a figure is told in a sentence of administrative Vietnamese: with its measure, its change, what is lacking."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from forms.model.cell import STATE_SIGNS, CellState
from forms.model.expression import Lack, Quantity
from forms.model.indicator import Direction, Indicator, IndicatorKind
from forms.model.number import counted, format_number
from forms.summary.ranking import Alike
from forms.summary.totals import Result
from forms.summary.verdict import VERDICT_TITLES, Verdict

SIGNS = {lack: "hai nguồn" if lack is Lack.TWO_SOURCES else STATE_SIGNS[CellState(lack.value)] for lack in Lack}
LACKING = {
    Lack.NOT_ARISEN: "không phát sinh",
    Lack.NOT_APPLICABLE: "không áp dụng",
    Lack.NOT_COLLECTED: "không thu thập được số liệu",
    Lack.BLANK: "chưa có đủ số liệu để đánh giá",
    Lack.TWO_SOURCES: "hai nguồn số liệu khác nhau, chưa chọn",
}
POINTS = "điểm phần trăm"
UNCHANGED = "không đổi"
_NAMED = 3  # of the units that have the same figure

# Phụ lục II of NĐ 30/2020 keeps these capital even inside a sentence.
_ALWAYS_CAPITAL = ("Thành phố Hồ Chí Minh", "Thủ đô Hà Nội")
KIND_WORDS = ("Xã", "Phường", "Thị trấn", "Đặc khu", "Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã")


def measured(indicator: Indicator, quantity: Quantity) -> str:
    """A result with its measure: “61,7%”, “112,5 bé trai/100 bé gái”, “đã thực hiện”; the sign of a lack."""
    if isinstance(quantity, Lack):
        return SIGNS[quantity]
    if indicator.kind is IndicatorKind.YES_NO:
        return "đã thực hiện" if quantity == 1 else "chưa thực hiện"
    blank = "" if indicator.measure == "%" else " "
    return f"{format_number(quantity, indicator.decimals)}{blank}{indicator.measure}"


def lacking(result: Result) -> str:
    """How far a result is from its target, after "chưa đạt": “, thiếu 12 nữ”, “, thấp hơn 3,2 điểm phần trăm”."""
    higher = result.indicator.direction is Direction.HIGHER
    if result.gap_count and result.indicator.gap_noun:
        verb = "thiếu" if higher else "vượt"
        return f", {verb} {counted(result.gap_count)} {result.indicator.gap_noun}{parts_lacking(result)}"
    if not result.gap or result.indicator.kind is IndicatorKind.YES_NO:
        return ""
    gap = format_number(abs(result.gap), result.indicator.decimals)
    return f", {'thấp' if result.gap < 0 else 'cao'} hơn {gap} {points(result.indicator)}"


def parts_lacking(result: Result) -> str:
    """What each part lacks that must pass by itself: “ (trẻ em trai 02, trẻ em gái 03)”."""
    titles = result.indicator.each_part.parts if result.indicator.each_part else {}
    told = [f"{titles[part].lower()} {counted(count)}" for part, _, _, count in result.judged_parts if count]
    return f" ({', '.join(told)})" if told else ""


def so_far(result: Result) -> str:
    """“, đến nay đạt; còn thiếu 02 nơi báo cáo”."""
    if not result.so_far:
        return ""
    missing = result.expected - result.reported
    told = f"; còn thiếu {counted(missing)} nơi báo cáo" if missing > 0 else ""
    return f", đến nay {VERDICT_TITLES[result.so_far].lower()}{told}"


def verdict_title(result: Result) -> str:
    """The verdict in a column: “Đạt”; “Chưa đủ số liệu (đến nay: đạt)” where silent units could turn it."""
    said = VERDICT_TITLES[result.verdict]
    return f"{said} (đến nay: {VERDICT_TITLES[result.so_far].lower()})" if result.so_far else said


def standing(result: Result) -> str:
    """The verdict in words: “đạt”, “chưa đạt, thiếu 12 nữ”."""
    match result.verdict:
        case Verdict.MET:
            return "đạt"
        case Verdict.NOT_MET:
            return f"chưa đạt{lacking(result)}"
        case Verdict.NOT_ARISEN:
            return LACKING[Lack.NOT_ARISEN]
        case Verdict.NOT_COMPARABLE:
            return f"chưa đủ số liệu để đánh giá{so_far(result)}"
        case Verdict.TWO_SOURCES:
            return LACKING[Lack.TWO_SOURCES]
    return "chương trình không đặt mốc"


def points(indicator: Indicator) -> str:
    """What a difference of it is counted in."""
    return POINTS if indicator.measure == "%" else indicator.measure


def change(before: Decimal, now: Decimal, decimals: int, noun: str) -> str:
    """From the figures as they are shown: “tăng 3,2 điểm phần trăm”, “giảm 05 người”, “không đổi”."""
    difference = _shown(now, decimals) - _shown(before, decimals)
    if not difference:
        return UNCHANGED
    size = format_number(abs(difference), decimals) if decimals else counted(abs(difference))
    return f"{'tăng' if difference > 0 else 'giảm'} {size} {noun}".strip()


def inside_sentence(name: str) -> str:
    """A unit's name after other words: “Xã Bình Điền” → “xã Bình Điền”."""
    if is_territory(name) and name not in _ALWAYS_CAPITAL:
        return name[0].lower() + name[1:]
    return name


def named(alike: Alike) -> str:
    """Units with their figure: “xã A, xã B và 02 đơn vị khác (75,0%)”."""
    names = ", ".join(inside_sentence(unit.full_name) for unit in alike.units[:_NAMED])
    left = len(alike.units) - _NAMED
    more = f" và {counted(left)} đơn vị khác" if left > 0 else ""
    return f"{names}{more} ({measured(alike.result.indicator, alike.result.quantity)})"


def is_territory(name: str) -> bool:
    """Whether the name is one of a commune, province …, which acts through its People's Committee."""
    return name.startswith(tuple(f"{word} " for word in KIND_WORDS)) or name in _ALWAYS_CAPITAL


def _shown(amount: Decimal, decimals: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
