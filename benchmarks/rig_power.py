"""The power goes: `python -m benchmarks.rig_power [N]` cuts it N (2 000) times in the middle of real work.

Days at work (benchmarks/power_plays.py) are done by the program itself while every system call that changes a file is recorded
(benchmarks/syscalls.py: SQLite's calls as well). A disk that keeps only what was synced, and loses, tears and reorders the rest in
pieces of 512 or 4 096 bytes (benchmarks/power_cut.py), says what stands there after a cut at any call. That is opened as anybody
would open it.

Wanted each time: it opens without a question, also where the cut tore pages that nothing uses; it holds exactly what one of the
commits left, none older than the last act that was reported done; files reported ready are there byte for byte; a second
opening finds nothing to mend, and a backup can be made.

Negative controls, which must be caught: done is reported before it is; nothing is synced; the names in folders are not synced.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.power_cut import Content, Disk, content_of, put
from benchmarks.power_plays import COMMUNE, LAN, LEDGER, Play, Stage, Teller, all_said, passwords_cost_little, rows_in
from benchmarks.syscalls import Event, Said, Synced, can_watch, watched
from forms.errors import AppError
from forms.ports import Ledger

CUTS, CONTROL_CUTS = 2000, 400
_BACKUP_EVERY = 10
_OTHER_PASSWORD = {"PASSWORD_WRONG", "SLOTS_REPLACED"}
_FAST = Path("/dev/shm")


@dataclass
class Moment:
    """What may be asked of the ledger after a cut here."""

    states: list[str | None]  # the first was reported; the last may be on its way
    files: dict[str, str] = field(default_factory=dict)
    opens: list[str] = field(default_factory=list)
    ledgers: dict[str, bool] = field(default_factory=dict)  # place → whether its making was reported


@dataclass(frozen=True)
class Recorded:
    """A play as the disk saw it."""

    play: Play
    start: Content
    events: tuple[Event, ...]


class Rig:
    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._dice = folder, Random(seed)
        self.stage = Stage(folder)
        self.cuts: Counter[str] = Counter()
        self.healed = 0
        self.recorded_in = folder / "recorded"

    def record(self, play: Play, *, early: bool = False) -> Recorded:
        """Raises RuntimeError where the child failed, or where the record does not lead to what stands on the disk."""
        root = self._empty("recorded")
        play.start(root)
        start = content_of(root)

        def work(say: Callable[[bytes], None]) -> None:
            teller = Teller(say, early=early)
            teller.listen()
            play.act(teller, root)

        done = watched(work, root)
        if done.status:
            raise RuntimeError(f"{play.name}: mã thoát {done.status}")
        disk = Disk(start, strict=True)
        for event in done.events:
            disk.see(event)
        if disk.whole() != content_of(root):
            raise RuntimeError(f"{play.name}: bản ghi lời gọi không khớp với ổ đĩa")
        return Recorded(play, start, done.events)

    def run(self, recorded: Recorded, cuts: int) -> str:
        """Cut so many times, spread over all calls, under both kinds of disk; what went wrong, or an empty text."""
        places = sorted(self._dice.randrange(len(recorded.events)) for _ in range(cuts))
        for strict in (True, False):
            disk, mine = Disk(recorded.start, strict=strict), iter(places[strict::2])
            cut = next(mine, None)
            for number, (event, moment) in enumerate(zip(recorded.events, moments(recorded), strict=True)):
                disk.see(event)
                while cut == number:
                    wrong = self._look(recorded.play, disk.after_cut(self._dice), moment)
                    if wrong:
                        return f"{recorded.play.name}, sau lời gọi {number} ({_words(event)}): {wrong}"
                    cut = next(mine, None)
        return ""

    def _look(self, play: Play, content: Content, moment: Moment) -> str:
        self.cuts[play.name] += 1
        for path, digest in moment.files.items():
            data = content.get(path)
            if data is None or hashlib.sha256(data).hexdigest() != digest:
                return f"tệp đã báo ghi xong không còn đúng: {path}"
        root = self._empty("cut")
        put(content, root)
        if not play.goes_on:
            return next(filter(None, (self._made(root, *one) for one in moment.ledgers.items())), "")
        return self._opened(root, moment)

    def _opened(self, root: Path, moment: Moment) -> str:
        """What is wrong with the ledger that a play was going on in."""
        try:
            ledger = self._open(root / LEDGER, moment.opens)
        except AppError as error:
            return f"sổ bị từ chối: {error.code} {error.message}"
        self.healed += any("trang trống" in notice for notice in ledger.notices)
        try:
            stands = rows_in(ledger)
            if stands not in moment.states:
                return "sổ mở được nhưng không đúng với lần ghi nào đã báo xong hoặc đang ghi"
            if self.cuts.total() % _BACKUP_EVERY == 0:
                ledger.backup(root / "thu.sbdbackup")
            ledger.verify()
        except AppError as error:
            return f"mở được nhưng không sao lưu, kiểm tra được: {error.code} {error.message}"
        finally:
            ledger.close()
        left = [path.name for path in (root / LEDGER).iterdir() if path.name.startswith(".")]
        return f"còn tệp tạm: {left}" if left else ""

    def _open(self, folder: Path, passwords: list[str]) -> Ledger:
        """By the first password that opens; after a cut in the middle of a change either may."""
        for password in passwords:
            try:
                return self.stage.house.open(folder, password)
            except AppError as error:
                if error.code not in _OTHER_PASSWORD or password == passwords[-1]:
                    raise
        raise AssertionError("no password")

    def _made(self, root: Path, place: str, was_reported: bool) -> str:
        """What is wrong with a ledger that was being made: whole, or as if never begun."""
        with suppress(AppError):
            self._open(root / place, [LAN.password]).close()
            return ""
        if was_reported:
            return f"sổ đã báo lập xong không mở được: {place}"
        try:
            if place.startswith("lai"):
                self.stage.house.restore(root / "usb" / "ban.sbdbackup", root / place)
                self._open(root / place, [LAN.password]).close()
            else:
                self.stage.house.create(root / place, COMMUNE, [LAN])[0].close()
        except AppError as error:
            return f"lập dở rồi không lập lại được: {place}: {error.code} {error.message}"
        left = [path for above in (root / place, (root / place).parent) for path in above.glob(".*")]
        return f"còn bản dở: {left}" if left else ""

    def _empty(self, name: str) -> Path:
        root = self._folder / name
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        return root


def moments(recorded: Recorded) -> Iterator[Moment]:
    """For each event what may be asked after a cut there."""
    said = [all_said([event.text])[0] if isinstance(event, Said) else None for event in recorded.events]
    states: list[str | None] = [one["state"] for one in said if one and "state" in one]
    seen = reported = 0
    moment = Moment([], opens=[recorded.play.password])
    for one in said:
        if one:
            seen += "state" in one
            if "done" in one:
                reported = seen if one.get("early") else max(seen - 1, 0)
            _hear(moment, one)
        # What was committed since the last report may stand; the next commit may be on its way.
        yield replace(moment, states=states[reported : seen + 1])


def _hear(moment: Moment, one: dict[str, Any]) -> None:
    is_done = "done" in one
    if "opens" in one:
        moment.opens = [one["opens"]] if is_done else [*moment.opens, one["opens"]]
    if "ledger" in one:
        moment.ledgers = moment.ledgers | {one["ledger"]: is_done}
    if "file" in one:
        moment.files = moment.files | {one["file"]: one["sha256"]}


def _words(event: Event) -> str:
    return f"{type(event).__name__} {getattr(event, 'path', getattr(event, 'new', ''))}".strip()


def without_syncs(events: tuple[Event, ...], of: Callable[[str], bool]) -> tuple[Event, ...]:
    return tuple(event for event in events if not (isinstance(event, Synced) and of(event.path)))


def controls(rig: Rig) -> Iterator[tuple[str, str]]:
    """(what was spoilt, how it was caught): an empty text means that the rig proves nothing."""
    plays = rig.stage.plays()
    early = rig.record(plays[0], early=True)
    yield "báo trước khi lưu", rig.run(early, CONTROL_CUTS)
    for play in plays:
        recorded = rig.record(play)
        nothing = replace(recorded, events=without_syncs(recorded.events, lambda _: True))
        yield f"không đồng bộ gì ({play.name})", rig.run(nothing, CONTROL_CUTS)
    made = rig.record(plays[-1])
    nameless = replace(made, events=without_syncs(made.events, lambda path: (rig.recorded_in / path).is_dir()))
    yield "không đồng bộ tên trong thư mục", rig.run(nameless, CONTROL_CUTS)


def main(arguments: list[str]) -> int:
    """0 when nothing was lost, nothing refused, and the controls were caught."""
    cuts = int(arguments[0]) if arguments else CUTS
    if why := can_watch():
        print(f"Không chạy được: {why}.")
        return 2
    passwords_cost_little()
    started, wrong = time.monotonic(), ""
    with tempfile.TemporaryDirectory(dir=_FAST if _FAST.is_dir() else None) as folder:
        rig = Rig(Path(folder), seed=20251122)
        plays = rig.stage.plays()
        for number, play in enumerate(plays):
            recorded = rig.record(play)
            wrong = rig.run(recorded, cuts // len(plays) + (number < cuts % len(plays)))
            torn = rig.healed
            print(
                f"{play.name}: {len(recorded.events)} lời gọi, {rig.cuts[play.name]} lần cắt điện, {torn} sổ có trang rách"
            )
            rig.healed = 0
            if wrong:
                break
        seconds = time.monotonic() - started
        print(f"{rig.cuts.total()} lần cắt điện, {seconds:.0f} giây")
        print(f"HỎNG: {wrong}" if wrong else "Không mất lần ghi nào đã báo; sổ nào cũng mở được và kiểm tra sạch.")
        caught = list(controls(Rig(Path(folder, "control"), seed=1)))
    for name, how in caught:
        print(f"Đối chứng, {name}: {f'bị bắt, {how}' if how else 'KHÔNG bị bắt'}")
    return 1 if wrong or not all(how for _, how in caught) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
