"""Every verb once as it is meant, by its JSON shape: one commune's quarter, the whole way."""

from __future__ import annotations

import json

from .conftest import COMMUNE, HEAD, OFFICE, PREPARER, SUMMING, make_commune, write_import

Q4 = ("--period", "2025-Q4")


def test_units_are_found_with_marks_without_marks_and_by_code(cli):
    for query in ("Phú Xuân huế", "phu xuan hue", "19753"):
        (unit, *_) = cli("units", query, "--on", "2025-12-31", "--json").value["units"]
        assert (unit["code"], unit["full_name"], unit["parent"]) == ("19753", "Phường Phú Xuân", OFFICE)
        assert set(unit) == {"code", "name", "full_name", "kind", "parent", "valid_from", "valid_to", "members"}


def test_the_catalogue_is_asked_as_of_a_day(cli):
    before, after = (
        cli("units", "00004", "--on", day, "--json").value["units"] for day in ("30/06/2025", "2025-07-01")
    )
    assert before[0]["full_name"] != after[0]["full_name"]


def test_init_tells_the_recovery_code_once(cli):
    made = cli("init", "moi", "--unit", COMMUNE, "--person", "Nguyễn Thị Lan", "--json").value
    assert {"ledger", "unit", "person", "recovery_code"} <= set(made)
    assert (made["unit"], made["people"][0]["role"], made["programme"]) == (COMMUNE, "sole_officer", "nq28_hue")


def test_outside_hue_the_national_strategy_is_reported_on(cli):
    assert cli("init", "xa", "--unit", "00004", "--person", "Lan", "--json").value["programme"] == "nq28"


def test_import_check_seal(cli, stage):
    """Three items of four: a warning that needs a reason, then a reason, then the seal."""
    cli("init", "khac", "--unit", "19774", "--person", "Lan", "--json")
    file = write_import(stage / "it.json", news=json.loads((stage / "q4.json").read_text("utf-8"))["news"][:3])
    assert cli("import", "khac", file, "--json").value["blocking"] == 1
    answer = cli("check", "khac", *Q4, "--json")
    (problem,) = answer.value["problems"]
    assert (answer.code, answer.value["ok"], problem["level"], problem["check"]) == (1, False, "warning", "enough_news")
    assert problem["cells"] == ["news_counted"]
    assert cli("seal", "khac", *Q4, "--out", "goi2", "--json").refusal == "CHECKS_FAILED"
    write_import(
        file, news=json.loads(file.read_text("utf-8"))["news"], explanations=[{"check": "enough_news", "reason": "Bão"}]
    )
    assert cli("import", "khac", file, "--json").value["blocking"] == 0
    assert cli("check", "khac", *Q4, "--json").code == 0
    sealed = cli("seal", "khac", *Q4, "--out", "goi2", "--json").value
    assert (sealed["revision"], sealed["supersedes"], len(sealed["digest"])) == (1, None, 64)
    assert (stage / sealed["file"]).name == "19774_2025-Q4_nq28_hue_R01.bdg"


def test_the_same_file_read_twice_makes_the_same_report(cli, stage):
    for folder in ("mot", "hai"):
        cli("init", folder, "--unit", "19774", "--person", "Lan")
        cli("import", folder, "q4.json")
    ids = []
    for folder in ("mot", "hai"):
        file = cli("seal", folder, *Q4, "--out", f"goi-{folder}", "--json").value["file"]
        ids.append((stage / file).read_bytes().partition(b'"news":')[2][:200])
    assert ids[0] == ids[1]


def test_a_sealed_report_is_corrected_by_importing_again(cli, stage):
    first = cli("seal", "xa", *Q4, "--out", "goi", "--again", "--json").value
    more = [*json.loads((stage / "q4.json").read_text("utf-8"))["news"], {"date": "2025-12-01", "title": "Sót", "kind": "feature",
            "channels": ["website"]}]  # fmt: skip
    write_import(stage / "q4.json", news=more)
    assert cli("import", "xa", "q4.json", "--json").refusal == "REPORT_SEALED"
    assert cli("import", "xa", "q4.json", "--correct", "--json").value["revision"] == 2
    second = cli("seal", "xa", *Q4, "--out", "goi", "--reason", "Sót một tin", "--json").value
    assert (second["revision"], second["supersedes"]) == (2, first["digest"])
    merged = cli("merge", "so", "goi", "--json", password=SUMMING).value
    assert [file["class"] for file in merged["files"]] == ["new", "correction"]


def test_sealing_twice_is_refused_and_writing_again_is_not(cli, package):
    before = package.read_bytes()
    assert cli("seal", "xa", *Q4, "--out", "goi", "--json").refusal == "ALREADY_SEALED"
    package.unlink()
    assert cli("seal", "xa", *Q4, "--out", "goi", "--again", "--json").code == 0
    assert package.read_bytes() == before


