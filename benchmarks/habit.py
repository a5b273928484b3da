"""Merging and adding up beside the habit: the same figures as workbooks, read by pandas, through openpyxl as everybody does
it and through calamine as fast as it can be done, and added by groupby.

The workbooks look as people send them: title lines, a heading, one row for each figure. The habit reads and adds and
does nothing else; the product verifies two seals, stores every file and adds up with coverage and indicators. Before
anything is timed as good, both sides must have arrived at the same sums.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pandas as pd
from openpyxl import Workbook

from benchmarks.communes import PROGRAMME, YEAR, Commune, filled, form_of
from benchmarks.comparison import Comparison, Watch, alternated
from benchmarks.merge import Stick
from forms.model.form import Form
from forms.services.summary import Summaries, Summary

HEADING = ("TT", "Mã ô", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")
TITLE_LINES = 4
Sums = dict[str, int]
Engine = Literal["openpyxl", "calamine"]
_WANTED: dict[Engine, int] = {"openpyxl": 5, "calamine": 1}  # times as many communes a second (DESIGN §12)


def run(stick: Stick, rounds: int) -> list[Comparison]:
    """Communes a second, from files to sums, of the yearly form."""
    form = form_of(stick.bench.program.catalogue, YEAR)
    workbooks = stick.bench.folder / "workbooks"
    workbooks.mkdir()
    for commune in stick.communes:
        _write(commune, form, workbooks / f"{commune.unit.code}.xlsx")
    sums: list[Sums] = []

    def product(watch: Watch) -> None:
        with stick.bench.copy_of(stick.ledger) as ledger:
            summaries = Summaries(ledger.begin, stick.bench.program.catalogue, stick.units, stick.bench.program.codec)
            with watch.running():
                stick.receive(ledger, YEAR)
                summary = summaries.sum_up(PROGRAMME, YEAR)
            sums.append(_sums(summary))

    def habit(engine: Engine) -> Callable[[Watch], None]:
        def side(watch: Watch) -> None:
            with watch.running():
                found = by_habit(sorted(workbooks.iterdir()), engine)
            sums.append(found)

        return side

    ours, *others = alternated(rounds, product, *(habit(engine) for engine in _WANTED))
    assert all(found == sums[0] for found in sums), "the sides did not arrive at the same sums"
    number = len(stick.communes)
    return [
        Comparison(
            f"nhận và tổng hợp {number} xã, biểu năm",
            "xã/s",
            number / ours,
            number / other,
            f"pandas + {engine}",
            wanted,
        )
        for (engine, wanted), other in zip(_WANTED.items(), others, strict=True)
    ]


def by_habit(paths: list[Path], engine: Engine) -> Sums:
    """Read every workbook, put the rows under one another, add up by row."""
    frames = [pd.read_excel(path, engine=engine, skiprows=TITLE_LINES) for path in paths]
    added = pd.concat(frames).groupby("Mã ô")["Số liệu"].sum()
    return {str(name): int(amount) for name, amount in added.items()}


def _write(commune: Commune, form: Form, path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    for line in (commune.unit.full_name.upper(), form.title.upper(), f"Kỳ báo cáo: {YEAR.words}", ""):
        sheet.append([line])
    sheet.append(HEADING)
    for number, (name, cell) in enumerate(filled(commune, form, YEAR).cells.items(), 1):
        count = form.count_of_cell[name]
        assert cell.amount is not None
        sheet.append([number, name, count.title, count.measure, int(cell.amount), None])
    workbook.save(path)


def _sums(summary: Summary) -> Sums:
    typed = summary.own.form.count_of_cell
    return {
        name: int(found.quantity)
        for name, found in summary.sums.items()
        if name in typed and isinstance(found.quantity, Decimal)
    }
