"""A report in full, in the order of its form, as the head reads it before sealing.

The sheet of a report as one page to read, in the colours of the theme.

A report as the head looks it over: what changed since the last seal, what the checks say and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from forms.exchange.report_diff import KIND_TITLES, Difference, DifferenceKind
from forms.model.cell import place
from forms.model.count import Count
from forms.model.finding import Finding
from forms.model.report import Report
from forms.model.text_diff import DiffOp, DiffPiece, near_changes, pieces
from ui.desktop.theme import Theme

_PROSE = (DifferenceKind.NARRATIVE, DifferenceKind.TASK, DifferenceKind.EXPLANATION)
_LISTED = (DifferenceKind.NEWS, DifferenceKind.NOMINATION)  # what is new or gone as a whole reads as prose too
_LEVELS = {"warning": "Cảnh báo đã ghi lý do", "hint": "Gợi ý"}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One thing. `spot` is where it stands in the form; `prose` is set where it reads as a text: its words by what
    became of them, in place of old and new."""

    title: str
    old: str = ""
    new: str = ""
    spot: str = ""
    prose: tuple[DiffPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """Things of one sort under a title; `compares` says whether they had something before."""

    title: str
    lines: tuple[ReadLine, ...]
    compares: bool


def groups(report: Report, changes: Sequence[Difference], found: Sequence[Finding]) -> tuple[ReadGroup, ...]:
    """In the order of the form, then what the checks say. Of a first report everything, compactly."""
    compares = report.supersedes is not None
    messages = {finding.check: finding.message for finding in found}
    made = [
        ReadGroup(f"{KIND_TITLES[kind]} ({len(lines)})", lines, compares)
        for kind in DifferenceKind
        if (compares or kind is not DifferenceKind.EXPLANATION)
        and (lines := tuple(_lines(report, kind, [one for one in changes if one.kind is kind], messages)))
    ]
    return (*made, *_said(report, found))


def _lines(
    report: Report, kind: DifferenceKind, changes: list[Difference], messages: Mapping[str, str]
) -> Iterable[ReadLine]:
    if kind is DifferenceKind.CELL and report.supersedes is None:
        return _counts(report, changes)
    return (_line(one, messages) for one in changes)


def _line(one: Difference, messages: Mapping[str, str]) -> ReadLine:
    is_whole = one.kind in _LISTED and not (one.old and one.new)
    if one.kind in _PROSE or is_whole:
        title = messages.get(one.where, one.title)
        return ReadLine(title, "", "", _spot(one), near_changes(pieces(one.old, one.new)))
    return ReadLine(one.title, one.old, one.new, _spot(one))


def _spot(one: Difference) -> str:
    match one.kind:
        case DifferenceKind.CELL:
            return one.where
        case DifferenceKind.NARRATIVE:
            return f"text:{one.where}"
        case DifferenceKind.TASK:
            return f"task:{one.where}"
        case DifferenceKind.NOMINATION:
            return "nomination:1"
    return ""


def _counts(report: Report, changes: list[Difference]) -> Iterator[ReadLine]:
    """The cells of a count in one line: Nữ 12; Nam 30."""
    of_count: dict[str, list[Difference]] = {}
    for one in changes:
        of_count.setdefault(report.form.count_of_cell[one.where].id, []).append(one)
    for id, cells in of_count.items():
        count = report.form.counts[id]
        told = "; ".join(f"{_part(count, one.where)} {one.new}".strip() for one in cells)
        yield ReadLine(f"{count.number}. {count.title}", "", told, cells[0].where)


def _part(count: Count, cell: str) -> str:
    bare, year = place(cell)
    part = bare.partition(".")[2]
    names = [*([count.by.parts[part]] if count.by and part else []), *([str(year)] if year else [])]
    return f"{', '.join(names)}:" if names else ""


def _said(report: Report, found: Sequence[Finding]) -> Iterator[ReadGroup]:
    for level, title in _LEVELS.items():
        lines = tuple(
            ReadLine(one.message, "", report.explanations.get(one.check, ""), one.place)
            for one in found
            if one.level == level
        )
        if lines:
            yield ReadGroup(f"{title} ({len(lines)})", lines, compares=False)


_COMPARED = (46, 27, 27)  # per cent of the width: what, before, now
_TOLD = (46, 54)
_STRONG = "font-weight:600"
_FIGURE = 24  # letters of what is read as a figure


def as_html(groups: Sequence[ReadGroup], theme: Theme) -> str:
    """Everything that somebody typed is escaped."""
    if not groups:
        return f'<p style="color:{theme.muted}">Báo cáo chưa có nội dung nào.</p>'
    return "".join(_group(group, theme) for group in groups)


def _group(group: ReadGroup, theme: Theme) -> str:
    rows = "".join(_row(line, group.compares, theme) for line in group.lines)
    head = _head(group, theme)
    return (
        f'<p style="margin:14px 0 4px 0; color:{theme.ink}; {_STRONG}">{escape(group.title)}</p>'
        f'<table width="100%" cellspacing="0" cellpadding="6" style="border-collapse:collapse">{head}{rows}</table>'
    )


def _head(group: ReadGroup, theme: Theme) -> str:
    if not group.compares or all(line.prose for line in group.lines):
        return ""
    titles = ("", "Lần gửi trước", "Lần này")
    cells = "".join(
        f'<td width="{width}%" bgcolor="{theme.head}" style="color:{theme.muted}">{title}</td>'
        for title, width in zip(titles, _COMPARED, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _row(line: ReadLine, compares: bool, theme: Theme) -> str:
    if line.prose:
        text = "".join(_pieces(line.prose, theme))
        return f'<tr><td colspan="3" style="{_edge(theme)}">{_title(line, theme)}<br>{text}</td></tr>'
    told = [_old(line.old, theme), _new(line.new, theme)] if compares else [_new(line.new, theme)]
    cells = [_title(line, theme), *told]
    return "".join(
        [
            "<tr>",
            *(
                f'<td width="{width}%" style="{_edge(theme)}">{cell}</td>'
                for cell, width in zip(cells, _COMPARED if compares else _TOLD, strict=True)
            ),
            "</tr>",
        ]
    )


def _edge(theme: Theme) -> str:
    return f"border-top:1px solid {theme.line}; vertical-align:top"


def _title(line: ReadLine, theme: Theme) -> str:
    words = _text(line.title)
    if not line.spot:
        return f'<span style="color:{theme.ink}">{words}</span>'
    return f'<a href="{escape(line.spot, quote=True)}" style="color:{theme.ink}; text-decoration:none">{words}</a>'


def _old(text: str, theme: Theme) -> str:
    return f'<span style="color:{theme.muted}">{_text(text) or "chưa có"}</span>'


def _new(text: str, theme: Theme) -> str:
    if not text:
        return f'<span style="color:{theme.error}">bỏ</span>'
    weight = _STRONG if len(text) <= _FIGURE else ""
    return f'<span style="color:{theme.ink}; {weight}">{_text(text)}</span>'


def _pieces(prose: Sequence[DiffPiece], theme: Theme) -> Iterator[str]:
    """What is all new is told by a word in front: marks on every line would only be hard to read."""
    if all(piece.fate is DiffOp.NEW for piece in prose):
        text = "".join(_text(piece.text) for piece in prose)
        yield f'<span style="color:{theme.good}; {_STRONG}">Mới:</span> <span style="color:{theme.ink}">{text}</span>'
        return
    for piece in prose:
        text = _text(piece.text)
        match piece.fate:
            case DiffOp.GONE:
                yield f'<s style="color:{theme.error}; background-color:{theme.error_soft}">{text}</s>'
            case DiffOp.NEW:
                yield f'<u style="color:{theme.good}; background-color:{theme.good_soft}">{text}</u>'
            case DiffOp.LEFT_OUT:
                yield f'<span style="color:{theme.muted}"> […] </span>'
            case DiffOp.SAME:
                yield f'<span style="color:{theme.ink}">{text}</span>'


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")
