"""`demo --tree`: a made-up province reports for 2024 in three tiers (communes to their district, districts and sở to the
province), and for 2025 as it is made up today: the same communes under the province, two groups between. Every sum is then
made again from the files alone, by other code.

    Tỉnh Thử Nghiệm      own part; four sở, of which Sở Y tế answers for the whole and says otherwise than the communes
      Huyện Sông Thử     own part; six communes, two of them send the workbook, one a sheet of paper
      Thị xã Đồng Thử    own part; six communes, one of them sends the workbook; forwards late

    Cụm 1, Cụm 2 of 2025 gather the same communes and have no part of their own.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from forms.all_services import Services, open_services
from forms.application import Application
from forms.checks import all_checks
from forms.exchange.brought_files import Incoming, incoming
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.office import PersonRole
from forms.model.org_unit import TWO_TIERS, OrgUnit
from forms.model.period import Period
from forms.model.report import TASK_IDLE, ImportedReport, Report
from forms.ports import Signer
from forms.services.practice import Draw, done, quarter_news, year_figures
from forms.services.summary import Summary
from ui.cli.command_context import Seat
from ui.cli.demo import (
    FIRST,
    HEAD_PASSWORD,
    LEDGERS,
    OFFICE_LEDGER,
    OFFICE_PASSWORD,
    PREPARER_PASSWORD,
    PRINTED,
    PROGRAMME,
    SECOND,
    begin_in,
    found_practice,
    sealed_for_stick,
)
from ui.cli.receiving import tell_batch
from ui.cli.summaries import FORMATS, print_report, table_shape, tell_status, tell_table

SINCE, UNTIL = date(2015, 1, 1), date(2025, 6, 30)
PROVINCE = OrgUnit("TN", "Thử Nghiệm", "Tỉnh Thử Nghiệm", "province", None, SINCE)
DISTRICTS = (
    OrgUnit("TN1", "Sông Thử", "Huyện Sông Thử", "district", "TN", SINCE, UNTIL),
    OrgUnit("TN2", "Đồng Thử", "Thị xã Đồng Thử", "district", "TN", SINCE, UNTIL),
)
_COMMUNES = {
    "TN1": ("Thượng Thử", "Trung Thử", "Hạ Thử", "Vĩnh Thử", "Phú Thử", "Lộc Thử"),
    "TN2": ("Hương Thử", "Thủy Thử", "Bình Thử", "Điền Thử", "An Thử", "Mỹ Thử"),
}
GATHERED = {middle: tuple(f"{middle}{at}" for at in range(1, len(names) + 1)) for middle, names in _COMMUNES.items()}
GROUPS = tuple(
    OrgUnit(f"CUM{at}", f"Cụm {at}", f"Cụm {at}", "group", "TN", TWO_TIERS, members=codes)
    for at, codes in enumerate(GATHERED.values(), 1)
)


def _communes(since: date, until: date | None) -> tuple[OrgUnit, ...]:
    """Under their district until the districts ended, under the province since: the same codes are given again."""
    return tuple(
        OrgUnit(f"{middle}{at}", name, f"Xã {name}", "commune", middle if until else "TN", since, until)
        for middle, names in _COMMUNES.items()
        for at, name in enumerate(names, 1)
    )


def _agencies(*named: tuple[str, str]) -> tuple[OrgUnit, ...]:
    return tuple(OrgUnit(f"TN.{code}", name, name, "agency", "TN", SINCE) for code, name in named)


HEALTH, SCHOOLS = ("YT", "Sở Y tế"), ("GDDT", "Sở Giáo dục và Đào tạo")
THEN = _agencies(("LDTBXH", "Sở Lao động - Thương binh và Xã hội"), HEALTH, ("KHDT", "Sở Kế hoạch và Đầu tư"), SCHOOLS)
NOW = _agencies(("NV", "Sở Nội vụ"), HEALTH, ("TC", "Sở Tài chính"), SCHOOLS)

Files = Sequence[tuple[str, bytes]]
WORKBOOKS, PAPER = ("TN13", "TN15", "TN26"), ("TN14",)
SCAN = b"%PDF-1.4\n% ban quet cua mot to giay (ban thu)\n%%EOF\n"
REASON = "Sở Y tế lấy từ hệ thống hộ tịch, đủ cả ca sinh ngoài địa bàn (số liệu thử)"


@dataclass(frozen=True)
class Stage:
    """One way in which a province was made up. `middles`: districts or groups, `home`: the folder of the province's ledger."""

    label: str
    middles: tuple[OrgUnit, ...]
    communes: tuple[OrgUnit, ...]
    agencies: tuple[OrgUnit, ...]
    home: str

    @property
    def quarter(self) -> Period:
        return Period(f"{self.label}-Q4")

    @property
    def year(self) -> Period:
        return Period(self.label)

    @property
    def periods(self) -> tuple[Period, Period]:
        return self.quarter, self.year

    @property
    def units(self) -> tuple[OrgUnit, ...]:
        """Each after those that it names."""
        districts = [one for one in self.middles if not one.members]
        groups = [one for one in self.middles if one.members]
        return (PROVINCE, *districts, *self.communes, *self.agencies, *groups)

    def below(self, middle: OrgUnit) -> list[OrgUnit]:
        return [one for one in self.communes if one.parent == middle.code or one.code in middle.members]


