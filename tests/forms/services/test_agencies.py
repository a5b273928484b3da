"""Agencies under one roof with communes. M1 each sees and sends its own rows · M2 a role that a unit has not is refused,
a form that it is not asked for kept aside · M3 the roll call expects who is asked, each by its own day · M4 the sum has
the agency's figure once, whatever came first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from forms.exchange.statements import Arrival, Head
from forms.model.cell import given
from forms.model.count import Role
from forms.model.expression import Lack
from forms.model.org_unit import OrgUnit
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Task
from forms.programmes.catalogue import Catalogue, parse_pack
from forms.services.summary import contributions
from forms.summary.source_choice import SourceChoice, choice_setting
from tests.agency_form import YEAR
from tests.span_form import AGENCIES, SPAN

from .conftest import SINCE, Desk
from .test_drafts import versions

Y2025, SPAN_PERIOD = Period("2025"), Period("2011..2020")
PACKS = versions(year=YEAR)
NAMES = {"SNV": "Sở Nội vụ thành phố Huế", "SYT": "Sở Y tế thành phố Huế", "STP": "Sở Tư pháp thành phố Huế"}


@dataclass
class Province:
    """The office above with two communes and three sở made by hand; every key is known."""

    above: Desk
    desks: dict[str, Desk]

    def __getitem__(self, code: str) -> Desk:
        return self.desks[code]

    def send(self, code: str, **typed: int) -> bytes:
        """A report of 2025 with these figures and nought in every other cell: jobs_female=3."""
        desk = self.desks[code]
        report = desk.entry.open("small", Y2025)
        amounts = dict.fromkeys(report.expected_cells, 0) | {n.replace("_", ".", 1): v for n, v in typed.items()}
        desk.entry.put_cells(report, [(name, given(value)) for name, value in amounts.items()])
        return desk.sealing.seal("small", Y2025, desk.ledger.signers())[1].raw

    def choose(self, source: str) -> None:
        """Of every count that two answer."""
        with self.above.ledger.begin() as work:
            for count in ("jobs", "workers"):
                choice = SourceChoice(count, source, "kỳ thử", "Người thử", "2025-12-31")
                work.office.set(choice_setting("small", Y2025, count), choice.value)

    def sums(self):
        return self.above.summaries.sum_up("small", Y2025).sums


@pytest.fixture
def province(make, units) -> Province:
    above = make(
        "46",
        "Thành phố Huế",
        collates=True,
        since=units.get("46", date(2025, 12, 31)).valid_from,
        kind="city",
        packs=PACKS,
    )
    made = [OrgUnit(code, name, name, "agency", "46", SINCE) for code, name in NAMES.items()]
    with above.ledger.begin() as work:
        for unit in made:
            work.units.put(unit)
    communes = units.children("46", date(2025, 12, 31))[:2]
    desks = {
        unit.code: make(unit.code, unit.full_name, since=unit.valid_from, kind=unit.kind, packs=PACKS)
        for unit in (*communes, *made)
    }
    for desk in desks.values():
        above.trust(desk)
    desks |= {"A": desks[communes[0].code], "B": desks[communes[1].code]}
    return Province(above, desks)


def arrivals(batch) -> list[tuple[str, str]]:
    return [(line.arrival.value, line.code) for line in batch.lines]


def test_m1_each_office_opens_its_own_rows(province):
    """
    xã: jobs, workers, offices · Sở Nội vụ: jobs, workers, births, doctors · Sở Y tế: births · Sở Tư pháp: nothing
    """
    opened = {code: province[code].entry.open("small", Y2025) for code in ("A", "SNV", "SYT", "STP")}
    assert {code: {name.partition(".")[0] for name in report.expected_cells} for code, report in opened.items()} == {
        "A": {"jobs", "workers", "offices"},
        "SNV": {"jobs", "workers", "births", "doctors"},
        "SYT": {"births"},
        "STP": set(),
    }
    assert {code: report.role for code, report in opened.items()} == {"A": Role.REPORTING} | dict.fromkeys(
        NAMES, Role.AGENCY
    )


def test_m3_the_roll_call_expects_communes_and_those_agencies_that_are_asked(province):
    status = province.above.summaries.status("small", Y2025)
    assert len(status.expected) == 42
    assert {unit.code for unit, _ in status.agencies.items()} == {"SNV", "SYT"}
    assert {unit.code: ids for unit, ids in status.agencies.items()}["SNV"] == frozenset({"labour"})


@pytest.mark.parametrize("order", [*permutations(("A", "B", "SNV"))])
def test_m4_the_agencys_figure_stands_once_whatever_came_first(province, order):
    """xã 3 and 4, the agency 20 for the whole area; 2 cơ quan of each xã; no cơ quan of the agency."""
    typed = {"A": dict(jobs_female=3, offices=2), "B": dict(jobs_female=4, offices=2), "SNV": dict(jobs_female=20)}
    for code in order:
        assert arrivals(province.above.receive(province.send(code, workers=30, **typed[code]))) == [("new", "NEW")]
    open_one = province.sums()["jobs.female"]
    assert (open_one.quantity, open_one.beside, open_one.others) == (Lack.TWO_SOURCES, 7, (("labour", 20),))
    province.choose("labour")
    added = province.sums()
    assert (added["jobs.female"].quantity, added["jobs.female"].beside) == (20, 7)
    assert added["jobs.female"].agency == "labour"
    assert (added["offices"].quantity, added["offices"].reported, added["offices"].expected) == (4, 2, 41)
    results = {one.indicator.id: one for one in province.above.summaries.sum_up("small", Y2025).results}
    assert results["job_share"].operands == {"jobs": 20, "workers": 30}
    assert results["units_with_jobs"].operands == {"units_meeting": 2, "units_expected": 40}


def test_m4_what_two_units_of_one_agency_answer_is_all_heard(make, province):
    """The sở of before still has a ledger: it answers the births, the new one the rest."""
    name = "Sở Lao động - Thương binh và Xã hội"
    old = make("SLD", name, kind="agency", packs=PACKS)
    with province.above.ledger.begin() as work:
        work.units.put(OrgUnit("SLD", name, name, "agency", "46", SINCE))
    province.above.trust(old)
    province.desks["SLD"] = old
    status = province.above.summaries.status("small", Y2025)
    assert {unit.code for unit, ids in status.agencies.items() if ids == {"labour"}} == {"SLD", "SNV"}
    said = {"SLD": {"births.female": given(5), "births.male": given(6)}, "SNV": {"doctors": given(4)}}
    heads = {unit: _head(unit, said.get(unit.code, {})) for unit in status.agencies}
    own = Report(status.form, status.office.unit, Role.SUMMING, Y2025)
    added = contributions(replace(status, heads=heads), own)
    assert {name: cell.amount for name, cell in added.agencies["labour"].items()} == {
        "births.female": 5,
        "births.male": 6,
        "doctors": 4,
    }


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the other way round"])
def test_m4_where_two_units_of_one_agency_answer_otherwise_neither_is_taken_and_it_is_asked(make, province, turned):
    """5 of SLD and 9 of SNV are neither 14 nor 5 because SLD stands first: who answers as the labour agency is a question."""
    name = "Sở Lao động - Thương binh và Xã hội"
    with province.above.ledger.begin() as work:
        work.units.put(OrgUnit("SLD", name, name, "agency", "46", SINCE))
    status = province.above.summaries.status("small", Y2025)
    assert [(one.agency.id, [unit.code for unit in one.units]) for one in status.questions] == [
        ("labour", ["SLD", "SNV"])
    ]
    said = {
        "SLD": {"doctors": given(5), "births.female": given(2)},
        "SNV": {"doctors": given(9), "births.female": given(2)},
    }
    agencies = dict(sorted(status.agencies.items(), reverse=turned))
    heads = {unit: _head(unit, said.get(unit.code, {})) for unit in agencies}
    own = Report(status.form, status.office.unit, Role.SUMMING, Y2025)
    added = contributions(replace(status, heads=heads, agencies=agencies), own)
    assert added.agencies["labour"] == {"births.female": given(2)}


def _head(unit, cells, at=datetime(2025, 11, 30, tzinfo=UTC)):
    return Head(unit, "0" * 64, 1, at, at, cells, news_listed=False)


def test_m2_an_agency_cannot_speak_for_another(province):
    """Sở Y tế seals the rows of Sở Nội vụ: its form does not have them."""
    office = province["SYT"].ledger.state.office
    province["SYT"].ledger.state.office = replace(office, name="Sở Nội vụ")
    package = province.send("SYT", jobs_female=999, workers=999)
    assert arrivals(province.above.receive(package)) == [("refused", "JSON_VALUE")]
    assert province.sums()["jobs"].reported == 0


@pytest.mark.parametrize(
    ("code", "kind"), [("SNV", "commune"), ("A", "agency")], ids=["a sở as a commune", "a commune as a sở"]
)
def test_m2_a_role_that_the_unit_has_not_is_refused(province, code, kind):
    """A sở whose ledger says commune would be added to the communes; a commune called like a sở would stand for all."""
    desk = province[code]
    name = "Sở Nội vụ" if kind == "agency" else desk.ledger.state.office.name
    desk.ledger.state.office = replace(desk.ledger.state.office, kind=kind, name=name)
    (found,) = arrivals(province.above.receive(province.send(code, jobs_female=999, workers=1)))
    assert found[0] == "refused"
    assert found[1] in ("ROLE_OTHER", "JSON_VALUE")


@pytest.mark.parametrize("code", ["SNV", "A"])
def test_m2_nobody_below_sums_up_for_the_office(province, code):
    """Its ledger collates: the package says “summing unit” and holds the office's own rows."""
    desk = province[code]
    desk.ledger.state.office = replace(desk.ledger.state.office, collates=True)
    assert arrivals(province.above.receive(province.send(code, offices=999)))[0][0] == "refused"
    assert province.sums()["offices"].reported == 0


