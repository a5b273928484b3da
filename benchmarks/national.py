"""One quarter of the whole country in one batch: seconds, and the most memory the process ever held.

The merge runs in a child process of its own, so that making 3 321 packages is not in the figure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.communes import PROGRAMME, QUARTER, national
from benchmarks.comparison import Comparison
from benchmarks.merge import Stick
from benchmarks.office import PASSWORD, Bench
from forms.services.receiving import Receiving
from forms.services.summary import Summaries
from main import MainApplication

COMMUNES = 3321
MEMORY_LIMIT_MB = 400
ROOT = Path(__file__).parent.parent
STATUS = Path("/proc/self/status")


def run(bench: Bench) -> list[Comparison]:
    """Packages a second, and the memory peak in MB."""
    stick = Stick(bench, COMMUNES, (QUARTER,))
    command = [sys.executable, "-m", "benchmarks.national", str(stick.ledger), str(stick.files(QUARTER))]
    environment = os.environ | {"SBD_PASSWORD": PASSWORD}
    child = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    received, seconds, peak = child.stdout.split()
    assert int(received) == COMMUNES, f"{received} of {COMMUNES} were merged"
    what = f"cả nước: nhận và tổng hợp {COMMUNES} gói"
    lines = [Comparison(what, "gói/s", COMMUNES / float(seconds), None, f"{float(seconds):.1f} giây", None)]
    if float(peak):
        lines.append(Comparison(what, "MB", float(peak), None, "bộ nhớ cao nhất", MEMORY_LIMIT_MB, at_least=False))
    return lines


def _merge(ledger_folder: Path, files: Path) -> None:
    """The child: prints how many were received, the seconds, and the peak in MB."""
    program = MainApplication()
    units = national(program.units)
    ledger = program.house.open(ledger_folder, os.environ["SBD_PASSWORD"])
    receiving = Receiving(ledger.begin, program.catalogue, units, program.codec, program.clock, program.new_id)
    started = time.perf_counter()
    receiving.receive(program.find_packages([files]).files, "Người đo")
    summary = Summaries(ledger.begin, program.catalogue, units, program.codec).sum_up(PROGRAMME, QUARTER)
    seconds = time.perf_counter() - started
    ledger.close()
    print(len(summary.status.received), seconds, _peak_mb())


def _peak_mb() -> float:
    """Asked of the kernel by process: getrusage would pass on the peak of the parent. Nought where it cannot be told."""
    if not STATUS.exists():
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text("ascii"))
    return int(found[1]) / 1000 if found else 0


if __name__ == "__main__":
    _merge(Path(sys.argv[1]), Path(sys.argv[2]))
