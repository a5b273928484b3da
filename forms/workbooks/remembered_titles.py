"""A place of a foreign workbook is remembered by its titles and heads, and found again only where they stand again; the figures
that a map of such places takes out of a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from forms.errors import InputRefused
from forms.model.cell import BLANK, Cell
from forms.model.number import canonical, decimals_of, format_number
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.model.text import quoted
from forms.workbooks.cell_parsing import ParsedCell, cell_answer
from forms.workbooks.import_result import Remarks
from forms.workbooks.sheet_map import CellPlace, RowOrColumn
from forms.workbooks.sheets import Plain, Sheet, Sheets, Spot, address
from forms.workbooks.title_labels import Titled, sheet_named
from forms.workbooks.title_matching import numbered, quarter_as_one, words
from forms.workbooks.titled_tables import Book, CellCandidate

_QUARTER = re.compile(r"(?i)\b(quý|quí|q)(\s*)(iv|iii|ii|i|[1-4])\b")
_MONTH = re.compile(r"(?i)\b(tháng)(\s*)(0?[1-9]|1[0-2])\b")
_ROMAN = ("", "I", "II", "III", "IV")


def remember(found: CellCandidate, book: Book, sheets: Sheets, period: Period, scale: int = 1) -> CellPlace:
    """To be found again in a later period: its year is kept as {year}, its quarter or month likewise."""
    alike = _alike(book, sheet_named(sheets, found.sheet), found.rows, found.heads)
    spots = [(one.row, one.column) for one in alike]
    return CellPlace(
        found.sheet,
        RowOrColumn(found.row),
        RowOrColumn(found.column),
        tuple(_kept(text, period) for text in found.rows),
        tuple(_kept(text, period) for text in found.heads),
        tuple(_kept(text, period) for text in found.said),
        scale,
        (spots.index((found.row, found.column)) + 1, len(spots)),
    )


def recall(place: CellPlace, book: Book, sheets: Sheets, period: Period) -> tuple[Sheet, Spot]:
    """Where it stands in this workbook. Raises InputRefused MAPPING_SHEET, MAPPING_LABEL, MAPPING_MOVED."""
    sheet = sheet_named(sheets, place.sheet)
    if not place.is_titled:
        titled = Titled(sheet)
        row = titled.row_of(place.row, period.year)
        return sheet, (row, titled.column_of(place.column, period.year, row))
    title, heads, told = (
        tuple(_filled(text, period) for text in texts) for texts in (place.title, place.heads, place.said)
    )
    alike = _alike(book, sheet, title, heads)
    if len(alike) != place.nth[1]:
        called, headed = quoted(" › ".join(title), 120), quoted(" › ".join(heads), 120)
        there = f"có ở {len(alike)} chỗ" if alike else "không còn"
        raise InputRefused(
            "MAPPING_MOVED",
            f"Dòng {called}, cột {headed} {there} trong sheet {quoted(sheet.name)}, khác khi lập bảng đối chiếu. "
            "Lập lại bảng đối chiếu cho tệp này.",
        )
    found = alike[place.nth[0] - 1]
    if sorted(map(_compared, found.said)) != sorted(map(_compared, told)):
        before, now = quoted(", ".join(told) or "không ghi", 80), quoted(", ".join(found.said) or "không ghi", 80)
        raise InputRefused(
            "MAPPING_MOVED",
            f"Ở {sheet.name}!{address(found.row, found.column)}, năm, kỳ hoặc đơn vị tính của bảng đã khác: khi lập bảng đối "
            f"chiếu là {before}, nay là {now}. Lập lại bảng đối chiếu cho tệp này.",
        )
    return sheet, (found.row, found.column)


def _alike(book: Book, sheet: Sheet, rows: tuple[str, ...], heads: tuple[str, ...]) -> list[CellCandidate]:
    """Every place of the sheet with these titles and heads."""
    wanted = tuple(map(_compared, rows)), tuple(map(_compared, heads))
    return [
        titles.candidate(row, column)
        for titles in book.of(sheet)
        for row in titles.rows
        if tuple(map(_compared, row.texts)) == wanted[0]
        for column in titles.columns
        if tuple(map(_compared, column.texts)) == wanted[1]
    ]


@lru_cache(maxsize=16384)
def _compared(text: str) -> str:
    return quarter_as_one(" ".join(words(numbered(text)[1])))


def _kept(text: str, period: Period) -> str:
    """“Quý IV/2026” → “Quý {quarter}/{year}” in a report of that quarter."""
    kept = re.sub(rf"(?<![0-9]){period.year}(?![0-9])", "{year}", text)
    if period.kind is PeriodKind.QUARTER:
        kept = _QUARTER.sub(lambda m: _named(m, "{quarter}", _ROMAN[period.number], str(period.number)), kept)
    if period.kind is PeriodKind.MONTH:
        kept = _MONTH.sub(lambda m: _named(m, "{month}", str(period.number), f"{period.number:02}"), kept)
    return kept


def _named(found: re.Match[str], name: str, *numbers: str) -> str:
    return f"{found[1]}{found[2]}{name}" if found[3].upper() in numbers else found[0]


def _filled(text: str, period: Period) -> str:
    number = period.number if period.kind is PeriodKind.QUARTER else 0
    return (
        text.replace("{year}", str(period.year))
        .replace("{quarter}", _ROMAN[number])
        .replace("{month}", str(period.number))
    )


_LISTED = 8  # cells that are named of those that a map does not have
_MORE = 9  # decimals that a figure in thousands may have


def take(
    mapped: Mapping[str, CellPlace], sheets: Sheets, report: Report, remarks: Remarks
) -> tuple[dict[str, Cell], dict[str, str]]:
    """What stands in the mapped places, and where each is; blank ones say nothing."""
    counts, book = report.form.count_of_cell, Book(sheets)
    for name in mapped.keys() - set(report.expected_cells):
        problem = f"Biểu {report.form.number} không có ô này cho đơn vị. Sửa bảng đối chiếu."
        remarks.wrong("MAPPING_CELL", name[:60], problem)
    found, places = dict[str, Cell](), dict[str, str]()
    known = [name for name in report.expected_cells if name in mapped]
    for name in known:
        count, place = counts[name], mapped[name]
        try:
            sheet, (row, column) = recall(place, book, sheets, report.period)
        except InputRefused as error:
            remarks.wrong(error.code, f"{place.sheet or '?'}!{count.label(name)}", error.message)
            continue
        where = places[name] = sheet.where(row, column)
        plain = remarks.plain(sheet, row, column)
        answer = remarks.tried(where, ParsedCell(BLANK), _scaled, plain, count.decimals, place.scale)
        if answer.echo:
            remarks.tell("NUMBER_ECHO", where, answer.echo)
        if answer.cell != BLANK:
            found[name] = answer.cell
    if known:
        _tell_missing(mapped, report, remarks)
    return found, places


def _tell_missing(mapped: Mapping[str, CellPlace], report: Report, remarks: Remarks) -> None:
    """What the map does not have is not taken, and said; so is what it remembers by nothing but row and column."""
    counts = report.form.count_of_cell
    left = [counts[name].label(name) for name in report.expected_cells if name not in mapped]
    if left:
        listed = "; ".join(left[:_LISTED]) + ("; …" if len(left) > _LISTED else "")
        remarks.tell("MAPPING_MISSING", "", f"Bảng đối chiếu không có {len(left)} ô, số trong sổ giữ nguyên: {listed}.")
    bare = [p for p in mapped.values() if not p.is_titled and (p.row.number is not None or p.column.number is not None)]
    if bare:
        remarks.tell(
            "MAPPING_PLACE_ONLY",
            "",
            f"Bảng đối chiếu chỉ nhớ số dòng, số cột của {len(bare)} ô, không nhớ tiêu đề: thêm, bớt dòng hay cột thì lạc. "
            "Soát từng số, rồi lập lại bảng đối chiếu.",
        )


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
