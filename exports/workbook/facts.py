"""What the reader of spreadsheets does not tell of a sheet: formulas, errors, percentages, what is hidden; and how far its
cells go, known before they are read. Runs in the child process.

The code of what is refused: WORKBOOK_TOO_BIG.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.errors import InputRefused
from forms.sheets import Area, Spot, address

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_SHEETS = 20_000, 200, 100_000, 60


@dataclass
class Facts:
    """Of one sheet, gathered while its XML streams by."""

    name: str
    hidden: bool = False
    formulas: set[Spot] = field(default_factory=set)
    pending: set[Spot] = field(default_factory=set)  # formulas without a result
    errors: dict[Spot, str] = field(default_factory=dict)
    percents: dict[Spot, int] = field(default_factory=dict)  # how often a number is shown times 100, where it is
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


class Size:
    """How many cells with content a workbook has, and how far out; stops it at the limits."""

    def __init__(self) -> None:
        self._cells = 0

    def add(self, name: str, spot: Spot, times: int = 1) -> None:
        """`times` cells that end at `spot`. Raises InputRefused."""
        self._cells += times
        if spot[0] >= MOST_ROWS or spot[1] >= MOST_COLUMNS:
            raise too_big(f"có nội dung tận ô {address(*spot)} của sheet “{name[:40]}”")
        if self._cells > MOST_CELLS:
            raise too_big("có quá nhiều ô có nội dung")


def too_big(problem: str) -> InputRefused:
    return InputRefused(
        "WORKBOOK_TOO_BIG",
        f"Bảng tính {problem}; phần mềm chỉ đọc {MOST_SHEETS} sheet, {MOST_ROWS} dòng, {MOST_COLUMNS} cột, {MOST_CELLS} ô. "
        "Chép phần cần nhập sang một tệp mới.",
    )


def hide(rows: set[int], first: int, count: int, most: int) -> None:
    """Adds `count` hidden rows or columns from `first`, as far as anything is read."""
    rows.update(range(first, min(first + count, most)))
