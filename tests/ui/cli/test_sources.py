"""Two answers for one whole by the command line: communes report 13 of 20 and 14 of 20 organisations, Sở Nội vụ types 1 of 1."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from forms.programmes.catalogue import load_all
from forms.programmes.programme_role import form_at, unit_post

YEAR = ("--programme", "nq28_hue", "--period", "2025")
PACK, LAST = load_all().programme("nq28_hue"), date(2025, 12, 31)
SNV = ("--unit-name", "Sở Nội vụ", "--unit-kind", "agency", "--parent", "46")


def sealed(cli, folder: str, name: str, kind: str, **amounts: int) -> str:
    """Everything that is asked of this unit is answered: the named counts as given, the others left to others."""
    post = unit_post(PACK, name, kind, LAST)
    form = form_at(PACK.form("year_indicators"), post)
    told = {"programme": "nq28_hue", "form": "year_indicators", "period": "2025", "as_of": "2025-12-31"}
    told["cells"] = [
        {"cell": cell, "state": "given", "amount": str(amounts[count]), "note": ""}
        if (count := cell.partition(".")[0]) in amounts
        else {"cell": cell, "state": "not_collected", "note": "kỳ thử"}
        for cell in form.cells_for(post.role)
    ]
    told["tasks"] = [{"id": id, "state": "done", "result": "Đã làm xong."} for id in form.tasks]
    file = Path(f"{folder}.json")
    for _ in range(2):
        file.write_text(json.dumps(told), "utf-8")
        assert (taken := cli("import", folder, file, "--json")).code == 0, taken
        problems = cli("check", folder, *YEAR, "--json").value["problems"]
        told["explanations"] = [
            {"check": one["check"], "reason": "kỳ thử"} for one in problems if one["level"] == "warning"
        ]
    answer = cli("seal", folder, *YEAR, "--out", "goi", "--json")
    assert answer.code == 0, answer
    return answer.value["file"]


def row(cli) -> dict:
    return next(one for one in cli("table", "46", *YEAR, "--json").value["rows"] if one["number"] == "6.2")


def printed_while_nobody_has_chosen(cli) -> None:
    """Every paper can be made, and says so."""
    for format in ("pdf", "docx", "xlsx"):
        for kind in ((), ("--sheet",), ("--public",)):
            answer = cli("report", "46", *YEAR, "--format", format, "--out", f"bc.{format}", *kind, "--json")
            assert answer.code == 0, answer
    issued = cli("publish", "46", *YEAR, "--json").value["publication"]
    assert cli("changes", "46", issued, "--json").value["indicators"] == []
    assert cli("changes", "46", issued).code == 0
    assert cli("status", "46", *YEAR).code == 0
    assert "Hai nguồn khác nhau" in cli("table", "46", *YEAR).text


def test_an_agency_does_not_take_the_place_of_the_communes_unasked(cli):
    """67,5 % of the two communes, 100 % of the sở: neither until somebody has chosen with a reason."""
    assert cli("init", "46", "--unit", "46", "--person", "Người tỉnh", "--collates", "--json").code == 0
    assert cli("unit-add", "46", "--unit", "46-SNV", *SNV, "--json").code == 0
    assert cli("init", "46-SNV", "--unit", "46-SNV", *SNV, "--person", "Người sở", "--json").code == 0
    for code in ("19804", "19815"):
        assert cli("init", code, "--unit", code, "--person", f"Người {code}", "--json").code == 0
    for code in ("19804", "19815", "46-SNV"):
        key = cli("enrol-request", code, "--out", "khoa", "--json").value
        assert cli("enrol", "46", key["file"], "--fingerprint", key["fingerprint"], "--json").code == 0
    packages = [
        sealed(cli, "19804", "Phường Phú Xuân", "ward", organisations_committed=13, organisations=20),
        sealed(cli, "19815", "Phường Thủy Xuân", "ward", organisations_committed=14, organisations=20),
        sealed(cli, "46-SNV", "Sở Nội vụ", "agency", organisations_committed=1, organisations=1),
    ]
    assert {one["class"] for one in cli("merge", "46", *packages, "--json").value["files"]} == {"new"}
    found = row(cli)
    assert (found["amount"], found["lack"], found["verdict"]) == (None, "two_sources", "two_sources")
    assert {one["source"]: one["amount"] for one in found["sources"]} == {"labour": "100", "below": "67.5"}
    printed_while_nobody_has_chosen(cli)
    choose = ("sources", "46", *YEAR, "--indicator", "6.2", "--source")
    assert cli(*choose, "below", "--json").refusal == "ANSWERER_REASON"
    assert cli(*choose, "health", "--reason", "thử", "--json").refusal == "SOURCE_UNKNOWN"
    assert cli(*choose, "below", "--reason", "Sở chỉ ghi cơ quan mình", "--json").code == 0
    assert (row(cli)["amount"], row(cli)["operands"]["organisations"]) == ("67.5", "40")
    (since,) = cli("publications", "46", "--json").value["publications"]
    assert [one["name"] for one in cli("changes", "46", since["publication"], "--json").value["indicators"]] != []
    assert "Sở chỉ ghi cơ quan mình" in cli("table", "46", *YEAR).text
    assert cli("sources", "46", *YEAR, "--indicator", "6.2", "--json").code == 0
    assert row(cli)["verdict"] == "two_sources"
    assert cli("report", "46", *YEAR, "--format", "docx", "--out", "bc.docx", "--json").code == 0
