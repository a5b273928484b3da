"""A workbook as plain cells: what a foreign file is turned into before anything of it is believed. Rows and columns
count from 0; people are told "Số liệu!D12"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Spot = tuple[int, int]  # row, column
UNCLEAR = -1  # whether a cell was seen as a percentage
Area = tuple[int, int, int, int]  # first row, first column, last row, last column, all inside


class PlainKind(StrEnum):
    """What a cell holds; an empty one is not listed at all."""

    NUMBER = "n"  # as 1250 or 8.5: a point, no grouping
    TEXT = "s"
    DATE = "d"  # 2025-12-31, by whichever epoch the workbook has
    TRUTH = "b"  # 1 or 0
    ERROR = "e"  # #REF! and the like; the text says which where that is known
    EMPTY = "f"  # a formula whose result the file does not hold


@dataclass(frozen=True, slots=True)
class Plain:
    """One cell. `formula`: the text is the result that the file remembers. `percent`: how often people saw it times 100, with
    %; UNCLEAR where its format does not say."""

    kind: PlainKind
    text: str
    formula: bool = False
    percent: int = 0


@dataclass(frozen=True)
class Sheet:
    """One sheet. `hidden` and the hidden rows and columns hold what nobody saw who looked at the workbook."""

    name: str
    cells: Mapping[Spot, Plain] = field(default_factory=dict)
    hidden: bool = False
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def at(self, row: int, column: int) -> Plain | None:
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What stands there as text; empty where nothing does."""
        found = self.cells.get((row, column))
        return found.text if found else ""

    def where(self, row: int, column: int) -> str:
        return f"{self.name}!{address(row, column)}"

    def rows(self) -> Iterator[tuple[int, dict[int, Plain]]]:
        """Row by row, from the top, what stands in each: (row, column → cell)."""
        lines: dict[int, dict[int, Plain]] = {}
        for (row, column), cell in self.cells.items():
            lines.setdefault(row, {})[column] = cell
        for row in sorted(lines):
            yield row, dict(sorted(lines[row].items()))

    def is_unseen(self, row: int, column: int) -> bool:
        return self.hidden or row in self.hidden_rows or column in self.hidden_columns

    def is_covered(self, row: int, column: int) -> bool:
        """Under a merged cell, but not its first place: what stands there is not shown."""
        return any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
            for top, left, bottom, right in self.merged
        )


@dataclass(frozen=True)
class Sheets:
    """A whole workbook, in the order of its sheets. `kind` is xlsx, ods or xls; of an xls neither formulas nor errors
    nor hidden rows can be seen. `epoch_1904`: a bare number of days counts from 1904."""

    kind: str
    sheets: tuple[Sheet, ...]
    epoch_1904: bool = False

    def named(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def with_texts(self, change: Callable[[str], str]) -> Sheets:
        """The same workbook with every text changed."""
        return replace(self, sheets=tuple(_changed(sheet, change) for sheet in self.sheets))


def address(row: int, column: int) -> str:
    """D12, as the spreadsheet calls it."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """A, B … Z, AA …"""
    rest, found = column + 1, ""
    while rest:
        rest, digit = divmod(rest - 1, 26)
        found = chr(ord("A") + digit) + found
    return found


def column_of(name: str) -> int:
    """The place of a column by its letters; the reverse of `letters`."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _changed(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    def cell(plain: Plain) -> Plain:
        return replace(plain, text=change(plain.text)) if plain.kind is PlainKind.TEXT else plain

    return replace(sheet, name=change(sheet.name), cells={spot: cell(plain) for spot, plain in sheet.cells.items()})
