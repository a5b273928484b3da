"""A pack as somebody reads and changes it: its parts in printed order, their blocks, and in these the fields.

Made from the definition files themselves, so that nothing that stands in them is left out: what may not be changed is
a field too, of kind FIXED, and shows when two packs are held against each other.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forms.model.count import Role
from forms.model.period import PeriodKind
from forms.programmes.catalogue import HEAD
from forms.programmes.pack import Path
from forms.programmes.pack_fields import FIELDS, FIXED_TITLES, FieldKind, FieldSpec, shown

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

    @property
    def is_verified(self) -> bool:
        return all(block.value("verified") is not False for block in self.blocks)


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
        agencies = self._each("agency", data, lambda one: str(one["title"]), "id")
        yield self._part("agencies", "Cơ quan", *agencies, adds="agency")
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
