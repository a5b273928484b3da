"""Words in lines no wider than their place: what does not fit ends in …, and stands whole in a tooltip."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from ui.desktop.widgets.plain_text import Label, set_tip


class ElidedLabel(Label):
    """Takes no more than so many lines. `say` hides it while it is empty."""

    def __init__(self, most: int = 1) -> None:
        self._most, self._whole = most, ""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """All of the words."""
        return self._whole

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def say(self, words: str, most: int | None = None) -> None:
        self._most = most or self._most
        self.setVisible(bool(words))
        self.setText(words)

    def sizeHint(self) -> QSize:
        return QSize(0, max(super().sizeHint().height(), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = "\n".join(wrapped(" ".join(self._whole.split()), self.font(), max(60, self.width()), self._most))
        if shown != super().text():
            super().setText(shown)
        set_tip(self, self._whole if "…" in shown else "")


def wrapped(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """The lines; the last one is cut with … when there would be more than `most`. No text, no line."""
    return _wrapped(text, font.toString(), width, most) if text else ()


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
    if len(lines) <= most:
        return tuple(lines)
    measured, words = QFontMetrics(font), lines[most - 1].split(" ")
    while len(words) > 1 and measured.horizontalAdvance(" ".join(words) + " …") > width:
        words.pop()  # until the last whole word leaves room for the sign
    return (*lines[: most - 1], " ".join(words) + " …")
