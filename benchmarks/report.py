"""The report of a year as the statistician of an office above makes it the evening before: sums, then PDF, Word, Excel.

Everything is counted from the asking to the finished bytes; the packages were received before.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.communes import PROGRAMME, YEAR
from benchmarks.comparison import Comparison, Watch, alternated
from benchmarks.merge import Stick
from forms.exchange.statements import PrintStamp
from forms.services.summary import Summaries

_TITLES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


def run(stick: Stick, rounds: int) -> Iterator[Comparison]:
    """Seconds of the table alone, and of the whole report in each format."""
    number = len(stick.communes)
    with stick.bench.copy_of(stick.ledger) as ledger:
        stick.receive(ledger, YEAR)
        program = stick.bench.program

        def summed() -> Summaries:
            return Summaries(ledger.begin, program.catalogue, stick.units, program.codec)

        def table(watch: Watch) -> None:
            with watch.running():
                summed().sum_up(PROGRAMME, YEAR, tasks=False)

        def written(format: str) -> float:
            def side(watch: Watch) -> None:
                with watch.running():
                    assert program.document(summed().sum_up(PROGRAMME, YEAR), format, PrintStamp())

            return alternated(rounds, side)[0]

        yield Comparison(f"bảng chỉ tiêu năm, {number} đơn vị", "s", alternated(rounds, table)[0], None, "", None)
        for format, title in _TITLES.items():
            yield Comparison(f"báo cáo năm, {number} đơn vị, {title}", "s", written(format), None, "", None)
