"""A report of our own as something to do: how far it is, what is wrong, what comes next. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from forms import completeness, findings
from forms.checks.finding import Finding
from forms.count import Role
from forms.office import PersonRole
from forms.periods import Period
from forms.report import REPORT_STATE_TITLES, Report, ReportState
from forms.services.approval import HandedOver
from forms.services.desk import Desk
from ui.desktop.choices import Choice
from ui.desktop.place import Place, page_of
from ui.desktop.screens.home.due import due_of
from ui.desktop.screens.home.duty import NEAR_DAYS, Due, Duty, Rank, Step


@dataclass(frozen=True)
class _Known:
    """All that decides about one report."""

    report: Report
    found: tuple[Finding, ...]
    parts: tuple[completeness.Part, ...]
    remark: str
    handed: HandedOver | None
    today: date

    @property
    def blocking(self) -> list[Finding]:
        return [one for one in self.found if one.blocks]

    @property
    def done(self) -> int:
        return completeness.whole(self.parts)[0]

    @property
    def is_begun(self) -> bool:
        return not self.report.is_blank or bool(self.report.news) or any(part.done or part.more for part in self.parts)


class OwnDuties:
    """Of who is signed in: the head approves, the preparer hands over, one who is both seals."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        people, self._me = desk.enrolment.people(), desk.ledger.person
        has_head = any(person.role is PersonRole.HEAD for person in people)
        self._hands_over = has_head and self._me.role is PersonRole.PREPARER

    def of(self, choice: Choice, period: Period, title: str, today: date) -> Duty:
        known = self._known(choice.programme.id, period, today)
        due = due_of(self._desk, choice.programme, period, today, known.report.role)
        state, tone = self._state(known)
        done, total = completeness.whole(known.parts)
        mine = " – số liệu của chính đơn vị" if self._desk.office.collates else ""
        return Duty(
            str(Place(choice.programme.id, period)),
            period,
            f"{title}{mine}",
            f"Báo cáo {period.words}",
            _note(known),
            state,
            tone,
            known.parts,
            done,
            total,
            "mục",
            due,
            self._step(known),
            self._rank(known, due),
            today,
            self._hands_over and known.report.state is ReportState.DRAFT and not known.blocking,
        )

    def _known(self, programme: str, period: Period, today: date) -> _Known:
        report = self._desk.entry.open(programme, period)
        found: tuple[Finding, ...] = ()
        remark, handed = "", None
        if report.state is ReportState.DRAFT:
            found = findings.find(report, self._desk.entry.context(report))
            remark = self._desk.approval.remark(report)
        elif report.state is ReportState.CHECKED:
            handed = self._desk.approval.handed_over(report)
        return _Known(report, found, completeness.parts(report, found), remark, handed, today)

    def _rank(self, known: _Known, due: Due) -> Rank:
        state = known.report.state
        if state is ReportState.CHECKED:
            return Rank.MINE if self._waits_for_me(known) else Rank.WAITING
        if state not in (ReportState.DRAFT, ReportState.SEALED):
            return Rank.SETTLED
        if known.remark and self._me.role is not PersonRole.HEAD:
            return Rank.MINE
        if due.left is not None:
            return Rank.PRESSING if due.left <= NEAR_DAYS else Rank.LATER
        return Rank.NOW

    def _step(self, known: _Known) -> Step:
        report = known.report
        if report.state is ReportState.CHECKED:
            return Step("Duyệt" if self._waits_for_me(known) else "Xem", "approval")
        if report.state is ReportState.SEALED:
            return Step("Xuất gói", "packages")
        if report.state is not ReportState.DRAFT:
            return Step("Xem báo cáo", _page(report))
        if known.remark:
            return Step("Sửa lại", _page(report))
        return self._next_in_draft(known)

    def _next_in_draft(self, known: _Known) -> Step:
        report, blocking = known.report, known.blocking
        wrong = [one for one in blocking if one.level == "error" and not one.says_blank]
        listens = report.form.has_news and report.role is not Role.SUMMING and known.today <= report.period.last
        if wrong:
            return Step("Sửa lỗi", page_of(wrong[0].place), wrong[0].place)
        if report.form.has_news and report.role is not Role.SUMMING and not known.is_begun:
            return Step("Ghi tin, bài", "news")
        blank = [one for one in blocking if one.says_blank]
        if blank:
            return Step("Nhập tiếp" if known.is_begun else "Bắt đầu nhập", page_of(blank[0].place), blank[0].place)
        if blocking:
            return Step("Ghi tin, bài", "news") if listens else Step("Giải trình", "entry", blocking[0].place)
        if not known.is_begun and not completeness.whole(known.parts)[1]:
            return Step("Nhập số liệu", _page(report))
        return Step("Chuyển duyệt", "approval") if self._hands_over else Step("Niêm phong", _page(report))

    def _state(self, known: _Known) -> tuple[str, str]:
        """What is wrong, or how far the report has come; and the tone of its pill."""
        if known.report.state is ReportState.CHECKED:
            return ("Chờ anh, chị duyệt" if self._waits_for_me(known) else "Chờ thủ trưởng duyệt"), "accent"
        if known.report.state is ReportState.SEALED:
            return "Đã niêm phong, chưa xuất gói", "accent"
        if known.report.state is not ReportState.DRAFT:
            return REPORT_STATE_TITLES[known.report.state], "good"
        if known.remark:
            return "Thủ trưởng trả lại", "warning"
        if not known.is_begun:
            return "Chưa bắt đầu", "plain"
        return _draft_state(known.found, "chờ chuyển duyệt" if self._hands_over else "chờ niêm phong")

    def _waits_for_me(self, known: _Known) -> bool:
        return known.handed is not None and known.handed.head == self._me.keyid


def _page(report: Report) -> str:
    """The screen of the whole report: that of its figures, where it has some."""
    return "entry" if report.form.counts else "texts"


def _draft_state(found: Sequence[Finding], ready: str) -> tuple[str, str]:
    errors = sum(one.level == "error" and not one.says_blank for one in found)
    reasons = sum(one.level == "warning" and one.blocks for one in found)
    if errors:
        return f"{errors} lỗi cần sửa", "error"
    if reasons:
        return f"{reasons} cảnh báo cần lý do", "warning"
    blank = any(one.level == "error" for one in found)
    return ("Đang nhập", "accent") if blank else (f"Đủ số liệu, {ready}", "good")


def _note(known: _Known) -> str:
    """What the head wants changed, who waits for whom, or the first thing that keeps a begun report from being sealed;
    blank cells are told by the bar."""
    if known.remark:
        return f"Cần sửa: {known.remark}"
    if known.handed:
        by, to = known.handed.by, known.handed.to
        names = f"{by.name if by else 'Người đã rời sổ'} chuyển {to.name if to else 'người đã rời sổ'}"
        return f"{names} lúc {known.handed.at:%H:%M ngày %d/%m/%Y}."
    if not known.is_begun:
        return ""
    return next((one.message for one in known.found if one.blocks and not one.says_blank), "")
