"""Decides what the home page says: what must be done, by when, what is wrong. The most urgent comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from forms import findings
from forms.cell import CellState
from forms.checks.finding import Finding
from forms.count import Role
from forms.periods import Period, PeriodKind
from forms.ports import Clock
from forms.post import form_at, office_post
from forms.program import Program
from forms.programme import Programme
from forms.report import REPORT_STATE_TITLES, Report, ReportState
from forms.services.desk import Desk
from forms.services.summary import Status
from ui.desktop import calendar

_SOON_DAYS = 14
_NAMED = 4  # units that are called by name


@dataclass(frozen=True)
class Duty:
    """One report that is due: a row of the page. `done` and `total` count what the row's bar shows; `note` says the
    first thing that is wrong or missing."""

    title: str
    detail: str
    note: str
    state: str
    tone: str
    done: int
    total: int
    counted: str
    due: date | None
    due_words: str
    late: bool
    verb: str
    page: str
    place: str
    settled: bool


class HomeFace(Protocol):
    def show_day(self, words: str, note: str) -> None: ...
    def show_duties(self, duties: Sequence[Duty]) -> None: ...


class HomePresenter:
    def __init__(self, face: HomeFace, desk: Desk, program: Program) -> None:
        self._face, self._desk = face, desk
        self._clock: Clock = program.clock
        self._programme: Programme = desk.catalogue.programme(desk.office.programme)
        self._post = office_post(self._programme, desk.office)

    def refresh(self) -> None:
        today = self._clock().date()
        over = calendar.is_over(self._programme, today)
        note = (
            f"{self._programme.short_title} đã hết kỳ; đang hiện các kỳ của năm cuối."
            if over
            else self._programme.short_title
        )
        self._face.show_day(f"Hôm nay, {today:%d/%m/%Y}", note)
        duties = [duty for period in self._periods(today) for duty in self._of(period, today)]
        self._face.show_duties(sorted(duties, key=_urgency))

    def _of(self, period: Period, today: date) -> Iterator[Duty]:
        """An old quarter in which nothing was ever done is no duty: the office has only begun since."""
        recent = period.last >= calendar.current(self._programme, PeriodKind.QUARTER, today).previous().first
        form, office = self._programme.form_for(period), self._desk.office
        duties = [self._collected(period, today)] if office.collates else []
        if form is not None and form_at(form, self._post).cells_for(self._post.role):
            duties.append(self._own(period, today))
        yield from (duty for duty in duties if recent or duty.done or duty.settled)

    def _periods(self, today: date) -> tuple[Period, ...]:
        """The year's report and its quarters so far; in the first quarter also what the old year may still owe."""
        kinds = calendar.kinds(self._programme)
        found = []
        if PeriodKind.QUARTER in kinds:
            now = calendar.current(self._programme, PeriodKind.QUARTER, today)
            found += [quarter for quarter in Period(str(now.year)).quarters() if quarter.first <= now.first]
            found += [found[0].previous()] if now.number == 1 and now.year > self._programme.first_year else []
        if PeriodKind.YEAR in kinds:
            found.append(calendar.current(self._programme, PeriodKind.YEAR, today))
        return tuple(found)

    def _own(self, period: Period, today: date) -> Duty:
        report = self._desk.entry.open(self._programme.id, period)
        found = findings.find(report) if report.state is ReportState.DRAFT else ()
        done, total = _filled(report)
        state, tone = _state(report, found)
        verb, page = self._next_step(report, done, found)
        mine = " – số liệu của chính đơn vị" if self._desk.office.collates else ""
        due, words, late = self._due(report.role, period, today, report.state is not ReportState.DRAFT)
        return Duty(
            f"{report.form.title}{mine}",
            f"Báo cáo {period.words}",
            _first_wrong(report, found),
            state,
            tone,
            done,
            total,
            f"{done}/{total} ô",
            due,
            words,
            late,
            verb,
            page,
            period.label,
            report.state is not ReportState.DRAFT,
        )

    def _next_step(self, report: Report, done: int, found: Sequence[Finding]) -> tuple[str, str]:
        if report.state is not ReportState.DRAFT:
            return "Xem báo cáo", "entry"
        if report.form.has_news and not report.news and not done:
            return "Ghi tin, bài", "news"
        if not any(one.blocks for one in found):
            return "Niêm phong", "entry"
        return ("Nhập tiếp" if done else "Bắt đầu nhập"), "entry"

    def _collected(self, period: Period, today: date) -> Duty:
        status = self._desk.summaries.status(self._programme.id, period)
        received, expected = len(status.received), len(status.expected)
        whole = received == expected and expected > 0
        due, words, late = self._due(Role.REPORTING, period, today, whole)
        return Duty(
            status.form.title,
            f"Báo cáo {period.words}",
            _missing(status),
            *_roll_call(status),
            received,
            expected,
            f"{received}/{expected} đơn vị",
            due,
            words,
            late,
            "Xem tổng hợp" if whole else "Nhận gói",
            "receiving",
            period.label,
            whole,
        )

    def _due(self, role: Role, period: Period, today: date, settled: bool) -> tuple[date | None, str, bool]:
        due = self._desk.summaries.due(self._programme.id, period)
        if due is None:
            return (
                None,
                "Nơi nhận chưa đặt hạn"
                if role is Role.REPORTING and not self._desk.office.collates
                else "Chưa đặt hạn",
                False,
            )
        deadline = self._programme.deadline(self._post.role, period.kind)
        said = deadline.words if deadline else f"đến hết {due:%d/%m/%Y}"
        left = (due - today).days
        if settled or calendar.is_over(self._programme, today):
            return due, said, False
        if left < 0:
            return due, f"{said} – quá {-left} ngày", True
        return due, f"{said} – {'hôm nay' if not left else f'còn {left} ngày'}", left <= _SOON_DAYS


