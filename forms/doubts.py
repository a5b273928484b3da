"""Why a package that is sealed as it should be is kept aside for a question instead of being added up.

The checks are those of the sender's own screen. No program of ours seals a report with an error, so such a package
was made by another; blanks alone are no reason: they are not added up, and the coverage says so.
"""

from __future__ import annotations

from forms.exchange import Arrival, Decision
from forms.findings import errors
from forms.report import Report, has_no_figures, is_all_zero, news_cells


def doubt(report: Report) -> Decision | None:
    """None for a report that can be added up."""
    if report.period.kind is not report.form.period_kind or report.form.span not in ("", report.period.label):
        return _kept("PERIOD_WRONG", f"Biểu {report.form.number} không phải của kỳ {report.period.words}.")
    if has_no_figures(report):
        return _kept("BLANK", "Báo cáo không có số liệu nào.")
    if is_all_zero(report):
        return _kept("ALL_ZERO", "Mọi số liệu đều bằng 0 mà không có lý do.")
    for finding in errors(report):
        if not finding.says_blank:
            return _kept("FIGURES_WRONG", f"Báo cáo có lỗi mà phần mềm không cho niêm phong: {finding.message}")
    for name, counted in news_cells(report.form, report.period, report.news).items():
        if report.cell(name).quantity != counted.quantity:
            return _kept("NEWS_TOTAL_DIFFERS", f"Ô {name} không đúng với danh mục tin, bài kèm theo.")
    return None


def _kept(code: str, what: str) -> Decision:
    return Decision(Arrival.QUARANTINED, code, f"{what} Chưa cộng vào tổng; hỏi lại đơn vị gửi.")
