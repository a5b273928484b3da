"""The verb that measures a finished PDF or Word file against the decree; no ledger is needed."""

from __future__ import annotations

from dataclasses import asdict

from ui.cli.seat import Seat


def lint(seat: Seat) -> int:
    """What deviates from NĐ 30/2020/NĐ-CP in the file. Exit code 1 if anything does."""
    found = seat.program.layout_faults(seat.read_file(seat.args.file))
    faults = [asdict(deviation) | {"item": deviation.item.value} for deviation in found]
    seat.out.give({"ok": not found, "file": str(seat.args.file), "deviations": faults})
    for deviation in found:
        seat.out.say(f"{deviation.item.value}: {deviation.where}: {deviation.found} (quy định: {deviation.allowed})")
    seat.out.say(
        f"{len(found)} sai lệch so với Nghị định 30/2020/NĐ-CP." if found else "Thể thức đúng, không có sai lệch."
    )
    return 1 if found else 0
