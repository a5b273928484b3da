"""Numbers in prose that contradict the table: precise rather than eager.

A number is held against a figure only where the sentence leaves no doubt which one it tells: the title of the row (or its
beginning, or “chỉ tiêu 6.1”), then nothing but words such as “năm 2025 là”, “đạt”, then the number with the row's own unit.
What speaks of another year, quarter or unit, of a target, a plan or an estimate is left alone, and so is every number with
no such unit: days, years, numbers of documents and articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import takewhile

from forms.errors import InputRefused
from forms.model.count import Count, Role
from forms.model.finding import Finding
from forms.model.form import Form
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.live_field import LiveField, has_fields, parse
from forms.model.number import decimals_of, format_number, read_typed, read_words
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.model.text import fold, quoted
from forms.prose.live_numbers import LiveNumbers

Row = Count | Indicator
_TOKEN = re.compile(r"[0-9]+(?:[.,/][0-9]+)*|[^\W\d_]+|%|◊")
_END = re.compile(r"(?<=[.!?…])\s+(?=[^\Wa-zà-ỹ0-9_]|[“\"(-])|\n|;\s")
_SPELLED = re.compile(r"(?<![\w.,/])([0-9][0-9.]*)\s*\(([^\W\d_]+(?: [^\W\d_]+){0,14})\)")
_PARTS = ("trong do", "chia theo")
_LEAST = 4  # words of a title's beginning that name it
_LIVE = "◊"  # a live number: always right, and no number of the text


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or the sign of percent; `folded` as it is compared."""

    text: str
    folded: str

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_year(self) -> bool:
        return len(self.text) == 4 and self.text.isdigit() and self.text[:2] in ("19", "20")


