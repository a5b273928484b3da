"""What is due: reports to fill, to seal, to send, to receive; the most urgent first.

A report of our own as something to do: how far it is, what is wrong, what comes next.

What the office has to do: each report that is open, due or recent, with its next step. The most urgent first.

An old plan may ask for a hundred months: older periods are listed only where something was begun and is not finished.

One thing that is to be done about one report, and how urgent it is.

The reports of the units below as something to do: who has sent, who is missing.

When a report is due, in the plan's words, and how long that is from today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from weakref import WeakKeyDictionary

from forms.all_services import Services
from forms.application import Application
from forms.checks import all_checks, completeness
from forms.checks.completeness import PartDone
from forms.exchange.statements import ReportKey
from forms.model.count import Role
from forms.model.finding import Finding
from forms.model.office import PersonRole
from forms.model.org_unit import KNOWN_FROM
from forms.model.period import Period, PeriodKind
from forms.model.report import REPORT_STATE_TITLES, Report, ReportState
from forms.ports import Ledger
from forms.programmes.deadlines import deadline_of
from forms.programmes.programme import Programme
from forms.services.approval import HandedOver
from forms.services.summary import RollCall
from ui.desktop import reports_on_offer
from ui.desktop.reports_on_offer import ReportOnOffer
from ui.desktop.shell import Location, page_of

SOON_DAYS, NEAR_DAYS = 14, 30
_JUST_OVER = 45  # days after its end in which a period is what one reports on


class Urgency(IntEnum):
    """How urgent, before days are compared."""

    MINE = 0  # somebody waits for this person: to approve, or to put right what was given back
    PRESSING = 1  # due within a month, or late
    NOW = 2  # nobody has set a day
    LATER = 3
    WAITING = 4  # for somebody else
    SETTLED = 5


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next, the screen where it is done, and the spot there."""

    verb: str
    page: str
    spot: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day that is in time, in the plan's words; `late` also shortly before it, when it is shown in red."""

    day: date | None
    words: str
    left: int | None = None

    @property
    def late(self) -> bool:
        return self.left is not None and self.left <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class TodoItem:
    """A row of the home page. `done` of `total`, counted in `noun`, is what its bar shows; `note` says the first thing
    that is wrong or missing."""

    place: str
    period: Period
    title: str
    detail: str
    note: str
    state: str
    tone: str
    parts: tuple[PartDone, ...]
    done: int
    total: int
    noun: str
    due: Due
    step: NextStep
    rank: Urgency
    today: date
    ready: bool = False  # nothing is in the way of handing it over

    @property
    def counted(self) -> str:
        return f"{self.done}/{self.total} {self.noun}" if self.total else f"Không có {self.noun} bắt buộc"

    @property
    def is_begun(self) -> bool:
        """Something was filled in, or came in."""
        return bool(self.done) or any(part.done or part.more for part in self.parts)

    @property
    def settled(self) -> bool:
        return self.rank is Urgency.SETTLED

    @property
    def target(self) -> str:
        """Where the step is done, as a screen is told."""
        return f"{self.place.partition('#')[0]}#{self.step.spot}"

    @property
    def presses(self) -> bool:
        """It is to be done these days, and by who is signed in."""
        if self.rank in (Urgency.MINE, Urgency.PRESSING):
            return self.rank is Urgency.MINE or self.due.late
        return self.rank is Urgency.NOW and self.period.last < self.today and self._just_over

    def urgency(self) -> tuple[object, ...]:
        """By rank; then the nearest day; without one what has just ended, what runs, and the older."""
        day = self.due.day or date.max
        stage = 0 if self._just_over else 1 if self.period.last >= self.today else 2
        return self.rank, day, stage, -self.period.last.toordinal(), self.title

    @property
    def _just_over(self) -> bool:
        return 0 < (self.today - self.period.last).days <= _JUST_OVER


def due_of(desk: Services, programme: Programme, period: Period, today: date, role: Role) -> Due:
    """Of a plan that is over the day is told, and no longer counted down to."""
    day = desk.summaries.due(programme.id, period)
    if day is None:
        told = "Chưa đặt hạn" if desk.office.collates or role is Role.SUMMING else "Nơi nhận chưa đặt hạn"
        return Due(None, told)
    deadline = deadline_of(programme, role, period.kind)
    said = deadline.words if deadline else f"đến hết {day:%d/%m/%Y}"
    if reports_on_offer.is_over(programme, today):
        return Due(day, said)
    left = (day - today).days
    if left < 0:
        return Due(day, f"{said} – quá {-left} ngày", left)
    return Due(day, f"{said} – {f'còn {left} ngày' if left else 'hôm nay'}", left)


