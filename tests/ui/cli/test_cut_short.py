"""The program is killed after a report is sealed and before its file is there: the next try says what happened and writes
the very same package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forms.errors import StorageError

from .conftest import HEAD, PREPARER, PROGRAM, make_commune, refused, write_import

Q4 = ("--period", "2025-Q4")
ROOT = Path(__file__).parents[3]


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def xa(cli, tmp_path):
    """A commune whose quarter is filled."""
    make_commune(cli, "xa")
    write_import(tmp_path / "q4.json")
    assert cli("import", "xa", "q4.json").code == 0
    return cli


@pytest.fixture
def cut_short(xa, monkeypatch):
    """`cut_short("seal", "xa")`: the process dies when it is about to write the file."""

    def die(*_):
        raise Killed

    def run(*words, **by) -> None:
        before = len(list(Path("goi").glob("*")))
        with monkeypatch.context() as patch:
            patch.setattr(PROGRAM, "write_file", die)
            with pytest.raises(Killed):
                xa(*words, *Q4, "--out", "goi", **by)
        assert len(list(Path("goi").iterdir())) == before

    return run


def test_sealing_again_after_a_kill_writes_the_same_package(xa, cut_short):
    cut_short("seal", "xa")
    answer = xa("seal", "xa", *Q4, "--out", "goi", "--json").value
    assert (answer["resumed"], answer["revision"], answer["supersedes"]) == (True, 1, None)
    (file,) = Path("goi").iterdir()
    (verified,) = xa("verify", file, "--json").value["files"]
    assert (verified["ok"], verified["digest"], len(verified["seals"])) == (True, answer["digest"], 2)


def test_what_happened_is_said(xa, cut_short):
    cut_short("seal", "xa")
    said = xa("seal", "xa", *Q4, "--out", "goi").text
    assert "đã niêm phong từ trước nhưng chưa ghi được tệp" in said
    assert "bản thay thế" not in said


def test_no_password_of_the_head_is_needed_to_write_a_file_again(xa, cut_short):
    cut_short("seal", "xa")
    assert xa("seal", "xa", *Q4, "--out", "goi", head="").code == 0


def test_once_the_file_is_there_sealing_again_is_refused_with_both_ways_on(xa):
    xa("seal", "xa", *Q4, "--out", "goi")
    answer = xa("seal", "xa", *Q4, "--out", "goi", "--json")
    refused(answer, "ALREADY_SEALED")
    assert "--again" in answer.value["error"]["message"]
    assert "bản thay thế" in answer.value["error"]["message"]


def test_a_correction_that_was_cut_short_is_written_too(xa, cut_short, tmp_path):
    xa("seal", "xa", *Q4, "--out", "goi")
    first = next(Path("goi").iterdir())
    first.unlink()
    write_import(tmp_path / "q4.json", as_of="2025-12-30")
    xa("import", "xa", "q4.json", "--correct")
    cut_short("seal", "xa")
    answer = xa("seal", "xa", *Q4, "--out", "goi", "--json").value
    assert (answer["resumed"], answer["revision"]) == (True, 2)


def test_approving_again_after_a_kill_writes_the_same_package(xa, cut_short):
    xa("hand-over", "xa", *Q4)
    cut_short("approve", "xa", password=HEAD)
    answer = xa("approve", "xa", *Q4, "--out", "goi", "--json", password=HEAD)
    assert (answer.code, answer.value["resumed"], len(list(Path("goi").iterdir()))) == (0, True, 1)


def test_approving_what_was_approved_and_written_says_so(xa):
    xa("hand-over", "xa", *Q4)
    xa("approve", "xa", *Q4, "--out", "goi", password=HEAD)
    for verb in (("approve", "xa", *Q4, "--out", "goi"), ("take-back", "xa", *Q4)):
        answer = xa(*verb, "--json", password=HEAD)
        refused(answer, "ALREADY_SEALED")
        assert "chưa được chuyển" not in answer.value["error"]["message"]


def test_approving_what_nobody_handed_over_is_still_said_so(xa):
    refused(xa("approve", "xa", *Q4, "--out", "goi", "--json", password=HEAD), "NOT_HANDED_OVER")


def test_a_disk_that_was_full_is_no_trap_either(xa, monkeypatch):
    """The refusal names --again; without it the next seal does the same."""

    def full(*_):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    with monkeypatch.context() as patch:
        patch.setattr(PROGRAM, "write_file", full)
        refused(xa("seal", "xa", *Q4, "--out", "goi", "--json"), "DISK_FULL")
    assert xa("seal", "xa", *Q4, "--out", "goi", "--json").value["resumed"]


@pytest.mark.skipif(
    os.name == "nt", reason="os._exit in the middle stands for a kill there too, but starts no POSIX lock"
)
def test_a_process_that_really_dies_there(xa, tmp_path):
    """Nothing is closed, no exception runs: the lock of the ledger is left behind as well."""
    script = (
        "import os, sys; from tests.ui.cli.conftest import PROGRAM, _no_window; from ui.cli.app import run\n"
        "from ui.cli.parsing import parse\n"
        "PROGRAM.write_file = lambda *_: os._exit(9)\n"
        "run(PROGRAM, parse(sys.argv[1:]), _no_window)"
    )
    words = ["seal", "xa", *Q4, "--out", "goi"]
    own = os.environ | {"SBD_PASSWORD": PREPARER, "SBD_HEAD_PASSWORD": HEAD, "PYTHONPATH": str(ROOT)}
    assert (
        subprocess.run([sys.executable, "-P", "-c", script, *words], cwd=tmp_path, env=own, check=False).returncode == 9
    )
    answer = xa("seal", "xa", *Q4, "--out", "goi", "--json")
    assert (answer.code, answer.value["resumed"]) == (0, True)


def test_an_earlier_package_is_written_again_for_who_never_got_it(xa, cut_short, tmp_path):
    """Cut short after R1, then corrected: the office above asks for R1 before it takes R2."""
    cut_short("seal", "xa")
    write_import(tmp_path / "q4.json", as_of="2025-12-30")
    xa("import", "xa", "q4.json", "--correct")
    second = xa("seal", "xa", *Q4, "--out", "goi", "--json").value
    first = xa("seal", "xa", *Q4, "--out", "goi", "--revision", "1", "--json").value
    assert (first["revision"], first["supersedes"]) == (1, None)
    assert (second["revision"], second["supersedes"]) == (2, first["digest"])
    assert [file["ok"] for file in xa("verify", "goi", "--json").value["files"]] == [True, True]
    refused(xa("seal", "xa", *Q4, "--out", "goi", "--revision", "3", "--json"), "NOT_SEALED")


def test_writing_an_earlier_package_does_not_pass_for_the_newest(xa, cut_short, tmp_path):
    xa("seal", "xa", *Q4, "--out", "goi")
    write_import(tmp_path / "q4.json", as_of="2025-12-30")
    xa("import", "xa", "q4.json", "--correct")
    cut_short("seal", "xa")
    xa("seal", "xa", *Q4, "--out", "goi", "--revision", "1")
    assert xa("seal", "xa", *Q4, "--out", "goi", "--json").value["resumed"]
