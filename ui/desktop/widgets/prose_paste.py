"""What comes from the clipboard: bold, italic and lists are kept, the rest becomes plain; hidden characters are dropped."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QTextDocument

from forms.prose import Line, LineKind, Prose, Run, parse
from forms.text import nfc
from ui.desktop.widgets.prose_document import prose_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LARGEST = 2_000_000  # letters of HTML; beyond that the plain text is taken
_WORKBOOK = "schemas-microsoft-com:office:excel"  # its cells stand better side by side, as its plain text has them
_PICTURE = "\ufffc"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Word writes the sign of an item as text: a dash or a letter of a symbol font, then blanks up to the indent.
_ITEM = re.compile(r"\s*(?:[-–—•·▪●○◦]\s+|[o§Øüv]\s{2,}|([1-9][0-9]{0,2})\.\s+)")
_BLANKS = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """`hidden` characters and `pictures` were left out."""

    prose: Prose
    hidden: int = 0
    pictures: int = 0

    @property
    def left_out(self) -> str:
        """A sentence about it; empty where all was taken."""
        what = [f"{n} {name}" for n, name in ((self.pictures, "hình"), (self.hidden, "ký tự ẩn")) if n]
        return f"Đã dán, bỏ {' và '.join(what)}." if what else ""


def pasted(mime: QMimeData) -> Pasted:
    html = mime.html() if mime.hasHtml() else ""
    if not html or len(html) > _LARGEST or (_WORKBOOK in html and mime.hasText()):
        text, hidden = seen(mime.text())
        return Pasted(parse(text), hidden)
    document = _Closed()
    document.setHtml(html)
    text = document.toPlainText()
    hidden = seen(text)[1]
    lines = (_item(_seen_line(line)) for line in prose_of(document).lines)
    return Pasted(Prose(tuple(_parted(lines))), hidden, text.count(_PICTURE))


def seen(text: str) -> tuple[str, int]:
    """The text as it may be kept, and how many characters that nobody sees were dropped from it."""
    whole = nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))
    plain = "".join(" " if c == "\t" or unicodedata.category(c) == "Zs" else c for c in whole)
    kept = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in _HIDDEN)
    return kept, len(plain) - len(kept)


class _Closed(QTextDocument):
    """Pictures and the like that the text names are not fetched, from nowhere."""

    def loadResource(self, type: int, name: QUrl) -> object:
        return None


def _seen_line(line: Line) -> Line:
    return replace(line, runs=tuple(Run(seen(run.text)[0], run.bold, run.italic) for run in line.runs))


def _item(line: Line) -> Line:
    """A line that only looks like an item becomes one; blanks before the words are dropped."""
    found = _ITEM.match(line.words) if line.kind is LineKind.PLAIN else None
    if found is None:
        return replace(line, runs=_without(line.runs, len(line.words) - len(line.words.lstrip())))
    kind = LineKind.NUMBER if found[1] else LineKind.BULLET
    return Line(_without(line.runs, found.end()), kind, int(found[1] or 0))


def _without(runs: Iterable[Run], letters: int) -> tuple[Run, ...]:
    """The runs less their first letters; blanks in rows, which only indent, become one."""
    kept = []
    for run in runs:
        text = _BLANKS.sub(" ", run.text[letters:])
        letters = max(0, letters - len(run.text))
        kept += [replace(run, text=text)] if text else []
    return tuple(kept)


def _parted(lines: Iterable[Line]) -> list[Line]:
    """Without lines of blanks at the beginning and the end, and never two of them after each other."""
    kept: list[Line] = []
    for line in lines:
        is_blank = not line.words.strip()
        if not is_blank:
            kept.append(line)
        elif kept and kept[-1].words:
            kept.append(Line())
    return kept[:-1] if kept and not kept[-1].words else kept
