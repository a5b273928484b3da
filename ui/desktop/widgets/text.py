"""Labels: plain text only (Qt would read mark-up in it), muted, wrapped, with a problem, and cut at the end with the whole in a tip."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QResizeEvent,
    Qt,  # of QtGui: QtCore's has not mightBeRichText
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QListWidgetItem, QSizePolicy, QTableWidgetItem, QWidget

_UNSEEN = "\u2060"  # joins words and is never drawn: with it behind the bracket Qt sees no tag


class Label(QLabel):
    """Of plain text, whatever it says; every label of the window is one. `tone`: how the style sheet draws it."""

    usual_tone = ""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, tone: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # before the text: it is read as it is set
        self.setText(text)
        if tone or self.usual_tone:
            self.setProperty("tone", tone or self.usual_tone)


def set_tip(on: QWidget | QListWidgetItem | QTableWidgetItem, text: str) -> None:
    on.setToolTip(plain(text))


def make_plain(box: QWidget) -> None:
    """The labels that Qt itself put into a box."""
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)


def plain(text: str) -> str:
    """The same words for where Qt asks by itself whether they are rich text: tooltips, questions. They look the same."""
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{_UNSEEN}").replace("&", f"&{_UNSEEN}")


class WrappedLabel(Label):
    """Plain text over as many lines as it takes; a layout never cuts the last one off."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, tone: str = "") -> None:
        super().__init__(text, parent, tone=tone)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def setText(self, text: str) -> None:
        super().setText(text)
        if self.isVisible():
            self._claim()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim()

    def sizeHint(self) -> QSize:
        """One line if there is room for it, not Qt's guess of a square block."""
        line = self.fontMetrics().horizontalAdvance(self.text())
        lines = super().heightForWidth(max(1, self.width())) if self.isVisible() else self.fontMetrics().height()
        return QSize(line, max(0, lines))

    def _claim(self) -> None:
        self.setMinimumHeight(0)  # Qt counts the minimum into the height it answers
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class MutedLabel(WrappedLabel):
    """Explaining text, of less weight."""

    usual_tone = "muted"


class HeadingLabel(Label):
    """The name of a part of a screen."""

    usual_tone = "heading"


class Pill(Label):
    """A short state. `tone`: plain, accent, good, warning, error. The words carry the meaning, colour only helps."""

    def __init__(self, text: str = "", tone: str = "plain") -> None:
        super().__init__(text)
        self.setProperty("pill", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def say(self, text: str, tone: str) -> None:
        self.setText(text)
        set_tone(self, "pill", tone)


class ProblemLabel(WrappedLabel):
    """Where a refusal is shown beside what caused it; takes no room while there is none."""

    usual_tone = "problem"

    def __init__(self) -> None:
        super().__init__()
        self.hide()

    def say(self, text: str) -> None:
        self.setText(text)
        self.setVisible(bool(text))
        self.setAccessibleName(text)


def set_tone(widget: QWidget, name: str, tone: str) -> None:
    """Change a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) != tone:
        widget.setProperty(name, tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


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
