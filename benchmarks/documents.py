"""A hundred pages of text and an annex of 3 000 rows: our PDF, Word and Excel beside LibreOffice that turns the same Word
file into PDF.

Each file is made by a process of its own, so that its peak memory is known. Without LibreOffice there is no other side.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.comparison import Comparison
from exports.document import Annex, Column, Document, Figure, HeadCell, Heading, Letterhead, Para, Row, Signature, Table

PAGES, SECTIONS, ROWS = 100, 112, 3_000
MOST = 0.5  # of LibreOffice's time (DESIGN §12)
_SENTENCE = "Các xã, phường duy trì phát thanh trên hệ thống loa, bảng tin, trang thông tin điện tử về bình đẳng giới. "
_STATUS = Path("/proc/self/status")
_WRITERS = {"text": ("pdf", "docx"), "annex": ("pdf", "docx", "xlsx")}  # a text has no table for Excel
_TITLES = {"docx": "Word", "xlsx": "Excel"}
_WORDS = {"text": f"văn bản {PAGES} trang", "annex": f"phụ lục {ROWS} dòng"}


def run(rounds: int) -> Iterator[Comparison]:
    """Seconds of each writer; for the PDF as a ratio to LibreOffice, and the memory at its peak."""
    for kind, writers in _WRITERS.items():
        with TemporaryDirectory() as folder:
            made = {name: [_made(kind, name, Path(folder)) for _ in range(rounds)] for name in writers}
            seconds = {name: min(taken for taken, _ in runs) for name, runs in made.items()}
            memory = max(peak for _, peak in made["pdf"])
            other = _by_libreoffice(Path(folder), rounds)
        yield Comparison(
            f"PDF, {_WORDS[kind]}", "s", seconds["pdf"], other, "LibreOffice từ tệp Word", MOST, at_least=False
        )
        for name in writers[1:]:
            yield Comparison(f"{_TITLES[name]}, {_WORDS[kind]}", "s", seconds[name], None, "", None)
        yield Comparison(f"PDF, {_WORDS[kind]}, bộ nhớ", "MiB", memory, None, "", None, at_least=False)


def document(kind: str) -> Document:
    """Of one kind; both have a head, a signature and the decree's layout."""
    blocks = _pages() if kind == "text" else [Para("Số liệu của từng đơn vị tại Phụ lục.")]
    annexes = (Annex("Số liệu của từng đơn vị", (_table(),)),) if kind == "annex" else ()
    head = Letterhead("", "Ủy ban nhân dân\nthành phố Huế", "Số:        /BC-UBND", "Huế", 2026)
    signature = Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    return Document(head, "BÁO CÁO", "Phép đo", tuple(blocks), signature, ("- Lưu: VT.",), ("Bộ Nội vụ",), annexes)


def _pages() -> list[Heading | Para]:
    """Six paragraphs under a title fill most of a page."""
    made: list[Heading | Para] = []
    for page in range(SECTIONS):
        made.append(Heading(2, f"{page + 1}.", f"Mục thứ {page + 1}"))
        made += [Para(_SENTENCE * 4) for _ in range(6)]
    return made


def _table() -> Table:
    columns = (Column(12, "centre"), Column(70), Column(24, "number"), Column(24, "number"), Column(40))
    head = (tuple(HeadCell(title) for title in ("TT", "Đơn vị", "Số tin, bài", "Tỷ lệ", "Ghi chú")),)
    rows = tuple(
        Row((str(n), f"Xã số {n}", Figure(Decimal(n)), Figure(Decimal(n) / 7, 1), "Gửi muộn" if n % 9 == 0 else ""))
        for n in range(1, ROWS + 1)
    )
    return Table(columns, head, rows, ("A", "B", "1", "2", "3"))


def _made(kind: str, name: str, folder: Path) -> tuple[float, float]:
    """(seconds, MiB) of one file written by a fresh process, its start not counted."""
    command = [sys.executable, "-m", "benchmarks.documents", kind, name, str(folder / f"phep-do.{name}")]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(told[0]), float(told[1])


def _by_libreoffice(folder: Path, rounds: int) -> float | None:
    """The least seconds of turning the Word file into PDF; its profile is made before and not counted."""
    office = shutil.which("soffice")
    if office is None:
        return None
    command = [office, f"-env:UserInstallation={(folder / 'ho-so').as_uri()}", "--headless", "--convert-to", "pdf"]
    taken = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        made = [*command, "--outdir", str(folder / "lo"), str(folder / "phep-do.docx")]
        subprocess.run(made, check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return min(taken[1:])


def _write(kind: str, name: str, file: Path) -> None:
    """What the child process does."""
    writer = import_module(f"exports.{name}")
    made = document(kind)
    started = time.perf_counter()
    data = writer.write(made)
    seconds = time.perf_counter() - started
    file.write_bytes(data)
    print(seconds, _peak())


def _peak() -> float:
    """MiB; the system's own count would begin with what the parent had. Nought where there is no /proc."""
    if not _STATUS.exists():
        return 0.0
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    _write(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
