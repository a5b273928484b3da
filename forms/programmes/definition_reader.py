"""Reads one definition file of a programme: TOML in, the values of form.py out. Takes each key once and refuses what is left, by
file and key. Whether the parts fit together is asked in pack_validation.py.

A form may ask the rows of another one again, for each of several years: the review (sơ kết, tổng kết) of what a plan asks
every year. Written once, so that a row that is changed is changed in both.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from forms.errors import CatalogueError, InputRefused
from forms.model.count import Answered, Breakdown, Count, Role
from forms.model.expression import ExpressionError, Formula, Rule
from forms.model.form import LEVELS, Check, CrossCheck, Form, NarrativeSpec, NominationSpec, Section, TaskSpec
from forms.model.indicator import Direction, Indicator, IndicatorKind, Operator, Target
from forms.model.news_counting import MEASURES
from forms.model.number import read_canonical
from forms.model.period import PeriodKind
from forms.programmes.pack_validation import check_form

_YEARS = ("years", "required_years")
_PLAIN = {"str": str, "int": int, "bool": bool}
_UNREAD = (str, int, float, bool, dict, list, tuple, datetime, time)  # what TOML gives, before anybody has read it
Raw = dict[str, Any]
Shape = TypeVar("Shape")


def parsed(file: str, data: bytes) -> Raw:
    """The keys of a TOML file. Raises CatalogueError for anything but NFC text in UTF-8 as a supply file may carry it:
    no tabs, no line ends of Windows, no hidden characters."""
    try:
        text = data.decode("utf-8")
        if not unicodedata.is_normalized("NFC", text):
            raise CatalogueError(file, "text", "not NFC")
        if hidden := next(
            (c for c in text if not c.isprintable() and c != "\n" and unicodedata.category(c) != "Zs"), ""
        ):
            raise CatalogueError(file, "text", f"holds the character U+{ord(hidden):04X}")
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogueError(file, "TOML", str(error)) from error


class Maker:
    """Makes values of a file's keys; unknown, missing and misshapen ones are refused."""

    def __init__(self, file: str) -> None:
        self.file = file

    def tables(self, raw: Raw, key: str) -> list[Raw]:
        """The `[[key]]` tables, taken out."""
        found = raw.pop(key, [])
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise CatalogueError(self.file, key, f"is written [[{key}]]")
        return found

    def table(self, raw: Raw, key: str) -> Raw:
        """The one `[key]` table, taken out; empty where there is none."""
        found = raw.pop(key, {})
        if not isinstance(found, dict):
            raise CatalogueError(self.file, key, f"is written [{key}]")
        return found

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
        """`more` are values that are not the file's to give."""
        known = {f.name: str(f.type) for f in fields(shape)}  # type: ignore[arg-type]
        if unknown := sorted(set(raw) - (set(known) - set(more))):
            raise CatalogueError(self.file, where, f"unknown key {unknown[0]!r}")
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()} | more
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

    def form(self, programme: str, version: int, sha256: str, objectives: Collection[str] = ()) -> Form:
        """`objectives` are the numbers of the programme's. Raises CatalogueError."""
        data = self._data
        self._breakdowns = self._every_breakdown(self.table(data, "breakdown"))
        years = {key: data[key] for key in _YEARS if key in data}
        sections = _owned(tuple(self._section(raw, years) for raw in self.tables(data, "section")))
        nominations = self.table(data, "nominations")
        parts = {
            "sections": sections,
            "checks": tuple(self._check(raw, sections) for raw in self.tables(data, "check")),
            "crosses": tuple(self._cross(raw) for raw in self.tables(data, "cross")),
            "narratives": tuple(self._narratives(sections, objectives)),
            "nominations": self.make(NominationSpec, "nominations", nominations) if nominations else None,
        }
        pack = {"programme": programme, "programme_version": version, "programme_sha256": sha256}
        form = self.make(Form, "form", self.read(data, period_kind=PeriodKind), **pack, **parts)
        check_form(self.file, form)
        return form

    def _every_breakdown(self, raw: Raw) -> dict[str, Breakdown]:
        """`title` and a title for each part."""
        for id in raw:
            parts = self.table(dict(raw), id)
            if not isinstance(parts.get("title"), str) or not all(isinstance(part, str) for part in parts.values()):
                raise CatalogueError(self.file, f"breakdown {id}", "needs a title, and a title for each part")
        return {
            id: Breakdown(id, parts["title"], {part: title for part, title in parts.items() if part != "title"})
            for id, parts in raw.items()
        }

    def _section(self, raw: Raw, years: Raw) -> Section:
        """A section may ask for years of its own; else those of the form."""
        asked = {key: raw.pop(key) for key in _YEARS if key in raw} or years
        rows = tuple(self._row(row, asked) for row in self.tables(raw, "row"))
        tasks = tuple(
            self.make(TaskSpec, f"task {task.get('id')}", self.read(task, due=date.fromisoformat))
            for task in self.tables(raw, "task")
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
        values = self.read(
            years | raw, filled_by=Role, answered=Answered, preferred=Role, maximum=_amount, by=self._breakdown
        )
        count = self.make(Count, where, values)
        if count.from_news and count.from_news not in MEASURES:
            raise CatalogueError(self.file, where, f"from_news {count.from_news!r} is no news measure")
        return count

    def _indicator(self, raw: Raw, years: Raw) -> Indicator:
        where = f"indicator {raw.pop('indicator')}"
        targets = tuple(
            self.make(Target, where, self.read(t, operator=Operator, amount=_amount))
            for t in self.tables(raw, "target")
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
        indicator = self.make(Indicator, where, values, targets=targets)
        wanted = "rule" if indicator.kind is IndicatorKind.SHARE_OF_UNITS else "formula"
        if getattr(indicator, wanted) is None:
            raise CatalogueError(self.file, where, f"a {indicator.kind} indicator needs a {wanted}")
        return indicator

    def _check(self, raw: Raw, sections: Iterable[Section]) -> Check:
        """It is asked in the years of its counts."""
        where = f"check {raw.get('id')}"
        if "years" in raw:
            raise CatalogueError(self.file, where, "a check has the years of its counts and names none")
        values = self.read(raw, expect=Rule.parse, when=Rule.parse, filled_by=Role)
        check = self._graded(self.make(Check, where, values), where)
        years = {count.id: count.years for section in sections for count in section.counts}
        asked = {years[id] for name in check.names if (id := name.partition(".")[0]) in years}
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

    def _narratives(self, sections: Iterable[Section], objectives: Collection[str]) -> Iterator[NarrativeSpec]:
        """What is asked of every objective (`results` becomes results_1, results_2, …), then of the whole. Where the
        programme lists no objectives, every section with rows is one."""
        asked = self.tables(self._data, "objective_narrative")
        for section in sections:
            is_objective = section.number in objectives if objectives else bool(section.rows)
            for raw in asked if is_objective else ():
                number = section.number.lower().replace(".", "_")
                mine = raw | {"id": f"{raw.get('id')}_{number}", "section": section.number}
                mine["number"] = f"{section.number}.{raw.get('number')}"
                yield self.make(NarrativeSpec, f"objective_narrative {raw.get('id')}", mine)
        for raw in self.tables(self._data, "narrative"):
            yield self.make(NarrativeSpec, f"narrative {raw.get('id')}", raw)

    def _breakdown(self, id: str) -> Breakdown:
        if id not in self._breakdowns:
            raise ValueError(f"unknown breakdown {id!r}")
        return self._breakdowns[id]


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


def _amount(text: str) -> Decimal:
    """An exact number, written as text: TOML's own 1.7 would be a binary float."""
    try:
        return read_canonical(text)
    except InputRefused as error:
        raise ValueError(f"{text!r} is no number written as text") from error


def _fits(annotation: str, value: object) -> bool:
    """Whether the value is of the plain type, or the list of them, that the shape asks for, or was read into its own."""
    if annotation.startswith("tuple["):
        item = annotation.removeprefix("tuple[").partition(",")[0]
        return isinstance(value, tuple) and all(_fits(item, one) for one in value)
    if annotation in _PLAIN:
        return type(value) is _PLAIN[annotation]
    return type(value) not in _UNREAD


_ASKED = ("breakdown", "section", "check")
_OF_THE_LEDGER = ("from_news", "quarter", "month")  # the ledger counts for one year alone


def likened(maker: Maker, raw: Raw, forms: Mapping[str, Raw]) -> Raw:
    """The keys of a form, to be taken apart, with those of the one it is `like`; its own rows and checks stand behind.

    `[same_figures]` (level, message) asks that each count equals the other form's of that year. Raises CatalogueError.
    """
    own = deepcopy(raw)
    if "like" not in own:
        return own
    like, same = own.pop("like"), maker.table(own, "same_figures")
    other = forms.get(like) if isinstance(like, str) else None
    if other is None or "like" in other:
        raise CatalogueError(maker.file, "like", f"no form {like!r} with rows of its own")
    asked = deepcopy({key: value for key, value in other.items() if key in _ASKED})
    own["breakdown"] = maker.table(asked, "breakdown") | maker.table(own, "breakdown")
    sections = maker.tables(asked, "section")
    crosses = []
    for section in sections:
        section["row"] = maker.tables(section, "row")
        for row in (row for row in section["row"] if "count" in row):
            count = str(row["count"])
            crosses.append(
                {"id": f"{count}_as_in_year", "count": count, "form": like, "period": "year", "other": count}
            )
            for key in _OF_THE_LEDGER:
                row.pop(key, None)
    own["section"] = sections + maker.tables(own, "section")
    own["check"] = maker.tables(asked, "check") + maker.tables(own, "check")
    if same:
        own["cross"] = [cross | same for cross in crosses] + maker.tables(own, "cross")
    return own
