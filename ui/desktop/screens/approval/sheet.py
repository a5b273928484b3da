"""A report as the head looks it over: what changed since the last seal, what the checks say and why. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.cell import place
from forms.checks.finding import Finding
from forms.comparison import KIND_TITLES, Difference, Kind
from forms.count import Count
from forms.report import Report
from forms.text_diff import Piece, near_changes, pieces

_PROSE = (Kind.NARRATIVE, Kind.TASK, Kind.EXPLANATION)
_LISTED = (Kind.NEWS, Kind.NOMINATION)  # what is new or gone as a whole reads as prose too
_LEVELS = {"warning": "Cảnh báo đã ghi lý do", "hint": "Gợi ý"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing. `spot` is where it stands in the form; `prose` is set where it reads as a text: its words by what
    became of them, in place of old and new."""

    title: str
    old: str = ""
    new: str = ""
    spot: str = ""
    prose: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort under a title; `compares` says whether they had something before."""

    title: str
    lines: tuple[Line, ...]
    compares: bool


def groups(report: Report, changes: Sequence[Difference], found: Sequence[Finding]) -> tuple[Group, ...]:
    """In the order of the form, then what the checks say. Of a first report everything, compactly."""
    compares = report.supersedes is not None
    messages = {finding.check: finding.message for finding in found}
    made = [
        Group(f"{KIND_TITLES[kind]} ({len(lines)})", lines, compares)
        for kind in Kind
        if (compares or kind is not Kind.EXPLANATION)
        and (lines := tuple(_lines(report, kind, [one for one in changes if one.kind is kind], messages)))
    ]
    return (*made, *_said(report, found))


def _lines(report: Report, kind: Kind, changes: list[Difference], messages: Mapping[str, str]) -> Iterable[Line]:
    if kind is Kind.CELL and report.supersedes is None:
        return _counts(report, changes)
    return (_line(one, messages) for one in changes)


def _line(one: Difference, messages: Mapping[str, str]) -> Line:
    is_whole = one.kind in _LISTED and not (one.old and one.new)
    if one.kind in _PROSE or is_whole:
        title = messages.get(one.where, one.title)
        return Line(title, "", "", _spot(one), near_changes(pieces(one.old, one.new)))
    return Line(one.title, one.old, one.new, _spot(one))


def _spot(one: Difference) -> str:
    match one.kind:
        case Kind.CELL:
            return one.where
        case Kind.NARRATIVE:
            return f"text:{one.where}"
        case Kind.TASK:
            return f"task:{one.where}"
        case Kind.NOMINATION:
            return "nomination:1"
    return ""


def _counts(report: Report, changes: list[Difference]) -> Iterator[Line]:
    """The cells of a count in one line: Nữ 12; Nam 30."""
    of_count: dict[str, list[Difference]] = {}
    for one in changes:
        of_count.setdefault(report.form.count_of_cell[one.where].id, []).append(one)
    for id, cells in of_count.items():
        count = report.form.counts[id]
        told = "; ".join(f"{_part(count, one.where)} {one.new}".strip() for one in cells)
        yield Line(f"{count.number}. {count.title}", "", told, cells[0].where)


def _part(count: Count, cell: str) -> str:
    bare, year = place(cell)
    part = bare.partition(".")[2]
    names = [*([count.by.parts[part]] if count.by and part else []), *([str(year)] if year else [])]
    return f"{', '.join(names)}:" if names else ""


def _said(report: Report, found: Sequence[Finding]) -> Iterator[Group]:
    for level, title in _LEVELS.items():
        lines = tuple(
            Line(one.message, "", report.explanations.get(one.check, ""), one.place)
            for one in found
            if one.level == level
        )
        if lines:
            yield Group(f"{title} ({len(lines)})", lines, compares=False)
