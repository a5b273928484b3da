"""Words broken into lines by their true widths: paragraphs set to both margins, titles line by line, columns side by side.

No library reads markup here, so what a person typed is drawn as typed whatever it looks like, in a time that grows with
its length. Only a word wider than a line is cut, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.platypus import Flowable

from exports.document import Run, plain
from exports.fonts import balanced, broken, cut_word, drawable, font_of, look, text_width, width_of
from exports.nd30 import LINE_SPACING, PARAGRAPH_GAP, STYLES, Style

FEWEST = 2  # lines of a paragraph that may stand alone on a page
BLANKS = (" ", "\u00a0")
Align = Literal["both", "left", "right"]


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters without a blank, in pieces of one font each."""

    pieces: tuple[tuple[str, str], ...]
    width: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: pieces (text, font) with their blanks, natural width, indent, whether it reaches to the margin."""

    pieces: tuple[tuple[str, str], ...]
    width: float
    indent: float
    full: bool

    @property
    def blanks(self) -> int:
        """How many blanks can be widened."""
        return sum(text.count(blank) for text, _ in self.pieces for blank in BLANKS)


class SetParagraph(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A paragraph whose lines are known. At least two lines stay together at a page's end and beginning."""

    def __init__(
        self, lines: Sequence[SetLine], size: float, width: float, *, align: Align, before: float, tag: str
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
                free, blanks = self.width - line.indent - line.width, line.blanks
                pen = self.canv.beginText(line.indent + (free if self.align == "right" else 0.0), y)
                pen.setWordSpace(free / blanks if self.align == "both" and line.full and blanks else 0.0)
                for text, font in line.pieces:
                    pen.setFont(font, self.size)
                    pen.textOut(text)
                self.canv.drawText(pen)
                y -= self.step

    def _of(self, lines: Sequence[SetLine], before: float) -> SetParagraph:
        return SetParagraph(lines, self.size, self.width, align=self.align, before=before, tag=self.tag)


def prose(
    runs: Sequence[Run],
    style: Style,
    width: float,
    *,
    indent: float = 0.0,
    before: float = PARAGRAPH_GAP,
    align: Align = "both",
    tag: str = "P",
) -> SetParagraph:
    """The runs as a paragraph over so many points, its first line indented."""
    made = list(_lines(list(_words(runs, style, width - indent)), style, width, indent))
    return SetParagraph(made, style.size, width, align=align, before=before, tag=tag)


def _lines(words: list[_Word], style: Style, width: float, indent: float) -> Iterator[SetLine]:
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


def _line(words: list[_Word], width: float, indent: float, *, full: bool) -> SetLine:
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
    return SetLine(tuple(pieces), width, indent, full)


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


LEADING = 1.2
RULE_DROP, RULE_ROOM = 3.5, 7.0
STROKE = 0.75
HeadAlign = Literal["centre", "left", "right"]


class Lines(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """Lines of one element, with a rule below as long as a share of the text. Long ones go on over the page."""

    def __init__(
        self,
        lines: Sequence[str],
        style: Style,
        width: float,
        align: HeadAlign = "centre",
        *,
        rule: float = 0.0,
        indent: float = 0.0,
        before: float = 0.0,
        tag: str = "P",
    ) -> None:
        super().__init__()
        self.lines, self.style, self.width, self.align = list(lines), style, width, align
        self.rule, self.indent, self.spaceBefore, self.tag = rule, indent, before, tag
        self.jump = ("", 0)
        self.step = style.size * LEADING
        self.height = len(self.lines) * self.step + (RULE_ROOM if rule else 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """What it takes; the lines were broken when it was made."""
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits, and the rest."""
        fits = min(int(height / self.step), len(self.lines) - 1)
        if fits < 1:
            return []
        first = self._of(self.lines[:fits], rule=0.0, before=self.spaceBefore)
        first.jump = self.jump
        return [first, self._of(self.lines[fits:], rule=self.rule, before=0.0)]

    def draw(self) -> None:
        """From the top; the origin is the lower left corner of the room granted by `wrap`."""
        canvas = self.canv
        if self.jump[0]:
            canvas.jump(*self.jump, self.height)
        y = self.height
        with canvas.tagged(self.tag):
            canvas.setFont(font_of(self.style), self.style.size)
            for line in self.lines:
                y -= self.step
                canvas.drawString(self._left(line), y + self.step - self.style.size, line)
        if self.rule:
            with canvas.aside():
                self._draw_rule(y - RULE_DROP)

    def _of(self, lines: list[str], *, rule: float, before: float) -> Lines:
        return Lines(
            lines, self.style, self.width, self.align, rule=rule, indent=self.indent, before=before, tag=self.tag
        )

    def _left(self, line: str) -> float:
        if self.align == "left":
            return self.indent
        free = self.width - width_of(line, self.style)
        return free if self.align == "right" else free / 2

    def _draw_rule(self, y: float) -> None:
        """As long as a share of the text, and in its middle. Of several lines the mean counts."""
        lengths = [width_of(line, self.style) for line in self.lines]
        length = self.rule * sum(lengths) / len(lengths)
        self.canv.setLineWidth(STROKE)
        self.canv.line((self.width - length) / 2, y, (self.width + length) / 2, y)


def lines(
    text: str,
    element: str,
    width: float,
    align: HeadAlign = "centre",
    *,
    rule: float = 0.0,
    indent: float = 0.0,
    before: float = 0.0,
    tag: str = "P",
) -> Lines:
    """The text of an element of `nd30.STYLES`, broken where it asks (line breaks) or must."""
    style = STYLES[element]
    breaking = balanced if align == "centre" else broken
    parts = [drawable(plain(style.written(part))) for part in text.split("\n")]
    made = [line for part in parts for line in breaking(part, style, width - indent)]
    return Lines(made, style, width, align, rule=rule, indent=indent, before=before, tag=tag)


class Beside(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """Columns of flowables on one level. What does not fit the page goes on over it, each column for itself."""

    def __init__(self, columns: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> None:
        super().__init__()
        self.columns, self.widths = [list(column) for column in columns], list(widths)
        self.spaceBefore = self.spaceAfter = 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the highest column."""
        self.width = sum(self.widths)
        self.height = max(
            (_height(column, room) for column, room in zip(self.columns, self.widths, strict=True)), default=0.0
        )
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Each column is cut where the page ends; nothing where one of them cannot even begin."""
        parts = [_cut(column, room, height) for column, room in zip(self.columns, self.widths, strict=True)]
        if any(column and not above for column, (above, _) in zip(self.columns, parts, strict=True)):
            return []
        return [Beside([above for above, _ in parts], self.widths), Beside([below for _, below in parts], self.widths)]

    def draw(self) -> None:
        """Column by column, which is also the order of reading."""
        left = 0.0
        for column, room in zip(self.columns, self.widths, strict=True):
            y = self.height
            for at, thing in enumerate(column):
                _, height = thing.wrap(room, y)
                y -= height + _gap(thing, at)
                thing.drawOn(self.canv, left, y)
            left += room


def _gap(thing: Flowable, at: int) -> float:
    """Room above all but the first."""
    return float(thing.getSpaceBefore()) if at else 0.0


def _height(column: Sequence[Flowable], room: float) -> float:
    return sum(float(thing.wrap(room, 0)[1]) + _gap(thing, at) for at, thing in enumerate(column))


def _cut(column: list[Flowable], room: float, height: float) -> tuple[list[Flowable], list[Flowable]]:
    """What of a column fits the height, and the rest."""
    for at, thing in enumerate(column):
        needed = float(thing.wrap(room, height)[1]) + _gap(thing, at)
        if needed > height:
            parts = thing.split(room, height - _gap(thing, at))
            if not parts:
                return column[:at], column[at:]
            return [*column[:at], parts[0]], [*parts[1:], *column[at + 1 :]]
        height -= needed
    return column, []
