"""Cell by cell: what is missing, out of range, not confirmed, marked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.model.cell import STATE_TITLES, Cell, CellState
from forms.model.count import Count
from forms.model.finding import REQUIRED, Finding
from forms.model.number import decimals_of, format_number
from forms.model.report import Report


def cells(report: Report) -> Iterator[Finding]:
    required, counts = report.required_cells, report.form.count_of_cell
    for name in report.expected_cells:
        count, cell = counts[name], report.cell(name)
        finding = _one(count, name, cell, name in required)
        if finding:
            yield finding
        if cell.carried or cell.flagged:
            yield from _marks(count, name, cell)


def _one(count: Count, name: str, cell: Cell, required: bool) -> Finding | None:
    match cell.state:
        case CellState.BLANK if required:
            return Finding(
                "error",
                f"{REQUIRED}{name}",
                f"Chưa nhập “{count.label(name)}”. Gõ số, hoặc chọn “không phát sinh”, “không áp dụng”, "
                "“không thu thập”.",
                (name,),
            )
        case CellState.NOT_COLLECTED if not cell.note:
            message = f"“{count.label(name)}”: {STATE_TITLES[cell.state]}. Ghi lý do."
            return Finding("warning", f"not_collected:{name}", message, (name,))
        case CellState.GIVEN:
            assert cell.amount is not None
            fault = _out_of_range(count, cell.amount)
            if fault:
                return Finding("error", f"range:{name}", f"“{count.label(name)}” là {fault}", (name,))
    return None


def _marks(count: Count, name: str, cell: Cell) -> Iterator[Finding]:
    if cell.carried:
        yield Finding(
            "error",
            f"carried:{name}",
            f"“{count.label(name)}” chép từ kỳ trước, chưa xác nhận. Kiểm tra rồi xác nhận (Ctrl+Enter), hoặc nhập lại.",
            (name,),
        )
    if cell.flagged:
        message = f"“{count.label(name)}” đang được đánh dấu để xem lại. Xem xong thì bỏ dấu (F6)."
        yield Finding("hint", f"flagged:{name}", message, (name,))


def _out_of_range(count: Count, amount: Decimal) -> str:
    """What is wrong with the amount and what to do, as the rest of the sentence; empty for a good one."""
    if amount < 0:
        return f"số âm ({format_number(amount)}). Nhập lại số không âm."
    if decimals_of(amount) > count.decimals:
        wanted = f"tối đa {count.decimals} chữ số thập phân" if count.decimals else "số nguyên"
        return f"{format_number(amount)}, phải là {wanted}. Nhập lại."
    if count.maximum is not None and amount > count.maximum:
        return f"{format_number(amount)}, lớn hơn mức tối đa {format_number(count.maximum)}. Kiểm tra lại."
    return ""
