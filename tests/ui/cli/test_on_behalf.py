"""Nhập thay by the command line: forty communes without the program, their workbooks, their paper, and the day one of them seals.

Huế sends 40 fill-in workbooks for the quarter   →   each commune fills its own   →   one folder comes back   →   40/40 nhập thay
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from exports.workbook.template_keys import defined_name

from .conftest import COMMUNE, NEWS, OFFICE, refused, write_import

Q4 = ("--period", "2025-Q4")
SENDERS = 6 if os.environ.get("CI") else 40  # half a second each to write and to read
SCAN = b"%PDF-1.4\n%the scan of a sheet of paper\n%%EOF\n"


@pytest.fixture
def office(cli):
    assert cli("init", "so", "--unit", OFFICE, "--person", "Lê Thị Tổng", "--collates").code == 0
    return cli


def fill(file: str | Path, news: list[tuple[str, str]] = (), **cells: object) -> str:
    """Figures by the names of their cells; items of news as the lines of their sheet: (day, kind)."""
    book = openpyxl.load_workbook(file)
    for name, value in cells.items():
        sheet, where = next(iter(book.defined_names[defined_name(name.replace("__", "."))].destinations))
        book[sheet][where.replace("$", "")] = value
    if news:
        page = book["Tin, bài"]
        keys = {page.cell(1, column).value: column for column in range(2, page.max_column + 1)}
        for row, (day, kind) in enumerate(news, 5):
            year, month, date = map(int, day.split("-"))
            line = {"date": f"{date:02}/{month:02}/{year}", "title": f"Tin {row} ngày {day}", "kind": kind}
            for key, value in (line | {"channel:loudspeaker": "x", "counted": "Có"}).items():
                page.cell(row, keys[key]).value = value
    book.save(file)
    return str(file)


def sent_out(cli, *units: str) -> list[str]:
    chosen = ("--unit", *units) if units else ("--all-missing",)
    return cli("template", "so", *Q4, *chosen, "--out", "phieu", "--json").value["files"]


def merged(cli, *words: str) -> dict[str, dict]:
    answer = cli("merge", "so", *words, "--json")
    assert "files" in answer.value, answer
    return {Path(one["path"]).name: one for one in answer.value["files"]}


def one_line(cli, *words: str) -> dict:
    (line,) = merged(cli, *words).values()
    return line


@pytest.mark.slow
def test_a_whole_quarter_by_forty_workbooks_and_no_package(office):
    """Half of the communes list their items, half give totals alone. The sums are those that the test itself adds up."""
    cli = office
    missing = cli("status", "so", *Q4, "--json").value["missing"]
    assert len(missing) == 40
    files = sent_out(cli, *missing[:SENDERS])
    total = dict.fromkeys(("news_counted", "news_brief", "news_feature"), 0)
    enough = 0
    for number, file in enumerate(files):
        brief, feature = number % 5 + 1, number % 3
        if number % 2:
            days = [f"2025-{10 + day % 3}-{day + 1:02}" for day in range(brief + feature)]
            kinds = ["Tin"] * brief + ["Bài"] * feature
            fill(file, news=list(zip(days, kinds, strict=True)))
        else:
            both = brief + feature
            fill(
                file, so__news_counted=both, so__news_brief=brief, so__news_feature=feature, so__news_own=both,
                so__news_relayed=0, so__news_airings=both,
            )  # fmt: skip
        total["news_brief"] += brief
        total["news_feature"] += feature
        total["news_counted"] += brief + feature
        enough += brief + feature >= 4
    before = cli("merge", "so", "phieu", "--dry-run", "--json").value
    assert {one["class"] for one in before["files"]} == {"on_behalf"}
    assert cli("status", "so", *Q4, "--json").value["received"] == 0
    answer = cli("merge", "so", "phieu", "--json")
    assert (answer.code, len(answer.value["files"])) == (0, SENDERS)
    status = cli("status", "so", *Q4, "--json").value
    assert (status["expected"], status["received"], len(status["on_behalf"])) == (40, SENDERS, SENDERS)
    assert status["missing"] == missing[SENDERS:]
    assert f"{SENDERS} đã nhận ({SENDERS} nhập thay)" in cli("status", "so", *Q4).text
    table = cli("table", "so", *Q4, "--json").value
    cells = {cell["cell"]: cell["amount"] for cell in table["cells"]}
    assert {name: cells[name] for name in total} == {name: str(amount) for name, amount in total.items()}
    assert table["units_on_behalf"] == SENDERS
    row = next(row for row in table["rows"] if row["number"] == "6.3")
    assert (row["operands"]["units_meeting"], row["reported"]) == (str(enough), SENDERS)
    assert cli("report", "so", *Q4, "--format", "docx", "--out", "bc.docx", "--json").code == 0
    assert {one["class"] for one in cli("merge", "so", "phieu", "--json").value["files"]} == {"same"}
    undone = cli("undo", "so", answer.value["batch"], "--json").value["undone"]
    assert (undone, cli("status", "so", *Q4, "--json").value["received"]) == (SENDERS, 0)


def filled(cli, *units: str, **cells: object) -> list[str]:
    figures = {"so__news_counted": 4, "so__news_brief": 4, "so__news_feature": 0, "so__news_own": 4,
               "so__news_relayed": 0, "so__news_airings": 4}  # fmt: skip
    return [fill(file, **figures | cells) for file in sent_out(cli, *units)]


def test_what_is_wrong_in_a_cell_is_told_with_its_place_and_a_letter_goes_back(office):
    """Three communes: one typed words for a number, one more briefs than items, one filled it well."""
    cli = office
    words, more, _ = filled(cli, "19804", "19815", "19819")
    fill(words, so__news_counted="nhiều")
    fill(more, so__news_brief=9)
    found = merged(cli, "phieu", "--letters", "thu")
    assert sorted(one["class"] for one in found.values()) == ["on_behalf", "quarantined", "refused"]
    (fault,) = found[Path(words).name]["faults"]
    assert (fault["code"], fault["where"]) == ("NUMBER_UNREADABLE", "Số liệu!H5")
    assert "Số liệu!H" in found[Path(more).name]["faults"][0]["where"]
    assert sorted(path.name for path in Path("thu").iterdir()) == ["sua-phieu_19804.docx", "sua-phieu_19815.docx"]
    fill(words, so__news_counted=4)
    fill(more, so__news_brief=4)
    assert {one["class"] for one in merged(cli, "phieu").values()} == {"on_behalf", "same"}
    assert cli("status", "so", *Q4, "--json").value["received"] == 3


def test_each_bad_workbook_is_told_and_the_others_are_taken(office, tmp_path):
    cli = office
    files = filled(cli, "19804", "19815", "19819", "19858", "19867")
    shutil.copy(files[1], "phieu/ban-sao.xlsx")  # the same file twice
    fill(shutil.copy(files[2], "phieu/khac.xlsx"), so__news_airings=7)  # two different files of one unit
    Path("phieu/hong.xlsx").write_bytes(b"PK\3\4 cut")
    openpyxl.Workbook().save("phieu/cua-xa.xlsx")
    _stamped(files[3], "version", "7")
    _stamped(files[4], "unit", "19804")
    found = merged(cli, "phieu")
    told = {name: (one["class"], one["code"]) for name, one in found.items()}
    names = [Path(file).name for file in files]
    assert told[names[0]] == ("on_behalf", "ON_BEHALF")
    assert sorted((told[names[1]], told["ban-sao.xlsx"])) == [("on_behalf", "ON_BEHALF"), ("same", "SAME")]
    assert told[names[2]] == told["khac.xlsx"] == ("conflict", "ON_BEHALF_TWICE")
    assert told["hong.xlsx"][1] in ("WORKBOOK_DAMAGED", "WORKBOOK_KIND")
    assert told["cua-xa.xlsx"] == ("refused", "WORKBOOK_FOREIGN")
    assert told[names[3]] == ("refused", "WORKBOOK_VERSION")
    assert told[names[4]] == ("refused", "WORKBOOK_UNIT")
    assert cli("status", "so", *Q4, "--json").value["received"] == 2


def _stamped(file: str, key: str, value: str) -> None:
    book = openpyxl.load_workbook(file)
    page = book["_sobinhdang"]
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == key)
    page.cell(row, 2).value = value
    book.save(file)


def test_a_locked_cell_that_was_changed_is_told_with_its_place(office):
    """Somebody unlocked the sheet and called the briefs features: nobody knows any more what the figure is of."""
    (file,) = filled(office, "19804")
    book = openpyxl.load_workbook(file)
    page = book["Số liệu"]
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == "news_brief")
    page.cell(row, 3).value = "Số bài"
    book.save(file)
    line = one_line(office, file)
    assert (line["class"], line["code"]) == ("refused", "WORKBOOK_PROBLEMS")
    assert (line["faults"][0]["code"], line["faults"][0]["where"]) == ("LOCKED_CHANGED", f"Số liệu!C{row}")


def test_a_workbook_of_another_territory_is_refused(office):
    """The province's commune sends its file to a commune of another province."""
    cli = office
    (file,) = filled(cli, "19804")
    assert cli("init", "khac", "--unit", "01", "--person", "Lê Thị B", "--collates").code == 0
    answer = cli("merge", "khac", file, "--json")
    assert (answer.code, answer.value["files"][0]["code"]) == (1, "UNIT_NOT_BELOW")


