"""The sheet of a report as one page to read, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from forms.text_diff import Fate, Piece
from ui.desktop.screens.approval.sheet import Group, Line
from ui.desktop.theme import Theme

_COMPARED = (46, 27, 27)  # per cent of the width: what, before, now
_TOLD = (46, 54)
_STRONG = "font-weight:600"
_FIGURE = 24  # letters of what is read as a figure


def as_html(groups: Sequence[Group], theme: Theme) -> str:
    """Everything that somebody typed is escaped."""
    if not groups:
        return f'<p style="color:{theme.muted}">Báo cáo chưa có nội dung nào.</p>'
    return "".join(_group(group, theme) for group in groups)


def _group(group: Group, theme: Theme) -> str:
    rows = "".join(_row(line, group.compares, theme) for line in group.lines)
    head = _head(group, theme)
    return (
        f'<p style="margin:14px 0 4px 0; color:{theme.ink}; {_STRONG}">{escape(group.title)}</p>'
        f'<table width="100%" cellspacing="0" cellpadding="6" style="border-collapse:collapse">{head}{rows}</table>'
    )


def _head(group: Group, theme: Theme) -> str:
    if not group.compares or all(line.prose for line in group.lines):
        return ""
    titles = ("", "Lần gửi trước", "Lần này")
    cells = "".join(
        f'<td width="{width}%" bgcolor="{theme.head}" style="color:{theme.muted}">{title}</td>'
        for title, width in zip(titles, _COMPARED, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _row(line: Line, compares: bool, theme: Theme) -> str:
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


def _title(line: Line, theme: Theme) -> str:
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


def _pieces(prose: Sequence[Piece], theme: Theme) -> Iterator[str]:
    """What is all new is told by a word in front: marks on every line would only be hard to read."""
    if all(piece.fate is Fate.NEW for piece in prose):
        text = "".join(_text(piece.text) for piece in prose)
        yield f'<span style="color:{theme.good}; {_STRONG}">Mới:</span> <span style="color:{theme.ink}">{text}</span>'
        return
    for piece in prose:
        text = _text(piece.text)
        match piece.fate:
            case Fate.GONE:
                yield f'<s style="color:{theme.error}; background-color:{theme.error_soft}">{text}</s>'
            case Fate.NEW:
                yield f'<u style="color:{theme.good}; background-color:{theme.good_soft}">{text}</u>'
            case Fate.LEFT_OUT:
                yield f'<span style="color:{theme.muted}"> […] </span>'
            case Fate.SAME:
                yield f'<span style="color:{theme.ink}">{text}</span>'


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")
