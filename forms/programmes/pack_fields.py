"""What of a programme pack may be changed in the window, key by key, and how each is read from what is typed.

Ids, formulas, rules and who types a row stay: the same id has to mean the same figure in every version and in every
programme that was copied from it, else years and provinces could not be compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forms.errors import InputRefused
from forms.model.indicator import Operator
from forms.model.number import canonical, format_number, read_canonical, read_typed
from forms.model.text import clean, fold, quoted
from forms.programmes.pack import Value

OPERATOR_TITLES = {
    Operator.AT_LEAST: "ít nhất (≥)",
    Operator.ABOVE: "trên (>)",
    Operator.EQUAL: "bằng (=)",
    Operator.AT_MOST: "không quá (≤)",
    Operator.BELOW: "dưới (<)",
    Operator.ABOUT: "khoảng (≈)",
}
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})")
_FULL_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


class FieldKind(StrEnum):
    """How a field is typed and what stands in the file."""

    LINE = "line"  # text
    TEXT = "text"  # text of several lines
    WHOLE = "whole"  # a whole number
    AMOUNT = "amount"  # an exact number, in the file as text
    YES = "yes"  # ticked or not
    OPERATOR = "operator"  # one of Operator
    NAMES = "names"  # several texts, parted by ;
    OWNERS = "owners"  # agencies by title, parted by ;  in the file by id
    EVERY_YEAR = "every_year"  # a day of every year: 30/11; in the file as month and day
    DAY = "day"  # one day: 30/11/2019; in the file 2019-11-30
    FIXED = "fixed"  # shown, never changed


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One key of a table. `limit` characters of a text; `low` … `high` of a whole number; `needed` may not be empty;
    `missing` is what it means when the key is not there."""

    key: str
    title: str
    kind: FieldKind = FieldKind.LINE
    limit: int = 300
    low: int = 0
    high: int = 9999
    needed: bool = False
    missing: Value | None = None


_LINE, _TEXT, _WHOLE, _YES = FieldKind.LINE, FieldKind.TEXT, FieldKind.WHOLE, FieldKind.YES
_VERIFIED = FieldSpec("verified", "Đã đối chiếu với văn bản gốc", _YES, missing=True)
_SENSITIVE = FieldSpec("sensitive", "Nhạy cảm: báo cáo lưu hành nội bộ", _YES, missing=False)
_SOURCE = FieldSpec("source", "Nguồn", _TEXT, 1000, missing="")
_NUMBER = FieldSpec("number", "Số thứ tự", limit=20, needed=True)
_OWNERS = FieldSpec("agencies", "Cơ quan chủ trì (cách nhau bằng ;)", FieldKind.OWNERS, missing=[])

