"""Packages of every released format are read for ever, and not one byte of them may change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exports.package.bundle import read_bundle
from exports.package.codec import PackageCodec
from exports.package.enrolment import read_enrolment
from exports.package.manifest import BUNDLE, ENROLMENT, kind_of
from exports.package.reader import read
from forms.errors import PackageRefused
from tests.exports.package.parts import register
from tests.exports.package.test_bundle import ABOVE
from tests.exports.package.verifier import verifier
from tests.golden.packages.make import packages

FOLDER = Path(__file__).parents[2] / "golden" / "packages"
FILES = sorted(FOLDER.glob("*.bdg"))
PAGE = (Path(__file__).parents[3] / "docs" / "package-format.md").read_text("utf-8")


@pytest.mark.parametrize("name", packages())
def test_the_writer_still_writes_the_same_bytes(name: str) -> None:
    assert packages()[name] == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_both_readers_accept_and_say_the_same(file: Path) -> None:
    data = file.read_bytes()
    said = verifier.check(data)
    if kind_of(data) is ENROLMENT:
        assert said["keyids"] == [read_enrolment(data).keyid]
        return
    if kind_of(data) is BUNDLE:
        opened = read_bundle(data, ABOVE)
        assert (said["digest"], said["digits"]) == (opened.digest, opened.digits)
        return
    found = read(data, register())
    assert (said["digest"], said["digits"]) == (found.digest, found.digits)
    assert said["keyids"] == [seal.keyid for seal in found.seals]
    assert said["unit"]["code"] == found.manifest.unit.code


def test_the_golden_report_says() -> None:
    """
    Phường Phú Xuân (19804) · nq28_hue · quý IV năm 2025 · lần gửi 1
    people_reached.female | 1250
    people_reached.male   | 1180.5
    1 bài: Phụ nữ làm kinh tế giỏi
    """
    found = read((FOLDER / "report-v1.bdg").read_bytes(), register())
    assert (found.manifest.unit.name, found.manifest.period, found.manifest.revision) == (
        "Phường Phú Xuân",
        "2025-Q4",
        1,
    )
    assert {row["cell"]: row.get("amount") for row in found.payload["cells"]} == {
        "airings": None,
        "people_reached.female": "1250",
        "people_reached.male": "1180.5",
    }
    assert found.digits == "23643 67232 88950 85404 13833 95157"


def test_the_golden_report_of_an_agency_says() -> None:
    """
    jobs@2015 | 12 · jobs@2020 | 15 · reached.female@2020 | 0
    t-1 due 01/06/2019 · t-2 without · one proposal · the news item shows one picture
    """
    raw = (FOLDER / "report-v1-agency.bdg").read_bytes()
    found = read(raw, register())
    assert (found.payload["role"], found.manifest.period) == ("agency", "2011..2020")
    assert {row["cell"]: row["amount"] for row in found.payload["cells"]} == {
        "jobs@2015": "12",
        "jobs@2020": "15",
        "reached.female@2020": "0",
    }
    assert {task["id"]: task.get("due") for task in found.payload["tasks"]} == {"t-1": "2019-06-01", "t-2": None}
    (digest,) = found.payload["news"][0]["files"]
    assert PackageCodec().evidence(raw) == {digest: b"\x89PNG\r\n\x1a\n not a real picture"}
    assert (found.manifest.rows, found.digits) == (7, "34423 57288 27886 06142 24112 41733")
    assert found.digest in PAGE


def test_the_golden_bundle_says() -> None:
    """
    Thị xã Hương Thủy (479) · quý IV năm 2025 · two packages · one workbook entered for xã 19966 · one figure 8 → 7
    """
    opened = read_bundle((FOLDER / "bundle-v1.bdg").read_bytes(), ABOVE)
    (entered,), (adjusted,) = opened.content.on_behalf, opened.content.adjustments
    assert (opened.unit.code, opened.content.key.period, len(opened.content.originals)) == ("479", "2025-Q4", 2)
    assert (entered.unit.unit.code, entered.source.value) == ("19966", "workbook")
    assert (adjusted.cell, adjusted.was, adjusted.amount) == ("news_brief", "8", 7)
    assert opened.digest in PAGE


@pytest.mark.parametrize("file", [one for one in FILES if "bundle" not in one.name], ids=lambda file: file.name)
def test_not_one_byte_may_change(file: Path) -> None:
    good = file.read_bytes()
    kind = kind_of(good)
    for at in range(len(good)):
        for other in {good[at] ^ 1, good[at] ^ 0x20, 0}:
            if other != good[at]:
                changed = good[:at] + bytes([other]) + good[at + 1 :]
                with pytest.raises(PackageRefused):
                    read_enrolment(changed) if kind is ENROLMENT else read(changed, None)
                with pytest.raises(ValueError):
                    verifier.check(changed)


@pytest.mark.skipif(os.name == "nt", reason="no file can be called so there")
def test_the_verifier_says_one_line_for_each_file_and_what_it_did_not_check(tmp_path, capsys) -> None:
    """A name of two lines; a package in a PDF, of whose pages nothing is known."""
    good = (FOLDER / "report-v1.bdg").read_bytes()
    for name, data in (("a\nok  b.bdg", b"x"), ("c.pdf", b"%PDF-1.7\n" + good), ("d.bdg", good)):
        (tmp_path / name).write_bytes(data)
    assert verifier.main([str(file) for file in sorted(tmp_path.iterdir())]) == 1
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith("refused")
    assert "pages of this PDF were NOT checked" in second
    assert third.startswith("ok")
    assert "pages" not in third
