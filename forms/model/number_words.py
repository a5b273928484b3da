"""Whole numbers in Vietnamese words, as a report writes them behind the digits: 06 (sáu) tin, 105 (một trăm linh năm) người."""

from __future__ import annotations

from decimal import Decimal

from forms.model.number import format_number, is_whole

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
