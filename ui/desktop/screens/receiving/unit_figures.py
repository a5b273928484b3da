"""One unit's figures in words, as its newest accepted package says them. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.cell import STATE_TITLES, CellState
from forms.count import Count, Role
from forms.report import Report
from forms.services.summary import Status
from ui.desktop.figures import quantity_words
from ui.desktop.rows import Column, Item, Row, heading, row
from ui.desktop.screens.receiving.roll import when

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
    head = status.heads[unit.key]
    report = Report(status.form, unit.key, Role.REPORTING, status.period, head.cells)
    title = f"{unit.full_name}, {status.period.words}"
    note = f"Lần gửi {head.revision}, nhận lúc {when(head.received_at)}. Số của đơn vị gửi, không sửa ở đây."
    return UnitFigures(title, note, tuple(_rows(report)))


def _rows(report: Report) -> Iterator[Row]:
    for section in report.form.sections:
        counts = [count for count in section.counts if Role.REPORTING in count.filled_by]
        if counts:
            yield heading(f"{section.number}. {section.title}")
        for count in counts:
            yield from _count_rows(report, count)


def _count_rows(report: Report, count: Count) -> Iterator[Row]:
    total = quantity_words(report.quantity(count.id))
    if not count.by:
        yield row(count.id, count.number, count.title, count.measure, total, _said(report, count.id))
        return
    yield row(count.id, count.number, count.title, count.measure, total, "")
    for part, title in count.by.parts.items():
        cell = f"{count.id}.{part}"
        yield row(cell, "", f"– {title}", "", quantity_words(report.quantity(cell)), _said(report, cell))


def _said(report: Report, name: str) -> Item:
    """Why there is no number, and the sender's own note."""
    cell = report.cell(name)
    state = "" if cell.state is CellState.GIVEN else STATE_TITLES[cell.state]
    return Item("; ".join(text for text in (state, cell.note) if text), "muted")
