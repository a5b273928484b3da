"""The one gate between what people typed and the libraries that make files.

No writer builds markup: text is drawn, or set as the text of an element, so `<b>` stays three letters everywhere. What
remains to be decided is which characters a file can hold at all.
"""

from __future__ import annotations

import unicodedata

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = frozenset("\n\r\t\u2028\u2029")


def plain(text: str) -> str:
    """The text as it may be drawn or written: NFC, no control, format, surrogate or unassigned character.

    Line breaks and tabs become single blanks, because a line break in a name or a sentence is never meant.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", " "))
    if composed.isprintable():
        return composed
    return "".join(_kept(char) for char in composed)


def lines_of(text: str) -> list[str]:
    """The lines of a table cell, where a break is meant; each one `plain`."""
    return [plain(line) for line in text.replace("\r\n", "\n").split("\n")]


def _kept(char: str) -> str:
    if char in _BREAKS:
        return " "
    return "" if unicodedata.category(char) in _UNPRINTABLE else char
