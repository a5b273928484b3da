"""Checks of a report as a whole: nothing but noughts or “không phát sinh”, the very figures of the period before; whether this
unit can report on this period at all; a count held against those of the periods before it, or the earlier years of its own
form; what was typed and not taken: nothing is sealed past it, since the figure before it still stands there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from forms.checks.context import Context
from forms.checks.unusual import Surprise, Unusual, unusual
from forms.model.cell import CellState, at, place
from forms.model.count import Count
from forms.model.finding import Finding
from forms.model.news_counting import news_cells
from forms.model.number import format_number, is_whole
from forms.model.org_unit import KNOWN_FROM
from forms.model.report import Report, is_all_none, is_all_zero
from forms.model.report_copies import is_copy
from forms.model.text import quoted

_HELD = "Nơi nhận sẽ giữ lại để hỏi. Kiểm tra lại từng ô; đúng như vậy thì ghi lý do."


def wholes(report: Report, context: Context) -> Iterator[Finding]:
    """Asked once every figure that must be answered is there: a form begun with a nought is no doubt yet."""
    if any(report.cell(name).is_blank for name in report.required_cells):
        return
    if is_all_zero(report):
        yield Finding("warning", "all_zero", f"Mọi số liệu của báo cáo đều bằng 0. {_HELD}")
    if is_all_none(report):
        yield Finding(
            "warning", "all_none", f"Mọi ô của báo cáo đều là “không phát sinh” hoặc “không áp dụng”. {_HELD}"
        )
    before = next(iter(context.earlier), None)
    if before is not None and is_copy(report, before):
        yield Finding(
            "warning",
            "same_as_before",
            f"Mọi số liệu giống hệt {before.period.words}. Kiểm tra xem có phải số liệu cũ chép lại không; đúng như vậy thì "
            "ghi lý do.",
        )


_LATEST = timedelta(days=366)  # figures may be put right for a year after the period


def days(report: Report) -> Iterator[Finding]:
    """A period that the unit did not see, figures of a day that has nothing to do with the period."""
    if report.period.last < report.unit.valid_from > KNOWN_FROM:
        yield Finding(
            "error",
            "unit_later",
            f"Đơn vị có từ ngày {report.unit.valid_from:%d/%m/%Y}, sau khi hết {report.period.words}. Chọn kỳ sau đó.",
        )
    if report.as_of and not report.period.first <= report.as_of <= report.period.last + _LATEST:
        yield Finding(
            "error",
            "as_of",
            f"Số liệu tính đến ngày {report.as_of:%d/%m/%Y} không phải của {report.period.words} "
            f"({report.period.window_words}). Nhập lại ngày.",
        )


def places_in_time(report: Report, context: Context) -> Iterator[Finding]:
    """What follows from more than the report itself: a unit that is no more, a year that is not the plan's, a period that
    has not begun. No clock decides: one on an old PC may stand years back, so the last is a question."""
    period = report.period
    if context.unit_until and context.unit_until < period.last:
        heirs = f" Số liệu của kỳ này do {context.heirs} báo cáo." if context.heirs else ""
        yield Finding(
            "error",
            "unit_ended",
            f"Đơn vị chỉ có đến ngày {context.unit_until:%d/%m/%Y}, trước khi hết {period.words}.{heirs} Chọn kỳ trước đó.",
        )
    if context.programme and not context.programme.covers(period):
        yield Finding(
            "error",
            "period_outside",
            f"Chương trình dành cho các năm {context.programme.years_words}, không có {period.words}. Dùng chương trình "
            "của giai đoạn này, hoặc chờ phiên bản mới rồi chuyển bản nháp sang.",
        )
    if context.today and context.today < period.first:
        yield Finding(
            "warning",
            "not_begun",
            f"Kỳ báo cáo {period.words} bắt đầu từ ngày {period.first:%d/%m/%Y}, mà máy này ghi hôm nay là "
            f"{context.today:%d/%m/%Y}. Chọn lại kỳ, hoặc chỉnh lại ngày của máy; nếu vẫn đúng thì ghi lý do.",
        )


MOST = 8  # periods that are looked at
_LEVELS = {
    Surprise.HIGH: "warning",
    Surprise.LOW: "warning",
    Surprise.NOUGHT: "warning",
    Surprise.FIRST: "hint",
    Surprise.SAME: "hint",
}


def history(report: Report, context: Context) -> Iterator[Finding]:
    for name in report.expected_cells:
        count, cell = report.form.count_of_cell[name], report.cell(name)
        if not _is_count(count) or cell.amount is None or not is_whole(cell.amount):
            continue
        earlier = counted_before(name, count, report, context)
        found = unusual(earlier, int(cell.amount))
        if found:
            message = f"“{count.label(name)}” là {format_number(cell.amount)}; {_said(found, earlier)}"
            yield Finding(_LEVELS[found.surprise], f"unusual:{name}", message, (name,))


def _is_count(count: Count) -> bool:
    """Something counted, not a share, a yes or no, or a target that somebody proposes."""
    return count.adds_up and not count.decimals and count.maximum != 1


def counted_before(name: str, count: Count, report: Report, context: Context) -> list[int]:
    """What stood in the same place before, the newest first; ends where a period did not tell."""
    bare, year = place(name)
    if year:
        before = [report.cell(at(bare, one)) for one in reversed(count.years) if one < year]
    else:
        before = [earlier.cell(name) for earlier in context.earlier]
    found: list[int] = []
    for cell in before[:MOST]:
        if cell.state is CellState.NONE:
            found.append(0)
        elif cell.amount is not None and is_whole(cell.amount) and cell.amount >= 0:
            found.append(int(cell.amount))
        elif not year:
            break
    return found


def _said(found: Unusual, earlier: list[int]) -> str:
    listed = "; ".join(f"{one:,}".replace(",", ".") for one in earlier[:4])
    told = "kỳ trước" if len(earlier) == 1 else "các kỳ trước"
    match found.surprise:
        case Surprise.HIGH | Surprise.LOW:
            far = "cao" if found.surprise is Surprise.HIGH else "thấp"
            usual = f"{found.low:,} đến {found.high:,}".replace(",", ".")
            return f"{told} là {listed}: {far} hơn mức thường gặp ({usual}). Kiểm tra lại, hoặc ghi lý do."
        case Surprise.NOUGHT:
            return f"{told} là {listed}. Kiểm tra xem có bỏ sót không, hoặc ghi lý do."
        case Surprise.FIRST:
            return f"{told} đều bằng 0. Kiểm tra lại số lần đầu phát sinh."
    return f"đúng bằng {told}. Kiểm tra xem có phải số cũ chép lại không."


def refused(report: Report, context: Context) -> Iterator[Finding]:
    follow = news_cells(report.form, report.period, report.news) if report.news else {}
    for where, one in context.refused.items():
        cells, spot = _place(where)
        if where in follow or (cells and cells[0] not in report.form.count_of_cell):
            continue  # the figure follows a list of news now, or a newer version of the form asks for it no more
        said = f" {quoted(one.text)}" if one.text.strip() else ""
        message = f"{one.label}: chưa nhận{said}. {one.why} Gõ lại, hoặc xóa chữ ấy đi."
        yield Finding("error", f"refused:{where}", message, cells, spot=spot)


def _place(where: str) -> tuple[tuple[str, ...], str]:
    """The cells and the spot where it is put right: `task:t-1:percent` stands at `task:t-1`."""
    kind, _, rest = where.partition(":")
    match kind:
        case "note":
            return (rest,), ""
        case "task":
            return (), f"task:{rest.rpartition(':')[0]}"
        case "text" | "nomination" | "news":
            return (), where
        case "as_of" | "reason":
            return (), ""
    return (where,), ""
