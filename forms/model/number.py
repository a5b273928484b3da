"""Numbers as they are typed, read from files, written in print, and said in Vietnamese words."""

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


LARGEST = 10**15 - 1  # as many digits as a figure may have
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}  # hai mươi mốt, hai mươi tư, hai mươi lăm
_BILLION = 10**9
_SCALES = ((10**6, "triệu"), (10**3, "nghìn"), (1, ""))
_SAME = {
    "lẻ": "linh", "ngàn": "nghìn", "tỉ": "tỷ", "tư": "bốn", "mốt": "một", "lăm": "năm", "nhăm": "năm", "bẩy": "bảy",
}  # fmt: skip


def words(number: int) -> str:
    """ "một trăm linh năm". Raises ValueError for what is negative or longer than 15 digits."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} has no words here")
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    told = [*_below_billion(billions, led=True), "tỷ"] if billions else []
    return " ".join([*told, *_below_billion(rest, led=not billions)])


def counted(amount: int | Decimal) -> str:
    """How many, in a sentence: 1 to 9 take a leading zero (“04 tin, bài”)."""
    number = Decimal(amount)
    text = format_number(number)
    return f"0{text}" if len(text) == 1 and number > 0 else text


def spelled(amount: int | Decimal) -> str:
    """The digits, and the words behind them: “06 (sáu)”. Nought, and what has no words, stays in digits."""
    number = Decimal(amount)
    if not is_whole(number) or not 0 < number <= LARGEST:
        return counted(number)
    return f"{counted(number)} ({words(int(number))})"


def read_words(text: str) -> int | None:
    """The number that the words say; None where they say none. Every way of `words` is read, and its usual variants."""
    said = [_SAME.get(word, word) for word in text.casefold().split()]
    found = _loose(said)
    if found is None or found > LARGEST:
        return None
    return found if [_SAME.get(word, word) for word in words(found).split()] == said else None


def _below_billion(number: int, *, led: bool) -> list[str]:
    """`led`: nothing stands before it, so its first group needs no “không trăm”."""
    told: list[str] = []
    for scale, name in _SCALES:
        group = number // scale % 1000
        if group:
            told += _group(group, led=led and not told)
            told += [name] if name else []
    return told


def _group(group: int, *, led: bool) -> list[str]:
    """Three digits; all of them where others stand before."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    told = [] if led and not hundreds else [_DIGITS[hundreds], "trăm"]
    if rest and not tens:
        return [*told, "linh", _DIGITS[ones]] if told else [_DIGITS[ones]]
    if tens:
        told += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        told.append(_DIGITS[ones] if tens == 1 and ones != 5 else _AFTER_TENS.get(ones, _DIGITS[ones]))
    return told


def _loose(said: list[str]) -> int | None:
    """What the words add up to, in whatever order they stand."""
    billions = section = group = digit = 0
    for word in said:
        if word in _DIGITS:
            digit = _DIGITS.index(word)
            continue
        match word:
            case "mười":
                group += 10
            case "mươi":
                group += digit * 10
            case "trăm":
                group += digit * 100
            case "nghìn" | "triệu":
                section += (group + digit) * (1000 if word == "nghìn" else 1_000_000)
                group = 0
            case "tỷ":
                billions, section, group = section + group + digit, 0, 0
            case "linh":
                pass
            case _:
                return None
        digit = 0
    return billions * _BILLION + section + group + digit if said else None
