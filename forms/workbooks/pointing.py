"""What a person points by in a foreign sheet: the row of the columns' titles, and what a row is called."""

from __future__ import annotations

from forms.workbooks.sheets import PlainKind, Sheet
from forms.workbooks.title_labels import label


def head_of(sheet: Sheet) -> int:
    """The row that most looks like the titles of columns: the first of those with the most texts."""
    texts = {row: sum(cell.kind is PlainKind.TEXT for cell in line.values()) for row, line in sheet.rows()}
    return max(texts, key=lambda row: (texts[row], -row), default=0)


def title_of(sheet: Sheet, row: int) -> str:
    """What the row is called: its first words."""
    places = sorted(column for r, column in sheet.cells if r == row)
    return next((text for c in places if any(map(str.isalpha, label(text := sheet.text(row, c))))), "")
