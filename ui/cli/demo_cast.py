"""Who plays in the demo and what each sends: forty communes, most of them good, some as offices really are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from forms.all_services import Services, open_services
from forms.application import Application
from forms.model.imported_report import ImportedReport
from forms.model.office import NewPerson, PersonRole
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit
from forms.model.period import Period
from forms.ports import Ledger, Signer
from forms.services.founding import FoundingPlan, found
from forms.services.practice import Draw, no_figures, quarter_news, year_figures
from forms.services.sealing import package_name

OFFICE, PROGRAMME = "46", "nq28_hue"  # thành phố Huế: forty communes and wards since 1/7/2025
QUARTER, YEAR = Period("2025-Q4"), Period("2025")
PREPARER_PASSWORD, HEAD_PASSWORD, OFFICE_PASSWORD = "thu-nguoi-lap", "thu-thu-truong", "thu-tong-hop"
MOST_ITEMS = 9


class CommuneRole(Enum):
    """What a commune does in the story."""

    GOOD = "gửi một lần"
    MISSING = "không gửi"
    TWICE = "gửi hai lần cùng một gói dưới hai tên"
    CORRECTED = "gửi rồi đính chính"
    EMPTY = "đính chính bằng một báo cáo trống: giữ lại để hỏi, bản gửi sau chờ theo, số liệu đã nhận đứng nguyên"
    DAMAGED = "gửi một bản bị hỏng khi chép, rồi gửi bản tốt"


_ROLES = {
    3: CommuneRole.MISSING,
    11: CommuneRole.TWICE,
    17: CommuneRole.CORRECTED,
    23: CommuneRole.EMPTY,
    29: CommuneRole.DAMAGED,
    34: CommuneRole.MISSING,
}


@dataclass(frozen=True)
class Played:
    """What one commune brought: its key files with the digits on paper, and its packages on the two sticks."""

    unit: OrgUnit
    part: CommuneRole
    keys: tuple[tuple[bytes, str], ...]
    first: tuple[tuple[str, bytes], ...] = ()
    second: tuple[tuple[str, bytes], ...] = ()


def cast(program: Application) -> list[tuple[OrgUnit, CommuneRole]]:
    """Every commune of the office on the quarter's last day, with its part."""
    below = program.units.below(OFFICE, QUARTER.last, leaves_only=True)
    communes = [unit for unit in below if unit.kind in COMMUNE_KINDS]
    return [(unit, _ROLES.get(at, CommuneRole.GOOD)) for at, unit in enumerate(communes)]


def play_commune(program: Application, folder: Path, unit: OrgUnit, part: CommuneRole) -> Played:
    """A commune's whole quarter and year in a ledger of its own."""
    ledger = found_practice(program, folder, unit, collates=False)
    try:
        desk = open_services(program, ledger)
        signers = _signers(desk)
        keys = tuple(desk.enrolment.request(signer) for signer in signers)
        items = max(1, Draw(unit.code).number(0, MOST_ITEMS, "items"))  # a quarter of noughts would be kept aside
        if part is CommuneRole.MISSING:  # typed, never sealed
            desk.entry.take(quarter_news(desk.entry.open(PROGRAMME, QUARTER), items))
            return Played(unit, part, keys)
        first, second = _quarter(desk, signers, part, items)
        counted = desk.entry.open(PROGRAMME, QUARTER).cell("news_counted").amount
        year = year_figures(desk.entry.open(PROGRAMME, YEAR), int(counted or 0))
        return Played(unit, part, keys, (*first, _sealed(desk, signers, year)), tuple(second))
    finally:
        ledger.close()


def found_practice(program: Application, folder: Path, unit: OrgUnit, *, collates: bool) -> Ledger:
    """A ledger with made-up people: preparer and head in a commune, one officer in the office above."""
    draw = Draw(unit.code)
    if collates:
        people = [NewPerson(draw.person("sole"), "Chuyên viên", PersonRole.SOLE, OFFICE_PASSWORD)]
    else:
        people = [
            NewPerson(draw.person("preparer"), "Công chức Văn hóa - Xã hội", PersonRole.PREPARER, PREPARER_PASSWORD),
            NewPerson(draw.person("head"), "Chủ tịch UBND", PersonRole.HEAD, HEAD_PASSWORD),
        ]
    plan = FoundingPlan(unit.code, tuple(people), collates, programme=PROGRAMME, practice=True)
    return found(program.house, program.units, folder, plan, QUARTER.last)[0]


def _quarter(
    desk: Services, signers: Sequence[Signer], part: CommuneRole, items: int
) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """The packages of the quarter on the first and on the second stick."""
    blank = desk.entry.open(PROGRAMME, QUARTER)
    good = quarter_news(blank, items)
    name, data = _sealed(desk, signers, good)
    match part:
        case CommuneRole.TWICE:
            return [(name, data), (f"ban sao cua {name}", data)], []
        case CommuneRole.CORRECTED:
            more = quarter_news(blank, items + 1)
            return [(name, data)], [_sealed(desk, signers, more, "Bổ sung một tin còn sót")]
        case CommuneRole.EMPTY:
            for item in desk.entry.reopen(PROGRAMME, QUARTER).news:
                desk.news.delete(item)
            nothing = _sealed(desk, signers, no_figures(blank), "Lập lại từ đầu")
            return [(name, data)], [nothing, _sealed(desk, signers, good, "Gửi nhầm bản trống")]
        case CommuneRole.DAMAGED:
            return [(f"chep hong {name}", _with_one_bit_changed(data)), (name, data)], []
    return [(name, data)], []


def _sealed(desk: Services, signers: Sequence[Signer], filled: ImportedReport, reason: str = "") -> tuple[str, bytes]:
    """Imported, sealed by both, ready for the stick; a second time a correction."""
    desk.entry.take(filled, correct=True)
    report, sealed = desk.sealing.seal(filled.programme, filled.period, signers, reason)
    desk.sealing.exported(filled.programme, filled.period, package_name(report))
    return package_name(report), sealed.raw


def _signers(desk: Services) -> tuple[Signer, ...]:
    heads = [person for person in desk.enrolment.people() if person.role is PersonRole.HEAD]
    return (desk.ledger.own_signer(), *(desk.ledger.signer(head.keyid, HEAD_PASSWORD) for head in heads))


def _with_one_bit_changed(data: bytes) -> bytes:
    """As a bad stick gives it back."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def office_on(program: Application, day: date) -> OrgUnit:
    return program.units.get(OFFICE, day)