STAGES = (
    Stage("2024", DISTRICTS, _communes(SINCE, UNTIL), THEN, OFFICE_LEDGER),
    Stage("2025", GROUPS, _communes(TWO_TIERS, None), NOW, f"{LEDGERS}/2025/TN"),
)


@dataclass(frozen=True)
class Sender:
    """What an office brings to the one above: its key files with the digits on paper, and what lies on its stick. `typed`:
    the figures of what was entered for a unit, by its period, since no sealed file tells them."""

    unit: OrgUnit
    keys: tuple[tuple[bytes, str], ...]
    files: Files
    typed: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)


def play(seat: Seat) -> int:
    folder, started = seat.args.folder, time.monotonic()
    begin_in(folder, _story(folder))
    found = [_played(seat, folder, stage) for stage in STAGES]
    seconds = round(time.monotonic() - started, 1)
    told = {"folder": str(folder), "ledger": str(folder / OFFICE_LEDGER), "seconds": seconds}
    seat.out.give(told | found[0] | {"two_tiers": found[1]})
    seat.out.say("", *_story(folder).splitlines(), "", f"Xong trong {seconds:.0f} giây.")
    return 1 if any(one["differences"] for one in found) else 0


def _played(seat: Seat, folder: Path, stage: Stage) -> dict[str, Any]:
    ledgers = folder / LEDGERS / stage.label
    sealing = [unit for unit in (*stage.communes, *stage.agencies) if unit.code not in (*WORKBOOKS, *PAPER)]
    senders = {}
    with seat.out.progress(f"Năm {stage.label}: các xã và sở lập báo cáo") as progress:
        for done, unit in enumerate(sealing, 1):
            senders[unit.code] = _reporting(seat.program, ledgers / unit.code, unit, stage)
            progress(done, len(sealing))
    agencies = [senders[unit.code] for unit in stage.agencies]
    middles = []
    for middle in stage.middles:
        sent = [senders[one.code] for one in stage.below(middle) if one.code in senders]
        middles.append(_middle(seat, ledgers, middle, sent, stage))
    for stick, brought in ((FIRST, [middles[0], *agencies]), (SECOND, middles[1:])):
        for sender in brought:
            for name, data in sender.files:
                seat.program.write_file(folder / stick / name, data)
    return _province(seat, folder, middles, agencies, stage)


@contextmanager
def _office(program: Application, folder: Path, unit: OrgUnit, stage: Stage, *, collates: bool) -> Iterator[Services]:
    ledger = found_practice(program, folder, unit, collates=collates, day=stage.year.last, made=stage.units)
    try:
        yield open_services(program, ledger)
    finally:
        ledger.close()


def _reporting(program: Application, folder: Path, unit: OrgUnit, stage: Stage) -> Sender:
    """A commune's quarter and year; a sở's year."""
    with _office(program, folder, unit, stage, collates=False) as desk:
        told = _figures(desk, unit, stage) if unit in stage.communes else [_answer(desk, unit, stage)]
        return Sender(unit, _keys(desk), [_sealed(desk, one) for one in told])


def _figures(desk: Services, unit: OrgUnit, stage: Stage) -> list[ImportedReport]:
    """What a commune reports of the quarter and of the year."""
    items = Draw(unit.code).number(3, 9, "items")
    quarter = quarter_news(desk.entry.open(PROGRAMME, stage.quarter), items)
    return [quarter, year_figures(desk.entry.open(PROGRAMME, stage.year), items)]


def _answer(desk: Services, unit: OrgUnit, stage: Stage) -> ImportedReport:
    """What a sở says of the whole province. Of what the communes count as well only Sở Y tế says something."""
    report = desk.entry.open(PROGRAMME, stage.year)
    told, counts = year_figures(report, None), report.form.count_of_cell
    shared = [cell for cell in told.cells if Role.REPORTING in counts[cell].filled_by]
    births = {"live_births.boys": given(1160), "live_births.girls": given(1054)} if unit.code == "TN.YT" else {}
    silent = Cell(CellState.NOT_COLLECTED, note="Xã, phường báo cáo (số liệu thử)")
    return replace(told, cells={**told.cells, **dict.fromkeys(shared, silent), **births})


