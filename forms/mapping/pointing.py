"""A place of a foreign sheet that somebody points at: kept by the words of its row and column where they lead there again,
so that an added line does no harm, else by numbers."""

from __future__ import annotations

from collections.abc import Callable

from forms.errors import InputRefused
from forms.mapping.labels import Titled, label
from forms.mapping.sheet_map import CellPlace, Line
from forms.sheets import PlainKind, Sheet


def pointed(titled: Titled, row: int, column: int, head: int, year: int) -> CellPlace:
    """The place of a cell; `head` is the row of the columns' titles. The year reported on is kept as {year}."""
    sheet = titled.sheet
    down = _by_words(_title_left(sheet, row, column), year, row, lambda line: titled.row_of(line, year))
    across = _by_words(
        sheet.text(head, column) if head < row else "",
        year,
        column,
        lambda line: titled.column_of(line, year, row),
    )
    return CellPlace(sheet.name, down, across)


def head_of(sheet: Sheet) -> int:
    """The row that most looks like the titles of columns: the first of those with the most texts."""
    texts = {row: sum(cell.kind is PlainKind.TEXT for cell in line.values()) for row, line in sheet.rows()}
    return max(texts, key=lambda row: (texts[row], -row), default=0)


def title_of(sheet: Sheet, row: int) -> str:
    """What the row is called: its first words."""
    return _title_left(sheet, row, max((column for r, column in sheet.cells if r == row), default=0) + 1)


def _title_left(sheet: Sheet, row: int, column: int) -> str:
    """The first words of a row before a column."""
    places = sorted(c for r, c in sheet.cells if r == row and c < column)
    return next((text for c in places if any(map(str.isalpha, label(text := sheet.text(row, c))))), "")


def _by_words(text: str, year: int, number: int, leads: Callable[[Line], int]) -> Line:
    """The words, if they lead to that very row or column."""
    words = " ".join(text.split()).replace(str(year), "{year}")
    if not label(words) or len(words) > 200:
        return Line(number)
    try:
        return Line(words=(words,)) if leads(Line(words=(words,))) == number else Line(number)
    except InputRefused:
        return Line(number)
