"""Reads one definition file: TOML in, the values of spec.py out. Takes each key once and refuses what is left, by file and key."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from forms.cell import place
from forms.count import Breakdown, Count, Role
from forms.errors import CatalogueError, InputRefused
from forms.expression import ExpressionError, Formula, Rule
from forms.indicator import Direction, Indicator, IndicatorKind, Operator, Target
from forms.news import MEASURES
from forms.numbers import read_canonical
from forms.periods import Period, PeriodKind
from forms.spec import LEVELS, Check, CrossCheck, Form, NarrativeSpec, NominationSpec, Section, TaskSpec

_ID = re.compile(r"[a-z][a-z0-9_]{1,59}")
_YEARS = ("years", "required_years")
_PLAIN = {"str": str, "int": int, "bool": bool}
Raw = dict[str, Any]
Shape = TypeVar("Shape")


def parsed(file: str, data: bytes) -> Raw:
    """The keys of a TOML file. Raises CatalogueError for anything but NFC text in UTF-8."""
    try:
        text = data.decode("utf-8")
        if not unicodedata.is_normalized("NFC", text):
            raise CatalogueError(file, "text", "not NFC")
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(file, "TOML", str(error)) from error


class Maker:
    """Makes values of a file's keys; unknown, missing and misshapen ones are refused."""

    def __init__(self, file: str) -> None:
        self.file = file

    def read(self, raw: Raw, **parsers: Callable[[Any], Any]) -> Raw:
        """The values with the named keys parsed; a list is parsed item by item into a tuple."""
        out: Raw = {}
        for key, value in raw.items():
            parse = parsers.get(key, lambda plain: plain)
            try:
                out[key] = tuple(parse(item) for item in value) if isinstance(value, list) else parse(value)
            except (ExpressionError, ValueError, ArithmeticError, TypeError) as error:
                raise CatalogueError(self.file, f"{raw.get('id', '')} {key}".strip(), str(error)) from error
        return out

    def make(self, shape: type[Shape], where: str, raw: Raw, **more: Any) -> Shape:
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


class FormFile(Maker):
    """One form of a pack."""

    def __init__(self, file: str, data: Raw) -> None:
        super().__init__(file)
        self._data = data
        self._breakdowns: dict[str, Breakdown] = {}

    def form(self, programme: str, version: int, sha256: str) -> Form:
        """Raises CatalogueError."""
        data = self._data
        self._breakdowns = {id: Breakdown(id, raw.pop("title"), raw) for id, raw in data.pop("breakdown", {}).items()}
        years = {key: data[key] for key in _YEARS if key in data}
        sections = _owned(tuple(self._section(raw, years) for raw in data.pop("section", [])))
        nominations = data.pop("nominations", None)
        parts = {
            "sections": sections,
            "checks": tuple(self._check(raw, sections) for raw in data.pop("check", [])),
            "crosses": tuple(self._cross(raw) for raw in data.pop("cross", [])),
            "narratives": tuple(self._narratives(sections)),
            "nominations": self.make(NominationSpec, "nominations", nominations) if nominations else None,
        }
        pack = {"programme": programme, "programme_version": version, "programme_sha256": sha256}
        form = self.make(Form, "form", self.read(data, period_kind=PeriodKind), **pack, **parts)
        _Sound(self.file, form).check()
        return form

    def _section(self, raw: Raw, years: Raw) -> Section:
        """A section may ask for years of its own; else those of the form."""
        asked = {key: raw.pop(key) for key in _YEARS if key in raw} or years
        rows = tuple(self._row(row, asked) for row in raw.pop("row", []))
        tasks = tuple(
            self.make(TaskSpec, f"task {task.get('id')}", self.read(task, due=_day)) for task in raw.pop("task", [])
        )
        return self.make(Section, f"section {raw.get('number')}", raw, rows=rows, tasks=tasks)

    def _row(self, raw: Raw, years: Raw) -> Count | Indicator:
        """`count = "id"` or `indicator = "id"` opens a row, so that the file keeps the printed order."""
        if "count" in raw:
            return self._count(raw | {"id": raw["count"]}, years)
        if "indicator" in raw:
            return self._indicator(raw | {"id": raw["indicator"]}, years)
        raise CatalogueError(self.file, f"row {raw}", "neither count nor indicator")

    def _count(self, raw: Raw, years: Raw) -> Count:
        where = f"count {raw.pop('count')}"
        values = self.read(years | raw, filled_by=Role, maximum=_amount, by=self._breakdown)
        count = self.make(Count, where, values)
        if count.from_news and count.from_news not in MEASURES:
            raise CatalogueError(self.file, where, f"from_news {count.from_news!r} is no news measure")
        if set(count.required_years) - set(count.years):
            raise CatalogueError(self.file, where, "required_years are not among years")
        return count

    def _indicator(self, raw: Raw, years: Raw) -> Indicator:
        where = f"indicator {raw.pop('indicator')}"
        targets = tuple(
            self.make(Target, where, self.read(t, operator=Operator, amount=_amount)) for t in raw.pop("target", [])
        )
        values = self.read(
            {"years": years["years"]} | raw if "years" in years else raw,
            kind=IndicatorKind,
            direction=Direction,
            formula=Formula.parse,
            rule=Rule.parse,
            computed_by=Role,
            each_part=self._breakdown,
        )
        if len({target.year for target in targets}) < len(targets):
            raise CatalogueError(self.file, where, "a target year stands twice")
        indicator = self.make(Indicator, where, values, targets=targets)
        wanted = "rule" if indicator.kind is IndicatorKind.SHARE_OF_UNITS else "formula"
        if getattr(indicator, wanted) is None:
            raise CatalogueError(self.file, where, f"a {indicator.kind} indicator needs a {wanted}")
        return indicator

    def _check(self, raw: Raw, sections: Iterable[Section]) -> Check:
        where = f"check {raw.get('id')}"
        values = self.read(raw, expect=Rule.parse, when=Rule.parse, filled_by=Role)
        check = self._graded(self.make(Check, where, values), where)
        counts = {count.id: count for section in sections for count in section.counts}
        asked = {
            counts[name.partition(".")[0]].years for name in check.expect.names if name.partition(".")[0] in counts
        }
        if len(asked) > 1:
            raise CatalogueError(self.file, where, "its counts are not asked for the same years")
        return replace(check, years=next(iter(asked), ()))

    def _cross(self, raw: Raw) -> CrossCheck:
        where = f"cross {raw.get('id')}"
        return self._graded(self.make(CrossCheck, where, raw), where)

    def _graded(self, check: Shape, where: str) -> Shape:
        if (level := getattr(check, "level", "")) not in LEVELS:
            raise CatalogueError(self.file, where, f"level {level!r}")
        return check

    def _narratives(self, sections: Iterable[Section]) -> Iterator[NarrativeSpec]:
        """What is asked of every objective (`results` becomes results_1, results_2, …), then of the whole."""
        asked = self._data.pop("objective_narrative", [])
        for section in sections:
            for raw in asked if section.rows else ():
                mine = raw | {"id": f"{raw.get('id')}_{section.number}", "section": section.number}
                mine["number"] = f"{section.number}.{raw.get('number')}"
                yield self.make(NarrativeSpec, f"objective_narrative {raw.get('id')}", mine)
        for raw in self._data.pop("narrative", []):
            yield self.make(NarrativeSpec, f"narrative {raw.get('id')}", raw)

    def _breakdown(self, id: str) -> Breakdown:
        if id not in self._breakdowns:
            raise ValueError(f"unknown breakdown {id!r}")
        return self._breakdowns[id]