@dataclass(frozen=True)
class _Known:
    """All that decides about one report."""

    report: Report
    found: tuple[Finding, ...]
    parts: tuple[completeness.PartDone, ...]
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


class OwnTodo:
    """Of who is signed in: the head approves, the preparer hands over, one who is both seals."""

    def __init__(self, desk: Services) -> None:
        self._desk = desk
        people, self._me = desk.enrolment.people(), desk.ledger.person
        has_head = any(person.role is PersonRole.HEAD for person in people)
        self._hands_over = has_head and self._me.role is PersonRole.PREPARER

    def of(self, choice: ReportOnOffer, period: Period, title: str, today: date) -> TodoItem:
        known = self._known(choice.programme.id, period, today)
        due = due_of(self._desk, choice.programme, period, today, known.report.role)
        state, tone = self._state(known)
        done, total = completeness.whole(known.parts)
        mine = " – số liệu của chính đơn vị" if self._desk.office.collates else ""
        return TodoItem(
            str(Location(choice.programme.id, period)),
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
            found = all_checks.find(report, self._desk.entry.context(report))
            remark = self._desk.approval.remark(report)
        elif report.state is ReportState.CHECKED:
            handed = self._desk.approval.handed_over(report)
        return _Known(report, found, completeness.parts(report, found), remark, handed, today)

    def _rank(self, known: _Known, due: Due) -> Urgency:
        state = known.report.state
        if state is ReportState.CHECKED:
            return Urgency.MINE if self._waits_for_me(known) else Urgency.WAITING
        if state not in (ReportState.DRAFT, ReportState.SEALED):
            return Urgency.SETTLED
        if known.remark and self._me.role is not PersonRole.HEAD:
            return Urgency.MINE
        if due.left is not None:
            return Urgency.PRESSING if due.left <= NEAR_DAYS else Urgency.LATER
        return Urgency.NOW

    def _step(self, known: _Known) -> NextStep:
        report = known.report
        if report.state is ReportState.CHECKED:
            return NextStep("Duyệt" if self._waits_for_me(known) else "Xem", "approval")
        if report.state is ReportState.SEALED:
            return NextStep("Xuất gói", "packages")
        if report.state is not ReportState.DRAFT:
            return NextStep("Xem báo cáo", _page(report))
        if known.remark:
            return NextStep("Sửa lại", _page(report))
        return self._next_in_draft(known)

    def _next_in_draft(self, known: _Known) -> NextStep:
        report, blocking = known.report, known.blocking
        wrong = [one for one in blocking if one.level == "error" and not one.says_blank]
        listens = report.form.has_news and report.role is not Role.SUMMING and known.today <= report.period.last
        if wrong:
            return NextStep("Sửa lỗi", page_of(wrong[0].place), wrong[0].place)
        if report.form.has_news and report.role is not Role.SUMMING and not known.is_begun:
            return NextStep("Ghi tin, bài", "news")
        blank = [one for one in blocking if one.says_blank]
        if blank:
            return NextStep("Nhập tiếp" if known.is_begun else "Bắt đầu nhập", page_of(blank[0].place), blank[0].place)
        if blocking:
            return NextStep("Ghi tin, bài", "news") if listens else NextStep("Giải trình", "entry", blocking[0].place)
        if not known.is_begun and not completeness.whole(known.parts)[1]:
            return NextStep("Nhập số liệu", _page(report))
        return NextStep("Chuyển duyệt", "approval") if self._hands_over else NextStep("Niêm phong", _page(report))

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


_NAMED = 4  # units that are called by name


def collected_duty(desk: Services, choice: ReportOnOffer, period: Period, title: str, today: date) -> TodoItem | None:
    """None where nobody below is asked for this report."""
    called = desk.summaries.roll_call(choice.programme.id, period)
    if not called.expected:
        return None
    expected = len(called.expected)
    received = expected - len(called.missing)
    whole = received == expected
    due = due_of(desk, choice.programme, period, today, Role.REPORTING)
    rank = Urgency.SETTLED if whole else Urgency.NOW
    if not whole and due.left is not None:
        rank = Urgency.PRESSING if due.left <= NEAR_DAYS else Urgency.LATER
    return TodoItem(
        str(Location(choice.programme.id, period)),
        period,
        title,
        f"Báo cáo {period.words}",
        _missing(called),
        *_roll_call(called),
        (),
        received,
        expected,
        "đơn vị",
        due,
        NextStep("Xem tổng hợp" if whole else "Nhận gói", "receiving"),
        rank,
        today,
    )


def _roll_call(called: RollCall) -> tuple[str, str]:
    if not called.missing:
        return "Đã nhận đủ", "good"
    return f"Còn thiếu {len(called.missing)} đơn vị", "warning" if called.begun else "plain"


def _missing(called: RollCall) -> str:
    """Who has not sent yet, by name while they are few."""
    names = [unit.full_name for unit in called.missing]
    if not names or len(names) == len(called.expected):
        return ""
    more = f" và {len(names) - _NAMED} đơn vị khác" if len(names) > _NAMED else ""
    return f"Chưa gửi: {', '.join(names[:_NAMED])}{more}."


_RECENT = {PeriodKind.MONTH: 3}  # periods that are listed as they are; of any other kind two
_LONG_AGO = 120  # days after which a period in which nothing was begun, or all is done, is listed no more
_MOST_OLD = 60
# What was found last, and as of what, as long as the ledger is open.
_KNOWN: WeakKeyDictionary[Ledger, tuple[tuple[object, ...], tuple[TodoItem, ...]]] = WeakKeyDictionary()


class TodoList:
    """Worked out anew only when the journal says that something was written since, or the day has changed; once for all
    that ask for the same ledger: the home page, the rail, the page of approval."""

    def __init__(self, desk: Services, program: Application) -> None:
        self._desk, self._program = desk, program

    @property
    def today(self) -> date:
        return self._program.clock().date()

    def now(self) -> tuple[TodoItem, ...]:
        """The most urgent first; what is settled comes last."""
        as_of = (self.today, self._desk.ledger.person.keyid, *self._desk.inspection.journal())
        known = _KNOWN.get(self._desk.ledger)
        if known is None or known[0] != as_of:
            known = as_of, tuple(sorted(self._found(), key=TodoItem.urgency))
            _KNOWN[self._desk.ledger] = known
        return known[1]

    def before(self) -> tuple[TodoItem, ...]:
        """The periods of our own reports that `now` leaves out, newest first; of very old plans only so many."""
        shown = {duty.place for duty in self.now()}
        left = [
            (choice, period)
            for choice in reports_on_offer.own(self._desk, self.today)
            for period in choice.periods
            if self._is_ours(period) and str(Location(choice.programme.id, period)) not in shown
        ]
        newest = sorted(left, key=lambda pair: pair[1].last, reverse=True)[:_MOST_OLD]
        own = OwnTodo(self._desk)
        return tuple(own.of(choice, period, self._title(choice), self.today) for choice, period in newest)

    def signs(self) -> dict[str, int]:
        """How many duties press, by the screen where each goes on."""
        found: dict[str, int] = {}
        for duty in self.now():
            if duty.presses:
                found[duty.step.page] = found.get(duty.step.page, 0) + 1
        return found

    def _found(self) -> Iterator[TodoItem]:
        today, own, begun = self.today, OwnTodo(self._desk), self._desk.entry.begun()
        for choice in reports_on_offer.own(self._desk, today):
            recent = self._recent(choice)
            for period in self._looked_at(choice, begun):
                duty = own.of(choice, period, self._title(choice), today)
                if period in recent or (duty.is_begun and not duty.settled):
                    yield duty
        for choice in reports_on_offer.every(self._desk, today) if self._desk.office.collates else ():
            for period in self._recent(choice):
                collected = collected_duty(self._desk, choice, period, self._title(choice), today)
                if collected:
                    yield collected

    def _recent(self, choice: ReportOnOffer) -> tuple[Period, ...]:
        """The newest, which may be the last of a plan that is over, and those that ended lately."""
        newest, *others = choice.periods[: _RECENT.get(choice.form.period_kind, 2)]
        return newest, *(period for period in others if (self.today - period.last).days <= _LONG_AGO)

    def _looked_at(self, choice: ReportOnOffer, begun: tuple[ReportKey, ...]) -> Iterator[Period]:
        """Those of the newest one's year, in which news may have been noted, and whatever was begun, also in windows
        that the office has left."""
        year, recent = choice.periods[0].year, self._recent(choice)
        listed = [period for period in choice.periods if period in recent or period.year == year]
        mine = (key for key in begun if (key.programme, key.form) == (choice.programme.id, choice.form.id))
        stored = (Period.parse(key.period, key.basis) for key in mine)
        yield from (period for period in dict.fromkeys((*listed, *stored)) if self._is_ours(period))

    def _is_ours(self, period: Period) -> bool:
        """No unit reports on days before it was made."""
        return not period.last < self._desk.office.unit.valid_from > KNOWN_FROM

    def _title(self, choice: ReportOnOffer) -> str:
        several = len(self._desk.programmes.followed()) > 1
        return f"Biểu {choice.form.number} · {choice.programme.short_title}" if several else choice.form.title
