"""The one gate between what people typed and the libraries that make files.

ReportLab reads `<img src="…">` inside a paragraph as an order to open that file, and needs 39 seconds for
200 000 characters without a blank. Nothing else in `exports` builds paragraph markup: it calls `markup`.
"""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape

LONGEST_RUN, PIECE = 120, 60  # an address stays whole; what is longer never fits a line, a piece mostly does
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain(text: str) -> str:
    """The text as it may be drawn or written: NFC, no control, format, surrogate or unassigned character.

    Line breaks and tabs become single blanks, because a line break in a cell or a sentence is never meant.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", " "))
    if composed.isprintable():
        return composed
    return "".join(_kept(char) for char in composed)


def markup(text: str) -> str:
    """The text for a ReportLab `Paragraph`: `plain`, no live markup, and no run longer than LONGEST_RUN, which is cut by blanks."""
    return escape(_RUN.sub(_in_pieces, plain(text)))


def _in_pieces(run: re.Match[str]) -> str:
    text = run.group()
    return " ".join(text[at : at + PIECE] for at in range(0, len(text), PIECE))


def _kept(char: str) -> str:
    if char in "\n\r\t\u2028\u2029":
        return " "
    return "" if unicodedata.category(char) in _UNPRINTABLE else char
