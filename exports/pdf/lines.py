"""Short texts that are set line by line as they stand: names, titles, marks, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reportlab.platypus import Flowable

from exports.escape import plain
from exports.fonts import balanced, broken, drawable, font_of, width_of
from exports.nd30 import STYLES, Style

LEADING = 1.2
RULE_DROP, RULE_ROOM = 3.5, 7.0
STROKE = 0.75
Align = Literal["centre", "left", "right"]


class Lines(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """Lines of one element, with a rule below as long as a share of the text. Long ones go on over the page."""

    def __init__(
        self,
        lines: Sequence[str],
        style: Style,
        width: float,
        align: Align = "centre",
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
    align: Align = "centre",
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
