"""Import files that cannot be taken as they are: nothing of them is, and the sentence says what to write."""

from __future__ import annotations

import json

import pytest

from .conftest import QUARTER, make_commune, refused, write_import

Q4 = ("--period", "2025-Q4")


def cell(amount: object, name: str = "news_counted") -> dict:
    return {"news": [], "cells": [{"cell": name, "state": "given", "amount": amount, "note": ""}]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (cell("8.5"), "NUMBER_NOT_WHOLE"),
        (cell("1.234"), "NUMBER_NOT_WHOLE"),
        (cell("1.000"), "NUMBER_NOT_WHOLE"),
        (cell("12.000"), "NUMBER_NOT_WHOLE"),
        (cell("12.0"), "NUMBER_NOT_WHOLE"),
        (cell("0.0"), "NUMBER_NOT_WHOLE"),
        (cell("1e3"), "NUMBER_UNREADABLE"),
        (cell("1_000"), "NUMBER_UNREADABLE"),
        (cell("١٢"), "NUMBER_UNREADABLE"),
        (cell("8,5"), "NUMBER_UNREADABLE"),
        (cell(12), "JSON_VALUE"),
        (cell("12", "people_reached.female"), "CELL_UNKNOWN"),
        (cell("12", "no_such_cell"), "CELL_UNKNOWN"),
        ({"period": "2025-Q5"}, "PERIOD_UNKNOWN"),
        ({"programme": "khac"}, "PROGRAMME_UNKNOWN"),
        ({"form": "year_indicators"}, "FORM_UNKNOWN"),
        ({"mau": 1}, "JSON_SHAPE"),
        ({"narratives": {"khac": "chữ"}}, "NARRATIVE_UNKNOWN"),
    ],
)
def test_a_wrong_import_file_changes_nothing(cli, stage, changes, code):
    cli("init", "moi", "--unit", "19774", "--person", "Lan")
    refused(cli("import", "moi", write_import(stage / "sai.json", **changes), "--json"), code)
    assert cli("check", "moi", *Q4, "--json").value["problems"][0]["check"] == "required:news_counted"


def test_an_empty_list_of_news_empties_the_one_of_the_ledger(cli, stage):
    make_commune(cli, "moi")
    items = [{"date": "2025-10-03", "title": "Tin", "kind": "brief", "channels": ["loudspeaker"]}]
    assert cli("import", "moi", write_import(stage / "mot.json", news=items), "--json").value["news"] == 1
    whole = json.loads((stage / "mot.json").read_text("utf-8"))
    del whole["news"]
    (stage / "khong_noi.json").write_text(json.dumps(whole), "utf-8")
    assert cli("import", "moi", "khong_noi.json", "--json").value["news"] == 1
    assert cli("import", "moi", write_import(stage / "rong.json", news=[]), "--json").value["news"] == 0


def test_a_file_given_twice_over_is_refused_by_its_size(cli, stage):
    (stage / "to.json").write_bytes(json.dumps(QUARTER).encode() + b" " * (4 << 20))
    refused(cli("import", "xa", "to.json", "--json"), "FILE_TOO_BIG")


def test_in_text_the_place_is_told_too(cli, stage):
    (stage / "q4.json").write_text(
        '{"programme": "nq28_hue", "period": "2025-Q4", "narratives": {"x": "a\\tb"}}', "utf-8"
    )
    answer = cli("import", "xa", "q4.json")
    assert "Chỗ: narratives.x. (TEXT_CHARACTER)" in answer.errors
