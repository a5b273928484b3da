"""The printed PDF is sent instead of the package: it is verified and merged like it."""

from __future__ import annotations

import shutil

from tests.ui.cli.conftest import SUMMING

Q4 = ("--period", "2025-Q4")


def printed(cli, name: str = "gui/bao-cao.pdf") -> str:
    assert cli("report", "xa", *Q4, "--format", "pdf", "--out", name).code == 0
    return name


def test_the_printed_report_is_verified_as_its_package(cli, stage, package):
    """Path aside, the answers are the same."""
    said = [cli("verify", file, "--ledger", "so", "--json", password=SUMMING) for file in (package, printed(cli))]
    first, second = ({**answer.value["files"][0], "path": ""} for answer in said)
    assert (said[1].code, second) == (0, first)


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
