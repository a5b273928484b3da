"""The program as a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 120  # seconds
# What nearly every verb loads, so that it is loaded once for all of them and not seventy times.
_LOADED = (
    "main",
    "ui.cli.app",
    "storage.ledger_store",
    "storage.migrations.upgrade",
    "exports.reports",
    "exports.package.codec",
    "exports.pdf",
    "exports.pdf_package",
    "exports.docx",
    "exports.xlsx",
    "exports.workbook.template",
    "pytest",
)


@dataclass(frozen=True)
class Ended:
    """A process that has ended, with all that it wrote."""

    code: int
    out: str
    errors: str


# What a command line of code begins with. The folder's name comes by the environment: in an old console's letters the code
# itself can hold no Vietnamese.
FROM_ROOT = "import os, sys; sys.path.insert(0, os.environ['PROGRAM_ROOT'])"


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's own, without a screen; compiled files are written, or each process compiles every source again."""
    mine = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return mine | {"QT_QPA_PLATFORM": "offscreen", "PROGRAM_ROOT": str(ROOT)} | dict(more or {})


_CHEAP = f"""{FROM_ROOT}
import main
from tests.ui.cli.conftest import CheapProgram
CheapProgram.clock = main.MainApplication.clock
main.MainApplication = CheapProgram
sys.exit(main.main())"""


def ran(words: Sequence[object]) -> subprocess.CompletedProcess[bytes]:
    """`python main.py WORDS…` to its end, where passwords cost little to try."""
    command = [sys.executable, "-c", _CHEAP, *map(str, words)]
    return subprocess.run(command, env=environment(), capture_output=True, timeout=LONGEST, check=False)


def forked(words: Sequence[object], folder: Path, more: Mapping[str, str]) -> Ended:
    """The same as `ran` for many processes: each is forked from one that has loaded the program and done nothing."""
    server = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    server.set_forkserver_preload([*_LOADED, __name__])
    with tempfile.TemporaryDirectory() as told:
        out, errors = (Path(told) / name for name in ("out", "errors"))
        process = server.Process(
            target=_start, args=([str(word) for word in words], folder, environment(more), out, errors)
        )
        process.start()
        process.join(LONGEST)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(words)
        return Ended(process.exitcode, out.read_text("utf-8"), errors.read_text("utf-8"))


def _start(words: list[str], folder: Path, surroundings: dict[str, str], *streams: Path) -> None:
    """In the new process: its folder, its environment, its streams, then main."""
    for stream, file in zip((sys.stdout, sys.stderr), streams, strict=True):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream.fileno())
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    sys.argv = [str(ROOT / "main.py"), *words]
    from main import main

    sys.exit(main())
