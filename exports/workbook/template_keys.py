"""The hidden marks by which a fill-in workbook is read again, whatever was moved: shared by its writer and its reader.

Row 1 and column A of every sheet are hidden. A1 says what the sheet is, the rest of row 1 names its columns, column A its
rows. The sheet of kind `stamp` says which report the workbook is for.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from forms.model.cell import place
from forms.model.count import Count
from forms.model.news_item import KIND_TITLES, MAX_AIRINGS, ORIGIN_TITLES, NewsKind, Origin
from forms.model.task import NOMINEE_TITLES, TASK_STATE_TITLES, Nominee, TaskState

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
