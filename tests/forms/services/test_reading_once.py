"""What an office with many units does once and not for each of them, nor again for each table: counted, not timed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pytest

from exports.reports import ReportTexts, build
from forms.exchange.statements import Head
from forms.model.cell import given
from forms.model.count import Role
from forms.model.office import Office
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Task
from forms.services.summary import Status, Summary, contributions
from tests.span_form import SPAN

from .test_agencies import NAMES, SPAN_PERIOD, OrgUnit, versions

Q4 = Period("2025-Q4")


class Asked(Mapping):
    """Heads that count how often a unit is looked up."""

    def __init__(self, heads: Mapping[UnitKey, Head]) -> None:
        self.heads, self.times = heads, 0

    def __getitem__(self, unit: UnitKey) -> Head:
        self.times += 1
        return self.heads[unit]

    def __iter__(self) -> Iterator[UnitKey]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)


def quarter(catalogue, units, many: int) -> tuple[Summary, Asked]:
    """An office with so many communes that have all sent, half of them late."""
    form = catalogue.form_for("nq28_hue", Q4)
    communes = units.below("46", Q4.last, leaves_only=True)[:many]
    moments = (datetime(2026, 1, day, tzinfo=UTC) for day in (5, 25) * many)
    cells = {name: given(4) for name in ("news_counted", "news_brief", "news_own", "news_airings")}
    sent = {
        unit.key: Head(unit.key, "0" * 64, 1, at, at, cells, True) for unit, at in zip(communes, moments, strict=False)
    }
    office = Office(units.get("46", Q4.last).key, "Thành phố Huế", collates=True)
    asked = Asked(sent)
    status = Status(office, form, Q4, communes, asked, date(2026, 1, 15))
    own = Report(form, office.unit, Role.SUMMING, Q4)
    assert len(contributions(status, own).below) == many
    return Summary(catalogue.programme("nq28_hue"), status, own, *_added(status, own)), asked


def _added(status: Status, own: Report):
    from forms.summary.totals import results, sums

    added = contributions(status, own)
    return sums(added), results(added, 2025)


def test_a_quarter_of_twice_as_many_units_looks_up_twice_as_much(catalogue, units):
    """Who is late was found out anew for every row of the table of units: 3 321 units took 10 seconds."""
    times = []
    for many in (10, 20, 40):
        summary, asked = quarter(catalogue, units, many)
        asked.times = 0
        build(summary, ReportTexts(year=2026))
        times.append(asked.times)
    assert times[2] - times[1] == 2 * (times[1] - times[0])


@pytest.fixture
def tasked(make):
    """A sở that has sent its tasks, and the office above, whose codec counts from then on."""
    packs = versions(span=SPAN)
    health = make("SYT", NAMES["SYT"], kind="agency", packs=packs, since=date(2011, 1, 1))
    above = make("46", "Thành phố Huế", collates=True, kind="city", packs=packs)
    with above.ledger.begin() as work:
        work.units.put(OrgUnit("SYT", NAMES["SYT"], NAMES["SYT"], "agency", "46", date(2011, 1, 1)))
    above.trust(health)
    report = health.entry.open("small", SPAN_PERIOD)
    report = health.entry.put_cells(report, [(name, given(0)) for name in report.required_cells])
    health.entry.put_task(report, Task("t-1", result="Đã mở 2 lớp"))
    above.receive(health.sealing.seal("small", SPAN_PERIOD, health.ledger.signers())[1].raw)
    above.codec.opened = 0
    return above, above.codec


def test_a_package_is_opened_for_its_tasks_once_and_for_figures_and_texts_not_at_all(tasked):
    """Each year table, report and visit of the texts opened all packages anew: 3.3 seconds of 3 321 units."""
    above, codec = tasked
    above.summaries.figures(above.entry.open("small", SPAN_PERIOD))
    table = above.summaries.sum_up("small", SPAN_PERIOD, tasks=False)
    assert codec.opened == 0
    for _ in range(3):
        summary = above.summaries.sum_up("small", SPAN_PERIOD)
        assert [task.result for told in summary.tasks.values() for task in told] == ["Đã mở 2 lớp"]
    assert codec.opened == 1
    assert table.sums == summary.sums


def test_tasks_that_were_not_read_are_missed_and_not_left_out(tasked):
    above, _ = tasked
    with pytest.raises(LookupError):
        build(above.summaries.sum_up("small", SPAN_PERIOD, tasks=False), ReportTexts(year=2026))


def test_a_stick_that_was_received_before_is_known_by_its_bytes(commune, office):
    """The same package again: one look into the ledger, no seal verified anew; another byte, and it is read as a new file."""
    for day in (3, 10, 15, 22):
        commune.news_item(day)
    package = commune.seal()
    codec = office.codec
    codec.opened = 0
    assert [line.arrival.value for line in office.receive(package).lines] == ["new"]
    assert codec.opened == 1
    again = office.receive(package, package)
    assert [(line.arrival.value, line.unit, line.period, line.revision) for line in again.lines] == [
        ("same", commune.ledger.state.office.unit.code, "2025-Q4", 1)
    ] * 2
    assert (again.id, codec.opened) == (None, 1)
    assert [line.arrival.value for line in office.receive(package + b" ").lines] == ["refused"]
    assert codec.opened == 2


def test_what_was_taken_back_or_only_kept_aside_is_read_again(commune, office):
    for day in (3, 10, 15, 22):
        commune.news_item(day)
    package = commune.seal()
    codec = office.codec
    codec.opened = 0
    batch = office.receive(package).id
    assert office.receiving.undo(batch) == 1
    assert [line.arrival.value for line in office.receive(package).lines] == ["new"]
    assert codec.opened == 2
