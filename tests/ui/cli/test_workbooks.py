"""`template`, `import` of workbooks, `mapping`: the way of a commune without the program, whole."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from exports.workbook.template_keys import defined_name

from .conftest import QUARTER, make_commune, refused

Q4 = ("--period", "2025-Q4")
TOTALS = {"news_counted": 6, "news_brief": 6, "news_feature": 0, "news_own": 6, "news_relayed": 0, "news_airings": 6}


@pytest.fixture
def commune(cli, tmp_path):
    make_commune(cli, "xa")
    return cli


@pytest.fixture
def form(commune, tmp_path) -> Path:
    assert commune("template", "xa", *Q4, "--out", "phieu.xlsx", "--json").value == {"file": "phieu.xlsx"}
    return tmp_path / "phieu.xlsx"


def fill(file: Path, values: dict[str, object]) -> str:
    book = openpyxl.load_workbook(file)
    for name, value in values.items():
        sheet, where = next(iter(book.defined_names[defined_name(name)].destinations))
        book[sheet][where.replace("$", "")] = value
    book.save(file)
    return str(file)


def table(file: str, *lines: tuple, title: str = "Biểu 1") -> str:
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    book.save(file)
    return file


def test_a_form_that_was_filled_in_excel_is_the_same_report_as_one_from_json(commune, form):
    """template → filled by names → import: the same figures as the JSON file with them."""
    fill(form, {f"so.{name}": amount for name, amount in TOTALS.items()} | {"as_of": date(2025, 12, 31)})
    answer = commune("import", "xa", form, "--json").value
    assert (answer["cells"], answer["blocking"], answer["notes"]) == (6, 0, [])
    assert commune("check", "xa", *Q4, "--json").value["ok"] is True
    cells = [{"cell": name, "amount": str(amount)} for name, amount in TOTALS.items()]
    same = QUARTER | {"cells": cells, "news": []}
    Path("q4.json").write_text(json.dumps(same), "utf-8")
    preview = commune("import", "xa", "q4.json", "--preview", "--json").value
    assert preview["changes"] == []


def test_a_preview_shows_each_change_with_its_place_and_writes_nothing(commune, form):
    fill(form, {"so.news_counted": 5})
    preview = commune("import", "xa", form, "--preview", "--json").value
    assert preview["changes"] == [
        {
            "kind": "cell",
            "where": "news_counted",
            "title": "1. Số tin, bài được tính trong quý",
            "old": "",
            "new": "5",
            "place": "Số liệu!H5",
        }
    ]
    text = commune("import", "xa", form, "--preview").text
    assert "Số liệu!H5): trống → 5" in text
    assert commune("import", "xa", form, "--preview", "--json").value == preview


def test_every_problem_is_listed_and_nothing_is_taken(commune, form):
    fill(form, {"so.news_counted": "nhiều", "so.news_brief": "1,234", "so.news_own": 3})
    answer = commune("import", "xa", form, "--json")
    assert (answer.code, answer.refusal) == (1, "WORKBOOK_PROBLEMS")
    assert [(one["code"], one["where"]) for one in answer.value["problems"]] == [
        ("NUMBER_UNREADABLE", "Số liệu!H5"),
        ("NUMBER_AMBIGUOUS", "Số liệu!H6"),
    ]
    told = commune("import", "xa", form)
    assert "Số liệu!H5: “nhiều” không phải là số." in told.errors
    preview = commune("import", "xa", form, "--preview", "--json")
    assert preview.code == 1
    assert [one["where"] for one in preview.value["changes"]] == ["news_own"]


def test_a_form_of_another_unit_is_refused(commune, form):
    make_other = ("init", "khac", "--unit", "19815", "--person", "Lê Thị B")
    assert commune(*make_other).code == 0
    refused(commune("import", "khac", form, "--json"), "WORKBOOK_UNIT")


def test_a_file_that_is_no_workbook_is_refused_whatever_its_name(commune, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"<html></html>")
    refused(commune("import", "xa", "a.xlsx", "--json"), "WORKBOOK_KIND")
    (tmp_path / "b.json").write_bytes(b"PK\x03\x04 cut")
    refused(commune("import", "xa", "b.json", "--json"), "WORKBOOK_DAMAGED")


def test_a_workbook_of_the_office_own_is_proposed_kept_and_used(commune):
    """mapping … --propose → import … --mapping: the figures of the office's own table."""
    table("so.xlsx", ("STT", "Nội dung", "Số liệu"), (1, "Số tin, bài được tính trong quý", 5), (2, "Trong đó: tin", 5))
    answer = commune("mapping", "xa", "Sở", "--propose", "so.xlsx", *Q4, "--json").value
    assert sorted(answer["mapping"]["cells"]) == ["news_brief", "news_counted"]
    assert "news_feature" in answer["missing"]
    assert commune("mapping", "xa", "--json").value == {"names": ["Sở"]}
    taken = commune("import", "xa", "so.xlsx", "--mapping", "Sở", *Q4, "--json").value
    assert taken["cells"] == 2
    refused(commune("import", "xa", "so.xlsx", "--json"), "WORKBOOK_FOREIGN")
    refused(commune("import", "xa", "so.xlsx", "--mapping", "Sai", *Q4, "--json"), "MAPPING_UNKNOWN")
    assert commune("mapping", "xa", "Sở", "--drop", "--json").value == {"name": "Sở", "dropped": True}


