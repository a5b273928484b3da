"""`./run bench`: what DESIGN asks of the program's speed, both sides measured in one run.

    ./run bench [merge|habit|report|start|entry|grid|documents|national …] [--packages N] [--rounds N] [--json]

Without names everything, in a few minutes. Exit 0 when everything wanted was reached, else 1; a bench that breaks off is a line
that says so, and the others go on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import documents, entry, grid, merge, national, report, start
from benchmarks.comparison import Comparison, tried
from benchmarks.office import Bench
from benchmarks.table import drawn

NAMES = ("merge", "habit", "report", "start", "entry", "grid", "documents", "national")
CELLS = 1000


def main(argv: Sequence[str] | None = None) -> int:
    options = _options(argv)
    started, lines = time.perf_counter(), []
    with TemporaryDirectory(prefix="sbd-bench-") as folder:
        for line in _measured(Bench(Path(folder)), options):
            lines.append(line)
            print(f"  {line.what} …", file=sys.stderr)
    seconds = time.perf_counter() - started
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} nhân, Python {platform.python_version()}"
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    if options.json:
        body = {"machine": machine, "load": load, "seconds": seconds, "lines": [line.as_json() for line in lines]}
        print(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        print(drawn(lines))
        print(f"\n{machine}; tải máy {load if load is not None else '?'}; {seconds:.0f} giây.")
    return 0 if all(line.holds is not False for line in lines) else 1


def _measured(bench: Bench, options: argparse.Namespace) -> Iterator[Comparison]:
    stick = cache(lambda: merge.Stick(bench, options.packages))
    few = max(1, options.rounds // 2)
    benches: dict[str, Callable[[], Iterable[Comparison]]] = {
        "merge": lambda: merge.run(stick(), options.rounds),
        "habit": lambda: import_module("benchmarks.habit").run(stick(), few),  # pandas may be missing
        "report": lambda: report.run(stick(), few),
        "start": lambda: start.run(bench, options.rounds),
        "entry": lambda: entry.run(bench, stick().communes[0], CELLS),
        "grid": grid.run,
        "documents": lambda: documents.run(few),
        "national": lambda: national.run(bench),
    }
    for name in NAMES:
        if name in (options.names or NAMES):
            yield from tried(name, benches[name])


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Đo chương trình bên cạnh cách làm khác.")
    parser.add_argument("names", nargs="*", metavar="PHÉP_ĐO", help=f"{', '.join(NAMES)} (mặc định: tất cả)")
    parser.add_argument("--packages", type=int, default=400, help="số gói (mặc định 400)")
    parser.add_argument("--rounds", type=int, default=7, help="số lượt, lấy lượt nhanh nhất của mỗi bên (mặc định 7)")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    options = parser.parse_args(argv)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"không có phép đo {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main())
