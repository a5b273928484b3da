"""`demo --tree`: a made-up province of three tiers reports for 2024: communes to their district, districts and sở to the
province. Every sum is then made again from the packages alone, by other code.

    Tỉnh Thử Nghiệm      own part, and four sở
      Huyện Sông Thử     own part, six communes
      Thị xã Đồng Thử    own part, six communes; forwards late
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from forms.all_services import Services, open_services
from forms.application import Application
from forms.checks import all_checks
from forms.exchange.brought_files import incoming
from forms.model.count import Role
from forms.model.office import PersonRole
from forms.model.org_unit import OrgUnit
from forms.model.period import Period
from forms.model.report import ImportedReport
from forms.services.practice import Draw, quarter_news, year_figures
from ui.cli.command_context import Seat
from ui.cli.demo import (
    HEAD_PASSWORD,
    LEDGERS,
    OFFICE_LEDGER,
    PRINTED,
    PROGRAMME,
    begin_in,
    found_practice,
    sealed_for_stick,
)
from ui.cli.summaries import FORMATS, print_report, tell_status, tell_table

QUARTER, YEAR = Period("2024-Q4"), Period("2024")
DAY, SINCE, UNTIL = YEAR.last, date(2015, 1, 1), date(2025, 6, 30)
PROVINCE = OrgUnit("TN", "Thử Nghiệm", "Tỉnh Thử Nghiệm", "province", None, SINCE)
DISTRICTS = (
    OrgUnit("TN1", "Sông Thử", "Huyện Sông Thử", "district", "TN", SINCE, UNTIL),
    OrgUnit("TN2", "Đồng Thử", "Thị xã Đồng Thử", "district", "TN", SINCE, UNTIL),
)
_COMMUNES = {
    "TN1": ("Thượng Thử", "Trung Thử", "Hạ Thử", "Vĩnh Thử", "Phú Thử", "Lộc Thử"),
    "TN2": ("Hương Thử", "Thủy Thử", "Bình Thử", "Điền Thử", "An Thử", "Mỹ Thử"),
}
COMMUNES = tuple(
    OrgUnit(f"{district}{at}", name, f"Xã {name}", "commune", district, SINCE, UNTIL)
    for district, names in _COMMUNES.items()
    for at, name in enumerate(names, 1)
)
AGENCIES = tuple(
    OrgUnit(f"TN.{code}", name, name, "agency", "TN", SINCE)
    for code, name in (
        ("LDTBXH", "Sở Lao động - Thương binh và Xã hội"),
        ("YT", "Sở Y tế"),
        ("KHDT", "Sở Kế hoạch và Đầu tư"),
        ("GDDT", "Sở Giáo dục và Đào tạo"),
    )
)
UNITS = (PROVINCE, *DISTRICTS, *COMMUNES, *AGENCIES)

Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Sender:
    """What an office brings to the one above: its key files with the digits on paper, and what lies on its stick."""

    unit: OrgUnit
    keys: tuple[tuple[bytes, str], ...]
    files: Files


def play(seat: Seat) -> int:
    folder, started, program = seat.args.folder, time.monotonic(), seat.program
    begin_in(folder, _story(folder))
    with seat.out.progress("Các xã và sở lập báo cáo") as progress:
        senders = []
        for done, unit in enumerate((*COMMUNES, *AGENCIES), 1):
            senders.append(_reporting(program, folder / LEDGERS / unit.code, unit))
            progress(done, len(COMMUNES) + len(AGENCIES))
    districts = [
        _district(program, folder, unit, [one for one in senders if one.unit.parent == unit.code]) for unit in DISTRICTS
    ]
    differences = _province(seat, folder, districts, [one for one in senders if one.unit in AGENCIES])
    return 0


@contextmanager
def _office(program: Application, folder: Path, unit: OrgUnit, *, collates: bool) -> Iterator[Services]:
    ledger = found_practice(program, folder, unit, collates=collates, day=DAY, made=UNITS)
    try:
        yield open_services(program, ledger)
    finally:
        ledger.close()


def _reporting(program: Application, folder: Path, unit: OrgUnit) -> Sender:
    """A commune's quarter and year; a sở's year."""
    with _office(program, folder, unit, collates=False) as desk:
        files = []
        if unit in COMMUNES:
            items = Draw(unit.code).number(3, 9, "items")
            files.append(_sealed(desk, quarter_news(desk.entry.open(PROGRAMME, QUARTER), items)))
            files.append(_sealed(desk, year_figures(desk.entry.open(PROGRAMME, YEAR), items)))
        else:
            files.append(_sealed(desk, year_figures(desk.entry.open(PROGRAMME, YEAR), None)))
        return Sender(unit, _keys(desk), files)


def _sealed(desk: Services, told: ImportedReport) -> tuple[str, bytes]:
    """Typed, explained where the checks ask, sealed by everybody who must."""
    report = desk.entry.take(told, correct=True)
    for finding in all_checks.blocking(all_checks.find(report, desk.entry.context(report))):
        told = replace(told, explanations={**told.explanations, finding.check: "Số liệu thử"})
    return sealed_for_stick(desk, _signers(desk), told)


def _signers(desk: Services):
    heads = [one for one in desk.enrolment.people() if one.role is PersonRole.HEAD]
    return (desk.ledger.own_signer(), *(desk.ledger.signer(head.keyid, HEAD_PASSWORD) for head in heads))


def _keys(desk: Services) -> tuple[tuple[bytes, str], ...]:
    return tuple(desk.enrolment.request(signer) for signer in _signers(desk))


def _district(program: Application, folder: Path, unit: OrgUnit, communes: Sequence[Sender]) -> Sender:
    """Receives, types its own part, forwards both reports."""
    with _office(program, folder / LEDGERS / unit.code, unit, collates=True) as desk:
        _receive(desk, communes)
        _sealed(desk, year_figures(desk.entry.open(PROGRAMME, YEAR), None))
        files = []
        for period in (QUARTER, YEAR):
            sealed, content = desk.forwarding.forward(PROGRAMME, period, _signers(desk)[-1])
            files.append((f"{unit.code}_{period.label}_B{content.revision:02}.bdg", sealed.raw))
        return Sender(unit, _keys(desk), files)


def _receive(desk: Services, senders: Iterable[Sender]) -> None:
    files = []
    for sender in senders:
        for data, digits in sender.keys:
            desk.enrolment.enrol(data, digits)
        files += sender.files
    batch = desk.receiving.receive(incoming(files), desk.ledger.person.name)
    for line in batch.lines:
        print(line.arrival, line.code, line.message, line.path)


def _province(seat: Seat, folder: Path, districts: Sequence[Sender], agencies: Sequence[Sender]) -> int:
    with _office(seat.program, folder / OFFICE_LEDGER, PROVINCE, collates=True) as desk:
        _receive(desk, [districts[0], *agencies])
        tell_status(seat.out, desk.summaries.status(PROGRAMME, YEAR))
        _receive(desk, districts[1:])
        _sealed(desk, year_figures(desk.entry.open(PROGRAMME, YEAR), None))
        for period in (QUARTER, YEAR):
            summary = desk.summaries.sum_up(PROGRAMME, period)
            tell_table(seat.out, summary)
            tell_status(seat.out, summary.status)
            for format in FORMATS:
                print_report(
                    seat.program,
                    desk,
                    (PROGRAMME, period),
                    format,
                    folder / PRINTED / f"{PROVINCE.code}_{period.label}.{format}",
                )
    return 0


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
            inside = [members.read(name) for name in members.namelist() if name.startswith("originals/")]
            if inside or "originals" in json.loads(members.read("payload.json")):
                yield from _originals(inside)
            else:
                yield json.loads(members.read("manifest.json")), json.loads(members.read("payload.json"))


def _story(folder: Path) -> str:
    return "BẢN THỬ"
