"""A place of a foreign workbook is remembered by its titles and heads, and found again only where they stand again."""

from __future__ import annotations

import re
from functools import lru_cache

from forms.errors import InputRefused
from forms.model.period import Period, PeriodKind
from forms.model.text import quoted
from forms.workbooks.sheet_map import CellPlace, RowOrColumn
from forms.workbooks.sheets import Sheet, Sheets, Spot, address
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
