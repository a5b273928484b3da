"""The province of 2024 with two of its districts, as the screens have it: 46 ── 479 (19960 19966 19969), 480 (19996 20005 20008)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from forms.all_services import Services, open_services
from forms.checks import all_checks
from forms.model.cell import Cell, CellState, given
from forms.model.office import Office
from forms.model.period import Period
from tests import fakes
from tests.ui.desktop.parts import UNITS
from tests.ui.desktop.sticks import StickProgram, trust

YEAR, DAY = Period("2024"), date(2024, 12, 31)
COMMUNES = {"479": ("19960", "19966", "19969"), "480": ("19996", "20005", "20008")}


def office_of_2024(program: StickProgram, code: str, *, collates: bool = False) -> Services:
    unit = UNITS.get(code, DAY)
    ledger = fakes.FakeLedger(Office(unit.key, unit.full_name, collates, unit.parent, kind=unit.kind))
    return open_services(program, ledger)


def package_of_2024(desk: Services, led: int, committed: int, organisations: int) -> bytes:
    """HĐND and UBND led by women (1 each or none), organisations of 6.2; nothing arose in every other cell."""
    report = desk.entry.open("nq28_hue", YEAR)
    cells: dict[str, Cell] = dict.fromkeys(report.expected_cells, Cell(CellState.NONE))
    for body in ("council", "committee"):
        cells |= {f"women_led_agencies.{body}": given(led), f"agencies.{body}": given(1)}
    cells |= {"organisations_committed": given(committed), "organisations": given(organisations)}
    report = desk.entry.put_cells(report, list(cells.items()))
    for finding in all_checks.blocking(all_checks.find(report, desk.entry.context(report))):
        report = desk.entry.explain(report, finding.check, "kỳ thử")
    return desk.sealing.seal("nq28_hue", YEAR, desk.ledger.signers())[1].raw


@dataclass
class ProvinceOf2024:
    """`sent`: the package of each unit. 479 forwards its communes and its own part; those of 480 lie beside, one by one."""

    program: StickProgram = field(default_factory=lambda: StickProgram(now=datetime(2025, 1, 10, 9, 0, tzinfo=UTC)))
    sent: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = office_of_2024(self.program, "46", collates=True)
        self.districts = {code: office_of_2024(self.program, code, collates=True) for code in COMMUNES}
        for number, (district, commune) in enumerate(((d, c) for d, all_of in COMMUNES.items() for c in all_of), 1):
            sender = office_of_2024(self.program, commune)
            self.sent[commune] = package_of_2024(sender, number % 2, 8, 10)
            trust(self.districts[district], sender)
            if district == "480":
                trust(self.desk, sender)
        for code, desk in self.districts.items():
            self.sent[code] = package_of_2024(desk, 1, 40, 45)
            trust(self.desk, desk)
        first = self.districts["479"]
        for commune in COMMUNES["479"]:
            first.receiving.receive(self.program.read_files([self._lay(f"{commune}.bdg", self.sent[commune])]), "A")
        self.program.stick.clear()
        bundle = first.forwarding.forward("nq28_hue", YEAR, first.ledger.signers()[1])[0].raw
        self._lay("479.bdg", bundle)
        for commune in COMMUNES["480"]:
            self._lay(f"{commune}.bdg", self.sent[commune])

    def _lay(self, name: str, data: bytes) -> Path:
        path = Path("/stick") / name
        self.program.stick[path] = data
        return path
