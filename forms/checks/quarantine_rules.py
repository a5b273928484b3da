"""Why a package that is sealed as it should be is kept aside for a question instead of being added up.

The checks are those of the sender's own screen. No program of ours seals a report with an error, so such a package
was made by another; blanks alone are no reason: they are not added up, and the coverage says so. What is doubtful as a
whole is kept aside whatever reasons came along: they are told to the person who decides.
"""

from __future__ import annotations

from datetime import date

from forms.checks.all_checks import errors
from forms.exchange.statements import Arrival, Decision, Warned
from forms.model.news_counting import news_cells
from forms.model.period import Period
from forms.model.report import Report, is_all_none, is_all_zero
from forms.programmes.programme import Programme


def untimely(period: Period, programme: Programme, today: date) -> Warned | None:
    """Why nobody can have figures of this period: it is none of the programme's, or it has not begun on `today`, the
    machine's day. Kept aside in a real ledger; only told where reporting is practised, which goes ahead of the calendar."""
    if not programme.covers(period):
        said = f"Chương trình dành cho các năm {programme.years_words}, không có {period.words}."
        return Warned("PERIOD_OUTSIDE", said)
    if today < period.first:
        said = f"bắt đầu từ ngày {period.first:%d/%m/%Y}, mà máy này ghi hôm nay là {today:%d/%m/%Y}"
        return Warned("PERIOD_NOT_BEGUN", f"Kỳ báo cáo {period.words} {said}. Ngày của máy sai thì chỉnh rồi nhận lại.")
    return None


def doubt(report: Report, untimely: Warned | None = None) -> Decision | None:
    """None for a report that can be added up. `untimely`: what its period is kept aside for, if anything."""
    period = report.period
    if period.kind is not report.form.period_kind or report.form.span not in ("", period.label):
        return _kept("PERIOD_WRONG", f"Biểu {report.form.number} không phải của kỳ {period.words}.")
    if untimely:
        return _kept(untimely.code, untimely.message)
    if report.is_blank:
        return _kept("BLANK", "Báo cáo không có số liệu nào.")
    if is_all_zero(report):
        return _kept("ALL_ZERO", f"Mọi số liệu đều bằng 0.{_said(report, 'all_zero')}")
    if is_all_none(report):
        said = _said(report, "all_none")
        return _kept("ALL_NONE", f"Mọi ô đều là “không phát sinh” hoặc “không áp dụng”, không có số nào.{said}")
    for finding in errors(report):
        if not finding.says_blank:
            return _kept("FIGURES_WRONG", f"Báo cáo có lỗi mà phần mềm không cho niêm phong: {finding.message}")
    for name, counted in news_cells(report.form, period, report.news).items():
        if report.cell(name).quantity != counted.quantity:
            return _kept("NEWS_TOTAL_DIFFERS", f"Ô {name} không đúng với danh mục tin, bài kèm theo.")
    return None


def _said(report: Report, check: str) -> str:
    reason = report.explanations.get(check, "")
    return f" Đơn vị ghi lý do: {reason.rstrip('.')}." if reason else ""


def _kept(code: str, what: str) -> Decision:
    return Decision(Arrival.QUARANTINED, code, f"{what} Chưa cộng vào tổng; hỏi lại đơn vị gửi.")
