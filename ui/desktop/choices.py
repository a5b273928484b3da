"""Which reports a screen offers: those of the followed programmes, form by form, each with its periods, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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


def where(choices: Sequence[Choice], place: Place | None, today: date) -> Place | None:
    """The place where it is offered, else the report that is being made today; None where nothing is offered."""
    if place is not None and any(choice.holds(place) for choice in choices):
        return place
    offered = [(calendar.reported_now(choice.periods, today), choice) for choice in choices]
    if place is not None:
        offered = [pair for pair in offered if pair[1].programme.id == place.programme] or offered
    if not offered:
        return None
    period, choice = min(offered, key=lambda pair: (_is_long_past(pair[0], today), _KINDS.index(pair[0].kind)))
    return Place(choice.programme.id, period)


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