DOUBTFUL = (
    ("STT", "Nội dung", "Kế hoạch (nghìn tin)", "Số của đài"),
    (1, "Số tin, bài được tính trong quý", 4, 5),
    (2, "Trong đó: tin", 3, 4),
)


def test_what_has_two_readings_is_asked_and_a_person_chooses(commune):
    """--propose → questions; nothing is taken; --choose CELL=SHEET!PLACE → that place, with its titles and heads."""
    table("so.xlsx", *DOUBTFUL)
    given = ("mapping", "xa", "Sở", "--propose", "so.xlsx", *Q4)
    answer = commune(*given, "--json").value
    assert answer["mapping"]["cells"] == {}
    first = answer["questions"][0]
    assert (first["cell"], first["title"]) == ("news_counted", "1. Số tin, bài được tính trong quý")
    assert first["candidates"][0] == {
        "sheet": "Biểu 1",
        "place": "D2",
        "row": ["Số tin, bài được tính trong quý"],
        "column": ["Số của đài"],
        "value": "5",
        "scale": 1,
        "why": "không rõ tiêu đề cột “Số của đài”",
    }
    preview = commune("import", "xa", "so.xlsx", "--mapping", "Sở", *Q4, "--preview", "--json").value
    assert preview["changes"] == []
    told = commune(*given)
    assert told.text.startswith('{\n "version": 1,\n')  # line by line, to be edited
    assert "? 1. Số tin, bài được tính trong quý (news_counted)" in told.text
    assert "Biểu 1!C2: 4 (×1000) · Số tin, bài được tính trong quý · Kế hoạch (nghìn tin)" in told.text
    chosen = commune(
        *given, "--choose", "news_counted='Biểu 1'!$D$2", "--choose", "news_brief=Biểu 1!C3*1000", "--json"
    )
    assert [one["cell"] for one in chosen.value["questions"]] == []
    assert chosen.value["mapping"]["cells"]["news_brief"]["scale"] == 1000
    preview = commune("import", "xa", "so.xlsx", "--mapping", "Sở", *Q4, "--preview", "--json").value
    assert {one["where"]: one["new"] for one in preview["changes"]} == {"news_counted": "5", "news_brief": "3.000"}
    assert "MAPPING_MISSING" in [one["code"] for one in preview["notes"]]


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ("news_counted", "USAGE"),
        ("news_counted=Biểu 1!D2*7", "USAGE"),
        ("news_counted=Biểu 1!C2", "MAPPING_SCALE"),
        ("news_counted=Biểu 9!D2", "MAPPING_SHEET"),
        ("news_counted=Biểu 1!Z90", "MAPPING_PLACE"),
        ("nothing=Biểu 1!D2", "MAPPING_CELL"),
    ],
)
def test_a_choice_that_leads_nowhere_is_refused(commune, choice, code):
    table("so.xlsx", *DOUBTFUL)
    answer = commune("mapping", "xa", "Sở", "--propose", "so.xlsx", *Q4, "--choose", choice, "--json")
    assert answer.refusal == code
    assert commune("mapping", "xa", "--choose", choice, "--json").refusal == "USAGE"
    assert commune("mapping", "xa", "--json").value == {"names": []}


def test_a_way_written_by_hand_is_kept(commune, tmp_path):
    place = {"sheet": "Biểu 1", "row": 2, "column": "C"}
    mapped = {"version": 1, "programme": "nq28_hue", "form": "quarter_news", "cells": {"news_counted": place}}
    (tmp_path / "m.json").write_text(json.dumps(mapped), "utf-8")
    assert commune("mapping", "xa", "Tay", "--set", "m.json", "--json").value["mapping"] == mapped
    table("so.xlsx", ("a",), (None, None, 9))
    assert commune("import", "xa", "so.xlsx", "--mapping", "Tay", *Q4, "--json").value["cells"] == 1
    (tmp_path / "m.json").write_text("{}", "utf-8")
    refused(commune("mapping", "xa", "Tay", "--set", "m.json", "--json"), "MAPPING_SHAPE")
    table("khac.xlsx", ("Doanh thu", 5))
    refused(commune("mapping", "xa", "Khác", "--propose", "khac.xlsx", *Q4, "--json"), "MAPPING_EMPTY")


