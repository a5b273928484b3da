"""Which reports can be opened: the forms of the followed programmes, each with its periods as seen from today, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from forms.errors import InputRefused
from forms.model.count import Role
from forms.model.form import Form
from forms.model.location import Location
from forms.model.office import Office
from forms.model.period import Basis, Period, PeriodKind, containing
from forms.ports import BeginWork, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme import Programme
from forms.programmes.programme_role import form_at, office_post
from forms.services.programmes import basis_in, followed_in

_ABOUT_TO_END = timedelta(days=20)  # reports are prepared before the last day
_A_YEAR = 366  # days
_OFTEN_FIRST = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR, PeriodKind.SPAN)


@dataclass(frozen=True)
class ReportOnOffer:
    """One form of a followed programme. `periods`: the newest first."""

    programme: Programme
    form: Form
    periods: tuple[Period, ...]

    def holds(self, place: Location) -> bool:
        return self.programme.id == place.programme and place.period in self.periods


@dataclass(frozen=True)
class Offered:
    """What a page may open: the reports and the `place` that is meant; else why there is `nothing`, and what it may open instead."""

    reports: Sequence[ReportOnOffer] = ()
    place: Location | None = None
    nothing: str = ""
    instead: Location | None = None


class ReportsOnOffer:
    """Of an open ledger."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue) -> None:
        self._begin, self._catalogue = begin, catalogue

    def own(self, today: date, wanted: Callable[[Form], bool] = bool) -> tuple[ReportOnOffer, ...]:
        """The forms of which something is asked of this office itself, as it sees them, where `wanted` likes them."""
        with self._begin() as work:
            work.read_ahead()
            return own_in(work, self._catalogue, today, wanted)

    def meant(
        self, today: date, asked: Location | None, wanted: Callable[[Form], bool], what: str, none: str
    ) -> Offered:
        """The reports with something that is `wanted`, and which of them is meant. `what` they have to fill, and what is said where
        `none` has any."""
        found = self.own(today, wanted)
        if asked is not None:
            found = holding(found, asked)
        place = where(found, asked, today)
        if place is not None:
            return Offered(found, place)
        if asked is not None and found:
            return Offered(nothing=nothing_of(asked, what), instead=instead(found, asked, today))
        return Offered(nothing=none)

    def every(self, today: date) -> tuple[ReportOnOffer, ...]:
        """Every form: what a summing office receives and prints."""
        with self._begin() as work:
            return every_in(work, self._catalogue, today)


def own_in(
    work: Work, catalogue: Catalogue, today: date, wanted: Callable[[Form], bool] = bool
) -> tuple[ReportOnOffer, ...]:
    """ReportsOnOffer.own inside a transaction."""
    found, office = list[ReportOnOffer](), work.office.get()
    for programme in followed_in(work, catalogue):
        for choice in _with_periods(programme, programme.forms, basis_in(work, programme.id), today):
            asked = [
                (period, form)
                for period in choice.periods
                if (form := asked_of(programme, office, choice.form, period))
            ]
            if asked and wanted(asked[0][1]):
                found.append(ReportOnOffer(programme, asked[0][1], tuple(period for period, _ in asked)))
    return tuple(found)


def asked_of(programme: Programme, office: Office, form: Form, period: Period) -> Form | None:
    """The form as this office sees it, where it is asked something for the period."""
    post = office_post(programme, office, form, period.last)
    seen = form_at(form, post)
    is_reporter = post.role is not Role.REPORTING or not programme.lines_of(form.id)
    is_reporter = is_reporter or office.kind in programme.reporters_on(form, period.last)
    return seen if is_reporter and (seen.cells_for(post.role) or seen.tasks) else None


def every_in(work: Work, catalogue: Catalogue, today: date) -> tuple[ReportOnOffer, ...]:
    """ReportsOnOffer.every inside a transaction."""
    return tuple(
        choice
        for programme in followed_in(work, catalogue)
        for choice in _with_periods(programme, programme.forms, basis_in(work, programme.id), today)
    )


def _with_periods(programme: Programme, forms: Iterable[Form], basis: Basis, today: date) -> Iterator[ReportOnOffer]:
    for form in forms:
        is_span = form.period_kind is PeriodKind.SPAN
        periods = (Period(form.span),) if is_span else choices(programme, form.period_kind, today, basis)
        yield ReportOnOffer(programme, form, periods)


