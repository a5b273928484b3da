"""Reads a finished PDF back as measured lines of text, through pypdfium2: an eye other than the writer's."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """Letters of one font and size on one base line. `left`, `right`, `top`, `bottom` in mm from the upper left."""

    text: str
    font: str
    size: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def lines_of(data: bytes, page: int) -> list[Line]:
    """The lines of a page (from 0), in the order in which they were drawn."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        text, height = sheet.get_textpage(), sheet.get_height()
        found: list[list[tuple[str, str, float, tuple[float, float, float, float], float]]] = []
        for index in range(text.count_chars()):
            letter = _letter(text, index)
            if letter is None:
                continue
            if found and found[-1][-1][1:3] == letter[1:3] and abs(found[-1][-1][4] - letter[4]) < 0.5:
                found[-1].append(letter)
            else:
                found.append([letter])
        text.close()
        return [_line(letters, height) for letters in found if any(c.strip() for c, *_ in letters)]


def rules_of(data: bytes, page: int) -> list[tuple[float, float, float]]:
    """Horizontal strokes as (left, right, top) in mm."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        boxes = [thing.get_bounds() for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
        height = sheet.get_height()
        return [(left / MM, right / MM, (height - top) / MM) for left, bottom, right, top in boxes if top - bottom < 2]


def page_size(data: bytes, page: int) -> tuple[float, float]:
    with pypdfium2.PdfDocument(data) as document:
        width, height = document.get_page_size(page)
        return width / MM, height / MM


def _letter(text: pypdfium2.PdfTextPage, index: int):
    char = chr(raw.FPDFText_GetUnicode(text, index))
    if char in "\r\n":
        return None
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, index, name, 100, ctypes.c_int())
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    font = name.value.decode().partition("+")[2] or name.value.decode()
    return char, font, round(raw.FPDFText_GetFontSize(text, index), 1), text.get_charbox(index, loose=False), y.value


def _line(letters, height: float) -> Line:
    boxes = [box for char, _, _, box, _ in letters if char.strip()]
    text = "".join(char for char, *_ in letters)
    return Line(
        text.strip(),
        letters[0][1],
        letters[0][2],
        min(b[0] for b in boxes) / MM,
        max(b[2] for b in boxes) / MM,
        (height - max(b[3] for b in boxes)) / MM,
        (height - min(b[1] for b in boxes)) / MM,
    )
