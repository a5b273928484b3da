"""Whatever ends the program early is told in one sentence: Ctrl+C while it still loads, an answer that nobody can take, an
argument that is no text, a machine without memory. Never a traceback. Each case is a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MAIN = ROOT / "main.py"
FULL = Path("/dev/full")
# Presses Ctrl+C when a certain module is loaded for the first time, wherever that happens; then runs main.py as it is.
PRESSES = """
import os, runpy, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
wanted = sys.argv[1]
sys.meta_path.insert(0, Finder())
sys.argv = [main, *sys.argv[2:]]
sys.path.insert(0, os.path.dirname(main))
runpy.run_path(main, run_name="__main__")
"""


def ran(*words: object, **more) -> subprocess.CompletedProcess:
    environment = os.environ | {"SBD_PASSWORD": "bốn từ dễ nhớ"}
    options = {"capture_output": True, "env": environment, "timeout": 60} | more
    return subprocess.run([sys.executable, MAIN, *words], check=False, **options)


def sentence(text: bytes, code: str) -> None:
    """One line in Vietnamese with its code, and nothing besides."""
    shown = text.decode()
    assert shown.endswith(f"({code})\n"), shown
    assert shown.count("\n") == 1


@pytest.mark.parametrize(
    "module",
    ["secrets", "ui.cli.parsing", "ui.cli.app", "forms.programmes.catalogue"],
)
def test_ctrl_c_while_the_program_loads_is_told_in_a_sentence(module):
    """The first second, in which Python itself would show where it just was."""
    done = subprocess.run(
        [sys.executable, "-c", f"main = {str(MAIN)!r}\n{PRESSES}", module, "units", "xa"],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    sentence(done.stderr, "STOPPED")


def test_ctrl_c_is_told_as_json_where_that_was_asked_for():
    words = ["ui.cli.app", "units", "xa", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", f"main = {str(MAIN)!r}\n{PRESSES}", *words], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)["error"]["code"] == "STOPPED"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals to processes are the POSIX way")
def test_ctrl_c_at_any_moment_shows_no_traceback():
    for hundredths in range(12, 60, 6):
        process = subprocess.Popen(
            [sys.executable, MAIN, "units", "xa"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            process.wait(hundredths / 100)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        # Before main.py's first line Python is not ours yet.
        assert b"Traceback" not in errors or b"main.py" not in errors, errors.decode()


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("units", "Huế", "--json"), "OUTPUT_LOST"),
        (("init", "--help"), "OUTPUT_LOST"),
        (("restore", "khong-co", "so", "--json"), "FILE_MISSING"),  # rather than that nobody reads it there
        (("units", "--json"), "USAGE"),
    ],
    ids=str,
)
def test_an_answer_that_the_disk_does_not_take_is_told_beside_it(words, code):
    with FULL.open("wb") as full:
        done = ran(*words, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == (2 if code == "USAGE" else 1)
    sentence(done.stderr, code)


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
def test_an_act_is_not_given_up_because_its_answer_is_lost(tmp_path):
    with FULL.open("wb") as full:
        words = ("init", tmp_path / "so", "--unit", "19804", "--person", "Lan", "--json")
        made = ran(*words, capture_output=False, stdout=full, stderr=full)
    assert made.returncode == 1
    assert ran("backup", tmp_path / "so", "--json").returncode == 0


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
def test_what_is_said_beside_the_answer_may_be_lost():
    with FULL.open("wb") as full:
        done = ran("units", "Huế", "--json", capture_output=False, stdout=subprocess.PIPE, stderr=full)
    assert (done.returncode, json.loads(done.stdout)["units"][0]["code"]) == (0, "46")


@pytest.mark.parametrize("of", [(), ("merge",)])
def test_the_help_has_its_lines(of):
    done = subprocess.run([sys.executable, MAIN, *of, "--help"], capture_output=True, check=True)
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("Cách dùng: ")
    assert "  -h, --help" in {line[:12] for line in lines}


def test_the_reader_of_the_help_may_go_away():
    process = subprocess.Popen([sys.executable, MAIN, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(30)


LATIN = b"Hu\xea"  # “Huê” as a console of another encoding sends it


@pytest.mark.skipif(sys.platform == "win32", reason="there arguments are UTF-16")
@pytest.mark.parametrize(
    "words",
    [
        ("units", LATIN),
        (LATIN,),
        ("mapping", "so", LATIN),
        ("supply", "so", "--pack", LATIN, "--out", "a.bdc"),
    ],
    ids=str,
)
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["words", "json"])
def test_an_argument_that_is_no_text_is_refused_as_one(words, more, tmp_path):
    done = ran(*words, *more, cwd=tmp_path)
    assert done.returncode == 2
    if more:
        assert json.loads(done.stdout)["error"]["code"] == "USAGE"
    else:
        sentence(done.stderr, "USAGE")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_path_need_not_be_text(tmp_path):
    """A stick from an old machine: its folders are named in another encoding. Everything works in them."""
    made = ran("init", LATIN, "--unit", "19804", "--person", "Lan", "--json", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    for words in (
        ("check", LATIN, "--period", "2025-Q4", "--json"),
        ("backup", LATIN, "--out", LATIN + b".sbdbackup", "--json"),
        ("restore", LATIN + b".sbdbackup", b"l\xe2i", "--json"),
    ):
        done = ran(*words, cwd=tmp_path)
        assert b"UNEXPECTED" not in done.stdout + done.stderr, done.stdout
        assert done.returncode == 0 or words[0] == "check"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits are set the POSIX way")
@pytest.mark.parametrize("mebibytes", [24, 48, 96])
def test_too_little_memory_is_told_in_a_sentence(tmp_path, mebibytes):
    """Not enough to load the parts, the database, or to unlock: each has another word for it."""
    assert ran("init", tmp_path / "so", "--unit", "19804", "--person", "Lan").returncode == 0
    words = [sys.executable, MAIN, "check", tmp_path / "so", "--period", "2025-Q4"]
    limit = ["sh", "-c", f'ulimit -v {mebibytes * 1024}; exec "$@"', "sh"]
    environment = os.environ | {"SBD_PASSWORD": "bốn từ dễ nhớ"}
    done = subprocess.run([*limit, *words], capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    sentence(done.stderr, "MEMORY_SHORT")
