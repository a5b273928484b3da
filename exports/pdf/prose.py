"""Paragraphs: runs of several looks, broken by true widths and set to both margins.

No library reads markup here, so what a person typed is drawn as typed whatever it looks like, in a time that grows with
its length. Only a word wider than a line is cut, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.platypus import Flowable

from exports.blocks import Run
from exports.escape import plain
from exports.fonts import cut_word, drawable, look, text_width
from exports.nd30 import LINE_SPACING, PARAGRAPH_GAP, Style

FEWEST = 2  # lines of a paragraph that may stand alone on a page
BLANKS = (" ", "\u00a0")
Align = Literal["both", "left", "right"]


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters without a blank, in pieces of one font each."""

    pieces: tuple[tuple[str, str], ...]
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: pieces (text, font) with their blanks, natural width, indent, whether it reaches to the margin."""

    pieces: tuple[tuple[str, str], ...]
    width: float
    indent: float
    full: bool

    @property
    def blanks(self) -> int:
        """How many blanks can be widened."""
        return sum(text.count(blank) for text, _ in self.pieces for blank in BLANKS)


class Prose(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A paragraph whose lines are known. At least two lines stay together at a page's end and beginning."""

    def __init__(
        self, lines: Sequence[Line], size: float, width: float, *, align: Align, before: float, tag: str
    ) -> None:
        super().__init__()
        self.lines, self.size, self.width, self.align, self.tag = list(lines), size, width, align, tag
        self.spaceBefore, self.jump = before, ("", 0)
        self.step = size * LINE_SPACING
        self.height = len(self.lines) * self.step

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """What it takes; the lines were broken when it was made."""
        return self.width, self.height

    @property
    def least(self) -> float:
        """What must stand together at its beginning."""
        return float(min(len(self.lines), FEWEST) * self.step)

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits, and the rest; nothing where either would be a lone line."""
        fits = int(height / self.step + 1e-6)
        if len(self.lines) - fits < FEWEST:
            fits = len(self.lines) - FEWEST
        return self.parted(fits) if fits >= FEWEST else []

    def parted(self, after: int) -> list[Flowable]:
        """The paragraph in two, the first with so many lines."""
        first, rest = self._of(self.lines[:after], self.spaceBefore), self._of(self.lines[after:], 0.0)
        first.jump = self.jump
        return [first, rest]

    def draw(self) -> None:
        """From the top; the origin is the lower left corner of the room granted by `wrap`."""
        if self.jump[0]:
            self.canv.jump(*self.jump, self.height)
        with self.canv.tagged(self.tag):
            y = self.height - self.step + (self.step - self.size) / 2 + 0.2 * self.size
            for line in self.lines:
                self._draw_line(line, y)
                y -= self.step

    def _draw_line(self, line: Line, y: float) -> None:
        free, blanks = self.width - line.indent - line.width, line.blanks
        pen = self.canv.beginText(line.indent + (free if self.align == "right" else 0.0), y)
        pen.setWordSpace(free / blanks if self.align == "both" and line.full and blanks else 0.0)
        for text, font in line.pieces:
            pen.setFont(font, self.size)
            pen.textOut(text)
        self.canv.drawText(pen)

    def _of(self, lines: Sequence[Line], before: float) -> Prose:
        return Prose(lines, self.size, self.width, align=self.align, before=before, tag=self.tag)


def prose(
    runs: Sequence[Run],
    style: Style,
    width: float,
    *,
    indent: float = 0.0,
    before: float = PARAGRAPH_GAP,
    align: Align = "both",
    tag: str = "P",
) -> Prose:
    """The runs as a paragraph over so many points, its first line indented."""
    made = list(_lines(list(_words(runs, style, width - indent)), style, width, indent))
    return Prose(made, style.size, width, align=align, before=before, tag=tag)


def _lines(words: list[_Word], style: Style, width: float, indent: float) -> Iterator[Line]:
    """As many words as fit, the last line short."""
    line: list[_Word] = []
    used, room, first = 0.0, width - indent, indent
    for word in words:
        blank = text_width(" ", line[-1].pieces[-1][1], style.size) if line else 0.0
        if line and used + blank + word.width > room:
            yield _line(line, used, first, full=True)
            line, used, room, first, blank = [], 0.0, width, 0.0, 0.0
        line.append(word)
        used += blank + word.width
    yield _line(line, used, first, full=False)


def _line(words: list[_Word], width: float, indent: float, *, full: bool) -> Line:
    """The words as pieces; neighbours of one font are one piece."""
    pieces: list[tuple[str, str]] = []
    for at, word in enumerate(words):
        for inner, (text, font) in enumerate(word.pieces):
            blank = " " if at and not inner else ""
            if pieces and blank:
                pieces[-1] = (pieces[-1][0] + blank, pieces[-1][1])
            if pieces and pieces[-1][1] == font:
                pieces[-1] = (pieces[-1][0] + text, font)
            else:
                pieces.append((text, font))
    return Line(tuple(pieces), width, indent, full)


def _words(runs: Sequence[Run], style: Style, width: float) -> Iterator[_Word]:
    """Words reach over the border of two runs where no blank stands between: **nữ**."""
    pieces: list[tuple[str, str]] = []
    for run in runs:
        font = look(style.bold or run.bold, style.italic or run.italic)
        for at, text in enumerate(drawable(plain(run.text)).split(" ")):
            if at and pieces:
                yield from _fitting(pieces, style, width)
                pieces = []
            if text:
                pieces.append((text, font))
    if pieces:
        yield from _fitting(pieces, style, width)


def _fitting(pieces: list[tuple[str, str]], style: Style, width: float) -> Iterator[_Word]:
    """The word, or parts of it no wider than a line."""
    whole = sum(text_width(text, font, style.size) for text, font in pieces)
    if whole <= width:
        yield _Word(tuple(pieces), whole)
        return
    for text, font in pieces:
        for part in cut_word(text, font, style.size, width):
            yield _Word(((part, font),), text_width(part, font, style.size))
