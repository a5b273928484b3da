"""One cell from key to stored, and the check of a whole form: what somebody waits for while typing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.communes import PROGRAMME, YEAR, Commune, filled, form_of
from benchmarks.comparison import MEMORY, OWN_TIME, Comparison, percentile
from benchmarks.office import PASSWORD, Bench
from forms.checks import all_checks
from forms.model.cell import given
from forms.model.office import Office
from forms.model.report import Report
from forms.services.entry import Entry

Clock = Callable[[], float]

CELL_LIMIT_MS, CHECK_LIMIT_MS = 5, 20


def run(bench: Bench, commune: Commune, times: int) -> list[Comparison]:
    """The p99 of storing a cell, with and without the disk's own sync, and of checking the yearly form."""
    report = filled(commune, form_of(bench.program.catalogue, YEAR), YEAR)
    checks = [_milliseconds(OWN_TIME, lambda: all_checks.find(report)) for _ in range(times)]
    checking = Comparison(
        f"kiểm tra biểu năm ({len(report.expected_cells)} ô), p99", "ms", percentile(checks, 99), None,
        f"trung vị {percentile(checks, 50):.1f} ms", CHECK_LIMIT_MS, at_least=False,
    )  # fmt: skip
    return [*_storing(bench, commune, times), checking, _checking_texts(report, times)]


def _checking_texts(report: Report, times: int) -> Comparison:
    """Every section full to its limit with sentences that tell a figure; before each check another word is typed."""
    shares = list(report.form.indicators.values())
    told = " ".join(f"{share.title} đạt {number},5% ({{{{{share.id}}}}})." for number, share in enumerate(shares, 10))
    texts = {spec.id: (f"{spec.title}. " + f"{told} " * 9)[: spec.limit - 10] for spec in report.form.narratives}
    first = next(iter(texts))
    written = [replace(report, narratives=texts | {first: f"{texts[first]} {turn}"}) for turn in range(times)]
    all_checks.find(written[0])
    checks = [_milliseconds(OWN_TIME, partial(all_checks.find, one)) for one in written]
    letters = sum(map(len, texts.values()))
    return Comparison(
        f"kiểm tra biểu năm có {letters} ký tự lời văn, vừa gõ thêm, p99", "ms", percentile(checks, 99), None,
        f"trung vị {percentile(checks, 50):.1f} ms", CHECK_LIMIT_MS, at_least=False,
    )  # fmt: skip


def _storing(bench: Bench, commune: Commune, times: int) -> list[Comparison]:
    on_disk = _stores(bench, commune, times, time.perf_counter)
    lines = [_line("lưu một ô, kể cả chờ ổ đĩa, p99", on_disk, None)]
    if MEMORY.is_dir():
        with TemporaryDirectory(dir=MEMORY) as folder:
            in_memory = _stores(Bench(Path(folder)), commune, times, OWN_TIME)
        lines.insert(0, _line("lưu một ô, không kể chờ ổ đĩa, p99", in_memory, CELL_LIMIT_MS))
    return lines


def _line(what: str, stores: list[float], wanted: float | None) -> Comparison:
    beside = f"trung vị {percentile(stores, 50):.1f} ms"
    return Comparison(what, "ms", percentile(stores, 99), None, beside, wanted, at_least=False)


def _stores(bench: Bench, commune: Commune, times: int, clock: Clock) -> list[float]:
    """Milliseconds for each of `times` cells typed one after the other into the yearly form."""
    unit = commune.unit
    office = Office(unit.key, unit.full_name, parent=unit.parent, practice=True)
    ledger = bench.house.open(bench.found("commune", office), PASSWORD)
    entry = Entry(ledger.begin, bench.program.catalogue, bench.program.clock)
    report, taken = entry.open(PROGRAMME, YEAR), []
    names = report.expected_cells
    for number in range(times):
        typed = partial(entry.put_cell, report, names[number % len(names)], given(number))
        taken.append(_milliseconds(clock, typed))
    ledger.close()
    return taken


def _milliseconds(clock: Clock, act: Callable[[], object]) -> float:
    started = clock()
    act()
    return (clock() - started) * 1000
