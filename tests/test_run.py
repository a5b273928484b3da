"""`./run`, the one door: what it refuses before it touches anything. Its set-up is tried on a bare machine instead."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parent.parent / "run"
BATCH = RUN.with_name("run.bat")
LINUX = {"coverage", "oldest"}  # what only those who develop the program ask for
posix = pytest.mark.skipif(sys.platform == "win32", reason="run.bat is the door there")


def ran(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    shell = shutil.which("dash") or "/bin/sh"
    return subprocess.run(
        [shell, RUN, *words], env=os.environ | environment, capture_output=True, text=True, check=False
    )


@posix
def test_a_folder_of_somebody_else_is_not_made_into_an_environment(tmp_path):
    (tmp_path / "thư từ.txt").write_text("của tôi", "utf-8")
    result = ran("check", SBD_VENV=str(tmp_path))
    assert result.returncode == 1
    assert "không phải môi trường Python" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["thư từ.txt"]


@posix
def test_a_rig_that_is_not_there_is_a_wrong_word(tmp_path):
    result = ran("rig", "gió", SBD_VENV=str(tmp_path / "không tạo"))
    assert result.returncode == 2
    assert "Không có bộ thử gió" in result.stderr
    assert not (tmp_path / "không tạo").exists()


@posix
def test_without_python_it_names_the_version_it_needs(tmp_path):
    for tool in ("readlink", "dirname", "cat", "cmp", "id", "uname"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    result = ran("check", SBD_VENV=str(tmp_path / "không tạo"), PATH=str(tmp_path))
    assert result.returncode == 1
    assert "python3-venv" in result.stderr


@posix
@pytest.mark.parametrize(
    ("words", "started"),
    [
        (("lint", "in.pdf"), "main.py lint in.pdf"),
        (("lint", "thư mục/in.docx"), "main.py lint thư mục/in.docx"),
        (("demo",), "main.py demo demo"),
        (("demo", "thu"), "main.py demo thu"),
        (("selftest", "--json"), "main.py selftest --json"),
        (("report", "so", "--period", "2025"), "main.py report so --period 2025"),
        (("--data", "so"), "main.py --data so"),
        (("test", "-k", "package"), "-P -m pytest -n auto --dist loadfile --no-loadscope-reorder -k package"),
        (("bench", "merge"), "-P -m benchmarks merge"),
        (("pictures",), "-P -m benchmarks.pictures"),
        (("rig", "kill", "9"), "-P -m benchmarks.rig_kill 9"),
    ],
)
def test_what_is_asked_at_the_door_reaches_the_program(tmp_path, words, started):
    """An environment that is ready, whose Python only says how it was called."""
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    pins = [RUN.with_name(f"requirements{more}.txt").read_bytes() for more in ("", "-dev", "-bench")]
    for kind in ("plain", "qt"):
        for many, last in enumerate(("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"), start=1):
            (tmp_path / f".ready-{kind}-{last}").write_bytes(b"".join(pins[:many]))
    result = ran(*words, SBD_VENV=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.strip().replace(f"{RUN.parent}/", "") == started


def test_both_doors_know_the_same_kinds_of_work():
    batch = BATCH.read_text("utf-8")
    asked = set(re.findall(r'"%~1"=="(\w+)" goto (\w+)', batch))
    assert {word for word, _ in asked} == {label for _, label in asked}
    assert {label for _, label in asked} <= set(re.findall(r"^:(\w+)", batch, re.MULTILINE))
    words = {
        word
        for line in re.findall(r"^([a-z |]+)\)$", RUN.read_text("utf-8"), re.MULTILINE)
        for word in line.split(" | ")
    }
    assert {word for word, _ in asked} == words - {"demo", "help", "selftest"} - LINUX


def test_the_batch_file_ends_its_lines_as_windows_does():
    """cmd loses its place in a file with bare line feeds."""
    lines = BATCH.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
