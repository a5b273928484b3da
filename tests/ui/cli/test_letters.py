"""`remind` and `report --sheet`: what the office above writes to those who are late, and the sheet of one form."""

from __future__ import annotations

from docx import Document

from .conftest import SUMMING, refused

Q4 = ("--period", "2025-Q4")


def test_those_who_sent_nothing_get_a_letter_each_or_one_to_all(cli, stage):
    """Of forty units of Huế none has been received."""
    each = cli("remind", "so", *Q4, "--format", "docx", "--out", "thu", "--json", password=SUMMING).value
    assert len(each["files"]) == len(each["missing"]) == 40
    (one,) = cli(
        "remind", "so", *Q4, "--format", "docx", "--out", "chung", "--merged", "--json", password=SUMMING
    ).value["files"]
    words = "\n".join(cell.text for table in Document(one).tables for row in table.rows for cell in row.cells)
    assert "Phường Phú Xuân" in words
    refused(cli("remind", "so", *Q4, "--format", "doc", "--out", "x", "--json", password=SUMMING), "FORMAT_UNKNOWN")


def test_a_sheet_is_written_instead_of_the_report(cli, stage):
    answer = cli("report", "xa", *Q4, "--format", "docx", "--sheet", "--out", "bieu.docx", "--json").value
    words = "\n".join(p.text for p in Document(answer["file"]).paragraphs)
    assert "Kính gửi" not in words
