"""One unit's figures in words, as its newest accepted package says them. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.cell import STATE_TITLES, CellState, place
from forms.count import Count
from forms.report import Report
from forms.services.summary import Status
from ui.desktop.figures import quantity_words
from ui.desktop.rows import Column, Item, Row, heading, row
from ui.desktop.screens.receiving.roll import sent_report, when

COLUMNS = (
    Column("Số", 70),
    Column("Số liệu"),
    Column("Đơn vị tính", 130),
    Column("Số đã gửi", 120, "right"),
    Column("Ghi chú", 320),
)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit's page: whose figures, of which sending, and the rows under their objectives."""

    title: str
    note: str
    rows: tuple[Row, ...]


def unit_figures(status: Status, code: str) -> UnitFigures | None:
    """None for a unit that has sent nothing that was accepted."""
    unit = next((unit for unit in status.expected if unit.code == code), None)
    if unit is None or unit.key not in status.heads:
        return None
    head, report = status.heads[unit.key], sent_report(status, unit.key)
    title = f"{unit.full_name}, {status.period.words}"
    note = f"Lần gửi {head.revision}, nhận lúc {when(head.received_at)}. Số của đơn vị gửi, không sửa ở đây."
    return UnitFigures(title, note, tuple(_rows(report)))


def _rows(report: Report) -> Iterator[Row]:
    for section in report.form.sections:
        counts = [count for count in section.counts if report.role in count.filled_by]
        if counts:
            yield heading(f"{section.number}. {section.title}")
        for count in counts:
            yield from _count_rows(report, count)


def _count_rows(report: Report, count: Count) -> Iterator[Row]:
    if len(count.cells) == 1:
        (cell,) = count.cells
        words = quantity_words(report.quantity(cell))
        yield row(cell, count.number, count.title, count.measure, words, _said(report, cell))
        return
    total = "" if count.years else quantity_words(report.quantity(count.id))
    yield row(count.id, count.number, count.title, count.measure, total, "")
    for cell in count.cells:
        yield row(cell, "", f"– {_part(count, cell)}", "", quantity_words(report.quantity(cell)), _said(report, cell))


def _part(count: Count, cell: str) -> str:
    """The part and the year of a cell: Nữ, năm 2015."""
    bare, year = place(cell)
    part = bare.partition(".")[2]
    named = [count.by.parts[part]] if count.by and part else []
    return ", ".join([*named, *([f"năm {year}"] if year else [])])


def _said(report: Report, name: str) -> Item:
    """Why there is no number, and the sender's own note."""
    cell = report.cell(name)
    state = "" if cell.state is CellState.GIVEN else STATE_TITLES[cell.state]
    return Item("; ".join(text for text in (state, cell.note) if text), "muted")
