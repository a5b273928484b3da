"""A report is issued, three corrections are merged, it is printed again: the same bytes; and the list of what changed is
right. Two real ledgers: communes that seal, an office that sums up."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests import inside

from .conftest import NEWS, PROGRAM, SUMMING, refused, write_import

Q4 = ("--period", "2025-Q4")
OTHER = "19774"


def so(cli, *words: object):
    return cli(*words, "--json", password=SUMMING)


def corrected(cli, stage, ledger: str, items: list[dict], reason: str) -> None:
    """The commune seals once more, the office merges."""
    file = write_import(stage / "lai.json", news=items)
    assert cli("import", ledger, file, "--correct", "--json").code == 0
    folder = f"lai-{ledger}-{len(items)}"
    assert cli("seal", ledger, *Q4, "--out", folder, "--reason", reason, "--json").code == 0
    (line,) = so(cli, "merge", "so", folder).value["files"]
    assert line["class"] in ("new", "correction")


def item(day: int, title: str, kind: str = "feature") -> dict:
    return {"date": f"2025-11-{day:02d}", "title": title, "kind": kind, "channels": ["website"]}


@pytest.fixture
def issued(cli, stage, package) -> dict:
    """19804 has sent four items; the office issues."""
    so(cli, "merge", "so", "goi")
    return so(cli, "publish", "so", *Q4).value


def printed(cli, stage, id: str, name: str, format: str = "pdf") -> bytes:
    assert so(cli, "print", "so", "--publication", id, "--format", format, "--out", name).code == 0
    return (stage / name).read_bytes()


def sheets(workbook: bytes) -> dict[str, bytes]:
    """Excel's own file says when it was written; its sheets do not."""
    with ZipFile(BytesIO(workbook)) as file:
        return {name: file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/")}


def kept(stage, id: str) -> bytes:
    """The document as the ledger holds it."""
    ledger = PROGRAM.house.open(stage / "so", SUMMING)
    with ledger.begin() as work:
        found = work.publications.get(id)
    ledger.close()
    return found.document


def test_printed_again_after_three_corrections_it_is_the_same_to_the_byte(cli, stage, issued):
    id = issued["publication"]
    before = {format: printed(cli, stage, id, f"truoc.{format}", format) for format in ("pdf", "docx")}
    cells = sheets(printed(cli, stage, id, "truoc.xlsx", "xlsx"))
    document = kept(stage, id)
    for more in (1, 2, 3):
        items = [*NEWS, *(item(day, f"Bài sót {day}") for day in range(1, more + 1))]
        corrected(cli, stage, "xa", items, f"Sót bài thứ {more}")
    assert {format: printed(cli, stage, id, f"sau.{format}", format) for format in before} == before
    assert sheets(printed(cli, stage, id, "sau.xlsx", "xlsx")) == cells
    assert kept(stage, id) == document
    again = so(cli, "publish", "so", *Q4).value
    assert again["document_sha256"] != issued["document_sha256"]


def test_what_changed_since_is_told_figure_by_figure_with_unit_and_sealed_reason(cli, stage, issued):
    """
    19804  lần gửi 1 → 4   news_counted  4 → 7   “Sót bài thứ 3”
    tổng                   news_counted  4 → 7
    """
    id = issued["publication"]
    assert so(cli, "changes", "so", id).value == {"units": [], "figures": [], "indicators": [], "texts": []}
    for more in (1, 2, 3):
        items = [*NEWS, *(item(day, f"Bài sót {day}") for day in range(1, more + 1))]
        corrected(cli, stage, "xa", items, f"Sót bài thứ {more}")
    found = so(cli, "changes", "so", id).value
    (unit,) = found["units"]
    assert (unit["unit"], unit["change"], unit["old_revision"], unit["new_revision"]) == ("19804", "corrected", 1, 4)
    cells = {cell["cell"]: (cell["old"], cell["new"], cell["reason"]) for cell in unit["cells"]}
    assert cells["news_counted"] == ("4", "7", "Sót bài thứ 3")
    assert cells["news_feature"] == ("0", "3", "Sót bài thứ 3")
    figures = {one["name"]: (one["old"]["text"], one["new"]["text"], one["units"]) for one in found["figures"]}
    assert figures["news_counted"] == ("4", "7", [unit["unit_name"]])
    assert set(figures) == {name for cell in cells for name in (cell, cell.partition(".")[0])}
    assert found["indicators"] == []  # enough before, enough now
    said = cli("changes", "so", id, password=SUMMING).text
    assert "đã đính chính, lần gửi 4" in said


def test_a_unit_that_sends_later_and_one_that_is_taken_back_are_told(cli, stage, issued):
    id = issued["publication"]
    cli("init", "moi", "--unit", OTHER, "--person", "Lan")
    request = cli("enrol-request", "moi", "--out", "khoa2", "--json").value
    so(cli, "enrol", "so", request["file"], "--fingerprint", request["fingerprint"])
    write_import(stage / "moi.json", news=[*NEWS, item(2, "Thêm")])
    cli("import", "moi", "moi.json")
    cli("seal", "moi", *Q4, "--out", "goi-moi")
    batch = so(cli, "merge", "so", "goi-moi").value["batch"]
    found = so(cli, "changes", "so", id).value
    (unit,) = found["units"]
    assert (unit["unit"], unit["change"], unit["old_revision"]) == (OTHER, "new", None)
    (share,) = found["indicators"]
    assert (share["old"]["reported"], share["new"]["reported"], share["units"]) == (1, 2, [unit["unit_name"]])
    later = so(cli, "publish", "so", *Q4).value["publication"]
    so(cli, "undo", "so", batch)
    assert so(cli, "changes", "so", id).value["units"] == []
    (gone,) = so(cli, "changes", "so", later).value["units"]
    assert (gone["change"], gone["new_revision"]) == ("withdrawn", None)
    assert {cell["cell"]: cell["new"] for cell in gone["cells"]}["news_counted"] == ""


def test_own_words_that_changed_are_told(cli, stage):
    write_import(stage / "a.json", narratives={"highlights": "Đã làm tốt."})
    cli("import", "xa", "a.json", "--correct")
    id = cli("publish", "xa", *Q4, "--json").value["publication"]
    write_import(stage / "a.json", narratives={"highlights": "Đã làm rất tốt."})
    cli("import", "xa", "a.json")
    (text,) = cli("changes", "xa", id, "--json").value["texts"]
    assert (text["id"], text["old"], text["new"]) == ("highlights", "Đã làm tốt.", "Đã làm rất tốt.")


def test_the_clerk_fills_in_number_day_and_signer_once(cli, stage, issued):
    id = issued["publication"]
    before, document = printed(cli, stage, id, "trong.pdf"), kept(stage, id)
    filled = so(cli, "number", "so", id, "--number", "5", "--issued", "05/01/2026", "--signer", "Trần Thị Ký").value
    assert (filled["number"], filled["issued"], filled["signer"]) == ("5", "2026-01-05", "Trần Thị Ký")
    assert so(cli, "number", "so", id, "--number", "5").code == 0  # nothing new
    refused(so(cli, "number", "so", id, "--number", "6"), "PUBLICATION_FILLED")
    refused(so(cli, "number", "so", id, "--number", "6", "--again"), "PUBLICATION_REASON")
    again = so(cli, "number", "so", id, "--number", "6", "--again", "--reason", "Vào nhầm sổ").value
    assert (again["number"], again["signer"]) == ("6", "Trần Thị Ký")
    assert printed(cli, stage, id, "co-so.pdf") != before
    assert kept(stage, id) == document
    (listed,) = so(cli, "publications", "so").value["publications"]
    assert (listed["number"], listed["publication"]) == ("6", id)


def test_a_number_without_anything_is_mistyped(cli, issued):
    answer = so(cli, "number", "so", issued["publication"])
    assert (answer.code, answer.refusal) == (2, "USAGE")


def test_what_was_never_issued_is_refused(cli, stage):
    for words in (("changes", "so", "x"), ("number", "so", "x", "--number", "1")):
        refused(so(cli, *words), "PUBLICATION_UNKNOWN")
    printing = ("print", "so", "--publication", "x", "--format", "pdf", "--out", "x.pdf")
    refused(so(cli, *printing), "PUBLICATION_UNKNOWN")


def test_a_document_that_was_changed_in_the_ledger_is_not_printed(cli, stage, issued):
    ledger = PROGRAM.house.open(stage / "so", SUMMING)
    with inside.connection(ledger) as connection:
        connection.execute("UPDATE publication SET document = CAST(replace(document, '04', '05') AS BLOB)")
    ledger.close()
    refused(so(cli, "changes", "so", issued["publication"]), "PUBLICATION_DAMAGED")
    inspected = cli("verify", "--ledger", "so", "--json", password=SUMMING)
    assert (inspected.code, inspected.value["ledger"]["problems"][0][:13]) == (1, "Bản phát hành")


def test_the_pdf_of_an_internal_issue_carries_the_package_and_a_public_one_does_not(cli, stage, package):
    internal = cli("publish", "xa", *Q4, "--json").value
    public = cli("publish", "xa", *Q4, "--public", "--json").value
    assert (internal["public"], public["public"], internal["digits"]) == (False, True, public["digits"])
    for issue, name in ((internal, "noi-bo.pdf"), (public, "cong-khai.pdf")):
        words = ("print", "xa", "--publication", issue["publication"], "--format", "pdf", "--out", name)
        assert cli(*words).code == 0
    cli("report", "xa", *Q4, "--format", "pdf", "--out", "cong-khai-2.pdf", "--public")
    codes = [
        cli("verify", name, "--json").value["files"][0]["code"]
        for name in ("noi-bo.pdf", "cong-khai.pdf", "cong-khai-2.pdf")
    ]
    assert codes == ["OK", "PDF_NO_PACKAGE", "PDF_NO_PACKAGE"]


def test_issuing_and_filling_stand_in_the_journal(cli, stage, issued):
    so(cli, "number", "so", issued["publication"], "--number", "7")
    ledger = PROGRAM.house.open(stage / "so", SUMMING)
    with inside.connection(ledger) as connection:
        events = [json.loads(row[0]) for row in connection.execute("SELECT event FROM journal ORDER BY number")]
    ledger.close()
    assert [event["kind"] for event in events[-2:]] == ["publish", "number"]
    assert events[-2]["detail"]["document"] == issued["document_sha256"]
    assert events[-1]["detail"] == {"publication": issued["publication"], "number": "7", "reason": ""}


def test_what_one_public_issue_kept_back_the_next_one_keeps_back(cli, stage):
    """
    supported   3 + 11 = 14    →  *** + *** = 14
    corrected  30 + 11 = 41    →  *** + *** = 41, or the 11 would tell the 3 of before
    """

    def issued(female: int) -> dict:
        amounts = {
            "victims_found.female": 777,
            "victims_found.male": 20,
            "victims_supported.female": female,
            "victims_supported.male": 11,
        }
        cells = [{"cell": cell, "amount": str(amount)} for cell, amount in amounts.items()]
        year = {"programme": "nq28_hue", "form": "year_indicators", "period": "2025", "cells": cells}
        (stage / "nam.json").write_text(json.dumps(year), "utf-8")
        assert cli("import", "xa", "nam.json", "--json").code == 0
        return cli("publish", "xa", "--period", "2025", "--public", "--json").value

    parts = {"victims_supported.female", "victims_supported.male"}
    assert set(issued(3)["withheld"]) == parts
    assert set(issued(30)["withheld"]) == parts
    cli("report", "xa", "--period", "2025", "--public", "--format", "xlsx", "--out", "cong-khai.xlsx")
    found = "".join(data.decode() for data in sheets((stage / "cong-khai.xlsx").read_bytes()).values())
    assert "***" in found
    assert "<v>777</v>" in found
    assert "<v>11</v>" not in found
