"""Checks of figures. Cell by cell: what is missing, out of range, not confirmed, marked; the rules that the form itself states;
the figures that stand in another form of ours as well."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import partial

from forms.checks.context import Context
from forms.model.cell import BLANK, STATE_TITLES, Cell, CellState, at, given, place
from forms.model.count import Count
from forms.model.expression import Lack, Lookup, Quantity
from forms.model.finding import REQUIRED, Finding
from forms.model.form import LEVELS, Check, CrossCheck
from forms.model.number import decimals_of, format_number
from forms.model.report import Report


def cells(report: Report) -> Iterator[Finding]:
    required, counts = report.required_cells, report.form.count_of_cell
    for name in report.expected_cells:
        cell = report.cell(name)
        label = counts[name].label
        if cell.state is CellState.BLANK and name in required:
            message = (
                f"Chưa nhập “{label(name)}”. Gõ số, hoặc chọn “không phát sinh”, “không áp dụng”, “không thu thập”."
            )
            yield Finding("error", f"{REQUIRED}{name}", message, (name,))
        if cell.state is CellState.NOT_COLLECTED and not cell.note:
            message = f"“{label(name)}”: {STATE_TITLES[cell.state]}. Ghi lý do."
            yield Finding("warning", f"not_collected:{name}", message, (name,))
        if cell.amount is not None and (fault := _out_of_range(counts[name], cell.amount)):
            yield Finding("error", f"range:{name}", f"“{label(name)}” là {fault}", (name,))
        if cell.carried:
            message = (
                f"“{label(name)}” chép từ kỳ trước, chưa xác nhận. Kiểm tra rồi xác nhận (Ctrl+Enter), hoặc nhập lại."
            )
            yield Finding("error", f"carried:{name}", message, (name,))
        if cell.flagged:
            message = f"“{label(name)}” đang được đánh dấu để xem lại. Xem xong thì bỏ dấu (F6)."
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


_UNSHOWN = "Chưa đủ số liệu để thấy điều kiện này được đáp ứng."


def rules(report: Report, levels: Collection[str] = LEVELS) -> Iterator[Finding]:
    """A rule that cannot be told yet is left alone; but who claims something, so that `when` holds (a target of one's own),
    has to show the condition for it: one that cannot be shown to hold does not hold."""
    for check in report.form.checks:
        if check.level in levels and report.role in check.filled_by:
            for year in check.years or (None,):
                lookup = partial(_in_year, report, year) if year else report.quantity
                if check.when is not None and not check.when.holds(partial(_claimed, report, lookup)):
                    continue
                truth = check.expect.holds(lookup) if check.when is None else check.expect.is_shown(lookup)
                if truth is False or (truth is None and check.when is not None):
                    said = check.message if truth is False else f"{_UNSHOWN} {check.message}"
                    message = f"Năm {year}: {said}" if year else said
                    yield Finding(check.level, at(check.id, year), message, _places(check, report, year))


def _claimed(report: Report, lookup: Lookup, name: str) -> Quantity:
    """What was typed; "không phát sinh" in a place of which nobody makes a sum (a target of one's own) claims nothing."""
    found, count = lookup(name), report.form.counts.get(name)
    return Lack.BLANK if found is Lack.NOT_ARISEN and count is not None and not count.adds_up else found


def crosses(report: Report, context: Context) -> Iterator[Finding]:
    """Where both are known and differ; a figure of which the other form says nothing is left alone."""
    for check in report.form.crosses:
        for name, there in same_figure(report, check, context):
            here, other = _known(report.cell(name)), _known(there)
            if here is not None and other is not None and here != other:
                message = f"{check.message} Ở đây là {format_number(here)}, ở đó là {format_number(other)}."
                yield Finding(check.level, f"{check.id}:{name}", message, (name,))


def _known(cell: Cell) -> Decimal | None:
    """What arose; "không phát sinh" is nought."""
    return Decimal(0) if cell.state is CellState.NONE else cell.amount


def same_figure(report: Report, check: CrossCheck, context: Context) -> Iterator[tuple[str, Cell]]:
    """Each cell of ours with what stands for it in the other form's report, where there is one."""
    count = report.form.counts[check.count]
    for name in count.cells:
        bare, year = place(name)
        other = context.related.get((check.form, period_of(check, year or report.period.year)))
        if other is not None:
            part = bare.removeprefix(check.count)
            yield name, other.cell(check.other + part) if part else _whole(other, check.other)


def _whole(report: Report, name: str) -> Cell:
    """A count that is typed as one, or the total of its parts; blank while a part is not known."""
    count = report.form.counts.get(name)
    if count is None or not count.by:
        return report.cell(name)
    found = report.quantity(name)
    if isinstance(found, Decimal):
        return given(found)
    return Cell(CellState.NONE) if found is Lack.NOT_ARISEN else BLANK


def period_of(check: CrossCheck, year: int) -> str:
    """The label of the other report's period."""
    return str(year) if check.period == "year" else f"{year}-{check.period}"


def _in_year(report: Report, year: int, name: str) -> Quantity:
    return report.quantity(at(name, year))


def _places(check: Check, report: Report, year: int | None) -> tuple[str, ...]:
    """The typed cells behind the names of a check, so that a click can go there."""
    counts = report.form.counts
    names = check.expect.names
    found = [c for name in names for c in (counts[name].cells_at(year) if name in counts else (at(name, year),))]
    return tuple(cell for cell in found if report.role in report.form.count_of_cell[cell].filled_by)
