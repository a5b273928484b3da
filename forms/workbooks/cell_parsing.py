"""What a plain cell of a workbook answers: a figure or a state, a day, a word of a list. Never guessed: what can be read
two ways is refused, with what to write instead. Every function raises InputRefused.

A column of days that an Excel of another country half understood.

Typed “1/10/2026” into an Excel with US settings becomes the real date 10 January; “13/10/2026” is no date there and stays
text. So a column that mixes real dates and text, or whose real dates would lie in the period only with day and month
exchanged, has two readings: a person says which one it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from forms.errors import InputRefused
from forms.model.cell import Cell, CellState
from forms.model.number import canonical, decimals_of, format_number, is_whole, read_typed
from forms.model.period import Period
from forms.model.text import fold, quoted
from forms.workbooks.sheets import UNCLEAR, Plain, PlainKind, Sheet, address

MOST_DECIMALS, MOST_DIGITS = 6, 15
Value = TypeVar("Value")


class DayOrder(StrEnum):
    """How a day is written as text: 31/12/2025, 12/31/2025, 2025-12-31."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell as it was understood; `echo` says how where the writing was unusual."""

    cell: Cell
    echo: str = ""


# Every habit of leaving a figure out, folded. A person who writes one of these means it.
_STATES = {
    CellState.NONE: ("-", "--", "khong phat sinh", "khong co phat sinh", "k.p.s", "kps"),
    CellState.NOT_APPLICABLE: ("x", "khong ap dung", "n/a"),
    CellState.NOT_COLLECTED: (
        "…",
        "...",
        "..",
        "khong thu thap",
        "khong thu thap duoc",
        "chua thu thap",
        "chua thu thap duoc",
    ),
}
_STATE_OF = {words: state for state, written in _STATES.items() for words in written}
_YES = {"co": True, "x": True, "dung": True, "1": True, "khong": False, "0": False, "sai": False}
_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_LONG_DAY = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_ORDERS = {DayOrder.DAY_FIRST: (0, 1, 2), DayOrder.MONTH_FIRST: (1, 0, 2), DayOrder.YEAR_FIRST: (2, 1, 0)}
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LEAP_OF_1900 = 60  # Excel's 29/02/1900, which never was; the serials before it are off by one


def cell_answer(plain: Plain | None, decimals: int = 0) -> ParsedCell:
    """A figure with at most so many decimals, a state in any of its writings, or blank."""
    if plain is None:
        return ParsedCell(Cell())
    _must_be_readable(plain)
    if plain.kind is PlainKind.NUMBER:
        return _given(_amount(plain), decimals, plain)
    if plain.kind is not PlainKind.TEXT:
        raise InputRefused("CELL_KIND", f"{_shown(plain)} không phải số liệu. Gõ lại con số, hoặc “-”, “x”, “…”.")
    if state := _STATE_OF.get(fold(plain.text)):
        return ParsedCell(Cell(state))
    typed = read_typed(plain.text, whole=not decimals)
    if typed is None:
        return ParsedCell(Cell())
    answer = _given(typed.amount, decimals, plain)
    return ParsedCell(answer.cell, typed.echo or answer.echo)


def day_answer(plain: Plain, order: DayOrder = DayOrder.DAY_FIRST, *, epoch_1904: bool = False) -> date:
    """A day written in any habit. A bare number is taken for a day only where it falls into this century's years."""
    _must_be_readable(plain)
    found: date | None = None
    if plain.kind is PlainKind.DATE:
        found = _real_day(*map(int, plain.text[:10].split("-")))
    elif plain.kind is PlainKind.NUMBER:
        found = _of_serial(plain.text, epoch_1904)
    elif plain.kind is PlainKind.TEXT:
        found = _of_text(plain.text, order)
    if found is None or not 2000 <= found.year <= 2099:
        raise InputRefused(
            "DATE_UNREADABLE",
            f"{_shown(plain)} không đọc được thành một ngày có thật từ năm 2000 đến 2099. Gõ ngày/tháng/năm đủ bốn số "
            "của năm, ví dụ 31/12/2025.",
        )
    return found


