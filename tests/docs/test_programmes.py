"""The pages about programmes name every pack with its numbers, and every key that a definition may have."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from forms.model.count import Count, Role
from forms.model.form import LEVELS, Check, CrossCheck, Form, NarrativeSpec, NewsRule, NominationSpec, TaskSpec
from forms.model.indicator import Indicator, IndicatorKind, Operator, Target
from forms.model.news_counting import MEASURES
from forms.model.period import PeriodKind
from forms.programmes.catalogue import load_all
from forms.programmes.programme import Agency, AgencyName, Deadline, Objective, Programme, ReportingLine

DOCS = Path(__file__).parents[2] / "docs"
PAGE, MANUAL = ((DOCS / name).read_text("utf-8") for name in ("chuong-trinh.md", "soan-chuong-trinh.md"))
_ROW = re.compile(r"^\| `(\w+)` \| (\d+) \|.*\| (\d+) \| (\d+) \| (\d+/\d+) \|$", re.MULTILINE)
# What the reader sets itself, or a table of the file holds.
_MADE = {"sha256", "programme", "programme_version", "programme_sha256", "parts", "news_rule", "reads"}
_TABLES = {
    "objectives",
    "deadlines",
    "forms",
    "sections",
    "checks",
    "crosses",
    "narratives",
    "targets",
    "rows",
    "tasks",
    "names",
    "reporting_lines",
}


def test_every_pack_stands_in_the_list_with_what_it_holds() -> None:
    """| `nq28` | 2 | Nghị quyết … | quý, năm | 23 | 0 | 31/46 |"""
    shipped = {p.id: _row(p) for p in load_all().newest}
    assert {id: (version, *numbers) for id, version, *numbers in _ROW.findall(PAGE)} == shipped


def test_the_manual_names_every_key() -> None:
    shapes = (
        Programme,
        Objective,
        Deadline,
        Agency,
        AgencyName,
        ReportingLine,
        NewsRule,
        Form,
        Count,
        Indicator,
        Target,
        TaskSpec,
        Check,
    )
    keys = {f.name for shape in (*shapes, CrossCheck, NarrativeSpec, NominationSpec) for f in fields(shape)}
    asked = keys - _MADE - _TABLES
    assert sorted(key for key in asked if not re.search(rf"`(\[+)?{key}\b", MANUAL)) == []


def test_the_manual_names_every_word_that_a_key_may_have() -> None:
    words = [*Role, *IndicatorKind, *Operator, *PeriodKind, *LEVELS, *MEASURES]
    assert [str(word) for word in words if f"`{word}`" not in MANUAL] == []


def _row(programme: Programme) -> tuple[str, ...]:
    indicators = {i.number: i for form in programme.forms for i in form.indicators.values()}
    tasks = {task for form in programme.forms for task in form.tasks}
    targets = [target for indicator in indicators.values() for target in indicator.targets]
    verified = sum(target.verified for target in targets)
    return str(programme.version), str(len(indicators)), str(len(tasks)), f"{verified}/{len(targets)}"
