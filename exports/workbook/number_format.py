"""What a spreadsheet's number format does to the number under it: how many percent signs multiply what people see.

A format has up to four sections (`positive;negative;zero;text`) or sections with conditions (`[>=1]0;0%`). Only a `%` that
stands for itself in the section in force multiplies by 100; one in quotes, behind a backslash, in brackets, or used as
room or filling (`_%`, `*%`) is a mere letter. Runs in the child process.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from forms.workbooks.sheets import UNCLEAR

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_MOST = 3  # sections for numbers


@dataclass(frozen=True, slots=True)
class _Section:
    percents: int = 0
    condition: tuple[str, Decimal] | None = None
    is_text: bool = False
    is_odd: bool = False  # a percent sign that programs read differently

    def takes(self, amount: Decimal) -> bool:
        return self.condition is not None and _HOLDS[self.condition[0]](amount, self.condition[1])


_GENERAL = _Section()


def percents(code: str, amount: Decimal) -> int:
    """How many times the amount is shown multiplied by 100; UNCLEAR where programs differ on that."""
    if "%" not in code:
        return 0
    found = {UNCLEAR if section.is_odd else section.percents for section in _in_force(_sections(code), amount)}
    return found.pop() if len(found) == 1 else UNCLEAR


def _in_force(sections: Sequence[_Section], amount: Decimal) -> Sequence[_Section]:
    """The section by which the amount is shown; several where programs differ."""
    numbers = [section for section in sections if not section.is_text][:_MOST]
    if not numbers:
        return (_GENERAL,)
    if not any(section.condition for section in numbers[:2]):
        return (numbers[_by_sign(len(numbers), amount)],)
    first, *rest = numbers
    if first.condition is None:  # the second alone has one: some take the first for what is above nought
        return numbers
    if first.takes(amount):
        return (first,)
    if not rest:
        return first, _GENERAL
    if rest[0].condition is None:
        return rest[:1] if len(rest) == 1 or amount < 0 else rest
    if rest[0].takes(amount):
        return rest[:1]
    return rest[1:] or (rest[0], _GENERAL)


def _by_sign(count: int, amount: Decimal) -> int:
    if amount < 0:
        return min(1, count - 1)
    return 2 if count == _MOST and not amount else 0


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    made: list[_Section] = []
    count, condition, is_text, is_odd = 0, None, False, False
    at = 0
    while at < len(code):
        sign = code[at]
        if sign == ";":
            made.append(_Section(count, condition, is_text, is_odd))
            count, condition, is_text, is_odd = 0, None, False, False
        elif sign == '"':
            at = _end(code, at, '"')
        elif sign == "[":
            close = _end(code, at, "]")
            said = _CONDITION.fullmatch(code[at + 1 : close].strip())
            condition = (said[1], Decimal(said[2])) if said else condition
            at = close
        elif sign in "\\_*":
            at += 1
        elif sign == "!" and code[at + 1 : at + 2] == "%":
            is_odd = True  # an escape in Excels of East Asia
            at += 1
        elif sign == "%":
            count += 1
        elif sign == "@":
            is_text = True
        at += 1
    return (*made, _Section(count, condition, is_text, is_odd))


def _end(code: str, start: int, sign: str) -> int:
    found = code.find(sign, start + 1)
    return len(code) if found < 0 else found