def whole_answer(plain: Plain, most: int) -> int:
    """A counter from 0 to `most`."""
    _must_be_readable(plain)
    amount: Decimal | None = None
    if plain.kind is PlainKind.NUMBER:
        amount = _amount(plain)
    elif plain.kind is PlainKind.TEXT:
        try:
            typed = read_typed(plain.text.removesuffix("%"), whole=True)
            amount = typed.amount if typed else None
        except InputRefused as error:
            if error.code != "NUMBER_NOT_WHOLE":
                raise
    if amount is None or decimals_of(amount) or not 0 <= amount <= most:
        raise InputRefused("COUNTER_UNREADABLE", f"{_shown(plain)} phải là số nguyên từ 0 đến {most}. Gõ lại.")
    return int(amount)


def yes_answer(plain: Plain) -> bool:
    """Có or Không, a tick, or Excel's TRUE and FALSE."""
    _must_be_readable(plain)
    found = bool(int(plain.text)) if plain.kind is PlainKind.TRUTH else _YES.get(fold(plain.text))
    if found is None:
        raise InputRefused("WORD_UNKNOWN", f"{_shown(plain)} không rõ là có hay không. Ghi “Có” hoặc “Không”.")
    return found


def word_answer(plain: Plain, words: Mapping[str, Value], titles: Iterable[str]) -> Value:
    """The value that a word stands for; `words` are folded, `titles` what to choose from."""
    _must_be_readable(plain)
    found = words.get(fold(plain.text))
    if found is None:
        raise InputRefused("WORD_UNKNOWN", f"Không có {_shown(plain)} trong danh sách. Chọn: {', '.join(titles)}.")
    return found


def text_answer(plain: Plain | None) -> str:
    """What stands there as text: a number as people write it, a day as dd/MM/yyyy."""
    if plain is None:
        return ""
    _must_be_readable(plain)
    if plain.kind is PlainKind.NUMBER:
        return format_number(_amount(plain)).replace(".", "")
    if plain.kind is PlainKind.DATE:
        return "/".join(reversed(plain.text[:10].split("-")))
    return plain.text


def _given(amount: Decimal, decimals: int, plain: Plain) -> ParsedCell:
    if decimals_of(amount) > decimals > 0:
        problem = f"Số {format_number(amount)} quá {decimals} chữ số thập phân. Làm tròn rồi nhập lại."
        raise InputRefused("NUMBER_DECIMALS", problem)
    if decimals_of(amount) > decimals:
        meant = amount * 1000  # 1.234 typed into a spreadsheet of English habit became 1,234
        hint = f" Nếu số đúng là {format_number(meant)} thì gõ lại, không gõ dấu chấm." if is_whole(meant) else ""
        raise InputRefused("NUMBER_NOT_WHOLE", f"Số {format_number(amount)} phải là số nguyên.{hint} Sửa rồi nhập lại.")
    echo = f"Ô định dạng %, đã hiểu là {format_number(amount)}." if plain.percent else ""
    return ParsedCell(Cell(CellState.GIVEN, amount), echo)


