"""A province of three tiers by the command line: communes seal, their district takes, counts and forwards, the province sums.

46 Thừa Thiên Huế   479 Hương Thủy   19960, 19966 (one commune, 19969, is silent)
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.model.count import Role
from forms.programmes.catalogue import load_all

YEAR = ("--programme", "nq28_hue", "--period", "2024")
DAY = ("--on", "2024-12-31")
FORM = load_all().programme("nq28_hue").form("year_indicators")


ABOVE = {"19960": "479", "19966": "479", "479": "46"}


@pytest.fixture
def tree(cli):
    """Ledgers of people who are preparer and head in one; each office knows the keys of those directly below it."""
    for code in ("46", *ABOVE):
        collates = ("--collates",) if code in ABOVE.values() else ()
        assert cli("init", code, "--unit", code, *DAY, "--person", f"Người {code}", *collates, "--json").code == 0
    for code, above in ABOVE.items():
        key = cli("enrol-request", code, "--out", "khoa", "--json").value
        assert cli("enrol", above, key["file"], "--fingerprint", key["fingerprint"], "--json").code == 0
    return cli


def sealed(cli, folder: str, role: Role, **amounts: int) -> str:
    """The package of a report in which every cell is answered: those named by a figure, the others "không phát sinh"."""
    cells = [
        {"cell": cell, "state": "given", "amount": str(amounts[count]), "note": ""}
        if (count := cell.partition(".")[0]) in amounts
        else {"cell": cell, "state": "none", "note": ""}
        for cell in FORM.cells_for(role)
    ]
    told = {"programme": "nq28_hue", "form": "year_indicators", "period": "2024", "cells": cells}
    file = Path(f"{folder}.json")
    file.write_text(json.dumps(told), "utf-8")
    assert cli("import", folder, file, "--json").code == 0
    problems = cli("check", folder, *YEAR, "--json").value["problems"]
    told["explanations"] = [
        {"check": one["check"], "reason": "kỳ thử"} for one in problems if one["level"] == "warning"
    ]
    file.write_text(json.dumps(told), "utf-8")
    assert cli("import", folder, file, "--json").code == 0
    return cli("seal", folder, *YEAR, "--out", "goi", "--json").value["file"]


def test_a_commune_reaches_the_province_by_its_district(tree):
    """1.1: communes 1 and 0 of 1 for each of two bodies, the district 1 of 1: 2 + 0 + 2 of 6; the province has not typed."""
    cli = tree
    body = dict(organisations_committed=8, organisations=10)
    packages = [
        sealed(cli, "19960", Role.REPORTING, women_led_agencies=1, agencies=1, **body),
        sealed(cli, "19966", Role.REPORTING, women_led_agencies=0, agencies=1, **body),
    ]
    assert {one["class"] for one in cli("merge", "479", *packages, "--json").value["files"]} == {"new"}
    assert cli("forward", "479", *YEAR, "--out", "len", "--json").refusal == "BUNDLE_OWN_PART"
    sealed(cli, "479", Role.SUMMING, women_led_agencies=1, agencies=1, organisations_committed=40, organisations=45)
    bundle = cli("forward", "479", *YEAR, "--out", "len", "--json").value
    assert bundle["originals"] == 3
    assert "19969" in bundle["missing"]
    dry = cli("merge", "46", "len", "--dry-run", "--json").value
    merged = cli("merge", "46", "len", "--json").value
    assert [one["class"] for one in dry["files"]] == [one["class"] for one in merged["files"]] == ["new"] * 4
    rows = {row["number"]: row for row in cli("table", "46", *YEAR, "--json").value["rows"]}
    assert rows["1.1"]["operands"] == {"women_led_agencies": "4", "agencies": "6"}
    assert rows["6.2"]["operands"] == {"organisations_committed": "56", "organisations": "65"}
    assert {one["class"] for one in cli("merge", "46", "len", *packages, "--json").value["files"]} == {"same"}


def test_status_and_table_go_down_to_the_commune(tree):
    """479: two communes of ten and its own part are in, 2 + 0 bodies of the communes and 2 of its own."""
    cli = tree
    body = dict(organisations_committed=8, organisations=10)
    packages = [
        sealed(cli, "19960", Role.REPORTING, women_led_agencies=1, agencies=1, **body),
        sealed(cli, "19966", Role.REPORTING, women_led_agencies=0, agencies=1, **body),
    ]
    cli("merge", "479", *packages, "--json")
    sealed(cli, "479", Role.SUMMING, women_led_agencies=1, agencies=1, organisations_committed=40, organisations=45)
    cli("forward", "479", *YEAR, "--out", "len", "--json")
    cli("merge", "46", "len", "--json")
    told = cli("status", "46", *YEAR, "--json").value
    district = next(one for one in told["tree"]["children"] if one["unit"] == "479")
    states = [one["state"] for one in district["children"]]
    assert sum(told["states"].values()) == told["expected"]
    assert (district["received"], district["expected"], states.count("missing")) == (3, len(states), len(states) - 3)
    assert district["forwarded"]["revision"] == 1
    words = cli("status", "46", *YEAR).text
    assert "\n  Thị xã Hương Thủy " in words
    assert "\n    Phần riêng của thị xã " in words
    parts = cli("table", "46", *YEAR, "--by-district", "--json").value["districts"]
    rows = {row["number"]: row for row in next(one for one in parts if one["unit"] == "479")["rows"]}
    assert rows["6.2"]["operands"] == {"organisations_committed": "56", "organisations": "65"}
    assert rows["1.1"]["operands"] == {"women_led_agencies": "4", "agencies": "6"}
    commune = {row["number"]: row for row in cli("table", "46", *YEAR, "--unit", "19966", "--json").value["rows"]}
    assert commune["6.2"]["amount"] == "80"
    assert cli("table", "46", *YEAR, "--unit", "1", "--json").refusal == "UNIT_NOT_BELOW"
    assert "Thị xã Hương Thủy: 3/" in cli("table", "46", *YEAR, "--by-district").text
