"""Which programmes an office is likely to report on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import resources
from forms.model.org_unit import OrgUnit
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import Catalogue, parse_pack
from forms.programmes.followed_programmes import agencies_at, proposals, proposed_code
from forms.services.founding import usual_programme
from tests.span_form import AGENCIES, SPAN

TODAY = date(2025, 12, 31)
SINCE = date(2025, 1, 1)


def plan(id: str, issuer: str, last_year: int = 2030):
    head = AGENCIES.replace('id = "small"', f'id = "{id}"').replace('issuing_unit = ""', f'issuing_unit = "{issuer}"')
    files = {"programme.toml": head, "span.toml": SPAN}
    made = parse_pack(f"{id}.v1", {name: text.encode() for name, text in files.items()})
    return replace(made, last_year=last_year)


@pytest.fixture(scope="module")
def units():
    return OrgUnits.load(resources.path("org_units/org_units.tsv"))


@pytest.fixture
def packs(catalogue):
    """The national plan and Huế's, as they were first released: they name no agencies."""
    return Catalogue(tuple(p for p in catalogue.programmes if p.id in ("nq28", "nq28_hue") and p.version == 1))


@pytest.fixture
def health(units):
    hue = units.get("46", TODAY)
    return OrgUnit("46-SYT", "Sở Y tế", "Sở Y tế", "agency", "46", hue.valid_from)


def likely(catalogue, units, unit) -> list[str]:
    above = unit.parent if unit.kind == "agency" else unit.code
    usual = usual_programme(catalogue, units, above, TODAY)
    return [one.programme.id for one in proposals(catalogue, units, unit, usual, TODAY) if one.likely]


def test_a_commune_is_proposed_the_plan_of_its_place(units, packs):
    assert likely(packs, units, units.get("19753", TODAY)) == ["nq28_hue"]
    assert likely(packs, units, units.get("00004", TODAY)) == ["nq28"]


def test_an_agency_is_proposed_what_names_it_in_its_own_province(units, packs, health):
    more = Catalogue((*packs.programmes, plan("here", "46"), plan("elsewhere", "42"), plan("over", "46", 2020)))
    found = {one.programme.id: one for one in proposals(more, units, health, "nq28_hue", TODAY)}
    assert [id for id, one in found.items() if one.likely] == ["here"]
    assert (found["here"].agencies, found["here"].indicators, found["here"].tasks) == (("Sở Y tế",), 1, 1)
    assert list(found)[-1] != "here", "what is likely stands first"
    assert next(iter(found)) == "here"


def test_a_national_plan_is_not_proposed_beside_the_provinces_own_version_of_it(units, packs, health):
    both = Catalogue((*packs.programmes, plan("wide", ""), plan("wide_hue", "46")))
    assert likely(both, units, health) == ["wide_hue"]
    alone = Catalogue((*packs.programmes, plan("wide", "")))
    assert likely(alone, units, health) == ["wide"]


def test_an_agency_that_no_plan_names_is_proposed_none(units, packs):
    justice = OrgUnit("46-STP", "Sở Tư pháp", "Sở Tư pháp", "agency", "46", SINCE)
    assert likely(Catalogue((*packs.programmes, plan("here", "46"))), units, justice) == []


def test_a_province_is_proposed_every_plan_of_its_own(units, packs):
    assert likely(Catalogue((*packs.programmes, plan("here", "46"))), units, units.get("46", TODAY)) == [
        *("nq28_hue", "here"),
    ]


def test_agencies_are_called_as_the_plans_of_the_place_call_them(packs):
    more = Catalogue((*packs.programmes, plan("here", "46"), plan("elsewhere", "42")))
    assert {"Sở Nội vụ", "Sở Y tế"} <= set(agencies_at(more, "46", TODAY))
    assert not {"UBND các xã, phường"} & set(agencies_at(more, "46", TODAY)), "those are many units, not one"
    assert agencies_at(more, "01", TODAY) == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sở Y tế", "46-SYT"),
        ("Sở Văn hóa, Thể thao và Du lịch", "46-SVHTTVDL"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam", "46-UBMTTQVN"),
        ("…", "46-CQ"),
    ],
)
def test_a_code_is_made_of_the_initials(units, name, code):
    assert proposed_code(units, name, units.get("46", TODAY), TODAY) == code


def test_a_code_that_is_taken_gets_a_number(units, health):
    more = units.with_units([health])
    assert proposed_code(more, "Sở Y tế", more.get("46", TODAY), TODAY) == "46-SYT2"