def _amount(plain: Plain) -> Decimal:
    try:
        amount = Decimal(plain.text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if amount.is_finite() and plain.percent == UNCLEAR:
        raise InputRefused(
            "CELL_PERCENT",
            f"Định dạng của ô không cho biết chắc người xem thấy {format_number(amount)} hay {format_number(amount * 100)} %. "
            "Đổi ô sang định dạng số thường rồi gõ lại con số cần báo cáo.",
        )
    seen = amount.scaleb(2 * plain.percent) if amount.is_finite() else amount
    if not seen.is_finite() or abs(seen) >= 10**MOST_DIGITS:
        raise InputRefused("NUMBER_UNREADABLE", f"Số {quoted(plain.text)} quá lớn hoặc không đọc được. Gõ lại.")
    return Decimal(canonical(seen))


def _must_be_readable(plain: Plain) -> None:
    if plain.kind is PlainKind.ERROR:
        shown = plain.text or "#LỖI"
        raise InputRefused("CELL_ERROR", f"Ô đang báo lỗi {shown}. Sửa công thức hoặc gõ con số vào.")
    if plain.kind is PlainKind.EMPTY:
        raise InputRefused(
            "CELL_UNCALCULATED",
            "Ô có công thức nhưng tệp chưa lưu kết quả. Mở bằng Excel hoặc LibreOffice, cất lại rồi nhập.",
        )


def _of_serial(text: str, epoch_1904: bool) -> date | None:
    try:
        days = int(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return _EPOCHS[epoch_1904] + timedelta(days=days) if _LEAP_OF_1900 < days < 100_000 else None


def _of_text(text: str, order: DayOrder) -> date | None:
    folded = fold(text)
    if long := _LONG_DAY.fullmatch(folded):
        return _real_day(int(long[3]), int(long[2]), int(long[1]))
    found = _DAY.fullmatch(folded)
    if found is None:
        return None
    parts = found.groups()
    order = DayOrder.YEAR_FIRST if len(parts[0]) == 4 else order
    day, month, year = (parts[place] for place in _ORDERS[order])
    return _real_day(int(year), int(month), int(day)) if len(year) == 4 and len(day) <= 2 else None


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of February
        return None


def _shown(plain: Plain) -> str:
    if plain.kind is PlainKind.DATE:
        return f"Ngày {text_answer(plain)}"
    return quoted(plain.text)


_LISTED = 4  # days shown of each reading


class RealDays(StrEnum):
    """How the days are read that the spreadsheet itself took for dates."""

    ASK = "ask"  # as they stand, unless there is a second reading
    KEPT = "kept"
    EXCHANGED = "exchanged"


def exchanged(day: date) -> date:
    """With day and month exchanged, where that is a day too."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day


def is_real(plain: Plain) -> bool:
    """The spreadsheet took it for a date, or for its number; not text."""
    return plain.kind in (PlainKind.DATE, PlainKind.NUMBER)


def two_readings(
    sheet: Sheet, column: int | None, rows: Iterable[int], read: Callable[[Plain], date], period: Period | None
) -> tuple[str, str] | None:
    """Where the column of days stands and both of its readings in words; None where it can be read in one way only.
    `read` raises InputRefused for what is no day; `period`: where the days belong, if they do."""
    if column is None:
        return None
    days: dict[int, tuple[Plain, date]] = {}
    for row in rows:
        plain = sheet.at(row, column)
        with suppress(InputRefused):  # told with its line
            if plain is not None:
                days[row] = plain, read(plain)
    real = [day for plain, day in days.values() if is_real(plain)]
    texts = [day for plain, day in days.values() if not is_real(plain)]
    turned = [exchanged(day) for day in real]
    fits_better = period is not None and sum(map(period.holds, turned)) > sum(map(period.holds, real))
    if turned == real or not (texts or fits_better):
        return None
    question = _question(real, turned, texts, period)
    return f"{sheet.where(min(days), column)}:{address(max(days), column)}", question


def _question(real: Sequence[date], turned: Sequence[date], texts: Sequence[date], period: Period | None) -> str:
    """Both readings, for the person who has to say; `texts` are days typed as text, which have one reading."""

    def told(days: Sequence[date]) -> str:
        listed = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_LISTED]) + ", …" * (len(days) > _LISTED)
        if period is None:
            return listed
        inside = sum(map(period.holds, (*days, *texts)))
        return f"{listed} – {inside}/{len(days) + len(texts)} ngày thuộc {period.words}"

    typed = f" và {len(texts)} ngày gõ thành chữ" if texts else ""
    return (
        f"Cột này có {len(real)} ngày thật của bảng tính{typed}, hiểu được hai cách: Excel đặt theo kiểu Mỹ đổi “1/10/2026” "
        f"thành ngày 10 tháng 1 và để “13/10/2026” là chữ. Như đang thấy: {told(real)}. Đổi ngày với tháng: {told(turned)}."
    )
