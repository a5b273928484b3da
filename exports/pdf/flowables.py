"""Lines drawn as they stand, without ReportLab's markup: header, titles, signature, addressees."""

from __future__ import annotations

from typing import Literal

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from exports.document import Letterhead, Signature, dated
from exports.escape import plain
from exports.nd30 import ADDRESSEES, ISSUER_RULE, MOTTO, MOTTO_RULE, NATIONAL_NAME, RECIPIENTS, STYLES
from exports.pdf.fonts import balanced, broken, font_of, width_of

LEADING = 1.2
RULE_DROP, RULE_ROOM = 3.5, 7.0
LEFT_SHARE = 0.42
SIGNING_ROOM = 70.0


class Lines(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """Text of one element, broken where it asks or must, with a rule below as long as a share of the text."""

    def __init__(
        self,
        text: str,
        element: str,
        align: Literal["centre", "left"] = "centre",
        rule: float = 0.0,
        indent: float = 0.0,
        before: float = 0.0,
        boxed: bool = False,
    ) -> None:
        super().__init__()
        self.style = STYLES[element]
        self.text = [plain(self.style.written(part)) for part in text.split("\n")]
        self.align, self.rule, self.indent, self.before, self.boxed = align, rule, indent, before, boxed
        self.lines: list[str] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Breaks the text for this width; the answer is what it takes."""
        self.width = width
        breaking = balanced if self.align == "centre" else broken
        self.lines = [line for part in self.text for line in breaking(part, self.style, width - self.indent)]
        room = RULE_ROOM if self.rule or self.boxed else 0.0
        self.height = self.before + len(self.lines) * self.style.size * LEADING + room
        return width, self.height

    def draw(self) -> None:
        """Draws from the top; the origin is the lower left corner of the room granted by `wrap`."""
        self.canv.setFont(font_of(self.style), self.style.size)
        y = self.height - self.before
        for line in self.lines:
            y -= self.style.size * LEADING
            at = self.indent if self.align == "left" else (self.width - width_of(line, self.style)) / 2
            self.canv.drawString(at, y + self.style.size * (LEADING - 1), line)
        lengths = [width_of(line, self.style) for line in self.lines]
        if self.rule:
            self._rule(y - RULE_DROP, self.rule * sum(lengths) / len(lengths))
        if self.boxed:
            self._box(y - RULE_DROP, max(lengths) + 12)

    def _rule(self, y: float, length: float) -> None:
        self.canv.setLineWidth(0.75)
        self.canv.line((self.width - length) / 2, y, (self.width + length) / 2, y)

    def _box(self, y: float, length: float) -> None:
        self.canv.setLineWidth(0.75)
        self.canv.rect((self.width - length) / 2, y, length, self.height - self.before - y)


def letterhead(head: Letterhead, circulation: str, width: float) -> Flowable:
    """The header of two columns: issuer with number at left, national name with place and day at right."""
    issuer = [Lines(head.superior, "superior")] if head.superior else []
    issuer.append(Lines(head.issuer, "issuer", rule=ISSUER_RULE))
    nation = [Lines(NATIONAL_NAME, "national_name"), Lines(MOTTO, "motto", rule=MOTTO_RULE)]
    place = f"{head.place}, {dated(head.issued, head.year)}"
    number = Lines(head.number_sign, "number_sign", before=4)
    rows: list[list[object]] = [[issuer, nation], [number, Lines(place, "place_date", before=4)]]
    if circulation:
        rows.append([Lines(circulation, "circulation", before=6, boxed=True), ""])
    return _columns(rows, (LEFT_SHARE * width, (1 - LEFT_SHARE) * width))


def addressees(names: tuple[str, ...], width: float) -> list[Flowable]:
    """ "Kính gửi": one name on the same line; several below, their hyphens under the colon."""
    if len(names) == 1:
        return [Lines(f"{ADDRESSEES} {names[0]}", "addressees", before=12)]
    style = STYLES["addressees"]
    colon = 0.22 * width + width_of(ADDRESSEES.rstrip(":"), style)
    ends = [";"] * (len(names) - 1) + ["."]
    first = Lines(ADDRESSEES, "addressees", "left", indent=0.22 * width, before=12)
    return [
        first,
        *(
            Lines(f"- {name}{end}", "addressees", "left", indent=colon, before=2)
            for name, end in zip(names, ends, strict=True)
        ),
    ]


def signature_block(signature: Signature, recipients: tuple[str, ...], width: float) -> Flowable:
    """Recipients at left, level with the signer's capacity at right, and room for pen and stamp."""
    left = [Lines(RECIPIENTS, "recipients_title", "left")]
    left += [Lines(text, "recipients", "left") for text in recipients]
    right: list[Flowable] = [Lines(line, "capacity") for line in signature.capacity]
    right += [Spacer(1, SIGNING_ROOM), Lines(signature.name or " ", "signer")]
    return _columns([[left, right]], (0.5 * width, 0.5 * width))


def together(blocks: list[Flowable]) -> Flowable:
    """Blocks that must not be parted by a page's end."""
    return KeepTogether(blocks)


def _columns(rows: list[list[object]], widths: tuple[float, float]) -> Table:
    """A table without rules or padding, the decree's own way of setting two columns."""
    table = Table(rows, colWidths=widths, spaceBefore=0, spaceAfter=0)
    whole = (0, 0), (-1, -1)
    commands = [(f"{side}PADDING", *whole, 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    # ReportLab sets its default letters even in cells without text, and they would not be embedded.
    table.setStyle([*commands, ("VALIGN", *whole, "TOP"), ("FONTNAME", *whole, font_of(STYLES["body"]))])
    return table
