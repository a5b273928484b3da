"""A sheet of ours found again by its hidden marks, wherever its rows and columns are by now."""

from __future__ import annotations

from collections.abc import Iterator

from exports.workbook.keys import HEAD, MARK, Kind
from forms.reading import Remarks
from forms.sheets import Plain, Sheet, Sheets

_KEYS = 0  # the row and the column of the keys


class Grid:
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


def marked(sheets: Sheets) -> dict[Kind, Sheet]:
    """The sheets of ours in a workbook, by what they hold."""
    kinds = {MARK + kind: kind for kind in Kind}
    found: dict[Kind, Sheet] = {}
    for sheet in sheets.sheets:
        kind = kinds.get(sheet.text(_KEYS, _KEYS))
        if kind is not None:
            found.setdefault(kind, sheet)
    return found
