"""The printed PDF is sent instead of the package: it is verified and merged like it."""

from __future__ import annotations

import shutil

from tests.ui.cli.conftest import SUMMING

Q4 = ("--period", "2025-Q4")


def printed(cli, name: str = "gui/bao-cao.pdf") -> str:
    assert cli("report", "xa", *Q4, "--format", "pdf", "--out", name).code == 0
    return name


SAME = ("digest", "digits", "unit", "unit_name", "period", "programme", "revision", "seals", "ok", "code")


def test_the_printed_report_is_verified_as_its_package(cli, stage, package):
    """What is said of the package is the same; of the PDF also what was not looked at."""
    said = [cli("verify", file, "--ledger", "so", "--json", password=SUMMING) for file in (package, printed(cli))]
    first, second = (answer.value["files"][0] for answer in said)
    assert [second[name] for name in SAME] == [first[name] for name in SAME]
    assert (first["checked"], first["not_checked"]) == (["structure", "seals", "keys"], [])
    assert (second["checked"], second["not_checked"]) == (["structure", "seals", "keys"], ["pages"])


def test_invented_pages_around_a_true_package_are_not_called_true(cli, stage, package):
    """One page that says anything at all, with a real package attached."""
    forged = b"%PDF-1.7\nTong so vu: 0\n" + package.read_bytes() + b"\n%%EOF"
    (stage / "gia.pdf").write_bytes(forged)
    (file,) = cli("verify", "gia.pdf", "--json").value["files"]
    assert (file["ok"], file["not_checked"]) == (True, ["pages", "keys"])
    for words in ((), ("--ledger", "so")):
        said = cli("verify", "gia.pdf", *words, password=SUMMING).text
        assert "CÁC TRANG CHƯA KIỂM TRA" in said
        assert "ĐÚNG" not in said.replace("GÓI TRONG TỆP ĐÚNG", "")
        assert "so từng số" in said
    assert "CÁC TRANG" not in cli("verify", package).text


def test_receiving_a_pdf_says_that_its_pages_were_not_read(cli, stage, package):
    printed(cli)
    (file,) = cli("merge", "so", "gui", "--dry-run", "--json", password=SUMMING).value["files"]
    assert file["pages"] == "not_checked"
    assert "không đọc các trang" in cli("merge", "so", "gui", "--dry-run", password=SUMMING).text
    (file,) = cli("merge", "so", package, "--dry-run", "--json", password=SUMMING).value["files"]
    assert "pages" not in file


def test_the_printed_report_is_merged_and_its_package_afterwards_changes_nothing(cli, stage, package):
    """A folder holds the PDF, the package and a scanned letter."""
    file = printed(cli)
    shutil.copy(package, stage / "gui" / "z.bdg")
    (stage / "gui" / "cong-van.pdf").write_bytes(b"%PDF-1.4 scan")
    answer = cli("merge", "so", "gui", "--json", password=SUMMING)
    assert [(one["path"], one["class"]) for one in answer.value["files"]] == [(file, "new"), ("gui/z.bdg", "same")]
    assert cli("status", "so", *Q4, "--json", password=SUMMING).value["received"] == 1
    inspected = cli("verify", "--ledger", "so", "--json", password=SUMMING).value["ledger"]
    assert (inspected["ok"], inspected["packages"]) == (True, 1)


def test_a_draft_has_no_package_to_carry(cli, stage):
    cli("import", "xa", "q4.json", "--correct")
    answer = cli("verify", printed(cli), "--json")
    assert (answer.code, answer.value["files"][0]["code"]) == (1, "PDF_NO_PACKAGE")