def test_another_workbook_of_the_unit_is_a_question_until_a_person_answers(office):
    cli = office
    (file,) = filled(cli, "19804")
    assert one_line(cli, file)["class"] == "on_behalf"
    fill(file, so__news_airings=9)
    line = one_line(cli, file)
    assert (line["class"], line["code"]) == ("conflict", "ON_BEHALF_REPLACE")
    assert [(one["cell"], one["old"], one["new"]) for one in line["changes"]] == [("news_airings", "4", "9")]
    assert one_line(cli, file, "--replace")["class"] == "on_behalf"
    history = cli("on-behalf", "so", *Q4, "--unit", "19804", "--json").value["entries"]
    assert [one["class"] for one in history] == ["on_behalf", "on_behalf"]
    assert [
        cell["amount"] for cell in cli("table", "so", *Q4, "--json").value["cells"] if cell["cell"] == "news_airings"
    ] == ["9"]


def test_a_sheet_of_paper_is_entered_with_its_scan(office, tmp_path):
    cli = office
    Path("giay.pdf").write_bytes(SCAN)
    write_import(tmp_path / "giay.json")
    words = ("on-behalf", "so", *Q4, "--unit", COMMUNE, "--figures", "giay.json")
    assert cli(*words, "--json").refusal == "USAGE"
    (tmp_path / "giay.txt").write_text("không phải bản quét")
    refused(cli(*words, "--scan", "giay.txt", "--json"), "EVIDENCE_KIND")
    entry = cli(*words, "--scan", "giay.pdf", "--json").value
    assert (entry["class"], entry["source"], entry["by"]) == ("on_behalf", "paper", "Lê Thị Tổng")
    assert (entry["file"]["name"], entry["file"]["size"]) == ("giay.pdf", len(SCAN))
    status = cli("status", "so", *Q4, "--json").value
    assert [one["unit"] for one in status["on_behalf"]] == [COMMUNE]
    assert cli("on-behalf", "so", *Q4, "--unit", COMMUNE, "--source", "lai.pdf").code == 0
    assert Path("lai.pdf").read_bytes() == SCAN
    write_import(tmp_path / "giay.json", news=NEWS[:3])
    refused(cli(*words, "--scan", "giay.pdf", "--json"), "ON_BEHALF_REPLACE")
    assert cli(*words, "--scan", "giay.pdf", "--replace", "--json").value["class"] == "on_behalf"
    refused(cli("on-behalf", "so", *Q4, "--unit", "01", "--scan", "giay.pdf", "--json"), "UNIT_NOT_BELOW")


