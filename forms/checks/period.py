"""Whether this unit can report on this period at all: its own dates, the plan's years, the day that the machine thinks it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from forms.checks.finding import Context, Finding
from forms.org_unit import KNOWN_FROM
from forms.report import Report

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
