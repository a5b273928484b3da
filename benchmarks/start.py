"""From the start of the process to the first painted window, beside a bare window of Qt with a table of 500 rows.

The program's first window over an existing ledger is the sign-in: no password has been tried yet, so Argon2id, which
costs what it is meant to cost, is not in the figure. Python's compiled files are warm on both sides.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks import first_paint
from benchmarks.comparison import Comparison, Watch, alternated
from benchmarks.office import Bench

ROOT = Path(__file__).parent.parent
LIMIT = 2
SECONDS = 60


def run(bench: Bench, rounds: int) -> Comparison:
    """Milliseconds to the first painted window."""
    ledger = bench.found("to-start")
    for side in (["bare"], ["program", "--data", str(ledger)]):
        _shown(side, Watch())
    ours, other = alternated(
        rounds, lambda watch: _shown(["program", "--data", str(ledger)], watch), lambda watch: _shown(["bare"], watch)
    )
    return Comparison(
        "mở chương trình tới cửa sổ đầu (đăng nhập)", "ms", ours * 1000, other * 1000, "cửa sổ Qt trần, bảng 500 dòng",
        LIMIT, at_least=False,
    )  # fmt: skip


def _shown(arguments: list[str], watch: Watch) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-m", first_paint.__name__, *arguments]
    with watch.running():
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        said = child.stdout.readline().strip()
    child.wait(SECONDS)
    if said != first_paint.PAINTED:
        raise RuntimeError(f"no window was painted: {' '.join(command)}")
