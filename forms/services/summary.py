"""What an office above knows about a period: who is expected, who has sent, who is missing; and the sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from forms.aggregate import Contributions, Result, Sum, results, single, sums
from forms.catalogue import Catalogue
from forms.exchange import Arrival, Head
from forms.office import Office
from forms.org_unit import COMMUNE_KINDS, OrgUnit, UnitKey
from forms.org_units import OrgUnits
from forms.periods import Period, PeriodKind
from forms.ports import BeginWork, Work
from forms.report import Report
from forms.services.entry import current, key_of
from forms.spec import Form, Programme, Role

_DUE = "quarter_due_days"  # days after the quarter's last day; the plan sets none, so the receiving office does


@dataclass(frozen=True)
class Status:
    """The roll call of one period. `late` sent after `due`; `due` is None while nobody has set one. `held` names the
    units of which a package is kept aside for a question; such a unit may have sent a sound one before."""

    office: Office
    form: Form
    period: Period
    expected: tuple[OrgUnit, ...]
    heads: Mapping[UnitKey, Head]
    due: date | None
    held: Mapping[UnitKey, Arrival] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[OrgUnit, ...]:
        return tuple(unit for unit in self.expected if unit.key not in self.heads)

    @property
    def received(self) -> tuple[OrgUnit, ...]:
        return tuple(unit for unit in self.expected if unit.key in self.heads)

    @property
    def late(self) -> tuple[OrgUnit, ...]:
        return tuple(
            unit for unit in self.received if self.due and self.heads[unit.key].first_received_at.date() > self.due
        )


@dataclass(frozen=True)
class Summary:
    """Everything a table or a printed report needs of one period: the roll call, the sums, the indicators judged.
    `own` is this office's own report; for a reporting unit it is all there is."""

    programme: Programme
    status: Status
    own: Report
    sums: Mapping[str, Sum]
    results: tuple[Result, ...]


class Summaries:
    """Reads; changes nothing but the due date."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, units: OrgUnits) -> None:
        self._begin, self._catalogue, self._units = begin, catalogue, units

    def status(self, programme: str, period: Period) -> Status:
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            return self._status(work, form, period)

    def sum_up(self, programme: str, period: Period) -> Summary:
        """The roll-up of a summing office, or a reporting unit's own table, by the same rules."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            status, own = self._status(work, form, period), current(work, form, period)
        contributions = _contributions(status, own)
        return Summary(
            self._catalogue.programme(programme), status, own, sums(contributions), results(contributions, period.year)
        )

    def quarter_due(self) -> int | None:
        """Days after the quarter's last day; None while nobody has set any."""
        with self._begin() as work:
            return _days(work)

    def set_quarter_due(self, days: int | None) -> None:
        with self._begin() as work:
            work.office.set(_DUE, None if days is None else str(days))
            work.journal.append("setting", {"name": _DUE, "value": days})

    def due(self, programme: str, period: Period) -> date | None:
        with self._begin() as work:
            return self._due(work, self._catalogue.programme(programme), period, work.office.get().role)

    def _status(self, work: Work, form: Form, period: Period) -> Status:
        office = work.office.get()
        key = key_of(form, period)
        heads = {head.unit: head for head in work.received.heads(key)} if office.collates else {}
        programme = self._catalogue.programme(form.programme)
        held = work.received.held(key) if office.collates else {}
        due = self._due(work, programme, period, Role.REPORTING)
        return Status(office, form, period, self._expected(work, office, period), heads, due, held)

    def _expected(self, work: Work, office: Office, period: Period) -> tuple[OrgUnit, ...]:
        """Every commune below that is valid on the period's last day."""
        if not office.collates:
            return ()
        units = self._units.with_units(work.units.all())
        leaves = units.below(office.unit.code, period.last, leaves_only=True)
        return tuple(unit for unit in leaves if unit.kind in COMMUNE_KINDS)

    def _due(self, work: Work, programme: Programme, period: Period, role: Role) -> date | None:
        if period.kind is PeriodKind.YEAR:
            deadline = programme.deadline(role)
            return deadline.due(period) if deadline else None
        days = _days(work)
        return None if days is None else period.last + timedelta(days=days)


def _days(work: Work) -> int | None:
    text = work.office.setting(_DUE)
    return int(text) if text else None


def _contributions(status: Status, own: Report) -> Contributions:
    if not status.office.collates:
        return single(status.form, own.unit, own.role, own.cells)
    expected = tuple(unit.key for unit in status.expected)
    below = {unit: head.cells for unit, head in status.heads.items()}
    return Contributions(status.form, expected, below, own.cells or None)