def _own_part(desk: Services, stage: Stage) -> ImportedReport:
    """Of an office that compiles what it adds to the units below; the rest is left to the sở."""
    told = year_figures(desk.entry.open(PROGRAMME, stage.year), None)
    counts, left = (
        desk.entry.open(PROGRAMME, stage.year).form.count_of_cell,
        Cell(CellState.NOT_COLLECTED, note="Sở báo cáo"),
    )
    cells = {cell: one if Role.REPORTING in counts[cell].filled_by else left for cell, one in told.cells.items()}
    told = replace(told, cells=cells, tasks=())
    report = desk.entry.take(told, correct=True)
    idle = [one.check for one in all_checks.find(report, desk.entry.context(report)) if one.check.startswith(TASK_IDLE)]
    return replace(told, tasks=tuple(done(check.removeprefix(TASK_IDLE), stage.year) for check in idle))


def _sealed(desk: Services, told: ImportedReport) -> tuple[str, bytes]:
    """Typed, explained where the checks ask, sealed by everybody who must."""
    return sealed_for_stick(desk, _signers(desk), _explained(desk, told))


def _explained(desk: Services, told: ImportedReport) -> ImportedReport:
    report = desk.entry.take(told, correct=True)
    asked = all_checks.blocking(all_checks.find(report, desk.entry.context(report)))
    return replace(told, explanations={**told.explanations, **{one.check: "Số liệu thử" for one in asked}})


def _signers(desk: Services) -> tuple[Signer, ...]:
    heads = [one for one in desk.enrolment.people() if one.role is PersonRole.HEAD]
    return (desk.ledger.own_signer(), *(desk.ledger.signer(head.keyid, HEAD_PASSWORD) for head in heads))


def _keys(desk: Services) -> tuple[tuple[bytes, str], ...]:
    return tuple(desk.enrolment.request(signer) for signer in _signers(desk))


def _middle(seat: Seat, ledgers: Path, unit: OrgUnit, communes: Sequence[Sender], stage: Stage) -> Sender:
    """Receives packages, workbooks and paper, types its own part where it has one, forwards both reports."""
    with _office(seat.program, ledgers / unit.code, unit, stage, collates=True) as desk:
        _receive(seat, f"{unit.full_name} nhận của xã", desk, communes)
        typed: dict[str, dict[str, Decimal]] = {period.label: defaultdict(Decimal) for period in stage.periods}
        for commune in (one for one in stage.below(unit) if one.code in (*WORKBOOKS, *PAPER)):
            for told in _entered(seat.program, desk, commune, stage):
                for cell, value in told.cells.items():
                    typed[told.period.label][cell] += value.amount or 0
        if unit.kind != "group":
            _sealed(desk, _own_part(desk, stage))
        files = []
        for period in stage.periods:
            sealed, content = desk.forwarding.forward(PROGRAMME, period, _signers(desk)[-1])
            files.append((f"{unit.code}_{period.label}_B{content.revision:02}.bdg", sealed.raw))
        return Sender(unit, _keys(desk), files, typed)


def _entered(program: Application, desk: Services, commune: OrgUnit, stage: Stage) -> Iterator[Report]:
    """A commune without the program: its workbook as it comes back, or its paper typed with the scan beside it."""
    person = desk.ledger.person.name
    for period in stage.periods:
        draft = desk.on_behalf.draft(PROGRAMME, period, commune.code)
        typed = open_services(program, desk.ledger, draft.begin)
        told = _figures(typed, commune, stage)[stage.periods.index(period)]
        typed.entry.take(_explained(typed, told), correct=True)
        report = typed.entry.open(PROGRAMME, period)
        if commune.code in PAPER:
            desk.on_behalf.enter(
                draft, Incoming(f"{commune.code}_{period.label}.pdf", SCAN + period.label.encode()), person
            )
        else:
            _, book = typed.workbooks.template(PROGRAMME, period)
            desk.receiving.receive(incoming([(f"{commune.code}_{period.label}.xlsx", book)]), person)
        yield report


def _receive(seat: Seat, title: str, desk: Services, senders: Iterable[Sender]) -> None:
    """The thirty digits of every sheet are typed, then the stick is read."""
    files: list[tuple[str, bytes]] = []
    for sender in senders:
        for data, digits in sender.keys:
            desk.enrolment.enrol(data, digits)
        files += sender.files
    with seat.out.progress(title) as progress:
        batch = desk.receiving.receive(incoming(files), desk.ledger.person.name, progress)
    seat.out.say("", title)
    tell_batch(seat.out, batch, preview=False)


