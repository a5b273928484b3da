"""Numbers as they are written in Vietnam: 1.234,5. Exact decimals, at most 15 digits and 6 decimals, never floats.

Two readers, two audiences: `read_typed` for what a person types, `read_canonical` for what a file holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from forms.errors import InputRefused

_VIETNAMESE = re.compile(r"-?(?:[0-9]{1,15}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})(?:,[0-9]{1,6})?")
_GROUPED = re.compile(r"-?(?:[0-9]{1,15}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})")
_POINT = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,6}")
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
_ENGLISH = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?")
_CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number somebody typed; `echo` says how it was understood when the writing was unusual."""

    amount: Decimal
    echo: str = ""


def read_typed(text: str, *, whole: bool = False) -> TypedNumber | None:
    """What a person typed. Blank is None; 1.234 is 1234; 8.5 is 8,5 with an echo; 1,234 is asked about.

    `whole`: where only a whole number can stand, digits and groups of thousands are read and nothing else: 1,0 and
    1.00 may be a slip for 10 and 100. Raises InputRefused NUMBER_AMBIGUOUS, NUMBER_NOT_WHOLE, NUMBER_UNREADABLE.
    """
    plain = text.strip()
    if not plain:
        return None
    if _AMBIGUOUS.fullmatch(plain) or _ENGLISH.fullmatch(plain):
        raise InputRefused("NUMBER_AMBIGUOUS", _asked_whole(plain) if whole else _asked(plain))
    if whole and not _GROUPED.fullmatch(plain) and (_VIETNAMESE.fullmatch(plain) or _POINT.fullmatch(plain)):
        raise InputRefused("NUMBER_NOT_WHOLE", _not_whole(plain))
    if _VIETNAMESE.fullmatch(plain):
        return TypedNumber(_exact(plain.replace(".", "").replace(",", ".")))
    if _POINT.fullmatch(plain):
        amount = _exact(plain)
        return TypedNumber(amount, f"Đã hiểu “{plain}” là {format_number(amount)}.")
    raise InputRefused(
        "NUMBER_UNREADABLE",
        f"“{plain[:40]}” không phải là số. Chỉ gõ chữ số 0–9, "
        "dấu phẩy cho phần thập phân (8,5), dấu chấm để tách hàng nghìn (1.234).",
    )


def read_canonical(text: str) -> Decimal:
    """A number in a file: `-?digits[.decimals]`, ASCII, no grouping, no leading zero. It keeps the noughts that were
    written behind the point, for `decimals_written`. Raises InputRefused."""
    if not isinstance(text, str) or not _CANONICAL.fullmatch(text) or text == "-0":
        raise InputRefused(
            "NUMBER_UNREADABLE",
            f"“{str(text)[:40]}” không phải là số đúng dạng trong tệp. "
            "Ghi chữ số liền nhau, dấu chấm trước phần thập phân, ví dụ 1250 hoặc 8.5.",
        )
    return Decimal(text)


def canonical(amount: Decimal) -> str:
    """The one way a number is written in files: no exponent, no trailing zeros, no minus zero."""
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def format_number(amount: Decimal | None, decimals: int | None = None) -> str:
    """As it is printed: 1.234,5. `decimals` rounds half up; None shows what is there."""
    if amount is None:
        return ""
    shown = amount if decimals is None else amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if shown == 0:
        shown = abs(shown)
    text = f"{shown:,f}" if decimals is not None else f"{Decimal(canonical(shown)):,f}"
    return text.translate(str.maketrans(",.", ".,"))


def is_whole(amount: Decimal) -> bool:
    return amount == amount.to_integral_value()


def decimals_of(amount: Decimal) -> int:
    """How many decimals the number really needs."""
    return 0 if is_whole(amount) else len(canonical(amount).partition(".")[2])


def decimals_written(amount: Decimal) -> int:
    """How many decimals it was written with, noughts too: three for 1.000, which may have been meant for 1000."""
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _exact(text: str) -> Decimal:
    return Decimal(canonical(Decimal(text)))


def _asked(plain: str) -> str:
    english = Decimal(plain.replace(",", ""))
    typed = format_number(english).replace(".", "")
    if not _AMBIGUOUS.fullmatch(plain):
        return (
            f"“{plain}” viết theo lối Anh: dấu phẩy tách hàng nghìn. Nếu là {format_number(english)} thì gõ {typed}, "
            "không thì gõ lại với dấu phẩy trước phần thập phân."
        )
    return (
        f"“{plain}” có thể hiểu hai cách. Nếu là {format_number(english)} thì gõ {typed}; "
        f"nếu là số thập phân thì gõ thêm số 0 ở cuối: {plain}0."
    )


def _asked_whole(plain: str) -> str:
    english = Decimal(plain.replace(",", ""))
    meant = f"Nếu là {format_number(english)} thì gõ {canonical(english)}; không thì gõ" if is_whole(english) else "Gõ"
    return f"“{plain}” có thể hiểu hai cách, mà chỗ này chỉ nhận số nguyên. {meant} lại chữ số liền nhau, không có dấu phẩy."


def _not_whole(plain: str) -> str:
    amount = Decimal(plain.replace(".", "").replace(",", ".") if "," in plain else plain)
    return (
        f"“{plain}” là số có phần thập phân ({format_number(amount, decimals_written(amount))}) nhưng chỗ này chỉ nhận "
        "số nguyên. Gõ lại chữ số liền nhau, không có phần thập phân."
    )