def test_m2_who_is_not_asked_is_kept_aside_with_a_question(province):
    """A sở that owns nothing of the form."""
    assert arrivals(province.above.receive(province.send("STP"))) == [("quarantined", "UNIT_NOT_ASKED")]
    assert province.above.summaries.status("small", Y2025).received == ()


def test_m2_an_agency_under_a_plan_that_asks_only_communes_is_not_added_to_them(make, units, commune, office):
    """nq28_hue.v1: a package of a sở, sealed as it should be, would else count as one more commune."""
    unit = OrgUnit("SYT", "Sở Y tế", "Sở Y tế", "agency", "46", SINCE)
    health = make("SYT", "Sở Y tế", kind="agency")
    with office.ledger.begin() as work:
        work.units.put(unit)
    office.trust(health)
    for day in (3, 10, 15, 22):
        health.news_item(day)
    assert arrivals(office.receive(health.seal())) == [("quarantined", "UNIT_NOT_ASKED")]
    assert office.summaries.sum_up("nq28_hue", Period("2025-Q4")).sums["news_counted"].reported == 0


def test_m3_an_agency_is_late_by_its_own_day(province):
    """
    xã by 29/11, sở by 14/11; all received 20/11
    """
    status = province.above.summaries.status("small", Y2025)
    heads = {unit.key: _head(unit.key, {}, datetime(2025, 11, 20, tzinfo=UTC)) for unit in status.expected}
    told = replace(status, heads=heads, due=date(2025, 11, 29), agency_due=date(2025, 11, 14))
    assert {unit.code for unit in told.late} == {"SNV", "SYT"}
    assert replace(told, agency_due=None).late == ()


