"""The figures of a foreign workbook: what stands in the places that a map says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from forms.errors import InputRefused
from forms.model.cell import BLANK, Cell
from forms.model.number import canonical, decimals_of, format_number
from forms.model.report import Report
from forms.workbooks.cell_parsing import ParsedCell, cell_answer
from forms.workbooks.import_result import Remarks
from forms.workbooks.remembered_titles import recall
from forms.workbooks.sheet_map import CellPlace
from forms.workbooks.sheets import Plain, Sheets
from forms.workbooks.titled_tables import Book

_LISTED = 8  # cells that are named of those that a map does not have
_MORE = 9  # decimals that a figure in thousands may have


class TitledCells:
    """Takes mapped cells out of one workbook."""

    def __init__(self, sheets: Sheets, report: Report, remarks: Remarks) -> None:
        self._sheets, self._report, self._remarks = sheets, report, remarks
        self._book = Book(sheets)
        self.places: dict[str, str] = {}

    def take(self, mapped: Mapping[str, CellPlace]) -> dict[str, Cell]:
        """What stands in the mapped places; blank ones say nothing."""
        allowed = set(self._report.expected_cells)
        for name in mapped.keys() - allowed:
            problem = f"Biểu {self._report.form.number} không có ô này cho đơn vị. Sửa bảng đối chiếu."
            self._remarks.wrong("MAPPING_CELL", name[:60], problem)
        found = {name: self._cell(name, mapped[name]) for name in self._report.expected_cells if name in mapped}
        if found:
            self._tell_missing(mapped)
        return {name: cell for name, cell in found.items() if cell != BLANK}

    def _cell(self, name: str, place: CellPlace) -> Cell:
        count = self._report.form.count_of_cell[name]
        try:
            sheet, (row, column) = recall(place, self._book, self._sheets, self._report.period)
        except InputRefused as error:
            self._remarks.wrong(error.code, f"{place.sheet or '?'}!{count.label(name)}", error.message)
            return BLANK
        where = self.places[name] = sheet.where(row, column)
        plain = self._remarks.plain(sheet, row, column)
        answer = self._remarks.tried(where, ParsedCell(BLANK), _scaled, plain, count.decimals, place.scale)
        if answer.echo:
            self._remarks.tell("NUMBER_ECHO", where, answer.echo)
        return answer.cell

    def _tell_missing(self, mapped: Mapping[str, CellPlace]) -> None:
        """What the map does not have is not taken, and said; so is what it remembers by nothing but row and column."""
        counts = self._report.form.count_of_cell
        left = [counts[name].label(name) for name in self._report.expected_cells if name not in mapped]
        if left:
            listed = "; ".join(left[:_LISTED]) + ("; …" if len(left) > _LISTED else "")
            message = f"Bảng đối chiếu không có {len(left)} ô, số trong sổ giữ nguyên: {listed}."
            self._remarks.tell("MAPPING_MISSING", "", message)
        bare = [name for name, place in mapped.items() if _is_bare(place)]
        if bare:
            self._remarks.tell(
                "MAPPING_PLACE_ONLY",
                "",
                f"Bảng đối chiếu chỉ nhớ số dòng, số cột của {len(bare)} ô, không nhớ tiêu đề: thêm, bớt dòng hay cột thì lạc. "
                "Soát từng số, rồi lập lại bảng đối chiếu.",
            )


def _is_bare(place: CellPlace) -> bool:
    return not place.is_titled and (place.row.number is not None or place.column.number is not None)


def _scaled(plain: Plain | None, decimals: int, scale: int) -> ParsedCell:
    """A figure in thousands, as a person said, is multiplied out exactly."""
    if scale == 1 or plain is None:
        return cell_answer(plain, decimals)
    answer = cell_answer(plain, _MORE)
    if answer.cell.amount is None:
        return answer
    amount = Decimal(canonical(answer.cell.amount * scale))
    shown = f"{format_number(answer.cell.amount)} × {format_number(Decimal(scale))} = {format_number(amount)}"
    if decimals_of(amount) > decimals:
        problem = f"{shown} có quá nhiều chữ số thập phân. Sửa số, hoặc hệ số trong bảng đối chiếu."
        raise InputRefused("NUMBER_DECIMALS", problem)
    return ParsedCell(replace(answer.cell, amount=amount), f"Đơn vị tính có hệ số, đã lấy {shown}.")
