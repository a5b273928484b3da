"""S4 and S5 for 2024 by the verbs: the plan asks the districts themselves. A district that compiles other plans seals its own
report of this one; the province expects districts and agencies, and no commune.

    20 Lạng Sơn      180 Tràng Định (--collates), 181 Bình Gia, … 11 in all · Sở LĐTBXH, UBMTTQ
    33 Hưng Yên      323 Hưng Yên (--collates), 328 Mỹ Hào, … 10 in all
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from forms.programmes.catalogue import load_all
from forms.programmes.programme_role import form_at, unit_post

LAST = date(2024, 12, 31)
DAY = ("--on", "2024-12-31")
S4, S5 = ("ct21_langson", "2024"), ("qd2282_hungyen", "2024")


def of(report: tuple[str, str]) -> tuple[str, ...]:
    return ("--programme", report[0], "--period", report[1])


def founded(cli, code: str, *more: str) -> dict:
    answer = cli("init", code, "--unit", code, *DAY, "--person", f"Người {code}", *more, "--json")
    assert answer.code == 0, answer
    return answer.value


def agency(cli, above: str, code: str, name: str, *more: str) -> dict:
    made = ("--unit-name", name, "--unit-kind", "agency", "--parent", above, "--unit-from", "2024-01-01")
    assert cli("unit-add", above, "--unit", code, *made, "--json").code == 0
    return founded(cli, code, *made, *more)


def sealed(cli, folder: str, report: tuple[str, str], name: str, kind: str, **amounts: int) -> str:
    """The package of a report in which every cell is answered: those of a count as given, the others "không phát sinh"."""
    programme = load_all().programme(report[0])
    (form,) = programme.forms
    post = unit_post(programme, name, kind, LAST)
    asked = form_at(form, post)
    told = {"programme": report[0], "form": form.id, "period": report[1], "as_of": "2024-12-31"}
    told["narratives"] = {spec.id: "Đã làm xong." for spec in asked.narratives}
    told["tasks"] = [{"id": id, "state": "done", "result": "Đã làm xong."} for id in asked.tasks]
    told["cells"] = [
        {"cell": cell, "state": "given", "amount": str(amounts[count]), "note": ""}
        if (count := cell.partition(".")[0]) in amounts
        else {"cell": cell, "state": "none", "note": ""}
        for cell in asked.cells_for(post.role)
    ]
    file = Path(f"{folder}.json")
    for _ in range(2):
        file.write_text(json.dumps(told), "utf-8")
        assert (taken := cli("import", folder, file, "--json")).code == 0, taken
        problems = cli("check", folder, *of(report), "--json").value["problems"]
        reasons = [{"check": one["check"], "reason": "kỳ thử"} for one in problems if one["level"] == "warning"]
        told["explanations"] = reasons
    answer = cli("seal", folder, *of(report), "--out", "goi", "--json")
    assert answer.code == 0, answer
    return answer.value["file"]


def known(cli, above: str, *codes: str) -> None:
    for code in codes:
        key = cli("enrol-request", code, "--out", "khoa", "--json").value
        assert cli("enrol", above, key["file"], "--fingerprint", key["fingerprint"], "--json").code == 0


def cells(cli, folder: str, report: tuple[str, str]) -> dict[str, tuple]:
    found = cli("table", folder, *of(report), "--json").value["cells"]
    return {one["cell"]: (one["amount"], one["reported"], one["expected"]) for one in found}


def test_s4_the_districts_of_lang_son_report_on_themselves(cli):
    """Events: 3 of Tràng Định and 4 of Bình Gia, of 11 districts. Tràng Định compiles, and is a reporter here all the same."""
    founded(cli, "20", "--collates")
    founded(cli, "180", "--collates")
    founded(cli, "181")
    founded(cli, "05974")  # a commune of Tràng Định
    agency(cli, "20", "20-SLD", "Sở LĐ-TB&XH", "--programme", "ct21_langson")
    agency(cli, "20", "20-MTTQ", "UBMTTQ Việt Nam tỉnh", "--programme", "ct21_langson")
    known(cli, "20", "180", "181", "05974", "20-SLD", "20-MTTQ")
    packages = [
        sealed(cli, "180", S4, "Huyện Tràng Định", "district", events=3),
        sealed(cli, "181", S4, "Huyện Bình Gia", "district", events=4),
        sealed(cli, "20-SLD", S4, "Sở LĐ-TB&XH", "agency"),
        sealed(cli, "20-MTTQ", S4, "UBMTTQ Việt Nam tỉnh", "agency"),
    ]
    assert [one["class"] for one in cli("merge", "20", *packages, "--json").value["files"]] == ["new"] * 4
    status = cli("status", "20", *of(S4), "--json").value
    assert (status["expected"], status["received"]) == (13, 4)
    assert status["missing"] == ["178", *(str(n) for n in range(182, 190))]
    assert cells(cli, "20", S4)["events"] == ("7", 2, 11)
    # nobody below a district is asked, and a commune's report says so instead of being added
    assert cli("status", "180", *of(S4), "--json").value["expected"] == 0
    stray = sealed(cli, "05974", S4, "Xã Quốc Khánh", "commune", events=9)
    (line,) = cli("merge", "20", stray, "--json").value["files"]
    assert (line["class"], line["code"]) == ("quarantined", "UNIT_NOT_ASKED")
    assert cells(cli, "20", S4)["events"] == ("7", 2, 11)
    assert cli("forward", "180", *of(S4), "--out", "len", "--json").refusal == "BUNDLE_NOT_ABOVE"


def test_s5_the_districts_of_hung_yen_report_on_themselves(cli):
    """1 of 2 bodies led by women in each of two districts; the province has not typed its own part."""
    founded(cli, "33", "--collates")
    founded(cli, "323", "--collates")
    founded(cli, "328")
    known(cli, "33", "323", "328")
    packages = [
        sealed(cli, "323", S5, "Thành phố Hưng Yên", "district", women_led_agencies=1, agencies=2),
        sealed(cli, "328", S5, "Thị xã Mỹ Hào", "district", women_led_agencies=1, agencies=2),
    ]
    assert [one["class"] for one in cli("merge", "33", *packages, "--json").value["files"]] == ["new"] * 2
    status = cli("status", "33", *of(S5), "--json").value
    assert (status["expected"], status["received"]) == (10, 2)
    assert cells(cli, "33", S5)["women_led_agencies.office"] == ("2", 2, 11)  # and the province itself
    assert cells(cli, "33", S5)["agencies.office"] == ("4", 2, 11)


@pytest.mark.parametrize(("report", "province"), [(("ct21_langson", "2025"), "20"), (("qd2282_hungyen", "2025"), "33")])
def test_since_the_districts_ended_their_communes_are_asked(cli, report, province):
    answer = cli("init", province, "--unit", province, "--person", "A", "--collates", "--json")
    assert answer.code == 0
    found = cli("status", province, *of(report), "--json").value
    communes = [one for one in found["missing"] if len(one) == 5]
    assert found["expected"] == len(communes) > 60