def test_blank_paper_is_refused_and_a_blank_workbook_kept_aside(office):
    cli = office
    (file,) = sent_out(cli, "19804")
    line = one_line(cli, file)
    assert (line["class"], line["code"]) == ("quarantined", "BLANK")
    assert cli("status", "so", *Q4, "--json").value["received"] == 0
    Path("giay.pdf").write_bytes(SCAN)
    refused(cli("on-behalf", "so", *Q4, "--unit", "19815", "--scan", "giay.pdf", "--json"), "BLANK")


def test_the_sealed_package_takes_the_place_and_says_what_differs(stage, cli):
    """The commune that was entered from paper with three items seals its own four."""
    from tests.ui.cli.conftest import SUMMING

    def so(*words: object):
        return cli(*words, password=SUMMING)

    Path("giay.pdf").write_bytes(SCAN)
    write_import(stage / "giay.json", news=NEWS[:3])
    entry = so("on-behalf", "so", *Q4, "--unit", COMMUNE, "--figures", "giay.json", "--scan", "giay.pdf", "--json")
    assert entry.value["class"] == "on_behalf"
    dry = so("merge", "so", "goi", "--dry-run", "--json").value["files"][0]
    line = so("merge", "so", "goi", "--json").value["files"][0]
    assert dry == line | {"path": dry["path"]}
    assert (line["class"], "Thay bản nhập thay" in line["message"]) == ("new", True)
    assert {"cell": "news_counted", "old": "3", "new": "4", "reason": "bản nhập thay"} in line["changes"]
    status = so("status", "so", *Q4, "--json").value
    assert (status["received"], status["on_behalf"]) == (1, [])
    assert len(so("on-behalf", "so", *Q4, "--unit", COMMUNE, "--json").value["entries"]) == 1
    again = so("on-behalf", "so", *Q4, "--unit", COMMUNE, "--figures", "giay.json", "--scan", "giay.pdf", "--json")
    assert again.refusal == "ON_BEHALF_SEALED"