# What may be changed, by the kind of table in which it stands.
FIELDS: Mapping[str, tuple[FieldSpec, ...]] = {
    "programme": (
        FieldSpec("title", "Tên chương trình", _TEXT, 500, needed=True),
        FieldSpec("short_title", "Tên ngắn", limit=80, needed=True),
        FieldSpec("document", "Văn bản (số, ký hiệu, ngày)", _TEXT, 500, missing=""),
        FieldSpec("issuer", "Nơi ban hành", limit=200, needed=True),
        FieldSpec("first_year", "Năm đầu", _WHOLE, low=2000, high=2099, needed=True),
        FieldSpec("last_year", "Năm cuối", _WHOLE, low=2000, high=2099, needed=True),
        FieldSpec("source", "Nguồn", _TEXT, 1000, needed=True),
    ),
    "objective": (FieldSpec("title", "Tên mục tiêu", _TEXT, 500, needed=True),),
    "deadline": (
        FieldSpec("day", "Trước ngày (ngày/tháng)", FieldKind.EVERY_YEAR, needed=True),
        FieldSpec("words", "Hạn theo lời văn bản", limit=200, needed=True),
        FieldSpec("receiver", "Nơi nhận", limit=200, needed=True),
        FieldSpec("years_after", "Số năm sau năm báo cáo", _WHOLE, high=5, missing=0),
    ),
    "agency": (
        FieldSpec("title", "Tên cơ quan", limit=200, needed=True),
        FieldSpec("also", "Tên khác, tên trước và sau sáp nhập (cách nhau bằng ;)", FieldKind.NAMES, missing=[]),
    ),
    "news": (
        FieldSpec("minimum", "Số tin, bài ít nhất", _WHOLE, low=1, high=999, needed=True),
        FieldSpec("relayed_counted", "Tính cả tin, bài tiếp phát", _YES, missing=False),
        FieldSpec("words", "Quy định theo lời văn bản", _TEXT, 500, needed=True),
        FieldSpec("source", "Nguồn", _TEXT, 1000, needed=True),
        _VERIFIED,
    ),
    "form": (FieldSpec("title", "Tên biểu", _TEXT, 500, needed=True),),
    "section": (FieldSpec("title", "Tên phần", _TEXT, 500, needed=True),),
    "count": (
        _NUMBER,
        FieldSpec("title", "Tên số liệu", _TEXT, 500, needed=True),
        FieldSpec("required", "Bắt buộc nhập", _YES, missing=True),
        _OWNERS,
        FieldSpec("help", "Cách ghi", _TEXT, 1000, missing=""),
        _SOURCE,
        _VERIFIED,
    ),
    "indicator": (
        _NUMBER,
        FieldSpec("title", "Tên chỉ tiêu", _TEXT, 500, needed=True),
        FieldSpec("owner", "Cơ quan chủ trì theo lời văn bản", _TEXT, 500, needed=True),
        _OWNERS,
        FieldSpec("definition", "Cách tính, giải thích", _TEXT, 2000, missing=""),
        _SOURCE,
        _VERIFIED,
    ),
    "target": (
        FieldSpec("operator", "So sánh", FieldKind.OPERATOR, needed=True),
        FieldSpec("amount", "Mức phải đạt", FieldKind.AMOUNT, needed=True),
        FieldSpec("words", "Mốc theo lời văn bản", limit=300, needed=True),
        _SOURCE,
        _VERIFIED,
    ),
    "task": (
        _NUMBER,
        FieldSpec("title", "Nhiệm vụ", _TEXT, 1000, needed=True),
        FieldSpec("lead", "Chủ trì theo lời văn bản", _TEXT, 500, missing=""),
        FieldSpec("leads", "Cơ quan chủ trì (cách nhau bằng ;)", FieldKind.OWNERS, missing=[]),
        FieldSpec("cooperating", "Phối hợp", _TEXT, 500, missing=""),
        FieldSpec("product", "Sản phẩm", _TEXT, 500, missing=""),
        FieldSpec("due", "Hạn hoàn thành (ngày/tháng/năm)", FieldKind.DAY),
        _SENSITIVE,
        _SOURCE,
        _VERIFIED,
    ),
    "check": (FieldSpec("message", "Câu nhắc khi không đúng", _TEXT, 500, needed=True),),
    "cross": (FieldSpec("message", "Câu nhắc khi không khớp", _TEXT, 500, needed=True),),
    "narrative": (
        FieldSpec("title", "Tên phần lời văn", limit=300, needed=True),
        FieldSpec("help", "Gợi ý viết", _TEXT, 1000, missing=""),
        FieldSpec("required", "Bắt buộc viết", _YES, missing=False),
        FieldSpec("limit", "Nhiều nhất bao nhiêu ký tự", _WHOLE, low=100, high=20000, missing=4000),
        _SENSITIVE,
    ),
    "nominations": (
        FieldSpec("forms", "Hình thức khen thưởng (cách nhau bằng ;)", FieldKind.NAMES, needed=True),
        FieldSpec("words", "Yêu cầu theo lời văn bản", _TEXT, 1000, missing=""),
        FieldSpec("help", "Cách ghi", _TEXT, 1000, missing=""),
    ),
}
# How the keys that stay are called where two packs are held against each other.
FIXED_TITLES = {
    "id": "Mã",
    "count": "Mã",
    "indicator": "Mã",
    "version": "Phiên bản",
    "issuing_unit": "Mã đơn vị ban hành",
    "formula": "Công thức",
    "rule": "Điều kiện đạt",
    "expect": "Điều kiện",
    "when": "Chỉ kiểm tra khi",
    "level": "Mức",
    "measure": "Đơn vị tính",
    "by": "Phân tổ",
    "filled_by": "Ai nhập",
    "computed_by": "Ai tính",
    "kind": "Cách tính",
    "number": "Số thứ tự",
    "reporters": "Loại đơn vị báo cáo",
    "period_kind": "Loại kỳ",
    "counted_kinds": "Loại tin, bài được tính",
    "years": "Các năm",
    "required_years": "Các năm bắt buộc",
    "maximum": "Giá trị lớn nhất",
    "from_news": "Lấy từ sổ tin, bài",
    "role": "Của ai",
    "year": "Năm",
    "kinds": "Loại đơn vị",
}


