"""By the verbs: which unit answers as an agency of the plan, who is named by none, and days other than the plan's.

In 2024 nq28_hue.v2 does not know from when to when its agencies had their names: 5.3 is Sở LĐTBXH's or Sở Y tế's.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

YEAR = ("--programme", "nq28_hue", "--period", "2024")
OLD = "Sở Lao động, Thương binh & Xã hội"


def made(name: str) -> tuple[str, ...]:
    return ("--unit-name", name, "--unit-kind", "agency", "--parent", "46", "--unit-from", "2024-01-01")


@pytest.fixture
def hue(cli):
    founded = cli("init", "46", "--unit", "46", "--on", "2024-12-31", "--person", "A", "--collates", "--json")
    assert founded.code == 0
    for code, name in (("SLD", OLD), ("SYT", "Sở Y tế"), ("HLV", "Hội Làm vườn")):
        assert cli("unit-add", "46", "--unit", code, *made(name), "--json").code == 0
    return cli


def test_two_units_of_one_agency_are_a_question_until_a_person_chose(hue):
    status = hue("status", "46", *YEAR, "--json").value
    asked = {one["agency"]: one["units"] for one in status["questions"]}
    assert asked == {"social": ["SLD", "SYT"]}
    assert status["unnamed"] == ["HLV"]
    assert (
        "Cần chọn ai trả lời thay “Sở Lao động - Thương binh và Xã hội (trợ giúp xã hội)”"
        in hue("status", "46", *YEAR).text
    )
    choice = ("agencies", "46", *YEAR, "--agency", "social", "--unit", "SLD")
    assert hue(*choice, "--json").refusal == "ANSWERER_REASON"
    wrong = ("agencies", "46", *YEAR, "--agency", "social", "--unit", "HLV", "--reason", "Thử")
    assert hue(*wrong, "--json").refusal == "ANSWERER_UNKNOWN"
    assert hue("agencies", "46", *YEAR, "--agency", "x", "--unit", "HLV", "--reason", "Thử", "--json").refusal == (
        "AGENCY_UNKNOWN"
    )
    told = hue(*choice, "--reason", "Năm 2024 Sở LĐTBXH còn quản lý trợ giúp xã hội", "--json").value["agencies"]
    assert [(one["units"], one["chosen"], one["question"]) for one in told if one["agency"] == "social"] == [
        (["SLD"], "SLD", False)
    ]
    assert hue("status", "46", *YEAR, "--json").value["questions"] == []


def test_an_agency_that_the_plan_does_not_name_is_told_when_its_ledger_is_founded(cli):
    def told(code: str, name: str) -> dict:
        answer = cli("init", code, "--unit", code, *made(name), "--person", "A", "--programme", "nq28_hue", "--json")
        assert answer.code == 0, answer
        return answer.value

    nobody = told("HLV", "Hội Làm vườn")
    assert nobody["unnamed_in"] == ["nq28_hue"]
    assert "Sở Y tế" in nobody["agencies"]
    for code, name in (("A", "Sở Kế hoạch & Đầu tư"), ("B", "Hội LHPN tỉnh"), ("C", "UBMTTQ"), ("D", OLD)):
        assert told(code, name)["unnamed_in"] == [], name
    words = cli("init", "E", "--unit", "E", *made("Hội Làm vườn"), "--person", "A", "--programme", "nq28_hue").text
    assert "không nêu tên Hội Làm vườn" in words
    assert "lập lại sổ theo tên ấy" in words


def test_the_day_of_a_unit_stands_before_that_of_a_period_and_of_a_form(hue):
    def day() -> tuple[str, dict[str, str]]:
        status = hue("status", "46", *YEAR, "--json").value
        return status["due"], status["unit_dues"]

    plan = day()
    assert plan == ("2024-11-29", {})
    assert hue("due", "46", "--programme", "nq28_hue", "--form", "year_indicators", "--days", "10", "--json").code == 0
    assert day() == ("2025-01-10", {})
    assert hue("due", "46", *YEAR, "--day", "2025-01-20", "--json").code == 0
    assert day() == ("2025-01-20", {})
    assert hue("due", "46", *YEAR, "--unit", "SYT", "--day", "2025-02-05", "--json").code == 0
    assert day() == ("2025-01-20", {"SYT": "2025-02-05"})
    assert "SYT Sở Y tế, hạn riêng 05/02/2025" in hue("status", "46", *YEAR).text
    listed = hue("due", "46", "--json").value["due"]
    assert len(listed) == 3
    for drop in (("--form", "year_indicators"), ("--period", "2024"), ("--period", "2024", "--unit", "SYT")):
        assert hue("due", "46", "--programme", "nq28_hue", *drop, "--drop", "--json").code == 0
    assert day() == plan
    refusals = [
        (("--day", "2025-01-20"), "DUE_NEEDS_PERIOD"),
        (("--days", "-1"), "DUE_DAYS"),
        (("--form", "x", "--days", "3"), "FORM_UNKNOWN"),
        (("--period", "2024", "--form", "quarter_news", "--days", "3"), "FORM_UNKNOWN"),
        (("--unit", "99999", "--days", "3"), "UNIT_UNKNOWN"),
        (("--drop",), "DUE_UNKNOWN"),
    ]
    for words, code in refusals:
        assert hue("due", "46", "--programme", "nq28_hue", *words, "--json").refusal == code, words


def test_the_form_of_an_agency_that_no_plan_names_is_kept_with_its_reason(hue):
    """Hội Làm vườn is asked nothing of 2024: what it seals is not added up, and it is said why and what to do."""
    assert (
        hue("init", "HLV", "--unit", "HLV", *made("Hội Làm vườn"), "--person", "A", "--programme", "nq28_hue").code == 0
    )
    key = hue("enrol-request", "HLV", "--out", "khoa", "--json").value
    assert hue("enrol", "46", key["file"], "--fingerprint", key["fingerprint"], "--json").code == 0
    told = {"programme": "nq28_hue", "form": "year_indicators", "period": "2024", "cells": []}
    for _ in range(2):
        Path("hlv.json").write_text(json.dumps(told), "utf-8")
        assert (taken := hue("import", "HLV", "hlv.json", "--json")).code == 0, taken
        problems = hue("check", "HLV", *YEAR, "--json").value["problems"]
        told["narratives"] = {one["check"].partition(":")[2]: "không có" for one in problems if one["level"] == "error"}
        told["explanations"] = [{"check": one["check"], "reason": "x"} for one in problems if one["level"] == "warning"]
    sealed = hue("seal", "HLV", *YEAR, "--out", "goi", "--json")
    assert sealed.code == 0, (sealed, problems)
    (line,) = hue("merge", "46", sealed.value["file"], "--json").value["files"]
    assert (line["class"], line["code"]) == ("quarantined", "UNIT_NOT_ASKED")
    assert "không trùng cơ quan nào mà kế hoạch nêu" in line["message"]
