"""Changes of a pack as edits of its files, with what has to change along: figures are then said once, not two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms.errors import InputRefused
from forms.model.count import Role
from forms.model.number import format_number, read_canonical
from forms.model.period import PeriodKind
from forms.model.text import fold
from forms.programmes.catalogue import HEAD
from forms.programmes.pack import PackEdit, Scalar, Value
from forms.programmes.pack_outline import (
    FIELDS,
    Block,
    FieldKind,
    FieldSpec,
    Outline,
    PackField,
    PackPart,
    read,
    read_every_year,
)

_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_SPECS = {kind: {spec.key: spec for spec in specs} for kind, specs in FIELDS.items()}
_YEAR = FieldSpec("year", "Năm của mốc", FieldKind.WHOLE, low=2000, high=2099, needed=True)
_VERIFIES = ("target", "news")  # tables whose figures come from a document: a changed figure is not that document's


@dataclass(frozen=True, slots=True)
class NewPack:
    """What a copy is called: the keys of the head that are its own, as typed."""

    id: str
    title: str
    short_title: str
    document: str
    issuer: str
    issuing_unit: str


def copied(new: NewPack) -> tuple[PackEdit, ...]:
    """A programme of one's own, version 1. Raises InputRefused PACK_ID, FIELD_NEEDED with the key in `where`."""
    if not _ID.fullmatch(new.id):
        raise InputRefused(
            "PACK_ID",
            "Mã chương trình gồm chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ, từ 2 đến 40 ký tự; ví dụ kh_tinh_2026.",
            "id",
        )
    head: dict[str, Value] = {"id": new.id, "version": 1, "issuing_unit": new.issuing_unit.strip()}
    for key in ("title", "short_title", "document", "issuer"):
        head[key] = read(_SPECS["programme"][key], getattr(new, key), {}) or ""
    return tuple(PackEdit(HEAD, (key,), value) for key, value in head.items())


def next_version(version: int) -> tuple[PackEdit, ...]:
    return (PackEdit(HEAD, ("version",), version),)


def changed(outline: Outline, id: str, typed: str | bool) -> tuple[PackEdit, ...]:
    """The field as typed. Raises InputRefused as pack_fields.read, with the field's key in `where`."""
    field = outline.fields[id]
    block = next(block for block in outline.blocks.values() if field in block.fields)
    if field.spec.kind is FieldKind.EVERY_YEAR:
        return tuple(_every_year(block, field, str(typed)))
    value = read(field.spec, typed, outline.agencies)
    if value == field.value or (value is None and field.value == field.spec.missing):
        return ()
    return (PackEdit(field.file, field.path, value), *_along(outline, block, field, value))


def mentions(outline: Outline, number: int) -> tuple[str, ...]:
    """Where texts of the programme still speak of so many items ("04 tin, bài"): the titles of the parts."""
    spoken = re.compile(rf"\b0*{number} (?:tin|bài|chuyên mục)")

    def speaks(part: PackPart) -> bool:
        values = [field.value for block in part.blocks for field in block.fields]
        return any(isinstance(value, str) and spoken.search(value) for value in values)

    return tuple(part.title for part in outline.parts if speaks(part))


def aligned(outline: Outline) -> tuple[PackEdit, ...]:
    """The rules that rest on the minimum of items brought to it, where they say another one."""
    news = next((block for block in outline.blocks.values() if block.kind == "news"), None)
    return tuple(_rules(outline, int(news.value("minimum")))) if news else ()


