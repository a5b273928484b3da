"""The dated catalogue.

U1 counts · U2 a code means what it meant that day · U3 search · U4 old → new · U5 made by hand · U6 bad files
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import CatalogueError, InputRefused
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit, UnitKey
from forms.model.text import fold, nfc
from forms.org_units.catalogue import OrgUnits, UnknownUnit

SHIPPED = Path(__file__).parents[3] / "resources" / "org_units" / "org_units.tsv"
EARLY, SUMMER, NOW = date(2025, 1, 1), date(2025, 7, 1), date(2025, 12, 31)
LAST_OF_THREE_TIERS = date(2025, 6, 30)

SMALL = """\
# so-binh-dang org-units 1
!kinds
C	city	Thành phố
q	district	Quận
w	ward	Phường
!units	2025-01-01	-
46	C	Huế	-
!units	2025-01-01	2025-06-30
475	q	Phú Xuân	46
01	w	1	475
02	w	Gia Hội	475
!units	2025-07-01	-
02	w	Phú Xuân	46
03	w	Vỹ Dạ	46
!successions	2025-01-01	2025-07-01
02	01 02*
03	02/
"""


@pytest.fixture(scope="module")
def shipped() -> OrgUnits:
    return OrgUnits.load(SHIPPED)


@pytest.fixture
def small(tmp_path: Path) -> OrgUnits:
    return OrgUnits.load(written(tmp_path, SMALL))


def written(folder: Path, text: str) -> Path:
    path = folder / "units.tsv"
    path.write_text(text, "utf-8")
    return path


def agency(code: str, parent: str | None = None, start: date = EARLY, end: date | None = None) -> OrgUnit:
    return OrgUnit(code, f"Sở {code}", f"Sở {code}", "agency", parent, start, end)


def everything(units: OrgUnits, on: date) -> list[OrgUnit]:
    return [unit for province in units.top(on) for unit in (province, *units.below(province.code, on))]


def leaves(units: OrgUnits, top: OrgUnit) -> tuple[OrgUnit, ...]:
    return units.below(top.code, EARLY, leaves_only=True)


# U1


@pytest.mark.parametrize(
    ("on", "provinces", "districts", "communes"),
    [(EARLY, 63, 696, 10_035), (LAST_OF_THREE_TIERS, 63, 696, 10_035), (SUMMER, 34, 0, 3_321), (NOW, 34, 0, 3_321)],
)
def test_the_country_has_its_units(shipped: OrgUnits, on: date, provinces: int, districts: int, communes: int):
    kinds = Counter(unit.kind for unit in everything(shipped, on))
    assert kinds["province"] + kinds["city"] == provinces
    assert kinds["district"] == districts
    assert sum(kinds[kind] for kind in COMMUNE_KINDS) == communes


def test_the_new_communes_are_xa_phuong_and_dac_khu(shipped: OrgUnits):
    kinds = Counter(unit.kind for unit in everything(shipped, NOW))
    assert (kinds["commune"], kinds["ward"], kinds["special_zone"], kinds["township"]) == (2621, 687, 13, 0)


def test_hue_has_forty_communes_since_july_and_had_nine_districts(shipped: OrgUnits):
    assert len(shipped.children("46", NOW)) == 40
    assert len(shipped.children("46", EARLY)) == 9
    assert len(shipped.below("46", EARLY, leaves_only=True)) == 133
    assert len(shipped.below("46", EARLY)) == 9 + 133


def test_every_name_is_written_properly(shipped: OrgUnits):
    for on in (EARLY, NOW):
        for unit in everything(shipped, on):
            assert unit.full_name == nfc(unit.full_name) == " ".join(unit.full_name.split())
            assert unit.full_name.endswith(unit.name)
            assert fold(unit.full_name).isascii()


def test_an_island_district_without_communes_is_a_leaf(shipped: OrgUnits):
    assert "318" in {unit.code for unit in shipped.below("31", EARLY, leaves_only=True)}


# U2


def test_a_code_means_what_it_meant_on_that_day(shipped: OrgUnits):
    """
    code  | until 30/6/2025  | since 1/7/2025
    19804 | Phường Hương Sơ  | Phường Hương An
    00004 | Phường Trúc Bạch | Phường Ba Đình
    24    | Tỉnh Bắc Giang   | Tỉnh Bắc Ninh
    46    | Thành phố Huế    | Thành phố Huế
    """
    for code, before, after in [
        ("19804", "Phường Hương Sơ", "Phường Hương An"),
        ("00004", "Phường Trúc Bạch", "Phường Ba Đình"),
        ("24", "Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"),
        ("46", "Thành phố Huế", "Thành phố Huế"),
    ]:
        assert shipped.get(code, LAST_OF_THREE_TIERS).full_name == before
        assert shipped.get(code, SUMMER).full_name == after


def test_the_way_up_has_three_names_then_two(shipped: OrgUnits):
    old, new = shipped.get("19804", EARLY), shipped.get("19804", NOW)
    assert shipped.path(old, EARLY) == ("Phường Hương Sơ", "Quận Phú Xuân", "Thành phố Huế")
    assert shipped.path(new, NOW) == ("Phường Hương An", "Thành phố Huế")


def test_a_province_untouched_by_the_reform_keeps_its_key(shipped: OrgUnits):
    assert shipped.get("46", EARLY).key == shipped.get("46", NOW).key == UnitKey("46", EARLY)
    assert shipped.get("25", EARLY).key != shipped.get("25", NOW).key


def test_a_numbered_ward_is_called_by_its_title(small: OrgUnits):
    assert small.get("01", EARLY).name == "Phường 1"


def test_a_stored_key_finds_its_unit_and_no_other(shipped: OrgUnits):
    assert shipped.by_key(UnitKey("19804", SUMMER)).name == "Hương An"
    assert shipped.by_key(UnitKey("19804", EARLY)).name == "Hương Sơ"
    with pytest.raises(UnknownUnit, match="01/01/2025"):
        shipped.by_key(UnitKey("46", SUMMER))


@pytest.mark.parametrize(
    ("code", "on", "says"),
    [
        ("99999", NOW, "“99999” vào ngày 31/12/2025"),
        ("19803", NOW, "19804 Phường Hương An"),
        ("26", NOW, "Tỉnh Vĩnh Phúc, có hiệu lực từ 01/01/2025 đến 30/06/2025; kế tiếp là 25 Tỉnh Phú Thọ"),
        ("Phú Xuân", NOW, "19753 Phường Phú Xuân"),
        ("phú xuâm", NOW, "Xã Phú Xuân"),
        ("1" * 100_000, NOW, "1111…”"),
        ("\u202e<b>", NOW, "“?<b>”"),
        ("", NOW, "“”"),
    ],
)
def test_an_unknown_code_is_refused_with_a_way_out(shipped: OrgUnits, code: str, on: date, says: str):
    with pytest.raises(UnknownUnit) as caught:
        shipped.get(code, on)
    assert caught.value.code == "UNIT_UNKNOWN"
    assert says in caught.value.message
    assert "Hãy" in caught.value.message
    assert len(caught.value.message) < 400


def test_who_only_has_the_code_of_a_unit_below_is_not_below(small: OrgUnits):
    """02 is Gia Hội until the end of June and Phú Xuân since July: each is below Huế on its own days only."""
    old, new = small.get("02", LAST_OF_THREE_TIERS), small.get("02", SUMMER)
    assert (small.is_below(old.key, "46", LAST_OF_THREE_TIERS), small.is_below(new.key, "46", SUMMER)) == (True, True)
    assert not small.is_below(old.key, "46", SUMMER)
    assert not small.is_below(new.key, "46", LAST_OF_THREE_TIERS)
    assert not small.is_below(new.key, "02", SUMMER)


def test_the_units_below_an_unknown_code_are_refused_too(shipped: OrgUnits):
    for ask in (shipped.children, shipped.below):
        with pytest.raises(UnknownUnit):
            ask("999", NOW)


# U3


@pytest.mark.parametrize("query", ["phu xuan hue", "Phú Xuân Huế", "19753", "PHƯỜNG PHÚ XUÂN"])
def test_a_unit_is_found_by_name_or_code_alike(shipped: OrgUnits, query: str):
    assert shipped.search(query, NOW)[0].code == "19753"


@pytest.mark.parametrize("query", ["phu xuan", "Phú Xuân", "phú xuân", "  PHU   XUAN "])
def test_every_commune_of_that_name_is_found_first(shipped: OrgUnits, query: str):
    assert [unit.code for unit in shipped.search(query, NOW)[:3]] == ["14890", "19753", "24364"]


def test_the_best_answers_come_first(shipped: OrgUnits):
    """
    "hue"      the city itself before the communes that have the word
    "Phú Xuân" the district, while there was one, before the communes of that name
    "1980"     every code that begins so
    "phu xuan" never Phường Bình Xuân: only the last word may be unfinished
    "phú xu"   is found while it is being typed
    """
    assert shipped.search("hue", NOW)[0].full_name == "Thành phố Huế"
    assert shipped.search("Phú Xuân", EARLY)[0].full_name == "Quận Phú Xuân"
    assert {unit.code[:4] for unit in shipped.search("1980", NOW)} == {"1980"}
    assert "Bình Xuân" not in {unit.name for unit in shipped.search("phu xuan", NOW, 100)}
    assert "19753" in {unit.code for unit in shipped.search("phú xu", NOW)}


@pytest.mark.parametrize(("query", "code"), [("cổ đô", "09634"), ("Cờ Đỏ", "31261")])
def test_the_marks_that_were_typed_decide_between_equals(shipped: OrgUnits, query: str, code: str):
    assert {unit.code for unit in shipped.search("co do", NOW)} >= {"09634", "31261"}
    assert shipped.search(query, NOW)[0].code == code


def test_a_search_keeps_to_its_limit_and_an_empty_one_finds_nothing(shipped: OrgUnits):
    assert len(shipped.search("a", NOW, limit=7)) == 7
    assert shipped.search("   ", NOW) == ()


@given(query=st.text(max_size=12))
def test_any_query_is_answered(query: str):
    units = OrgUnits.of([agency("SNV"), agency("SYT", "SNV")])
    assert all(unit.code in {"SNV", "SYT"} for unit in units.search(query, NOW))


# U4


def test_every_old_unit_goes_somewhere_and_every_new_commune_comes_from_somewhere(shipped: OrgUnits):
    gone = [unit for unit in everything(shipped, EARLY) if unit.valid_to and unit.kind != "district"]
    assert all(shipped.successors(unit.key) for unit in gone)
    assert all(shipped.predecessors(unit.key) for unit in everything(shipped, NOW) if unit.valid_from == SUMMER)


def test_a_unit_went_whole_to_one_or_in_parts_with_one_default(shipped: OrgUnits):
    old = [shipped.successors(unit.key) for top in shipped.top(EARLY) for unit in leaves(shipped, top)]
    assert all(sum(link.default for link in links) == 1 for links in old)
    assert all(link.whole == (len(links) == 1) for links in old for link in links)
    heirs = Counter(map(len, old))
    assert heirs == {1: 9569, 2: 397, 3: 58, 4: 15, 5: 1}


def test_the_old_parts_of_a_new_ward_are_named(small: OrgUnits):
    """
    Phường 1 ──whole──► Phường Phú Xuân
    Gia Hội  ──part (default)──► Phường Phú Xuân
             ──part──► Phường Vỹ Dạ
    """
    parts = {link.old_key.code: (link.whole, link.default) for link in small.predecessors(UnitKey("02", SUMMER))}
    assert parts == {"01": (True, True), "02": (False, True)}
    assert [link.new_key.code for link in small.successors(UnitKey("02", EARLY))] == ["02", "03"]
    assert small.successors(UnitKey("02", SUMMER)) == ()


# U5


def test_a_unit_made_by_hand_takes_its_place_in_the_tree(small: OrgUnits):
    """
    46 Huế ─┬─ 02, 03
            └─ SNV ── SNV-1
    """
    units = small.with_units([agency("SNV-1", "SNV"), agency("SNV", "46")])
    assert [unit.code for unit in units.children("46", NOW)] == ["02", "03", "SNV"]
    assert units.path(units.get("SNV-1", NOW), NOW) == ("Sở SNV-1", "Sở SNV", "Thành phố Huế")
    assert units.search("so snv", NOW)[0].code == "SNV"
    assert {unit.code for unit in units.made} == {"SNV", "SNV-1"}
    assert small.made == ()


def test_a_unit_of_earlier_years_can_be_made_by_hand(small: OrgUnits):
    old_huyen = OrgUnit("474", "Phú Vang", "Huyện Phú Vang", "district", None, date(2011, 1, 1), date(2024, 12, 31))
    units = small.with_units([old_huyen])
    assert units.get("474", date(2020, 12, 31)) is old_huyen
    with pytest.raises(UnknownUnit, match="31/12/2024"):
        units.get("474", EARLY)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ([agency("02", "46", SUMMER)], "UNIT_OVERLAP"),
        ([agency("02", "46", date(2025, 6, 30), date(2025, 6, 30))], "UNIT_OVERLAP"),
        ([agency("SNV", "46"), agency("SNV", "46", SUMMER)], "UNIT_OVERLAP"),
        ([agency("SNV", "475")], "UNIT_PARENT"),
        ([agency("SNV", "475", end=SUMMER)], "UNIT_PARENT"),
        ([agency("A", "A")], "UNIT_PARENT"),
        ([agency("A", "B"), agency("B", "C"), agency("C", "A")], "UNIT_PARENT"),
        ([agency("U0")] + [agency(f"U{n}", f"U{n - 1}") for n in range(1, 2000)], "UNIT_PARENT"),
        ([agency("SNV", "77")], "UNIT_UNKNOWN"),
        ([agency("SNV", "46", SUMMER, EARLY)], "UNIT_DATES"),
        ([agency("SỞ", "46")], "UNIT_CODE"),
        ([agency("../x", "46")], "UNIT_CODE"),
        ([agency("", "46")], "UNIT_CODE"),
        ([replace(agency("SNV", "46"), name="")], "UNIT_NAME"),
        ([replace(agency("SNV", "46"), full_name=" Sở")], "UNIT_NAME"),
        ([replace(agency("SNV", "46"), name="So\u031b\u0309")], "UNIT_NAME"),
        ([replace(agency("SNV", "46"), name="Sở\u202e")], "TEXT_CHARACTER"),
        ([replace(agency("SNV", "46"), kind="ministry")], "UNIT_KIND"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(small: OrgUnits, more: list[OrgUnit], code: str):
    with pytest.raises(InputRefused) as caught:
        small.with_units(more)
    assert caught.value.code == code


def test_a_code_may_be_used_again_after_its_unit_ended(small: OrgUnits):
    units = small.with_units([agency("475", "46", SUMMER)])
    assert units.get("475", EARLY).name == "Phú Xuân"
    assert units.get("475", SUMMER).name == "Sở 475"


def test_units_can_be_added_in_several_steps_under_the_same_rules(small: OrgUnits):
    once = small.with_units([agency("SNV", "46")])
    assert once.with_units([agency("SYT", "SNV")]).get("SYT", NOW).parent == "SNV"
    with pytest.raises(InputRefused, match="SNV"):
        once.with_units([agency("SNV", "46")])


def test_a_unit_ends_on_its_last_day():
    units = OrgUnits.of([agency("SNV", end=LAST_OF_THREE_TIERS), agency("SYT", start=date.max, end=date.max)])
    assert units.get("SNV", LAST_OF_THREE_TIERS)
    assert units.get("SYT", date.max)
    with pytest.raises(UnknownUnit):
        units.get("SNV", SUMMER)


# U6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PK\x03\x04",
        SMALL.replace("units 1", "units 2"),
        SMALL.replace("46\tC\tHuế\t-", "46\tC\tHuế"),
        SMALL.replace("46\tC", "46\tX"),
        SMALL.replace("03\tw\tVỹ", "02\tw\tVỹ"),
        SMALL.replace("2025-07-01\t-", "2025-13-01\t-"),
        SMALL.replace("02\t01 02*", "02"),
    ],
)
def test_a_damaged_catalogue_is_named_and_not_half_used(tmp_path: Path, text: str):
    def used() -> None:
        units = OrgUnits.load(written(tmp_path, text))
        units.get("02", NOW)
        units.successors(UnitKey("02", EARLY))

    with pytest.raises(CatalogueError, match=r"units\.tsv"):
        used()


def test_a_missing_or_unreadable_catalogue_is_named(tmp_path: Path):
    with pytest.raises(CatalogueError, match=r"none\.tsv"):
        OrgUnits.load(tmp_path / "none.tsv")
    (tmp_path / "bytes.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match=r"bytes\.tsv"):
        OrgUnits.load(tmp_path / "bytes.tsv")
