"""`demo`: a whole quarter and year with practice offices, through the same services as real work."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from forms.all_services import Services, open_services
from forms.application import Application
from forms.errors import InputRefused, StorageError
from forms.exchange.brought_files import incoming
from forms.exchange.statements import Batch
from forms.services.practice import ENOUGH, year_figures
from forms.services.summary import Summary
from ui.cli import demo_cast
from ui.cli.command_context import Seat
from ui.cli.demo_cast import OFFICE_PASSWORD, PROGRAMME, QUARTER, YEAR, CommuneRole, Played
from ui.cli.output import Output
from ui.cli.receiving import tell_batch
from ui.cli.summaries import FORMATS, print_report, table_shape, tell_status, tell_table

MARK = "BAN-THU.txt"
LEDGERS, KEYS, FIRST, SECOND, OFFICE, PRINTED = "don-vi", "khoa", "goi-dot-1", "goi-dot-2", "so-tong-hop", "bao-cao"
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
    _cleared(folder)
    communes = _communes(seat, folder)
    ledger = demo_cast.found_practice(
        seat.program, folder / OFFICE, demo_cast.office_on(seat.program, QUARTER.last), collates=True
    )
    try:
        desk = open_services(seat.program, ledger)
        _enrol(desk, communes)
        _own_year(desk)
        batches = _receive(seat.out, desk, communes)
        files = [
            print_report(
                seat.program,
                desk,
                (PROGRAMME, period),
                format,
                folder / PRINTED / f"{demo_cast.OFFICE}_{period.label}.{format}",
            )
            for period in (QUARTER, YEAR)
            for format in FORMATS
        ]
        summary = desk.summaries.sum_up(PROGRAMME, QUARTER)
    finally:
        ledger.close()
    _tell(seat.out, folder, communes, summary, batches, files, time.monotonic() - started)
    return 0


def _cleared(folder: Path) -> None:
    """An empty folder with our mark. Only an earlier demo is ever replaced."""
    if folder.exists():
        if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file()):
            message = f"{folder} đã có nội dung khác và không phải bản làm thử trước. Chọn một thư mục mới."
            raise InputRefused("DEMO_FOLDER", message, str(folder))
        _remove_earlier(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text(_story(folder), "utf-8")
    except OSError as error:
        message = f"Không ghi được vào {folder}. Chọn thư mục khác."
        raise StorageError("FOLDER_READONLY", message, str(folder)) from error


def _remove_earlier(folder: Path) -> None:
    for name in (LEDGERS, KEYS, FIRST, SECOND, OFFICE, PRINTED):
        try:
            shutil.rmtree(folder / name)
        except FileNotFoundError:
            continue
        except OSError as error:
            message = f"Không xóa được bản làm thử trước ở {folder / name}. Đóng phần mềm đang mở nó rồi làm lại."
            raise StorageError("FOLDER_READONLY", message, str(folder / name)) from error


def _communes(seat: Seat, folder: Path) -> list[Played]:
    """Forty ledgers, two at a time; what they send lies on the sticks."""
    program, players = seat.program, demo_cast.cast(seat.program)
    # Everything that threads share is made before they start.
    _ = program.catalogue, program.codec, program.house
    with seat.out.progress("Các xã, phường lập báo cáo") as progress, ThreadPoolExecutor(WORKERS) as pool:
        playing = [
            pool.submit(demo_cast.play_commune, program, folder / LEDGERS / unit.code, unit, part)
            for unit, part in players
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


def _enrol(desk: Services, communes: Sequence[Played]) -> None:
    """The office types the thirty digits of every sheet."""
    for commune in communes:
        for data, digits in commune.keys:
            desk.enrolment.enrol(data, digits)


def _own_year(desk: Services) -> None:
    """What only the office knows for the year, typed as its own report."""
    desk.entry.take(year_figures(desk.entry.open(PROGRAMME, YEAR), None))


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
            "ledger": str(folder / OFFICE),
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
        office=folder / OFFICE,
        office_password=OFFICE_PASSWORD,
        ledgers=folder / LEDGERS / "<mã đơn vị>",
        preparer=demo_cast.PREPARER_PASSWORD,
        head=demo_cast.HEAD_PASSWORD,
        first=folder / FIRST,
        second=folder / SECOND,
        printed=folder / PRINTED,
    )
