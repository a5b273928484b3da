"""`verify --ledger`: whoever changes the ledger with its key in hand, past the program, is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.model.news_item import Evidence
from forms.programmes.catalogue import Catalogue
from tests import inside

from .conftest import PREPARER, PROGRAM, SUMMING, refused

Q4 = ("--period", "2025-Q4")


def change(folder, statement: str, password: str) -> None:
    ledger = PROGRAM.house.open(folder, password)
    with inside.connection(ledger) as connection:
        assert connection.execute(statement).rowcount == 1
    ledger.close()


def test_a_sound_ledger_is_said_to_be_one(cli, package):
    cli("merge", "so", "goi", password=SUMMING)
    for ledger, password in (("so", SUMMING), ("xa", PREPARER)):
        answer = cli("verify", "--ledger", ledger, "--json", password=password)
        found = answer.value["ledger"]
        assert (answer.code, found["ok"], found["packages"], found["problems"]) == (0, True, 1, [])
        assert found["missing"] == []
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


@pytest.fixture
def without(monkeypatch):
    """`without("nq28_hue", 2)`: the program as it was before that version was shipped; no version: without all of it."""
    whole = PROGRAM.catalogue

    def take_away(id: str, *versions: int) -> None:
        left = tuple(one for one in whole.programmes if one.id != id or (versions and one.version not in versions))
        monkeypatch.setitem(PROGRAM.__dict__, "catalogue", Catalogue(left))

    return take_away


@pytest.mark.parametrize("versions", [(2,), ()], ids=["one version", "the whole programme"])
@pytest.mark.parametrize("ledger", ["so", "xa"])
def test_a_programme_that_is_missing_is_named_and_no_backup_is_asked_for(cli, package, without, ledger, versions):
    """The ledger is as it should be; the program cannot read what it was filled under."""
    cli("merge", "so", "goi", password=SUMMING)
    without("nq28_hue", *versions)
    password = SUMMING if ledger == "so" else PREPARER
    answer = cli("verify", "--ledger", ledger, "--json", password=password)
    found = answer.value["ledger"]
    assert (answer.code, found["ok"], found["packages"], found["problems"]) == (1, False, 0, [])
    assert [(one["programme"], one["version"], one["packages"]) for one in found["missing"]] == [("nq28_hue", 2, 1)]
    said = cli("verify", "--ledger", ledger, password=password).text
    assert "nq28_hue phiên bản 2" in said
    assert "sao lưu" not in said.replace("không cần phục hồi từ bản sao lưu", "")


def test_a_programme_that_reads_otherwise_than_the_one_it_was_filled_under_is_named(cli, package, monkeypatch):
    """Somebody else's version 2 of the same name: its cells are no measure of the package."""
    cli("merge", "so", "goi", password=SUMMING)
    form_of = Catalogue.find_form

    def another(self, *which):
        found = form_of(self, *which)
        return found and replace(found, programme_sha256="0" * 64)

    monkeypatch.setattr(Catalogue, "find_form", another)
    found = cli("verify", "--ledger", "so", "--json", password=SUMMING).value["ledger"]
    assert (found["problems"], [one["programme"] for one in found["missing"]]) == ([], ["nq28_hue"])


def test_damage_is_told_beside_what_is_missing(cli, package, stage, without):
    """A changed package is damage, whatever programme it was filled under."""
    cli("merge", "so", "goi", password=SUMMING)
    change(stage / "so", "UPDATE package_bytes SET raw = zeroblob(100)", SUMMING)
    without("nq28_hue", 2)
    found = cli("verify", "--ledger", "so", "--json", password=SUMMING).value["ledger"]
    assert (len(found["problems"]), found["missing"]) == (1, [])


def test_with_neither_file_nor_ledger_the_line_is_mistyped(cli):
    answer = cli("verify", "--json")
    assert (answer.code, answer.refusal) == (2, "USAGE")


def tear_free_pages(folder) -> None:
    """An attached file comes and goes; a power cut tears pages that nothing uses any more, at the end of the file."""
    ledger = PROGRAM.house.open(folder, PREPARER)
    with ledger.begin() as work:
        work.news.put_file(Evidence("ab" * 32, "quét.pdf", 90_000), bytes(90_000))
    with ledger.begin() as work:
        work.news.sweep_files()
    ledger.close()
    with (folder / "ledger.db").open("r+b") as file:
        file.seek(-3 * 4096 + 512, 2)
        file.write(b"Z" * 512)
    (folder / "lock").write_text("left by a power cut")


@pytest.mark.parametrize("words", [("verify", "--ledger", "xa"), ("backup", "xa"), ("check", "xa", *Q4)], ids=" ".join)
def test_torn_free_pages_are_told_whatever_is_done_first_and_mended(cli, stage, words):
    tear_free_pages(stage / "xa")
    answer = cli(*words, "--json")
    assert answer.code == 0
    assert "1 trang trống bị rách" in answer.errors
    assert answer.errors.count("trang trống bị rách") == 1
    assert len(answer.text.splitlines()) == 1
    assert cli("verify", "--ledger", "xa", "--json").value["ledger"]["notices"] == []


def test_what_verify_itself_finds_stands_in_its_answer(cli, stage):
    tear_free_pages(stage / "xa")
    ledger = cli("verify", "--ledger", "xa", "--json").value["ledger"]
    assert ledger["ok"]
    assert "1 trang trống bị rách" in ledger["notices"][0]


def test_an_older_file_put_back_is_told_to_who_works_on(cli, stage):
    older = (stage / "xa" / "ledger.db").read_bytes()
    cli("import", "xa", "q4.json", "--correct")
    (stage / "xa" / "ledger.db").write_bytes(older)
    answer = cli("check", "xa", *Q4, "--json")
    assert answer.code == 0
    assert "KHÔNG PHẢI tệp của lần đóng sổ gần nhất" in answer.errors
