"""The embedded typeface and the breaking of text into lines by its true widths."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources
from exports.nd30 import EMBEDDED_FACE, Style

REGULAR, BOLD, ITALIC, BOLD_ITALIC = (f"{EMBEDDED_FACE}-{c}" for c in ("Regular", "Bold", "Italic", "BoldItalic"))
MISSING = "\u25a1"  # □ for a letter that the typeface does not have: nothing vanishes, and every mark has a meaning
LONGEST_WORD = 32  # letters: the longest figure has 27
_ADDRESS = ("://", "www.")
_MARKED = re.compile(r"[^/?&=._@-]*[/?&=._@-]+|[^/?&=._@-]+")  # up to and with a mark
_CUTS = {(False, False): REGULAR, (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}


@cache
def register() -> None:
    """Makes the four cuts known to ReportLab, once in a process. Raises ReportLab's TTFError without the files."""
    for name in _CUTS.values():
        pdfmetrics.registerFont(TTFont(name, str(resources.path(f"fonts/{name}.ttf"))))
    pdfmetrics.registerFontFamily(EMBEDDED_FACE, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def look(bold: bool, italic: bool) -> str:
    """The name of a cut."""
    return _CUTS[bold, italic]


def font_of(style: Style) -> str:
    """The name of the cut that an element is set in."""
    return look(style.bold, style.italic)


def drawable(text: str) -> str:
    """The text with □ for each letter that the typeface lacks."""
    known = _letters()
    if all(letter in known for letter in text):
        return text
    return "".join(letter if letter in known else MISSING for letter in text)


@cache
def _letters() -> frozenset[str]:
    register()
    cuts = [set(pdfmetrics.getFont(name).face.charToGlyph) for name in _CUTS.values()]
    return frozenset(map(chr, set.intersection(*cuts)))


def width_of(text: str, style: Style) -> float:
    """Points from the first letter's left to the last one's right."""
    return text_width(text, font_of(style), style.size)


@lru_cache(100_000)
def text_width(text: str, font: str, size: float) -> float:
    """Points that a text takes. Words come back again and again, so their widths are kept."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


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
    if not 1 < len(lines) <= 6:
        return lines
    narrow = width / len(lines)
    while narrow < width:
        attempt = broken(text, style, narrow)
        if len(attempt) <= len(lines):
            return attempt
        narrow += style.size
    return lines


def parts_of(word: str) -> list[str]:
    """What of a word may not be parted: a number, a code, a syllable is one part. A web address, and what is longer than any
    word, may go on in the next line after its own marks."""
    if len(word) <= LONGEST_WORD and not any(mark in word for mark in _ADDRESS):
        return [word]
    return [piece for part in _MARKED.findall(word) for piece in wrapped(part)]


def wrapped(part: str) -> list[str]:
    """Letters without a mark among them, LONGEST_WORD at a time."""
    return [part[at : at + LONGEST_WORD] for at in range(0, len(part), LONGEST_WORD)]


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """A word cut only where it is wider than a whole line."""
    if width_of(word, style) <= width:
        return [word]
    return cut_word(word, font_of(style), style.size, width)


def cut_word(word: str, font: str, size: float, width: float) -> list[str]:
    """The word in pieces no wider than a line: after its own marks, where it has any, else letter by letter. In one pass."""
    pieces, piece, used = [], "", 0.0
    for part in parts_of(word):
        for some in [part] if text_width(part, font, size) <= width else part:
            needed = text_width(some, font, size)
            if piece and used + needed > width:
                pieces.append(piece)
                piece, used = "", 0.0
            piece, used = piece + some, used + needed
    return [*pieces, piece]
