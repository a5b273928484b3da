"""A set of units is called by what its units are: districts, communes, mixtures."""

from __future__ import annotations

from datetime import date

import pytest

import resources
from forms.model.org_unit import OrgUnit
from forms.org_units.catalogue import OrgUnits
from forms.org_units.unit_words import by_tier, kinds_called, units_called, units_counted


def unit(name: str, kind: str = "commune") -> OrgUnit:
    return OrgUnit(name, name, name, kind, None, date(2025, 1, 1))


def many(number: int, name: str, kind: str) -> list[OrgUnit]:
    return [unit(f"{name} {n}", kind) for n in range(number)]


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([*many(9, "Huyện", "district"), *many(2, "Thị xã", "district"), unit("Thành phố X", "district")], "12 huyện, thị xã, thành phố"),
        ([*many(21, "Xã", "commune"), *many(19, "Phường", "ward"), *many(17, "Sở", "agency")], "40 xã, phường và 17 sở, ban, ngành"),
        ([*many(2, "Xã", "commune"), unit("Thị trấn A", "township")], "03 xã, thị trấn"),
        ([unit("Thị trấn A", "township")], "01 thị trấn"),
        ([unit("Quận A", "district"), unit("Huyện B", "district"), unit("Xã C"), unit("Sở D", "agency")],
         "02 huyện, quận, 01 xã và 01 sở, ban, ngành"),
        (many(2, "Cụm", "group"), "02 cụm"),
        ([unit("Đặc khu A", "special_zone"), unit("Phường B", "ward")], "02 phường, đặc khu"),
        ([unit("Tràng Định", "district")], "01 huyện"),
        ([], "0 đơn vị"),
    ],
)  # fmt: skip
def test_units_are_called_what_they_are(units, words):
    assert units_counted(units) == words
    assert units_counted(units[::-1]) == words


def test_of_the_catalogue():
    """Hà Tĩnh had 13 districts of three titles, the shipped catalogue (early 2025) 12; today's Huế has communes and wards."""
    units = OrgUnits.load(resources.path("org_units/org_units.tsv"))
    districts = [one for one in units.below("42", date(2025, 6, 30)) if one.kind == "district"]
    assert units_counted(districts) == f"{len(districts)} huyện, thị xã, thành phố"
    assert units_called(units.below("46", date(2025, 12, 31))) == "xã, phường"
    assert [named.noun for named in by_tier(units.below("46", date(2025, 6, 30)))] == [
        "huyện, quận, thị xã",
        "xã, phường, thị trấn",
    ]


def test_kinds_are_named_as_a_programme_lists_them():
    assert kinds_called(["commune", "ward", "district"]) == "xã, phường, huyện, quận, thị xã, thành phố"
