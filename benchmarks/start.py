"""From the start of the process to the first painted window, beside a bare window of Qt with a table of 500 rows; and from the
password's last key to the home page.

The program's first window over an existing ledger is the sign-in: no password has been tried yet, so Argon2id, which
costs what it is meant to cost, is not in the first figure; it is in the second. Python's compiled files are warm on all
sides: a process that may not write them would compile every source anew, ours and not Qt's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import first_paint, signed_in
from benchmarks.comparison import Comparison, Watch, alternated
from benchmarks.office import PASSWORD, Bench

ROOT = Path(__file__).parent.parent
LIMIT = 2
HOME_LIMIT = 500  # milliseconds (DESIGN §12)
SECONDS = 60


def run(bench: Bench, rounds: int) -> Iterator[Comparison]:
    """Milliseconds to the first painted window, and from the password to home."""
    ledger = bench.found("to-start", dear=True)
    for side in (["bare"], ["program", "--data", str(ledger)]):
        _shown(side, Watch())
    ours, other = alternated(
        rounds, lambda watch: _shown(["program", "--data", str(ledger)], watch), lambda watch: _shown(["bare"], watch)
    )
    yield Comparison(
        "mở chương trình tới cửa sổ đầu (đăng nhập)", "ms", ours * 1000, other * 1000, "cửa sổ Qt trần, bảng 500 dòng",
        LIMIT, at_least=False,
    )  # fmt: skip
    home = min(_signed_in(ledger) for _ in range(rounds))
    yield Comparison("từ mật khẩu tới trang chủ", "ms", home, None, "kể cả Argon2id", HOME_LIMIT, at_least=False)


def _signed_in(ledger: Path) -> float:
    """The password costs what it costs in an office: the ledger is made with the program's own cost of guessing."""
    command = [sys.executable, "-m", signed_in.__name__, str(ledger)]
    more = {"SBD_PASSWORD": PASSWORD}
    told = subprocess.run(command, cwd=ROOT, env=_surroundings() | more, capture_output=True, text=True, check=True)
    return float(told.stdout)


def _surroundings() -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen"} | mine


def _shown(arguments: list[str], watch: Watch) -> None:
    environment = _surroundings()
    command = [sys.executable, "-m", first_paint.__name__, *arguments]
    with watch.running():
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        said = child.stdout.readline().strip()
    child.wait(SECONDS)
    if said != first_paint.PAINTED:
        raise RuntimeError(f"no window was painted: {' '.join(command)}")
