"""What an office is in a programme. O1 a plan's agency is known by the names it has or had, whatever place it is of ·
O2 only an agency is one · O3 a form narrowed for a post asks nothing new, loses nothing of its own and can be computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks.all_checks import find
from forms.model.cell import given as amount
from forms.model.count import Role
from forms.model.office import Office
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.catalogue import load_all
from forms.programmes.programme import Agency
from forms.programmes.programme_role import ProgrammeRole, form_at, is_asked, office_post, stands_for, unit_post
from forms.summary.totals import results, single
from tests.forms.conftest import UNIT
from tests.span_form import span_programme

SPAN = span_programme()
FORMS = [*SPAN.forms, *(form for programme in load_all().programmes for form in programme.forms)]
LABOUR = SPAN.agencies[1]


def known(name: str, agency: Agency = LABOUR, kind: str = "agency") -> bool:
    return stands_for(agency, name, kind)


@pytest.mark.parametrize(
    "name",
    [
        "Sở Nội vụ",
        "SỞ NỘI VỤ",
        "Sở Nội vụ tỉnh Hà Tĩnh",
        "Sở Nội vụ thành phố Huế",
        "Sở Nội vụ TP. Huế",
        "Sở Nội vụ tỉnh",
        " Sở Nội vụ ",
        "Sở Lao động – Thương binh và Xã hội",
        "Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế",
    ],
)
def test_o1_an_agency_is_known_by_each_of_its_names(name: str) -> None:
    assert known(name)


@pytest.mark.parametrize("title", ["Công an tỉnh", "Công an thành phố", "Công an"])
def test_o1_the_place_in_the_plans_own_title_is_any_place(title: str) -> None:
    """The plan of 2021 says “Công an tỉnh”; the unit is “Công an thành phố Huế” now."""
    assert known("Công an thành phố Huế", Agency("police", title))
    assert known("Công an tỉnh Lạng Sơn", Agency("police", title))


@pytest.mark.parametrize(
    "name",
    ["Sở Nội vụ và Lao động", "Sở Nội", "Văn phòng Sở Nội vụ", "Sở Y tế tỉnh Hà Tĩnh", "Sở Nội vụ Tình nguyện", ""],
)
def test_o1_a_name_that_only_begins_alike_is_another(name: str) -> None:
    assert not known(name)


@pytest.mark.parametrize("kind", ["commune", "ward", "group", "district", "province"])
def test_o2_a_commune_that_is_called_like_an_agency_is_none(kind: str) -> None:
    assert not known("Sở Nội vụ", kind=kind)
    assert unit_post(SPAN, "Sở Nội vụ", kind).role is Role.REPORTING


def test_o2_an_agency_by_kind_is_every_unit_of_the_kind_and_no_other() -> None:
    """“UBND các xã, phường”: commune and ward, whatever they are called; a sở by that name is not meant."""
    communes = SPAN.agencies[2]
    assert [kind for kind in ("commune", "ward", "township", "agency") if known("Xã A", communes, kind)] == [
        "commune",
        "ward",
    ]
    assert not known("UBND các xã, phường", communes)


def test_o2_a_merged_agency_answers_as_each_of_those_it_was_made_of() -> None:
    merged = replace(SPAN, agencies=(*SPAN.agencies, Agency("interior", "Sở Tổ chức", also=("Sở Nội vụ",))))
    assert unit_post(merged, "Sở Nội vụ tỉnh A", "agency") == ProgrammeRole(
        Role.AGENCY, frozenset({"labour", "interior"})
    )


def test_a_programme_that_asks_no_agency_takes_them_as_reporting_units() -> None:
    """nq28_hue.v1 knows no agencies: a sở reports for itself, if at all."""
    hue = load_all().programme("nq28_hue", 1)
    assert unit_post(hue, "Sở Y tế", "agency") == ProgrammeRole(Role.REPORTING)
    form = hue.form_for(Period("2025"))
    assert not is_asked(hue, form, ProgrammeRole(Role.REPORTING), "agency")
    assert is_asked(hue, form, ProgrammeRole(Role.REPORTING), "ward")


def test_who_collates_sees_the_whole_form() -> None:
    office = Office(UnitKey("46", date(2025, 7, 1)), "Sở Nội vụ", collates=True, kind="agency")
    post = office_post(SPAN, office)
    assert post == ProgrammeRole(Role.SUMMING, frozenset({"labour"}))
    assert form_at(SPAN.forms[0], post) is SPAN.forms[0]


def test_o3_an_agency_sees_its_own_rows_and_tasks() -> None:
    """
    Sở Y tế:   reached, population, share · t-1
    Sở Nội vụ: jobs · t-1
    xã:        its task t-2 and, to read, every row
    """
    form = SPAN.forms[0]
    health = form_at(form, ProgrammeRole(Role.AGENCY, frozenset({"health"})))
    labour = form_at(form, ProgrammeRole(Role.AGENCY, frozenset({"labour"})))
    commune = form_at(form, unit_post(SPAN, "Xã A", "commune"))
    assert ([*health.counts, *health.indicators], [*health.tasks]) == (["reached", "population", "share"], ["t-1"])
    assert ([*labour.counts, *labour.indicators], [*labour.tasks]) == (["jobs"], ["t-1"])
    assert ([*commune.tasks], commune.cells_for(Role.REPORTING)) == (["t-2"], ())
    assert [
        is_asked(SPAN, form, ProgrammeRole(Role.AGENCY, frozenset({who})), "agency") for who in ("labour", "x")
    ] == [
        True,
        False,
    ]


def test_o3_an_indicator_goes_with_the_counts_that_it_reads() -> None:
    """The share names two agencies; whose form lacks the population does not compute it."""
    section = SPAN.forms[0].sections[0]
    reached, population, share = section.rows
    rows = (reached, replace(population, agencies=("other",)), replace(share, agencies=("health", "other")))
    form = replace(SPAN.forms[0], sections=(replace(section, rows=rows), *SPAN.forms[0].sections[1:]))
    assert [*form_at(form, ProgrammeRole(Role.AGENCY, frozenset({"health"}))).counts] == ["reached"]
    assert form_at(form, ProgrammeRole(Role.AGENCY, frozenset({"health"}))).indicators == {}
    assert [*form_at(form, ProgrammeRole(Role.AGENCY, frozenset({"health", "other"}))).indicators] == ["share"]


@given(st.sampled_from(FORMS), st.sampled_from(Role), st.sets(st.sampled_from(["health", "labour", "communes", "x"])))
def test_o3_a_narrowed_form_asks_nothing_new_and_can_be_filled_and_judged(form, role, agencies) -> None:
    mine = form_at(form, ProgrammeRole(role, frozenset(agencies)))
    assert set(mine.count_of_cell) <= set(form.count_of_cell)
    assert mine.required_for(role) <= form.required_for(role)
    assert set(mine.tasks) <= set(form.tasks)
    assert mine.cells_for(role) == tuple(cell for cell in form.cells_for(role) if cell in mine.count_of_cell)
    if role is not Role.AGENCY:
        assert mine.cells_for(role) == form.cells_for(role)
    report = Report(mine, UNIT, role, Period(mine.span or "2025"))
    for number, name in enumerate(report.expected_cells):
        report = report.with_cell(name, amount(number % 2))
    find(report)
    judged = results(single(mine, UNIT, role, report.cells), 2025)
    assert role is not Role.AGENCY or all(result.expected == result.reported == 1 for result in judged)
