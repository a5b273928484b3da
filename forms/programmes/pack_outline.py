"""A pack as somebody reads and changes it: its parts in printed order, their blocks, and in these the fields.

Made from the definition files themselves, so that nothing that stands in them is left out: what may not be changed is
a field too, of kind FIXED, and shows when two packs are held against each other.

What of a programme pack may be changed in the window, key by key, and how each is read from what is typed.

Ids, formulas, rules and who types a row stay: the same id has to mean the same figure in every version and in every
programme that was copied from it, else years and provinces could not be compared.

What is different between two packs, in the words of their fields: before a release, and before a supply file is taken."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from forms.errors import InputRefused
from forms.model.count import Role
from forms.model.indicator import Operator
from forms.model.number import canonical, format_number, read_canonical, read_typed
from forms.model.period import PeriodKind
from forms.model.text import clean, fold, quoted
from forms.org_units.unit_words import kinds_called
from forms.programmes.catalogue import HEAD
from forms.programmes.pack import Path, Value

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
_DAYS = (FieldSpec("first_day", "Từ ngày", FieldKind.DAY), FieldSpec("last_day", "Đến hết ngày", FieldKind.DAY))
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
        FieldSpec("last_day", "Các tên trên dùng đến hết ngày", FieldKind.DAY),
    ),
    "agency_name": (
        FieldSpec("title", "Tên cơ quan, hoặc cơ quan kế thừa", limit=200, needed=True),
        *_DAYS,
        _VERIFIED,
    ),
    "reporting_line": (
        FieldSpec("receiver", "Gửi về", limit=200, missing=""),
        *_DAYS,
        _SOURCE,
        _VERIFIED,
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
    "answered": "Cơ quan trả lời cho",
    "preferred": "Nguồn được ưu tiên",
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
    "forms": "Biểu",
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


Table = dict[str, Any]
ROLE_TITLES = {Role.REPORTING: "Đơn vị báo cáo", Role.SUMMING: "Nơi tổng hợp", Role.AGENCY: "Sở, ban, ngành"}
KIND_TITLES = {
    PeriodKind.MONTH: "báo cáo tháng",
    PeriodKind.QUARTER: "báo cáo quý",
    PeriodKind.HALF: "báo cáo 6 tháng",
    PeriodKind.YEAR: "báo cáo năm",
    PeriodKind.SPAN: "báo cáo giai đoạn",
}


@dataclass(frozen=True, slots=True)
class PackField:
    """One key of one table. `id` stays the same where the table moves; `path` is where it stands in its file; `value`
    as in the file, or what its absence means."""

    id: str
    spec: FieldSpec
    file: str
    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Block:
    """The fields of one table of a file; `kind` is a key of FIELDS, or "fixed"."""

    id: str
    kind: str
    title: str
    file: str
    path: Path
    fields: tuple[PackField, ...]

    def field(self, key: str) -> PackField | None:
        return next((field for field in self.fields if field.spec.key == key), None)

    def value(self, key: str) -> Any:
        found = self.field(key)
        return found.value if found else None


@dataclass(frozen=True, slots=True)
class PackPart:
    """What is shown at once. `adds`: the kind of block that may be added to it, or empty."""

    id: str
    group: str
    title: str
    blocks: tuple[Block, ...]
    adds: str = ""


@dataclass(frozen=True)
class Outline:
    """`agencies`: id → title."""

    parts: tuple[PackPart, ...]
    agencies: Mapping[str, str]

    @cached_property
    def blocks(self) -> dict[str, Block]:
        return {block.id: block for part in self.parts for block in part.blocks}

    @cached_property
    def fields(self) -> dict[str, PackField]:
        return {field.id: field for block in self.blocks.values() for field in block.fields}

    def part(self, id: str) -> PackPart | None:
        return next((part for part in self.parts if part.id == id), None)

    def words(self, field: PackField) -> str:
        return shown(field.spec, field.value, self.agencies)


def outline(files: Mapping[str, bytes]) -> Outline:
    """Of the files of a pack that can be read."""
    raw = {file: tomllib.loads(data.decode()) for file, data in files.items()}
    head = raw.pop(HEAD)
    agencies = {one["id"]: one["title"] for one in head.get("agency", ())}
    pages = sorted(raw.items(), key=lambda page: str(page[1].get("number")))
    parts = [*_Page(HEAD, "Chương trình").head(head)]
    for file, data in pages:
        parts += _Page(file, f"Biểu {data['number']} · {data['title']}").form(data)
    return Outline(tuple(parts), agencies)


class _Page:
    """One file, table by table."""

    def __init__(self, file: str, group: str) -> None:
        self._file, self._group, self._stem = file, group, file.removesuffix(".toml")
        self._seen: Counter[str] = Counter()

    def head(self, data: Table) -> Iterator[PackPart]:
        objectives = self._each("objective", data, lambda one: f"Mục tiêu {one['number']}", "number")
        yield self._part("programme", "Tên, văn bản, thời gian", self._block("programme", "", data, ()), *objectives)
        yield self._part("deadlines", "Hạn gửi báo cáo", *self._deadlines(data), adds="deadline")
        if "reporting_line" in data:
            yield self._part("reporting_lines", "Ai báo cáo, từ ngày nào", *self._lines(data), adds="reporting_line")
        yield self._part("agencies", "Cơ quan", *self._agencies(data), adds="agency")
        if "news" in data:
            yield self._part("news", "Quy định về tin, bài", self._block("news", "", data["news"], ("news",)))

    def form(self, data: Table) -> Iterator[PackPart]:
        sections = self._each("section", data, lambda one: f"Phần {one['number']}", "number")
        nominations = [
            self._block("nominations", "Đề nghị khen thưởng", data[key], (key,))
            for key in ("nominations",)
            if key in data
        ]
        breakdowns = [
            self._block("fixed", f"Phân tổ {id}", one, ("breakdown", id))
            for id, one in data.get("breakdown", {}).items()
        ]
        whole = self._block("form", "", data, ())
        yield self._part("form", "Tên biểu và các phần", whole, *sections, *nominations, *breakdowns)
        for number, section in enumerate(data.get("section", ())):
            yield from self._section(section, ("section", number))
        narratives = [
            *self._each("objective_narrative", data, lambda one: f"Từng mục tiêu: {one['title']}", "id"),
            *self._each("narrative", data, lambda one: f"{one['number']}. {one['title']}", "id"),
        ]
        checks = [
            *self._each("check", data, lambda one: str(one["id"]), "id"),
            *self._each("cross", data, lambda one: str(one["id"]), "id"),
        ]
        if "same_figures" in data:
            same = data["same_figures"]
            checks.append(self._block("cross", "So với biểu của từng năm", same, ("same_figures",)))
        if narratives:
            yield self._part("narratives", "Phần lời văn", *narratives)
        if checks:
            yield self._part("checks", "Câu kiểm tra", *checks)

    def _section(self, section: Table, path: Path) -> Iterator[PackPart]:
        for number, row in enumerate(section.get("row", ())):
            place = (*path, "row", number)
            kind = "count" if "count" in row else "indicator"
            id = str(row[kind])
            targets = [
                self._block("target", f"Mốc năm {one['year']}", one, (*place, "target", at), f"{id}/{one['year']}")
                for at, one in enumerate(row.get("target", ()))
            ]
            block = self._block(kind, "", row, place, id)
            title = f"{row['number']}  {row['title']}"
            yield self._part(id, title, block, *targets, adds="target" if kind == "indicator" else "")
        for number, task in enumerate(section.get("task", ())):
            id = str(task["id"])
            block = self._block("task", "", task, (*path, "task", number), id)
            yield self._part(id, f"{task['number']}  {task['title']}", block)

    def _deadlines(self, data: Table) -> Iterator[Block]:
        for number, one in enumerate(data.get("deadline", ())):
            role, kind = Role(one["role"]), PeriodKind(one.get("period_kind", PeriodKind.YEAR))
            title = f"{ROLE_TITLES[role]}, {KIND_TITLES[kind]}"
            yield self._block("deadline", title, one, ("deadline", number), f"{role}/{kind}")

    def _lines(self, data: Table) -> Iterator[Block]:
        for number, one in enumerate(data["reporting_line"]):
            words, since = kinds_called(one["kinds"]), one.get("first_day", "")
            title = f"{words[:1].upper()}{words[1:]}"
            yield self._block("reporting_line", title, one, ("reporting_line", number), f"{one['kinds'][0]}/{since}")

    def _agencies(self, data: Table) -> Iterator[Block]:
        """Each agency, followed by its names with dates."""
        for number, one in enumerate(data.get("agency", ())):
            path: Path = ("agency", number)
            yield self._block("agency", str(one["title"]), one, path, f"agency/{one['id']}")
            for at, name in enumerate(one.get("name", ())):
                id = f"agency/{one['id']}/{at}"
                yield self._block("agency_name", f"{one['title']}: tên theo ngày", name, (*path, "name", at), id)

    def _each(self, list_: str, data: Table, title: Any, key: str) -> list[Block]:
        kind = "narrative" if list_ == "objective_narrative" else list_
        return [
            self._block(kind, title(one), one, (list_, number), f"{list_}/{one[key]}")
            for number, one in enumerate(data.get(list_, ()))
        ]

    def _part(self, id: str, title: str, *blocks: Block, adds: str = "") -> PackPart:
        return PackPart(f"{self._stem}/{id}", self._group, title, blocks, adds)

    def _block(self, kind: str, title: str, table: Table, path: Path, name: str = "") -> Block:
        id = f"{self._stem}/{name or '/'.join(map(str, path)) or kind}"
        self._seen[id] += 1
        if self._seen[id] > 1:  # nothing forbids two deadlines of one role
            id = f"{id}#{self._seen[id]}"
        return Block(id, kind, title, self._file, path, tuple(self._fields(kind, id, table, path)))

    def _fields(self, kind: str, id: str, table: Table, path: Path) -> Iterator[PackField]:
        specs = FIELDS.get(kind, ())
        taken = {spec.key for spec in specs}
        for spec in specs:
            value = table.get(spec.key, spec.missing)
            if spec.kind is FieldKind.EVERY_YEAR:
                taken.add("month")
                value = f"{table['day']:02d}/{table['month']:02d}"
            yield PackField(f"{id}.{spec.key}", spec, self._file, (*path, spec.key), value)
        for key, value in table.items():
            if key not in taken and not _has_tables(value):
                spec = FieldSpec(key, FIXED_TITLES.get(key, key), FieldKind.FIXED)
                yield PackField(f"{id}.{key}", spec, self._file, (*path, key), value)


def _has_tables(value: object) -> bool:
    """A table, or a list of tables, is a block of its own."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))


