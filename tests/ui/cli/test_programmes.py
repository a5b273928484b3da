"""Programmes on the command line, with two real ledgers: the province hands a pack down, the commune takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.all_services import open_services
from forms.programmes.pack_edits import NewPack, changed
from forms.programmes.pack_outline import outline
from tests.ui.cli.conftest import COMMUNE, HEAD, PREPARER, PROGRAM, SUMMING, Command, refused

NEW = NewPack("kh_hue_2026", "Kế hoạch mới của tỉnh", "Kế hoạch mới", "", "UBND thành phố Huế", "46")
TARGET = "quarter_news/communes_with_news/2025.amount"


def release(stage: Path, *, amount: str = "") -> None:
    """In the window: copy Huế's pack, or go on with the next version; change a target; release."""
    ledger = PROGRAM.house.open(stage / "so", SUMMING)
    try:
        desk = open_services(PROGRAM, ledger)
        known = {programme.id for programme in desk.catalogue.programmes}
        start = desk.drafting.next_version(NEW.id) if NEW.id in known else desk.drafting.copy(
            desk.programmes.files("nq28_hue"), NEW
        )  # fmt: skip
        edits = changed(outline(start.files), TARGET, amount) if amount else ()
        desk.programmes.release(desk.drafting.change(start, edits))
    finally:
        ledger.close()


def trust(cli: Command) -> None:
    """The commune enrols the province's key by the thirty digits of its sheet."""
    key = cli("enrol-request", "so", "--out", "khoa", "--json", password=SUMMING).value
    assert cli("enrol", "xa", key["file"], "--fingerprint", key["fingerprint"]).code == 0


@pytest.fixture
def handed(cli, stage) -> Path:
    """The supply file of the province's own programme, and a commune that trusts it."""
    release(stage, amount="95")
    trust(cli)
    assert cli("supply", "so", "--pack", NEW.id, "--out", "cap.bdc", password=SUMMING).code == 0
    return stage / "cap.bdc"


def listed(cli: Command, ledger: str, password: str = PREPARER) -> dict[str, dict]:
    answer = cli("programmes", ledger, "--json", password=password)
    return {one["programme"]: one for one in answer.value["programmes"]}


def test_what_an_office_knows_and_follows(cli, stage):
    """
    Theo  Mã           Chương trình   Từ đâu        Chưa đối chiếu
    x     nq28_hue.v1  Kế hoạch …     kèm phần mềm  n
    """
    shown = listed(cli, "xa")
    assert shown["nq28_hue"]["followed"]
    assert not shown["nq28"]["followed"]
    assert (shown["nq28"]["origin"], shown["nq28"]["basis"]) == ("shipped", "calendar")
    assert "cách đếm tin, bài" in shown["nq28_hue"]["unverified"]
    assert "nq28_hue.v" in cli("programmes", "xa").text


def test_a_pack_is_handed_down_and_taken(cli, stage, handed):
    answer = cli("take-supply", "xa", handed, "--follow", "--json").value
    assert (answer["issuer"], answer["person"], answer["taken"]) == ("46", "Lê Thị Tổng", True)
    assert [(one["programme"], one["new"]) for one in answer["packs"]] == [(NEW.id, True)]
    shown = listed(cli, "xa")[NEW.id]
    assert (shown["followed"], shown["origin"], shown["version"]) == (True, "received", 1)
    assert listed(cli, "so", SUMMING)[NEW.id]["origin"] == "released"


def test_a_report_is_made_sent_and_merged_under_it(cli, stage, handed):
    """The commune's quarter under the taken programme reaches the province's table, judged by the new target."""
    cli("take-supply", "xa", handed)
    (stage / "q4.json").write_text((stage / "q4.json").read_text("utf-8").replace("nq28_hue", NEW.id), "utf-8")
    asked = ("--programme", NEW.id, "--period", "2025-Q4")
    assert cli("import", "xa", "q4.json").code == 0
    assert cli("check", "xa", *asked).code == 0
    assert cli("seal", "xa", *asked, "--out", "moi").code == 0
    merged = cli("merge", "so", "moi", "--json", password=SUMMING).value
    assert [one["class"] for one in merged["files"]] == ["new"]
    rows = cli("table", "so", *asked, "--json", password=SUMMING).value["rows"]
    target = next(row["target"] for row in rows if row["indicator"] == "communes_with_news")
    assert target | {"operator": "", "words": ""} == {
        "year": 2025,
        "operator": "",
        "amount": "95",
        "words": "",
        "verified": False,
    }


def test_the_next_version_says_what_is_different(cli, stage, handed):
    cli("take-supply", "xa", handed)
    release(stage, amount="97")
    cli("supply", "so", "--pack", f"{NEW.id}.v2", "--pack", f"{NEW.id}.v1", "--out", "cap2.bdc", password=SUMMING)
    first, second = cli("take-supply", "xa", "cap2.bdc", "--preview", "--json").value["packs"]
    assert (first["new"], second["new"], first["changes"]) == (False, True, [])
    assert [(one["old"], one["new"]) for one in second["changes"] if "Mức phải đạt" in one["where"]] == [("95", "97")]
    assert listed(cli, "xa")[NEW.id]["versions"] == [1], "a preview writes nothing"
    cli("take-supply", "xa", "cap2.bdc")
    assert listed(cli, "xa")[NEW.id]["versions"] == [1, 2]


def test_an_unknown_key_is_told_how_it_becomes_known(cli, stage):
    cli("supply", "so", "--pack", "nq28", "--out", "cap.bdc", password=SUMMING)
    answer = cli("take-supply", "xa", "cap.bdc", "--json")
    refused(answer, "KEY_UNKNOWN")
    assert "30 chữ số" in answer.value["error"]["message"]


def test_a_draft_is_not_handed_down(cli, stage):
    ledger = PROGRAM.house.open(stage / "so", SUMMING)
    desk = open_services(PROGRAM, ledger)
    desk.drafting.copy(desk.programmes.files("nq28_hue"), NEW)
    ledger.close()
    assert "kh_hue_2026.v1" in cli("programmes", "so", password=SUMMING).text
    refused(cli("supply", "so", "--pack", f"{NEW.id}.v1", "--out", "x.bdc", "--json", password=SUMMING), "PACK_DRAFT")
    assert not (stage / "x.bdc").exists()


@pytest.mark.parametrize("name", ["nq29", "nq28.v0", "nq28.v99", "../nq28", ""])
def test_a_pack_that_is_not_there(cli, stage, name):
    answer = cli("supply", "so", "--pack", name, "--out", "x.bdc", "--json", password=SUMMING)
    refused(answer, "PROGRAMME_UNKNOWN")


def test_a_preparer_hands_down_with_the_heads_password(cli, stage):
    """A unit of two persons: the ledger is opened by the preparer, the seal is the head's."""
    answer = cli("supply", "xa", "--pack", "nq28", "--out", "x.bdc", "--json", head="sai mật khẩu")
    refused(answer, "PASSWORD_WRONG")
    assert cli("supply", "xa", "--pack", "nq28", "--out", "x.bdc", head=HEAD).code == 0


def test_a_report_package_is_no_supply_file(cli, stage, package):
    refused(cli("take-supply", "xa", package, "--json"), "TYPE_OTHER")
    assert COMMUNE in package.name
