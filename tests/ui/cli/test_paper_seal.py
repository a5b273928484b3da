"""`verify --paper`: the thirty digits at the foot of a page, typed or scanned."""

from __future__ import annotations

import io

import pypdf
import pytest

from forms.model.fingerprint import qr_text

from .conftest import NEWS, SUMMING, refused, write_import

Q4 = ("--period", "2025-Q4")


@pytest.fixture
def seal(cli, package) -> str:
    """The digits as they are printed: the foot of the PDF."""
    cli("report", "xa", *Q4, "--format", "pdf", "--out", "in.pdf")
    text = pypdf.PdfReader(io.BytesIO((package.parents[1] / "in.pdf").read_bytes())).pages[0].extract_text()
    return text.partition("Mã niêm phong: ")[2][:35]


def looked_up(cli, digits: str, ledger: str = "so", **more):
    return cli("verify", "--paper", digits, "--ledger", ledger, "--json", **more)


def test_a_page_of_a_received_report_is_known(cli, seal, package):
    cli("merge", "so", "goi", password=SUMMING)
    for typed in (seal, seal.replace(" ", "."), qr_text(seal)):
        answer = looked_up(cli, typed, password=SUMMING)
        (found,) = answer.value["paper"]["found"]
        assert (answer.code, found["direction"], found["class"], found["unit"]) == (0, "received", "new", "19804")
        assert (found["period"], found["revision"], found["newest"], found["digits"]) == ("2025-Q4", 1, True, seal)


def test_the_page_of_before_the_correction_is_known_but_not_the_newest(cli, stage, seal, package):
    cli("merge", "so", "goi", password=SUMMING)
    write_import(stage / "q4.json", news=[*NEWS, NEWS[0] | {"title": "Sót"}])
    cli("import", "xa", "q4.json", "--correct")
    cli("seal", "xa", *Q4, "--out", "goi2", "--reason", "Sót một tin")
    cli("merge", "so", "goi2", password=SUMMING)
    (found,) = looked_up(cli, seal, password=SUMMING).value["paper"]["found"]
    assert (found["revision"], found["newest"]) == (1, False)
    said = cli("verify", "--paper", seal, "--ledger", "so", password=SUMMING).text
    assert "ĐÃ CÓ LẦN GỬI MỚI HƠN" in said


def test_its_sender_knows_it_and_the_issues_that_carry_it(cli, seal):
    issue = cli("publish", "xa", *Q4, "--json").value
    (found,) = looked_up(cli, seal, "xa").value["paper"]["found"]
    assert (found["direction"], found["unit"], found["publications"]) == ("sent", "19804", [issue["publication"]])


def test_one_slip_shows_what_may_be_meant_and_is_still_not_found(cli, seal):
    slip = seal[:-1] + str((int(seal[-1]) + 1) % 10)
    answer = looked_up(cli, slip, "xa")
    paper = answer.value["paper"]
    assert (answer.code, paper["found"], [one["digits"] for one in paper["near"]]) == (1, [], [seal])


def test_digits_of_nothing_are_not_found(cli, stage):
    answer = looked_up(cli, "1" * 30, "xa")
    assert (answer.code, answer.value["paper"]["found"], answer.value["paper"]["near"]) == (1, [], [])


def test_what_is_no_seal_is_refused_and_a_ledger_is_needed(cli, stage):
    refused(looked_up(cli, "12345", "xa"), "PAPER_DIGITS")
    assert cli("verify", "--paper", "1" * 30, "--json").refusal == "USAGE"
