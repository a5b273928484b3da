"""Killed while saving: `python -m benchmarks.rig_kill [N]` kills a writer N (500) times and looks for lost entries.

A child opens the ledger with its password and types cells through the Entry service, as the window's autosave does.
Before each cell it says what it is about to type, after the service has returned it says so again; both through a
pipe. The parent sends SIGKILL at a random moment, some of them while the ledger is being opened, then opens the
ledger itself, which after a crash checks every page, the tables and the whole journal.

Wanted each time: it opens without a question; every acknowledged entry is there; no cell holds anything but its last
acknowledged entry or the one that was under way; the journal has a line for each acknowledged entry.

Negative control: a writer that acknowledges before it saves must be caught, otherwise the rig proves nothing.
A kill is not a power cut: what the disk promised and did not keep is not tried here.
"""

from __future__ import annotations

import os
import random
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.communes import OFFICE
from forms.errors import AppError
from forms.model.cell import given
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.period import Period
from forms.model.report import Report
from forms.ports import Ledger
from forms.services.entry import Entry
from main import MainApplication
from storage.ledger_store import SqlLedgerStore
from storage.wrapping import LIGHT

PROGRAMME, PERIOD = "nq28_hue", Period("2025")
PASSWORD = "mật khẩu của bộ thử"
OFFICER = NewPerson("Người gõ", "Công chức", PersonRole.SOLE, PASSWORD)
UNIT = Office(OFFICE.unit, OFFICE.name, practice=True)
KILLS, FRESH_EVERY, CONTROL_KILLS = 500, 100, 200
ABOUT_TO, SAVED = 0, 1
MESSAGE = struct.Struct("<BHI")  # which of the two, number of the cell, value


@dataclass
class Told:
    """What the parent knows: the last acknowledged value of each cell, and the one that was under way."""

    saved: dict[int, int] = field(default_factory=dict)
    under_way: tuple[int, int] | None = None
    acknowledged: int = 0

    def hear(self, message: tuple[int, int, int]) -> None:
        what, cell, value = message
        if what == ABOUT_TO:
            self.under_way = (cell, value)
        else:
            self.saved[cell], self.under_way = value, None
            self.acknowledged += 1


class Rig:
    """One ledger after another, in a temporary folder."""

    def __init__(self, folder: Path, seed: int, *, saves_first: bool = True) -> None:
        self._folder, self._dice, self._saves_first = folder, random.Random(seed), saves_first
        self._program = MainApplication()
        self._house = SqlLedgerStore(self._program.clock, _no_upgrade, LIGHT)
        self._catalogue = self._program.catalogue
        self.kills = self.acknowledged = 0
        self._told = Told()
        self._ledger = folder

    def run(self, kills: int) -> str:
        """Kill `kills` times; what went wrong, or an empty text."""
        for number in range(kills):
            if number % FRESH_EVERY == 0:
                self._found(number)
            was_alive = self._kill_once()
            self.kills += 1
            wrong = self._look() if was_alive else "bên ghi tự dừng trước khi bị giết"
            if wrong:
                return f"lần giết {self.kills}: {wrong}"
        return ""

    def _found(self, number: int) -> None:
        self._ledger = self._folder / f"ledger{number}"
        self.acknowledged += self._told.acknowledged
        self._told = Told()
        ledger, _ = self._house.create(self._ledger, UNIT, [OFFICER])
        ledger.close()

    def _kill_once(self) -> bool:
        """Whether the writer was still at work when it was killed."""
        reader, writer = os.pipe()
        seed = self._dice.getrandbits(32)
        child = os.fork()
        if child == 0:
            os.close(reader)
            self._write_for_ever(writer, seed)
        os.close(writer)
        with os.fdopen(reader, "rb", buffering=0) as pipe:
            heard = b""
            if self._dice.random() < 0.75:  # else some are killed while they open
                heard = pipe.read(MESSAGE.size) or b""
            time.sleep(self._dice.random() * 0.06)
            os.kill(child, signal.SIGKILL)
            heard += pipe.readall()
        _, status = os.waitpid(child, 0)
        whole = len(heard) - len(heard) % MESSAGE.size
        for message in MESSAGE.iter_unpack(heard[:whole]):
            self._told.hear(message)
        return os.WIFSIGNALED(status)

    def _write_for_ever(self, pipe: int, seed: int) -> None:
        """The child: type cells until killed. Never returns."""
        try:
            dice = random.Random(seed)
            ledger = self._house.open(self._ledger, PASSWORD)
            entry, report = self._entry(ledger)
            cells = report.expected_cells
            while True:
                cell, value = dice.randrange(len(cells)), dice.randrange(1, 10**9)
                os.write(pipe, MESSAGE.pack(ABOUT_TO, cell, value))
                if not self._saves_first:
                    os.write(pipe, MESSAGE.pack(SAVED, cell, value))
                report = entry.put_cell(report, cells[cell], given(value))
                if self._saves_first:
                    os.write(pipe, MESSAGE.pack(SAVED, cell, value))
        finally:
            os._exit(1)

    def _look(self) -> str:
        """Open as anybody would, and compare. What is wrong, or an empty text."""
        try:
            with self._opened() as ledger:
                _, report = self._entry(ledger)
                with ledger.begin() as work:
                    lines = work.journal.head()[1]
        except AppError as error:
            return f"sổ không mở được: {error.code} {error.message}"
        if lines < self._told.acknowledged:
            return f"nhật ký có {lines} dòng cho {self._told.acknowledged} ô đã báo lưu"
        return self._compared(report)

    def _compared(self, report: Report) -> str:
        told = self._told
        for number, name in enumerate(report.expected_cells):
            amount = report.cell(name).amount
            stored = int(amount) if amount is not None else None
            if stored == told.saved.get(number):
                continue
            if stored is None or told.under_way != (number, stored):
                return f"ô {name}: đã báo lưu {told.saved.get(number)}, trong sổ là {stored}"
            told.saved[number] = stored  # it got there, though nobody was told
        told.under_way = None
        return ""

    @contextmanager
    def _opened(self) -> Iterator[Ledger]:
        ledger = self._house.open(self._ledger, PASSWORD)
        try:
            yield ledger
        finally:
            ledger.close()

    def _entry(self, ledger: Ledger) -> tuple[Entry, Report]:
        entry = Entry(ledger.begin, self._catalogue, self._program.clock)
        return entry, entry.open(PROGRAMME, PERIOD)

    @property
    def all_acknowledged(self) -> int:
        return self.acknowledged + self._told.acknowledged


def main(arguments: list[str]) -> int:
    """0 when nothing was lost and the control was caught."""
    kills = int(arguments[0]) if arguments else KILLS
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rig = Rig(Path(folder), seed=20251122)
        wrong = rig.run(kills)
    seconds = time.monotonic() - started
    print(f"{rig.kills} lần giết, {rig.all_acknowledged} ô đã báo lưu, {seconds:.0f} giây")
    print(f"HỎNG: {wrong}" if wrong else "Không mất ô nào; sổ nào cũng mở được và kiểm tra sạch.")
    with tempfile.TemporaryDirectory() as folder:
        control = Rig(Path(folder), seed=1, saves_first=False)
        caught = control.run(CONTROL_KILLS)
    print(f"Đối chứng (báo trước khi lưu): {f'bị bắt, {caught}' if caught else 'KHÔNG bị bắt'}")
    return 1 if wrong or not caught else 0


def _no_upgrade(_connection: object) -> None:
    raise RuntimeError("a ledger made a moment ago is never behind")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