def test_m3_reporters_and_deadlines_are_the_programmes(make, units):
    """A plan of tasks that only sở, ban, ngành report on, due after the span's last year."""
    head = AGENCIES.replace(
        "[[agency]]",
        """reporters = ["agency"]

[[deadline]]
role = "reporting_unit"
month = 4
day = 23
years_after = 1
period_kind = "span"
words = "trước ngày 23/4/2021"
receiver = "Sở"

[[agency]]""",
        1,
    )
    form = SPAN.replace('filled_by = ["agency"]', 'filled_by = ["reporting_unit"]')
    packs = Catalogue((parse_pack("small.v1", {"programme.toml": head.encode(), "span.toml": form.encode()}),))
    above = make("46", "Thành phố Huế", collates=True, kind="city", packs=packs)
    with above.ledger.begin() as work:
        work.units.put(OrgUnit("SYT", "Sở Y tế", "Sở Y tế", "agency", "46", date(2011, 1, 1)))
    status = above.summaries.status("small", SPAN_PERIOD)
    assert [unit.code for unit in status.expected] == ["SYT"]
    assert (status.due, status.agency_due, status.agencies) == (date(2021, 4, 22), date(2021, 4, 22), {})


def test_tasks_of_an_agency_arrive_with_its_report(make, province):
    """The summing-up has tasks with leads; a sở sends its own and no other's."""
    packs = versions(span=SPAN)
    health = make("SYT", NAMES["SYT"], kind="agency", packs=packs, since=date(2011, 1, 1))
    above = make("46", "Thành phố Huế", collates=True, kind="city", packs=packs)
    with above.ledger.begin() as work:
        work.units.put(OrgUnit("SYT", NAMES["SYT"], NAMES["SYT"], "agency", "46", date(2011, 1, 1)))
    above.trust(health)
    report = health.entry.open("small", SPAN_PERIOD)
    assert [*report.form.tasks] == ["t-1"]
    report = health.entry.put_cells(report, [(name, given(0)) for name in report.required_cells])
    health.entry.put_task(report, Task("t-1", result="Đã mở 2 lớp"))
    package = health.sealing.seal("small", SPAN_PERIOD, health.ledger.signers())[1].raw
    assert arrivals(above.receive(package)) == [("new", "NEW")]
    assert [line.arrival for line in above.receive(package).lines] == [Arrival.SAME]
    summary = above.summaries.sum_up("small", SPAN_PERIOD)
    added = summary.sums["reached.female@2015"]
    assert (added.quantity, added.agency, added.expected) == (0, "health", 1)
    assert [task.result for told in summary.tasks.values() for task in told] == ["Đã mở 2 lớp"]