def target_added(part: PackPart, year: str, amount: str) -> PackEdit:
    """A milestone of an indicator. Raises InputRefused FIELD_NEEDED, FIELD_NUMBER, BLOCK_THERE …"""
    block = part.blocks[0]
    when = read(_YEAR, year, {})
    figure = str(read(_SPECS["target"]["amount"], amount, {}))
    if any(one.value("year") == when for one in part.blocks[1:]):
        raise InputRefused("BLOCK_THERE", f"Đã có mốc năm {when}. Sửa ngay mốc đó.", "year")
    before = part.blocks[-1].value("operator") if len(part.blocks) > 1 else None
    operator = before or ("<=" if block.value("direction") == "lower" else ">=")
    measure = str(block.value("measure") or "")
    words = f"{format_number(read_canonical(figure))}{measure if measure == '%' else f' {measure}'}".strip()
    row = {"year": int(str(when)), "operator": operator, "amount": figure, "words": words, "verified": False}
    return PackEdit(block.file, (*block.path, "target", len(part.blocks) - 1), row)


def deadline_added(outline: Outline, part: PackPart, role: Role, kind: PeriodKind, day: str, receiver: str) -> PackEdit:
    """When reports of a kind are due from a role. Raises InputRefused FIELD_DAY, FIELD_NEEDED, BLOCK_THERE."""
    month, number = read_every_year(day)
    where = str(read(_SPECS["deadline"]["receiver"], receiver, {}))
    if f"programme/{role}/{kind}" in outline.blocks:
        raise InputRefused("BLOCK_THERE", "Đã có hạn gửi này. Sửa ngay ngày ở trên.", "day")
    words = f"trước ngày {number:02d}/{month:02d}"
    row: dict[str, str | int | bool] = {"role": role.value, "month": month, "day": number}
    row |= {"words": words, "receiver": where, "period_kind": kind.value}
    return PackEdit(HEAD, ("deadline", len(part.blocks)), row)


def agency_added(outline: Outline, part: PackPart, title: str, of: str = "", since: str = "") -> PackEdit:
    """Somebody who may lead, whose id follows from its title; or a name that an agency (`of` is its id) has or whose successor
    has from a day on. Raises InputRefused FIELD_NEEDED, FIELD_DAY, BLOCK_THERE."""
    name = str(read(_SPECS["agency"]["title"], title, {}))
    if of:
        return _name_added(part, name, of, since)
    if fold(name) in map(fold, outline.agencies.values()):
        raise InputRefused("BLOCK_THERE", f"Đã có “{name}” trong danh sách cơ quan.", "title")
    stem = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:40].rstrip("_")
    stem = stem if stem[:1].isalpha() and len(stem) > 1 else f"co_quan_{stem}".rstrip("_")
    free = next(id for id in (stem, *(f"{stem}_{n}" for n in range(2, 999))) if id not in outline.agencies)
    row: dict[str, Scalar] = {"id": free, "title": name}
    return PackEdit(HEAD, ("agency", sum(block.kind == "agency" for block in part.blocks)), row)


def line_added(outline: Outline, kinds: tuple[str, ...], receiver: str, first_day: str, last_day: str) -> PackEdit:
    """Units of these kinds answer for themselves between two days. It comes from nobody's document yet. Raises InputRefused
    FIELD_DAY."""
    specs = _SPECS["reporting_line"]
    typed = {"first_day": first_day, "last_day": last_day, "receiver": receiver}
    row: dict[str, Scalar | list[str]] = {"kinds": list(kinds)}
    row |= {key: str(value) for key, text in typed.items() if (value := read(specs[key], text, {}))}
    row |= {"source": "Bổ sung trong bản soạn, chưa đối chiếu", "verified": False}
    there = sum(block.kind == "reporting_line" for block in outline.blocks.values())
    return PackEdit(HEAD, ("reporting_line", there), row)


def _name_added(part: PackPart, name: str, of: str, since: str) -> PackEdit:
    block = next(block for block in part.blocks if block.kind == "agency" and block.value("id") == of)
    there = [one for one in part.blocks if one.kind == "agency_name" and one.path[:2] == block.path]
    if any(fold(str(one.value("title"))) == fold(name) for one in (block, *there)):
        raise InputRefused("BLOCK_THERE", f"“{block.title}” đã có tên này. Sửa ngay ngày của tên đó.", "title")
    row: dict[str, Scalar | list[str]] = {"title": name}
    if day := read(_SPECS["agency_name"]["first_day"], since, {}):
        row["first_day"] = str(day)
    return PackEdit(block.file, (*block.path, "name", len(there)), row | {"verified": False})


