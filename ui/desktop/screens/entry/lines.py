"""The rows of the entry grid, made from the form: what stands on each line, where one may type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from forms.aggregate import Result
from forms.count import Count, Role
from forms.indicator import Indicator
from forms.report import Report
from forms.spec import Form, Section
from ui.desktop.screens.entry.words import cell_text, judged, quantity_text


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `id` is the cell's name where one types, else the count's or indicator's id. `tone` of the value:
    empty, wrong (was refused; the text stands as typed), error, warning. `locked` cells follow the news ledger."""

    id: str
    kind: str  # cell, total, indicator
    number: str
    title: str
    measure: str
    indented: bool = False
    locked: bool = False
    before: str = ""
    value: str = ""
    note: str = ""
    note_tone: str = "muted"
    tone: str = ""
    refused: bool = False

    @property
    def typable(self) -> bool:
        return self.kind == "cell" and not self.locked


def sections_for(form: Form, role: Role) -> tuple[Section, ...]:
    """The sections that hold something for an office of this role."""
    return tuple(section for section in form.sections if any(_shown(row, role) for row in section.rows))


def bare_lines(section: Section, role: Role, locked: frozenset[str]) -> tuple[Line, ...]:
    """The lines of a section before any figure."""
    return tuple(line for row in section.rows if _shown(row, role) for line in _of_row(row, locked))


@dataclass(frozen=True)
class Figures:
    """What the lines show: the report, the one before it, the indicators of both, what was refused, what was found."""

    report: Report
    before: Report | None
    results: Mapping[str, Result]
    results_before: Mapping[str, Result]
    refused: Mapping[str, str]
    marks: Mapping[str, str]  # cell name → error or warning


def filled(line: Line, figures: Figures) -> Line:
    """The line with its figures."""
    if line.kind == "indicator":
        return _filled_indicator(line, figures)
    before = figures.before
    if line.kind == "total":
        earlier = quantity_text(before.quantity(line.id)) if before else ""
        return replace(line, value=quantity_text(figures.report.quantity(line.id)), before=earlier)
    cell = figures.report.cell(line.id)
    refused = line.id in figures.refused
    locked_words = "Lấy từ sổ tin, bài" if line.locked else ""
    return replace(
        line,
        value=figures.refused[line.id] if refused else cell_text(cell),
        note=cell.note or locked_words,
        before=cell_text(before.cell(line.id)) if before else "",
        refused=refused,
        tone="error" if refused else figures.marks.get(line.id, ""),
        note_tone="plain" if cell.note else "muted",
    )


def _filled_indicator(line: Line, figures: Figures) -> Line:
    result, earlier = figures.results.get(line.id), figures.results_before.get(line.id)
    if result is None:
        return line
    decimals = result.indicator.decimals
    words, tone = judged(result)
    return replace(
        line,
        value=quantity_text(result.quantity, decimals),
        note=words,
        note_tone=tone,
        before=quantity_text(earlier.quantity, decimals) if earlier else "",
    )


def _shown(row: Count | Indicator, role: Role) -> bool:
    return role in (row.filled_by if isinstance(row, Count) else row.computed_by)


def _of_row(row: Count | Indicator, locked: frozenset[str]) -> Iterator[Line]:
    if isinstance(row, Indicator):
        yield Line(row.id, "indicator", row.number, row.title, row.measure)
        return
    if row.by is None:
        yield Line(row.id, "cell", row.number, row.title, row.measure, locked=row.id in locked)
        return
    yield Line(row.id, "total", row.number, row.title, row.measure)
    for part, title in row.by.parts.items():
        yield Line(
            f"{row.id}.{part}", "cell", "", title, row.measure, indented=True, locked=f"{row.id}.{part}" in locked
        )