def test_an_unknown_unit_gets_no_workbook(office):
    refused(office("template", "so", *Q4, "--unit", "01", "--out", "phieu", "--json"), "UNIT_NOT_BELOW")


def test_what_a_district_entered_reaches_the_province_with_its_bundle(cli):
    """Hương Thủy of 2024 enters one commune from its workbook and forwards: the province counts it once, as entered by the
    district; a package of the commune takes its place."""
    year, day = ("--programme", "nq28_hue", "--period", "2024-Q4"), ("--on", "2024-12-31")
    for code in ("46", "479"):
        assert cli("init", code, "--unit", code, *day, "--person", f"Người {code}", "--collates", "--json").code == 0
    key = cli("enrol-request", "479", "--out", "khoa", "--json").value
    assert cli("enrol", "46", key["file"], "--fingerprint", key["fingerprint"], "--json").code == 0
    (file,) = cli("template", "479", *year, "--unit", "19960", "--out", "phieu", "--json").value["files"]
    fill(
        file,
        so__news_counted=4,
        so__news_brief=4,
        so__news_feature=0,
        so__news_own=4,
        so__news_relayed=0,
        so__news_airings=4,
    )
    assert cli("merge", "479", "phieu", "--json").value["files"][0]["class"] == "on_behalf"
    bundle = cli("forward", "479", *year, "--out", "len", "--json").value
    assert (bundle["originals"], bundle["on_behalf"]) == (0, ["19960"])
    assert cli("verify", bundle["file"], "--ledger", "46", "--json").code in (0, 1)
    classes = [one["class"] for one in cli("merge", "46", "len", "--json").value["files"]]
    assert classes == ["new", "on_behalf"]
    status = cli("status", "46", *year, "--json").value
    assert [(one["unit"], "479" in one["by"] or "Hương Thủy" in one["by"]) for one in status["on_behalf"]] == [
        ("19960", True)
    ]
    assert {one["class"] for one in cli("merge", "46", "len", "--json").value["files"]} == {"same"}


def test_the_journal_and_the_ledger_stay_sound(office):
    cli = office
    filled(cli, "19804")
    assert one_line(cli, "phieu")["class"] == "on_behalf"
    answer = cli("verify", "--ledger", "so", "--json")
    assert (answer.code, answer.value["ledger"]["ok"]) == (0, True)
    assert json.dumps(answer.value["ledger"]["problems"]) == "[]"
