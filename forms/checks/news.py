"""News items that look alike, items of a day to come, and items counted against the programme's rule."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.finding import Context, Finding
from forms.news import NewsItem, likely_duplicates
from forms.news_day import doubt
from forms.report import Report


def news(report: Report, context: Context) -> Iterator[Finding]:
    for first, second in likely_duplicates(report.news):
        yield Finding(
            "hint",
            f"duplicate:{second.id}",
            f"Tin “{second.title}” ngày {second.date:%d/%m/%Y} giống tin ngày "
            f"{first.date:%d/%m/%Y}. Nếu là phát lại thì ghi vào “số lượt phát” của tin trước.",
        )
    for item in report.news:
        words = doubt(item.date, context.today) if context.today else ""
        if words:
            message = f"Tin “{item.title}”: {words} Sửa ngày của tin, hoặc ghi lý do."
            yield Finding("warning", f"news_future:{item.id}", message)
    rule = report.form.news_rule
    for item in report.news:
        if rule and item.counted != rule.counts(item) and not item.reason:
            yield Finding("hint", f"counted:{item.id}", _against_the_rule(item))


def _against_the_rule(item: NewsItem) -> str:
    if item.counted:
        return f"Tin “{item.title}” được tính dù quy tắc đếm không tính loại hoặc nguồn này. Bỏ tính, hoặc ghi lý do vào tin."
    return f"Tin “{item.title}” không được tính nhưng chưa ghi lý do. Ghi lý do vào tin, hoặc tính tin này."
