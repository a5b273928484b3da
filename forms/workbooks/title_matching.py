"""What the words of a foreign title say: which year and period, women or men, plan or result, unit; and what is left of it.

Words are compared with their accents, since “Nam” is no “Năm”; only where the accent stands (hoà, hòa), y or i (tỷ, tỉ),
case, signs and numbering make no difference.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from forms.model.period import Period, PeriodKind
from forms.model.text import nfc

Words = tuple[str, ...]
Span = tuple[str, int]  # ("quarter", 4), ("month", 11), ("half", 1), ("months", 9); ("year", 0) is the whole year


class Sex(StrEnum):
    """Whom a figure counts."""

    FEMALE = "female"
    MALE = "male"
    BOTH = "both"


class FigureKind(StrEnum):
    """What sort of figure a head says it is."""

    ACTUAL = "actual"
    PLAN = "plan"
    ESTIMATE = "estimate"
    PREVIOUS = "previous"  # of the period before
    RATE = "rate"  # a share, a change, a comparison: no count
    CUMULATIVE = "cumulative"
    CODE = "code"  # a running number or code
    UNIT = "unit"
    NOTE = "note"


@dataclass(frozen=True)
class TitleWords:
    """One title taken apart. `left` is what no rule knows, in order; `raw` all its words. `scale`: 1000 for “nghìn”.
    `units`: what it counts, by words. `parts`: it says that what follows is a part of something (“trong đó”)."""

    text: str
    raw: Words = ()
    left: Words = ()
    years: frozenset[int] = frozenset()
    spans: frozenset[Span] = frozenset()
    kinds: frozenset[FigureKind] = frozenset()
    sexes: frozenset[Sex] = frozenset()
    scale: int = 1
    units: tuple[Words, ...] = ()
    parts: bool = False
    is_unit: bool = False  # the whole title is the name of a unit

    @property
    def is_plain(self) -> bool:
        """Nothing but what the rules know."""
        return not self.left


_TONES = {"\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0323": "J"}
_WORD = re.compile(r"[^\W_]+|%")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(
    r"^\s*(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2})+[a-zđ]?[.)/:]?\s+|(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[a-zđ]?|[ivxlc]+|[a-zđ])[.)/:](?![0-9])\s*|[-–—−+*•●▪◦·]\s*)+)"
)
_FOOTNOTE = re.compile(r"(?:\s*\((?:\*+|\d)\)|[¹²³⁴⁵⁶⁷⁸⁹⁰*]+)\s*[:.;,]*\s*$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


@lru_cache(maxsize=8192)
def word(text: str) -> str:
    """One word in the form that is compared: tones as a capital letter at its end, y after a consonant as i."""
    base, tones = "", ""
    for part in unicodedata.normalize("NFD", text.lower()):
        if part in _TONES:
            tones += _TONES[part]
        elif unicodedata.category(part) != "Cf":
            base += part
    base = nfc(base).translate(_D)
    if len(base) > 1 and base[-1] == "y" and base[-2] in "hklmst":
        base = base[:-1] + "i"
    return ("quy" if base == "qui" else base) + tones


_D = str.maketrans("ðɖ", "đđ")


def words(text: str) -> Words:
    """The words of a text, without signs."""
    return tuple(map(word, _WORD.findall(nfc(text).lower())))


def numbered(text: str) -> tuple[str, str]:
    """The numbering before a title, and the title."""
    text = nfc(text).strip()
    found = _NUMBERING.match(text.lower())
    return (text[: found.end()].strip(), text[found.end() :]) if found else ("", text)


def bare(found: Words) -> Words:
    """Without “số”, “tổng số” before it, which say no more than that something is counted."""
    for lead in _LEADS:
        if found[: len(lead)] == lead and len(found) > len(lead):
            return found[len(lead) :]
    return found


def rule(pattern: str) -> re.Pattern[str]:
    """A pattern written in plain Vietnamese, for words in the form that is compared."""
    compared = _LETTERS.sub(lambda found: found[0] if len(found[0]) == 1 else word(found[0]), pattern)
    return re.compile(rf"(?<!\S)(?:{compared})(?!\S)")


_YEAR, _TWO_DIGITS = r"((?:19|20)[0-9][0-9])", r"[0-9][0-9]?"
_DAY = rule(
    rf"(?:(?:tính|số liệu) )?(?:(?:đến|hết|tới) )*(?:ngày )?({_TWO_DIGITS}) (?:tháng )?({_TWO_DIGITS}) (?:năm )?{_YEAR}"
)
_DAYS = rule(
    rf"từ (?:ngày )?({_TWO_DIGITS}) (?:tháng )?({_TWO_DIGITS}) (?:năm )?{_YEAR} (?:đến|tới)(?: hết)? (?:ngày )?({_TWO_DIGITS}) (?:tháng )?"
    rf"({_TWO_DIGITS}) (?:năm )?{_YEAR}"
)
_WINDOWS: dict[tuple[str, str], Span] = {
    ("1/1", "31/12"): ("year", 0),
    ("1/1", "30/6"): ("half", 1),
    ("1/7", "31/12"): ("half", 2),
    ("1/1", "31/3"): ("quarter", 1),
    ("1/4", "30/6"): ("quarter", 2),
    ("1/7", "30/9"): ("quarter", 3),
    ("1/10", "31/12"): ("quarter", 4),
}
_FROM_TO = rule(rf"(?:giai đoạn |các năm |từ )?(?:năm )?{_YEAR} (?:đến (?:năm )?|tới )?{_YEAR}")
_OF_YEAR = rule(rf"(?:trong |của )?(?:năm|nam) {_YEAR}")
_YEAR_ALONE = rule(_YEAR)
_QUARTER = rule(r"(?:quý |quí |q)(iv|iii|ii|i|[1-4])|q([1-4])")
_IN_QUARTER = rule(r"(trong quý) (iv|iii|ii|i|[1-4])")
_MONTH = rule(r"tháng (0?[1-9]|1[0-2])|t(1[0-2]|0?[1-9])")
_MONTHS = rule(
    r"(0?[1-9]|1[0-2]) tháng(?: (đầu|cuối)(?: năm)?)?|sáu tháng(?: (đầu|cuối)(?: năm)?)?|nửa (đầu|cuối) năm|nửa năm"
)
_ALL_YEAR = rule(r"(?:cả|toàn) năm")
_WHOLE = rule(r"trong năm|năm")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_THIS = rule(
    r"(?:trong )?(?:năm|kỳ|quý|tháng) (?:nay|này|báo cáo)|trong kỳ(?: báo cáo)?|kỳ báo cáo|trong quý|trong tháng|hiện nay"
)
_KINDS = {
    FigureKind.PREVIOUS: rule(
        r"(?:so )?(?:cùng kỳ)(?: (?:năm|quý|tháng) (?:trước|ngoái))?|(?:năm|kỳ|quý|tháng) (?:liền )?(?:trước|ngoái|trước đó)"
        r"|(?:năm|kỳ) gốc"
    ),
    FigureKind.RATE: rule(
        r"th kh|(?:tỷ lệ|tỷ trọng|tỷ số|tỷ suất|cơ cấu|phần trăm|so sánh|so với|chênh lệch|tăng|giảm|đạt(?! được)|mức độ|tốc độ)"
        r"(?: (?:th kh|thực hiện kế hoạch|thực hiện so với kế hoạch|kế hoạch|thực hiện|đạt|được|giảm|với|hoàn thành))*"
        r"|%|bình quân|trung bình"
    ),
    FigureKind.ESTIMATE: rule(
        r"(?:số )?(?:ước|uth|ước tính|ước đạt|tạm tính|sơ bộ)(?: (?:thực hiện|th|đạt|tính|cả năm))*"
    ),
    FigureKind.PLAN: rule(
        r"(?:chỉ tiêu )?(?:kế hoạch|kh)(?: (?:giao|đề ra|được giao|điều chỉnh|phấn đấu|đăng ký))?"
        r"|chỉ tiêu(?: (?:giao|đề ra|được giao|phấn đấu|kế hoạch))?|mục tiêu|phấn đấu|dự kiến|dự toán|dự báo|đăng ký|nhu cầu"
        r"|nghị quyết|định mức|giao"
    ),
    FigureKind.CUMULATIVE: rule(
        r"(?:số )?(?:luỹ kế|lũy kế|cộng dồn|tích luỹ|luỹ tiến)(?: (?:từ đầu năm|đến nay|cả năm))*|từ đầu năm(?: đến nay)?|đến nay"
    ),
    FigureKind.ACTUAL: rule(
        r"(?:số liệu |số )?(?:đã )?(?:kết quả|kq)(?: (?:thực hiện|th|đạt được|thực tế))*|(?:số liệu |số )?(?:đã )?thực hiện(?: được)?"
        r"|th|(?:số liệu |số )?thực tế|đạt được"
    ),
    FigureKind.CODE: rule(
        r"(?:số )?(?:tt|stt|số thứ tự|thứ tự)|mã(?: (?:số|chỉ tiêu|ct|dòng|hàng))*|ms|code|số hiệu|ký hiệu|mục|dòng"
    ),
    FigureKind.UNIT: rule(r"(?:đvt|đơn vị tính|đơn vị đo|đv tính|đơn vị)"),
    FigureKind.NOTE: rule(
        r"ghi chú|chú thích|nhận xét|nguồn(?: số liệu)?|diễn giải|giải trình|(?:cơ quan|đơn vị)"
        r" (?:chủ trì|phụ trách|thực hiện|cung cấp|báo cáo)|lý do|minh chứng"
    ),
}
_BOTH = rule(
    r"(?:tính )?(?:chung )?(?:cả )?(?:(?:hai|2) giới|nam và nữ|nữ và nam|nam nữ|nữ nam)(?: giới)?(?: tính)?|chung"
    r"|(?:tổng số|tổng cộng|cộng|tổng(?! hợp)|t số|ts)(?: (?:cả|toàn) (?:xã|phường|huyện|tỉnh|thành phố|đơn vị))?"
    r"|toàn (?:xã|phường|huyện|tỉnh|thành phố|đơn vị)"
)
_NOT_MEN = rule(r"(?:việt|miền|phía|hướng|quảng|hà|đông|tây|vùng|hội) nam")
_FEMALE = rule(r"(?:phụ )?nữ(?: giới)?|(?:bé |trẻ em |trẻ )?gái")
_MALE = rule(r"nam(?: giới)?|(?:bé |trẻ em |trẻ )?trai")
_PARTS = rule(
    r"(?:trong đó|trong tổng số đó|tr đó|trđ|tđ|chia ra|gồm|bao gồm)(?: (?:có|là|số))?"
    r"|(?:(?:chia|phân|tách) )?(?:theo )?(?:giới tính|giới|phân tổ)(?: của trẻ)?|riêng"
)
_IDLE = rule(
    r"số liệu|số lượng|số người|số|sl|giá trị|dữ liệu|thông tin|nội dung|tổng hợp|báo cáo|là|có|và|của|trong|các|theo"
)
_NAMED_SCALES = (
    ("chục", 10),
    ("trăm", 100),
    ("nghìn", 1000),
    ("ngàn", 1000),
    ("vạn", 10_000),
    ("triệu", 10**6),
    ("tỷ", 10**9),
)
_SCALES = {word(name): amount for name, amount in _NAMED_SCALES}
_SCALE = rule(
    r"(?:đvt |đơn vị tính |tính bằng )?(?:x ?)?((?:chục|trăm|vạn)(?: (?:nghìn|ngàn|triệu))?|nghìn|ngàn|triệu|tỷ(?! (?:lệ|trọng|số|suất))"
    r"|10{1,9}|10{0,2} 000|10{0,2} 000 000)"
)
_UNIT_WORDS = (
    "người", "lượt người", "lượt", "tổ chức", "cơ quan", "cơ quan đơn vị", "đơn vị", "cơ sở", "ca", "trường hợp", "trẻ",
    "trẻ em", "em", "cháu", "bé", "tin bài", "tin", "bài", "cuộc", "vụ", "văn bản", "chuyên mục", "đài", "tỉnh", "xã", "lớp",
    "mô hình", "hoạt động", "cặp", "ban", "hương ước quy ước", "giờ", "giờ ngày", "đồng", "hộ", "chương trình", "%", "lần",
    "dự án", "chương trình dự án",
)  # fmt: skip
_UNITS = frozenset(words(one) for one in _UNIT_WORDS)
_SAYS_UNIT = rule(r"(?:đvt|đơn vị tính|đơn vị đo|đv tính|tính bằng)")
_REVISED = rule(
    r"(?:số |bản )?(?:điều chỉnh|đính chính|sửa đổi|thẩm định|thẩm tra|rà soát|kiểm tra lại|mới|cũ|sau|lần [0-9])"
)


def measured(text: str) -> tuple[int, tuple[Words, ...]]:
    """The scale and the units that a text names which is nothing else: “nghìn người, ca” → 1000, ((người,), (ca,),
    (người, ca))."""
    scale, units = 1, list[Words]()
    for one in (*re.split(r"[,;]|\bhoặc\b", nfc(text).lower()), nfc(text).lower()):
        rest = " ".join(_SAYS_UNIT.sub(" ", " ".join(words(one))).split())
        for found in _SCALE.finditer(rest):
            scale = max(scale, _scale_of(found[1]))
        unit = tuple(_SCALE.sub(" ", rest).split())
        if unit and unit not in units:
            units.append(unit)
    return scale, tuple(units)


def _scale_of(said: str) -> int:
    digits = said.replace(" ", "")
    return int(digits) if digits.isdigit() else math.prod(_SCALES[one] for one in said.split())


@lru_cache(maxsize=65536)
def said(text: str, *, head: bool = True) -> TitleWords:
    """Takes a title apart. `head`: of a column, a part, a heading: there plan, result and the like are rules of their own;
    within the title of a row they are words of the title."""
    taker = _Taker(text)
    if head:
        taker.days_and_spans()
    taker.years_and_quarters(alone=head)
    if head:
        taker.periods_and_kinds()
        taker.scales()
    else:
        taker.lead()
    taker.whom(_BOTH if head else _BOTH_SEXES)
    if head:
        taker.idle()
    left = tuple(taker.rest.split())
    return TitleWords(
        text, taker.raw, left if head else bare(left), frozenset(taker.years or taker.ranges), frozenset(taker.spans),
        frozenset(taker.kinds), frozenset(taker.sexes), taker.scale, tuple(taker.units), taker.parts, taker.is_unit,
    )  # fmt: skip


class _Taker:
    """Takes what the rules know out of a title, one after the other; `rest` is what is left."""

    def __init__(self, text: str) -> None:
        title = _FOOTNOTE.sub("", numbered(text)[1])
        self.raw = words(title)
        self.years, self.spans, self.kinds, self.sexes = set[int](), set[Span](), set[FigureKind](), set[Sex]()
        self.ranges = set[int]()  # of “giai đoạn 2021-2025”: they count where no year is named
        self.scale, self.units, self.parts, self.is_unit = 1, list[Words](), False, False
        for inside in _BRACKETS.findall(title):  # (nghìn người), [ĐVT: ca] are measures; what else is in brackets stays
            scale, units = measured(inside)
            if scale != 1 or _SAYS_UNIT.search(" ".join(words(inside))) or words(inside) in _UNITS:
                self.scale *= scale
                self.units += [one for one in units if one not in self.units]
                title = title.replace(f"({inside})", " ").replace(f"[{inside}]", " ")
        self.rest = " ".join(words(title))

    def take(self, rule: re.Pattern[str], instead: str = " ") -> list[re.Match[str]]:
        found = list(rule.finditer(self.rest))
        if found:
            self.rest = " ".join(rule.sub(instead, self.rest).split())
        return found

    def take_kind(self, kind: FigureKind) -> list[re.Match[str]]:
        found = self.take(_KINDS[kind])
        self.kinds |= {kind} if found else set()
        return found

    def days_and_spans(self) -> None:
        for found in self.take(_DAYS):
            day, month, year, last_day, last_month, last_year = map(int, found.groups())
            self.years |= {year, last_year}
            self.spans.add(_WINDOWS.get((f"{day}/{month}", f"{last_day}/{last_month}"), ("days", 0)))
        for found in self.take(_DAY):
            self.years.add(int(found[3]))
            day, month = int(found[1]), int(found[2])
            self.spans |= set() if (day, month) in ((31, 12), (30, 12)) else {("day", month * 100 + day)}
        for found in self.take(_FROM_TO):
            first, last = sorted((int(found[1]), int(found[2])))
            self.ranges |= set(range(first, last + 1))
        self.spans |= {_months(found) for found in self.take(_MONTHS)}
        self.take_kind(FigureKind.CUMULATIVE)
        of_year = [found for found in self.take_kind(FigureKind.ESTIMATE) if "năm" in found[0]]
        self.spans |= {("year", 0)} if self.take(_ALL_YEAR) or of_year else set()

    def years_and_quarters(self, *, alone: bool) -> None:
        """“được tính trong quý I” is the title “được tính trong quý” of the first quarter."""
        self.years |= {int(found[1]) for found in self.take(_OF_YEAR) + (self.take(_YEAR_ALONE) if alone else [])}
        for rule, instead in ((_IN_QUARTER, r"\1"), (_QUARTER, " ")):
            for found in self.take(rule, instead):
                number = next(one for one in reversed(found.groups()) if one)
                self.spans.add(("quarter", _ROMAN.get(number) or int(number)))

    def periods_and_kinds(self) -> None:
        self.spans |= {("month", int(found[1] or found[2])) for found in self.take(_MONTH)}
        self.take_kind(FigureKind.PREVIOUS)
        self.take(_THIS)
        self.spans |= {("year", 0)} if self.take(_WHOLE) else set()
        for kind in _KINDS:
            self.take_kind(kind)

    def scales(self) -> None:
        """“Nghìn người” as a head of its own."""
        found = _SCALE.search(self.rest)
        if found:
            self.scale *= _scale_of(found[1])
            after = tuple(self.rest[found.end() :].split())
            is_unit = after in _UNITS
            self.units += [after] if is_unit else []
            self.rest = " ".join((*self.rest[: found.start()].split(), *(() if is_unit else after)))

    def lead(self) -> None:
        """“Trong đó: …” before a title, “… chia ra” behind it."""
        if found := _PARTS_FIRST.match(self.rest):
            self.parts, self.rest = True, self.rest[found.end() :].strip()
        last = _PARTS_LAST.search(self.rest)
        if last and last.start():
            self.rest = self.rest[: last.start()].strip()

    def whom(self, both: re.Pattern[str]) -> None:
        """Women, men, both; “Việt Nam” is no man."""
        held = [found[0] for found in self.take(_NOT_MEN, "~")]
        for sex, rule in ((Sex.BOTH, both), (Sex.FEMALE, _FEMALE), (Sex.MALE, _MALE)):
            self.sexes |= {sex} if self.take(rule) else set()
        for one in held:
            self.rest = self.rest.replace("~", one, 1)

    def idle(self) -> None:
        self.parts = bool(self.take(_PARTS))
        unit = bare(tuple(self.rest.split()))
        if unit in _UNITS and not self.units:
            self.units, self.rest, self.is_unit = [unit], "", True
        self.take(_IDLE)


_PARTS_LAST = re.compile(rule("trong đó|chia ra|bao gồm|gồm có|gồm").pattern + "$")
_PARTS_FIRST = rule("trong đó(?: có)?|tr đó|trđ|chia ra|bao gồm|gồm")
_BOTH_SEXES = rule(
    r"(?:tính )?(?:chung )?(?:cả )?(?:(?:hai|2) giới|nam và nữ|nữ và nam|nam nữ|nữ nam)(?: giới)?(?: tính)?"
)


def revised(found: Words) -> bool:
    """Words that say that a figure stands for an earlier or later one of the same title."""
    return bool(found) and not _REVISED.sub(" ", " ".join(found)).strip()


def span_of(period: Period) -> Span:
    """What a head has to say for a report of this period."""
    names = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter", PeriodKind.HALF: "half"}
    return (names[period.kind], period.number) if period.kind in names else ("year", 0)


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """How much two titles have in common: shared words ÷ all words."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _months(found: re.Match[str]) -> Span:
    half = found[2] or found[3] or found[4]
    number = int(found[1]) if found[1] else 6
    if number == 12:
        return "year", 0
    if number == 6 and half:
        return "half", 1 if half == word("đầu") else 2
    return "months", number


