"""Packages as sticks and mail boxes bring them: cut, changed, renamed, of strangers. One bad file holds up no other."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date

import pytest

from forms.all_services import open_services
from forms.exchange.statements import Envelope
from forms.model.cell import given
from forms.model.office import PersonRole
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.services.sealing import sealed_by

from .conftest import HEAD, PREPARER, PROGRAM, SUMMING, refused

Q4 = ("--period", "2025-Q4")


def merged(cli, path) -> tuple[int, str, str]:
    answer = cli("merge", "so", path, "--json", password=SUMMING)
    (file,) = answer.value["files"]
    return answer.code, file["class"], file["code"]


def test_a_renamed_package_is_as_good_as_any(cli, package, stage):
    shutil.move(package, stage / "ten khac.dat")
    assert merged(cli, "ten khac.dat") == (0, "new", "NEW")


def test_a_cut_package_is_refused(cli, package):
    os.truncate(package, package.stat().st_size // 2)
    assert merged(cli, package) == (1, "refused", "PKG_CUT")


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_changed_package_is_refused_by_merge_and_by_verify(cli, package, place):
    data = bytearray(package.read_bytes())
    data[int(place * len(data))] ^= 1
    package.write_bytes(data)
    code, kind, _ = merged(cli, package)
    answer = cli("verify", package, "--json")
    assert (code, kind, answer.code, answer.value["files"][0]["ok"]) == (1, "refused", 1, False)


def test_a_package_of_a_unit_that_nobody_enrolled_is_refused(cli, stage):
    cli("init", "la", "--unit", "19774", "--person", "Lan")
    cli("import", "la", "q4.json")
    file = cli("seal", "la", *Q4, "--out", "goi-la", "--json").value["file"]
    assert merged(cli, file) == (1, "refused", "KEY_UNKNOWN")


def forged(stage, name: str = "Phường Kim Long", **changes) -> None:
    """The sealed report of 19804 with something else in it, under its own two seals, and a unit's name of its own choice."""
    ledger = PROGRAM.house.open(stage / "xa", PREPARER)
    report, _ = open_services(PROGRAM, ledger).sealing.last("nq28_hue", Period("2025-Q4"))
    with ledger.begin() as work:
        head = next(person for person in work.office.persons() if person.role is PersonRole.HEAD)
    signers = ledger.own_signer(), ledger.signer(head.keyid, HEAD)
    ledger.close()
    envelope = Envelope("a" * 32, name, 9, "0" * 64, 1, PROGRAM.clock(), "0.1.0", practice=False)
    prepared = PROGRAM.codec.prepare(replace(report, **changes), envelope, [s.person for s in signers], {})
    (stage / "gia.bdg").write_bytes(sealed_by(PROGRAM.codec, prepared, signers).raw)


def test_a_report_about_another_unit_under_our_own_key_is_refused(cli, stage):
    """The seals are right and the keys are known, but they are those of 19804."""
    forged(stage, unit=UnitKey("19774", date(2025, 7, 1)))
    assert cli("verify", "gia.bdg", "--json").code == 0
    assert merged(cli, "gia.bdg") == (1, "refused", "KEY_UNIT")


def test_figures_that_no_screen_lets_pass_are_kept_aside(cli, stage):
    """Sealed by a changed program: minus five airings."""
    forged(stage, cells={"news_airings": given(-5)})
    assert merged(cli, "gia.bdg") == (0, "quarantined", "FIGURES_WRONG")
    assert cli("status", "so", *Q4, "--json", password=SUMMING).value["received"] == 0


def test_one_bad_file_does_not_hold_up_the_others(cli, package, stage):
    (stage / "goi" / "a.bdg").write_bytes(b"")
    answer = cli("merge", "so", "goi", "khong-co.bdg", "--json", password=SUMMING)
    assert [file["class"] for file in answer.value["files"]] == ["new", "refused", "refused"]
    assert [file["code"] for file in answer.value["files"]] == ["NEW", "PKG_EMPTY", "FILE_MISSING"]
    assert (answer.code, bool(answer.value["batch"])) == (1, True)


def test_an_empty_folder_is_said_to_be_one(cli, stage):
    (stage / "trong").mkdir()
    assert merged(cli, "trong") == (1, "refused", "FOLDER_EMPTY")


def test_thirty_wrong_digits_enrol_nobody(cli, stage):
    cli("init", "moi", "--unit", "19774", "--person", "Lan")
    file = cli("enrol-request", "moi", "--out", "khoa", "--json").value["file"]
    refused(cli("enrol", "so", file, "--fingerprint", "1" * 30, "--json", password=SUMMING), "FINGERPRINT_DIFFERS")


def test_a_unit_is_called_as_the_catalogue_calls_it(cli, stage):
    """The package of 19804 calls itself a department: nobody repeats that, neither now nor when its digits are looked up."""
    forged(stage, name="Sở Nội vụ tỉnh khác")
    for words in ((), ("--ledger", "so")):
        answer = cli("verify", "gia.bdg", *words, "--json", password=SUMMING)
        (file,) = answer.value["files"]
        assert (file["unit"], file["unit_name"]) == ("19804", "Phường Hương An")
        assert "Sở Nội vụ" not in cli("verify", "gia.bdg", *words, password=SUMMING).text
    assert "Sở Nội vụ" not in cli("merge", "so", "gia.bdg", password=SUMMING).text
    paper = cli("verify", "--paper", file["digits"], "--ledger", "so", "--json", password=SUMMING).value["paper"]
    assert paper["found"][0]["unit_name"] == "Phường Hương An"


def test_a_unit_that_the_catalogue_does_not_know_is_called_by_its_code(cli, stage):
    """Whatever it calls itself; its own word is shown as such."""
    cli("unit-add", "so", "--unit", "H46.99", "--unit-name", "Sở Thử nghiệm", "--parent", "46", password=SUMMING)
    forged(stage, name="Bộ Tài chính", unit=UnitKey("H46.99", date(2025, 7, 1)))
    (file,) = cli("verify", "gia.bdg", "--json").value["files"]
    assert (file["unit"], file["unit_name"], file["unit_name_claimed"]) == ("H46.99", None, "Bộ Tài chính")
    assert "tự ghi tên “Bộ Tài chính”" in cli("verify", "gia.bdg").text


@pytest.mark.skipif(os.name == "nt", reason="no file can be called so there")
@pytest.mark.parametrize("verb", ["merge", "verify"])
def test_a_name_of_two_lines_prints_no_line_of_its_own(cli, stage, package, verb):
    """a.bdg⏎Đợt nhận 38369: 40 gói, tất cả đúng"""
    name = "a.bdg\nĐợt nhận 38369: 40 gói, tất cả đúng\r\x1b[2K\u202egdb"
    for data in (package.read_bytes(), b"hong"):
        (stage / "goi" / name).write_bytes(data)
        words = (
            ("merge", "so", stage / "goi" / name, "--dry-run") if verb == "merge" else ("verify", stage / "goi" / name)
        )
        answer = cli(*words, password=SUMMING)
        lines = (answer.text + answer.errors).splitlines()
        assert not [line for line in lines if line.startswith("Đợt nhận 38369")]
        assert not {"\r", "\x1b", "\u202e"} & set(answer.text + answer.errors)
    assert cli(*words, "--json", password=SUMMING).value["files"][0]["path"].endswith("gdb")


def test_a_folder_of_such_a_name_that_is_missing_is_one_line(cli):
    answer = cli("restore", "a\nĐã phục hồi", "moi")
    assert (answer.code, len(answer.errors.splitlines())) == (1, 1)