def _filled(report: Report) -> tuple[int, int]:
    names = report.expected_cells
    return sum(report.cell(name).state is not CellState.BLANK for name in names), len(names)


def _state(report: Report, found: Sequence[Finding]) -> tuple[str, str]:
    """What is wrong, or how far the report has come; and the tone of its pill."""
    if report.state is not ReportState.DRAFT:
        return REPORT_STATE_TITLES[report.state], "good"
    if report.is_blank:
        return "Chưa bắt đầu", "plain"
    errors = sum(one.level == "error" and not one.says_blank for one in found)
    reasons = sum(one.level == "warning" and one.blocks for one in found)
    if errors:
        return f"{errors} lỗi cần sửa", "error"
    if reasons:
        return f"{reasons} cảnh báo cần lý do", "warning"
    blank = any(one.level == "error" for one in found)
    return ("Đang nhập", "accent") if blank else ("Đủ số liệu, chờ niêm phong", "good")


def _roll_call(status: Status) -> tuple[str, str]:
    if not status.expected:
        return "Không có đơn vị cấp dưới", "plain"
    if not status.missing:
        return "Đã nhận đủ", "good"
    return f"Còn thiếu {len(status.missing)} đơn vị", "warning" if status.heads else "plain"


def _first_wrong(report: Report, found: Sequence[Finding]) -> str:
    """The first thing that keeps a begun report from being sealed; blank cells are told by the bar."""
    if report.is_blank:
        return ""
    return next((one.message for one in found if one.blocks and not one.says_blank), "")


def _missing(status: Status) -> str:
    """Who has not sent yet, by name while they are few."""
    names = [unit.full_name for unit in status.missing]
    if not names or len(names) == len(status.expected):
        return ""
    more = f" và {len(names) - _NAMED} đơn vị khác" if len(names) > _NAMED else ""
    return f"Chưa gửi: {', '.join(names[:_NAMED])}{more}."


def _urgency(duty: Duty) -> tuple[object, ...]:
    """What is settled comes last; then the nearest due day; what has no due day by its period, newest first."""
    newest = tuple(-ord(c) for c in duty.place)
    return duty.settled, duty.due is None, duty.due or date.max, newest
