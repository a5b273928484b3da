"""Which reports can be opened: forms of the followed programmes, their periods, the newest first.

Which reports a screen offers: those of the followed programmes, form by form, each with its periods, newest first.

Which periods a programme asks for, seen from today; days as people type and read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from forms.all_services import Services
from forms.errors import InputRefused
from forms.model.form import Form
from forms.model.period import Basis, Period, PeriodKind, containing
from forms.programmes.programme import Programme
from forms.programmes.programme_role import form_at, office_post
from ui.desktop.shell import Location

_ABOUT_TO_END = timedelta(days=20)  # reports are prepared before the last day


def current(programme: Programme, kind: PeriodKind, today: date, basis: Basis = Basis.CALENDAR) -> Period:
    """The period of this kind that holds today; before or after the programme's years, its nearest one."""
    first, last = date(programme.first_year, 1, 1), date(programme.last_year, 12, 31)
    found = containing(min(max(today, first), last), kind, basis)
    return found if found.year <= programme.last_year else found.previous()


def is_over(programme: Programme, today: date) -> bool:
    return today.year > programme.last_year


def choices(programme: Programme, kind: PeriodKind, today: date, basis: Basis = Basis.CALENDAR) -> tuple[Period, ...]:
    """What a period picker offers, newest first: from the programme's first year to the current period."""
    found = [current(programme, kind, today, basis)]
    while (earlier := found[-1].previous()).year >= programme.first_year:
        found.append(earlier)
    return tuple(found)


def kinds(programme: Programme) -> tuple[PeriodKind, ...]:
    """The kinds of period that come again and again and that the programme has forms for, shorter first. A span of years
    is one period; `own` and `every` offer it."""
    order = list(PeriodKind)
    return tuple(sorted({form.period_kind for form in programme.forms} - {PeriodKind.SPAN}, key=order.index))


def every_choice(programme: Programme, today: date) -> tuple[Period, ...]:
    """The choices of every kind that the programme has forms for: quarters before years."""
    return tuple(period for kind in kinds(programme) for period in choices(programme, kind, today))


def reported_now(periods: Sequence[Period], today: date) -> Period:
    """Of periods, newest first, the one that is being reported today: the newest that is over or about to be."""
    return next((period for period in periods if period.last - _ABOUT_TO_END <= today), periods[0])


def capitalised(words: str) -> str:
    """A period's words at the head of a line: Quý IV năm 2025."""
    return words[:1].upper() + words[1:]


def offered(periods: Sequence[Period]) -> list[tuple[str, str]]:
    """(words, label) of each, for a picker."""
    return [(capitalised(period.words), period.label) for period in periods]


def labelled(periods: Sequence[Period], label: str, otherwise: Period) -> Period:
    """The period with that label; another one where the programme does not know it."""
    return next((period for period in periods if period.label == label), otherwise)


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


_KINDS = (
    PeriodKind.MONTH,
    PeriodKind.QUARTER,
    PeriodKind.HALF,
    PeriodKind.YEAR,
    PeriodKind.SPAN,
)  # what comes often is opened first
_A_YEAR = 366  # days


@dataclass(frozen=True)
class ReportOnOffer:
    """One form of a followed programme. `periods`: the newest first."""

    programme: Programme
    form: Form
    periods: tuple[Period, ...]

    def holds(self, place: Location) -> bool:
        return self.programme.id == place.programme and place.period in self.periods


def own(desk: Services, today: date, wanted: Callable[[Form], bool] = bool) -> tuple[ReportOnOffer, ...]:
    """The forms of which something is asked of this office itself, as it sees them, where `wanted` likes them."""
    found = []
    for programme in desk.programmes.followed():
        post = office_post(programme, desk.office)
        seen = [form_at(form, post) for form in programme.forms]
        mine = [form for form in seen if form.cells_for(post.role) or form.tasks]
        found += list(_choices(programme, filter(wanted, mine), desk.programmes.basis(programme.id), today))
    return tuple(found)


def every(desk: Services, today: date) -> tuple[ReportOnOffer, ...]:
    """Every form: what a summing office receives and prints."""
    found = []
    for programme in desk.programmes.followed():
        found += list(_choices(programme, programme.forms, desk.programmes.basis(programme.id), today))
    return tuple(found)


def holding(choices: Sequence[ReportOnOffer], place: Location) -> tuple[ReportOnOffer, ...]:
    """With the place's own period among those of the form that asks for it, where it is not offered by itself: one that
    has not begun, or of windows that the office has left."""
    if any(choice.holds(place) for choice in choices):
        return tuple(choices)
    found = next((choice for choice in choices if _asks_for(choice, place)), None)
    return tuple(_with(choice, place.period) if choice is found else choice for choice in choices)


def where(choices: Sequence[ReportOnOffer], place: Location | None, today: date) -> Location | None:
    """The place that is asked for; None where it is not offered, because no other report may stand in its place. Where
    none is asked for, the report that is being made today."""
    if place is not None:
        return place if any(choice.holds(place) for choice in choices) else None
    offered = [(reported_now(choice.periods, today), choice) for choice in choices]
    if not offered:
        return None
    period, choice = min(offered, key=lambda pair: (_is_long_past(pair[0], today), _KINDS.index(pair[0].kind)))
    return Location(choice.programme.id, period)


def instead(choices: Sequence[ReportOnOffer], place: Location, today: date) -> Location | None:
    """What a page may offer that has nothing of the place: a report of the same programme before any other."""
    alike = [choice for choice in choices if choice.programme.id == place.programme]
    return where(alike or choices, None, today)


def nothing_of(place: Location, what: str) -> str:
    """Why a page is empty: nothing of that sort is asked of this office in the report that is worked on."""
    return f"Báo cáo đang làm, {place.period.words}, không có {what}."


def _asks_for(choice: ReportOnOffer, place: Location) -> bool:
    programme, period = choice.programme, place.period
    is_inside = programme.first_year <= period.years[0] and period.year <= programme.last_year
    is_its_kind = choice.form.period_kind is period.kind and period.kind is not PeriodKind.SPAN
    return programme.id == place.programme and is_its_kind and is_inside


def _with(choice: ReportOnOffer, period: Period) -> ReportOnOffer:
    return replace(choice, periods=tuple(sorted((*choice.periods, period), key=lambda one: one.last, reverse=True)))


def _is_long_past(period: Period, today: date) -> bool:
    return (today - period.last).days > _A_YEAR


def of_place(choices: Sequence[ReportOnOffer], place: Location) -> ReportOnOffer:
    """The choice that a place found by `where` belongs to."""
    return next(choice for choice in choices if choice.holds(place))


def _choices(
    programme: Programme, forms: Iterator[Form] | Sequence[Form], basis: Basis, today: date
) -> Iterator[ReportOnOffer]:
    for form in forms:
        if form.period_kind is PeriodKind.SPAN:
            yield ReportOnOffer(programme, form, (Period(form.span),))
        else:
            yield ReportOnOffer(programme, form, choices(programme, form.period_kind, today, basis))
