"""Decides what is shown while a report is entered for a unit below from its paper, and writes empty workbooks for units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from forms.all_services import Services, open_services
from forms.application import Application
from forms.errors import AppError
from forms.exchange.brought_files import Incoming
from forms.exchange.on_behalf import entered_words
from forms.exchange.statements import Arrival, BatchLine
from forms.model.location import Location
from forms.model.text import one_line
from forms.services.on_behalf import template_name
from ui.desktop.number_wording import counted
from ui.desktop.shell import Dialogs, Job, Progress, Shell

SCANS = "Bản quét (*.pdf *.jpg *.jpeg *.png)"


class BehalfPresenter:
    """Of one unit and report. `show` is told whenever the scan changes; `done` when the entry was taken."""

    def __init__(
        self,
        show: Callable[[], object],
        done: Callable[[], object],
        desk: Services,
        program: Application,
        frame: Shell,
        place: Location,
        code: str,
    ) -> None:
        """Raises InputRefused UNIT_NOT_BELOW, UNIT_UNKNOWN."""
        self._show, self._done, self._desk, self._program, self._frame = show, done, desk, program, frame
        self._place, self._code = Location(place.programme, place.period), code
        self._draft = desk.on_behalf.draft(place.programme, place.period, code)
        self._scan: Incoming | None = None
        self.typed = open_services(program, desk.ledger, self._draft.begin)

    @property
    def title(self) -> str:
        return f"Nhập thay: {self._draft.asked.unit.full_name}, {self._place.period.words}"

    @property
    def pages(self) -> tuple[str, ...]:
        """The screens on which something of this form is filled."""
        form = self._draft.asked.form
        texts = form.narratives or form.tasks or form.nominations
        return ("entry", *(["news"] * form.has_news), *(["texts"] * bool(texts)))

    @property
    def words(self) -> str:
        """What was entered before, and what the entry will be called."""
        before = self._desk.on_behalf.history(self._place.programme, self._place.period, self._code)
        last = next((one for one in reversed(before) if one.arrival is Arrival.ON_BEHALF), None)
        if last:
            return f"Đã có bản nhập thay ({entered_words(last.entry)}); cất lần nữa sẽ hỏi trước khi thay."
        return "Gõ như trên giấy. Số liệu được đánh dấu nhập thay cho tới khi đơn vị gửi gói niêm phong của mình."

    @property
    def scan(self) -> str:
        """What the chosen scan is called; empty while there is none."""
        return one_line(Path(self._scan.path).name) if self._scan else ""

    def choose_scan(self) -> None:
        found = self._frame.ask.open_files("Chọn bản quét của báo cáo giấy", SCANS)
        if found:
            (self._scan,) = self._program.read_files(found[:1])
            self._show()

    def enter(self, *, replacing: bool = False) -> None:
        """What was typed becomes the unit's report; what stands already is replaced once confirmed."""
        if self._scan is None:
            self.choose_scan()
        if self._scan is None:
            return
        try:
            line = self._desk.on_behalf.enter(
                self._draft, self._scan, self._desk.ledger.person.name, replacing=replacing
            )
        except AppError as error:
            if error.code != "ON_BEHALF_REPLACE":
                self._frame.ask.refused(error)
            elif self._frame.ask.confirm("Thay bản nhập thay trước?", error.message, "Thay"):
                self.enter(replacing=True)
            return
        self._frame.toast(f"{self._draft.asked.unit.full_name}: {line.message}")
        self._done()


class BehalfShell:
    """The window as screens over a unit's draft see it: they lead to one another, and nowhere else."""

    def __init__(self, frame: Shell, place: Location, turn: Callable[[str, str], None]) -> None:
        self._frame, self._place, self._turn = frame, place, turn

    @property
    def ask(self) -> Dialogs:
        return self._frame.ask

    @property
    def working(self) -> Location | None:
        return self._place

    def toast(self, text: str) -> None:
        self._frame.toast(text)

    def go(self, page: str, place: str = "") -> None:
        self._turn(page, place)

    def work_on(self, place: Location) -> None:
        """There is one."""

    def work(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> Job:
        return self._frame.work(title, work, done)

    def look(self, theme: str, text_percent: int) -> None:
        self._frame.look(theme, text_percent)

    def reopen(self, page: str = "", place: str = "") -> None:
        """Nothing of it is the window's."""


def export_templates(
    desk: Services, program: Application, frame: Shell, place: Location, codes: Sequence[str] = ()
) -> None:
    """Empty fill-in workbooks for these units, or for all that have not sent, into a folder that is chosen."""
    folder = frame.ask.folder("Chọn thư mục ghi biểu trống")
    if folder is None:
        return

    def work(step: Progress) -> int:
        step(0, 0)
        files = desk.on_behalf.templates(place.programme, place.period, codes)
        for number, (unit, data) in enumerate(files):
            step(number, len(files))
            program.write_file(folder / template_name(unit, place.period, place.programme), data)
        return len(files)

    def done(count: int) -> None:
        if count:
            frame.toast(f"Đã ghi {counted(count)} biểu trống vào {folder}. Nhận lại bằng “Chọn thư mục…” ở Tổng hợp.")
        else:
            frame.toast("Không còn đơn vị nào thiếu báo cáo.")

    frame.work("Đang ghi biểu trống", work, done)


def write_fault_letters(desk: Services, program: Application, frame: Shell, faulty: Sequence[BatchLine]) -> None:
    """To each unit whose workbook must be mended what is wrong in which cell, into a folder that is chosen."""
    folder = frame.ask.folder("Chọn thư mục ghi công văn báo lỗi")
    if folder is None:
        return
    made = program.fault_letters(desk.office, faulty, "docx")
    try:
        for unit, data in made.items():
            program.write_file(folder / f"sua-phieu_{unit}.docx", data)
    except AppError as error:
        frame.ask.refused(error)
        return
    frame.toast(f"Đã ghi {counted(len(made))} công văn vào {folder}.")
