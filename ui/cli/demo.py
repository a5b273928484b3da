"""`demo`: a whole quarter and year with practice offices, through the same services as real work. Forty communes, most of them
good, some as offices really are.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from forms.all_services import Services, open_services
from forms.application import Application
from forms.errors import InputRefused, StorageError
from forms.exchange.brought_files import incoming
from forms.exchange.statements import Batch
from forms.model.office import NewPerson, PersonRole
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit
from forms.model.period import Period
from forms.model.report import ImportedReport
from forms.ports import Ledger, Signer
from forms.services.founding import FoundingPlan, found
from forms.services.practice import ENOUGH, Draw, no_figures, quarter_news, year_figures
from forms.services.sealing import package_name
from forms.services.summary import Summary
from ui.cli.command_context import Seat
from ui.cli.output import Output
from ui.cli.receiving import tell_batch
from ui.cli.summaries import FORMATS, print_report, table_shape, tell_status, tell_table

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
        heads = [person for person in desk.enrolment.people() if person.role is PersonRole.HEAD]
        signers = (desk.ledger.own_signer(), *(desk.ledger.signer(head.keyid, HEAD_PASSWORD) for head in heads))
        keys = tuple(desk.enrolment.request(signer) for signer in signers)
        items = max(1, Draw(unit.code).number(0, MOST_ITEMS, "items"))  # a quarter of noughts would be kept aside
        if part is CommuneRole.MISSING:  # typed, never sealed
            desk.entry.take(quarter_news(desk.entry.open(PROGRAMME, QUARTER), items))
            return Played(unit, part, keys)
        first, second = _quarter(desk, signers, part, items)
        counted = desk.entry.open(PROGRAMME, QUARTER).cell("news_counted").amount
        year = year_figures(desk.entry.open(PROGRAMME, YEAR), int(counted or 0))
        return Played(unit, part, keys, (*first, sealed_for_stick(desk, signers, year)), tuple(second))
    finally:
        ledger.close()


def found_practice(
    program: Application,
    folder: Path,
    unit: OrgUnit,
    *,
    collates: bool,
    day: date = QUARTER.last,
    made: Sequence[OrgUnit] = (),
) -> Ledger:
    """A ledger with made-up people: preparer and head in a commune, one officer in the office above. `made`: units that the
    catalogue lacks."""
    draw = Draw(unit.code)
    if collates:
        people = [NewPerson(draw.person("sole"), "Chuyên viên", PersonRole.SOLE, OFFICE_PASSWORD)]
    else:
        people = [
            NewPerson(draw.person("preparer"), "Công chức Văn hóa - Xã hội", PersonRole.PREPARER, PREPARER_PASSWORD),
            NewPerson(draw.person("head"), "Chủ tịch UBND", PersonRole.HEAD, HEAD_PASSWORD),
        ]
    plan = FoundingPlan(unit.code, tuple(people), collates, programme=PROGRAMME, practice=True)
    ledger = found(program.house, program.units.with_units(made), folder, plan, day)[0]
    if made:
        by_hand = open_services(program, ledger).units
        for one in made:
            by_hand.add(one)
    return ledger


def _quarter(
    desk: Services, signers: Sequence[Signer], part: CommuneRole, items: int
) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """The packages of the quarter on the first and on the second stick."""
    blank = desk.entry.open(PROGRAMME, QUARTER)
    good = quarter_news(blank, items)
    name, data = sealed_for_stick(desk, signers, good)
    match part:
        case CommuneRole.TWICE:
            return [(name, data), (f"ban sao cua {name}", data)], []
        case CommuneRole.CORRECTED:
            more = quarter_news(blank, items + 1)
            return [(name, data)], [sealed_for_stick(desk, signers, more, "Bổ sung một tin còn sót")]
        case CommuneRole.EMPTY:
            for item in desk.entry.reopen(PROGRAMME, QUARTER).news:
                desk.news.delete(item)
            nothing = sealed_for_stick(desk, signers, no_figures(blank), "Lập lại từ đầu")
            return [(name, data)], [nothing, sealed_for_stick(desk, signers, good, "Gửi nhầm bản trống")]
        case CommuneRole.DAMAGED:
            # As a bad stick gives it back.
            middle = len(data) // 2
            with_one_bit_changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            return [(f"chep hong {name}", with_one_bit_changed), (name, data)], []
    return [(name, data)], []


def sealed_for_stick(
    desk: Services, signers: Sequence[Signer], filled: ImportedReport, reason: str = ""
) -> tuple[str, bytes]:
    """Imported, sealed by both, ready for the stick; a second time a correction."""
    desk.entry.take(filled, correct=True)
    report, sealed = desk.sealing.seal(filled.programme, filled.period, signers, reason)
    desk.sealing.exported(filled.programme, filled.period, package_name(report))
    return package_name(report), sealed.raw


def office_on(program: Application, day: date) -> OrgUnit:
    return program.units.get(OFFICE, day)


MARK = "BAN-THU.txt"
LEDGERS, KEYS, FIRST, SECOND, OFFICE_LEDGER, PRINTED = (
    "don-vi",
    "khoa",
    "goi-dot-1",
    "goi-dot-2",
    "so-tong-hop",
    "bao-cao",
)
WORKERS = 2  # the password hash takes 64 MiB and one core for each

_STORY = """\
BẢN THỬ – mọi đơn vị, tên người và số liệu ở đây đều là số liệu thử, không phải số thật.

