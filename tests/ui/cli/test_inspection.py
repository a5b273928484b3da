"""`verify --ledger`: whoever changes the ledger with its key in hand, past the program, is noticed."""

from __future__ import annotations

import pytest

from .conftest import PREPARER, PROGRAM, SUMMING, refused

Q4 = ("--period", "2025-Q4")


def change(folder, statement: str, password: str) -> None:
    ledger = PROGRAM.house.open(folder, password)
    with ledger._database.connection() as connection:
        assert connection.execute(statement).rowcount == 1
    ledger.close()


def test_a_sound_ledger_is_said_to_be_one(cli, package):
    cli("merge", "so", "goi", password=SUMMING)
    for ledger, password in (("so", SUMMING), ("xa", PREPARER)):
        answer = cli("verify", "--ledger", ledger, "--json", password=password)
        found = answer.value["ledger"]
        assert (answer.code, found["ok"], found["packages"], found["problems"]) == (0, True, 1, [])
        assert found["journal"]["entries"] > 1


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE package SET cells = replace(cells, '"4"', '"9"')""",
        "UPDATE package_bytes SET raw = zeroblob(100)",
        "UPDATE package SET revision = 2",
    ],
    ids=["figures", "bytes", "revision"],
)
def test_a_received_figure_that_is_not_its_packages_is_named(cli, package, stage, statement):
    cli("merge", "so", "goi", password=SUMMING)
    change(stage / "so", statement, SUMMING)
    answer = cli("verify", "--ledger", "so", "--json", password=SUMMING)
    (problem,) = answer.value["ledger"]["problems"]
    assert (answer.code, answer.value["ledger"]["ok"]) == (1, False)
    assert problem.startswith("Gói 2025-Q4 của đơn vị 19804")


def test_a_figure_changed_after_it_was_sealed_is_named(cli, stage):
    change(stage / "xa", "UPDATE report_cell SET amount = '9' WHERE cell = 'news_counted'", PREPARER)
    answer = cli("verify", "--ledger", "xa", "--json")
    assert answer.value["ledger"]["problems"][0].startswith("Báo cáo 2025-Q4")


def test_a_report_reopened_for_correction_is_no_problem(cli, stage):
    cli("import", "xa", "q4.json", "--correct")
    assert cli("verify", "--ledger", "xa", "--json").value["ledger"]["ok"]


def test_a_line_of_the_journal_cannot_be_rewritten(cli, stage):
    change(stage / "xa", "UPDATE journal SET event = replace(event, 'kind', 'Kind') WHERE number = 1", PREPARER)
    refused(cli("verify", "--ledger", "xa", "--json"), "JOURNAL_BROKEN")


def test_with_neither_file_nor_ledger_the_line_is_mistyped(cli):
    answer = cli("verify", "--json")
    assert (answer.code, answer.refusal) == (2, "USAGE")
