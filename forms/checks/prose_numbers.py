"""Numbers in prose that contradict the table: precise rather than eager.

A number is held against a figure only where the sentence leaves no doubt which one it tells: the title of the row (or its
beginning, or “chỉ tiêu 6.1”), then nothing but words such as “năm 2025 là”, “đạt”, then the number with the row's own unit.
What speaks of another year, quarter or unit, of a target, a plan or an estimate is left alone, and so is every number with
no such unit: days, years, numbers of documents and articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from forms.checks.finding import Finding
from forms.checks.prose_reading import Mention, Said, Token, mentions, sentences, unit_words
from forms.count import Count, Role
from forms.errors import InputRefused
from forms.fields import Field, View
from forms.figures import Figures
from forms.indicator import Indicator, IndicatorKind
from forms.numbers import decimals_of, format_number, read_typed
from forms.numerals import read_words
from forms.periods import PeriodKind
from forms.report import Report
from forms.text import quoted

Row = Count | Indicator
_FILLERS = frozenset((
    "la", "dat", "co", "chiem", "o", "muc", "duoc", "tong", "cong", "hien", "nay", "da", "dang", "thuc", "te", "nam", "quy",
    "thang", "trong", "ky", "bao", "cao", "cua", "tren", "dia", "ban", "don", "vi", "toan", "xa", "phuong", "tinh", "thanh",
    "pho", "ket", "qua",
))  # fmt: skip
_JUST_BEFORE = frozenset(
    ("la", "dat", "co", "chiem", "o", "muc", "duoc", "cong", "te", "nay", "qua")
)  # “trên 60%” is another thing
_FARTHEST = 14  # words between the title and its number
# What makes a number one of something else than the figure of this period.
_OTHERWISE = (
    "muc tieu", "moc", "ke hoach", "phan dau", "du kien", "uoc", "giai doan", "den nam", "cung ky", "nam truoc", "quy truoc",
    "ky truoc", "thang truoc", "nam ngoai", "ca nuoc", "toan quoc", "binh quan", "moi", "thang dau nam", "neu", "it nhat",
)  # fmt: skip
_OTHER_UNITS = ("xa", "phuong", "thi tran", "huyen", "so", "ban", "cong an")
_AFTER = ("ke hoach", "muc tieu", "chi tieu", "moc", "so voi ke hoach", "so voi muc tieu")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def prose_numbers(report: Report, figures: Callable[[], Figures | None]) -> Iterator[Finding]:
    for id, text in report.narratives.items():
        seen: set[str] = set()
        for said in sentences(text):
            for check, message in _wrong(said, report, figures):
                if check not in seen:
                    seen.add(check)
                    yield Finding("warning", f"prose:{id}:{check}"[:120], message, spot=f"text:{id}")


def _wrong(said: Said, report: Report, figures: Callable[[], Figures | None]) -> Iterator[tuple[str, str]]:
    yield from _misspelled(said)
    found = mentions(said, report.form)
    for at, mention in enumerate(found):
        end = found[at + 1].start if at + 1 < len(found) else len(said.words)
        number = _number_of(said, mention, end)
        if number is None or mention.row is None or mention.row.sensitive:
            continue
        asked = _asked(said, mention, number, report)
        known = figures() if asked is not None else None
        if asked is not None and known is not None:
            yield from _compared(said, mention.row, asked, number, known)


@dataclass(frozen=True)
class _Asked:
    """Which figure the number would be: of which field, of this period or of the one before."""

    field: Field
    is_before: bool = False


def _compared(said: Said, row: Row, asked: _Asked, number: int, known: Figures) -> Iterator[tuple[str, str]]:
    written = _amount(said.words[number])
    quantity = known.quantity_before(asked.field) if asked.is_before else known.quantity(asked.field)
    if written is None or not isinstance(quantity, Decimal):
        return
    decimals = decimals_of(written)
    shown = quantity.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if shown == written:
        return
    right = format_number(quantity, max(decimals, row.decimals))
    unit = "%" if row.measure == "%" else f" {row.measure}"
    message = (
        f"Câu {quoted(said.text, 90)} viết {said.words[number].text}{unit}, trong bảng là {right}{unit} "
        f"({row.number}). Sửa câu hoặc số liệu, hoặc ghi lý do."
    )
    yield row.id, message


def _misspelled(said: Said) -> Iterator[tuple[str, str]]:
    """Digits and the words behind them that say something else: 06 (năm) tin."""
    for digits, words in said.spelled:
        told, number = read_words(words), _amount(Token(digits, ""))
        if told is not None and number is not None and number != told:
            message = f"Câu {quoted(said.text, 90)}: chữ và số khác nhau, {digits} ({words}). Sửa lại cho khớp."
            yield f"words_{digits}", message


def _number_of(said: Said, mention: Mention, end: int) -> int | None:
    """The place of the number that the sentence gives to the row: only fillers stand between."""
    for at in range(mention.end, min(end, mention.end + _FARTHEST)):
        token = said.words[at]
        if not token.is_number:
            if token.folded in _FILLERS or (token.folded in _ROMAN and said.words[at - 1].folded == "quy"):
                continue
            return None
        before = said.words[at - 1]
        if before.folded in ("nam", "thang", "quy"):
            continue
        return at if at == mention.end or before.folded in _JUST_BEFORE or before.is_year else None
    return None


def _asked(said: Said, mention: Mention, number: int, report: Report) -> _Asked | None:
    """The figure that is told; None where it is any other, or may be."""
    row, before = mention.row, said.words[: mention.start]
    assert row is not None
    outside = f" {' '.join(token.folded for token in before)} "
    between = f" {' '.join(token.folded for token in said.words[mention.end : number])} "
    if any(f" {word} " in outside or f" {word} " in between for word in _OTHERWISE):
        return None
    if report.role is Role.SUMMING and any(f" {word} " in outside for word in _OTHER_UNITS):
        return None
    name = _unit_of(said, number, row)
    if not name or not _same_part_of_year(said, mention, number, report):
        return None
    year = _year(said, mention, number)
    if year is None:
        return None if row.years else _Asked(Field(name, View.VALUE))
    if row.years:
        return _Asked(Field(name, View.VALUE, year)) if year in row.years else None
    if year == report.period.year:
        return _Asked(Field(name))
    is_before = report.period.kind is PeriodKind.YEAR and year == report.period.year - 1
    return _Asked(Field(name), is_before=True) if is_before else None


def _unit_of(said: Said, number: int, row: Row) -> str:
    """The name of the figure whose unit follows the number: the row's, or its women's. Empty where none does."""
    after = [token.folded for token in said.words[number + 1 : number + 8]]
    if any(" ".join(after[1:]).startswith(word) or " ".join(after).startswith(word) for word in _AFTER):
        return ""
    if isinstance(row, Indicator) and row.kind is IndicatorKind.YES_NO:
        return ""
    unit = ["phan", "tram"] if row.measure == "%" and after[:1] == ["phan"] else unit_words(row.measure)
    if unit and after[: len(unit)] == unit and (after[len(unit) :] or [""])[0] not in ("bai", "diem"):
        return row.id
    is_women = isinstance(row, Count) and f"{row.id}.female" in row.places and after[:1] in (["nu"], ["phu"])
    return f"{row.id}.female" if is_women else ""


def _year(said: Said, mention: Mention, number: int) -> int | None:
    """The year that the number is of: the one between title and number, else the only one that the sentence names
    before; 0 where it names several."""
    years = [(at, int(word.text)) for at, word in enumerate(said.words[:number]) if word.is_year]
    inside = [year for at, year in years if mention.end <= at]
    outside = [year for at, year in years if at < mention.start]
    told = set(inside or outside)
    return told.pop() if len(told) == 1 else (0 if told else None)


def _same_part_of_year(said: Said, mention: Mention, number: int, report: Report) -> bool:
    """No quarter or month is named that the report is not of."""
    period = report.period
    for at in [*range(mention.start), *range(mention.end, number)]:
        word, after = said.words[at].folded, said.words[at + 1].folded
        if word == "quy" and after in _ROMAN:
            if period.kind is not PeriodKind.QUARTER or period.number != _ROMAN[after]:
                return False
        elif word == "thang" and after.isdigit():
            if period.kind is not PeriodKind.MONTH or period.number != int(after):
                return False
        elif after == "thang" and word.isdigit():  # 6 tháng, 9 tháng
            return False
    return True


def _amount(token: Token) -> Decimal | None:
    try:
        typed = read_typed(token.text)
    except InputRefused:
        return None
    return typed.amount if typed else None
