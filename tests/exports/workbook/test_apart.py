"""The process apart: what it hands back is believed no further than its shape, and it never outlives its time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exports.workbook.facts import packed, unpacked
from exports.workbook.reader_process import read_apart
from forms.errors import Cancelled, InputRefused
from main import MainApplication
from tests.exports.workbook.hostile import many_rows, old_excel_without_end, row, sheet, xlsx
from tests.plain_sheets import book, drawn

DRAWN = """
    | Nữ  | ~12~ | 8%     |
    | #N/A | ?    | 2025-12-31 |
"""


def speaking(code: str) -> list[str]:
    """A child that says something of its own."""
    return [sys.executable, "-c", f"import sys, os; sys.stdin.buffer.read(); {code}"]


def refusal(command: list[str], data: bytes = b"x", **more) -> str:
    with pytest.raises(InputRefused) as refused:
        read_apart(command, data, **more)
    return refused.value.code


def test_plain_cells_come_back_as_they_were():
    sheets = book(
        drawn(DRAWN, hidden_rows=frozenset({1}), merged=((0, 0, 1, 1),)), drawn("", "Hai", hidden=True), epoch_1904=True
    )
    assert unpacked(json.loads(packed(sheets))) == sheets


def test_the_program_reads_a_workbook_in_a_process_of_its_own():
    """The real command, as the window and the command line start it."""
    found = MainApplication().read_workbook(xlsx(sheet(row(1, '<c r="A1"><v>1250</v></c>'))))
    assert [(cell.kind, cell.text) for cell in found.sheets[0].cells.values()] == [("n", "1250")]


def test_the_refusal_of_the_process_is_ours():
    with pytest.raises(InputRefused) as refused:
        MainApplication().read_workbook(many_rows(20_001))
    assert refused.value.code == "WORKBOOK_TOO_BIG"
    assert "A20001" in refused.value.message


def test_what_asks_for_too_much_memory_is_stopped():
    with pytest.raises(InputRefused) as refused:
        MainApplication().read_workbook(old_excel_without_end())
    assert refused.value.code == "WORKBOOK_MEMORY"


def test_a_process_that_takes_too_long_is_stopped():
    started = time.monotonic()
    assert refusal(speaking("import time; time.sleep(60)"), wall=0.5) == "WORKBOOK_SLOW"
    assert time.monotonic() - started < 5


def test_somebody_who_waits_no_longer_stops_the_process():
    asked = []

    def waiting() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise Cancelled

    started = time.monotonic()
    with pytest.raises(Cancelled):
        read_apart(speaking("import time; time.sleep(60)"), b"x", waiting=waiting)
    assert time.monotonic() - started < 5


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_burns_its_time_or_dies_is_told_apart():
    assert refusal(speaking("os.kill(os.getpid(), 24)")) == "WORKBOOK_SLOW"
    assert refusal(speaking("os.abort()")) == "WORKBOOK_MEMORY"


@pytest.mark.parametrize(
    "said",
    [
        "no json",
        "[" * 100_000,
        "[]",
        "{}",
        '{"sheets": 1}',
        '{"kind": "xlsx", "epoch_1904": false, "sheets": [{"name": "S", "cells": [[0, 0, "q", "x", 0]]}]}',
        '{"kind": "xlsx", "epoch_1904": false, "sheets": [{"name": "S", "cells": [[0, 0, "d", "31/12", 0]]}]}',
        '{"refused": "WORKBOOK_BOMB"}',
        '{"refused": ["rm -rf", "x"]}',
        '{"refused": ["WORKBOOK_BOMB", 5]}',
    ],
)
def test_an_answer_of_another_shape_is_damage(said):
    assert refusal(speaking(f"sys.stdout.write({said!r})")) == "WORKBOOK_DAMAGED"


def test_an_answer_without_end_is_not_read_to_its_end():
    assert refusal(speaking("[sys.stdout.write('x' * 1000000) for _ in range(100)]")) == "WORKBOOK_MEMORY"


def test_a_process_that_cannot_begin_is_our_own_fault():
    with pytest.raises(RuntimeError):
        read_apart([sys.executable, "-c", "raise SystemExit(1)"], b"x")


def test_the_process_is_given_no_password(monkeypatch):
    monkeypatch.setenv("SBD_PASSWORD", "mật khẩu")
    code = "sys.stdout.write('{\"refused\": [\"WORKBOOK_KIND\", \"' + os.environ.get('SBD_PASSWORD', 'none') + '\"]}')"
    with pytest.raises(InputRefused) as refused:
        read_apart(speaking(code), b"x")
    assert refused.value.message == "none"


def test_the_child_loads_neither_qt_nor_a_database_nor_a_writer():
    """What the process apart can do is what it has loaded."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import exports.workbook.foreign_workbook; "
        "print([m for m in ('PySide6', 'sqlalchemy', 'sqlcipher3', 'openpyxl', 'reportlab', 'cryptography') if m in sys.modules])"
    )
    root = str(Path(__file__).parents[3])
    said = subprocess.run([sys.executable, "-c", code, root], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
