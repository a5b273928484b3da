"""The embedded typeface and the breaking of text into lines by its true widths."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources
from exports.nd30 import Style

FAMILY = "LiberationSerif"
REGULAR, BOLD, ITALIC, BOLD_ITALIC = (f"{FAMILY}-{c}" for c in ("Regular", "Bold", "Italic", "BoldItalic"))
_CUTS = {(False, False): REGULAR, (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}


@cache
def register() -> None:
    """Makes the four cuts known to ReportLab, once in a process. Raises ReportLab's TTFError without the files."""
    for name in _CUTS.values():
        pdfmetrics.registerFont(TTFont(name, str(resources.path(f"fonts/{name}.ttf"))))
    pdfmetrics.registerFontFamily(FAMILY, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def font_of(style: Style) -> str:
    """The name of the cut that an element is set in."""
    return _CUTS[style.bold, style.italic]


def width_of(text: str, style: Style) -> float:
    """Points from the first letter's left to the last one's right."""
    return float(pdfmetrics.stringWidth(text, font_of(style), style.size))


def broken(text: str, style: Style, width: float) -> list[str]:
    """The text in lines no wider than `width` points. What fits stays as it is, blanks included."""
    if width_of(text, style) <= width:
        return [text]
    lines: list[str] = []
    line, used, blank = "", 0.0, width_of(" ", style)
    for word in filter(None, text.split(" ")):
        for piece in _pieces(word, style, width):
            needed = width_of(piece, style)
            if line and used + blank + needed <= width:
                line, used = f"{line} {piece}", used + blank + needed
            else:
                lines += [line] if line else []
                line, used = piece, needed
    return [*lines, line]


def balanced(text: str, style: Style, width: float) -> list[str]:
    """The text in as few lines as `broken` needs, of about the same length: a title leaves no lone word."""
    lines = broken(text, style, width)
    narrow = width / len(lines) if len(lines) > 1 else width
    while len(lines) > 1 and narrow < width:
        attempt = broken(text, style, narrow)
        if len(attempt) <= len(lines):
            return attempt
        narrow += style.size
    return lines


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """A word cut only where it is wider than a whole line, letter by letter, in one pass."""
    if width_of(word, style) <= width:
        return [word]
    pieces, piece, used = [], "", 0.0
    for letter in word:
        needed = width_of(letter, style)
        if piece and used + needed > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + needed
    return [*pieces, piece]