_LEADS = tuple(words(one) for one in ("tổng số lượng", "tổng số", "tổng", "số lượng", "số"))


def says_unit(text: str) -> bool:
    """Đơn vị tính: …"""
    return _SAYS_UNIT.search(" ".join(words(text))) is not None


def quarter_as_one(joined: str) -> str:
    """Words with “quý iv” and “q4” written as “quý 4”."""

    quarter = word("quý")
    return _QUARTER.sub(lambda found: f"{quarter} {_ROMAN.get(found[1] or found[2], found[1] or found[2])}", joined)


def scale_in(text: str) -> int:
    """“(nghìn người)”, “tính bằng triệu đồng” within a longer line; “xã Triệu Độ” is none."""
    found = [measured(inside)[0] for inside in _BRACKETS.findall(text)]
    joined = " ".join(words(text))
    for one in _SCALE.finditer(joined):
        after = joined[one.end() :].split()
        found += [_scale_of(one[1])] if any(tuple(after[:n]) in _UNITS for n in (1, 2, 3)) else []
    return max(found, default=1)


def starts_part(text: str) -> bool:
    """“Trong đó: …”."""
    return _PARTS_FIRST.match(" ".join(words(numbered(text)[1][:40]))) is not None


def names_this(joined: str) -> bool:
    """Words that name the period reported on without its number: “kỳ này”, “năm nay”."""
    return _THIS.search(joined) is not None