def test_the_register_lists_who_is_trusted_and_a_revoked_key_seals_nothing_new(cli, package):
    keys = cli("register", "so", "--json", password=SUMMING).value["keys"]
    assert sorted(key["role"] for key in keys) == ["head_of_unit", "preparer"]
    assert {key["unit"] for key in keys} == {COMMUNE}
    assert cli("revoke", "so", keys[0]["keyid"], "--json", password=SUMMING).value["keyid"] == keys[0]["keyid"]
    answer = cli("merge", "so", package, "--json", password=SUMMING)
    assert (answer.code, answer.value["batch"], answer.value["files"][0]["code"]) == (1, None, "KEY_REVOKED")


def test_enrolling_tells_whose_key_it_is(cli, stage):
    cli("init", "moi", "--unit", "19774", "--person", "Lan")
    request = cli("enrol-request", "moi", "--out", "khoa", "--json").value
    enrolled = cli("enrol", "so", request["file"], "--fingerprint", request["fingerprint"].replace(" ", "."), "--json",
                   password=SUMMING).value  # fmt: skip
    expected = {"keyid": request["keyid"], "unit": "19774", "person": "Lan", "role": "sole_officer"}
    assert enrolled == expected


def test_verify_without_a_ledger_says_that_it_knows_nobody(cli, package):
    (file,) = cli("verify", package, "--json").value["files"]
    assert (file["ok"], file["unit"], file["period"], file["revision"]) == (True, COMMUNE, "2025-Q4", 1)
    assert [(seal["role"], seal["known"]) for seal in file["seals"]] == [(None, False), (None, False)]
    assert "Chưa đối chiếu với sổ khóa" in cli("verify", package).text


def test_verify_with_a_ledger_knows_the_seals(cli, package):
    (file,) = cli("verify", package, "--ledger", "so", "--json", password=SUMMING).value["files"]
    assert sorted((seal["role"], seal["known"]) for seal in file["seals"]) == [
        ("head_of_unit", True),
        ("preparer", True),
    ]


def test_a_stick_is_previewed_taken_and_taken_again_without_effect(cli, package):
    def merged(*more: str) -> tuple[str | None, list[str]]:
        value = cli("merge", "so", "goi", *more, "--json", password=SUMMING).value
        return value["batch"], [file["class"] for file in value["files"]]

    assert merged("--dry-run") == (None, ["new"])
    batch, classes = merged()
    assert (bool(batch), classes) == (True, ["new"])
    assert merged() == (None, ["same"])
    assert cli("undo", "so", batch, "--json", password=SUMMING).value == {"batch": batch, "undone": 1}
    assert merged("--dry-run") == (None, ["new"])


def test_status_and_table_count_the_silent(cli, package):
    cli("merge", "so", "goi", password=SUMMING)
    status = cli("status", "so", *Q4, "--json", password=SUMMING).value
    assert {name: status[name] for name in ("expected", "received", "late", "returned")} == dict(
        expected=40, received=1, late=0, returned=0)  # fmt: skip
    assert (len(status["missing"]), COMMUNE in status["missing"]) == (39, False)
    table = cli("table", "so", *Q4, "--json", password=SUMMING).value
    (row,) = table["rows"]
    assert (row["indicator"], row["number"], row["amount"]) == ("communes_with_news", "6.3", "2.5")
    assert (row["expected"], row["reported"], row["verdict"], row["gap"]) == (40, 1, "not_comparable", "-97.5")
    assert row["operands"] == {"units_meeting": "1", "units_expected": "40"}
    assert {cell["cell"]: cell["amount"] for cell in table["cells"]}["news_counted"] == "4"


def test_the_table_of_a_span_says_of_which_year_each_row_is(cli):
    """Five rows of 1.1, each of another year."""
    make_commune(cli, "xa")
    span = ("--programme", "nq28_hue", "--period", "2021..2025")
    table = cli("table", "xa", *span, "--json").value
    first = [row["year"] for row in table["rows"] if row["number"] == table["rows"][0]["number"]]
    assert first == [2021, 2022, 2023, 2024, 2025]
    lines = cli("table", "xa", *span).text.splitlines()
    number = table["rows"][0]["number"]
    mine = [line.split()[:2] for line in lines if line.split()[:1] == [number]]
    assert mine == [[number, str(year)] for year in first]
    assert {row["year"] for row in cli("table", "xa", "--period", "2025", "--json").value["rows"]} == {None}


