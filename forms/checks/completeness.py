"""How far a report is, part by part: what the home page, the rail and the lists beside the screens show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.model.cell import CellState
from forms.model.finding import Finding
from forms.model.form import Section
from forms.model.report import Report


class PartKind(StrEnum):
    """What a part of a report is made of."""

    FIGURES = "figures"  # one for each section of the form
    TASKS = "tasks"
    NEWS = "news"
    TEXTS = "texts"
    NOMINATIONS = "nominations"


@dataclass(frozen=True, slots=True)
class PartDone:
    """`done` of the `total` answers that are asked; `more` counts what was given beyond; `wrong` what blocks sealing
    besides blanks. `section` is the number of the section of figures."""

    kind: PartKind
    title: str
    done: int
    total: int
    more: int = 0
    wrong: int = 0
    section: str = ""

    @property
    def is_done(self) -> bool:
        return self.done == self.total and not self.wrong


def parts(report: Report, found: Iterable[Finding]) -> tuple[PartDone, ...]:
    """The parts that this unit fills, in printed order, held against the findings of the report."""
    listed = tuple(found)
    made = [*_figures(report, listed), *_tasks(report, listed), *_news(report), *_texts(report, listed)]
    return (*made, *_nominations(report, listed))


def whole(made: Iterable[PartDone]) -> tuple[int, int]:
    """(done, total) of all parts together."""
    listed = tuple(made)
    return sum(part.done for part in listed), sum(part.total for part in listed)


def _figures(report: Report, found: tuple[Finding, ...]) -> Iterator[PartDone]:
    required = report.required_cells
    for section in report.form.sections:
        mine = _cells(report, section)
        if not mine:
            continue
        filled = {name for name in mine if report.cell(name).state is not CellState.BLANK}
        asked = required.intersection(mine)
        wrong = sum(one.blocks and not one.says_blank and bool(set(one.cells) & set(mine)) for one in found)
        done = len(filled & asked)
        yield PartDone(PartKind.FIGURES, section.title, done, len(asked), len(filled) - done, wrong, section.number)


def _cells(report: Report, section: Section) -> list[str]:
    return [cell for count in section.counts if report.role in count.filled_by for cell in count.cells]


def _tasks(report: Report, found: tuple[Finding, ...]) -> Iterator[PartDone]:
    if report.form.tasks:
        told = {task.id for task in report.tasks}
        of_these = tuple(one for one in found if one.spot.partition(":")[2] in told)  # the others are not begun
        yield PartDone(PartKind.TASKS, "Nhiệm vụ", len(told), len(report.form.tasks), wrong=_wrong("task:", of_these))


def _news(report: Report) -> Iterator[PartDone]:
    if report.form.has_news:
        yield PartDone(PartKind.NEWS, "Danh mục tin, bài", 0, 0, len(report.news))


def _texts(report: Report, found: tuple[Finding, ...]) -> Iterator[PartDone]:
    if report.form.narratives:
        asked = {spec.id for spec in report.form.narratives if spec.required}
        written = {id for id, text in report.narratives.items() if text.strip()}
        done = len(asked & written)
        yield PartDone(PartKind.TEXTS, "Phần lời văn", done, len(asked), len(written) - done, _wrong("text:", found))


def _nominations(report: Report, found: tuple[Finding, ...]) -> Iterator[PartDone]:
    if report.form.nominations:
        wrong = _wrong("nomination:", found)
        yield PartDone(PartKind.NOMINATIONS, "Đề nghị khen thưởng", 0, 0, len(report.nominations), wrong)


def _wrong(spot: str, found: tuple[Finding, ...]) -> int:
    return sum(one.blocks and not one.says_blank and one.spot.startswith(spot) for one in found)
