"""`selftest`: every part of the installed program once, on practice data in a temporary folder."""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import resources
from forms.all_services import open_services
from forms.errors import AppError
from forms.exchange.brought_files import incoming
from forms.exchange.statements import Arrival, PrintStamp
from ui.cli import demo
from ui.cli.command_context import Seat
from ui.cli.demo import OFFICE_PASSWORD, PREPARER_PASSWORD, PROGRAMME, QUARTER, CommuneRole, Played

FONTS = ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic",
         "BeVietnamPro-Regular", "BeVietnamPro-Medium", "BeVietnamPro-SemiBold")  # fmt: skip
_SMALLEST_FONT = 20_000  # bytes; a cut file is smaller

Step = tuple[str, Callable[[], str]]


class PartFailed(AppError):
    """A part gave an answer, but not the right one."""

    def __init__(self, problem: str) -> None:
        super().__init__("SELFTEST", problem)


@dataclass
class _Bench:
    """The parts in their order; later ones use what earlier ones made."""

    seat: Seat
    folder: Path
    played: Played | None = field(default=None)

    def parts(self) -> Iterator[Step]:
        yield "Danh mục đơn vị", self.units
        yield "Chương trình, biểu mẫu", self.programmes
        yield "Phông chữ", self.fonts
        yield "Sổ và gói của một phường", self.commune
        yield "Nhận gói, mở lại sổ", self.office
        yield "Sao lưu, phục hồi", self.backup
        yield "In PDF", lambda: self.printed("pdf", b"%PDF-")
        yield "In Word", lambda: self.printed("docx", b"PK")
        yield "In Excel", lambda: self.printed("xlsx", b"PK")
        yield "Phiếu điền, đọc bảng tính", self.workbook
        if importlib.util.find_spec("PySide6"):
            yield "Cửa sổ", self.window

    def units(self) -> str:
        found = len(demo.cast(self.seat.program))
        _must(found == 40, f"thành phố Huế có {found} xã, phường thay vì 40")
        return f"{found} xã, phường của thành phố Huế"

    def programmes(self) -> str:
        programmes = self.seat.program.catalogue.programmes
        forms = sum(len(programme.forms) for programme in programmes)
        _must(bool(forms), "không có biểu mẫu nào")
        return f"{len(programmes)} chương trình, {forms} biểu"

    def fonts(self) -> str:
        for name in FONTS:
            file = resources.path(f"fonts/{name}.ttf")
            _must(file.is_file() and file.stat().st_size > _SMALLEST_FONT, f"thiếu hoặc hỏng phông {name}")
        return f"{len(FONTS)} tệp"

    def commune(self) -> str:
        unit, _ = demo.cast(self.seat.program)[1]
        self.played = demo.play_commune(self.seat.program, self.folder / "xa", unit, CommuneRole.GOOD)
        name, data = self.played.first[0]
        digest = self.seat.program.codec.read(data, None).digest
        changed = data[:-30] + bytes([data[-30] ^ 1]) + data[-29:]
        try:
            self.seat.program.codec.read(changed, None)
        except AppError:
            return f"{name}, {digest[:12]}…"
        raise PartFailed("một gói bị sửa vẫn được coi là đúng")

    def office(self) -> str:
        assert self.played is not None
        program, folder = self.seat.program, self.folder / "so"
        unit = demo.office_on(program, QUARTER.last)
        demo.found_practice(program, folder, unit, collates=True).close()
        ledger = program.house.open(folder, OFFICE_PASSWORD)
        try:
            desk = open_services(program, ledger)
            for data, digits in self.played.keys:
                desk.enrolment.enrol(data, digits)
            batch = desk.receiving.receive(incoming(self.played.first), ledger.person.name)
        finally:
            ledger.close()
        _must(all(line.arrival is Arrival.NEW for line in batch.lines), "gói đúng không được nhận")
        return f"{len(batch.lines)} gói"

    def backup(self) -> str:
        program, copy = self.seat.program, self.folder / "so.sbdbackup"
        ledger = program.house.open(self.folder / "so", OFFICE_PASSWORD)
        try:
            ledger.backup(copy)
        finally:
            ledger.close()
        program.house.restore(copy, self.folder / "lai")
        program.house.open(self.folder / "lai", OFFICE_PASSWORD).close()
        return f"{copy.stat().st_size // 1024} KiB"

    def printed(self, format: str, start: bytes) -> str:
        ledger = self.seat.program.house.open(self.folder / "so", OFFICE_PASSWORD)
        try:
            summary = open_services(self.seat.program, ledger).summaries.sum_up(PROGRAMME, QUARTER)
        finally:
            ledger.close()
        data = self.seat.program.document(summary, format, PrintStamp())
        _must(data.startswith(start), f"tệp {format} không đúng dạng")
        return f"{len(data) // 1024} KiB"

    def workbook(self) -> str:
        """The fill-in workbook of the commune's sealed quarter, read in a process of its own, says just that quarter."""
        program = self.seat.program
        ledger = program.house.open(self.folder / "xa", PREPARER_PASSWORD)
        try:
            desk = open_services(program, ledger)
            report = desk.entry.open(PROGRAMME, QUARTER)
            data = program.template(report, desk.catalogue.programme(PROGRAMME), desk.office, None)
            reading = program.read_template(program.read_workbook(data), desk.office, desk.entry.open)
        finally:
            ledger.close()
        _must(not reading.problems and len(reading.filled.news) == len(report.news), "phiếu điền đọc lại khác số liệu")
        return f"{len(data) // 1024} KiB, {len(reading.filled.news)} tin, bài"

    def window(self) -> str:
        self.seat.show_window(self.folder / "so", OFFICE_PASSWORD)
        return "đã vẽ"


def run(seat: Seat) -> int:
    """One line for each part; exit 1 if any failed."""
    results = []
    with tempfile.TemporaryDirectory(prefix="so-binh-dang-", ignore_cleanup_errors=True) as folder:
        for title, part in _Bench(seat, Path(folder)).parts():
            started = time.monotonic()
            ok, said = _tried(part)
            seconds = time.monotonic() - started
            results.append({"part": title, "ok": ok, "said": said, "seconds": round(seconds, 2)})
            seat.out.say(f"{'tốt ' if ok else 'HỎNG'}  {seconds:5.2f} s  {title}: {said}")
    failed = sum(not result["ok"] for result in results)
    seat.out.give({"ok": not failed, "parts": results})
    seat.out.say(f"{failed} phần hỏng. Cài lại phần mềm rồi thử lại." if failed else "Mọi phần đều chạy tốt.")
    return 1 if failed else 0


def _tried(part: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, part()
    except AppError as error:
        return False, f"{error.message} ({error.code})"
    except Exception as bug:  # noqa: BLE001 - whatever a broken installation raises is the finding
        return False, f"{type(bug).__name__}: {bug}"


def _must(holds: bool, problem: str) -> None:
    if not holds:
        raise PartFailed(problem)
