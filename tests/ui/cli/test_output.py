"""The two streams of the command line when nobody reads them to the end: `… units xa | head -1`."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from ui.cli.output import Output

MAIN = Path(__file__).parents[3] / "main.py"


class Unread(StringIO):
    """A pipe of Windows whose reader has gone."""

    def write(self, _text: str) -> int:
        raise OSError(22, "Invalid argument")


def test_windows_calls_a_gone_reader_by_another_name(monkeypatch):
    monkeypatch.setattr("sys.stdout", Unread())
    with pytest.raises(BrokenPipeError):
        Output(json=False).say("Phường Kim Long")


def test_a_reader_that_goes_away_is_told_nothing():
    ran = subprocess.Popen(
        [sys.executable, MAIN, "units", "xa"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert ran.stdout
    assert ran.stderr
    ran.stdout.close()
    told = ran.stderr.read()
    ran.stderr.close()
    assert (ran.wait(20), told) == (1, b"")