@dataclass(frozen=True)
class Said:
    """One sentence. `spelled` are its digits with words in brackets behind them, which the words leave out."""

    text: str
    words: tuple[Token, ...]
    spelled: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` name a row; None where they might name several."""

    start: int
    end: int
    row: Row | None


def sentences(text: str) -> Iterator[Said]:
    """Those that hold a number; live numbers are none."""
    if has_fields(text):
        text = "".join(piece if isinstance(piece, str) else _LIVE for piece in parse(text))
    for part in _END.split(text):
        if any(letter.isdigit() for letter in part):
            spelled = tuple((found[1], found[2]) for found in _SPELLED.finditer(part))
            bare = _SPELLED.sub(r"\1", part) if spelled else part
            yield Said(part.strip(" -–•*"), tuple(_tokens(bare)), spelled)


@lru_cache(maxsize=64)
def unit_words(measure: str) -> list[str]:
    """What follows a number of that measure: of “bé trai/100 bé gái” its first part."""
    return [token.folded for token in _tokens(measure.partition("/")[0])]


def mentions(said: Said, form: Form) -> list[Mention]:
    """Rows in the order in which the sentence names them; none inside another."""
    titles, numbers = _titles(form), _numbers(form)
    words = [token.folded for token in said.words]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention = _titled(words, at, titles.get((words[at], *words[at + 1 : at + 2]), ()))
        if mention is None and words[at] == "chi":
            mention = _numbered(said.words, at, numbers)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = mention.end
    return found


def _titled(words: Sequence[str], at: int, titles: Sequence[tuple[tuple[str, ...], Row]]) -> Mention | None:
    """The row whose title, or the beginning of it, stands there; the longest, a whole title before a part of one."""
    best: dict[tuple[int, bool], list[Row]] = defaultdict(list)
    for title, row in titles:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(words[at:], title, strict=False))
        length = sum(1 for _ in same)
        if length == len(title) or length >= max(_LEAST, -(-6 * len(title) // 10)):
            best[length, length == len(title)].append(row)
    if not best:
        return None
    longest = max(best)
    return Mention(at, at + longest[0], best[longest][0] if len(best[longest]) == 1 else None)


def _numbered(words: Sequence[Token], at: int, numbers: Mapping[str, Row]) -> Mention | None:
    """ "chỉ tiêu 6.1"; a number without a point may be one of the plan's own count."""
    named = [token.folded for token in words[at : at + 3]]
    if named[:2] != ["chi", "tieu"] or len(named) < 3 or "." not in named[2]:
        return None
    return Mention(at, at + 3, numbers.get(named[2]))


@lru_cache(maxsize=16)
def _titles(form: Form) -> dict[tuple[str, ...], list[tuple[tuple[str, ...], Row]]]:
    """The titles of the rows by their first two words. A row that is a part of the one above has no title of its own."""
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
    for row in (row for section in form.sections for row in section.rows):
        title = tuple(token.folded for token in _tokens(row.title))
        if len(title) > 2 and not " ".join(title).startswith(_PARTS):
            found[title[:2]].append((title, row))
    return found


@lru_cache(maxsize=16)
def _numbers(form: Form) -> dict[str, Row]:
    return {row.number: row for row in form.indicators.values()}


def _tokens(text: str) -> Iterator[Token]:
    return (Token(word, _folded(word)) for word in _TOKEN.findall(text))


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    if word[0].isdigit():
        return word.lstrip("0") or "0" if word.isdigit() else word
    return fold(word)


_FILLERS = frozenset((
    "la", "dat", "co", "chiem", "o", "muc", "duoc", "tong", "cong", "hien", "nay", "da", "dang", "thuc", "te", "nam", "quy",
    "thang", "trong", "ky", "bao", "cao", "cua", "tren", "dia", "ban", "don", "vi", "toan", "xa", "phuong", "tinh", "thanh",
    "pho", "ket", "qua",
))  # fmt: skip
_JUST_BEFORE = frozenset(
    ("la", "dat", "co", "chiem", "o", "muc", "duoc", "cong", "te", "nay", "qua")
)  # “trên 60%” is another thing
_LONGEST = 160  # of the name of a check, by which its reason follows
_FARTHEST = 14  # words between the title and its number
# What makes a number one of something else than the figure of this period.
_OTHERWISE = (
    "muc tieu", "moc", "ke hoach", "phan dau", "du kien", "uoc", "giai doan", "den nam", "cung ky", "nam truoc", "quy truoc",
    "ky truoc", "thang truoc", "nam ngoai", "ca nuoc", "toan quoc", "binh quan", "moi", "thang dau nam", "neu", "it nhat",
)  # fmt: skip
_OTHER_UNITS = ("xa", "phuong", "thi tran", "huyen", "so", "ban", "cong an")
_AFTER = ("ke hoach", "muc tieu", "chi tieu", "moc", "so voi ke hoach", "so voi muc tieu")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class _Claim:
    """A sentence says of a row, in `field`'s year, of this period or the one before, that it is `written`."""

    said: str
    row: Row
    field: LiveField
    is_before: bool
    written: Decimal


def prose_numbers(report: Report, figures: Callable[[], LiveNumbers | None]) -> Iterator[Finding]:
    for id, text in report.narratives.items():
        if not any(map(str.isdigit, text)):
            continue
        claims, misspelled = _read(text, report.form, report.role, report.period)
        known = figures() if claims else None
        wrong = {claim.row.id: _told(claim, right) for claim in claims if known and (right := _right(claim, known))}
        for check, message in {**wrong, **misspelled}.items():
            yield Finding("warning", f"prose:{id}:{check}"[:_LONGEST], message, spot=f"text:{id}")


@lru_cache(maxsize=64)  # of the texts of a report one changes at a time
def _read(text: str, form: Form, role: Role, period: Period) -> tuple[tuple[_Claim, ...], dict[str, str]]:
    """What a text claims of the figures, whatever they are; and the numbers whose words say something else."""
    claims: list[_Claim] = []
    misspelled: dict[str, str] = {}
    for said in sentences(text):
        misspelled |= dict(_misspelled(said))
        named = mentions(said, form)
        ends = [*(mention.start for mention in named[1:]), len(said.words)]
        found = (_claim(said, mention, end, role, period) for mention, end in zip(named, ends, strict=False))
        claims += filter(None, found)
    return tuple(claims), misspelled


def _claim(said: Said, mention: Mention, end: int, role: Role, period: Period) -> _Claim | None:
    row, number = mention.row, _number_of(said, mention, end)
    if row is None or number is None or row.sensitive:
        return None
    written, name = _amount(said.words[number]), _unit_of(said, number, row)
    if written is None or not name or _is_otherwise(said, mention, number, role):
        return None
    year = _year(said, mention, number)
    if not _same_part_of_year(said, mention, number, period) or (year is None and row.years):
        return None
    if row.years:
        return _Claim(said.text, row, LiveField(name, year=year), False, written) if year in row.years else None
    is_before = period.kind is PeriodKind.YEAR and year == period.year - 1
    known = year in (None, period.year) or is_before
    return _Claim(said.text, row, LiveField(name), is_before, written) if known else None


def _right(claim: _Claim, known: LiveNumbers) -> Decimal | None:
    """The figure that the claim contradicts, at the precision of the claim; None where it does not."""
    quantity = known.quantity_before(claim.field) if claim.is_before else known.quantity(claim.field)
    if not isinstance(quantity, Decimal):
        return None
    shown = quantity.quantize(Decimal(1).scaleb(-decimals_of(claim.written)), ROUND_HALF_UP)
    return None if shown == claim.written else quantity


def _told(claim: _Claim, right: Decimal) -> str:
    row = claim.row
    unit = "%" if row.measure == "%" else f" {row.measure}"
    figure = format_number(right, max(decimals_of(claim.written), row.decimals))
    return (
        f"Câu {quoted(claim.said, 90)} viết {format_number(claim.written)}{unit}, trong bảng là {figure}{unit} "
        f"({row.number}). Sửa câu hoặc số liệu, hoặc ghi lý do."
    )


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


def _is_otherwise(said: Said, mention: Mention, number: int, role: Role) -> bool:
    """The sentence speaks of a target, a plan, an estimate, another period or another unit."""
    outside = f" {' '.join(token.folded for token in said.words[: mention.start])} "
    between = f" {' '.join(token.folded for token in said.words[mention.end : number])} "
    if any(f" {word} " in outside or f" {word} " in between for word in _OTHERWISE):
        return True
    return role is Role.SUMMING and any(f" {word} " in outside for word in _OTHER_UNITS)


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


def _same_part_of_year(said: Said, mention: Mention, number: int, period: Period) -> bool:
    """No quarter or month is named that the period is not."""
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
