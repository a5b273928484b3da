"""Doubts about a report as a whole, whatever was said of its single figures: nothing but noughts, nothing but "không phát
sinh", the very figures of the period before."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.finding import Context, Finding
from forms.copies import is_copy
from forms.report import Report, is_all_none, is_all_zero

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
