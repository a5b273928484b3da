"""A forgotten password: the printed code from the safe sets a new one, for a person of the ledger, on record."""

from __future__ import annotations

from .conftest import COMMUNE, PREPARER, refused

Q4 = ("--period", "2025-Q4")
NEW = "lần này thì nhớ"


def made(cli) -> str:
    return cli("init", "moi", "--unit", COMMUNE, "--person", "Nguyễn Thị Lan", "--json").value["recovery_code"]


def recover(cli, code: str, *, person: str = "Nguyễn Thị Lan", password: str = NEW):
    return cli("recover", "moi", "--recovery-code", code, "--person", person, "--json", password=password)


def test_the_printed_code_sets_a_new_password_and_a_new_key(cli):
    code = made(cli)
    old_key = cli("enrol-request", "moi", "--out", "khoa", "--json").value["keyid"]
    told = recover(cli, code.lower().replace("-", " ")).value
    assert told["person"] == "Nguyễn Thị Lan"
    assert told["keyid"] != old_key
    refused(cli("enrol-request", "moi", "--out", "khoa", "--json", password=PREPARER), "PASSWORD_WRONG")
    asked = cli("enrol-request", "moi", "--out", "khoa", "--json", password=NEW)
    assert asked.value["keyid"] == told["keyid"]


def test_a_mistyped_code_a_short_password_and_a_stranger_change_nothing(cli, tmp_path):
    code = made(cli)
    before = (tmp_path / "moi" / "slots.json").read_bytes()
    refused(recover(cli, code[:-1] + ("0" if code[-1] != "0" else "1")), "RECOVERY_MISTYPED")
    refused(recover(cli, code, password="ngan"), "PASSWORD_SHORT")
    refused(recover(cli, code, person="Người lạ"), "PERSON_UNKNOWN")
    assert (tmp_path / "moi" / "slots.json").read_bytes() == before


def test_the_head_seals_with_the_new_password(cli, stage):
    """Nobody finds the old key of the head in the way."""
    answer = cli("init", "moi", "--unit", "19774", "--person", "Lan", "--head", "Hùng", "--json")
    recover(cli, answer.value["recovery_code"], person="Hùng")
    cli("import", "moi", "q4.json")
    assert cli("seal", "moi", *Q4, "--out", "goi2", "--json", head=NEW).code == 0
