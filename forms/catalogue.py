"""Reads the programme packs under forms/definitions. A wrong definition stops the program, by file and key."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from forms.errors import CatalogueError, InputRefused
from forms.expression import ExpressionError, Formula, Rule
from forms.news import MEASURES
from forms.numbers import read_canonical
from forms.periods import Period, PeriodKind
from forms.spec import (
    LEVELS,
    Breakdown,
    Check,
    Count,
    Deadline,
    Direction,
    Form,
    Indicator,
    IndicatorKind,
    NarrativeSpec,
    NewsRule,
    Objective,
    Operator,
    Programme,
    Role,
    Section,
    Target,
)

DEFINITIONS = Path(__file__).parent / "definitions"
_ID = re.compile(r"[a-z][a-z0-9_]{1,59}")
Raw = dict[str, Any]
Shape = TypeVar("Shape")
_PLAIN = {"str": str, "int": int, "bool": bool}


@dataclass(frozen=True)
class Catalogue:
    """Every released version of every programme that this program knows."""

    programmes: tuple[Programme, ...]

    def programme(self, id: str, version: int | None = None) -> Programme:
        """The version asked for, or the newest. Raises InputRefused PROGRAMME_UNKNOWN."""
        found = [p for p in self.programmes if p.id == id and version in (None, p.version)]
        if not found:
            known = ", ".join(sorted({p.id for p in self.programmes}))
            raise InputRefused(
                "PROGRAMME_UNKNOWN", f"Không có chương trình “{id}”. Các chương trình hiện có: {known}.", id
            )
        return max(found, key=lambda p: p.version)

    def form_for(self, programme: str, period: Period) -> Form:
        """The form to fill for the period. Raises InputRefused PERIOD_UNKNOWN when the programme has none."""
        form = self.programme(programme).form_for(period.kind)
        if form is None:
            raise InputRefused(
                "PERIOD_UNKNOWN",
                f"Chương trình {programme} không có biểu cho kỳ {period.words}. Chọn kỳ khác.",
                period.label,
            )
        return form

    def find_form(self, programme: str, version: int, form: str) -> Form | None:
        """The form of exactly that version; None where this program does not have it."""
        found = next((p for p in self.programmes if (p.id, p.version) == (programme, version)), None)
        return found.form(form) if found else None


def load_all(folder: Path = DEFINITIONS) -> Catalogue:
    """Every pack in the folder. Raises CatalogueError."""
    packs = sorted(p for p in folder.iterdir() if p.is_dir() and (p / "programme.toml").is_file())
    return Catalogue(tuple(load_pack(pack) for pack in packs))


def load_pack(folder: Path) -> Programme:
    """One pack. Its SHA-256 is over the names, sizes and bytes of its files in name order."""
    files = {file.name: file.read_bytes() for file in sorted(folder.glob("*.toml"))}
    return parse_pack(folder.name, files)


def parse_pack(name: str, files: Mapping[str, bytes]) -> Programme:
    """The pack in a folder of that name, its files by theirs. Raises CatalogueError."""
    digest = hashlib.sha256()
    for file, data in sorted(files.items()):
        digest.update(f"{file}\n{len(data)}\n".encode() + data)
    sha256 = digest.hexdigest()
    if "programme.toml" not in files:
        raise CatalogueError(f"{name}/programme.toml", "file", "a pack needs one")
    head = _Reader(f"{name}/programme.toml", _toml(f"{name}/programme.toml", files["programme.toml"]))
    id, version = head.data.get("id"), head.data.get("version")
    if not isinstance(id, str) or not isinstance(version, int) or name != f"{id}.v{version}":
        raise CatalogueError(head.file, "id, version", f"the folder should be named {id}.v{version}")
    pages = [
        _Reader(f"{name}/{file}", _toml(f"{name}/{file}", data)).form(id, version, sha256)
        for file, data in sorted(files.items())
        if file != "programme.toml"
    ]
    rule = head.news_rule()
    forms = tuple(replace(form, news_rule=rule) if form.has_news else form for form in pages)
    return head.programme(sha256, rule, forms)


def _toml(file: str, data: bytes) -> Raw:
    try:
        text = data.decode("utf-8")
        if not unicodedata.is_normalized("NFC", text):
            raise CatalogueError(file, "text", "not NFC")
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(file, "TOML", str(error)) from error


def _amount(text: str) -> Decimal:
    """An exact number, written as text: TOML's own 1.7 would be a binary float."""
    try:
        return read_canonical(text)
    except InputRefused as error:
        raise ValueError(f"{text!r} is no number written as text") from error