def _province(
    seat: Seat, folder: Path, districts: Sequence[Sender], agencies: Sequence[Sender], stage: Stage
) -> dict[str, Any]:
    out, printed = seat.out, []
    with _office(seat.program, folder / stage.home, PROVINCE, stage, collates=True) as desk:
        _receive(seat, "Tỉnh nhận đợt 1", desk, [districts[0], *agencies])
        tell_status(out, desk.summaries.status(PROGRAMME, stage.year))
        _receive(seat, "Tỉnh nhận đợt 2", desk, districts[1:])
        own = _sealed(desk, _own_part(desk, stage))
        for one in desk.summaries.status(
            PROGRAMME, stage.year
        ).questions:  # two sở bear the names that the plan gives one
            reason = "Theo phân công của tỉnh (số liệu thử)"
            desk.answering.choose(PROGRAMME, stage.year, one.agency.id, one.units[0].code, reason)
        open_ones = [one.indicator.number for one in desk.answering.sources(PROGRAMME, stage.year)]
        for number in open_ones:
            desk.answering.choose_source(PROGRAMME, stage.year, number, "health", REASON)
        files = {
            period.label: [data for one in districts for name, data in one.files if f"_{period.label}_" in name]
            for period in stage.periods
        }
        compared = differences = 0
        for period in stage.periods:
            summary = desk.summaries.sum_up(PROGRAMME, period)
            again = added_again([*files[period.label], *([own[1]] if period == stage.year else [])])
            for district in districts:
                for cell, amount in district.typed[period.label].items():
                    again[cell] += amount
            found = _different(summary, again)
            compared, differences = compared + len(again), differences + len(found)
            for words in found:
                out.say(words)
            tell_table(out, summary)
            tell_status(out, summary.status)
            for format in FORMATS:
                target = folder / PRINTED / f"{PROVINCE.code}_{period.label}.{format}"
                printed.append(str(print_report(seat.program, desk, (PROGRAMME, period), format, target)))
        out.say("", f"Cộng lại từ các tệp gốc bằng cách khác: {compared} số, {differences} số lệch.")
        return {
            "compared": compared,
            "differences": differences,
            "sources": open_ones,
            "expected": len(summary.status.expected),
            "received": len(summary.status.received),
            "on_behalf": len(summary.status.on_behalf),
            "files": printed,
            "table": table_shape(summary),
        }


def _different(summary: Summary, again: Mapping[str, Decimal]) -> list[str]:
    """Cells of which the sum of the units is not what was added again."""
    found = []
    for cell, amount in again.items():
        one, count = summary.sums[cell], summary.status.form.count_of_cell[cell]
        units = one.beside if one.agency else one.quantity
        if (
            Role.REPORTING in count.filled_by
            and count.adds_up
            and (units if isinstance(units, Decimal) else 0) != amount
        ):
            found.append(f"  LỆCH {cell}: {units} và {amount}")
    return found


def added_again(files: Iterable[bytes]) -> dict[str, Decimal]:
    """The sums over these packages and bundles, by nothing but the standard library: of every unit that speaks for itself
    its newest report, each once. An agency's answer for the whole is no part of them."""
    newest: dict[str, tuple[int, Mapping[str, Decimal]]] = {}
    for manifest, payload in _originals(files):
        unit, revision = manifest["unit"]["code"], manifest["revision"]
        if payload["role"] != Role.AGENCY and revision > newest.get(unit, (0, {}))[0]:
            newest[unit] = (
                revision,
                {row["cell"]: Decimal(row["amount"]) for row in payload["cells"] if "amount" in row},
            )
    added: dict[str, Decimal] = defaultdict(Decimal)
    for _, cells in newest.values():
        for cell, amount in cells.items():
            added[cell] += amount
    return added


def _originals(files: Iterable[bytes]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """(manifest.json, payload.json) of every report, also of those in bundles."""
    for data in files:
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            payload = json.loads(members.read("payload.json"))
            if "originals" in payload:
                yield from _originals(
                    members.read(name) for name in members.namelist() if name.startswith("originals/")
                )
            else:
                yield json.loads(members.read("manifest.json")), payload


_STORY = """\
BẢN THỬ – mọi đơn vị, tên người và số liệu ở đây đều là số liệu thử, không phải số thật.

Sổ của tỉnh             {office}
Sổ của huyện, xã, sở    {ledgers}
  mật khẩu nơi tổng hợp {office_password}
  người lập biểu        {preparer}
  thủ trưởng            {head}
Gói tỉnh đã nhận        {first}, {second}
Báo cáo in              {printed}
"""


def _story(folder: Path) -> str:
    return _STORY.format(
        office=folder / OFFICE_LEDGER,
        ledgers=folder / LEDGERS / "<mã đơn vị>",
        office_password=OFFICE_PASSWORD,
        preparer=PREPARER_PASSWORD,
        head=HEAD_PASSWORD,
        first=folder / FIRST,
        second=folder / SECOND,
        printed=folder / PRINTED,
    )