def test_a_list_of_items_is_added_to_the_ledger(commune):
    head = ("Ngày đăng", "Tiêu đề", "Loại", "Kênh")
    table(
        "tin.xlsx", head, (date(2025, 10, 3), "Phát động", "Tin", "Loa"), (date(2025, 10, 10), "Hội thi", "Bài", "Zalo")
    )
    commune("mapping", "xa", "Tin", "--propose", "tin.xlsx", *Q4)
    given = ("import", "xa", "--news", "tin.xlsx", "--mapping", "Tin", *Q4)
    assert commune(*given, "--json").value["news"] == 2
    again = commune(*given, "--json").value
    assert (again["news"], [note["code"] for note in again["notes"]]) == (2, ["NEWS_THERE"])


def test_days_that_an_excel_with_us_settings_turned_round_are_asked_about_as_a_whole(commune):
    """1/10, 3/10, 13/10, 5/11 typed: three became real dates with day and month exchanged, one stayed text."""
    head = ("Ngày đăng", "Tiêu đề", "Loại", "Kênh")
    days = (date(2025, 1, 10), date(2025, 3, 10), "13/10/2025", date(2025, 5, 11))
    table("tin.xlsx", head, *((day, f"Tin {number}", "Tin", "Loa") for number, day in enumerate(days)))
    commune("mapping", "xa", "Tin", "--propose", "tin.xlsx", *Q4)
    given = ("import", "xa", "--news", "tin.xlsx", "--mapping", "Tin", *Q4, "--json")
    answer = commune(*given)
    refused(answer, "WORKBOOK_PROBLEMS")
    (problem,) = answer.value["problems"]
    assert (problem["code"], problem["where"]) == ("DATE_MIXED", "Biểu 1!A2:A5")
    assert "01/10/2025, 03/10/2025, 05/11/2025 – 4/4 ngày thuộc quý IV" in problem["message"]
    assert commune(*given, "--real-days", "exchanged").value["news"] == 4


def test_old_text_is_shown_and_taken_only_when_agreed_to(commune):
    head = ("Ngµy ®¨ng", "Tiªu ®Ò", "Lo¹i", "Kªnh")
    table("tin.xlsx", head, (date(2025, 10, 3), "Ph¸t ®éng th¸ng hµnh ®éng", "Tin", "Loa"))
    commune("mapping", "xa", "Tin", "--propose", "tin.xlsx", *Q4)
    given = ("import", "xa", "--news", "tin.xlsx", "--mapping", "Tin", *Q4)
    refused(commune(*given, "--json"), "WORKBOOK_PROBLEMS")
    preview = commune(*given, "--convert", "--preview", "--json").value
    assert preview["conversions"][-1]["after"] == "Phát động tháng hành động"
    assert commune(*given, "--convert", "--json").value["news"] == 1
    assert commune("import", "xa", "--news", "tin.xlsx", "--mapping", "Tin", *Q4, "--convert", "--json").value["notes"]


def test_old_text_in_a_form_waits_for_an_agreement(commune, form):
    fill(form, {"loi_van.highlights": "§· ph¸t ®éng th¸ng hµnh ®éng"})
    answer = commune("import", "xa", form, "--json")
    assert answer.refusal == "LEGACY_TEXT"
    assert [(one["where"], one["after"]) for one in answer.value["conversions"]] == [
        ("Lời văn!D5", "Đã phát động tháng hành động")
    ]
    assert commune("import", "xa", form, "--convert", "--json").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("import", "xa"),
        ("import", "xa", "a.xlsx", "--news", "b.xlsx"),
        ("import", "xa", "--news", "b.xlsx"),
    ],
)
def test_what_is_missing_on_the_command_line_is_said(commune, words):
    answer = commune(*words, "--json")
    assert (answer.code, answer.refusal) == (2, "USAGE")


def test_a_mapped_workbook_needs_a_period(commune):
    table("so.xlsx", ("Số tin, bài được tính trong quý", 5))
    commune("mapping", "xa", "Sở", "--propose", "so.xlsx", *Q4)
    for words in (("import", "xa", "so.xlsx", "--mapping", "Sở"), ("mapping", "xa", "B", "--propose", "so.xlsx")):
        assert commune(*words, "--json").refusal == "USAGE"


def test_an_import_is_held_against_the_quarters_before_it_as_sealing_will_be(commune, form):
    """Six items a quarter, then nine hundred: that is asked about at once, not only when the report is sealed."""
    for quarter in ("2025-Q1", "2025-Q2", "2025-Q3"):
        commune("template", "xa", "--period", quarter, "--out", "truoc.xlsx")
        fill(Path("truoc.xlsx"), {f"so.{name}": amount for name, amount in TOTALS.items()})
        assert commune("import", "xa", "truoc.xlsx", "--json").code == 0
    many = {name: amount * 150 for name, amount in TOTALS.items()}
    fill(form, {f"so.{name}": amount for name, amount in many.items()} | {"as_of": date(2025, 12, 31)})
    assert commune("import", "xa", form, "--json").value["blocking"] > 0
    found = commune("check", "xa", *Q4, "--json").value["problems"]
    assert "unusual:news_counted" in [one["check"] for one in found]
