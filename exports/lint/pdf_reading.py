"""A finished PDF as measured lines, rules and boxes, through PDFium: an eye other than the writer's."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from exports.lint.elements import Piece
from exports.lint.refusals import MOST_PAGES, damaged, too_large

MM = 72 / 25.4
MARK_SIZE = 60.0  # larger letters are a mark across the page
NAME_LONGEST = 100


@dataclass(frozen=True)
class Line(Piece):
    """A line with its place in millimetres from the page's upper left corner; `base` is where its letters stand."""

    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    base: float = 0.0

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Box:
    """A stroke or frame, in millimetres."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def is_rule(self) -> bool:
        """A level stroke."""
        return self.bottom - self.top < 0.7

    @property
    def is_table(self) -> bool:
        """What text inside belongs to: a table's strokes, drawn as one."""
        return self.bottom - self.top > 5 and self.right - self.left > 60


@dataclass(frozen=True)
class Page:
    """One page: millimetres wide and high, its lines in the order of drawing."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]

    def in_table(self, line: Line) -> bool:
        """Whether the line is inside a table."""
        return any(
            box.is_table and box.left - 1 <= line.left and line.right <= box.right + 1
            and box.top - 1 <= line.top and line.bottom <= box.bottom + 1
            for box in self.boxes
        )  # fmt: skip


def read(data: bytes) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """The pages, and the faces that the file names but does not carry. Raises InputRefused."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    with document:
        if len(document) > MOST_PAGES:
            raise too_large()
        outside: set[str] = set()
        pages = tuple(_page(document[number], number + 1, outside) for number in range(len(document)))
    return pages, tuple(sorted(outside))


def _page(sheet: Any, number: int, outside: set[str]) -> Page:
    width, height = sheet.get_size()
    text = sheet.get_textpage()
    lines = tuple(_lines(text, number, height))
    text.close()
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(thing)
        if raw.FPDFFont_GetIsEmbedded(font) == 0:
            outside.add(_font_name(font))
    boxes = [thing.get_bounds() for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    found = (Box(left / MM, right / MM, (height - top) / MM, (height - low) / MM) for left, low, right, top in boxes)
    return Page(number, width / MM, height / MM, lines, tuple(found))


def _font_name(font: Any) -> str:
    name = ctypes.create_string_buffer(NAME_LONGEST)
    raw.FPDFFont_GetBaseFontName(font, name, NAME_LONGEST)
    return name.value.decode("latin-1")


Letter = tuple[str, str, float, float, float, float, float, float]  # char, font, size, left, right, top, bottom, base


def _lines(text: Any, number: int, height: float) -> Iterator[Line]:
    """Letters of one font and size on one base line, drawn one after the other, are a line."""
    line: list[Letter] = []
    for index in range(text.count_chars()):
        letter = _letter(text, index, height)
        if letter is None:
            continue
        if line and (line[-1][1:3] != letter[1:3] or abs(line[-1][7] - letter[7]) > 0.2):
            yield from _joined(line, number)
            line = []
        line.append(letter)
    yield from _joined(line, number)


def _letter(text: Any, index: int, height: float) -> Letter | None:
    char = chr(raw.FPDFText_GetUnicode(text, index))
    if char in "\r\n":
        return None
    name = ctypes.create_string_buffer(NAME_LONGEST)
    raw.FPDFText_GetFontInfo(text, index, name, NAME_LONGEST, ctypes.c_int())
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    left, low, right, top = text.get_charbox(index, loose=False)
    font = name.value.decode("latin-1").partition("+")[2] or name.value.decode("latin-1")
    size = round(raw.FPDFText_GetFontSize(text, index), 1)
    return char, font, size, left / MM, right / MM, (height - top) / MM, (height - low) / MM, (height - y.value) / MM


def _joined(letters: list[Letter], number: int) -> Iterator[Line]:
    seen = [letter for letter in letters if letter[0].strip()]
    if not seen or letters[0][2] > MARK_SIZE:
        return
    font = letters[0][1]
    yield Line(
        "".join(letter[0] for letter in letters).strip(),
        font,
        letters[0][2],
        "Bold" in font,
        "Italic" in font,
        number,
        left=min(letter[3] for letter in seen),
        right=max(letter[4] for letter in seen),
        top=min(letter[5] for letter in seen),
        bottom=max(letter[6] for letter in seen),
        base=letters[0][7],
    )