class _Sound:
    """Whether the parts of a form fit together."""

    def __init__(self, file: str, form: Form) -> None:
        self._file, self._form = file, form

    def check(self) -> None:
        form = self._form
        self._ids_are_sound()
        if (form.period_kind is PeriodKind.SPAN) != bool(form.span):
            raise CatalogueError(self._file, "span", "a form of a span of years says which, and no other")
        if form.span and Period.parse(form.span).kind is not PeriodKind.SPAN:
            raise CatalogueError(self._file, "span", f"{form.span!r} is no span of years")
        rules = [(c.id, (*c.expect.names, *(c.when.names if c.when else ()))) for c in form.checks]
        rules += [(i.id, (*i.names, *([i.own_target] if i.own_target else []))) for i in form.indicators.values()]
        rules += [(cross.id, (cross.count,)) for cross in form.crosses]
        known = set(form.counts) | {place(cell)[0] for cell in form.count_of_cell}
        for where, names in rules:
            for name in names:
                if name not in known:
                    raise CatalogueError(self._file, where, f"unknown id {name!r}")
        for indicator in form.indicators.values():
            self._parts_exist(indicator)

    def _ids_are_sound(self) -> None:
        form = self._form
        ids = [row.id for section in form.sections for row in (*section.rows, *section.tasks)]
        ids += [rule.id for rule in form.checks] + [cross.id for cross in form.crosses]
        ids += [narrative.id for narrative in form.narratives]
        for id in ids:
            if not _ID.fullmatch(id.replace("-", "_")):
                raise CatalogueError(self._file, id, "ids are snake_case English")
            if ids.count(id) > 1:
                raise CatalogueError(self._file, id, "the id stands twice")

    def _parts_exist(self, indicator: Indicator) -> None:
        """What must pass part by part is asked of counts that are typed by those parts."""
        if indicator.each_part and indicator.formula:
            for name in indicator.formula.names:
                count = self._form.counts.get(name)
                if count is None or count.by != indicator.each_part:
                    raise CatalogueError(self._file, indicator.id, f"{name!r} is not by {indicator.each_part.id!r}")


def _owned(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """A count that names no agency belongs to those of the indicators it feeds."""
    owners: dict[str, dict[str, None]] = {}
    for indicator in (i for section in sections for i in section.indicators):
        for name in indicator.names:
            owners.setdefault(name.partition(".")[0], {}).update(dict.fromkeys(indicator.agencies))

    def owned(row: Count | Indicator) -> Count | Indicator:
        is_bare = isinstance(row, Count) and not row.agencies
        return replace(row, agencies=tuple(owners.get(row.id, ()))) if is_bare else row

    return tuple(replace(section, rows=tuple(map(owned, section.rows))) for section in sections)


def _day(text: str) -> date:
    return date.fromisoformat(text)


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