def current(programme: Programme, kind: PeriodKind, today: date, basis: Basis = Basis.CALENDAR) -> Period:
    """The period of this kind that holds today; before or after the programme's years, its nearest one."""
    first, last = date(programme.first_year, 1, 1), date(programme.last_year, 12, 31)
    found = containing(min(max(today, first), last), kind, basis)
    return found if found.year <= programme.last_year else found.previous()


def choices(programme: Programme, kind: PeriodKind, today: date, basis: Basis = Basis.CALENDAR) -> tuple[Period, ...]:
    """What a period picker offers, newest first: from the programme's first year to the current period."""
    found = [current(programme, kind, today, basis)]
    while (earlier := found[-1].previous()).year >= programme.first_year:
        found.append(earlier)
    return tuple(found)


def is_over(programme: Programme, today: date) -> bool:
    return today.year > programme.last_year


def holding(offered: Sequence[ReportOnOffer], place: Location) -> tuple[ReportOnOffer, ...]:
    """With the place's own period among those of the form that asks for it, where it is not offered by itself: one that
    has not begun, or of windows that the office has left."""
    if any(choice.holds(place) for choice in offered):
        return tuple(offered)

    def asks(choice: ReportOnOffer) -> bool:
        programme, period = choice.programme, place.period
        is_its_kind = choice.form.period_kind is period.kind and period.kind is not PeriodKind.SPAN
        is_inside = programme.first_year <= period.years[0] and period.year <= programme.last_year
        return programme.id == place.programme and is_its_kind and is_inside

    def widened(choice: ReportOnOffer) -> ReportOnOffer:
        return replace(choice, periods=tuple(sorted((*choice.periods, place.period), key=_last_day, reverse=True)))

    found = next(filter(asks, offered), None)
    return tuple(widened(choice) if choice is found else choice for choice in offered)


def where(offered: Sequence[ReportOnOffer], place: Location | None, today: date) -> Location | None:
    """The place that is asked for; None where it is not offered, because no other report may stand in its place. Where
    none is asked for, the report that is being made today: of a form its newest period that is over or about to be, of
    forms the one that is asked for most often, those that ended more than a year ago last."""
    if place is not None:
        return place if any(choice.holds(place) for choice in offered) else None

    def made_now(periods: Sequence[Period]) -> Period:
        return next((period for period in periods if period.last - _ABOUT_TO_END <= today), periods[0])

    found = [(made_now(choice.periods), choice) for choice in offered]
    if not found:
        return None
    period, choice = min(
        found, key=lambda pair: ((today - pair[0].last).days > _A_YEAR, _OFTEN_FIRST.index(pair[0].kind))
    )
    return Location(choice.programme.id, period)


def instead(offered: Sequence[ReportOnOffer], place: Location, today: date) -> Location | None:
    """What a page may offer that has nothing of the place: a report of the same programme before any other."""
    alike = [choice for choice in offered if choice.programme.id == place.programme]
    return where(alike or offered, None, today)


def of_place(offered: Sequence[ReportOnOffer], place: Location) -> ReportOnOffer:
    """The choice that a place found by `where` belongs to."""
    return next(choice for choice in offered if choice.holds(place))


def nothing_of(place: Location, what: str) -> str:
    """Why a page is empty: nothing of that sort is asked of this office in the report that is worked on."""
    return f"Báo cáo đang làm, {place.period.words}, không có {what}."


def capitalised(words: str) -> str:
    """A period's words at the head of a line: Quý IV năm 2025."""
    return words[:1].upper() + words[1:]


def read_day(text: str) -> date | None:
    """The day that was typed (05/10/2025, 5/10/25, 5-10-2025); None when empty. Raises InputRefused DATE_UNREADABLE."""
    plain = text.strip().replace("-", "/").replace(".", "/")
    if not plain:
        return None
    for pattern in ("%d/%m/%Y", "%d/%m/%y"):
        try:
            found = datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if plain.isascii():
            return found
    raise InputRefused(
        "DATE_UNREADABLE", f"“{text.strip()[:20]}” không phải là ngày. Gõ ngày/tháng/năm, ví dụ 05/10/2025.", "date"
    )


def _last_day(period: Period) -> date:
    return period.last
