"""Which reports a screen offers: those of the followed programmes, form by form, each with its periods, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forms.periods import Basis, Period, PeriodKind
from forms.post import form_at, office_post
from forms.programme import Programme
from forms.services.desk import Desk
from forms.spec import Form
from ui.desktop import calendar
from ui.desktop.place import Place

_KINDS = (
    PeriodKind.MONTH,
    PeriodKind.QUARTER,
    PeriodKind.HALF,
    PeriodKind.YEAR,
    PeriodKind.SPAN,
)  # what comes often is opened first
_A_YEAR = 366  # days


@dataclass(frozen=True)
class Choice:
    """One form of a followed programme. `periods`: the newest first."""

    programme: Programme
    form: Form
    periods: tuple[Period, ...]

    def holds(self, place: Place) -> bool:
        return self.programme.id == place.programme and place.period in self.periods


def own(desk: Desk, today: date, wanted: Callable[[Form], bool] = bool) -> tuple[Choice, ...]:
    """The forms of which something is asked of this office itself, as it sees them, where `wanted` likes them."""
    found = []
    for programme in desk.programmes.followed():
        post = office_post(programme, desk.office)
        seen = [form_at(form, post) for form in programme.forms]
        mine = [form for form in seen if form.cells_for(post.role) or form.tasks]
        found += list(_choices(programme, filter(wanted, mine), desk.programmes.basis(programme.id), today))
    return tuple(found)


def every(desk: Desk, today: date) -> tuple[Choice, ...]:
    """Every form: what a summing office receives and prints."""
    found = []
    for programme in desk.programmes.followed():
        found += list(_choices(programme, programme.forms, desk.programmes.basis(programme.id), today))
    return tuple(found)


def holding(choices: Sequence[Choice], place: Place) -> tuple[Choice, ...]:
    """With the place's own period among those of the form that asks for it, where it is not offered by itself: one that
    has not begun, or of windows that the office has left."""
    if any(choice.holds(place) for choice in choices):
        return tuple(choices)
    found = next((choice for choice in choices if _asks_for(choice, place)), None)
    return tuple(_with(choice, place.period) if choice is found else choice for choice in choices)


def where(choices: Sequence[Choice], place: Place | None, today: date) -> Place | None:
    """The place that is asked for; None where it is not offered, because no other report may stand in its place. Where
    none is asked for, the report that is being made today."""
    if place is not None:
        return place if any(choice.holds(place) for choice in choices) else None
    offered = [(calendar.reported_now(choice.periods, today), choice) for choice in choices]
    if not offered:
        return None
    period, choice = min(offered, key=lambda pair: (_is_long_past(pair[0], today), _KINDS.index(pair[0].kind)))
    return Place(choice.programme.id, period)


def instead(choices: Sequence[Choice], place: Place, today: date) -> Place | None:
    """What a page may offer that has nothing of the place: a report of the same programme before any other."""
    alike = [choice for choice in choices if choice.programme.id == place.programme]
    return where(alike or choices, None, today)


def nothing_of(place: Place, what: str) -> str:
    """Why a page is empty: nothing of that sort is asked of this office in the report that is worked on."""
    return f"Báo cáo đang làm, {place.period.words}, không có {what}."


def _asks_for(choice: Choice, place: Place) -> bool:
    programme, period = choice.programme, place.period
    is_inside = programme.first_year <= period.years[0] and period.year <= programme.last_year
    is_its_kind = choice.form.period_kind is period.kind and period.kind is not PeriodKind.SPAN
    return programme.id == place.programme and is_its_kind and is_inside


def _with(choice: Choice, period: Period) -> Choice:
    return replace(choice, periods=tuple(sorted((*choice.periods, period), key=lambda one: one.last, reverse=True)))


def _is_long_past(period: Period, today: date) -> bool:
    return (today - period.last).days > _A_YEAR


def of_place(choices: Sequence[Choice], place: Place) -> Choice:
    """The choice that a place found by `where` belongs to."""
    return next(choice for choice in choices if choice.holds(place))


def _choices(
    programme: Programme, forms: Iterator[Form] | Sequence[Form], basis: Basis, today: date
) -> Iterator[Choice]:
    for form in forms:
        if form.period_kind is PeriodKind.SPAN:
            yield Choice(programme, form, (Period(form.span),))
        else:
            yield Choice(programme, form, calendar.choices(programme, form.period_kind, today, basis))
