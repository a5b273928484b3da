"""Periods that this unit cannot report on. P1 a unit that is no more · P2 a year that is not the plan's · P3 a period that
has not begun, by the machine's day, which may be wrong: a question, never a locked door."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forms.checks import all_checks
from forms.errors import InputRefused, ReportStateError
from forms.exchange.statements import Arrival
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import Office
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import ImportedReport
from forms.programmes.catalogue import load_all
from forms.services.entry import Entry
from tests.fakes import FakeLedger, clock

from .conftest import Q4

THREE_TIERS = date(2025, 1, 1)


def found(desk, programme: str, label: str) -> dict[str, tuple[str, str]]:
    report = desk.entry.open(programme, Period(label))
    return {one.check: (one.level, one.message) for one in all_checks.find(report, desk.entry.context(report))}


@pytest.fixture
def old(make, units):
    """A commune of the three tiers, which ended on 30 June 2025."""
    unit = units.get("19960", THREE_TIERS)
    assert unit.valid_to == date(2025, 6, 30)
    return make(unit.code, unit.full_name, since=unit.valid_from)


@pytest.mark.parametrize("label", ["2025-Q3", "2025-Q4", "2025"])
def test_p1_a_unit_that_ended_before_the_period_did_cannot_report_on_it(old, label):
    level, message = found(old, "nq28_hue", label)["unit_ended"]
    assert level == "error"
    assert "30/06/2025" in message


def test_p1_those_that_follow_are_named(old, units):
    heirs = [units.by_key(link.new_key).full_name for link in units.successors(UnitKey("19960", THREE_TIERS))]
    assert heirs
    assert all(name in found(old, "nq28_hue", "2025-Q3")["unit_ended"][1] for name in heirs)


def test_p1_such_a_report_is_not_sealed(old):
    for day in (1, 8, 15, 22):
        old.news_item(day)
    with pytest.raises(ReportStateError, match="30/06/2025"):
        old.seal()


@pytest.mark.parametrize("label", ["2025-Q2", "2024", "2021-Q1"])
def test_p1_until_its_last_day_it_reports(old, label):
    assert "unit_ended" not in found(old, "nq28_hue", label)


def test_p1_a_unit_of_today_has_no_end(commune):
    assert "unit_ended" not in found(commune, "nq28_hue", "2025-Q4")


@pytest.mark.parametrize("label", ["2019", "2020-Q4", "2027", "2027-Q1", "2035"])
def test_p2_a_year_outside_the_plan_is_refused_at_entry(commune, label):
    """Huế's plan is one of 2021 to 2025."""
    with pytest.raises(InputRefused) as refused:
        commune.entry.open("nq28_hue", Period(label))
    assert refused.value.code == "PERIOD_OUTSIDE"
    assert "2021–2025" in refused.value.message
    with pytest.raises(InputRefused):
        commune.entry.take(ImportedReport("nq28_hue", Period(label)))


def test_p2_a_draft_for_the_year_after_waits_for_a_new_version_and_is_not_sealed(commune):
    period = Period("2026-Q1")
    assert found(commune, "nq28_hue", "2026-Q1")["period_outside"][0] == "error"
    amounts = dict(news_counted=6, news_brief=6, news_feature=0, news_own=6, news_relayed=0, news_airings=9)
    report = commune.entry.take(
        ImportedReport("nq28_hue", period, cells={name: given(n) for name, n in amounts.items()})
    )
    commune.entry.explain(report, "not_begun", "đồng hồ sai")
    with pytest.raises(ReportStateError, match="2021–2025"):
        commune.sealing.seal("nq28_hue", period, commune.ledger.signers())


@pytest.mark.parametrize("label", ["2021-Q1", "2025-Q4", "2025", "2021..2025"])
def test_p2_inside_the_plan_nothing_is_said(commune, label):
    assert "period_outside" not in found(commune, "nq28_hue", label)


def test_p3_a_period_that_has_not_begun_is_asked_about_with_the_machines_day():
    """The clock of this PC stands in August: of quarter IV nothing can be known."""
    office = Office(UnitKey("19804", date(2025, 7, 1)), "Phường Hương An", parent="46")
    entry = Entry(FakeLedger(office).begin, load_all(), lambda: datetime(2025, 8, 20, tzinfo=UTC))
    report = entry.open("nq28_hue", Q4)
    (asked,) = [one for one in all_checks.find(report, entry.context(report)) if one.check == "not_begun"]
    assert (asked.level, asked.blocks) == ("warning", True)
    assert "01/10/2025" in asked.message
    assert "20/08/2025" in asked.message
    assert not any(
        one.check == "not_begun"
        for one in all_checks.find(entry.open("nq28_hue", Period("2025-Q3")), entry.context(report))
    )


def test_p3_where_reporting_is_practised_it_is_taken_and_told(make, units, monkeypatch):
    """Practice goes ahead of the calendar: what is learnt in December is next year's report."""
    places = {code: units.get(code, date(2025, 12, 31)) for code in ("46", "19804")}
    above, below = (
        make(code, one.full_name, collates=code == "46", since=one.valid_from, practice=True)
        for code, one in places.items()
    )
    above.trust(below)
    for day in (1, 8, 15, 22):
        below.news_item(day)
    monkeypatch.setattr(above.receiving, "_clock", lambda: datetime(2025, 9, 30, tzinfo=UTC))
    (line,) = above.receive(below.seal()).lines
    assert (line.arrival, [warned.code for warned in line.warnings]) == (Arrival.NEW, ["PERIOD_NOT_BEGUN"])


def test_p3_a_package_of_such_a_period_is_kept_until_the_office_says_otherwise(commune, office, monkeypatch):
    for day in (1, 8, 15, 22):
        commune.news_item(day)
    package = commune.seal()
    monkeypatch.setattr(office.receiving, "_clock", lambda: datetime(2025, 9, 30, tzinfo=UTC))
    (line,) = office.receive(package).lines
    assert (line.arrival, line.code) == (Arrival.QUARANTINED, "PERIOD_NOT_BEGUN")
    assert "30/09/2025" in line.message
    monkeypatch.setattr(office.receiving, "_clock", clock)
    assert [one.arrival for one in office.receive(package).lines] == [Arrival.NEW], "the clock was put right"


def test_p3_a_future_quarter_of_a_plan_that_still_runs_is_asked_about(commune):
    commune.news.save(NewsItem("", date(2027, 1, 4), "Tin", NewsKind.BRIEF, ("website",)))
    assert found(commune, "nq28", "2027-Q1")["not_begun"][0] == "warning"
    assert "not_begun" not in found(commune, "nq28", "2025-Q4")