def read(spec: FieldSpec, typed: str | bool, agencies: Mapping[str, str]) -> Value | None:
    """What stands in the file for what was typed; None where the key is not needed. `agencies`: id → title.

    Raises InputRefused FIELD_NEEDED, FIELD_NUMBER, FIELD_DAY, AGENCY_UNKNOWN and those of text.clean, read_typed.
    """
    value = typed if isinstance(typed, bool) else _read(spec, typed, agencies)
    if value in ("", [], None) and spec.needed:
        raise InputRefused("FIELD_NEEDED", f"Không để trống mục “{spec.title}”.", spec.key)
    return None if not spec.needed and value == spec.missing else value


def shown(spec: FieldSpec, value: object, agencies: Mapping[str, str]) -> str:
    """The value as it is typed and read."""
    match spec.kind:
        case FieldKind.YES:
            return "có" if value else "không"
        case FieldKind.AMOUNT if isinstance(value, str):
            return format_number(read_canonical(value))
        case FieldKind.OWNERS if isinstance(value, list):
            return "; ".join(agencies.get(id, id) for id in value)
        case FieldKind.DAY if isinstance(value, str) and value:
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        case FieldKind.OPERATOR if isinstance(value, str):
            return OPERATOR_TITLES[Operator(value)]
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def read_every_year(text: str) -> tuple[int, int]:
    """(month, day) of "30/11". Raises InputRefused FIELD_DAY."""
    found = _DAY.fullmatch(text.strip())
    day, month = (int(part) for part in found.groups()) if found else (0, 0)
    _must_be_day(2001, month, day, text, "Ghi ngày/tháng, ví dụ 30/11.")  # no leap year
    return month, day


def _read(spec: FieldSpec, typed: str, agencies: Mapping[str, str]) -> Value | None:
    match spec.kind:
        case FieldKind.LINE | FieldKind.TEXT:
            return clean(typed, limit=spec.limit, multiline=spec.kind is FieldKind.TEXT, where=spec.key)
        case FieldKind.WHOLE:
            return _whole(spec, typed)
        case FieldKind.AMOUNT:
            number = read_typed(typed)
            return canonical(number.amount) if number else None
        case FieldKind.OPERATOR:
            return Operator(typed).value
        case FieldKind.NAMES:
            return [clean(name, limit=spec.limit, where=spec.key) for name in typed.split(";") if name.strip()]
        case FieldKind.OWNERS:
            return [_agency(name, agencies) for name in typed.split(";") if name.strip()]
        case FieldKind.DAY:
            return _day(typed)
    raise ValueError(f"{spec.kind} is not typed")


def _whole(spec: FieldSpec, typed: str) -> int | None:
    plain = typed.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 9 and spec.low <= int(plain) <= spec.high):
        raise InputRefused("FIELD_NUMBER", f"Ghi số nguyên từ {spec.low} đến {spec.high}.", spec.key)
    return int(plain)


def _agency(name: str, agencies: Mapping[str, str]) -> str:
    wanted = fold(name)
    for id, title in agencies.items():
        if fold(title) == wanted:
            return id
    known = "; ".join(agencies.values()) or "chưa có cơ quan nào"
    raise InputRefused(
        "AGENCY_UNKNOWN",
        f"Chương trình không có cơ quan {quoted(name.strip())}. Thêm ở phần “Cơ quan” trước, hoặc ghi một trong: {known}.",
        "agencies",
    )


def _day(typed: str) -> str | None:
    plain = typed.strip()
    if not plain:
        return None
    found = _FULL_DAY.fullmatch(plain)
    day, month, year = (int(part) for part in found.groups()) if found else (0, 0, 0)
    _must_be_day(year, month, day, typed, "Ghi ngày/tháng/năm, ví dụ 30/11/2025.")
    return date(year, month, day).isoformat()


def _must_be_day(year: int, month: int, day: int, typed: str, words: str) -> None:
    try:
        date(year, month, day)
    except ValueError as error:
        raise InputRefused("FIELD_DAY", f"{quoted(typed.strip())} không phải là ngày. {words}", "day") from error
