"""Words in lines no wider than a column, measured once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption


def wrapped(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """The lines; the last one is cut with … when there would be more than `most`. No text, no line."""
    return _wrapped(text, font.toString(), width, most) if text else ()


def weighted(font: QFont, strong: bool) -> QFont:
    """The font, bold where that is wanted."""
    found = QFont(font)
    if strong:
        found.setWeight(QFont.Weight.DemiBold)
    return found


@lru_cache(maxsize=4096)
def _wrapped(text: str, name: str, width: int, most: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(name)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    lines = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    if len(lines) > most:
        return (*lines[: most - 1], _cut(lines[most - 1], QFontMetrics(font), width))
    return tuple(lines)


def _cut(line: str, measured: QFontMetrics, width: int) -> str:
    """With … behind its last whole word that leaves room for it."""
    words = line.split(" ")
    while len(words) > 1 and measured.horizontalAdvance(" ".join(words) + " …") > width:
        words.pop()
    return " ".join(words) + " …"
