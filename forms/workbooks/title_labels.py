"""Finding a row or a column of a foreign sheet by the words that stand in it.

What a person points by in a foreign sheet: the row of the columns' titles, and what a row is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from forms.errors import InputRefused
from forms.model.text import fold, quoted
from forms.workbooks.sheet_map import RowOrColumn
from forms.workbooks.sheets import PlainKind, Sheet, Sheets, Spot, letters

_NUMBERING = re.compile(
    r"^(?:[0-9]+(?:\.[0-9]+)+[a-z]?[.)/:]?\s+|(?:[0-9]+(?:\.[0-9]+)*[a-z]?|[ivxlc]+|[a-z])[.)/:]\s*|[-+*•]\s*)+"
)
_TAIL = re.compile(r"(?:\(\*+\)|[\s.:;,*])+$")


def label(text: str) -> str:
    """What of a title is compared: no accents, no case, no numbering before it, no signs after it."""
    return _TAIL.sub("", _NUMBERING.sub("", fold(text)))


class Titled:
    """A sheet with its texts at hand: each label with the places where it stands, in reading order."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.places: dict[str, list[Spot]] = {}
        for spot, cell in sorted(sheet.cells.items()):
            if cell.kind in (PlainKind.TEXT, PlainKind.NUMBER) and (found := label(cell.text)):
                self.places.setdefault(found, []).append(spot)

    def row_of(self, line: RowOrColumn, year: int) -> int:
        """Raises InputRefused MAPPING_LABEL."""
        if line.number is not None:
            return line.number
        return _narrowed(line, year, lambda word, after: {r for r, _ in self._with(word) if r > after}, "dòng", _row)

    def column_of(self, line: RowOrColumn, year: int, above: int) -> int:
        """The column with these words in the rows before `above`; a second word may stand in the very column of the first.
        Raises InputRefused MAPPING_LABEL."""
        if line.number is not None:
            return line.number

        def places(word: str, after: int) -> set[int]:
            return {column for row, column in self._with(word) if column >= after and row < above}

        return _narrowed(line, year, places, "cột", letters)

    def _with(self, word: str) -> list[Spot]:
        return self.places.get(word, [])


def sheet_named(sheets: Sheets, name: str) -> Sheet:
    """The sheet with that name, whatever its accents; without a name the only one that people see. Raises InputRefused."""
    seen = [sheet for sheet in sheets.sheets if not sheet.hidden]
    found = [sheet for sheet in seen if fold(sheet.name) == fold(name)] if name else seen
    if len(found) != 1:
        called = quoted(name) if name else "nào để đọc (tệp có nhiều sheet)"
        raise InputRefused(
            "MAPPING_SHEET",
            f"Không rõ sheet {called}. Ghi đúng tên sheet vào bảng đối chiếu, hoặc đổi tên sheet trong tệp.",
        )
    return found[0]


def _narrowed(
    line: RowOrColumn, year: int, places_of: Callable[[str, int], set[int]], kind: str, shown: Callable[[int], str]
) -> int:
    """Word after word; the first has to stand in one row or column only."""
    place = -1
    for depth, word in enumerate(line.words):
        places = sorted(places_of(label(word.replace("{year}", str(year))), place))
        if not places or (depth == 0 and len(places) > 1):
            said = f"có ở nhiều {kind}: {', '.join(map(shown, places[:5]))}" if places else f"không có ở {kind} nào"
            raise InputRefused(
                "MAPPING_LABEL",
                f"Chữ {quoted(word)} {said}. Trong bảng đối chiếu, ghi thêm chữ hoặc ghi thẳng số {kind}.",
            )
        place = places[0]
    return place


def _row(row: int) -> str:
    return str(row + 1)


def head_of(sheet: Sheet) -> int:
    """The row that most looks like the titles of columns: the first of those with the most texts."""
    texts = {row: sum(cell.kind is PlainKind.TEXT for cell in line.values()) for row, line in sheet.rows()}
    return max(texts, key=lambda row: (texts[row], -row), default=0)


def title_of(sheet: Sheet, row: int) -> str:
    """What the row is called: its first words."""
    places = sorted(column for r, column in sheet.cells if r == row)
    return next((text for c in places if any(map(str.isalpha, label(text := sheet.text(row, c))))), "")