def _fits(annotation: str, value: object) -> bool:
    """Whether the value is of the plain type, or the list, that the shape asks for."""
    if annotation in _PLAIN:
        return type(value) is _PLAIN[annotation]
    return isinstance(value, tuple) or not annotation.startswith("tuple")


class _Reader:
    """One definition file; takes each key once and refuses what is left."""

    def __init__(self, file: str, data: Raw) -> None:
        self.file, self.data = file, data
        self.breakdowns: dict[str, Breakdown] = {}

    def news_rule(self) -> NewsRule | None:
        raw = self.data.pop("news", None)
        return self._make(NewsRule, "news", self._read(raw, period_kind=PeriodKind)) if raw else None

    def programme(self, sha256: str, news: NewsRule | None, forms: tuple[Form, ...]) -> Programme:
        data = self.data
        objectives = tuple(
            self._make(Objective, f"objective {raw.get('number')}", raw) for raw in data.pop("objective", [])
        )
        deadlines = tuple(
            self._make(Deadline, "deadline", self._read(raw, role=Role)) for raw in data.pop("deadline", [])
        )
        return self._make(
            Programme,
            "programme",
            data,
            sha256=sha256,
            objectives=objectives,
            deadlines=deadlines,
            news=news,
            forms=forms,
        )

    def form(self, programme: str, version: int, sha256: str) -> Form:
        data = self.data
        self.breakdowns = {id: Breakdown(id, raw.pop("title"), raw) for id, raw in data.pop("breakdown", {}).items()}
        sections = tuple(self._section(raw) for raw in data.pop("section", []))
        checks = tuple(self._check(raw) for raw in data.pop("check", []))
        narratives = tuple(
            self._make(NarrativeSpec, f"narrative {raw.get('id')}", raw) for raw in data.pop("narrative", [])
        )
        form = self._make(
            Form,
            "form",
            self._read(data, period_kind=PeriodKind),
            programme=programme,
            programme_version=version,
            programme_sha256=sha256,
            sections=sections,
            checks=checks,
            narratives=narratives,
        )
        self._ids_are_sound(form)
        self._names_exist(form)
        return form

    def _section(self, raw: Raw) -> Section:
        rows = tuple(self._row(row) for row in raw.pop("row", []))
        return self._make(Section, f"section {raw.get('number')}", raw, rows=rows)

    def _row(self, raw: Raw) -> Count | Indicator:
        """`count = "id"` or `indicator = "id"` opens a row, so that the file keeps the printed order."""
        if "count" in raw:
            return self._count(raw | {"id": raw["count"]}, drop="count")
        if "indicator" in raw:
            return self._indicator(raw | {"id": raw["indicator"]}, drop="indicator")
        raise CatalogueError(self.file, f"row {raw}", "neither count nor indicator")

    def _count(self, raw: Raw, drop: str) -> Count:
        raw.pop(drop)
        where = f"count {raw['id']}"
        values = self._read(raw, filled_by=Role, maximum=_amount, by=self._breakdown)
        count = self._make(Count, where, values)
        if count.from_news and count.from_news not in MEASURES:
            raise CatalogueError(self.file, where, f"from_news {count.from_news!r} is no news measure")
        return count

    def _indicator(self, raw: Raw, drop: str) -> Indicator:
        raw.pop(drop)
        where = f"indicator {raw['id']}"
        targets = tuple(
            self._make(Target, where, self._read(t, operator=Operator, amount=_amount)) for t in raw.pop("target", [])
        )
        values = self._read(
            raw,
            kind=IndicatorKind,
            direction=Direction,
            formula=Formula.parse,
            rule=Rule.parse,
            computed_by=Role,
            each_part=self._breakdown,
        )
        if len({target.year for target in targets}) < len(targets):
            raise CatalogueError(self.file, where, "a target year stands twice")
        indicator = self._make(Indicator, where, values, targets=targets)
        wanted = "rule" if indicator.kind is IndicatorKind.SHARE_OF_UNITS else "formula"
        if getattr(indicator, wanted) is None:
            raise CatalogueError(self.file, where, f"a {indicator.kind} indicator needs a {wanted}")
        return indicator

    def _check(self, raw: Raw) -> Check:
        where = f"check {raw.get('id')}"
        check = self._make(Check, where, self._read(raw, expect=Rule.parse, filled_by=Role))
        if check.level not in LEVELS:
            raise CatalogueError(self.file, where, f"level {check.level!r}")
        return check

    def _breakdown(self, id: str) -> Breakdown:
        if id not in self.breakdowns:
            raise ValueError(f"unknown breakdown {id!r}")
        return self.breakdowns[id]

    def _read(self, raw: Raw, **parsers: Callable[[Any], Any]) -> Raw:
        """The values with the named keys parsed; a list is parsed item by item into a tuple."""
        out: Raw = {}
        for key, value in raw.items():
            parse = parsers.get(key, lambda plain: plain)
            try:
                out[key] = tuple(parse(item) for item in value) if isinstance(value, list) else parse(value)
            except (ExpressionError, ValueError, ArithmeticError, TypeError) as error:
                raise CatalogueError(self.file, f"{raw.get('id', '')} {key}".strip(), str(error)) from error
        return out

    def _make(self, shape: type[Shape], where: str, raw: Raw, **more: Any) -> Shape:
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()} | more
        known = {f.name: str(f.type) for f in fields(shape)}  # type: ignore[arg-type]
        if unknown := sorted(set(values) - set(known)):
            raise CatalogueError(self.file, where, f"unknown key {unknown[0]!r}")
        for key, value in values.items():
            if not _fits(known[key], value):
                raise CatalogueError(self.file, where, f"{key} should be {known[key]}, not {value!r}")
        try:
            return shape(**values)
        except TypeError as error:
            raise CatalogueError(self.file, where, str(error).partition(" ")[2]) from error

    def _ids_are_sound(self, form: Form) -> None:
        ids = [row.id for section in form.sections for row in section.rows]
        ids += [c.id for c in form.checks] + [n.id for n in form.narratives]
        for id in ids:
            if not _ID.fullmatch(id.replace("-", "_")):
                raise CatalogueError(self.file, id, "ids are snake_case English")
            if ids.count(id) > 1:
                raise CatalogueError(self.file, id, "the id stands twice")

    def _names_exist(self, form: Form) -> None:
        known = set(form.counts) | set(form.count_of_cell)
        rules: list[tuple[str, Iterable[str]]] = [(c.id, c.expect.names) for c in form.checks]
        for indicator in form.indicators.values():
            read = indicator.formula or indicator.rule
            rules.append((indicator.id, read.names if read else ()))
        for where, names in rules:
            for name in names:
                if name not in known:
                    raise CatalogueError(self.file, where, f"unknown id {name!r}")
        for indicator in form.indicators.values():
            self._parts_exist(indicator, form)

    def _parts_exist(self, indicator: Indicator, form: Form) -> None:
        """What must pass part by part is asked of counts that are typed by those parts."""
        if indicator.each_part and indicator.formula:
            for name in indicator.formula.names:
                if name not in form.counts or form.counts[name].by != indicator.each_part:
                    raise CatalogueError(self.file, indicator.id, f"{name!r} is not by {indicator.each_part.id!r}")
