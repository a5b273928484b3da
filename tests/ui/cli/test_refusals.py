"""What goes wrong at a desk: each has a code, a sentence that says what to do, exit 1 (2 for typing), and no effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import inside

from .conftest import COMMUNE, PREPARER, PROGRAM, SUMMING, refused

Q4 = ("--period", "2025-Q4")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("init", "moi", "--unit", "99999", "--person", "Lan"), "UNIT_UNKNOWN"),
        (("init", "moi", "--unit", COMMUNE, "--person", "Lan", "--parent", "99999"), "UNIT_UNKNOWN"),
        (("init", "moi", "--unit", COMMUNE, "--person", "Lan", "--programme", "khac"), "PROGRAMME_UNKNOWN"),
        (("init", "moi", "--unit", COMMUNE, "--person", " "), "NAME_MISSING"),
        (("init", "xa", "--unit", COMMUNE, "--person", "Lan"), "LEDGER_EXISTS"),
        (("check", "xa", "--period", "2025-Q5"), "PERIOD_UNKNOWN"),
        (("check", "xa", "--period", "2025-11"), "PERIOD_UNKNOWN"),
        (("check", "xa", *Q4, "--programme", "khac"), "PROGRAMME_UNKNOWN"),
        (("check", "xa", *Q4, "--person", "Ai đó"), "PERSON_UNKNOWN"),
        (("check", "khong-co", *Q4), "LEDGER_MISSING"),
        (("import", "xa", "khong-co.json"), "FILE_MISSING"),
        (("enrol-request", "xa", "--out", "q4.json/x"), "FOLDER_MISSING"),
        (("init", "q4.json/x", "--unit", COMMUNE, "--person", "Lan"), "FOLDER_MISSING"),
        (("import", "xa", "goi"), "FILE_IS_FOLDER"),
        (("check", "xa", *Q4, "--password-file", "khoa"), "FILE_IS_FOLDER"),
        (("report", "xa", *Q4, "--format", "odt", "--out", "a.odt"), "FORMAT_UNKNOWN"),
        (("report", "xa", *Q4, "--format", "pdf", "--out", "goi"), "FILE_IS_FOLDER"),
        (("restore", "khong-co.sbdbackup", "lai"), "FILE_MISSING"),
        (("restore", "q4.json", "lai"), "BACKUP_DAMAGED"),
    ],
)
def test_a_refusal_has_a_code_and_a_sentence(cli, stage, words, code):
    before = sorted(path.name for path in stage.iterdir())
    refused(cli(*words, "--json"), code)
    assert sorted(path.name for path in stage.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("undo", "so", "x"), "BATCH_UNKNOWN"),
        (("revoke", "so", "0" * 32), "KEY_UNKNOWN"),
        (("enrol", "so", "q4.json", "--fingerprint", "1"), "PKG_NOT_A_PACKAGE"),
    ],
)
def test_the_office_above_is_refused_likewise(cli, stage, words, code):
    refused(cli(*words, "--json", password=SUMMING), code)


def test_in_text_the_sentence_goes_to_stderr_with_its_code(cli, stage):
    answer = cli("check", "xa", "--period", "2025-Q5")
    assert (answer.code, answer.text) == (1, "")
    assert answer.errors.endswith("(PERIOD_UNKNOWN)\n")


def test_a_wrong_password_opens_nothing(cli, stage):
    refused(cli("check", "xa", *Q4, "--json", password="sai mật khẩu"), "PASSWORD_WRONG")


def test_a_wrong_password_of_the_head_seals_nothing(cli, stage):
    cli("import", "xa", "q4.json", "--correct")
    refused(cli("seal", "xa", *Q4, "--out", "goi", "--json", head="sai"), "PASSWORD_WRONG")
    assert len(list((stage / "goi").iterdir())) == 1


def test_a_short_password_makes_no_ledger(cli, tmp_path):
    refused(cli("init", "moi", "--unit", COMMUNE, "--person", "Lan", "--json", password="ngan"), "PASSWORD_SHORT")
    assert list(tmp_path.iterdir()) == []


def test_without_a_password_the_line_is_mistyped(cli, stage):
    answer = cli("check", "xa", *Q4, "--json", password="")
    assert (answer.code, answer.refusal) == (2, "PASSWORD_MISSING")


def test_without_the_heads_password_nothing_is_sealed(cli, stage):
    answer = cli("seal", "xa", *Q4, "--out", "goi", "--json", head="")
    assert (answer.code, answer.refusal) == (2, "PASSWORD_MISSING")


def test_an_open_ledger_is_not_opened_twice(cli, stage):
    ledger = PROGRAM.house.open(stage / "xa", PREPARER)
    try:
        refused(cli("check", "xa", *Q4, "--json"), "LEDGER_BUSY")
    finally:
        ledger.close()
    assert cli("check", "xa", *Q4, "--json").code == 0


def test_a_ledger_of_a_newer_program_is_left_as_it_is(cli, stage):
    ledger = PROGRAM.house.open(stage / "xa", PREPARER)
    with inside.connection(ledger) as connection:
        connection.execute("PRAGMA user_version = 99")
    ledger.close()
    before = (stage / "xa" / "ledger.db").read_bytes()
    refused(cli("check", "xa", *Q4, "--json"), "LEDGER_NEWER")
    assert (stage / "xa" / "ledger.db").read_bytes() == before


def test_a_ruined_ledger_is_said_to_be_one(cli, stage):
    (stage / "xa" / "ledger.db").write_bytes(b"khong phai so" * 500)
    refused(cli("check", "xa", *Q4, "--json"), "LEDGER_DAMAGED")


READ_ONLY = Path("/sys/kernel/so-binh-dang")  # nobody may make a folder there, root included


@pytest.mark.skipif(not READ_ONLY.parent.is_dir(), reason="no read-only place on this system")
@pytest.mark.parametrize(
    "words",
    [
        ("init", READ_ONLY, "--unit", COMMUNE, "--person", "Lan"),
        ("seal", "moi", *Q4, "--out", READ_ONLY),
        ("report", "xa", *Q4, "--format", "pdf", "--out", READ_ONLY / "a.pdf"),
        ("backup", "xa", "--out", READ_ONLY / "a.sbdbackup"),
        ("demo", READ_ONLY),
    ],
    ids=lambda words: words[0],
)
def test_a_folder_that_cannot_be_written(cli, stage, words):
    refused(cli(*words, "--json"), "FOLDER_READONLY")


def test_nothing_is_sealed_when_its_package_cannot_be_written(cli, stage):
    cli("import", "xa", "q4.json", "--correct")
    refused(cli("seal", "xa", *Q4, "--out", "q4.json", "--json"), "FOLDER_READONLY")
    assert cli("seal", "xa", *Q4, "--out", "goi", "--json").refusal == "NOTHING_CHANGED"


@pytest.mark.parametrize(
    "words",
    [
        ("khac",),
        ("seal", "xa"),
        ("check", "xa", *Q4, "--khac"),
        ("units", "a", "--on", "hôm qua"),
        ("check", "x" * 300, *Q4),
        ("check", "", *Q4),
    ],
)
def test_a_mistyped_line_is_told_in_vietnamese(cli, words):
    answer = cli(*words)
    assert (answer.code, answer.refusal) == (2, "USAGE")
    message = answer.value["error"]["message"]
    assert message.startswith("Dòng lệnh chưa đúng")
    assert "argument" not in message


def test_names_from_foreign_files_cannot_steer_the_terminal(cli, stage):
    answer = cli("verify", "a\x1b[2Jb.bdg")
    assert "\x1b" not in answer.text


def test_a_package_of_the_same_name_is_not_written_over(cli, stage):
    (package,) = (stage / "goi").iterdir()
    package.write_bytes(b"goi cua so khac")
    refused(cli("seal", "xa", *Q4, "--out", "goi", "--again", "--json"), "FILE_EXISTS")
    assert package.read_bytes() == b"goi cua so khac"
