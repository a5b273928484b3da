"""Hostile workbooks: `./run rig workbooks` gives each to the process that reads foreign workbooks, and prints what it said, how
long it took and how much memory that process needed at most. Wanted: the code of the list, in bounded time and memory.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from exports.workbook.archive import MEMORY
from exports.workbook.reader_process import read_apart
from forms.errors import InputRefused
from tests.exports.workbook.hostile import cases

PROGRAM = Path(__file__).parents[1] / "main.py"
CHILD = "_read-workbook"
MOST_SECONDS = 30.0
BETWEEN = """
import os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
os.close(0)
with open(sys.argv[1], "w") as file:
    file.write(str(os.wait4(child, 0)[2].ru_maxrss))
"""


def main() -> int:
    wrong = 0
    print(f"{'file':36} {'MiB':>7}  {'said':20} {'seconds':>7} {'peak MiB':>8}")
    for case in cases():
        data = case.data()
        said, seconds, peak = measured(data)
        good = said == (case.code or "read") and seconds < MOST_SECONDS and peak <= MEMORY / (1 << 20)
        wrong += not good
        print(
            f"{case.name:36} {len(data) / (1 << 20):7.2f}  {said:20} {seconds:7.2f} {peak:8.0f}{'' if good else '  WRONG'}"
        )
    print(f"{wrong} wrong")
    return 1 if wrong else 0


def measured(data: bytes) -> tuple[str, float, float]:
    """What was said, seconds, and the reader's peak in MiB: a small process between us tells it, for ours is larger."""
    with tempfile.TemporaryDirectory() as folder:
        peak = Path(folder, "peak")
        started = time.perf_counter()
        try:
            read_apart([sys.executable, "-c", BETWEEN, str(peak), sys.executable, str(PROGRAM), CHILD], data)
            said = "read"
        except InputRefused as error:
            said = error.code
        return said, time.perf_counter() - started, int(peak.read_text() or 0) / 1024


if __name__ == "__main__":
    sys.exit(main())
