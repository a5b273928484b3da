"""What the office has to do: each report that is open, due or recent, how far it is, what is wrong, what comes next.

An old plan may ask for a hundred months: older periods are listed only where something was begun and is not finished.
All of it is read in one transaction, in one statement for each kind of thing, however much there is to do.

What comes first of what is to be done, and what presses these days. Days are counted from today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum, auto
from functools import cached_property

from forms.checks import all_checks, completeness
from forms.checks.completeness import PartDone
from forms.exchange.statements import ReportKey
from forms.model.count import Role
from forms.model.finding import Finding
from forms.model.form import Form
from forms.model.office import Person, PersonRole
from forms.model.org_unit import KNOWN_FROM, OrgUnit, UnitKey
from forms.model.period import Period, PeriodKind
from forms.model.report import Report, ReportState
from forms.org_units.catalogue import OrgUnits
from forms.org_units.unit_words import units_called
from forms.ports import Clock, Ledger, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.deadlines import deadline_of
from forms.programmes.programme import Programme
from forms.services.approval import HandedOver, handed_over_in, remark_in
from forms.services.drafts import context_of, current, report_key
from forms.services.due_dates import due
from forms.services.programmes import followed_in
from forms.services.reports_on_offer import ReportOnOffer, every_in, is_over, own_in
from forms.services.summary import RollCall, Summaries

SOON_DAYS, _NEAR_DAYS = 14, 30
_JUST_OVER = 45  # days after its end in which a period is what one reports on


class Urgency(IntEnum):
    """How urgent, before days are compared."""

    MINE = 0  # somebody waits for this person: to approve, or to put right what was given back
    PRESSING = 1  # due within a month, or late
    NOW = 2  # nobody has set a day
    LATER = 3
    WAITING = 4  # for somebody else
    SETTLED = 5


def by_days(left: int | None) -> Urgency:
    """Of something that nobody else has in hand; `left`: days until it is due, None where no day is counted down to."""
    if left is None:
        return Urgency.NOW
    return Urgency.PRESSING if left <= _NEAR_DAYS else Urgency.LATER


def order(rank: Urgency, day: date | None, period: Period, today: date) -> tuple[int, date, int, int]:
    """What comes first: by rank; then the nearest day; without one what has just ended, what runs, and the older."""
    stage = 0 if is_just_over(period, today) else 1 if period.last >= today else 2
    return rank, day or date.max, stage, -period.last.toordinal()


def presses(rank: Urgency, left: int | None, period: Period, today: date) -> bool:
    """It is to be done these days, and by who is signed in."""
    if rank is Urgency.PRESSING:
        return is_late(left)
    return rank is Urgency.MINE or (rank is Urgency.NOW and is_just_over(period, today))


def is_late(left: int | None) -> bool:
    """Also shortly before the day."""
    return left is not None and left <= SOON_DAYS


def is_just_over(period: Period, today: date) -> bool:
    return 0 < (today - period.last).days <= _JUST_OVER


_RECENT = {PeriodKind.MONTH: 3}  # periods that are listed as they are; of any other kind two
_LONG_AGO = 120  # days after which a period in which nothing was begun, or all is done, is listed no more
_MOST_OLD = 60


class TodoState(Enum):
    """How far a report is."""

    UNTOUCHED = auto()
    WRONG = auto()  # `count` errors besides blanks
    REASONS = auto()  # `count` warnings want a reason
    FILLING = auto()
    READY = auto()
    GIVEN_BACK = auto()  # by the head
    FOR_ME = auto()  # it waits for the seal of who is signed in
    FOR_HEAD = auto()  # for another's
    UNSENT = auto()  # sealed, and its file was never written
    FINISHED = auto()
    MISSING = auto()  # of the units below `count` have not sent
    COMPLETE = auto()  # all of them have


class TodoStep(Enum):
    """What comes next."""

    APPROVE = auto()
    LOOK_AT_WAITING = auto()
    WRITE_OUT = auto()
    READ = auto()
    PUT_RIGHT = auto()
    MEND = auto()
    NOTE_NEWS = auto()
    BEGIN = auto()
    GO_ON = auto()
    EXPLAIN = auto()
    FILL_IN = auto()
    HAND_OVER = auto()
    SEAL = auto()
    RECEIVE = auto()
    LOOK_AT_SUMS = auto()


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day that is in time, and in `plan_words` as the plan puts it. `left`: days until then; None where no day is
    set, or the plan is over. `is_ours_to_set`: this office sets the days of short periods."""

    day: date | None
    plan_words: str
    left: int | None
    is_ours_to_set: bool

    @property
    def is_late(self) -> bool:
        return is_late(self.left)


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One report of ours, or (`is_own` False) the reports of the units below. `done` of `total` answers or units. Of ours:
    `remark` is what the head wants changed, `handed` who waits for whom, `problem` the first thing that keeps a begun report
    from being sealed; of theirs `missing` are those who have not sent, `called` is what all are called. `is_ready`: nothing
    is in the way of handing it over."""

    programme: Programme
    form: Form
    period: Period
    is_own: bool
    state: TodoState
    step: TodoStep
    due: DueDay
    rank: Urgency
    today: date
    done: int
    total: int
    count: int = 0
    spot: str = ""
    parts: tuple[PartDone, ...] = ()
    report_state: ReportState = ReportState.DRAFT
    remark: str = ""
    handed: HandedOver | None = None
    problem: str = ""
    missing: tuple[OrgUnit, ...] = ()
    is_ready: bool = False
    called: str = ""

    @property
    def is_begun(self) -> bool:
        """Something was filled in, or came in."""
        return bool(self.done) or any(part.done or part.more for part in self.parts)

    @property
    def presses(self) -> bool:
        return presses(self.rank, self.due.left, self.period, self.today)


@dataclass(frozen=True)
class TodoList:
    """The most urgent first; what is settled comes last."""

    today: date
    followed: tuple[Programme, ...]
    items: tuple[TodoItem, ...]


class Todo:
    """Of an open ledger, for who is signed in. Worked out anew only when the journal says that something was written since,
    or the day has changed."""

    def __init__(
        self, ledger: Ledger, catalogue: Catalogue, units: OrgUnits, clock: Clock, summaries: Summaries
    ) -> None:
        self._ledger, self._catalogue, self._units = ledger, catalogue, units
        self._clock, self._summaries = clock, summaries
        self._known: tuple[tuple[object, ...], TodoList] | None = None

    def now(self) -> TodoList:
        with self._ledger.begin() as work:
            as_of = (self._clock().date(), self._ledger.person.keyid, *work.journal.head())
            known = self._known
            if known is None or known[0] != as_of:
                reading = self._reading(work)
                items = sorted((*reading.own(), *reading.collected()), key=_first)
                known = self._known = as_of, TodoList(reading.today, reading.followed, tuple(items))
        return known[1]

    def before(self) -> tuple[TodoItem, ...]:
        """The periods of our own reports that `now` leaves out, newest first; of very old plans only so many."""
        shown = {(item.programme.id, item.period) for item in self.now().items}
        with self._ledger.begin() as work:
            return self._reading(work).earlier(shown)

    def _reading(self, work: Work) -> _Reading:
        work.read_ahead()
        return _Reading(work, self._ledger.person, self._catalogue, self._units, self._clock, self._summaries)


def _first(item: TodoItem) -> tuple[object, ...]:
    title = (item.form.number, item.programme.short_title, item.form.title, item.is_own)
    return *order(item.rank, item.due.day, item.period, item.today), *title


class _Reading:
    """One look at the whole ledger, in a transaction that reads ahead."""

    def __init__(
        self, work: Work, me: Person, catalogue: Catalogue, units: OrgUnits, clock: Clock, summaries: Summaries
    ) -> None:
        self._work, self._me, self._catalogue, self._units = work, me, catalogue, units
        self._clock, self._summaries, self.today = clock, summaries, clock().date()
        self._office, self._people = work.office.get(), work.office.persons()
        has_head = any(person.role is PersonRole.HEAD for person in self._people)
        self._hands_over = has_head and me.role is PersonRole.PREPARER
        self.followed = followed_in(work, catalogue)

    @cached_property
    def _waiting(self) -> Mapping[ReportKey, HandedOver]:
        return handed_over_in(self._work, self._people)

    def own(self) -> Iterator[TodoItem]:
        """The recent periods; of the newest one's year those in which news may have been noted; and whatever was begun,
        also in windows that the office has left."""
        stored = self._work.reports.keys()
        for choice in own_in(self._work, self._catalogue, self.today):
            year, recent = choice.periods[0].year, self._recent(choice)
            listed = [period for period in choice.periods if period in recent or period.year == year]
            mine = [key for key in stored if (key.programme, key.form) == (choice.programme.id, choice.form.id)]
            begun = [Period.parse(key.period, key.basis) for key in mine]
            for period in filter(self._is_ours, dict.fromkeys((*listed, *begun))):
                item = self._own(choice, period)
                if period in recent or (item.is_begun and item.rank is not Urgency.SETTLED):
                    yield item

    def earlier(self, shown: set[tuple[str, Period]]) -> tuple[TodoItem, ...]:
        left = [
            (choice, period)
            for choice in own_in(self._work, self._catalogue, self.today)
            for period in filter(self._is_ours, choice.periods)
            if (choice.programme.id, period) not in shown
        ]
        left.sort(key=lambda pair: pair[1].last, reverse=True)
        return tuple(self._own(choice, period) for choice, period in left[:_MOST_OLD])

    def collected(self) -> Iterator[TodoItem]:
        """The reports of the units below, where some are asked for them: who has sent, who is missing."""
        if not self._office.collates:
            return
        wanted = [
            (choice, period)
            for choice in every_in(self._work, self._catalogue, self.today)
            for period in self._recent(choice)
        ]
        called = self._summaries.roll_calls(self._work, [(choice.programme.id, period) for choice, period in wanted])
        for (choice, period), call in zip(wanted, called, strict=True):
            if call.expected:
                yield self._collected(choice, period, call)

    def _recent(self, choice: ReportOnOffer) -> tuple[Period, ...]:
        """The newest, which may be the last of a plan that is over, and those that ended lately."""
        newest, *others = choice.periods[: _RECENT.get(choice.form.period_kind, 2)]
        return newest, *(period for period in others if (self.today - period.last).days <= _LONG_AGO)

    def _is_ours(self, period: Period) -> bool:
        """No unit reports on days before it was made."""
        return not period.last < self._office.unit.valid_from > KNOWN_FROM

    def _collected(self, choice: ReportOnOffer, period: Period, call: RollCall) -> TodoItem:
        expected, missing = len(call.expected), len(call.missing)
        due_day = self._due(choice.programme, period, Role.REPORTING)
        return TodoItem(
            choice.programme,
            choice.form,
            period,
            False,
            TodoState.MISSING if missing else TodoState.COMPLETE,
            TodoStep.RECEIVE if missing else TodoStep.LOOK_AT_SUMS,
            due_day,
            by_days(due_day.left) if missing else Urgency.SETTLED,
            self.today,
            expected - missing,
            expected,
            missing,
            missing=call.missing,
            called=units_called(call.expected),
        )

    def _own(self, choice: ReportOnOffer, period: Period) -> TodoItem:
        report = current(self._work, self._catalogue, choice.programme.id, period)
        is_draft = report.state is ReportState.DRAFT
        context = context_of(self._work, self._catalogue, report, self._clock, self._units) if is_draft else None
        found = all_checks.find(report, context) if context else ()
        remark = remark_in(self._work, report) if is_draft else ""
        handed = self._waiting.get(report_key(report)) if report.state is ReportState.CHECKED else None
        is_mine = handed is not None and handed.head == self._me.keyid
        parts = completeness.parts(report, found)
        done, total = completeness.whole(parts)
        begun = not report.is_blank or bool(report.news) or any(part.done or part.more for part in parts)
        state, count = self._state(report, found, is_mine=is_mine, remark=remark, begun=begun)
        step, spot = self._step(report, state, found, begun=begun, asks=bool(total))
        due_day = self._due(choice.programme, period, report.role, self._office.unit)
        rank = by_days(due_day.left)
        if state in (TodoState.FOR_HEAD, TodoState.FINISHED):
            rank = Urgency.WAITING if state is TodoState.FOR_HEAD else Urgency.SETTLED
        elif is_mine or (remark and self._me.role is not PersonRole.HEAD):
            rank = Urgency.MINE
        problems = (one.message for one in found if one.blocks and not one.says_blank)
        return TodoItem(
            choice.programme,
            choice.form,
            period,
            True,
            state,
            step,
            due_day,
            rank,
            self.today,
            done,
            total,
            count,
            spot,
            parts,
            report.state,
            remark,
            handed,
            next(problems, "") if begun else "",
            is_ready=self._hands_over and is_draft and not any(one.blocks for one in found),
        )

    def _state(
        self, report: Report, found: tuple[Finding, ...], *, is_mine: bool, remark: str, begun: bool
    ) -> tuple[TodoState, int]:
        if report.state is ReportState.CHECKED:
            return (TodoState.FOR_ME if is_mine else TodoState.FOR_HEAD), 0
        if report.state is not ReportState.DRAFT:
            return (TodoState.UNSENT if report.state is ReportState.SEALED else TodoState.FINISHED), 0
        if remark or not begun:
            return (TodoState.GIVEN_BACK if remark else TodoState.UNTOUCHED), 0
        if errors := sum(one.level == "error" and not one.says_blank for one in found):
            return TodoState.WRONG, errors
        if reasons := sum(one.level == "warning" and one.blocks for one in found):
            return TodoState.REASONS, reasons
        return (TodoState.FILLING if any(one.level == "error" for one in found) else TodoState.READY), 0

    def _step(
        self, report: Report, state: TodoState, found: tuple[Finding, ...], *, begun: bool, asks: bool
    ) -> tuple[TodoStep, str]:
        """What comes next, and the spot where it is done."""
        outside = {
            TodoState.FOR_ME: TodoStep.APPROVE,
            TodoState.FOR_HEAD: TodoStep.LOOK_AT_WAITING,
            TodoState.UNSENT: TodoStep.WRITE_OUT,
            TodoState.FINISHED: TodoStep.READ,
            TodoState.GIVEN_BACK: TodoStep.PUT_RIGHT,
        }
        if state in outside:
            return outside[state], ""
        blocking = [one for one in found if one.blocks]
        has_news = report.form.has_news and report.role is not Role.SUMMING
        if wrong := [one for one in blocking if one.level == "error" and not one.says_blank]:
            return TodoStep.MEND, wrong[0].place
        if has_news and not begun:
            return TodoStep.NOTE_NEWS, ""
        if blank := [one for one in blocking if one.says_blank]:
            return (TodoStep.GO_ON if begun else TodoStep.BEGIN), blank[0].place
        if blocking:  # while the period runs more items may still come
            runs = has_news and self.today <= report.period.last
            return (TodoStep.NOTE_NEWS, "") if runs else (TodoStep.EXPLAIN, blocking[0].place)
        if not begun and not asks:
            return TodoStep.FILL_IN, ""
        return (TodoStep.HAND_OVER if self._hands_over else TodoStep.SEAL), ""

    def _due(self, programme: Programme, period: Period, role: Role, unit: UnitKey | None = None) -> DueDay:
        """Of a plan that is over the day is told, and no longer counted down to."""
        day = due(self._work, programme, period, role, unit)
        deadline = deadline_of(programme, role, period.kind)
        is_counted = day is not None and not is_over(programme, self.today)
        left = (day - self.today).days if day and is_counted else None
        words = deadline.words if deadline else ""
        return DueDay(day, words, left, self._office.collates or role is Role.SUMMING)