_OF_ITSELF = ("programme/programme.id", "programme/programme.version")  # differ in every copy


@dataclass(frozen=True, slots=True)
class PackChange:
    """One field, or a whole block that is new or gone. `old` and `new` are words, empty for what is not there."""

    part: str
    field: str
    where: str
    old: str
    new: str


def changes(before: Outline, after: Outline) -> tuple[PackChange, ...]:
    """In printed order; what is gone comes last."""
    found = [change for part in after.parts for change in _of_part(before, after, part)]
    gone = [
        PackChange("", block.id, _place(part, block), _summary(before, block), "")
        for part in before.parts
        for block in part.blocks
        if block.id not in after.blocks
    ]
    return (*found, *gone)


def _of_part(before: Outline, after: Outline, part: PackPart) -> Iterator[PackChange]:
    for block in part.blocks:
        if block.id not in before.blocks:
            yield PackChange(part.id, block.id, _place(part, block), "", _summary(after, block))
            continue
        for field in block.fields:
            old = before.fields.get(field.id)
            if field.id not in _OF_ITSELF and (old is None or old.value != field.value):
                was = before.words(old) if old else ""
                yield PackChange(
                    part.id, field.id, f"{_place(part, block)} › {field.spec.title}", was, after.words(field)
                )
        for id in (f.id for f in before.blocks[block.id].fields if f.id not in after.fields):
            old = before.fields[id]
            yield PackChange(part.id, id, f"{_place(part, block)} › {old.spec.title}", before.words(old), "")


def _place(part: PackPart, block: Block) -> str:
    return f"{part.title} › {block.title}" if block.title else part.title


def _summary(outline: Outline, block: Block) -> str:
    typed = (field for field in block.fields if field.spec.kind is not FieldKind.YES)
    said = (outline.words(field) for field in typed if field.spec.kind is not FieldKind.FIXED)
    return " · ".join(filter(None, said)) or "có"