def removed(outline: Outline, block: Block) -> PackEdit:
    """Without this target, deadline or agency. Raises InputRefused AGENCY_USED."""
    if block.kind == "agency":
        id = block.value("id")
        fields = [(part, field) for part in outline.parts for one in part.blocks for field in one.fields]
        used = [part.title for part, field in fields if field.spec.kind is FieldKind.OWNERS and id in field.value]
        if used:
            raise InputRefused(
                "AGENCY_USED",
                f"“{block.title}” đang chủ trì: {'; '.join(used[:5])}{' …' if used[5:] else ''}. "
                "Giao cho cơ quan khác rồi mới bỏ.",
                block.id,
            )
    return PackEdit(block.file, block.path, None)


def _every_year(block: Block, field: PackField, typed: str) -> Iterator[PackEdit]:
    """The day in its two keys, and in the plan's words where they name it."""
    month, day = read_every_year(typed)
    old, new = str(field.value), f"{day:02d}/{month:02d}"
    if new == old:
        return
    for key, value in (("day", day), ("month", month)):
        yield PackEdit(field.file, (*block.path, key), value)
    words = str(block.value("words"))
    if words.count(old) == 1:
        yield PackEdit(field.file, (*block.path, "words"), words.replace(old, new))


def _along(outline: Outline, block: Block, field: PackField, value: Value | None) -> Iterator[PackEdit]:
    key = field.spec.key
    if block.kind in _VERIFIES and key not in ("verified", "source") and block.value("verified"):
        yield PackEdit(field.file, (*block.path, "verified"), False)
    if block.kind == "target" and key == "amount":
        yield from _said_again(block, str(field.value), str(value))
    if block.kind == "news" and key == "minimum":
        yield from _rules(outline, int(str(value)))


def _said_again(block: Block, old: str, new: str) -> Iterator[PackEdit]:
    """The plan's words, where they name the old figure once: "Phấn đấu đạt 60%"."""
    words, was = str(block.value("words")), re.escape(format_number(read_canonical(old)))
    figure = re.compile(rf"(?<![\d,.]){was}(?![\d]|[,.]\d)")
    if len(figure.findall(words)) == 1:
        said = figure.sub(format_number(read_canonical(new)), words)
        yield PackEdit(block.file, (*block.path, "words"), said)


def _rules(outline: Outline, minimum: int) -> Iterator[PackEdit]:
    """The minimum of items stands again wherever a count of items in one period of its kind is asked to reach it: in the
    rule of 6.3, in the checks, in the rule of the year over its quarters. Also where they said yet another number."""
    asked = [re.compile(rf"\b({re.escape(id)} *(>=?) *)[0-9]+\b") for id in _counted(outline)]
    for field in outline.fields.values():
        if field.spec.key in ("rule", "expect", "when") and isinstance(field.value, str):
            said = field.value
            for one in asked:
                said = one.sub(lambda found: f"{found[1]}{minimum - (found[2] == '>')}", said)
            if said != field.value:
                yield PackEdit(field.file, field.path, said)


def _counted(outline: Outline) -> Iterator[str]:
    """The counts of counted items in a period of the kind that the minimum is for: the form's own, or one quarter or month
    of its year."""
    news = next(block for block in outline.blocks.values() if block.kind == "news")
    kinds = {block.file: block.value("period_kind") for block in outline.blocks.values() if block.kind == "form"}
    for block in outline.blocks.values():
        if block.value("from_news") == "counted":
            part = PeriodKind.QUARTER if block.value("quarter") else PeriodKind.MONTH if block.value("month") else None
            if (part or kinds.get(block.file)) == news.value("period_kind"):
                yield str(block.value("count"))
