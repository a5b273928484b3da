"""How far a report is, part by part: what the home page, the rail and the lists beside the screens show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.model.cell import CellState
from forms.model.finding import Finding
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
    return tuple(_parts(report, tuple(found)))


def whole(made: Iterable[PartDone]) -> tuple[int, int]:
    """(done, total) of all parts together."""
    listed = tuple(made)
    return sum(part.done for part in listed), sum(part.total for part in listed)


def _parts(report: Report, found: tuple[Finding, ...]) -> Iterator[PartDone]:
    form, wrong = report.form, [one for one in found if one.blocks and not one.says_blank]

    def wrong_at(spot: str) -> int:
        return sum(one.spot.startswith(spot) for one in wrong)

    for section in form.sections:
        mine = {cell for count in section.counts if report.role in count.filled_by for cell in count.cells}
        if mine:
            filled = {name for name in mine if report.cell(name).state is not CellState.BLANK}
            asked = report.required_cells & mine
            done, bad = len(filled & asked), sum(not mine.isdisjoint(one.cells) for one in wrong)
            more = len(filled) - done
            yield PartDone(PartKind.FIGURES, section.title, done, len(asked), more, bad, section.number)
    if form.tasks:
        told = {task.id for task in report.tasks}  # the others are not begun
        bad = sum(one.spot.startswith("task:") and one.spot.partition(":")[2] in told for one in wrong)
        yield PartDone(PartKind.TASKS, "Nhiệm vụ", len(told), len(form.tasks), wrong=bad)
    if form.has_news:
        yield PartDone(PartKind.NEWS, "Danh mục tin, bài", 0, 0, len(report.news))
    if form.narratives:
        asked = frozenset(spec.id for spec in form.narratives if spec.required)
        written = {id for id, text in report.narratives.items() if text.strip()}
        done = len(asked & written)
        yield PartDone(PartKind.TEXTS, "Phần lời văn", done, len(asked), len(written) - done, wrong_at("text:"))
    if form.nominations:
        proposed = len(report.nominations)
        yield PartDone(PartKind.NOMINATIONS, "Đề nghị khen thưởng", 0, 0, proposed, wrong_at("nomination:"))