def test_what_each_part_lacks_stands_beside_what_they_lack_together(cli, stage):
    """5.2a: boys 50 of 100, girls 80 of 100; more than 90 of each hundred are asked."""
    made = {
        "primary_completed.boys": 50,
        "primary_completed.girls": 80,
        "primary_expected.boys": 100,
        "primary_expected.girls": 100,
    }
    cells = [{"cell": name, "state": "given", "amount": str(amount)} for name, amount in made.items()]
    whole = {"form": "year_indicators", "period": "2025", "news": [], "cells": cells}
    assert cli("import", "xa", write_import(stage / "nam.json", **whole)).code == 0
    rows = cli("table", "xa", "--period", "2025", "--json").value["rows"]
    row = next(row for row in rows if row["number"] == "5.2a")
    assert (row["verdict"], row["gap"], row["gap_count"]) == ("not_met", "-40", 41 + 11)
    assert row["gap_parts"] == {
        "boys": {"verdict": "not_met", "gap": "-40", "gap_count": 41},
        "girls": {"verdict": "not_met", "gap": "-10", "gap_count": 11},
    }


def test_text_answers_are_vietnamese(cli, package):
    cli("merge", "so", "goi", password=SUMMING)
    text = cli("status", "so", *Q4, password=SUMMING).text + cli("table", "so", *Q4, password=SUMMING).text
    assert "40 xã, phường: 1 đã nhận, 39 còn thiếu." in text
    assert " 2,5  %" in text


def test_reports_are_printed_as_pdf_and_workbook(cli, package, stage):
    for ledger, password in (("xa", PREPARER), ("so", SUMMING)):
        for format, start in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
            out = stage / "in" / f"{ledger}.{format}"
            answer = cli("report", ledger, *Q4, "--format", format, "--out", out, "--json", password=password)
            assert answer.value == {"file": str(out)}
            assert out.read_bytes().startswith(start)


def test_a_year_before_the_catalogue_begins_is_printed_too(cli, stage):
    assert cli("report", "xa", "--period", "2023", "--format", "xlsx", "--out", "2023.xlsx").code == 0


def test_a_backup_is_restored_with_everything_in_it(cli, package):
    cli("merge", "so", "goi", password=SUMMING)
    assert cli("backup", "so", "--out", "ban.sbdbackup", "--json", password=SUMMING).value == {"file": "ban.sbdbackup"}
    assert cli("restore", "ban.sbdbackup", "lai", "--json").value == {"ledger": "lai"}
    assert cli("status", "lai", *Q4, "--json", password=SUMMING).value["received"] == 1


def test_the_head_may_ask_for_a_key_file_by_name(cli, stage):
    named = cli("enrol-request", "xa", "--out", "khoa", "--person", "Trần Văn Hùng", "--json", password=HEAD)
    assert "head_of_unit" in named.value["file"]


def test_a_password_may_stand_in_a_file(cli, stage):
    (stage / "mk.txt").write_text(f"{PREPARER}\r\nghi chú\n", "utf-8")
    assert cli("check", "xa", *Q4, "--password-file", "mk.txt", password="").code == 0


def test_an_office_that_the_catalogue_lacks_founds_its_ledger(cli):
    made = ("--unit", "SNV46", "--unit-name", "Sở Nội vụ thành phố Huế", "--parent", OFFICE)
    answer = cli("init", "so-nganh", *made, "--person", "Lan", "--json")
    assert (answer.value["unit"], answer.value["programme"]) == ("SNV46", "nq28_hue")
    assert cli("table", "so-nganh", "--period", "2025", "--json").value["unit"] == "SNV46"


def test_a_commune_added_by_hand_is_expected_to_report(cli, stage):
    new = ("--unit", "x1", "--unit-name", "Xã Mới Thành Lập", "--unit-kind", "commune", "--parent", OFFICE)
    added = cli("unit-add", "so", *new, "--unit-from", "2025-10-01", "--json", password=SUMMING).value
    assert (added["full_name"], added["valid_from"]) == ("Xã Mới Thành Lập", "2025-10-01")
    assert cli("status", "so", *Q4, "--json", password=SUMMING).value["expected"] == 41
    assert cli("unit-add", "so", *new, "--json", password=SUMMING).refusal == "UNIT_OVERLAP"


def test_periods_of_both_bases_make_packages_of_two_names(cli, stage):
    """The 14th of December ends the fourth quarter of NĐ 09/2019."""
    write_import(stage / "nd09.json", basis="nd09", as_of="2025-12-14")
    cli("import", "xa", "nd09.json")
    file = cli("seal", "xa", *Q4, "--basis", "nd09", "--out", "goi", "--json").value["file"]
    assert (stage / file).name == "19804_2025-Q4-nd09_nq28_hue_R01.bdg"