Sổ tổng hợp             {office}
  mật khẩu              {office_password}
Sổ của từng xã, phường  {ledgers}
  người lập biểu        {preparer}
  thủ trưởng            {head}
Gói đã nhận             {first}, {second}
Báo cáo in              {printed}

Mở sổ tổng hợp trong cửa sổ:
  {command} --data "{office}"
"""


def play(seat: Seat) -> int:
    folder, started = seat.args.folder, time.monotonic()
    begin_in(folder, _story(folder))
    communes = _communes(seat, folder)
    ledger = found_practice(seat.program, folder / OFFICE_LEDGER, office_on(seat.program, QUARTER.last), collates=True)
    try:
        desk = open_services(seat.program, ledger)
        # The office types the thirty digits of every sheet.
        for commune in communes:
            for data, digits in commune.keys:
                desk.enrolment.enrol(data, digits)
        # What only the office knows for the year, typed as its own report.
        desk.entry.take(year_figures(desk.entry.open(PROGRAMME, YEAR), None))
        batches = _receive(seat.out, desk, communes)
        files = [
            print_report(
                seat.program, desk, (PROGRAMME, period), format, folder / PRINTED / f"{OFFICE}_{period.label}.{format}"
            )
            for period in (QUARTER, YEAR)
            for format in FORMATS
        ]
        summary = desk.summaries.sum_up(PROGRAMME, QUARTER)
    finally:
        ledger.close()
    _tell(seat.out, folder, communes, summary, batches, files, time.monotonic() - started)
    return 0


def begin_in(folder: Path, story: str) -> None:
    """An empty folder with our mark. Only an earlier demo is ever replaced. Raises InputRefused DEMO_FOLDER, StorageError
    FOLDER_READONLY."""
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} đã có nội dung khác và không phải bản làm thử trước. Chọn một thư mục mới."
        raise InputRefused("DEMO_FOLDER", message, str(folder))
    for name in (LEDGERS, KEYS, FIRST, SECOND, OFFICE_LEDGER, PRINTED):
        try:
            shutil.rmtree(folder / name)
        except FileNotFoundError:
            continue
        except OSError as error:
            message = f"Không xóa được bản làm thử trước ở {folder / name}. Đóng phần mềm đang mở nó rồi làm lại."
            raise StorageError("FOLDER_READONLY", message, str(folder / name)) from error
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text(story, "utf-8")
    except OSError as error:
        message = f"Không ghi được vào {folder}. Chọn thư mục khác."
        raise StorageError("FOLDER_READONLY", message, str(folder)) from error


def _communes(seat: Seat, folder: Path) -> list[Played]:
    """Forty ledgers, two at a time; what they send lies on the sticks."""
    program, players = seat.program, cast(seat.program)
    # Everything that threads share is made before they start.
    _ = program.catalogue, program.codec, program.house
    with seat.out.progress("Các xã, phường lập báo cáo") as progress, ThreadPoolExecutor(WORKERS) as pool:
        playing = [
            pool.submit(play_commune, program, folder / LEDGERS / unit.code, unit, part) for unit, part in players
        ]
        try:
            for done, ended in enumerate(as_completed(playing), 1):
                ended.result()
                progress(done, len(players))
        except BaseException:
            pool.shutdown(cancel_futures=True)  # a full disk or Ctrl+C: the other communes need not begin
            raise
    communes = [ended.result() for ended in playing]
    for commune in communes:
        _put_on_sticks(program, folder, commune)
    return communes


def _put_on_sticks(program: Application, folder: Path, commune: Played) -> None:
    for number, (data, _) in enumerate(commune.keys, 1):
        program.write_file(folder / KEYS / f"{commune.unit.code}_{number}.bdk", data)
    for stick, packages in ((FIRST, commune.first), (SECOND, commune.second)):
        for name, data in packages:
            program.write_file(folder / stick / name, data)


def _receive(out: Output, desk: Services, communes: Sequence[Played]) -> list[tuple[str, Batch]]:
    """The first stick, the second, and both once more, which changes nothing."""
    first = [(f"{FIRST}/{name}", data) for commune in communes for name, data in commune.first]
    second = [(f"{SECOND}/{name}", data) for commune in communes for name, data in commune.second]
    person, told = desk.ledger.person.name, []
    for title, files in (("Đợt 1", first), ("Đợt 2", second), ("Nhận lại cả hai", [*first, *second])):
        with out.progress(f"{title}: kiểm tra gói") as progress:
            told.append((title, desk.receiving.receive(incoming(files), person, progress)))
    return told


def _tell(
    out: Output,
    folder: Path,
    communes: Sequence[Played],
    summary: Summary,
    batches: Sequence[tuple[str, Batch]],
    files: Sequence[Path],
    seconds: float,
) -> None:
    status = summary.status
    out.give(
        {
            "folder": str(folder),
            "ledger": str(folder / OFFICE_LEDGER),
            "password": OFFICE_PASSWORD,
            "expected": len(status.expected),
            "received": len(status.received),
            "missing": [unit.code for unit in status.missing],
            "batches": [batch.id for _, batch in batches],
            "files": [str(file) for file in files],
            "table": table_shape(summary),
            "seconds": round(seconds, 1),
        }
    )
    for commune in communes:
        if commune.part is not CommuneRole.GOOD:
            out.say(f"  {commune.unit.full_name} ({commune.unit.code}): {commune.part.value}")
    for title, batch in batches:
        out.say("", title)
        tell_batch(out, batch, preview=False)
    out.say()
    _tell_communes(out, summary)
    out.say()
    tell_table(out, summary)
    out.say()
    tell_status(out, status)
    out.say("", *_story(folder).splitlines(), "", f"Xong trong {seconds:.0f} giây.")


def _tell_communes(out: Output, summary: Summary) -> None:
    """Every commune in one line: what stands for it, and whether it has enough items."""
    rows = []
    for unit in summary.status.expected:
        head = summary.status.heads.get(unit.key)
        if head is None:
            rows.append((unit.code, unit.full_name, "còn thiếu", "", ""))
            continue
        items = int(head.cells["news_counted"].amount or 0)
        lacking = f"thiếu {ENOUGH - items}" if items < ENOUGH else "đủ"
        rows.append((unit.code, unit.full_name, f"lần gửi {head.revision}", str(items), lacking))
    out.table(("Mã", "Đơn vị", "Đã nhận", "Tin, bài", f"Đủ {ENOUGH:02d}"), rows, {3})


def _story(folder: Path) -> str:
    door = "run.bat" if sys.platform == "win32" else "./run"
    return _STORY.format(
        command=f'"{sys.executable}"' if getattr(sys, "frozen", False) else door,
        office=folder / OFFICE_LEDGER,
        office_password=OFFICE_PASSWORD,
        ledgers=folder / LEDGERS / "<mã đơn vị>",
        preparer=PREPARER_PASSWORD,
        head=HEAD_PASSWORD,
        first=folder / FIRST,
        second=folder / SECOND,
        printed=folder / PRINTED,
    )
