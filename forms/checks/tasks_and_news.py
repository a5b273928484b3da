"""Checks of the parts that are lists. Tasks and proposals for commendation: days that cannot be, work that is not explained,
nobody on the list twice. News items that look alike, of a day to come, counted against the programme's rule."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.context import Context
from forms.model.finding import Finding
from forms.model.form import TaskSpec
from forms.model.news_counting import counts
from forms.model.news_item import NewsItem, day_doubt, likely_duplicates
from forms.model.report import TASK_IDLE, Report
from forms.model.task import Task, TaskState
from forms.model.text import fold


def task_errors(report: Report) -> Iterator[Finding]:
    for spec in report.form.tasks.values():
        task = report.task(spec.id)
        if task.started and task.finished and task.finished < task.started:
            yield _found("error", "task_days", spec, "ngày xong đứng trước ngày bắt đầu. Nhập lại một trong hai ngày.")


def tasks(report: Report, context: Context) -> Iterator[Finding]:
    """Of those that the office answers for, or has told of."""
    told = {task.id for task in report.tasks}
    for spec in report.form.tasks.values():
        if context.own_tasks is None or spec.id in context.own_tasks or spec.id in told:
            yield from _one(spec, report.task(spec.id), report)


def nominations(report: Report) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(report.nominations, 1):
        key = (one.kind, fold(one.name))
        if key in seen:
            message = f"“{one.name}” đứng hai lần trong danh sách đề nghị khen thưởng. Bỏ bớt một dòng nếu trùng."
            yield Finding("hint", f"nominated_twice:{number}", message, spot=f"nomination:{number}")
        seen.add(key)
        if not one.ground.strip():
            message = f"Đề nghị khen thưởng “{one.name}” chưa ghi thành tích. Ghi thành tích, hoặc ghi lý do."
            yield Finding("warning", f"no_ground:{number}", message, spot=f"nomination:{number}")


def _one(spec: TaskSpec, task: Task, report: Report) -> Iterator[Finding]:
    if task.state is TaskState.NOT_STARTED and not task.result.strip():
        yield _found("warning", TASK_IDLE.rstrip(":"), spec, "chưa thực hiện. Ghi kết quả hoặc lý do vào nhiệm vụ.")
    if (task.percent == 100) != (task.state is TaskState.DONE):
        yield _found(
            "warning", "task_percent", spec, "tỷ lệ và trạng thái không khớp. Sửa một trong hai, hoặc ghi lý do."
        )
    if task.state is TaskState.DONE and task.finished is None:
        yield _found("hint", "task_day", spec, "đã hoàn thành nhưng chưa ghi ngày xong. Ghi ngày xong.")
    due, day = task.due or spec.due, report.as_of or report.period.last
    if due and task.state is not TaskState.DONE and due < day:
        yield _found("hint", "task_late", spec, f"quá hạn {due:%d/%m/%Y}. Ghi rõ việc còn lại.")


def _found(level: str, check: str, spec: TaskSpec, problem: str) -> Finding:
    short = spec.title if len(spec.title) <= 80 else f"{spec.title[:79].rstrip()}…"
    message = f"Nhiệm vụ {spec.number} “{short}” {problem}"
    return Finding(level, f"{check}:{spec.id}", message, spot=f"task:{spec.id}")


def news(report: Report, context: Context) -> Iterator[Finding]:
    for first, second in likely_duplicates(report.news):
        yield Finding(
            "hint",
            f"duplicate:{second.id}",
            f"Tin “{second.title}” ngày {second.date:%d/%m/%Y} giống tin ngày "
            f"{first.date:%d/%m/%Y}. Nếu là phát lại thì ghi vào “số lượt phát” của tin trước.",
        )
    for item in report.news:
        words = day_doubt(item.date, context.today) if context.today else ""
        if words:
            message = f"Tin “{item.title}”: {words} Sửa ngày của tin, hoặc ghi lý do."
            yield Finding("warning", f"news_future:{item.id}", message)
    rule = report.form.news_rule
    for item in report.news:
        if rule and item.counted != counts(rule, item) and not item.reason:
            yield Finding("hint", f"counted:{item.id}", _against_the_rule(item))


def _against_the_rule(item: NewsItem) -> str:
    if item.counted:
        return f"Tin “{item.title}” được tính dù quy tắc đếm không tính loại hoặc nguồn này. Bỏ tính, hoặc ghi lý do vào tin."
    return f"Tin “{item.title}” không được tính nhưng chưa ghi lý do. Ghi lý do vào tin, hoặc tính tin này."
