"""The hidden marks by which a fill-in workbook is read again, whatever was moved: shared by its writer and its reader.

Row 1 and column A of every sheet are hidden. A1 says what the sheet is, the rest of row 1 names its columns, column A its
rows; so a sheet of ours is asked by keys instead of addresses. The sheet of kind `stamp` says which report it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from forms.model.cell import place
from forms.model.count import Count
from forms.model.news_item import KIND_TITLES, MAX_AIRINGS, ORIGIN_TITLES, NewsKind, Origin
from forms.model.task import NOMINEE_TITLES, TASK_STATE_TITLES, Nominee, TaskState
from forms.workbooks.import_result import Remarks
from forms.workbooks.sheets import Plain, Sheet, Sheets

FORMAT = "1"  # of the workbook; another one is another program's
MARK = "sobinhdang:"
HEAD = "#"  # the key of a list's head: what stands below it are its entries
TOTAL, VALUE, NOTE = "total", "value", "note"
MOST = {"minutes": 100_000, "words": 1_000_000, "airings": MAX_AIRINGS, "percent": 100}  # of the numbers in lists
TITLES: dict[type, dict[Any, str]] = {
    NewsKind: KIND_TITLES,
    Origin: ORIGIN_TITLES,
    TaskState: TASK_STATE_TITLES,
    Nominee: NOMINEE_TITLES,
}  # the words for each choice in a list
AS_OF, ESTIMATE = "as_of", "estimate"
_UNFIT = re.compile(r"[^A-Za-z0-9_.]")


class SheetKind(StrEnum):
    """What a sheet holds."""

    STAMP = "stamp"
    GENERAL = "general"
    FIGURES = "figures"
    NEWS = "news"
    TASKS = "tasks"
    TEXTS = "texts"
    NOMINATIONS = "nominations"
    REASONS = "reasons"


SHEET_TITLES = {
    SheetKind.STAMP: "_sobinhdang",
    SheetKind.GENERAL: "Hướng dẫn",
    SheetKind.FIGURES: "Số liệu",
    SheetKind.NEWS: "Tin, bài",
    SheetKind.TASKS: "Nhiệm vụ",
    SheetKind.TEXTS: "Lời văn",
    SheetKind.NOMINATIONS: "Khen thưởng",
    SheetKind.REASONS: "Giải trình",
}


def keys_of(count: Count, cell: str) -> tuple[str, str]:
    """The row and the column of a cell. Of a span of years: one row for each part, one column for each year. Else: one
    row for the count, its parts side by side."""
    bare, year = place(cell)
    if year:
        return bare, f"@{year}"
    return count.id, str(count.places.index(bare) + 1) if count.by else TOTAL


def defined_name(*parts: str) -> str:
    """The name of an input cell, as Excel allows names: so.people_reached.female.2015."""
    return _UNFIT.sub("_", ".".join(parts).replace("@", "."))


_KEYS = 0  # the row and the column of the keys


class KeyedSheet:
    """One sheet of a fill-in workbook, asked by keys."""

    def __init__(self, sheet: Sheet, remarks: Remarks) -> None:
        self.sheet, self._remarks = sheet, remarks
        self.rows: dict[str, int] = {}
        self.columns: dict[str, int] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            if column == _KEYS and row > _KEYS:
                self._learn(self.rows, cell.text, row, row, column)
            elif row == _KEYS and column > _KEYS:
                self._learn(self.columns, cell.text, column, row, column)

    def _learn(self, known: dict[str, int], key: str, place: int, row: int, column: int) -> None:
        if key in known:
            problem = "Dòng hoặc cột này là bản chép của một dòng, cột khác trong phiếu. Xóa bản chép rồi cất lại."
            self._remarks.wrong("WORKBOOK_KEYS", self.sheet.where(row, column), problem)
        known.setdefault(key, place)

    def at(self, row: str, column: str) -> Plain | None:
        """What was typed there; a place that is gone is a problem."""
        if row not in self.rows or column not in self.columns:
            self._remarks.wrong("WORKBOOK_KEYS", f"{self.sheet.name}!{row}", self._gone)
            return None
        return self._remarks.plain(self.sheet, self.rows[row], self.columns[column])

    def where(self, row: str, column: str) -> str:
        if row in self.rows and column in self.columns:
            return self.sheet.where(self.rows[row], self.columns[column])
        return f"{self.sheet.name}!{row}"

    def line(self, row: int) -> dict[str, Plain]:
        """What was typed in a row, by the keys of the columns."""
        found = {key: self._remarks.plain(self.sheet, row, column) for key, column in self.columns.items()}
        return {key: cell for key, cell in found.items() if cell is not None and cell.text.strip(" \n") != ""}

    def spot(self, row: int, column: str) -> str:
        return self.sheet.where(row, self.columns.get(column, 1))

    def key(self, row: int) -> str:
        return self.sheet.text(row, _KEYS)

    def entries(self) -> Iterator[int]:
        """The rows below a list's head in which something was typed. A row that is hidden or filtered away is a problem."""
        if HEAD not in self.rows:
            self._remarks.wrong("WORKBOOK_KEYS", self.sheet.name, self._gone)
            return
        columns = set(self.columns.values())
        for row, line in self.sheet.rows():
            if row <= self.rows[HEAD] or not columns & line.keys():
                continue
            if row in self.sheet.hidden_rows:
                problem = "Dòng có nội dung nhưng đang bị ẩn hoặc bị lọc. Bỏ ẩn, bỏ lọc, xem lại rồi cất tệp."
                self._remarks.wrong("CELL_HIDDEN", f"{self.sheet.name}!{row + 1}", problem)
            else:
                yield row

    @property
    def _gone(self) -> str:
        return f"Sheet “{self.sheet.name}” thiếu dòng hoặc cột của phiếu (có thể đã xóa cột ẩn A). Xuất phiếu mới rồi chép số liệu sang."


def marked(sheets: Sheets) -> dict[SheetKind, Sheet]:
    """The sheets of ours in a workbook, by what they hold."""
    kinds = {MARK + kind: kind for kind in SheetKind}
    found: dict[SheetKind, Sheet] = {}
    for sheet in sheets.sheets:
        kind = kinds.get(sheet.text(_KEYS, _KEYS))
        if kind is not None:
            found.setdefault(kind, sheet)
    return found
